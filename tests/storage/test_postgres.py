"""What only a database with several writers can get wrong: everything here races for real."""

import threading
import time
from concurrent.futures import Future
from dataclasses import replace
from typing import TypeVar

import pytest
from sqlalchemy import text
from sqlalchemy.exc import InternalError

from bot.adapters.storage import Store
from bot.core.model import Channel, Holder, Lang, Provenance
from tests.storage.builders import conversation, counselor, inbound, message, parcel

PATIENCE = 20.0
Value = TypeVar("Value")
WAITING = text("SELECT count(*) FROM pg_locks WHERE NOT granted")


def until_somebody_waits(store: Store, how_many: int = 1) -> None:
    """Returns once so many transactions wait for a lock."""
    deadline = time.monotonic() + PATIENCE
    with store.engine.connect() as connection:
        while True:
            waiting = connection.execute(WAITING).scalar_one()
            connection.rollback()
            if waiting >= how_many:
                return
            assert time.monotonic() < deadline, "nobody waits"


def value_of(future: "Future[Value]") -> Value:
    return future.result(timeout=PATIENCE)


def test_two_turns_of_one_person_wait_for_each_other_and_others_pass(postgres_store, threads):
    store: Store = postgres_store
    with store.transaction() as work:
        work.residents.lock(Channel.LINE, "U1", at=1)

    def turn(address: str, lang: Lang) -> str:
        with store.transaction() as work:
            resident = work.residents.lock(Channel.LINE, address, at=2)
            work.residents.save(replace(resident, lang=lang))
            return resident.lang

    with store.transaction() as work:
        mine = work.residents.lock(Channel.LINE, "U1", at=1)
        second = threads.submit(turn, "U1", "vi")
        until_somebody_waits(store)
        assert value_of(threads.submit(turn, "U2", "en")) == ""
        assert not second.done()
        work.residents.save(replace(mine, lang="ne"))
    assert value_of(second) == "ne"


def test_a_person_whom_two_transactions_make_at_once_is_made_once(postgres_store, threads):
    store: Store = postgres_store

    def make() -> int:
        with store.transaction() as work:
            return work.residents.lock(Channel.LINE, "U1", at=2).id

    with store.transaction() as work:
        first = work.residents.lock(Channel.LINE, "U1", at=1)
        other = threads.submit(make)
        until_somebody_waits(store)
    assert value_of(other) == first.id


def test_a_person_is_made_by_the_second_when_the_first_gives_up(postgres_store, threads):
    store: Store = postgres_store

    def make(at: int) -> int:
        with store.transaction() as work:
            return work.residents.lock(Channel.LINE, "U1", at=at).created_at

    def give_up() -> "Future[int]":
        with store.transaction() as work:
            work.residents.lock(Channel.LINE, "U1", at=1)
            other = threads.submit(make, 2)
            until_somebody_waits(store)
            raise _GaveUpError(other)

    with pytest.raises(_GaveUpError) as caught:
        give_up()
    assert value_of(caught.value.other) == 2


class _GaveUpError(Exception):
    def __init__(self, other: "Future[int]") -> None:
        super().__init__()
        self.other = other


def test_an_event_delivered_twice_at_once_is_stored_once(postgres_store, threads):
    store: Store = postgres_store

    def deliver() -> bool:
        with store.transaction() as work:
            return work.inbox.add(inbound("e1"))

    with store.transaction() as work:
        assert work.inbox.add(inbound("e1"))
        again = threads.submit(deliver)
        until_somebody_waits(store)
    assert value_of(again) is False


def test_claimers_at_the_same_time_never_get_the_same_parcel(postgres_store, threads):
    store: Store = postgres_store
    with store.transaction() as work:
        talks = [conversation(work, f"U{number}").id for number in range(12)]
        ids = [
            work.outbox.add(parcel(talk, f"{talk}-{turn}"))[0]
            for turn in range(5)
            for talk in talks
        ]
    together = threading.Barrier(4)

    def claimer() -> list[tuple[int, int]]:
        got: list[tuple[int, int]] = []
        together.wait()
        idle = 0
        while idle < 20:
            with store.transaction() as work:
                parcels = work.outbox.claim(now=5_000, until=9_000, limit=3)
            with store.transaction() as work:
                work.outbox.sent([each.id for each in parcels], at=5_000)
            got += [(each.conversation_id, each.id) for each in parcels]
            idle = 0 if parcels else idle + 1
        return got

    claimers = [threads.submit(claimer) for _ in range(4)]
    got = [each for future in claimers for each in future.result(timeout=PATIENCE)]
    assert sorted(each for _, each in got) == sorted(ids)


def test_a_parcel_in_other_hands_is_passed_over_not_waited_for(postgres_store):
    store: Store = postgres_store
    with store.transaction() as work:
        a, b = conversation(work).id, conversation(work, "U2").id
        (a1, _), (_, _), (b1, _) = (work.outbox.add(parcel(talk)) for talk in (a, a, b))
    with store.transaction() as one, store.transaction() as other:
        assert [each.id for each in one.outbox.claim(now=5_000, until=9_000, limit=1)] == [a1]
        assert [each.id for each in other.outbox.claim(now=5_000, until=9_000, limit=9)] == [b1]


def test_two_translators_never_take_the_same_message(postgres_store):
    store: Store = postgres_store
    with store.transaction() as work:
        talk = conversation(work).id
        first, second = work.messages.add(
            [message(talk, provenance=Provenance.WAITING) for _ in range(2)]
        )
    with store.transaction() as one, store.transaction() as other:
        assert [each.id for each in one.messages.awaiting_translation(now=1, limit=1)] == [first]
        assert [each.id for each in other.messages.awaiting_translation(now=1, limit=9)] == [second]


def test_feed_ids_become_visible_in_their_order(postgres_store, threads):
    store: Store = postgres_store

    def append(kind: str) -> None:
        with store.transaction() as work:
            work.updates.append(conversation_id=1, resident_id=1, kind=kind, at=1)

    seen: list[str] = []
    with store.transaction() as work:
        work.updates.append(conversation_id=1, resident_id=1, kind="first", at=1)
        second = threads.submit(append, "second")
        until_somebody_waits(store)
        # The second writer has not overtaken: a reader who remembers the last id misses nothing.
        with store.reading() as reader:
            assert reader.updates.last_id() == 0
    value_of(second)
    with store.reading() as reader:
        seen = [each.kind for each in reader.updates.after(0, resident_id=None)]
    assert seen == ["first", "second"]


def test_many_writers_leave_no_reader_behind(postgres_store, threads):
    store: Store = postgres_store
    writers, each_writes = 4, 40

    def write() -> None:
        for _ in range(each_writes):
            with store.transaction() as work:
                work.updates.append(conversation_id=1, resident_id=1, kind="message", at=1)

    running = [threads.submit(write) for _ in range(writers)]
    followed: list[int] = []
    deadline = time.monotonic() + PATIENCE
    while len(followed) < writers * each_writes and time.monotonic() < deadline:
        with store.reading() as work:
            news = work.updates.after(followed[-1] if followed else 0, resident_id=None)
        followed += [each.id for each in news]
    for each in running:
        value_of(each)
    assert len(followed) == writers * each_writes


def test_a_turn_never_starts_from_what_a_counselor_is_changing(postgres_store, threads):
    store: Store = postgres_store
    with store.transaction() as work:
        by = counselor(work)
        talk = conversation(work)

    def turn() -> Holder:
        with store.transaction() as work:
            resident = work.residents.lock(Channel.LINE, "U1", at=2)
            latest = work.conversations.latest(resident.id)
            assert latest is not None
            work.conversations.save(replace(latest, receipt_given=True))
            return latest.holder

    with store.transaction() as work:
        taken = work.conversations.get(talk.id, lock=True).claim(by.id)
        running = threads.submit(turn)
        until_somebody_waits(store)
        # Pages go on reading meanwhile.
        with store.reading() as reader:
            assert reader.conversations.latest(talk.resident_id) == talk
        work.conversations.save(taken)
    assert value_of(running) is Holder.COUNSELOR
    with store.reading() as work:
        after = work.conversations.get(talk.id)
    assert (after.holder, after.counselor_id, after.receipt_given) == (
        Holder.COUNSELOR,
        by.id,
        True,
    )


def test_what_only_reads_cannot_write(postgres_store):
    def write() -> None:
        with postgres_store.reading() as work:
            work.trail.beat("worker", 1)

    with pytest.raises(InternalError, match="read-only"):
        write()


def test_one_look_shows_one_moment(sql_store, threads):
    def write() -> None:
        with sql_store.transaction() as work:
            work.trail.beat("worker", 1)

    with sql_store.reading() as work:
        assert work.updates.last_id() == 0
        value_of(threads.submit(write))
        assert work.trail.last_beat() == 0
    with sql_store.reading() as work:
        assert work.trail.last_beat() == 1
