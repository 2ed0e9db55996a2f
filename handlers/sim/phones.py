"""The people on the pretend LINE platform: friendship, chats, and the reply tokens they cause."""

import itertools
import threading
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any

REPLY_TOKEN_S = 60
REPLY_TOKEN_RENEWABLE_S = 20 * 60
STRANGER_REACHABLE_S = 7 * 24 * 60 * 60

_FIRST_MESSAGE_ID = 461_230_966_842_064_897


class Friendship(StrEnum):
    """How a person stands to the bot's account."""

    STRANGER = "stranger"
    FRIEND = "friend"
    BLOCKED = "blocked"


@dataclass(frozen=True)
class Entry:
    """One thing in a chat; `order` rises over the whole platform, `at` is in seconds.

    `via` is "user", "reply" or "push". A message that its writer took back keeps its place with
    the message `{"type": "unsent"}`, and an entry `{"type": "unsend", "messageId": …}` follows.
    """

    order: int
    message_id: str
    user_id: str
    via: str
    at: float
    message: dict[str, Any]


@dataclass
class Person:
    """One user of the platform: profile, friendship, and the chat with the bot."""

    user_id: str
    name: str
    language: str | None = None
    friendship: Friendship = Friendship.STRANGER
    wrote_at: float | None = None
    loading_until: float = 0.0
    chat: list[Entry] = field(default_factory=list)

    def is_reachable(self, at: float) -> bool:
        """Tell whether a push arrives: friends, and strangers within 7 days of their message."""
        if self.friendship is Friendship.STRANGER:
            return self.wrote_at is not None and at <= self.wrote_at + STRANGER_REACHABLE_S
        return self.friendship is Friendship.FRIEND


@dataclass
class _Token:
    user_id: str
    issued_at: float
    valid_until: float
    used: bool = False


class Phones:
    """All people and their chats; every method is safe to call from any thread.

    `now` is in seconds. `changed` is the one lock of the platform: the API holds it too while it
    checks and delivers.
    """

    def __init__(self, *, now: Callable[[], float], new_token: Callable[[], str]) -> None:
        self.now = now
        self.new_token = new_token
        self.changed = threading.Condition(threading.RLock())
        self._people: dict[str, Person] = {}
        self._tokens: dict[str, _Token] = {}
        self._orders = itertools.count(1)
        self._message_ids = itertools.count(_FIRST_MESSAGE_ID)

    def register(self, user_id: str, *, name: str = "", language: str | None = None) -> Person:
        """Make the person known, or change the profile; friendship and chat stay as they are.

        Returns the live record: change it only while holding `changed`.
        """
        with self.changed:
            person = self._people.setdefault(user_id, Person(user_id, name or "LINE user"))
            person.name = name or person.name
            person.language = language or person.language
            return person

    def befriend(self, user_id: str, friendship: Friendship = Friendship.FRIEND) -> None:
        """Set how the person stands to the bot: friend, blocked or neither."""
        with self.changed:
            self.register(user_id).friendship = friendship

    def person(self, user_id: str) -> Person | None:
        """Return a copy of what is known of the person, None for an id never seen."""
        with self.changed:
            found = self._people.get(user_id)
            return replace(found, chat=list(found.chat)) if found else None

    def write(self, user_id: str, message: dict[str, Any], *, message_id: str) -> Entry:
        """Show in the chat what the person sent; it starts the 7 days in which a push arrives."""
        with self.changed:
            self.register(user_id).wrote_at = self.now()
            return self.append(user_id, message, via="user", message_id=message_id)

    def withdraw(self, user_id: str, message_id: str) -> bool:
        """Take back a message of the person; False where there is none with that id."""
        with self.changed:
            chat = self.register(user_id).chat
            for place, entry in enumerate(chat):
                is_theirs = entry.via == "user" and entry.message["type"] != "unsend"
                if is_theirs and entry.message_id == message_id:
                    chat[place] = replace(entry, message={"type": "unsent"})
                    gone = {"type": "unsend", "messageId": message_id}
                    self.append(user_id, gone, via="user", message_id=message_id)
                    return True
            return False

    def append(self, user_id: str, message: dict[str, Any], *, via: str, message_id: str) -> Entry:
        """Put one entry at the end of a chat and wake those who wait for it."""
        with self.changed:
            entry = Entry(next(self._orders), message_id, user_id, via, self.now(), message)
            self.register(user_id).chat.append(entry)
            self.changed.notify_all()
            return entry

    def new_message_id(self) -> str:
        return str(next(self._message_ids))

    def entries(self, user_id: str, after: int = 0) -> list[Entry]:
        """Return what the chat shows after that order, oldest first, both sides."""
        with self.changed:
            person = self._people.get(user_id)
            return [each for each in person.chat if each.order > after] if person else []

    def delivered(self, user_id: str) -> list[Entry]:
        """Return the bot's messages that reached this person, oldest first."""
        return [each for each in self.entries(user_id) if each.via != "user"]

    def wait_for_delivered(self, user_id: str, count: int, timeout_s: float) -> list[Entry]:
        """Wait until at least `count` messages reached the person; return those there then."""
        with self.changed:
            self.changed.wait_for(lambda: len(self.delivered(user_id)) >= count, timeout_s)
            return self.delivered(user_id)

    def is_loading(self, user_id: str) -> bool:
        """Tell whether the chat shows the bot's loading indicator."""
        with self.changed:
            person = self._people.get(user_id)
            return person is not None and self.now() < person.loading_until

    def issue_reply_token(self, user_id: str, token: str | None = None) -> str:
        """Register a reply token (a new one, or the given one) for one minute from now."""
        with self.changed:
            now = self.now()
            self._tokens = {
                key: value
                for key, value in self._tokens.items()
                if now <= value.issued_at + REPLY_TOKEN_RENEWABLE_S + REPLY_TOKEN_S
            }
            token = token or self.new_token()
            self._tokens[token] = _Token(user_id, now, now + REPLY_TOKEN_S)
            return token

    def renew_reply_token(self, token: str) -> bool:
        """Give a redelivered event's token a new minute, unless it is used or 20 minutes old."""
        with self.changed:
            found = self._tokens.get(token)
            now = self.now()
            if found is None or found.used or now > found.issued_at + REPLY_TOKEN_RENEWABLE_S:
                return False
            found.valid_until = now + REPLY_TOKEN_S
            return True

    def spend_reply_token(self, token: str) -> str | None:
        """Return whose chat the token opens and use it up; None where it is not valid now."""
        with self.changed:
            found = self._tokens.get(token)
            if found is None or found.used or self.now() > found.valid_until:
                return None
            found.used = True
            return found.user_id
