"""Who talks and what is said: events, residents, conversations, messages, parcels."""

from sqlalchemy import Index
from sqlalchemy import UniqueConstraint as Unique
from sqlmodel import Field, SQLModel

from bot.adapters.tables.columns import NEVER_REUSED, added_words, big, key, partial, ref, words


class InboundEvent(SQLModel, table=True):
    """An event as a channel delivered it; `payload` is emptied after its turn."""

    __tablename__ = "inbound_event"
    __table_args__ = (
        Unique("channel", "event_id"),
        partial(
            "ix_inbound_event_waiting",
            "channel",
            "address",
            "occurred_at",
            "id",
            where="status = 'new'",
        ),
        partial("ix_inbound_event_set_aside", "id", where="status = 'set_aside'"),
    )
    id: int | None = Field(default=None, sa_column=key())
    channel: str
    address: str
    event_id: str
    occurred_at: int = Field(sa_column=big())
    received_at: int = Field(sa_column=big())
    kind: str
    payload: str = Field(sa_column=words())
    status: str = "new"
    attempts: int = 0
    due_at: int = Field(default=0, sa_column=big())
    error: str = ""
    conversation_id: int | None = Field(default=None, sa_column=big(nullable=True))


class ResidentRow(SQLModel, table=True):
    """A person on a channel."""

    __tablename__ = "resident"
    __table_args__ = (Unique("channel", "address"), NEVER_REUSED)
    id: int | None = Field(default=None, sa_column=key())
    channel: str
    address: str
    lang: str = ""
    following: bool = True
    source_code: str = ""
    created_at: int = Field(sa_column=big())


class ConversationRow(SQLModel, table=True):
    """A consultation; `state` and `assessment` are JSON."""

    __tablename__ = "conversation"
    __table_args__ = (
        Index("ix_conversation_resident", "resident_id", "id"),
        partial(
            "ix_conversation_queue", "level", "waiting_since", where="waiting_since IS NOT NULL"
        ),
        partial("ix_conversation_held", "counselor_id", where="holder = 'counselor'"),
        NEVER_REUSED,
    )
    id: int | None = Field(default=None, sa_column=key())
    resident_id: int = Field(sa_column=ref("resident.id"))
    lang: str = ""
    holder: str = "bot"
    counselor_id: int | None = Field(default=None, sa_column=ref("counselor.id", nullable=True))
    level: int = 0
    reason: str = ""
    waiting_since: int | None = Field(default=None, sa_column=big(nullable=True))
    sent_at: int | None = Field(default=None, sa_column=big(nullable=True))
    opened_at: int = Field(sa_column=big())
    closed_at: int | None = Field(default=None, sa_column=big(nullable=True))
    receipt_given: bool = False
    trouble: bool = False
    state: str = Field(default="{}", sa_column=words())
    assessment: str = Field(default="{}", sa_column=words())


class MessageRow(SQLModel, table=True):
    """What was said, and its words for the other side."""

    __tablename__ = "message"
    __table_args__ = (
        Index("ix_message_conversation", "conversation_id", "id"),
        partial("ix_message_external", "conversation_id", "external_id", where="external_id <> ''"),
        partial("ix_message_awaiting", "due_at", where="provenance = 'waiting'"),
        NEVER_REUSED,
    )
    id: int | None = Field(default=None, sa_column=key())
    conversation_id: int = Field(sa_column=ref("conversation.id"))
    author: str
    counselor_id: int | None = Field(default=None, sa_column=ref("counselor.id", nullable=True))
    kind: str = "text"
    text: str = Field(sa_column=words())
    lang: str
    other: str = Field(default="", sa_column=words())
    other_lang: str = ""
    provenance: str
    engine: str = ""
    external_id: str = ""
    choices: str = Field(default="", sa_column=words())
    sentences: str = Field(default="", sa_column=added_words())
    created_at: int = Field(sa_column=big())
    unsent_at: int | None = Field(default=None, sa_column=big(nullable=True))
    parcel_id: int | None = Field(default=None, sa_column=big(nullable=True))
    attempts: int = 0
    due_at: int = Field(default=0, sa_column=big())


class ParcelRow(SQLModel, table=True):
    """The outbox: what must be handed to a channel; `bubbles` are emptied after it was."""

    __tablename__ = "parcel"
    __table_args__ = (
        Index("ix_parcel_conversation", "conversation_id"),
        partial("ix_parcel_due", "conversation_id", "id", where="status = 'due'"),
        partial("ix_parcel_failed", "id", where="status = 'failed'"),
    )
    id: int | None = Field(default=None, sa_column=key())
    conversation_id: int = Field(sa_column=ref("conversation.id"))
    channel: str
    address: str
    bubbles: str = Field(sa_column=words())
    reply_token: str = ""
    reply_until: int = Field(default=0, sa_column=big())
    retry_key: str
    first_push_at: int = Field(default=0, sa_column=big())
    status: str = "due"
    attempts: int = 0
    due_at: int = Field(default=0, sa_column=big())
    error: str = ""
    created_at: int = Field(sa_column=big())
    sent_at: int | None = Field(default=None, sa_column=big(nullable=True))


class UpdateRow(SQLModel, table=True):
    """The append-only feed of open pages: ids only, and no references, so that it outlives them."""

    __tablename__ = "page_update"
    __table_args__ = (Index("ix_page_update_resident", "resident_id", "id"), NEVER_REUSED)
    id: int | None = Field(default=None, sa_column=key())
    conversation_id: int = Field(sa_column=big())
    resident_id: int = Field(sa_column=big())
    kind: str
    created_at: int = Field(sa_column=big())
