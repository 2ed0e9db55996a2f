"""A cry for help that only the Japanese translation gave away is asked about all the same."""

from contextlib import contextmanager
from dataclasses import replace

import pytest

from bot.core.detecting import detect
from bot.core.model import Channel, Holder, InboundKind, Level, Provenance
from bot.core.state import State
from bot.service.translating import CLAIM_MS, RETRY_MS
from tests.support.dialogs import BOOK
from tests.support.overhearing import CRY, HUNGRY, INSULT, QUIET, hear, waiting
from tests.support.service_tools import Sink


@pytest.fixture
def told(anh):
    """Somebody at the first question who wrote what no detector hears."""
    return anh.begins("vi").says(QUIET, message_id="m1", reply_token="token-1")


def test_the_words_of_these_tests_are_heard_only_where_they_should_be():
    def heard(text):
        return {name for name, _ in detect(text, BOOK.detectors)}

    assert heard(QUIET) == set()
    assert heard(CRY) == {"suicide"}
    assert heard(HUNGRY) == {"hunger"}
    assert heard(INSULT) == {"abuse"}


# --- the event ---------------------------------------------------------------------------------


def test_a_cry_in_the_translation_becomes_an_event_of_our_own(office, told):
    assert hear(office) == (Channel.LINE, told.address)
    stored = waiting(office, told)
    assert (stored.kind, stored.text) == (InboundKind.OVERHEARD, "suicide")
    assert stored.event_id == f"overheard:{told.own[-1].id}"
    assert (stored.occurred_at, stored.received_at) == (office.now, office.now)
    assert stored.reply_token == ""
    assert CRY not in repr(stored)
    assert told.own[-1].other == CRY


def test_the_event_and_the_words_are_stored_together_or_not_at_all(office, told):
    class LostFeed:
        def append(self, **_told):
            raise ConnectionError

    @contextmanager
    def breaking():
        with office.transaction() as work:
            work.updates = LostFeed()  # the last thing that the transaction writes to
            yield work

    with pytest.raises(ConnectionError):
        hear(office, transaction=breaking)
    assert waiting(office, told) is None
    assert (told.own[-1].other, told.own[-1].provenance) == ("", Provenance.WAITING)
    office.now += CLAIM_MS
    assert hear(office) is not None
    assert waiting(office, told) is not None
    assert (told.own[-1].other, told.own[-1].provenance) == (CRY, Provenance.MACHINE)


def test_an_event_without_a_process_to_nudge_has_its_turn_at_the_next_sweep(office, told):
    hear(office)
    office.turns_due()
    assert told.state.node == "S1"


def test_several_detectors_make_one_event(office, told):
    hear(office, CRY + HUNGRY)
    assert set(waiting(office, told).text.split(",")) == {"suicide", "hunger"}


def test_a_draft_of_a_test_model_is_heard_too(office, told):
    assert hear(office, drafts_only=True) is not None
    assert told.own[-1].provenance is Provenance.DRAFT


# --- its turn ----------------------------------------------------------------------------------


def test_the_turn_asks_the_direct_question_after_the_safety_words_and_a_counselor_is_waited_for(
    office, told
):
    said = len(told.answers)
    office.turns(*hear(office))
    assert told.state.node == "S1"
    assert told.state.detected == ("suicide",)
    listens, asks = told.answers[said:]
    assert "#" in listens
    assert any(each["a"] == "S1_YES" for each in told.messages[-1].choices)
    assert asks == told.messages[-1].text
    conversation = told.conversation
    assert conversation.in_queue
    assert conversation.reason == "crisis"
    assert conversation.level >= Level.U3


def test_nothing_is_put_into_the_residents_mouth(office, told):
    own = told.own
    office.turns(*hear(office))
    assert [each.id for each in told.own] == [each.id for each in own]
    assert told.state.answers.keys() == {"START"}


def test_the_answer_counts_as_always(office, told):
    office.turns(*hear(office))
    told.taps("S1_YES")
    assert told.conversation.level is Level.U4
    assert waiting(office, told) is None


def test_hunger_asks_about_food_and_comes_back_to_the_question_before(office, told):
    before = told.state.node
    office.turns(*hear(office, HUNGRY))
    assert told.state.node == "Q4"
    told.taps("FOOD_OK")
    assert told.state.node == before


def test_on_line_the_question_is_pushed_since_the_reply_token_belongs_to_another_event(
    office, told
):
    sink = Sink()
    office.deliver({Channel.LINE: sink})
    assert sink.parcels[-1].reply_token == "token-1"
    office.turns(*hear(office))
    office.deliver({Channel.LINE: sink})
    pushed = sink.parcels[-1]
    assert (pushed.reply_token, pushed.reply_until) == ("", 0)
    assert pushed.address == told.address
    assert pushed.bubbles[-1].question == "S1"


def test_on_the_web_the_question_stands_in_the_thread(office):
    visitor = office.person("hash", Channel.WEB).begins("vi").says(QUIET)
    office.turns(*hear(office))
    assert visitor.state.node == "S1"
    thread = office.reading.thread("hash")
    assert "S1_YES" in {each.code for each in thread.lines[-1].bubble.choices}


def test_in_the_chat_after_the_questions_it_is_asked_too(office, anh):
    anh.asks_for_a_person("vi").says(QUIET)
    since = anh.conversation.waiting_since
    office.turns(*hear(office))
    assert anh.state.node == "S1"
    assert anh.conversation.waiting_since == since


def test_somebody_who_stopped_meanwhile_is_asked_all_the_same(office, told):
    told.taps("STOP")
    assert told.state.stopped
    office.turns(*hear(office))
    assert (told.state.node, told.state.stopped) == ("S1", False)


# --- where nothing happens ---------------------------------------------------------------------


@pytest.mark.parametrize("japanese", ["今日はいい天気です。", INSULT, ""])
def test_nothing_follows_from_a_translation_without_a_cry(office, told, japanese):
    assert hear(office, japanese) is None
    assert waiting(office, told) is None


def test_what_the_original_had_said_is_not_asked_twice(office, anh):
    anh.begins("vi").says("Tôi muốn chết")
    assert anh.state.node == "S1"
    assert hear(office) is None
    assert waiting(office, anh) is None


def test_another_cry_than_the_one_heard_is_followed(office, anh):
    anh.begins("vi").says("Tôi muốn chết")
    assert hear(office, CRY + HUNGRY) is not None
    assert waiting(office, anh).text == "hunger"


@pytest.mark.parametrize("outcome", [{"pairs": ()}, {"breaks": 1}])
def test_without_a_translation_there_is_nothing_to_hear(office, told, outcome):
    assert hear(office, **outcome) is None
    assert waiting(office, told) is None


def test_a_counselors_own_words_are_not_listened_to(office, anh):
    anh.asks_for_a_person("vi")
    counselor = office.counselor()
    office.counseling.claim(counselor.id, anh.conversation.id)
    office.counseling.reply(counselor.id, anh.conversation.id, "死にたいと思うことがありますか。")
    assert hear(office, CRY) is None
    assert waiting(office, anh) is None


@pytest.mark.parametrize("claimed", ["before the translation", "between it and the turn"])
def test_while_a_counselor_holds_the_conversation_the_bot_stays_silent(office, anh, claimed):
    anh.asks_for_a_person("vi").says(QUIET)
    counselor = office.counselor()
    if claimed == "before the translation":
        office.counseling.claim(counselor.id, anh.conversation.id)
        hear(office)
    else:
        hear(office)
        office.counseling.claim(counselor.id, anh.conversation.id)
    state, messages = anh.state, anh.messages
    office.turns_due()
    assert (anh.state, anh.messages) == (state, messages)
    assert anh.own[-1].other == CRY, "the counselor reads it"
    assert anh.conversation.holder is Holder.COUNSELOR
    assert waiting(office, anh) is None, "the event had its turn"


@pytest.mark.parametrize("closed", ["before the translation", "between it and the turn"])
def test_after_the_end_of_the_case_nothing_is_opened_again(office, anh, closed):
    anh.asks_for_a_person("vi").says(QUIET)
    counselor = office.counselor()
    if closed == "between it and the turn":
        hear(office)
    office.counseling.claim(counselor.id, anh.conversation.id)
    office.counseling.close(counselor.id, anh.conversation.id)
    if closed == "before the translation":
        hear(office)
    conversation, messages = anh.conversation, anh.messages
    office.turns_due()
    assert (anh.conversation, anh.messages) == (conversation, messages)
    assert waiting(office, anh) is None


def test_what_was_unsent_during_the_translation_is_not_listened_to(office, told):
    def unsend():
        told.does(InboundKind.UNSEND, message_id="m1")

    assert hear(office, meanwhile=unsend) is None
    assert waiting(office, told) is None


def test_whoever_blocked_the_account_is_put_into_the_queue_and_gets_nothing(office, told):
    office.said(told)
    told.does(InboundKind.UNFOLLOW)
    office.turns(*hear(office))
    assert told.conversation.in_queue
    assert office.said(told) == []


# --- once --------------------------------------------------------------------------------------


def test_the_same_translation_twice_stores_one_event(office, told):
    again: list[object] = []

    def a_second_worker_is_faster():
        # The first worker's claim ran out: both have the message in hand.
        if not again:
            office.now += CLAIM_MS
            again.append(hear(office))

    assert hear(office, meanwhile=a_second_worker_is_faster) is None
    assert again == [(Channel.LINE, told.address)]
    office.turns_due()
    assert [each.text for each in told.messages].count(told.answers[-1]) == 1
    assert waiting(office, told) is None


def test_a_message_that_is_translated_anew_raises_no_second_event(office, told):
    office.turns(*hear(office))
    asked, message, conversation = len(told.answers), told.own[-1], told.conversation
    with office.transaction() as work:
        work.messages.save(replace(message, provenance=Provenance.WAITING, attempts=0))
        # As for somebody of whom the state no longer knows that they were heard.
        forgotten = replace(State.from_json(conversation.state), detected=()).to_json()
        work.conversations.save(replace(conversation, state=forgotten))
    office.now += CLAIM_MS
    assert hear(office) is None
    assert waiting(office, told) is None
    assert len(told.answers) == asked


def test_a_second_message_with_the_same_cry_is_not_asked_about_again(office, told):
    office.turns(*hear(office))
    told.says(QUIET)
    assert hear(office) is None
    assert waiting(office, told) is None


def test_a_translation_that_broke_first_is_heard_when_it_comes(office, told):
    assert hear(office, breaks=1) is None
    office.now += RETRY_MS
    assert hear(office) == (Channel.LINE, told.address)
