"""Migrations go up, down and up again; the models equal the newest; data survives."""

import threading
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, inspect

from bot.adapters import schema
from bot.adapters.storage import open_store
from bot.adapters.tables import METADATA
from bot.core.model import Channel
from bot.service.records import CaseEvent
from tests.storage.builders import (
    NEPALI,
    consent,
    conversation,
    counselor,
    inbound,
    message,
    parcel,
)


@pytest.fixture(params=["sqlite", "postgres"])
def url(request, tmp_path):
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'new' / 'tsunagi.sqlite3'}"
    return request.getfixturevalue("postgres_url")


@pytest.fixture
def store(url):
    opened = open_store(url)
    yield opened
    opened.close()


def go_to(engine: Engine, revision: str) -> None:
    with schema.exclusively(engine) as connection:
        settings = schema.config(connection)
        here = MigrationContext.configure(connection).get_current_revision() or ""
        if revision == "base" or revision < here:
            command.downgrade(settings, revision)
        else:
            command.upgrade(settings, revision)


def own_tables(engine: Engine) -> set[str]:
    return set(inspect(engine).get_table_names()) - {"alembic_version"}


def test_the_head_file_names_the_newest_migration():
    scripts = ScriptDirectory.from_config(schema.config())
    assert scripts.get_heads() == [schema.newest()]


def test_migration_files_are_numbered_in_their_order():
    scripts = ScriptDirectory.from_config(schema.config())
    in_order = [each.revision for each in scripts.walk_revisions()][::-1]
    assert in_order == [f"{number:04d}" for number in range(1, len(in_order) + 1)]
    files = sorted(each.name for each in (schema.MIGRATIONS / "versions").glob("*.py"))
    assert [Path(name).name[:4] for name in files] == in_order


def test_migrating_goes_up_down_and_up_again(store):
    assert not schema.is_current(store.engine)
    schema.migrate(store.engine)
    assert schema.is_current(store.engine)
    everything = own_tables(store.engine)
    assert everything == set(METADATA.tables)
    go_to(store.engine, "base")
    assert own_tables(store.engine) == set()
    assert not schema.is_current(store.engine)
    schema.migrate(store.engine)
    assert own_tables(store.engine) == everything


def test_the_models_equal_the_newest_migration(store):
    schema.migrate(store.engine)
    with store.engine.connect() as connection:
        options = schema.options(connection)
        metadata = options.pop("target_metadata")
        context = MigrationContext.configure(connection, opts=options)
        assert compare_metadata(context, metadata) == []


def test_the_partial_indexes_of_the_models_are_those_of_the_database(store):
    schema.migrate(store.engine)
    dialect = store.engine.dialect.name
    found = {
        index["name"]: str(index.get("dialect_options", {}).get(f"{dialect}_where", ""))
        for table in own_tables(store.engine)
        for index in inspect(store.engine).get_indexes(table)
    }
    for table in METADATA.tables.values():
        for index in table.indexes:
            where = index.dialect_options[dialect]["where"]
            assert index.name in found
            assert bool(found[index.name]) is (where is not None)
            if where is not None and dialect == "sqlite":
                assert found[index.name] == str(where)


def test_migrating_a_current_database_keeps_its_data(store):
    schema.migrate(store.engine)
    with store.transaction() as work:
        resident = work.residents.lock(Channel.WEB, "नेपाल", at=1)
    schema.migrate(store.engine)
    with store.reading() as work:
        assert work.residents.get(resident.id) == resident


def test_a_database_of_the_first_migration_is_carried_over_with_its_data(store):
    schema.migrate(store.engine)
    with store.transaction() as work:
        talk = conversation(work, state={"version": "1-abc", "node": "Q5"}, lang="ne")
        by = counselor(work)
        (said,) = work.messages.add([message(talk.id, NEPALI)])
        work.trail.add(CaseEvent(talk.id, "claimed", 5, by.id))
        (parcel_id, _) = work.outbox.add(parcel(talk.id))
        assert work.inbox.add(inbound("e1"))
    go_to(store.engine, "0001")
    with store.engine.connect() as connection:
        words = connection.exec_driver_sql("SELECT text FROM message").scalars().all()
    assert words == [NEPALI], "a program of the first migration finds its own"
    schema.migrate(store.engine)
    with store.transaction() as work:
        assert work.conversations.get(talk.id) == talk
        assert work.messages.get(said).text == NEPALI
        assert work.messages.get(said).sentences == ()
        assert [each.counselor_id for each in work.trail.of(talk.id)] == [by.id]
        assert work.outbox.states([parcel_id]) == {parcel_id: ("due", "")}
        assert not work.inbox.add(inbound("e1"))
        work.consents.add(consent(talk.id))
        work.releases.add("1-abc", b"packed", at=5)


def test_a_migration_that_breaks_leaves_nothing_behind(store):
    def break_after_migrating() -> None:
        with schema.exclusively(store.engine) as connection:
            command.upgrade(schema.config(connection), "head")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        break_after_migrating()
    assert own_tables(store.engine) == set()
    schema.migrate(store.engine)
    assert schema.is_current(store.engine)


def test_processes_that_start_together_migrate_once(url):
    together = threading.Barrier(6)
    failures: list[BaseException] = []

    def start() -> None:
        store = open_store(url)
        together.wait()
        try:
            schema.migrate(store.engine)
            assert schema.is_current(store.engine)
        except BaseException as error:  # noqa: BLE001
            failures.append(error)
        finally:
            store.close()

    threads = [threading.Thread(target=start) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []


def test_references_are_checked_again_after_migrating(sqlite_store):
    with sqlite_store.engine.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar_one() == 1
