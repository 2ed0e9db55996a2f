"""What every store promises about outbox, feed, team and trail."""

from dataclasses import replace

import pytest

from bot.errors import MoveNotAllowedError, NotFoundError
from bot.service.records import CaseEvent, Counselor
from tests.storage.builders import NEPALI, conversation, counselor, parcel


@pytest.fixture
def talks(stores):
    with stores.transaction() as work:
        return conversation(work).id, conversation(work, "U2").id


def put(stores, *parcels, leased_until=0):
    with stores.transaction() as work:
        return [work.outbox.add(each, leased_until=leased_until) for each in parcels]


def claimed(stores, now=5_000, until=9_000, limit=10):
    with stores.transaction() as work:
        return work.outbox.claim(now=now, until=until, limit=limit)


def test_a_parcel_comes_back_as_it_was_stored(stores, talks):
    full = parcel(
        talks[0],
        reply_token="r1",
        reply_until=1_700_000_000_001,
        attempts=2,
        first_push_at=1_700_000_000_002,
    )
    ((new_id, leased),) = put(stores, full)
    assert not leased
    assert claimed(stores) == [replace(full, id=new_id)]


def test_a_leased_parcel_is_not_claimed_before_the_lease_ends(stores, talks):
    ((new_id, leased),) = put(stores, parcel(talks[0]), leased_until=6_000)
    assert leased
    assert claimed(stores, now=5_999) == []
    assert [each.id for each in claimed(stores, now=6_000)] == [new_id]


def test_no_lease_is_given_while_an_earlier_parcel_of_the_conversation_is_unsent(stores, talks):
    (first,) = put(stores, parcel(talks[0], "1"), leased_until=6_000)
    second, other = put(stores, parcel(talks[0], "2"), parcel(talks[1], "3"), leased_until=6_000)
    assert (first[1], second[1], other[1]) == (True, False, True)
    assert claimed(stores, now=5_999) == []
    with stores.transaction() as work:
        assert work.outbox.sent([first[0]], at=5_500) == [talks[0]]
    assert [each.id for each in claimed(stores, now=5_999)] == [second[0]]


def test_parcels_of_one_conversation_are_handed_out_one_by_one_others_pass(stores, talks):
    a, b = talks
    (a1, _), (a2, _), (b1, _) = put(stores, parcel(a, "a1"), parcel(a, "a2"), parcel(b, "b1"))
    assert [each.id for each in claimed(stores, limit=1)] == [a1]
    assert [each.id for each in claimed(stores)] == [b1]
    assert claimed(stores) == []
    with stores.transaction() as work:
        assert work.outbox.sent([b1], at=6_000) == []
        assert work.outbox.sent([a1], at=6_000) == [a]
        assert work.outbox.sent([], at=6_000) == []
    assert [each.id for each in claimed(stores)] == [a2]


def test_a_parcel_whose_lease_ran_out_is_handed_out_again_before_later_ones(stores, talks):
    (first, _), _ = put(stores, parcel(talks[0], "1"), parcel(talks[0], "2"))
    assert [each.id for each in claimed(stores, now=5_000, until=9_000)] == [first]
    assert claimed(stores, now=8_999) == []
    assert [each.id for each in claimed(stores, now=9_000)] == [first]


def test_a_parcel_is_not_due_before_it_was_made(stores, talks):
    put(stores, parcel(talks[0]))
    assert claimed(stores, now=999) == []


def test_what_was_sent_keeps_no_words(sql_store):
    with sql_store.transaction() as work:
        talk = conversation(work)
        sent, _ = work.outbox.add(parcel(talk.id, "1", reply_token="r"))
        failed, _ = work.outbox.add(parcel(talk.id, "2", reply_token="r"))
        work.outbox.add(parcel(talk.id, "3", reply_token="r"))
        work.outbox.sent([sent], at=7_000)
        work.outbox.fail(failed, error="refused")
        work.outbox.drop_for(talk.id)
    with sql_store.engine.connect() as connection:
        rows = connection.exec_driver_sql(
            "SELECT status, bubbles, reply_token, sent_at FROM parcel ORDER BY id"
        ).all()
    assert [tuple(row) for row in rows] == [
        ("sent", "", "", 7_000),
        ("failed", "", "", None),
        ("dropped", "", "", None),
    ]


def test_a_parcel_to_try_again_waits_keeps_its_progress_and_holds_back_later_ones(stores, talks):
    (first, _), (second, _) = put(
        stores, parcel(talks[0], "1", reply_token="r"), parcel(talks[0], "2")
    )
    (tried,) = claimed(stores)
    told = replace(tried, attempts=1, reply_token="", first_push_at=5_000)
    with stores.transaction() as work:
        work.outbox.retry(told, due_at=6_000, error="delivery_failed")
    assert claimed(stores, now=5_999) == []
    assert claimed(stores, now=6_000) == [told]
    with stores.reading() as work:
        assert work.outbox.states([first, second, 404]) == {
            first: ("due", "delivery_failed"),
            second: ("due", ""),
        }
        assert work.outbox.states([]) == {}


def test_a_parcel_that_was_given_up_is_listed_and_lets_later_ones_pass(stores, talks):
    (first, _), (second, _), (third, _) = put(
        stores, parcel(talks[0], "1"), parcel(talks[0], "2"), parcel(talks[1], "3")
    )
    with stores.transaction() as work:
        work.outbox.fail(first, error="quota_spent")
    assert [each.id for each in claimed(stores, limit=1)] == [second]
    with stores.transaction() as work:
        work.outbox.fail(third, error="delivery_refused")
    with stores.reading() as work:
        newest, oldest = work.outbox.failed(10)
        assert work.outbox.failed(1) == [newest]
        assert work.outbox.states([first])[first] == ("failed", "quota_spent")
    assert (newest.id, newest.error) == (third, "delivery_refused")
    assert (oldest.id, oldest.conversation_id, oldest.created_at) == (first, talks[0], 1_000)


def test_dropping_gives_up_all_that_is_unsent_of_that_conversation(stores, talks):
    a, b = talks
    (a1, _), (a2, _), (b1, _) = put(stores, parcel(a, "1"), parcel(a, "2"), parcel(b, "3"))
    with stores.transaction() as work:
        work.outbox.sent([a1], at=2_000)
        work.outbox.drop_for(a)
    assert [each.id for each in claimed(stores)] == [b1]
    with stores.reading() as work:
        states = work.outbox.states([a1, a2, b1])
        assert work.outbox.failed(10) == []
    assert {key: state for key, (state, _) in states.items()} == {
        a1: "sent",
        a2: "dropped",
        b1: "due",
    }


def test_what_is_settled_late_does_not_undo_what_happened_meanwhile(stores, talks):
    (sent, _), (dropped, _) = put(stores, parcel(talks[0], "1"), parcel(talks[1], "2"))
    late = {each.id: each for each in claimed(stores)}
    with stores.transaction() as work:
        work.outbox.sent([sent], at=6_000)
        work.outbox.drop_for(talks[1])
    with stores.transaction() as work:
        work.outbox.retry(late[sent], due_at=0, error="delivery_unknown")
        work.outbox.retry(late[dropped], due_at=0, error="delivery_unknown")
        work.outbox.fail(sent, error="refused")
        work.outbox.fail(dropped, error="refused")
    assert claimed(stores, now=99_000) == []
    with stores.reading() as work:
        states = work.outbox.states([sent, dropped])
    assert [states[key][0] for key in (sent, dropped)] == ["sent", "dropped"]


def test_updates_have_ascending_ids_and_can_be_read_for_one_person(stores):
    with stores.transaction() as work:
        assert work.updates.last_id() == 0
        assert work.updates.after(0, resident_id=None) == []
        for resident, kind in ((1, "message"), (2, "queue"), (1, "unsent")):
            work.updates.append(
                conversation_id=resident * 10, resident_id=resident, kind=kind, at=5
            )
    with stores.reading() as work:
        everything = work.updates.after(0, resident_id=None)
        assert work.updates.last_id() == everything[-1].id
        assert work.updates.after(everything[0].id, resident_id=None) == everything[1:]
        assert work.updates.after(0, resident_id=None, limit=2) == everything[:2]
        theirs = work.updates.after(0, resident_id=1)
    ids = [each.id for each in everything]
    assert ids == sorted(set(ids))
    assert [(each.kind, each.conversation_id, each.resident_id) for each in theirs] == [
        ("message", 10, 1),
        ("unsent", 10, 1),
    ]


def test_counselors_are_found_by_login_and_id_and_listed_by_login(stores):
    with stores.transaction() as work:
        sato = work.team.add(Counselor("sato", "佐藤", "hash", role="admin"))
        ito = work.team.add(Counselor("ito", "伊藤", "hash", active=False))
    assert sato.id != ito.id
    with stores.reading() as work:
        assert work.team.all() == [ito, sato]
        assert work.team.by_login("sato") == sato
        assert work.team.by_login("SATO") is None
        assert work.team.get(ito.id) == ito
        with pytest.raises(NotFoundError):
            work.team.get(404)


def test_a_login_is_given_out_once(stores):
    with stores.transaction() as work:
        first = counselor(work)
    with stores.transaction() as work:
        with pytest.raises(MoveNotAllowedError):
            work.team.add(Counselor("sato", "somebody else", "hash"))
        # The refusal leaves the transaction usable.
        assert work.team.all() == [first]


def test_a_sign_in_holds_until_it_expires_or_is_closed(stores):
    with stores.transaction() as work:
        by = counselor(work)
        away = work.team.add(Counselor("away", "休職中", "hash", active=False))
        work.team.open_session("t1", by.id, expires_at=1_000)
        work.team.open_session("t2", by.id, expires_at=1_000)
        work.team.open_session("t3", away.id, expires_at=1_000)
    with stores.transaction() as work:
        assert work.team.session("t1", now=999) == by
        assert work.team.session("t1", now=1_000) is None
        assert work.team.session("t3", now=999) is None
        assert work.team.session("unknown", now=999) is None
        work.team.close_session("t1")
        work.team.close_session("unknown")
    with stores.reading() as work:
        assert work.team.session("t1", now=999) is None
        assert work.team.session("t2", now=999) == by


def test_the_trail_of_a_case_is_kept_oldest_first(stores, talks):
    with stores.transaction() as work:
        by = counselor(work)
        lines = [
            CaseEvent(talks[0], "queued_crisis", 5),
            CaseEvent(talks[0], "claimed", 4, by.id, {"from": NEPALI}),
        ]
        work.trail.add(lines[0])
        work.trail.add(CaseEvent(talks[1], "elsewhere", 5))
        work.trail.add(lines[1])
    with stores.reading() as work:
        assert work.trail.of(talks[0]) == lines


def test_the_last_sign_of_life_is_the_newest_of_any_worker(stores):
    with stores.transaction() as work:
        assert work.trail.last_beat() == 0
        work.trail.beat("one", 1_700_000_000_100)
        work.trail.beat("two", 1_700_000_000_300)
        work.trail.beat("one", 1_700_000_000_200)
    with stores.reading() as work:
        assert work.trail.last_beat() == 1_700_000_000_300
