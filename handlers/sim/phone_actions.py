"""What one tap on the pretend phone causes: a bubble, a reply token, a signed webhook."""

from collections.abc import Callable

from handlers.sim import webhooks
from handlers.sim.phones import Friendship, Phones
from handlers.sim.postman import Postman, Receipt
from handlers.sim.webhooks import Content, Event, WebhookEvents


class NothingThereError(Exception):
    """There is no such message to take back, or no event to send again."""


class BlockedError(Exception):
    """The person blocked the bot: LINE lets nothing be written until they unblock it."""


class PhoneActions:
    """What one tap on a phone causes: the chat's own bubble, a reply token, a webhook."""

    def __init__(self, phones: Phones, postman: Postman) -> None:
        self.phones = phones
        self._postman = postman
        self._last_event: dict[str, Event] = {}
        self._events = WebhookEvents(
            now=phones.now,
            new_event_id=lambda: webhooks.ulid(int(phones.now() * 1000), phones.new_token()),
        )

    def follow(self, user_id: str) -> Receipt:
        """Add the bot as a friend, or unblock it."""
        before = self.phones.register(user_id).friendship
        self.phones.befriend(user_id)
        token = self.phones.issue_reply_token(user_id)
        unblocked = before is Friendship.BLOCKED
        source = webhooks.user(user_id)
        return self._deliver(
            user_id, self._events.follow(source, reply_token=token, is_unblocked=unblocked)
        )

    def block(self, user_id: str) -> Receipt:
        self.phones.befriend(user_id, Friendship.BLOCKED)
        return self._deliver(user_id, self._events.unfollow(webhooks.user(user_id)))

    def send(self, user_id: str, make: Callable[[str, str], Content]) -> Receipt:
        """Send what `make` builds from a message id and a quote token."""
        self._refuse_if_blocked(user_id)
        message_id = self.phones.new_message_id()
        content = make(message_id, self.phones.new_token())
        self.phones.write(user_id, content, message_id=message_id)
        token = self.phones.issue_reply_token(user_id)
        source = webhooks.user(user_id)
        return self._deliver(user_id, self._events.message(source, content, reply_token=token))

    def postback(
        self, user_id: str, data: str, display_text: str | None, params: dict[str, str] | None
    ) -> Receipt:
        """Tap a button; `display_text` appears as the person's own words, without a webhook."""
        self._refuse_if_blocked(user_id)
        if display_text:
            shown = {"type": "text", "text": display_text}
            message_id = self.phones.new_message_id()
            self.phones.append(user_id, shown, via="user", message_id=message_id)
        token = self.phones.issue_reply_token(user_id)
        event = self._events.postback(
            webhooks.user(user_id), data, reply_token=token, params=params
        )
        return self._deliver(user_id, event)

    def unsend(self, user_id: str, message_id: str) -> Receipt:
        """Take back a message; the bot must forget it."""
        if not self.phones.withdraw(user_id, message_id):
            raise NothingThereError
        return self._deliver(user_id, self._events.unsend(webhooks.user(user_id), message_id))

    def redeliver(self, user_id: str) -> Receipt:
        """Send the phone's last event once more, as LINE does after a failure."""
        last = self._last_event.get(user_id)
        if last is None:
            raise NothingThereError
        if "replyToken" in last:
            self.phones.renew_reply_token(last["replyToken"])
        return self._deliver(user_id, webhooks.redelivered(last))

    def _refuse_if_blocked(self, user_id: str) -> None:
        if self.phones.register(user_id).friendship is Friendship.BLOCKED:
            raise BlockedError

    def _deliver(self, user_id: str, event: Event) -> Receipt:
        self._last_event[user_id] = event
        return self._postman.deliver(event)
