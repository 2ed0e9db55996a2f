"""What the use cases keep, as Protocols: the stores that one transaction sees."""

from collections.abc import Collection, Sequence
from typing import Protocol

from bot.core.conversation import Conversation
from bot.core.model import Channel, Inbound, Lang
from bot.service.records import (
    Approved,
    CaseEvent,
    Consent,
    Counselor,
    FailedParcel,
    Message,
    Parcel,
    Release,
    Resident,
    SetAside,
    StoredInbound,
    Update,
    Waiting,
    WordEdit,
)


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

    def running(self, *, after: int, limit: int) -> list[Conversation]:
        """Return up to `limit` conversations that are not closed, with ids above `after`, by id."""

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

    def erase(self, conversation_id: int, *, since: int = 0) -> None:
        """Delete the messages with ids from `since` on, for words that were promised not to stay.

        Its answers lie in the conversation itself, and unsent parcels in the outbox.
        """


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


class Consents(Protocol):
    """What residents agreed to."""

    def add(self, consent: Consent) -> None:
        """Store a decision; an earlier one about the same item stays beside it."""

    def withdraw(self, conversation_id: int, item: str, *, at: int) -> None:
        """Mark what was given to this item as withdrawn; what was withdrawn before stays so."""

    def of(self, conversation_id: int) -> list[Consent]:
        """Return the decisions of a conversation, oldest first."""


class Releases(Protocol):
    """Every version of the dialog that was served here, with all that a conversation needs."""

    def add(self, version: str, packed: bytes, *, at: int) -> None:
        """Store a version. A known one gets this content and is retired no longer."""

    def get(self, version: str) -> Release | None:
        """Return what is known of a version, or None."""

    def packed(self, version: str) -> bytes | None:
        """Return the content of a version, or None."""

    def all(self) -> list[Release]:
        """Return every version, oldest first."""

    def retire(self, version: str, *, at: int) -> None:
        """Let nobody go on with this version; one that is retired already stays so."""


class Memory(Protocol):
    """The translation memory: what counselors approved, never what a machine made."""

    def add(self, approved: Approved) -> None:
        """Store a translation; it stands before earlier ones of the same sentence."""

    def lookup(
        self, source_lang: Lang, target_lang: Lang, keys: Collection[str]
    ) -> dict[str, Approved]:
        """Return the newest translation of each of these folded sentences that has one."""

    def all(self, *, after: int = 0, limit: int = 1_000) -> list[Approved]:
        """Return up to `limit` translations with ids above `after`, by id."""

    def remove(self, approved_id: int) -> None:
        """Forget a translation."""


class WordEdits(Protocol):
    """What the desk changed in the glossary and the phrasebook."""

    def lock(self) -> None:
        """Keep others from adding until the transaction ends: ids follow the order of commits."""

    def add(self, edit: WordEdit) -> None:
        """Store a change; earlier ones stay as its history. Only after `lock`."""

    def last_id(self) -> int:
        """Return the id of the newest change, 0 when there is none."""

    def history(self, kind: str, key: str, *, limit: int = 1_000) -> list[WordEdit]:
        """Return the newest `limit` changes of a term or sentence, the newest first."""

    def standing(self) -> list[WordEdit]:
        """Return the newest change of each kind, key and language, by id."""
