"""Inbox and residents over SQL."""

from typing import Any

from sqlalchemy import Connection, Row, bindparam, exists, or_, select, update

from bot.adapters.storage.codec import inbound_from_row, inbound_to_text
from bot.adapters.storage.sql import assignments, equals, insert_new
from bot.adapters.tables import InboundEvent, ResidentRow, table_of
from bot.core.model import Channel, Inbound
from bot.errors import NotFoundError
from bot.service.records import Resident, SetAside, StoredInbound

EVENT = table_of(InboundEvent)
RESIDENT = table_of(ResidentRow)
_EARLIER = EVENT.alias("earlier")

# rowcount tells whether the event was new; without the option it is unknown on PostgreSQL.
_ADD = {
    dialect: insert_new(EVENT, dialect).inline().execution_options(preserve_rowcount=True)
    for dialect in ("sqlite", "postgresql")
}
_NEXT = (
    select(EVENT)
    .where(
        EVENT.c.channel == bindparam("channel"),
        EVENT.c.address == bindparam("address"),
        equals(EVENT.c.status, "new"),
    )
    .order_by(EVENT.c.occurred_at, EVENT.c.id)
    .limit(1)
)
_DONE = (
    update(EVENT).where(EVENT.c.id == bindparam("item")).values(status="done", payload="", error="")
)
_RETRY = (
    update(EVENT)
    .where(EVENT.c.id == bindparam("item"))
    .values(attempts=EVENT.c.attempts + 1, **assignments("due_at", "error"))
)
_SET_ASIDE = (
    update(EVENT)
    .where(EVENT.c.id == bindparam("item"))
    .values(status="set_aside", **assignments("error", "conversation_id"))
)
_HAS_EARLIER = exists().where(
    _EARLIER.c.channel == EVENT.c.channel,
    _EARLIER.c.address == EVENT.c.address,
    equals(_EARLIER.c.status, "new"),
    or_(
        _EARLIER.c.occurred_at < EVENT.c.occurred_at,
        (_EARLIER.c.occurred_at == EVENT.c.occurred_at) & (_EARLIER.c.id < EVENT.c.id),
    ),
)
_DUE = (
    select(EVENT.c.channel, EVENT.c.address)
    .where(equals(EVENT.c.status, "new"), EVENT.c.due_at <= bindparam("now"), ~_HAS_EARLIER)
    .order_by(EVENT.c.due_at, EVENT.c.id)
    .limit(bindparam("at_most"))
)
_SET_ASIDE_LIST = (
    select(EVENT)
    .where(equals(EVENT.c.status, "set_aside"))
    .order_by(EVENT.c.id.desc())
    .limit(bindparam("at_most"))
)

_NEW_RESIDENT = {
    dialect: insert_new(RESIDENT, dialect).inline() for dialect in ("sqlite", "postgresql")
}
_FIND = select(RESIDENT).where(
    RESIDENT.c.channel == bindparam("channel"), RESIDENT.c.address == bindparam("address")
)
_LOCK = _FIND.with_for_update(key_share=True)
_GET = select(RESIDENT).where(RESIDENT.c.id == bindparam("resident"))
_SAVE = (
    update(RESIDENT)
    .where(RESIDENT.c.id == bindparam("resident"))
    .values(assignments("lang", "following", "source_code"))
)


class SqlInbox:
    """Implements ports.Inbox."""

    def __init__(self, connection: Connection) -> None:
        self._run = connection.execute
        self._dialect = connection.dialect.name

    def add(self, inbound: Inbound) -> bool:
        result = self._run(
            _ADD[self._dialect],
            {
                "channel": inbound.channel.value,
                "address": inbound.address,
                "event_id": inbound.event_id,
                "occurred_at": inbound.occurred_at,
                "received_at": inbound.received_at,
                "kind": inbound.kind.value,
                "payload": inbound_to_text(inbound),
                "status": "new",
                "attempts": 0,
                "due_at": 0,
                "error": "",
            },
        )
        return result.rowcount == 1

    def next_for(self, channel: Channel, address: str, *, now: int) -> StoredInbound | None:
        row = self._run(_NEXT, {"channel": channel.value, "address": address}).first()
        if row is None or row.due_at > now:
            return None
        return StoredInbound(row.id, inbound_from_row(row), row.attempts)

    def done(self, item_id: int) -> None:
        self._run(_DONE, {"item": item_id})

    def retry(self, item_id: int, *, due_at: int, error: str) -> None:
        self._run(_RETRY, {"item": item_id, "new_due_at": due_at, "new_error": error})

    def set_aside(self, item_id: int, *, error: str, conversation_id: int | None) -> None:
        self._run(
            _SET_ASIDE,
            {"item": item_id, "new_error": error, "new_conversation_id": conversation_id},
        )

    def due(self, now: int, limit: int) -> list[tuple[Channel, str]]:
        rows = self._run(_DUE, {"now": now, "at_most": limit})
        return [(Channel(row.channel), row.address) for row in rows]

    def set_aside_list(self, limit: int) -> list[SetAside]:
        return [
            SetAside(row.id, row.conversation_id, row.kind, row.error, row.received_at)
            for row in self._run(_SET_ASIDE_LIST, {"at_most": limit})
        ]


class SqlResidents:
    """Implements ports.Residents."""

    def __init__(self, connection: Connection) -> None:
        self._run = connection.execute
        self._dialect = connection.dialect.name

    def lock(self, channel: Channel, address: str, *, at: int) -> Resident:
        key = {"channel": channel.value, "address": address}
        row = self._run(_LOCK, key).first()
        if row is None:
            # Somebody else may be making the same person: then this waits for them.
            self._run(
                _NEW_RESIDENT[self._dialect],
                {**key, "lang": "", "following": True, "source_code": "", "created_at": at},
            )
            row = self._run(_LOCK, key).one()
        return _resident(row)

    def find(self, channel: Channel, address: str) -> Resident | None:
        row = self._run(_FIND, {"channel": channel.value, "address": address}).first()
        return _resident(row) if row is not None else None

    def get(self, resident_id: int) -> Resident:
        row = self._run(_GET, {"resident": resident_id}).first()
        if row is None:
            raise NotFoundError
        return _resident(row)

    def save(self, resident: Resident) -> None:
        self._run(
            _SAVE,
            {
                "resident": resident.id,
                "new_lang": resident.lang,
                "new_following": resident.following,
                "new_source_code": resident.source_code,
            },
        )


def _resident(row: Row[Any]) -> Resident:
    return Resident(
        Channel(row.channel),
        row.address,
        row.created_at,
        id=row.id,
        lang=row.lang,
        following=row.following,
        source_code=row.source_code,
    )
