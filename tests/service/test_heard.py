"""What is kept of a resident's words, and what comes back to them."""

import pytest

from bot.core.model import InboundKind, Provenance
from tests.support.dialogs import CATALOGS
from tests.support.service_tools import phrase


@pytest.mark.parametrize(
    ("lang", "provenance"),
    [
        ("vi", Provenance.WAITING),
        ("en", Provenance.WAITING),
        ("ja", Provenance.HUMAN),
        ("ja-easy", Provenance.HUMAN),
    ],
)
def test_free_text_waits_for_japanese_where_it_is_not_japanese(office, anh, lang, provenance):
    anh.asks_for_a_person(lang).says("…と言いました 2026")
    assert anh.own[-1].provenance is provenance
    assert office.outcomes[-1].translate is (provenance is Provenance.WAITING)


@pytest.mark.parametrize("typed", ["1", "the label", "SAFE_OK"])
def test_a_typed_answer_has_its_fixed_japanese(anh, typed):
    anh.begins("vi")
    options = {each["a"]: each["label"] for each in anh.messages[-1].choices}
    words = options["SAFE_OK"] if typed == "the label" else typed
    said = anh.says(words).own[-1]
    assert (said.text, said.other) == (words, "安全です")
    assert said.provenance is Provenance.FIXED


def test_a_typed_pick_of_a_multi_choice_has_its_fixed_japanese(anh):
    anh.begins("vi").says("3, 7")
    assert (anh.own[-1].text, anh.own[-1].other) == (
        "3, 7",
        "家に怖い人がいる、子どものことが心配",
    )
    assert anh.own[-1].provenance is Provenance.FIXED


def test_a_tapped_choice_is_kept_in_both_languages(anh):
    anh.begins("en").taps("SAFE_OK").taps("WHO_FAMILY")
    said = anh.own[-1]
    assert (said.other, said.lang, said.provenance) == ("家族のこと", "en", Provenance.FIXED)
    assert said.text != said.other


def test_a_typed_control_has_its_fixed_japanese(anh):
    anh.begins("en").says("human")
    assert (anh.own[-1].other, anh.own[-1].provenance) == ("人と話す", Provenance.FIXED)


def test_a_receipt_is_given_once(anh):
    anh.asks_for_a_person()
    answers = len(anh.answers)
    anh.says("ひとつめ")
    assert len(anh.answers) == answers + 1
    anh.says("ふたつめ").says("みっつめ")
    assert len(anh.answers) == answers + 1
    assert [each.text for each in anh.own[-3:]] == ["ひとつめ", "ふたつめ", "みっつめ"]


def test_after_a_counselor_answered_the_next_text_gets_a_receipt_again(office, anh):
    anh.asks_for_a_person().says("ひとつめ")
    counselor = office.counselor()
    office.counseling.claim(counselor.id, anh.conversation.id)
    office.counseling.requeue(counselor.id, anh.conversation.id)
    answers = len(anh.answers)
    anh.says("まだいますか")
    assert len(anh.answers) == answers + 1


@pytest.mark.parametrize(
    ("kind", "key"),
    [
        (InboundKind.STICKER, "bot.sticker"),
        (InboundKind.MEDIA, "bot.media"),
        (InboundKind.EDIT, "bot.edited"),
    ],
)
def test_what_is_no_text_gets_a_kind_answer_and_the_question_again(anh, kind, key):
    anh.begins("en").does(kind)
    assert anh.answers[-1].startswith(phrase(key, "en"))
    assert anh.state.node == "Q1"
    assert "SAFE_OK" in anh.offered


def test_a_first_word_of_a_stranger_brings_the_language_menu(anh):
    anh.says("こんにちは")
    assert set(CATALOGS.languages()) <= set(anh.offered)


def test_a_sent_summary_enters_the_queue_and_says_when(office, anh):
    anh.begins().goes_to("SUMMARY")
    anh.taps("SEND")
    conversation = anh.conversation
    assert (conversation.reason, conversation.sent_at) == ("sent", office.now)
    assert conversation.in_queue
    assert conversation.assessment["level"]


def test_a_tap_on_an_answer_to_mend_is_kept_in_its_own_words(anh):
    anh.begins("en").goes_to("SUMMARY")
    anh.taps("FIX").taps("Q2")
    assert (anh.own[-1].other, anh.own[-1].provenance) == ("だれのことか", Provenance.FIXED)
    assert anh.state.node == "Q2"
