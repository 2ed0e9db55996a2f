"""One store to test at a time: in memory, in an SQLite file, on a real PostgreSQL."""

import shutil
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot.adapters.schema import migrate
from bot.adapters.storage import Store, open_store
from bot.adapters.tables import METADATA
from bot.service.ports import Transaction
from tests.fakes import memory_transaction
from tests.support.postgres import Postgres


@dataclass(frozen=True)
class Stores:
    """The two kinds of transaction that every kind of store gives."""

    transaction: Transaction
    reading: Transaction


@pytest.fixture(scope="session")
def migrated_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty, migrated file to copy."""
    path = tmp_path_factory.mktemp("sqlite") / "empty.sqlite3"
    store = open_store(f"sqlite:///{path}")
    migrate(store.engine)
    store.close()
    return path


@pytest.fixture
def sqlite_store(tmp_path: Path, migrated_sqlite: Path) -> Iterator[Store]:
    path = tmp_path / "tsunagi.sqlite3"
    shutil.copyfile(migrated_sqlite, path)
    store = open_store(f"sqlite:///{path}")
    yield store
    store.close()


@pytest.fixture(scope="session")
def migrated_postgres(postgres: Postgres) -> Iterator[Store]:
    store = open_store(postgres.create_database())
    migrate(store.engine)
    yield store
    store.close()


@pytest.fixture
def postgres_store(migrated_postgres: Store) -> Store:
    """Emptied for each test: quicker than a database of its own."""
    names = ", ".join(METADATA.tables)
    with migrated_postgres.engine.begin() as connection:
        connection.exec_driver_sql("SET LOCAL lock_timeout = '10s'")
        connection.exec_driver_sql(f"TRUNCATE {names} RESTART IDENTITY CASCADE")
    return migrated_postgres


@pytest.fixture(params=["memory", "sqlite", "postgres"])
def stores(request: pytest.FixtureRequest) -> Stores:
    if request.param == "memory":
        transaction = memory_transaction()
        return Stores(transaction, transaction)
    store = request.getfixturevalue(f"{request.param}_store")
    return Stores(store.transaction, store.reading)


@pytest.fixture(params=["sqlite", "postgres"])
def sql_store(request: pytest.FixtureRequest) -> Store:
    store: Store = request.getfixturevalue(f"{request.param}_store")
    return store


@pytest.fixture
def threads() -> Iterator[ThreadPoolExecutor]:
    with ThreadPoolExecutor(8) as pool:
        yield pool
