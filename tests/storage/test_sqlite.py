"""What is particular to the embedded database: one writer, free readers, ids used once."""

import threading

from bot.adapters.storage import open_store
from tests.storage.builders import conversation


def test_writers_of_two_processes_take_turns(sqlite_store):
    # A second store on the same file has connections and a lock of its own, as a process has.
    other = open_store(str(sqlite_store.engine.url))
    failures: list[BaseException] = []

    def write(store, name: str) -> None:
        try:
            for number in range(25):
                with store.transaction() as work:
                    assert work.trail.last_beat() >= 0
                    work.trail.beat(f"{name}{number}", number)
                    work.updates.append(conversation_id=1, resident_id=1, kind=name, at=1)
        except BaseException as error:  # noqa: BLE001
            failures.append(error)

    threads = [
        threading.Thread(target=write, args=(store, name))
        for store, name in ((sqlite_store, "a"), (sqlite_store, "b"), (other, "c"))
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    other.close()
    assert failures == []
    with sqlite_store.reading() as work:
        assert work.updates.last_id() == 75


def test_readers_do_not_wait_for_a_writer(sqlite_store):
    with sqlite_store.transaction() as work:
        talk = conversation(work)
        with sqlite_store.reading() as reader:
            assert reader.conversations.latest(talk.resident_id) is None
    with sqlite_store.reading() as reader:
        assert reader.conversations.latest(talk.resident_id) == talk


def test_every_connection_is_durable_and_checks_references(sqlite_store):
    with sqlite_store.engine.connect() as one, sqlite_store.engine.connect() as two:
        for connection in (one, two):
            settings = [
                connection.exec_driver_sql(f"PRAGMA {name}").scalar_one()
                for name in ("journal_mode", "synchronous", "foreign_keys")
            ]
            assert settings == ["wal", 2, 1]


def test_the_number_of_an_erased_row_is_not_given_out_again(sqlite_store):
    with sqlite_store.transaction() as work:
        erased = conversation(work)
        work.updates.append(conversation_id=1, resident_id=1, kind="message", at=1)
        seen = work.updates.last_id()
    with sqlite_store.engine.begin() as connection:
        connection.exec_driver_sql("DELETE FROM conversation")
        connection.exec_driver_sql("DELETE FROM page_update")
    with sqlite_store.transaction() as work:
        assert conversation(work).id > erased.id
        work.updates.append(conversation_id=1, resident_id=1, kind="message", at=1)
        assert work.updates.after(seen, resident_id=None) != []
