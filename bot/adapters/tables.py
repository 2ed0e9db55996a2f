"""SQLModel tables. No class here leaves adapters/; the stores use their Core tables."""

from sqlalchemy import (
    BigInteger,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    Table,
    Text,
    text,
)
from sqlalchemy import UniqueConstraint as Unique
from sqlmodel import Field, SQLModel

METADATA = SQLModel.metadata
# Constraints have names of their own, so that a migration can take them away again.
METADATA.naming_convention = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "pk": "pk_%(table_name)s",
}

NEVER_REUSED = {"sqlite_autoincrement": True}
"""A page or an audit line remembers ids: after an erasure SQLite must not give them out again."""


def table_of(model: type[SQLModel]) -> Table:
    """Return the Core table behind a model."""
    return METADATA.tables[str(model.__tablename__)]


def _id() -> Column[int]:
    """A 64-bit key that SQLite still autoincrements."""
    kind = BigInteger().with_variant(Integer(), "sqlite")
    return Column("id", kind, primary_key=True, autoincrement=True)


def _big(*, nullable: bool = False) -> Column[int]:
    """A number too large for 32 bits: milliseconds since the epoch, or an id of no table here."""
    return Column(BigInteger, nullable=nullable)


def _ref(target: str, *, nullable: bool = False) -> Column[int]:
    return Column(BigInteger, ForeignKey(target), nullable=nullable)


def _text() -> Column[str]:
    """Words, or JSON that is only ever read whole."""
    return Column(Text, nullable=False)


def _partial(name: str, *columns: str, where: str) -> Index:
    """An index of the few rows that still need something.

    SQLite uses it only for a statement that holds the condition word for word (see storage/sql.py).
    """
    return Index(name, *columns, sqlite_where=text(where), postgresql_where=text(where))


class InboundEvent(SQLModel, table=True):
    """An event as a channel delivered it; `payload` is emptied after its turn."""

    __tablename__ = "inbound_event"
    __table_args__ = (
        Unique("channel", "event_id"),
        _partial(
            "ix_inbound_event_waiting",
            "channel",
            "address",
            "occurred_at",
            "id",
            where="status = 'new'",
        ),
        _partial("ix_inbound_event_set_aside", "id", where="status = 'set_aside'"),
    )
    id: int | None = Field(default=None, sa_column=_id())
    channel: str
    address: str
    event_id: str
    occurred_at: int = Field(sa_column=_big())
    received_at: int = Field(sa_column=_big())
    kind: str
    payload: str = Field(sa_column=_text())
    status: str = "new"
    attempts: int = 0
    due_at: int = Field(default=0, sa_column=_big())
    error: str = ""
    conversation_id: int | None = Field(default=None, sa_column=_big(nullable=True))


class ResidentRow(SQLModel, table=True):
    """A person on a channel."""

    __tablename__ = "resident"
    __table_args__ = (Unique("channel", "address"), NEVER_REUSED)
    id: int | None = Field(default=None, sa_column=_id())
    channel: str
    address: str
    lang: str = ""
    following: bool = True
    source_code: str = ""
    created_at: int = Field(sa_column=_big())


class ConversationRow(SQLModel, table=True):
    """A consultation; `state` and `assessment` are JSON."""

    __tablename__ = "conversation"
    __table_args__ = (
        Index("ix_conversation_resident", "resident_id", "id"),
        _partial(
            "ix_conversation_queue", "level", "waiting_since", where="waiting_since IS NOT NULL"
        ),
        _partial("ix_conversation_held", "counselor_id", where="holder = 'counselor'"),
        NEVER_REUSED,
    )
    id: int | None = Field(default=None, sa_column=_id())
    resident_id: int = Field(sa_column=_ref("resident.id"))
    lang: str = ""
    holder: str = "bot"
    counselor_id: int | None = Field(default=None, sa_column=_ref("counselor.id", nullable=True))
    level: int = 0
    reason: str = ""
    waiting_since: int | None = Field(default=None, sa_column=_big(nullable=True))
    sent_at: int | None = Field(default=None, sa_column=_big(nullable=True))
    opened_at: int = Field(sa_column=_big())
    closed_at: int | None = Field(default=None, sa_column=_big(nullable=True))
    receipt_given: bool = False
    trouble: bool = False
    state: str = Field(default="{}", sa_column=_text())
    assessment: str = Field(default="{}", sa_column=_text())


class MessageRow(SQLModel, table=True):
    """What was said, and its words for the other side."""

    __tablename__ = "message"
    __table_args__ = (
        Index("ix_message_conversation", "conversation_id", "id"),
        _partial(
            "ix_message_external", "conversation_id", "external_id", where="external_id <> ''"
        ),
        _partial("ix_message_awaiting", "due_at", where="provenance = 'waiting'"),
        NEVER_REUSED,
    )
    id: int | None = Field(default=None, sa_column=_id())
    conversation_id: int = Field(sa_column=_ref("conversation.id"))
    author: str
    counselor_id: int | None = Field(default=None, sa_column=_ref("counselor.id", nullable=True))
    kind: str = "text"
    text: str = Field(sa_column=_text())
    lang: str
    other: str = Field(default="", sa_column=_text())
    other_lang: str = ""
    provenance: str
    engine: str = ""
    external_id: str = ""
    choices: str = Field(default="", sa_column=_text())
    created_at: int = Field(sa_column=_big())
    unsent_at: int | None = Field(default=None, sa_column=_big(nullable=True))
    parcel_id: int | None = Field(default=None, sa_column=_big(nullable=True))
    attempts: int = 0
    due_at: int = Field(default=0, sa_column=_big())


class ParcelRow(SQLModel, table=True):
    """The outbox: what must be handed to a channel; `bubbles` are emptied after it was."""

    __tablename__ = "parcel"
    __table_args__ = (
        Index("ix_parcel_conversation", "conversation_id"),
        _partial("ix_parcel_due", "conversation_id", "id", where="status = 'due'"),
        _partial("ix_parcel_failed", "id", where="status = 'failed'"),
    )
    id: int | None = Field(default=None, sa_column=_id())
    conversation_id: int = Field(sa_column=_ref("conversation.id"))
    channel: str
    address: str
    bubbles: str = Field(sa_column=_text())
    reply_token: str = ""
    reply_until: int = Field(default=0, sa_column=_big())
    retry_key: str
    first_push_at: int = Field(default=0, sa_column=_big())
    status: str = "due"
    attempts: int = 0
    due_at: int = Field(default=0, sa_column=_big())
    error: str = ""
    created_at: int = Field(sa_column=_big())
    sent_at: int | None = Field(default=None, sa_column=_big(nullable=True))


class UpdateRow(SQLModel, table=True):
    """The append-only feed of open pages: ids only, and no references, so that it outlives them."""

    __tablename__ = "page_update"
    __table_args__ = (Index("ix_page_update_resident", "resident_id", "id"), NEVER_REUSED)
    id: int | None = Field(default=None, sa_column=_id())
    conversation_id: int = Field(sa_column=_big())
    resident_id: int = Field(sa_column=_big())
    kind: str
    created_at: int = Field(sa_column=_big())


class CounselorRow(SQLModel, table=True):
    """A member of staff."""

    __tablename__ = "counselor"
    __table_args__ = (Unique("login"),)
    id: int | None = Field(default=None, sa_column=_id())
    login: str
    name: str
    password_hash: str
    role: str = "counselor"
    active: bool = True


class SessionRow(SQLModel, table=True):
    """A sign-in at the desk; only the token's hash is kept."""

    __tablename__ = "desk_session"
    token_hash: str = Field(primary_key=True)
    counselor_id: int = Field(sa_column=_ref("counselor.id"))
    expires_at: int = Field(sa_column=_big())


class CaseEventRow(SQLModel, table=True):
    """The audit trail of cases."""

    __tablename__ = "case_event"
    __table_args__ = (Index("ix_case_event_conversation", "conversation_id", "id"),)
    id: int | None = Field(default=None, sa_column=_id())
    conversation_id: int = Field(sa_column=_ref("conversation.id"))
    counselor_id: int | None = Field(default=None, sa_column=_ref("counselor.id", nullable=True))
    what: str
    detail: str = Field(default="{}", sa_column=_text())
    at: int = Field(sa_column=_big())


class ConsentRow(SQLModel, table=True):
    """What a resident agreed to, or did not, and the words they were shown."""

    __tablename__ = "consent"
    __table_args__ = (Index("ix_consent_conversation", "conversation_id", "id"),)
    id: int | None = Field(default=None, sa_column=_id())
    conversation_id: int = Field(sa_column=_ref("conversation.id"))
    item: str
    given: bool
    address: str
    version: str
    lang: str
    channel: str
    at: int = Field(sa_column=_big())
    withdrawn_at: int | None = Field(default=None, sa_column=_big(nullable=True))


class ReleaseRow(SQLModel, table=True):
    """A version of the dialog; `packed` is all that a conversation on it needs."""

    __tablename__ = "flow_release"
    version: str = Field(primary_key=True)
    packed: bytes = Field(sa_column=Column(LargeBinary, nullable=False))
    created_at: int = Field(sa_column=_big())
    retired_at: int | None = Field(default=None, sa_column=_big(nullable=True))


class HeartbeatRow(SQLModel, table=True):
    """Signs of life of workers."""

    __tablename__ = "heartbeat"
    name: str = Field(primary_key=True)
    at: int = Field(sa_column=_big())
