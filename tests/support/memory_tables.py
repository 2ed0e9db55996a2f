"""The rows that the stand-in stores share."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import TypeVar

from bot.core.conversation import Conversation
from bot.core.model import Inbound
from bot.errors import NotFoundError
from bot.service.records import (
    Approved,
    CaseEvent,
    Consent,
    Counselor,
    Message,
    Parcel,
    Release,
    Resident,
    Update,
    WordEdit,
)

Row = TypeVar("Row")
LARGEST_ID = 2**63 - 1


@dataclass(frozen=True)
class Event:
    """A stored event; `inbound` keeps no words once it is done."""

    id: int
    inbound: Inbound
    status: str = "new"
    attempts: int = 0
    due_at: int = 0
    error: str = ""
    conversation_id: int | None = None


@dataclass(frozen=True)
class Shipment:
    """A parcel in the outbox and what became of it."""

    parcel: Parcel
    due_at: int
    status: str = "due"
    error: str = ""


@dataclass
class Tables:
    """All rows by id. Rows never change, so a copy of the dicts is a snapshot."""

    events: dict[int, Event] = field(default_factory=dict)
    residents: dict[int, Resident] = field(default_factory=dict)
    conversations: dict[int, Conversation] = field(default_factory=dict)
    messages: dict[int, Message] = field(default_factory=dict)
    translation_due: dict[int, int] = field(default_factory=dict)
    parcels: dict[int, Shipment] = field(default_factory=dict)
    updates: dict[int, Update] = field(default_factory=dict)
    counselors: dict[int, Counselor] = field(default_factory=dict)
    sessions: dict[str, tuple[int, int]] = field(default_factory=dict)
    trail: dict[int, CaseEvent] = field(default_factory=dict)
    beats: dict[str, int] = field(default_factory=dict)
    consents: dict[int, Consent] = field(default_factory=dict)
    releases: dict[str, tuple[Release, bytes]] = field(default_factory=dict)
    approved: dict[int, Approved] = field(default_factory=dict)
    word_edits: dict[int, WordEdit] = field(default_factory=dict)

    def copy(self) -> "Tables":
        return Tables(*(dict(getattr(self, each.name)) for each in fields(self)))


def next_id(rows: Mapping[int, object]) -> int:
    return max(rows, default=0) + 1


def found_in(rows: Mapping[int, Row], key: int) -> Row:
    if key > LARGEST_ID:
        raise OverflowError  # as the databases do: who asks must not let it come so far
    if key not in rows:
        raise NotFoundError
    return rows[key]
