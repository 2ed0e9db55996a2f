"""What somebody agreed to is on record with the words shown; what was promised to go is gone."""

import pytest

from bot.core.model import Author, Channel, Level
from tests.support.dialogs import ANSWERS, BOOK, CATALOGS, DIALOG
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


def consents(person):
    conversation_id = person.conversation.id
    with person.office.transaction() as work:
        return work.consents.of(conversation_id)


def walked(person, question, **different):
    """Answer quietly, apart from `different`, until this question is put."""
    given = ANSWERS | different
    for _ in DIALOG.nodes:
        node = person.state.node
        if node == question:
            return person
        codes = given.get(node, "SKIP").split(",")
        done = ["DONE"] if getattr(DIALOG.nodes[node], "many", False) and node in given else []
        person.taps(*codes, *done)
    raise AssertionError(f"{question} is not on the way")


# --- consents ----------------------------------------------------------------------------------


def test_a_consent_is_on_record_with_the_words_and_the_version_that_were_shown(office, anh):
    walked(anh.begins("vi"), "SUMMARY")
    assert consents(anh) == []
    anh.taps("SEND")
    [given] = consents(anh)
    assert (given.item, given.given, given.withdrawn_at) == ("SEND", True, None)
    assert (given.address, given.version) == ("screening.SUMMARY.text", DIALOG.version)
    assert (given.lang, given.channel, given.at) == ("vi", Channel.LINE, office.now)
    assert given.address in BOOK.consent
    assert given.address in BOOK.texts


def test_a_summary_that_is_not_sent_is_on_record_as_a_refusal(anh):
    walked(anh.begins("vi"), "SUMMARY").taps("NOSEND")
    assert [(each.item, each.given) for each in consents(anh)] == [("SEND", False)]
    assert not anh.conversation.in_queue


@pytest.mark.parametrize("answer", ["YES", "NO"])
@pytest.mark.parametrize(
    ("question", "item", "reasons"),
    [
        ("ST_TALK", "SHARE_SCHOOL", {"Q10": "WORK_STUDENT", "ST_FEE": "ST_FEE_HARD"}),
        ("E2_WELFARE", "SHARE_WELFARE", {"Q5": "M0"}),
        ("E2_HELLOWORK", "SHARE_HELLOWORK", {"Q3": "C07"}),
        ("E2_HEALTH", "SHARE_HEALTH", {"Q11": "BM_PREGNANT"}),
    ],
)
def test_each_agency_has_a_consent_of_its_own(question, item, reasons, answer):
    visitor = Office().person("hash", Channel.WEB).begins("ne")
    walked(visitor, question, **reasons).taps(f"{question}_{answer}")
    [given] = consents(visitor)
    assert (given.item, given.given) == (item, answer == "YES")
    assert (given.address, given.lang) == (f"screening.{question}.text", "ne")
    assert given.channel is Channel.WEB
    assert (given.at, given.version) == (visitor.office.now, DIALOG.version)


def test_a_question_about_consent_that_is_skipped_agrees_to_nothing(anh):
    walked(anh.begins("vi"), "E2_WELFARE", Q5="M0").taps("SKIP")
    assert consents(anh) == []


def test_a_typed_yes_is_a_consent_too(anh):
    walked(anh.begins("ja"), "E2_WELFARE", Q5="M0").says("1")
    assert [(each.item, each.given) for each in consents(anh)] == [("SHARE_WELFARE", True)]


def test_who_thinks_again_leaves_a_second_decision_beside_the_first(office, anh):
    walked(anh.begins("vi"), "SUMMARY", Q5="M0", E2_WELFARE="E2_WELFARE_YES")
    first = consents(anh)
    anh.taps("FIX").taps("E2_WELFARE").taps("E2_WELFARE_NO")
    about_welfare = [each for each in consents(anh) if each.item == "SHARE_WELFARE"]
    assert [each.given for each in about_welfare] == [True, False]
    assert about_welfare[:1] == first
    assert first[0].at < about_welfare[1].at == office.now


def test_a_consent_in_another_language_names_that_language(anh):
    walked(anh.begins("vi"), "SUMMARY").taps("LANG").taps("en").taps("SEND")
    assert consents(anh)[-1].lang == "en"


# --- a self-check that is ended with "erase" ---------------------------------------------------


def test_after_erasing_only_the_closing_words_are_left(office):
    anh = checked(office.person())
    assert anh.state.answers["CHECK"].codes == PICKED
    assert anh.conversation.assessment
    anh.taps("CHECK_CLOSE")
    assert [each.author for each in anh.messages] == [Author.RESIDENT, Author.BOT]
    closing = CATALOGS.render(BOOK.texts["screening.CHECK_FORGOTTEN.text"], "vi").text
    assert anh.answers == [closing]
    assert (anh.state.answers, anh.state.trail, anh.state.node) == ({}, (), "START")
    conversation = anh.conversation
    assert (conversation.assessment, conversation.level) == ({}, Level.U0)
    assert not conversation.in_queue


def test_after_erasing_nothing_of_the_self_check_is_left_in_any_table(stored):
    anh = checked(stored.person())
    there = found_in(stored.everything())
    label = CATALOGS.render(BOOK.texts["screening.CHECK.CK_FOOD"], "vi").text
    assert {"CK_", TYPED, label} <= there
    stored.deliver({Channel.LINE: Sink()})
    anh.taps("CHECK_CLOSE")
    assert found_in(stored.everything()) == set()
    stored.deliver({Channel.LINE: Sink()})
    assert found_in(stored.everything()) == set()


def test_on_the_web_nothing_is_left_either(stored):
    visitor = checked(stored.person("hash", Channel.WEB))
    visitor.taps("CHECK_CLOSE")
    assert found_in(stored.everything()) == set()
    assert found_in(repr(stored.reading.thread("hash"))) == set()


def test_erasing_leaves_the_language_and_the_talk_can_begin_again(office):
    anh = checked(office.person()).taps("CHECK_CLOSE")
    assert (anh.resident.lang, anh.conversation.lang) == ("vi", "vi")
    anh.says("xin chào")
    assert anh.offered[:2] == ["START_OK", "START_CHECK"]
    anh.taps("START_OK")
    assert anh.state.node == "Q1"


def test_buttons_of_the_erased_self_check_do_nothing(office):
    anh = checked(office.person())
    session = anh.state.session
    anh.taps("CHECK_CLOSE").taps("CHECK_TALK", question="CHECK_NEXT", session=session)
    assert anh.state.node == "START"
    assert anh.state.answers == {}


def test_who_asked_for_a_person_before_keeps_level_and_place_in_the_queue(office):
    anh = office.person().asks_for_a_person("vi")
    before = anh.conversation
    anh.taps("RESTART").taps("START_CHECK").taps(*PICKED, "DONE").taps("CHECK_CLOSE")
    after = anh.conversation
    assert after.in_queue
    assert (after.level, after.reason) == (before.level, "asked")
    assert after.waiting_since == before.waiting_since
    assert "CK_" not in repr(after)
    assert anh.state.alerted


def test_what_was_not_erased_stays(office):
    anh = checked(office.person()).taps("CHECK_LATER")
    assert anh.state.answers["CHECK"].codes == PICKED
    assert TYPED in [each.text for each in anh.own]
