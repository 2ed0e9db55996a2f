"""Stores over one SQL connection, and the transactions of SQLite and PostgreSQL."""

import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.pool import QueuePool

from bot.adapters.storage.conversations import SqlConversations
from bot.adapters.storage.feed import SqlUpdates
from bot.adapters.storage.inbox import SqlInbox, SqlResidents
from bot.adapters.storage.messages import SqlMessages
from bot.adapters.storage.outbox import SqlOutbox
from bot.adapters.storage.releases import SqlConsents, SqlReleases
from bot.adapters.storage.team import SqlTeam, SqlTrail
from bot.adapters.storage.words import SqlMemory, SqlWordEdits
from bot.service.ports import Transaction, Work
from bot.service.stores import (
    Consents,
    Conversations,
    Inbox,
    Memory,
    Messages,
    Outbox,
    Releases,
    Residents,
    Team,
    Trail,
    Updates,
    WordEdits,
)

BUSY_SECONDS = 10
POOL_SIZE = 20
SQLITE_OVERFLOW = 200
"""Every open page may read at the same time, in a connection of its own."""

PRAGMAS = (
    "synchronous=FULL",
    "foreign_keys=ON",
    "temp_store=MEMORY",
    "cache_size=-8000",
)


class SqlWork:
    """Implements ports.Work on one connection; `writing` is false where nothing may change."""

    def __init__(self, connection: Connection, *, writing: bool = True) -> None:
        self.inbox: Inbox = SqlInbox(connection)
        self.residents: Residents = SqlResidents(connection)
        self.conversations: Conversations = SqlConversations(connection, writing=writing)
        self.messages: Messages = SqlMessages(connection)
        self.outbox: Outbox = SqlOutbox(connection)
        self.updates: Updates = SqlUpdates(connection)
        self.team: Team = SqlTeam(connection)
        self.trail: Trail = SqlTrail(connection)
        self.consents: Consents = SqlConsents(connection)
        self.releases: Releases = SqlReleases(connection)
        self.memory: Memory = SqlMemory(connection)
        self.word_edits: WordEdits = SqlWordEdits(connection)


@dataclass(frozen=True, slots=True)
class Store:
    """A database: `transaction` writes, `reading` only reads and never waits for a writer.

    What is read in one block belongs together: it is the state at the first look.
    """

    engine: Engine
    transaction: Transaction
    reading: Transaction

    def close(self) -> None:
        """Close all connections that nobody uses now."""
        self.engine.dispose()


def open_store(url: str) -> Store:
    """Open the database at `url` (sqlite:///… or postgresql+psycopg://…). Makes no tables.

    SQLite runs in WAL mode with full sync, so that what was committed survives a power cut; it has
    one writer, so writers of this process take turns here instead of failing on a busy file.
    """
    if make_url(url).get_backend_name() == "sqlite":
        return _sqlite(url)
    return _postgresql(url)


def _postgresql(url: str) -> Store:
    engine = create_engine(url, pool_size=POOL_SIZE, max_overflow=POOL_SIZE, pool_pre_ping=True)
    snapshots = engine.execution_options(
        isolation_level="REPEATABLE READ", postgresql_readonly=True
    )

    @contextmanager
    def transaction() -> Iterator[Work]:
        with engine.begin() as connection:
            yield SqlWork(connection)

    @contextmanager
    def reading() -> Iterator[Work]:
        with snapshots.connect() as connection:
            yield SqlWork(connection, writing=False)

    return Store(engine, transaction, reading)


def _sqlite(url: str) -> Store:
    database = make_url(url).database
    if database:
        Path(database).parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(
        url,
        poolclass=QueuePool,
        pool_size=POOL_SIZE,
        max_overflow=SQLITE_OVERFLOW,
        connect_args={"timeout": BUSY_SECONDS, "check_same_thread": False},
    )
    event.listen(engine, "connect", _prepare_sqlite)
    writer = threading.Lock()

    @contextmanager
    def transaction() -> Iterator[Work]:
        with writer, engine.connect() as connection:
            connection.exec_driver_sql("BEGIN IMMEDIATE")
            yield SqlWork(connection)
            connection.commit()

    @contextmanager
    def reading() -> Iterator[Work]:
        with engine.connect() as connection:
            connection.exec_driver_sql("BEGIN")
            yield SqlWork(connection, writing=False)

    return Store(engine, transaction, reading)


def _prepare_sqlite(connection: sqlite3.Connection, _record: object) -> None:
    # The driver must not begin transactions by itself: we say BEGIN IMMEDIATE.
    connection.isolation_level = None
    _use_wal(connection)
    for pragma in PRAGMAS:
        connection.execute(f"PRAGMA {pragma}").close()


def _use_wal(connection: sqlite3.Connection) -> None:
    """Switch to WAL. SQLite does not wait by itself while another process switches a new file."""
    deadline = time.monotonic() + BUSY_SECONDS
    while True:
        try:
            connection.execute("PRAGMA journal_mode=WAL").close()
        except sqlite3.OperationalError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.02)
        else:
            return


__all__ = ["SqlWork", "Store", "open_store"]
