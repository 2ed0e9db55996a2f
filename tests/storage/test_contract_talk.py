"""What every store promises about conversations and messages."""

from dataclasses import replace

import pytest

from bot.core.conversation import Conversation
from bot.core.model import Author, Channel, Holder, Level, Provenance
from bot.errors import NotFoundError
from tests.storage.builders import NEPALI, conversation, counselor, message


def test_a_conversation_keeps_every_field(stores):
    with stores.transaction() as work:
        resident = work.residents.lock(Channel.LINE, "U1", at=1)
        by = counselor(work)
        full = Conversation(
            resident.id,
            1_700_000_000_001,
            lang="ne",
            holder=Holder.COUNSELOR,
            counselor_id=by.id,
            level=Level.U3,
            reason="crisis",
            waiting_since=1_700_000_000_002,
            sent_at=1_700_000_000_003,
            closed_at=1_700_000_000_004,
            receipt_given=True,
            trouble=True,
            state={"node": "Q2", "answers": {"Q1": ["SAFE_OK", NEPALI]}, "n": 3, "none": None},
            assessment={"level": 3, "hits": [{"rule": "R1", "inputs": {"Q1": "いいえ"}}]},
        )
        added = work.conversations.add(full)
        plain = work.conversations.add(Conversation(resident.id, 5))
        work.conversations.save(replace(full, id=plain.id, opened_at=5))
    assert added == replace(full, id=added.id)
    with stores.reading() as work:
        assert work.conversations.get(added.id) == added
        assert work.conversations.get(added.id, lock=False) == added
        assert work.conversations.get(plain.id) == replace(full, id=plain.id, opened_at=5)


def test_a_stored_state_is_a_copy(stores):
    state: dict[str, object] = {"answers": {}}
    with stores.transaction() as work:
        talk = conversation(work, state=state)
        state["answers"] = "changed afterwards"
    with stores.reading() as work:
        assert work.conversations.get(talk.id).state == {"answers": {}}


def test_the_latest_conversation_of_a_person_is_their_newest(stores):
    with stores.transaction() as work:
        first = conversation(work)
        second = conversation(work)
        conversation(work, "U2")
        assert work.conversations.latest(first.resident_id) == second
        assert work.conversations.latest(404) is None
    with stores.reading() as work:
        assert work.conversations.latest(first.resident_id) == second


def test_an_unknown_conversation_is_not_found(stores):
    with stores.transaction() as work:
        with pytest.raises(NotFoundError):
            work.conversations.get(404)
        with pytest.raises(NotFoundError):
            work.conversations.get(404, lock=True)


def test_the_queue_goes_by_level_then_waiting_time_and_what_is_held_follows_mine_first(stores):
    with stores.transaction() as work:
        me, other = counselor(work), counselor(work, "ito", "伊藤")
        held = {"holder": Holder.COUNSELOR}
        names = {
            conversation(work, "a").id: "not waiting",
            conversation(work, "b", level=Level.U1, waiting_since=50).id: "U1",
            conversation(work, "c", level=Level.U3, waiting_since=90).id: "U3 later",
            conversation(work, "d", level=Level.U3, waiting_since=80).id: "U3 first",
            conversation(work, "e", level=Level.U3, waiting_since=90).id: "U3 last",
            conversation(work, "f", level=Level.U4, counselor_id=other.id, **held).id: "theirs",
            conversation(work, "g", level=Level.U0, counselor_id=me.id, **held).id: "mine",
            conversation(work, "h", level=Level.U2, counselor_id=me.id, **held).id: "mine, urgent",
            conversation(work, "i", holder=Holder.CLOSED, counselor_id=me.id).id: "closed",
        }
    with stores.reading() as work:
        rows = work.conversations.waiting(mine=me.id, limit=10)
        few = work.conversations.waiting(mine=me.id, limit=2)
        nobody = work.conversations.waiting(mine=None, limit=10)
    assert [names[row.conversation_id] for row in rows] == [
        "U3 first",
        "U3 later",
        "U3 last",
        "U1",
        "mine, urgent",
        "mine",
        "theirs",
    ]
    # A long queue never pushes what I hold off the list.
    assert [names[row.conversation_id] for row in few] == [
        "U3 first",
        "U3 later",
        "mine, urgent",
        "mine",
    ]
    assert len(nobody) == len(rows)


def test_a_row_of_the_list_says_what_must_be_known_before_opening_the_case(stores):
    with stores.transaction() as work:
        by = counselor(work)
        waits = conversation(
            work,
            level=Level.U2,
            reason="asked",
            lang="ne",
            waiting_since=50,
            trouble=True,
            assessment={"primary": "住まい"},
        )
        work.messages.add([message(waits.id, created_at=60), message(waits.id, created_at=70)])
        held = conversation(work, "U2", holder=Holder.COUNSELOR, counselor_id=by.id)
    with stores.reading() as work:
        first, second = work.conversations.waiting(mine=None, limit=10)
    assert (first.conversation_id, first.level, first.reason, first.lang) == (
        waits.id,
        2,
        "asked",
        "ne",
    )
    assert (first.channel, first.holder, first.counselor_id, first.counselor_name) == (
        Channel.LINE,
        "bot",
        None,
        "",
    )
    assert (first.waiting_since, first.opened_at, first.last_message_at) == (50, 10, 70)
    assert (first.assessment, first.trouble) == ({"primary": "住まい"}, True)
    assert (second.conversation_id, second.counselor_id, second.counselor_name) == (
        held.id,
        by.id,
        "佐藤",
    )
    assert second.last_message_at is None


def test_messages_get_ascending_ids_in_the_order_given(stores):
    with stores.transaction() as work:
        talk, other = conversation(work), conversation(work, "U2")
        single = work.messages.add([message(talk.id, "0")])
        work.messages.add([message(other.id, "elsewhere")])
        many = work.messages.add([message(talk.id, str(number)) for number in range(1, 31)])
        assert work.messages.add([]) == []
    ids = single + many
    assert ids == sorted(set(ids))
    assert len(ids) == 31
    with stores.reading() as work:
        stored = work.messages.of(talk.id)
    assert [each.id for each in stored] == ids
    assert [each.text for each in stored] == [str(number) for number in range(31)]


def test_a_thread_is_its_newest_messages_oldest_first(stores):
    with stores.transaction() as work:
        talk = conversation(work)
        ids = work.messages.add([message(talk.id, str(number)) for number in range(5)])
    with stores.reading() as work:
        assert [each.id for each in work.messages.of(talk.id, limit=2)] == ids[-2:]
        assert [each.id for each in work.messages.of(talk.id, after=ids[1])] == ids[2:]
        assert work.messages.of(talk.id, after=ids[-1]) == []
        assert work.messages.of(404) == []


def test_a_message_keeps_every_field(stores):
    with stores.transaction() as work:
        by = counselor(work)
        talk = conversation(work)
        full = message(
            talk.id,
            NEPALI,
            author=Author.COUNSELOR,
            kind="pick",
            other="家がありません",
            other_lang="ja",
            provenance=Provenance.DRAFT,
            engine="argos (ne→en→ja)",
            counselor_id=by.id,
            external_id="x1",
            unsent_at=1_700_000_000_001,
            parcel_id=9,
            attempts=2,
            choices=({"q": "Q1", "a": "SAFE_OK", "label": "ठीक छ"}, {"q": "Q1", "a": "SKIP"}),
        )
        one, two = work.messages.add([full, message(talk.id)])
    with stores.reading() as work:
        assert work.messages.get(one) == replace(full, id=one)
        assert work.messages.of(talk.id)[0] == replace(full, id=one)
        assert work.messages.get(two).choices == ()
        with pytest.raises(NotFoundError):
            work.messages.get(404)


def test_saving_a_message_keeps_words_provenance_attempts_unsend_mark_and_parcel(stores):
    with stores.transaction() as work:
        talk = conversation(work)
        kept, other = work.messages.add([message(talk.id), message(talk.id, "other")])
        changed = replace(
            work.messages.get(kept),
            text="",
            other=NEPALI,
            other_lang="ja",
            provenance=Provenance.MACHINE,
            engine="argos",
            attempts=3,
            unsent_at=9,
            parcel_id=4,
        )
        work.messages.save(changed)
    with stores.reading() as work:
        assert work.messages.get(kept) == changed
        assert work.messages.get(other).text == "other"


def test_a_message_is_found_by_the_channels_own_id_within_its_conversation(stores):
    with stores.transaction() as work:
        talk, other = conversation(work), conversation(work, "U2")
        work.messages.add([message(talk.id, "no id"), message(other.id, external_id="m1")])
        (wanted,) = work.messages.add([message(talk.id, "this", external_id="m1")])
    with stores.reading() as work:
        found = work.messages.find_external(talk.id, "m1")
        assert found is not None
        assert found.id == wanted
        assert work.messages.find_external(talk.id, "m2") is None
        assert work.messages.find_external(talk.id, "") is None


def test_messages_that_wait_for_words_come_by_urgency_and_a_postponed_one_later(stores):
    with stores.transaction() as work:
        calm = conversation(work, level=Level.U1)
        urgent = conversation(work, "U2", level=Level.U4)
        first, _, second = work.messages.add(
            [
                message(calm.id, "calm", provenance=Provenance.WAITING),
                message(calm.id, "ready", provenance=Provenance.FIXED),
                message(urgent.id, "urgent", provenance=Provenance.WAITING),
            ]
        )
        assert [each.id for each in work.messages.awaiting_translation(now=0, limit=9)] == [
            second,
            first,
        ]
        assert [each.id for each in work.messages.awaiting_translation(now=0, limit=1)] == [second]
        work.messages.postpone(second, due_at=500)
    with stores.transaction() as work:
        assert [each.id for each in work.messages.awaiting_translation(now=499, limit=9)] == [first]
        again = work.messages.awaiting_translation(now=500, limit=1)
        assert [(each.id, each.attempts) for each in again] == [(second, 1)]
        work.messages.save(replace(again[0], provenance=Provenance.NONE))
        assert [each.id for each in work.messages.awaiting_translation(now=500, limit=9)] == [first]
