"""The office: counselors, their sessions, the trail of cases, consents, versions, workers."""

from sqlalchemy import Column, Index, LargeBinary
from sqlalchemy import UniqueConstraint as Unique
from sqlmodel import Field, SQLModel

from bot.adapters.tables.columns import big, key, ref, words


class CounselorRow(SQLModel, table=True):
    """A member of staff."""

    __tablename__ = "counselor"
    __table_args__ = (Unique("login"),)
    id: int | None = Field(default=None, sa_column=key())
    login: str
    name: str
    password_hash: str
    role: str = "counselor"
    active: bool = True


class SessionRow(SQLModel, table=True):
    """A sign-in at the desk; only the token's hash is kept."""

    __tablename__ = "desk_session"
    token_hash: str = Field(primary_key=True)
    counselor_id: int = Field(sa_column=ref("counselor.id"))
    expires_at: int = Field(sa_column=big())


class CaseEventRow(SQLModel, table=True):
    """The audit trail of cases."""

    __tablename__ = "case_event"
    __table_args__ = (Index("ix_case_event_conversation", "conversation_id", "id"),)
    id: int | None = Field(default=None, sa_column=key())
    conversation_id: int = Field(sa_column=ref("conversation.id"))
    counselor_id: int | None = Field(default=None, sa_column=ref("counselor.id", nullable=True))
    what: str
    detail: str = Field(default="{}", sa_column=words())
    at: int = Field(sa_column=big())


class ConsentRow(SQLModel, table=True):
    """What a resident agreed to, or did not, and the words they were shown."""

    __tablename__ = "consent"
    __table_args__ = (Index("ix_consent_conversation", "conversation_id", "id"),)
    id: int | None = Field(default=None, sa_column=key())
    conversation_id: int = Field(sa_column=ref("conversation.id"))
    item: str
    given: bool
    address: str
    version: str
    lang: str
    channel: str
    at: int = Field(sa_column=big())
    withdrawn_at: int | None = Field(default=None, sa_column=big(nullable=True))


class ReleaseRow(SQLModel, table=True):
    """A version of the dialog; `packed` is all that a conversation on it needs."""

    __tablename__ = "flow_release"
    version: str = Field(primary_key=True)
    packed: bytes = Field(sa_column=Column(LargeBinary, nullable=False))
    created_at: int = Field(sa_column=big())
    retired_at: int | None = Field(default=None, sa_column=big(nullable=True))


class HeartbeatRow(SQLModel, table=True):
    """Signs of life of workers."""

    __tablename__ = "heartbeat"
    name: str = Field(primary_key=True)
    at: int = Field(sa_column=big())
