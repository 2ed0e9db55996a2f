"""Versions of the dialog, and what residents agreed to, over SQL."""

from typing import Any

from sqlalchemy import Connection, bindparam, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite

from bot.adapters.tables import ConsentRow, ReleaseRow, table_of
from bot.core.model import Channel
from bot.service.records import Consent, Release

RELEASE = table_of(ReleaseRow)
CONSENT = table_of(ConsentRow)

_SQLITE_ADD = sqlite.insert(RELEASE)
_POSTGRESQL_ADD = postgresql.insert(RELEASE)
# Two processes that start at once both store the version: the second finds it there.
_ADD = {
    "sqlite": _SQLITE_ADD.on_conflict_do_update(
        index_elements=[RELEASE.c.version],
        set_={"packed": _SQLITE_ADD.excluded.packed, "retired_at": None},
    ),
    "postgresql": _POSTGRESQL_ADD.on_conflict_do_update(
        index_elements=[RELEASE.c.version],
        set_={"packed": _POSTGRESQL_ADD.excluded.packed, "retired_at": None},
    ),
}
_KNOWN = select(RELEASE.c.version, RELEASE.c.created_at, RELEASE.c.retired_at)
_GET = _KNOWN.where(RELEASE.c.version == bindparam("release"))
_ALL = _KNOWN.order_by(RELEASE.c.created_at, RELEASE.c.version)
_PACKED = select(RELEASE.c.packed).where(RELEASE.c.version == bindparam("release"))
_RETIRE = (
    update(RELEASE)
    .where(RELEASE.c.version == bindparam("release"), RELEASE.c.retired_at.is_(None))
    .values(retired_at=bindparam("at"))
)

_CONSENTED = insert(CONSENT).inline()
_WITHDRAW = (
    update(CONSENT)
    .where(
        CONSENT.c.conversation_id == bindparam("conversation"),
        CONSENT.c.item == bindparam("about"),
        CONSENT.c.given.is_(True),
        CONSENT.c.withdrawn_at.is_(None),
    )
    .values(withdrawn_at=bindparam("when"))
)
_CONSENTS = (
    select(CONSENT)
    .where(CONSENT.c.conversation_id == bindparam("conversation"))
    .order_by(CONSENT.c.id)
)


class SqlReleases:
    """Implements ports.Releases."""

    def __init__(self, connection: Connection) -> None:
        self._run = connection.execute
        self._dialect = connection.dialect.name

    def add(self, version: str, packed: bytes, *, at: int) -> None:
        values = {"version": version, "packed": packed, "created_at": at}
        self._run(_ADD[self._dialect], values)

    def get(self, version: str) -> Release | None:
        row = self._run(_GET, {"release": version}).first()
        return _release(row) if row is not None else None

    def packed(self, version: str) -> bytes | None:
        found = self._run(_PACKED, {"release": version}).scalar_one_or_none()
        return bytes(found) if found is not None else None

    def all(self) -> list[Release]:
        return [_release(row) for row in self._run(_ALL)]

    def retire(self, version: str, *, at: int) -> None:
        self._run(_RETIRE, {"release": version, "at": at})


class SqlConsents:
    """Implements ports.Consents."""

    def __init__(self, connection: Connection) -> None:
        self._run = connection.execute

    def add(self, consent: Consent) -> None:
        self._run(
            _CONSENTED,
            {
                "conversation_id": consent.conversation_id,
                "item": consent.item,
                "given": consent.given,
                "address": consent.address,
                "version": consent.version,
                "lang": consent.lang,
                "channel": consent.channel.value,
                "at": consent.at,
                "withdrawn_at": consent.withdrawn_at,
            },
        )

    def withdraw(self, conversation_id: int, item: str, *, at: int) -> None:
        self._run(_WITHDRAW, {"conversation": conversation_id, "about": item, "when": at})

    def of(self, conversation_id: int) -> list[Consent]:
        return [_consent(row) for row in self._run(_CONSENTS, {"conversation": conversation_id})]


def _release(row: Any) -> Release:
    return Release(row.version, row.created_at, row.retired_at)


def _consent(row: Any) -> Consent:
    return Consent(
        row.conversation_id,
        row.item,
        row.given,
        row.address,
        row.version,
        row.lang,
        Channel(row.channel),
        row.at,
        id=row.id,
        withdrawn_at=row.withdrawn_at,
    )
