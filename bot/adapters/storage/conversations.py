"""Conversations and the counselors' list over SQL."""

from dataclasses import replace
from typing import Any

from sqlalchemy import (
    Connection,
    Row,
    Select,
    bindparam,
    case,
    insert,
    literal_column,
    select,
    update,
)

from bot.adapters.storage.codec import dumps, loads
from bot.adapters.storage.sql import assignments, equals
from bot.adapters.tables import ConversationRow, CounselorRow, MessageRow, ResidentRow, table_of
from bot.core.conversation import Conversation
from bot.core.model import Channel, Holder, Level
from bot.errors import NotFoundError
from bot.service.records import Waiting

CONVERSATION = table_of(ConversationRow)
MESSAGE = table_of(MessageRow)
RESIDENT = table_of(ResidentRow)
COUNSELOR = table_of(CounselorRow)

_FIXED = {"id", "resident_id", "opened_at"}
_LATEST = (
    select(CONVERSATION)
    .where(CONVERSATION.c.resident_id == bindparam("resident"))
    .order_by(CONVERSATION.c.id.desc())
    .limit(1)
)
_LATEST_LOCKED = _LATEST.with_for_update(key_share=True)
_GET = select(CONVERSATION).where(CONVERSATION.c.id == bindparam("conversation"))
_GET_LOCKED = _GET.with_for_update(key_share=True)
_ADD = insert(CONVERSATION).returning(CONVERSATION.c.id)
_SAVE = (
    update(CONVERSATION)
    .where(CONVERSATION.c.id == bindparam("conversation"))
    .values(assignments(*(each for each in CONVERSATION.c.keys() if each not in _FIXED)))  # noqa: SIM118
)

_RUNNING = (
    select(CONVERSATION)
    .where(
        CONVERSATION.c.id > bindparam("beyond"),
        CONVERSATION.c.holder != literal_column(f"'{Holder.CLOSED.value}'"),
    )
    .order_by(CONVERSATION.c.id)
    .limit(bindparam("at_most"))
)


def _listed() -> Select[Any]:
    newest = (
        select(MESSAGE.c.created_at)
        .where(MESSAGE.c.conversation_id == CONVERSATION.c.id)
        .order_by(MESSAGE.c.id.desc())
        .limit(1)
        .scalar_subquery()
    )
    return (
        select(
            CONVERSATION,
            RESIDENT.c.channel,
            COUNSELOR.c.name.label("counselor_name"),
            newest.label("last_message_at"),
        )
        .join(RESIDENT, RESIDENT.c.id == CONVERSATION.c.resident_id)
        .outerjoin(COUNSELOR, COUNSELOR.c.id == CONVERSATION.c.counselor_id)
        .limit(bindparam("at_most"))
    )


_QUEUE = (
    _listed()
    .where(
        CONVERSATION.c.waiting_since.is_not(None), equals(CONVERSATION.c.holder, Holder.BOT.value)
    )
    .order_by(CONVERSATION.c.level.desc(), CONVERSATION.c.waiting_since, CONVERSATION.c.id)
)
_HELD = (
    _listed()
    .where(equals(CONVERSATION.c.holder, Holder.COUNSELOR.value))
    .order_by(
        case((CONVERSATION.c.counselor_id == bindparam("mine"), 0), else_=1),
        CONVERSATION.c.level.desc(),
        CONVERSATION.c.id,
    )
)


class SqlConversations:
    """Implements ports.Conversations.

    With `writing`, the newest conversation is read locked: a turn and a counselor's claim must
    never both start from the same state.
    """

    def __init__(self, connection: Connection, *, writing: bool) -> None:
        self._run = connection.execute
        self._latest = _LATEST_LOCKED if writing else _LATEST

    def add(self, conversation: Conversation) -> Conversation:
        values = _values(conversation)
        values["resident_id"] = conversation.resident_id
        values["opened_at"] = conversation.opened_at
        return replace(conversation, id=self._run(_ADD, values).scalar_one())

    def latest(self, resident_id: int) -> Conversation | None:
        row = self._run(self._latest, {"resident": resident_id}).first()
        return _conversation(row) if row is not None else None

    def get(self, conversation_id: int, *, lock: bool = False) -> Conversation:
        row = self._run(_GET_LOCKED if lock else _GET, {"conversation": conversation_id}).first()
        if row is None:
            raise NotFoundError
        return _conversation(row)

    def save(self, conversation: Conversation) -> None:
        values = {f"new_{name}": value for name, value in _values(conversation).items()}
        self._run(_SAVE, {"conversation": conversation.id, **values})

    def running(self, *, after: int, limit: int) -> list[Conversation]:
        return [
            _conversation(row) for row in self._run(_RUNNING, {"beyond": after, "at_most": limit})
        ]

    def waiting(self, *, mine: int | None, limit: int) -> list[Waiting]:
        queued = self._run(_QUEUE, {"at_most": limit})
        held = self._run(_HELD, {"at_most": limit, "mine": mine})
        return [_waiting(row) for rows in (queued, held) for row in rows]


def _values(conversation: Conversation) -> dict[str, object]:
    return {
        "lang": conversation.lang,
        "holder": conversation.holder.value,
        "counselor_id": conversation.counselor_id,
        "level": int(conversation.level),
        "reason": conversation.reason,
        "waiting_since": conversation.waiting_since,
        "sent_at": conversation.sent_at,
        "closed_at": conversation.closed_at,
        "receipt_given": conversation.receipt_given,
        "trouble": conversation.trouble,
        "state": dumps(conversation.state),
        "assessment": dumps(conversation.assessment),
    }


def _conversation(row: Row[Any]) -> Conversation:
    return Conversation(
        resident_id=row.resident_id,
        opened_at=row.opened_at,
        id=row.id,
        lang=row.lang,
        holder=Holder(row.holder),
        counselor_id=row.counselor_id,
        level=Level(row.level),
        reason=row.reason,
        waiting_since=row.waiting_since,
        sent_at=row.sent_at,
        closed_at=row.closed_at,
        receipt_given=row.receipt_given,
        trouble=row.trouble,
        state=loads(row.state),
        assessment=loads(row.assessment),
    )


def _waiting(row: Row[Any]) -> Waiting:
    return Waiting(
        row.id,
        row.level,
        row.reason,
        row.lang,
        Channel(row.channel),
        row.holder,
        row.counselor_id,
        row.counselor_name or "",
        row.waiting_since,
        row.opened_at,
        loads(row.assessment),
        row.trouble,
        row.last_message_at,
    )
