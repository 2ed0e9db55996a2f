"""Brings a database to the newest migration, and tells whether it is there."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Literal

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection, Engine
from sqlmodel.sql.sqltypes import AutoString

from bot.adapters.tables import METADATA

MIGRATIONS = Path(__file__).parent / "migrations"

MIGRATION_LOCK = 7_405_101
"""Key of PostgreSQL's advisory lock: one process migrates, the others wait for it."""

LOCK_TIMEOUT = "5s"
"""A migration that cannot get a table gives up, rather than stop everybody queueing behind it."""


def migrate(engine: Engine) -> None:
    """Upgrade to the newest migration, all or nothing; does nothing on a current database.

    Safe when several processes start at once: one migrates, the others wait and find it done.
    """
    if is_current(engine):
        return
    with exclusively(engine) as connection:
        command.upgrade(config(connection), "head")


def is_current(engine: Engine) -> bool:
    """Tell whether the database is at the newest migration."""
    with engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_heads() == (newest(),)


def newest() -> str:
    """Return the name of the newest migration.

    It stands in `.head`: two branches that both add a migration meet in a conflict there.
    """
    return (MIGRATIONS / ".head").read_text().strip()


def config(connection: Connection | None = None) -> Config:
    """Return Alembic's settings, to work on `connection` if there is one."""
    settings = Config()
    settings.set_main_option("script_location", str(MIGRATIONS))
    settings.attributes["connection"] = connection
    return settings


def options(connection: Connection) -> dict[str, Any]:
    """Return what Alembic must know about our databases."""
    return {
        "target_metadata": METADATA,
        "compare_type": True,
        "compare_server_default": True,
        # SQLite changes a table by copying it; its DDL is part of our transaction.
        "render_as_batch": connection.dialect.name == "sqlite",
        "transactional_ddl": True,
        "render_item": _rendered,
    }


def _rendered(kind: str, item: object, _context: object) -> str | Literal[False]:
    """Write SQLModel's own string type as what it is, so that a migration needs no SQLModel."""
    return "sa.String()" if kind == "type" and isinstance(item, AutoString) else False


@contextmanager
def exclusively(engine: Engine) -> Iterator[Connection]:
    """One transaction with the database to itself, as far as migrations go."""
    with engine.connect() as connection:
        if connection.dialect.name == "sqlite":
            # A table that is being copied is dropped for a moment: no reference may break by it.
            connection.exec_driver_sql("PRAGMA foreign_keys=OFF")
            connection.exec_driver_sql("BEGIN IMMEDIATE")
            try:
                yield connection
                broken = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
                assert not broken, "A migration left rows that point nowhere."
                connection.commit()
            finally:
                connection.rollback()
                connection.exec_driver_sql("PRAGMA foreign_keys=ON")
        else:
            connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({MIGRATION_LOCK})")
            connection.exec_driver_sql(f"SET LOCAL lock_timeout = '{LOCK_TIMEOUT}'")
            yield connection
            connection.commit()
