"""Counselors, sign-ins, audit trail and signs of life over SQL."""

from typing import Any

from sqlalchemy import Connection, Row, bindparam, delete, func, insert, select
from sqlalchemy.dialects import postgresql, sqlite

from bot.adapters.storage.codec import dumps, loads
from bot.adapters.storage.sql import insert_new
from bot.adapters.tables import (
    CaseEventRow,
    CounselorRow,
    HeartbeatRow,
    SessionRow,
    table_of,
)
from bot.errors import MoveNotAllowedError, NotFoundError
from bot.service.records import CaseEvent, Counselor

COUNSELOR = table_of(CounselorRow)
SESSION = table_of(SessionRow)
CASE_EVENT = table_of(CaseEventRow)
HEARTBEAT = table_of(HeartbeatRow)

# Without RETURNING: with it, SQLite looks through every table that refers to counselors.
_ADD = {
    dialect: insert_new(COUNSELOR, dialect).inline().execution_options(preserve_rowcount=True)
    for dialect in ("sqlite", "postgresql")
}
_BY_LOGIN = select(COUNSELOR).where(COUNSELOR.c.login == bindparam("login"))
_GET = select(COUNSELOR).where(COUNSELOR.c.id == bindparam("counselor"))
_ALL = select(COUNSELOR).order_by(COUNSELOR.c.login)
_OPEN = insert(SESSION).inline()
_SESSION = (
    select(COUNSELOR)
    .join(SESSION, SESSION.c.counselor_id == COUNSELOR.c.id)
    .where(
        SESSION.c.token_hash == bindparam("token"),
        SESSION.c.expires_at > bindparam("now"),
        COUNSELOR.c.active.is_(True),
    )
)
_CLOSE = delete(SESSION).where(SESSION.c.token_hash == bindparam("token"))

_NOTE = insert(CASE_EVENT).inline()
_TRAIL = (
    select(CASE_EVENT)
    .where(CASE_EVENT.c.conversation_id == bindparam("conversation"))
    .order_by(CASE_EVENT.c.id)
)
_SQLITE_BEAT = sqlite.insert(HEARTBEAT)
_POSTGRESQL_BEAT = postgresql.insert(HEARTBEAT)
_BEAT = {
    "sqlite": _SQLITE_BEAT.on_conflict_do_update(
        index_elements=[HEARTBEAT.c.name], set_={"at": _SQLITE_BEAT.excluded.at}
    ),
    "postgresql": _POSTGRESQL_BEAT.on_conflict_do_update(
        index_elements=[HEARTBEAT.c.name], set_={"at": _POSTGRESQL_BEAT.excluded.at}
    ),
}
_LAST_BEAT = select(func.coalesce(func.max(HEARTBEAT.c.at), 0))


class SqlTeam:
    """Implements ports.Team."""

    def __init__(self, connection: Connection) -> None:
        self._run = connection.execute
        self._dialect = connection.dialect.name

    def add(self, counselor: Counselor) -> Counselor:
        values = {
            "login": counselor.login,
            "name": counselor.name,
            "password_hash": counselor.password_hash,
            "role": counselor.role,
            "active": counselor.active,
        }
        if self._run(_ADD[self._dialect], values).rowcount != 1:
            raise MoveNotAllowedError
        row = self._run(_BY_LOGIN, {"login": counselor.login}).one()
        return _counselor(row)

    def by_login(self, login: str) -> Counselor | None:
        row = self._run(_BY_LOGIN, {"login": login}).first()
        return _counselor(row) if row is not None else None

    def get(self, counselor_id: int) -> Counselor:
        row = self._run(_GET, {"counselor": counselor_id}).first()
        if row is None:
            raise NotFoundError
        return _counselor(row)

    def all(self) -> list[Counselor]:
        return [_counselor(row) for row in self._run(_ALL)]

    def open_session(self, token_hash: str, counselor_id: int, *, expires_at: int) -> None:
        self._run(
            _OPEN,
            {"token_hash": token_hash, "counselor_id": counselor_id, "expires_at": expires_at},
        )

    def session(self, token_hash: str, *, now: int) -> Counselor | None:
        row = self._run(_SESSION, {"token": token_hash, "now": now}).first()
        return _counselor(row) if row is not None else None

    def close_session(self, token_hash: str) -> None:
        self._run(_CLOSE, {"token": token_hash})


class SqlTrail:
    """Implements ports.Trail."""

    def __init__(self, connection: Connection) -> None:
        self._run = connection.execute
        self._dialect = connection.dialect.name

    def add(self, event: CaseEvent) -> None:
        self._run(
            _NOTE,
            {
                "conversation_id": event.conversation_id,
                "counselor_id": event.counselor_id,
                "what": event.what,
                "detail": dumps(event.detail),
                "at": event.at,
            },
        )

    def of(self, conversation_id: int) -> list[CaseEvent]:
        return [
            CaseEvent(row.conversation_id, row.what, row.at, row.counselor_id, loads(row.detail))
            for row in self._run(_TRAIL, {"conversation": conversation_id})
        ]

    def beat(self, name: str, at: int) -> None:
        self._run(_BEAT[self._dialect], {"name": name, "at": at})

    def last_beat(self) -> int:
        return int(self._run(_LAST_BEAT).scalar_one())


def _counselor(row: Row[Any]) -> Counselor:
    return Counselor(
        row.login, row.name, row.password_hash, id=row.id, role=row.role, active=row.active
    )
