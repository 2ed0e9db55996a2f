"""What every store promises about events and residents."""

import pytest

from bot.core.model import Channel, Inbound, InboundKind, Pick
from bot.errors import NotFoundError
from tests.storage.builders import NEPALI, conversation, inbound


def next_text(stores, address="U1", now=1_000):
    with stores.transaction() as work:
        item = work.inbox.next_for(Channel.LINE, address, now=now)
        return item and item.inbound.text


def test_an_event_comes_back_as_it_was_stored(stores):
    full = Inbound(
        Channel.WEB,
        "hash",
        "e1",
        123,
        1_700_000_000_123,
        InboundKind.PICK,
        text=NEPALI,
        pick=Pick("s1", "Q2", ("M0", "M1")),
        message_id="m1",
        reply_token="r1",
        lang_hint="ne",
        source_code="poster-7",
        answerable=False,
    )
    with stores.transaction() as work:
        work.inbox.add(full)
    with stores.transaction() as work:
        item = work.inbox.next_for(Channel.WEB, "hash", now=1)
    assert item is not None
    assert (item.inbound, item.attempts) == (full, 0)


def test_a_second_delivery_changes_nothing(stores):
    with stores.transaction() as work:
        assert work.inbox.add(inbound("e1", text="first"))
        assert not work.inbox.add(inbound("e1", text="again"))
    with stores.transaction() as work:
        assert not work.inbox.add(inbound("e1", text="later"))
        item = work.inbox.next_for(Channel.LINE, "U1", now=1_000)
        assert item is not None
        assert item.inbound.text == "first"
        work.inbox.done(item.id)
        assert not work.inbox.add(inbound("e1", text="after its turn"))
    assert next_text(stores) is None


def test_the_same_event_id_on_another_channel_is_another_event(stores):
    other = Inbound(Channel.WEB, "hash", "e1", 1, 1, InboundKind.TEXT)
    with stores.transaction() as work:
        assert work.inbox.add(inbound("e1"))
        assert work.inbox.add(other)


def test_events_of_a_person_come_in_the_order_they_happened(stores):
    with stores.transaction() as work:
        work.inbox.add(inbound("late", at=300, text="3"))
        work.inbox.add(inbound("early", at=100, text="1"))
        work.inbox.add(inbound("same time, stored second", at=300, text="4"))
        work.inbox.add(inbound("middle", at=200, text="2"))
    said = []
    for _ in range(5):
        with stores.transaction() as work:
            item = work.inbox.next_for(Channel.LINE, "U1", now=1_000)
            if item is not None:
                said.append(item.inbound.text)
                work.inbox.done(item.id)
    assert said == ["1", "2", "3", "4"]


def test_an_event_that_waits_for_its_next_try_holds_back_later_ones_of_that_person_only(stores):
    with stores.transaction() as work:
        work.inbox.add(inbound("e1", at=100, text="first"))
        work.inbox.add(inbound("e2", at=200, text="second"))
        work.inbox.add(inbound("e3", address="U2", at=300, text="other"))
        item = work.inbox.next_for(Channel.LINE, "U1", now=1_000)
        assert item is not None
        work.inbox.retry(item.id, due_at=2_000, error="internal")
    assert next_text(stores, now=1_999) is None
    assert next_text(stores, "U2", now=1_999) == "other"
    with stores.transaction() as work:
        again = work.inbox.next_for(Channel.LINE, "U1", now=2_000)
    assert again is not None
    assert (again.inbound.text, again.attempts) == ("first", 1)


def test_due_names_each_person_once_and_nobody_whose_oldest_event_waits(stores):
    with stores.transaction() as work:
        work.inbox.add(inbound("e1", at=100))
        work.inbox.add(inbound("e2", at=200))
        work.inbox.add(inbound("e3", address="U2", at=300))
        work.inbox.add(inbound("e4", address="U2", at=300))
        assert work.inbox.due(1_000, 10) == [(Channel.LINE, "U1"), (Channel.LINE, "U2")]
        assert work.inbox.due(1_000, 1) == [(Channel.LINE, "U1")]
        item = work.inbox.next_for(Channel.LINE, "U1", now=1_000)
        assert item is not None
        work.inbox.retry(item.id, due_at=2_000, error="internal")
    with stores.transaction() as work:
        assert work.inbox.due(1_999, 10) == [(Channel.LINE, "U2")]
        assert work.inbox.due(2_000, 10) == [(Channel.LINE, "U2"), (Channel.LINE, "U1")]


def test_an_event_that_had_its_turn_is_neither_due_nor_next(stores):
    with stores.transaction() as work:
        work.inbox.add(inbound("e1"))
        item = work.inbox.next_for(Channel.LINE, "U1", now=1_000)
        assert item is not None
        work.inbox.done(item.id)
    with stores.transaction() as work:
        assert work.inbox.due(1_000, 10) == []
        assert work.inbox.next_for(Channel.LINE, "U1", now=1_000) is None


def test_a_turn_that_is_done_leaves_no_words_of_its_event(sql_store):
    with sql_store.transaction() as work:
        work.inbox.add(inbound("e1", text=NEPALI))
        item = work.inbox.next_for(Channel.LINE, "U1", now=1_000)
        assert item is not None
        work.inbox.done(item.id)
    with sql_store.engine.connect() as connection:
        rows = connection.exec_driver_sql("SELECT status, payload FROM inbound_event").all()
    assert [tuple(row) for row in rows] == [("done", "")]


def test_an_event_that_was_given_up_is_listed_and_lets_later_ones_pass(stores):
    with stores.transaction() as work:
        talk = conversation(work)
        for number in (1, 2, 3):
            work.inbox.add(inbound(f"e{number}", at=number, text=str(number)))
        for conversation_id in (talk.id, None):
            item = work.inbox.next_for(Channel.LINE, "U1", now=1_000)
            assert item is not None
            work.inbox.set_aside(item.id, error="broken", conversation_id=conversation_id)
    with stores.reading() as work:
        newest, oldest = work.inbox.set_aside_list(10)
        assert len(work.inbox.set_aside_list(1)) == 1
    assert (newest.conversation_id, oldest.conversation_id) == (None, talk.id)
    assert (oldest.kind, oldest.error, oldest.received_at) == ("text", "broken", 6)
    assert next_text(stores) == "3"


def test_a_person_is_made_once_and_then_found(stores):
    with stores.transaction() as work:
        assert work.residents.find(Channel.LINE, "U1") is None
        made = work.residents.lock(Channel.LINE, "U1", at=77)
        assert work.residents.lock(Channel.LINE, "U1", at=88) == made
        other = work.residents.lock(Channel.WEB, "U1", at=99)
    assert made.id != other.id
    assert (made.created_at, made.following, made.lang) == (77, True, "")
    with stores.reading() as work:
        assert work.residents.find(Channel.LINE, "U1") == made
        assert work.residents.get(other.id) == other


def test_language_following_and_source_of_a_person_are_kept(stores):
    with stores.transaction() as work:
        made = work.residents.lock(Channel.LINE, "U1", at=1)
        changed = type(made)(
            made.channel,
            made.address,
            made.created_at,
            id=made.id,
            lang="ne",
            following=False,
            source_code="poster-7",
        )
        work.residents.save(changed)
    with stores.reading() as work:
        assert work.residents.get(made.id) == changed


def test_an_unknown_person_is_not_found(stores):
    with stores.reading() as work, pytest.raises(NotFoundError):
        work.residents.get(404)


def test_an_error_inside_a_transaction_leaves_nothing(stores):
    with stores.transaction() as work:
        work.inbox.add(inbound("before"))
        talk = conversation(work)

    def write_and_break() -> None:
        with stores.transaction() as work:
            work.inbox.add(inbound("e1", at=1))
            item = work.inbox.next_for(Channel.LINE, "U1", now=1_000)
            assert item is not None
            work.inbox.done(item.id)
            work.residents.lock(Channel.LINE, "U2", at=1)
            conversation(work, lang="vi")
            work.updates.append(conversation_id=talk.id, resident_id=1, kind="message", at=1)
            work.trail.beat("worker", 5)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        write_and_break()
    with stores.transaction() as work:
        assert work.inbox.add(inbound("e1", at=2))
        assert work.residents.find(Channel.LINE, "U2") is None
        assert work.conversations.latest(talk.resident_id) == talk
        assert work.updates.last_id() == 0
        assert work.trail.last_beat() == 0
