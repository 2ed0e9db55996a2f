"""A self-check that somebody walked away from leaves nothing behind after a day."""

from dataclasses import replace

import pytest

from bot.core.conversation import Conversation
from bot.core.model import Author, Channel, Level
from bot.core.state import State
from bot.service.forgetting import ABANDONED_MS, PAGE, forget_abandoned, promised
from bot.service.records import Message
from tests.support.dialogs import DIALOG
from tests.support.self_checks import PICKED, TYPED, StoredOffice, checked, found_in
from tests.support.service_tools import Office, Sink


@pytest.fixture
def stored(tmp_path):
    made = StoredOffice(url=f"sqlite:///{tmp_path / 'tsunagi.sqlite3'}")
    yield made
    made.store.close()


@pytest.fixture(params=["memory", "sqlite"])
def office(request):
    return Office() if request.param == "memory" else request.getfixturevalue("stored")


def forget(office):
    return forget_abandoned(transaction=office.transaction, desk=office.desk, now=office.clock)


def a_day_later(office):
    office.now += ABANDONED_MS + 1
    return forget(office)


def test_the_promise_covers_the_branch_of_the_self_check_and_no_other():
    assert {"CHECK", "CHECK_NEXT"} <= promised(DIALOG)
    assert {DIALOG.branch_of[each] for each in promised(DIALOG)} == {"self_check"}


@pytest.mark.parametrize("on", ["the list", "the question how to go on"])
def test_after_a_day_everything_is_gone_and_the_talk_can_begin_again(office, on):
    anh = checked(office.person())
    if on == "the list":
        anh.taps("BACK")
        assert anh.state.node == "CHECK"
    assert a_day_later(office) == 1
    assert anh.messages == []
    assert (anh.state.answers, anh.state.picked, anh.state.node) == ({}, (), "START")
    assert (anh.conversation.assessment, anh.conversation.level) == ({}, Level.U0)
    assert anh.resident.lang == "vi"
    anh.says("xin chào")
    assert anh.offered[:2] == ["START_OK", "START_CHECK"]


def test_nothing_of_it_is_left_in_any_table(stored):
    anh = checked(stored.person())
    assert {"CK_", TYPED} <= found_in(stored.everything())
    assert a_day_later(stored) == 1
    assert found_in(stored.everything()) == set()
    assert anh.resident.address == anh.address


def test_what_was_not_delivered_by_then_is_not_sent_any_more(office):
    anh = checked(office.person())
    assert a_day_later(office) == 1
    sink = Sink()
    office.deliver({Channel.LINE: sink})
    assert sink.parcels == []
    assert anh.messages == []


def test_a_day_counts_from_the_last_word_and_must_be_over(office):
    anh = checked(office.person())
    office.now += ABANDONED_MS
    assert forget(office) == 0
    assert anh.state.answers["CHECK"].codes == PICKED
    office.now += 1
    assert forget(office) == 1


def test_whoever_did_something_since_has_another_day(office):
    anh = checked(office.person())
    office.now += ABANDONED_MS - 10
    anh.taps("WHY")
    office.now += ABANDONED_MS
    assert forget(office) == 0


def test_what_is_empty_is_not_emptied_again(office):
    checked(office.person())
    assert a_day_later(office) == 1
    assert a_day_later(office) == 0


def test_open_pages_are_told(office):
    anh = checked(office.person())
    before = office.reading.last_update()
    a_day_later(office)
    [update] = office.reading.updates(before)
    assert (update.conversation_id, update.kind) == (anh.conversation.id, "message")


def test_a_button_of_the_emptied_self_check_is_answered_politely(office):
    anh = checked(office.person())
    session = anh.state.session
    a_day_later(office)
    anh.taps("CK_FOOD", question="CHECK", session=session)
    assert (anh.state.node, anh.state.answers) == ("START", {})
    assert anh.offered[:2] == ["START_OK", "START_CHECK"]


def test_whoever_only_stopped_for_now_is_forgotten_too(office):
    anh = checked(office.person()).taps("STOP")
    assert a_day_later(office) == 1
    assert anh.messages == []


# --- who is left alone -------------------------------------------------------------------------


def asked_for_a_person(anh):
    anh.taps("HUMAN").taps("CONTINUE")
    assert anh.state.node == "CHECK_NEXT"


def talks_with_a_counselor(anh):
    asked_for_a_person(anh)
    anh.office.counseling.claim(anh.office.counselor().id, anh.conversation.id)


def handed_back(anh):
    talks_with_a_counselor(anh)
    counselor = anh.conversation.counselor_id
    anh.office.counseling.hand_back(counselor, anh.conversation.id)


def closed(anh):
    talks_with_a_counselor(anh)
    anh.office.counseling.close(anh.conversation.counselor_id, anh.conversation.id)


def went_on(anh):
    anh.taps("CHECK_TALK")
    assert anh.state.node == "Q1"


def kept_it(anh):
    anh.taps("CHECK_LATER")
    assert anh.state.node == "CHAT"


def cried_for_help(anh):
    anh.says("Tôi muốn chết")
    assert anh.state.node == "S1"


@pytest.mark.parametrize(
    "does",
    [
        asked_for_a_person,
        talks_with_a_counselor,
        handed_back,
        closed,
        went_on,
        kept_it,
        cried_for_help,
    ],
)
def test_whoever_is_known_to_a_counselor_or_went_on_is_left_alone(office, does):
    anh = checked(office.person())
    does(anh)
    before = anh.conversation, anh.messages
    assert a_day_later(office) == 0
    assert (anh.conversation, anh.messages) == before


def test_a_consultation_that_was_left_halfway_is_not_forgotten(office):
    anh = office.person().begins("vi").taps("SAFE_OK")
    assert a_day_later(office) == 0
    assert "Q1" in anh.state.answers


def test_of_two_people_only_the_one_who_is_gone_is_forgotten(office):
    anh = checked(office.person())
    office.now += ABANDONED_MS
    bina = checked(office.person("U" + "2" * 32))
    office.now += 1
    assert forget(office) == 1
    assert anh.messages == []
    assert bina.state.answers["CHECK"].codes == PICKED


# --- many --------------------------------------------------------------------------------------


@pytest.mark.parametrize("people", [PAGE, PAGE + 1, 2 * PAGE + 7])
def test_more_people_than_fit_a_page_are_all_looked_at(people):
    office = Office()
    private = State(DIALOG.id, DIALOG.version, "s", "CHECK", lang="vi", trail=("START",))
    kept = replace(private, node="Q2", trail=("START", "Q1"))
    with office.transaction() as work:
        for number in range(people):
            resident = work.residents.lock(Channel.WEB, f"{number:064}", at=office.now)
            # The first page holds one to forget, the pages after it nobody else.
            state = kept if number // PAGE == 0 and number else private
            talk = Conversation(resident.id, office.now, lang="vi", state=state.to_json())
            talk = work.conversations.add(talk)
            work.messages.add([Message(talk.id, Author.BOT, "…", "vi", office.now)])
    expected = 1 + max(0, people - PAGE)
    assert a_day_later(office) == expected
    assert a_day_later(office) == 0
