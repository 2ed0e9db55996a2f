"""The feed of open pages over SQL."""

from sqlalchemy import BigInteger, Connection, bindparam, func, insert, select

from bot.adapters.tables import UpdateRow, table_of
from bot.service.records import Update

UPDATE = table_of(UpdateRow)

FEED_LOCK = 7_405_102
"""Key of PostgreSQL's advisory lock that puts ids into the order of commits."""

_COLUMNS = ("conversation_id", "resident_id", "kind", "created_at")
# Two writers could get ids 1 and 2 and commit 2 first: a page that has seen 2 would never ask for
# 1 again. So on PostgreSQL the lock is taken before the id, and held until the commit. SQLite has
# one writer.
_APPEND = {
    "sqlite": insert(UPDATE).inline(),
    "postgresql": insert(UPDATE).from_select(
        _COLUMNS,
        select(*(bindparam(name, type_=UPDATE.c[name].type) for name in _COLUMNS)).select_from(
            func.pg_advisory_xact_lock(bindparam("key", FEED_LOCK, BigInteger)).alias("turn")
        ),
    ),
}
_AFTER = (
    select(UPDATE)
    .where(UPDATE.c.id > bindparam("seen"))
    .order_by(UPDATE.c.id)
    .limit(bindparam("at_most"))
)
_AFTER_OF = _AFTER.where(UPDATE.c.resident_id == bindparam("resident"))
_LAST = select(func.coalesce(func.max(UPDATE.c.id), 0))


class SqlUpdates:
    """Implements ports.Updates."""

    def __init__(self, connection: Connection) -> None:
        self._run = connection.execute
        self._dialect = connection.dialect.name

    def append(self, *, conversation_id: int, resident_id: int, kind: str, at: int) -> None:
        self._run(
            _APPEND[self._dialect],
            {
                "conversation_id": conversation_id,
                "resident_id": resident_id,
                "kind": kind,
                "created_at": at,
            },
        )

    def after(self, update_id: int, *, resident_id: int | None, limit: int = 200) -> list[Update]:
        some = {"seen": update_id, "at_most": limit}
        rows = (
            self._run(_AFTER, some)
            if resident_id is None
            else self._run(_AFTER_OF, {**some, "resident": resident_id})
        )
        return [Update(row.id, row.conversation_id, row.resident_id, row.kind) for row in rows]

    def last_id(self) -> int:
        return int(self._run(_LAST).scalar_one())
