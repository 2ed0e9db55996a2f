"""The pretend LINE Messaging API: what a bot may send, how often, and what it is answered."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone
from typing import Any

from handlers.sim import message_rules
from handlers.sim.phones import Friendship, Phones
from handlers.sim.rules import Json

RETRY_KEY_S = 24 * 60 * 60
LOADING_S = range(5, 61, 5)

_BOT_USER_ID = "U" + "b" * 32
_USER_ID = re.compile(r"U[0-9a-f]{32}")
_CHAT_ID = re.compile(r"[UCR][0-9a-f]{32}")
_RETRY_KEY = re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
_MONTHS_BEGIN_IN = timezone(timedelta(hours=9))
_QUOTABLE = {"text", "textV2", "sticker", "image", "video", "template", "flex"}


@dataclass(frozen=True)
class Answer:
    """What the platform answers: HTTP status, JSON body, headers of its own."""

    status: int
    body: Mapping[str, Any] = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class _Accepted:
    at: float
    request_id: str
    sent: list[Json]


def failure(status: int, message: str) -> Answer:
    """Return an error in LINE's shape; bots branch on the status, wording is not guaranteed."""
    return Answer(status, {"message": message})


class MessagingApi:
    """The Messaging API over `phones`; every method is safe to call from any thread.

    `now` is in seconds. `monthly_limit` None means a plan without a limit. With
    `strangers_are_friends` a push to a well-formed user id that was never seen is delivered as to
    a friend; without it LINE's own answer is given (400).
    """

    def __init__(
        self,
        *,
        access_token: str,
        now: Callable[[], float],
        new_token: Callable[[], str],
        monthly_limit: int | None = None,
        strangers_are_friends: bool = False,
    ) -> None:
        self.phones = Phones(now=now, new_token=new_token)
        self.now = now
        self.new_token = new_token
        self.monthly_limit = monthly_limit
        self.bot_user_id = _BOT_USER_ID
        self._access_token = access_token
        self._strangers_are_friends = strangers_are_friends
        self._accepted: dict[str, _Accepted] = {}
        self._pushes: dict[tuple[int, int], int] = {}

    def authorize(self, authorization: str | None) -> Answer | None:
        """Return LINE's 401 unless the header carries this channel's access token."""
        if authorization == f"Bearer {self._access_token}":
            return None
        return failure(
            401,
            "Authentication failed. Confirm that the access token in the authorization header "
            "is valid.",
        )

    def reply(self, payload: Json, *, retry_key: str | None = None) -> Answer:
        """Deliver by reply token: once, within its minute, free of quota, never with a key."""
        if retry_key is not None:
            return failure(400, "The retry key is not supported for this endpoint")
        refused = message_rules.refusal(payload.get("messages"))
        if refused is not None:
            return Answer(400, refused)
        with self.phones.changed:
            user_id = self.phones.spend_reply_token(str(payload.get("replyToken")))
            if user_id is None:
                return failure(400, "Invalid reply token")
            person = self.phones.register(user_id)
            arrives = person.friendship is not Friendship.BLOCKED
            sent = self._deliver(user_id, payload["messages"], via="reply", arrives=arrives)
            return Answer(200, {"sentMessages": sent})

    def push(self, payload: Json, *, retry_key: str | None = None) -> Answer:
        """Deliver by user id, once per retry key; a push to a blocker answers 200 and vanishes."""
        if retry_key is not None and not _RETRY_KEY.fullmatch(retry_key):
            return failure(400, "The retry key is invalid")
        with self.phones.changed:
            if retry_key is not None and (known := self._accepted_before(retry_key)):
                body = {"message": "The retry key is already accepted", "sentMessages": known.sent}
                return Answer(409, body, {"x-line-accepted-request-id": known.request_id})
            refused = self._refuse_push(payload)
            if refused is not None:
                return refused
            user_id = str(payload["to"])
            arrives = self.phones.register(user_id).is_reachable(self.now())
            if arrives:
                self._pushes[self._month()] = self._pushes_this_month() + 1
            sent = self._deliver(user_id, payload["messages"], via="push", arrives=arrives)
            request_id = self.new_token()
            if retry_key is not None:
                self._accepted[retry_key.lower()] = _Accepted(self.now(), request_id, sent)
            return Answer(200, {"sentMessages": sent}, {"x-line-request-id": request_id})

    def validate(self, payload: Json) -> Answer:
        """Check messages without sending them."""
        refused = message_rules.refusal(payload.get("messages"))
        return Answer(200) if refused is None else Answer(400, refused)

    def start_loading(self, payload: Json) -> Answer:
        """Show the loading indicator for 5 to 60 seconds in steps of 5 (20 unless told)."""
        chat_id = str(payload.get("chatId"))
        seconds = payload.get("loadingSeconds", 20)
        if not _USER_ID.fullmatch(chat_id):
            return failure(400, "The value for the 'chatId' parameter is invalid")
        if seconds not in LOADING_S:
            return failure(400, "The value for the 'loadingSeconds' parameter is invalid")
        with self.phones.changed:
            if self.phones.person(chat_id):
                self.phones.register(chat_id).loading_until = self.now() + seconds
        return Answer(202)

    def profile(self, user_id: str) -> Answer:
        """Return the profile of a friend, or of a stranger who wrote lately; else 404."""
        person = self.phones.person(user_id)
        if person is None or not person.is_reachable(self.now()):
            return failure(404, "Not found")
        body: Json = {"userId": user_id, "displayName": person.name}
        return Answer(200, body | ({"language": person.language} if person.language else {}))

    def quota(self) -> Answer:
        if self.monthly_limit is None:
            return Answer(200, {"type": "none"})
        return Answer(200, {"type": "limited", "value": self.monthly_limit})

    def consumption(self) -> Answer:
        """Return the pushes that reached somebody this month; months begin in Japan's time."""
        with self.phones.changed:
            return Answer(200, {"totalUsage": self._pushes_this_month()})

    def bot_info(self) -> Answer:
        return Answer(
            200,
            {
                "userId": self.bot_user_id,
                "basicId": "@tsunagi-sim",
                "displayName": "Tsunagi (pretend)",
                "chatMode": "bot",
                "markAsReadMode": "auto",
            },
        )

    def _refuse_push(self, payload: Json) -> Answer | None:
        to = payload.get("to")
        if not isinstance(to, str) or not _CHAT_ID.fullmatch(to):
            words = "The property, 'to', in the request body is invalid (line: -, column: -)"
            return failure(400, words)
        refused = message_rules.refusal(payload.get("messages"))
        if refused is not None:
            return Answer(400, refused)
        if self.phones.person(to) is None:
            if not (self._strangers_are_friends and _USER_ID.fullmatch(to)):
                return failure(400, "Failed to send messages")
            self.phones.befriend(to)
        if self.monthly_limit is not None and self._pushes_this_month() >= self.monthly_limit:
            return failure(429, "You have reached your monthly limit.")
        return None

    def _accepted_before(self, retry_key: str) -> _Accepted | None:
        oldest = self.now() - RETRY_KEY_S
        self._accepted = {key: each for key, each in self._accepted.items() if each.at > oldest}
        return self._accepted.get(retry_key.lower())

    def _deliver(
        self, user_id: str, messages: list[Json], *, via: str, arrives: bool
    ) -> list[Json]:
        sent: list[Json] = []
        for message in messages:
            message_id = self.phones.new_message_id()
            if arrives:
                self.phones.append(user_id, message, via=via, message_id=message_id)
            quote = {"quoteToken": self.new_token()} if message["type"] in _QUOTABLE else {}
            sent.append({"id": message_id} | quote)
        if arrives:
            self.phones.register(user_id).loading_until = 0.0
        return sent

    def _pushes_this_month(self) -> int:
        return self._pushes.get(self._month(), 0)

    def _month(self) -> tuple[int, int]:
        today = datetime.fromtimestamp(self.now(), tz=_MONTHS_BEGIN_IN)
        return today.year, today.month
