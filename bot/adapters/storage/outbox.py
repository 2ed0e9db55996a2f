"""The outbox over SQL."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import Connection, Row, bindparam, func, insert, select, update

from bot.adapters.storage.codec import bubbles_from_text, bubbles_to_text
from bot.adapters.storage.sql import assignments, equals
from bot.adapters.tables import ParcelRow, table_of
from bot.core.model import Channel
from bot.service.records import FailedParcel, Parcel

PARCEL = table_of(ParcelRow)
_EARLIER = PARCEL.alias("earlier")
_THEIRS = PARCEL.alias("theirs")

_IS_DUE = equals(PARCEL.c.status, "due")
_FORGOTTEN = {"bubbles": "", "reply_token": ""}
_ADD = insert(PARCEL).returning(PARCEL.c.id)
_UNSENT = (
    select(PARCEL.c.id)
    .where(PARCEL.c.conversation_id == bindparam("conversation"), _IS_DUE)
    .limit(1)
)
# The oldest unsent parcel of each conversation, found in the index alone.
_FIRST = (
    select(func.min(_EARLIER.c.id).label("id"))
    .where(equals(_EARLIER.c.status, "due"))
    .group_by(_EARLIER.c.conversation_id)
    .subquery("first")
)
_CLAIM = (
    select(PARCEL)
    .join(_FIRST, _FIRST.c.id == PARCEL.c.id)
    .where(_IS_DUE, PARCEL.c.due_at <= bindparam("now"))
    .order_by(PARCEL.c.id)
    .limit(bindparam("at_most"))
    .with_for_update(skip_locked=True, of=PARCEL)
)
_LEASE = (
    update(PARCEL)
    .where(PARCEL.c.id.in_(bindparam("parcels", expanding=True)))
    .values(assignments("due_at"))
)
_RELEASE = update(PARCEL).where(_IS_DUE).values(due_at=bindparam("at"))
_SENT = (
    update(PARCEL)
    .where(PARCEL.c.id.in_(bindparam("parcels", expanding=True)))
    .values(status="sent", error="", **_FORGOTTEN, **assignments("sent_at"))
)
_MORE = (
    select(PARCEL.c.conversation_id)
    .where(
        _IS_DUE,
        PARCEL.c.conversation_id.in_(
            select(_THEIRS.c.conversation_id).where(
                _THEIRS.c.id.in_(bindparam("parcels", expanding=True))
            )
        ),
    )
    .distinct()
    .order_by(PARCEL.c.conversation_id)
)
_RETRY = (
    update(PARCEL)
    .where(PARCEL.c.id == bindparam("parcel"), _IS_DUE)
    .values(assignments("attempts", "reply_token", "first_push_at", "due_at", "error"))
)
# What was sent or dropped meanwhile is no failure.
_FAIL = (
    update(PARCEL)
    .where(PARCEL.c.id == bindparam("parcel"), _IS_DUE)
    .values(status="failed", **_FORGOTTEN, **assignments("error"))
)
_DROP = (
    update(PARCEL)
    .where(PARCEL.c.conversation_id == bindparam("conversation"), _IS_DUE)
    .values(status="dropped", error="blocked", **_FORGOTTEN)
)
_STATES = select(PARCEL.c.id, PARCEL.c.status, PARCEL.c.error).where(
    PARCEL.c.id.in_(bindparam("parcels", expanding=True))
)
_FAILED = (
    select(PARCEL)
    .where(equals(PARCEL.c.status, "failed"))
    .order_by(PARCEL.c.id.desc())
    .limit(bindparam("at_most"))
)


class SqlOutbox:
    """Implements ports.Outbox. A lease is a `due_at` in the future."""

    def __init__(self, connection: Connection) -> None:
        self._run = connection.execute

    def add(self, parcel: Parcel, *, leased_until: int = 0) -> tuple[int, bool]:
        leased = (
            bool(leased_until)
            and self._run(_UNSENT, {"conversation": parcel.conversation_id}).first() is None
        )
        new_id = self._run(
            _ADD,
            {
                "conversation_id": parcel.conversation_id,
                "channel": parcel.channel.value,
                "address": parcel.address,
                "bubbles": bubbles_to_text(parcel.bubbles),
                "reply_token": parcel.reply_token,
                "reply_until": parcel.reply_until,
                "retry_key": parcel.retry_key,
                "first_push_at": parcel.first_push_at,
                "status": "due",
                "attempts": parcel.attempts,
                "due_at": leased_until if leased else parcel.created_at,
                "error": "",
                "created_at": parcel.created_at,
            },
        ).scalar_one()
        return new_id, leased

    def claim(self, *, now: int, until: int, limit: int) -> list[Parcel]:
        rows = self._run(_CLAIM, {"now": now, "at_most": limit}).all()
        if rows:
            self._run(_LEASE, {"parcels": [row.id for row in rows], "new_due_at": until})
        return [_parcel(row) for row in rows]

    def release(self, *, at: int) -> None:
        self._run(_RELEASE, {"at": at})

    def sent(self, parcel_ids: Collection[int], *, at: int) -> list[int]:
        if not parcel_ids:
            return []
        parcels = {"parcels": list(parcel_ids)}
        self._run(_SENT, {**parcels, "new_sent_at": at})
        return list(self._run(_MORE, parcels).scalars())

    def retry(self, parcel: Parcel, *, due_at: int, error: str) -> None:
        self._run(
            _RETRY,
            {
                "parcel": parcel.id,
                "new_attempts": parcel.attempts,
                "new_reply_token": parcel.reply_token,
                "new_first_push_at": parcel.first_push_at,
                "new_due_at": due_at,
                "new_error": error,
            },
        )

    def fail(self, parcel_id: int, *, error: str) -> None:
        self._run(_FAIL, {"parcel": parcel_id, "new_error": error})

    def drop_for(self, conversation_id: int) -> None:
        self._run(_DROP, {"conversation": conversation_id})

    def states(self, parcel_ids: Collection[int]) -> dict[int, tuple[str, str]]:
        if not parcel_ids:
            return {}
        rows = self._run(_STATES, {"parcels": list(parcel_ids)})
        return {row.id: (row.status, row.error) for row in rows}

    def failed(self, limit: int) -> list[FailedParcel]:
        return [
            FailedParcel(row.id, row.conversation_id, row.error, row.created_at)
            for row in self._run(_FAILED, {"at_most": limit})
        ]


def _parcel(row: Row[Any]) -> Parcel:
    return Parcel(
        row.conversation_id,
        Channel(row.channel),
        row.address,
        bubbles_from_text(row.bubbles),
        row.retry_key,
        row.created_at,
        id=row.id,
        reply_token=row.reply_token,
        reply_until=row.reply_until,
        attempts=row.attempts,
        first_push_at=row.first_push_at,
    )
