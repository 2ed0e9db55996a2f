"""What the use cases need from the world, as Protocols; adapters implement them."""

from collections.abc import Callable, Collection, Sequence
from contextlib import AbstractContextManager
from typing import Protocol

from bot.core.conversation import Conversation
from bot.core.model import Channel, Inbound, Lang, Rendered, Text, Translation
from bot.service.records import (
    CaseEvent,
    Counselor,
    FailedParcel,
    Message,
    Parcel,
    Resident,
    SetAside,
    StoredInbound,
    Update,
    Waiting,
)

Clock = Callable[[], int]
"""Milliseconds since the epoch."""
NewId = Callable[[], str]
"""An unguessable id (UUID text)."""


class Inbox(Protocol):
    """Events as they came in, before and until their turn."""

    def add(self, inbound: Inbound) -> bool:
        """Store an event; False when its channel and event id are known already."""

    def next_for(self, channel: Channel, address: str, *, now: int) -> StoredInbound | None:
        """Return the oldest event (by `occurred_at`) of this person that had no turn yet.

        None while that one waits for its next try: later events never overtake it.
        """

    def done(self, item_id: int) -> None:
        """Mark the turn as done and forget the words of the event."""

    def retry(self, item_id: int, *, due_at: int, error: str) -> None:
        """Count a failed turn; not before `due_at` again."""

    def set_aside(self, item_id: int, *, error: str, conversation_id: int | None) -> None:
        """Give the event up: it is shown at the desk and no longer stands in the way."""

    def due(self, now: int, limit: int) -> list[tuple[Channel, str]]:
        """Return persons whose oldest waiting event is due."""

    def set_aside_list(self, limit: int) -> list[SetAside]:
        """Return the events that were given up, newest first."""


class Residents(Protocol):
    """Persons on channels."""

    def lock(self, channel: Channel, address: str, *, at: int) -> Resident:
        """Return the person, made if new, locked until the transaction ends: one turn at a time."""

    def find(self, channel: Channel, address: str) -> Resident | None:
        """Return the person, not locked, or None."""

    def get(self, resident_id: int) -> Resident:
        """Return the person. Raises NotFoundError."""

    def save(self, resident: Resident) -> None:
        """Store language, following and source code."""


class Conversations(Protocol):
    """Consultations."""

    def add(self, conversation: Conversation) -> Conversation:
        """Store a new conversation and return it with its id."""

    def latest(self, resident_id: int) -> Conversation | None:
        """Return the person's newest conversation; a writing transaction locks it until its end."""

    def get(self, conversation_id: int, *, lock: bool = False) -> Conversation:
        """Return a conversation; `lock` keeps others out until the end. Raises NotFoundError."""

    def save(self, conversation: Conversation) -> None:
        """Store every field of the conversation."""

    def waiting(self, *, mine: int | None, limit: int) -> list[Waiting]:
        """Return the queue (level, then waiting time), then what counselors hold, `mine` first.

        `limit` counts for the two parts separately.
        """


class Messages(Protocol):
    """What was said."""

    def add(self, messages: Sequence[Message]) -> list[int]:
        """Store messages in this order and return their ids, ascending."""

    def get(self, message_id: int) -> Message:
        """Return a message. Raises NotFoundError."""

    def of(self, conversation_id: int, *, after: int = 0, limit: int = 500) -> list[Message]:
        """Return the newest `limit` messages with an id above `after`, oldest first."""

    def find_external(self, conversation_id: int, external_id: str) -> Message | None:
        """Return the message with the channel's own id."""

    def save(self, message: Message) -> None:
        """Store words, provenance, attempts, unsend mark and parcel of a message."""

    def awaiting_translation(self, *, now: int, limit: int) -> list[Message]:
        """Return messages that wait for words, the most urgent conversations first."""

    def postpone(self, message_id: int, *, due_at: int) -> None:
        """Let a message wait for its translation until `due_at`; counts an attempt."""


class Outbox(Protocol):
    """What must be handed to a channel."""

    def add(self, parcel: Parcel, *, leased_until: int = 0) -> tuple[int, bool]:
        """Store a parcel and return its id, and whether the caller may deliver it now.

        With `leased_until` the caller wants to deliver it itself until then; it may not while an
        earlier parcel of the conversation is unsent.
        """

    def claim(self, *, now: int, until: int, limit: int) -> list[Parcel]:
        """Lease due parcels until `until`; never one that has an earlier unsent one before it."""

    def release(self, *, at: int) -> None:
        """End every lease and pause: called at the start of the only process there is."""

    def sent(self, parcel_ids: Collection[int], *, at: int) -> list[int]:
        """Mark as handed over, forget the words; return conversations with more to send."""

    def retry(self, parcel: Parcel, *, due_at: int, error: str) -> None:
        """Try again from `due_at`; stores attempts, token and first_push_at of `parcel`."""

    def fail(self, parcel_id: int, *, error: str) -> None:
        """Give a parcel up that is still due; it stays visible at the desk and lets others pass."""

    def drop_for(self, conversation_id: int) -> None:
        """Give up everything unsent of a conversation (the resident blocked the account)."""

    def states(self, parcel_ids: Collection[int]) -> dict[int, tuple[str, str]]:
        """Return state (`due`, `sent`, `failed`, `dropped`) and error by parcel id."""

    def failed(self, limit: int) -> list[FailedParcel]:
        """Return parcels that were given up, newest first."""


class Updates(Protocol):
    """The append-only feed that open pages follow."""

    def append(self, *, conversation_id: int, resident_id: int, kind: str, at: int) -> None:
        """Tell that something changed; readers see ids in the order of commits."""

    def after(self, update_id: int, *, resident_id: int | None, limit: int = 200) -> list[Update]:
        """Return updates with higher ids, of one resident or of all."""

    def last_id(self) -> int:
        """Return the id of the newest update, 0 when there is none."""


class Team(Protocol):
    """Counselors and their sign-ins."""

    def add(self, counselor: Counselor) -> Counselor:
        """Store a counselor. Raises MoveNotAllowedError when the login is taken."""

    def by_login(self, login: str) -> Counselor | None:
        """Return the counselor with this login."""

    def get(self, counselor_id: int) -> Counselor:
        """Return a counselor. Raises NotFoundError."""

    def all(self) -> list[Counselor]:
        """Return everybody, by login."""

    def open_session(self, token_hash: str, counselor_id: int, *, expires_at: int) -> None:
        """Store a sign-in."""

    def session(self, token_hash: str, *, now: int) -> Counselor | None:
        """Return who is signed in with this token, if it has not expired and they are active."""

    def close_session(self, token_hash: str) -> None:
        """End a sign-in."""


class Trail(Protocol):
    """The audit trail, and the worker's sign of life."""

    def add(self, event: CaseEvent) -> None:
        """Store a line."""

    def of(self, conversation_id: int) -> list[CaseEvent]:
        """Return the lines of a case, oldest first."""

    def beat(self, name: str, at: int) -> None:
        """Note that a worker is alive."""

    def last_beat(self) -> int:
        """Return the newest sign of life of any worker, 0 when there is none."""


class Work(Protocol):
    """One transaction's view of all stores."""

    @property
    def inbox(self) -> Inbox: ...
    @property
    def residents(self) -> Residents: ...
    @property
    def conversations(self) -> Conversations: ...
    @property
    def messages(self) -> Messages: ...
    @property
    def outbox(self) -> Outbox: ...
    @property
    def updates(self) -> Updates: ...
    @property
    def team(self) -> Team: ...
    @property
    def trail(self) -> Trail: ...


Transaction = Callable[[], AbstractContextManager[Work]]
"""Leaving the block commits; an exception rolls back."""


class Renderer(Protocol):
    """Fixed sentences in the languages on offer."""

    def render(self, text: Text, lang: Lang) -> Rendered:
        """Return the sentence in `lang`, or in the language it falls back to, marked so."""

    def languages(self) -> dict[Lang, str]:
        """Return the languages on offer: code → own name, in the order of the menu."""

    def language_of(self, typed: str) -> Lang:
        """Return the language a typed name, code or menu number means, '' for none."""


class Translator(Protocol):
    """Machine translation of free text; loaded in the worker only."""

    def translate(self, text: str, source: Lang, target: Lang) -> Translation | None:
        """Return a translation, None where no package serves the pair.

        Raises TranslationError when the engine broke.
        """


class Phrasebook(Protocol):
    """Prepared sentences of counselors, written by people in every language."""

    def lookup(self, japanese: str, lang: Lang) -> str:
        """Return the prepared sentence in `lang`, '' where there is none."""

    def sentences(self, lang: Lang) -> list[tuple[str, str]]:
        """Return (Japanese, translation) of all prepared sentences in `lang`."""


class Sender(Protocol):
    """Hands a parcel to a channel."""

    def send(self, parcel: Parcel, *, now: int) -> None:
        """Hand it over once.

        Raises DeliveryUnknownError (may have arrived), ReplyTokenSpentError (go on by push),
        DeliveryError (nothing arrived, try again) or DeliveryRefusedError (a person must look).
        """
