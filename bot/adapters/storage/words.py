"""Translation memory, and the desk's changes to glossary and phrasebook, over SQL."""

from collections.abc import Collection
from dataclasses import asdict
from typing import Any

from sqlalchemy import BigInteger, Connection, Row, bindparam, delete, func, insert, select

from bot.adapters.tables import ApprovedRow, WordEditRow, table_of
from bot.core.model import Lang
from bot.service.records import Approved, WordEdit

APPROVED = table_of(ApprovedRow)
EDIT = table_of(WordEditRow)
EDIT_LOCK = 7_405_103
"""Key of PostgreSQL's advisory lock that puts changes into the order of commits."""

_APPROVE = insert(APPROVED).inline()
_LOOKUP = (
    select(APPROVED)
    .where(
        APPROVED.c.source_lang == bindparam("from_lang"),
        APPROVED.c.target_lang == bindparam("to_lang"),
        APPROVED.c.key.in_(bindparam("keys", expanding=True)),
    )
    .order_by(APPROVED.c.id)
)
_ALL = (
    select(APPROVED)
    .where(APPROVED.c.id > bindparam("newer_than"))
    .order_by(APPROVED.c.id)
    .limit(bindparam("at_most"))
)
_REMOVE = delete(APPROVED).where(APPROVED.c.id == bindparam("approved"))
_EDIT = insert(EDIT).inline()
# SQLite lets nobody else write meanwhile.
_TURN = select(func.pg_advisory_xact_lock(bindparam("key", EDIT_LOCK, BigInteger)))
_LAST = select(func.max(EDIT.c.id))
_NEWEST = select(func.max(EDIT.c.id)).group_by(EDIT.c.kind, EDIT.c.key, EDIT.c.lang)
_STANDING = select(EDIT).where(EDIT.c.id.in_(_NEWEST)).order_by(EDIT.c.id)
_HISTORY = (
    select(EDIT)
    .where(EDIT.c.kind == bindparam("its_kind"), EDIT.c.key == bindparam("its_key"))
    .order_by(EDIT.c.id.desc())
    .limit(bindparam("at_most"))
)


class SqlMemory:
    """Implements ports.Memory."""

    def __init__(self, connection: Connection) -> None:
        self._run = connection.execute

    def add(self, approved: Approved) -> None:
        self._run(_APPROVE, _without_id(approved))

    def lookup(
        self, source_lang: Lang, target_lang: Lang, keys: Collection[str]
    ) -> dict[str, Approved]:
        if not keys:
            return {}
        wanted = {"from_lang": source_lang, "to_lang": target_lang, "keys": sorted(set(keys))}
        return {row.key: _approved(row) for row in self._run(_LOOKUP, wanted)}

    def all(self, *, after: int = 0, limit: int = 1_000) -> list[Approved]:
        rows = self._run(_ALL, {"newer_than": after, "at_most": limit})
        return [_approved(row) for row in rows]

    def remove(self, approved_id: int) -> None:
        self._run(_REMOVE, {"approved": approved_id})


class SqlWordEdits:
    """Implements ports.WordEdits."""

    def __init__(self, connection: Connection) -> None:
        self._run = connection.execute
        self._takes_turns = connection.dialect.name == "postgresql"

    def lock(self) -> None:
        if self._takes_turns:
            self._run(_TURN)

    def add(self, edit: WordEdit) -> None:
        self._run(_EDIT, _without_id(edit))

    def last_id(self) -> int:
        return self._run(_LAST).scalar_one() or 0

    def standing(self) -> list[WordEdit]:
        return [WordEdit(**row._asdict()) for row in self._run(_STANDING)]

    def history(self, kind: str, key: str, *, limit: int = 1_000) -> list[WordEdit]:
        wanted = {"its_kind": kind, "its_key": key, "at_most": limit}
        return [WordEdit(**row._asdict()) for row in self._run(_HISTORY, wanted)]


def _without_id(record: Approved | WordEdit) -> dict[str, Any]:
    values = asdict(record)
    del values["id"]
    return values


def _approved(row: Row[Any]) -> Approved:
    return Approved(**row._asdict())
