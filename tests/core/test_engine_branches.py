"""Branches: other people, detours, consent, erasing, cards, words at a boundary."""

from dataclasses import replace

import pytest

from bot.core.engine import Overheard, take
from bot.core.events import Asked, Consented, Forgot, Said, Stopped
from bot.core.model import Level
from tests.support.dialogs import BOOK, DIALOG, Resident, at_question, through_the_summary, words

# --- about another person ---------------------------------------------------------------------


@pytest.mark.parametrize("who", ["WHO_OTHER", "WHO_PRO"])
def test_questions_about_another_person_are_worded_about_that_person(who):
    resident = at_question("Q9", Q2=who)
    assert resident.parts[0] == "screening.Q9.text.2"


def test_violence_named_by_a_professional_does_not_treat_them_as_the_victim():
    resident = at_question("Q3", Q2="WHO_PRO").answers(Q3="C14")
    assert resident.at == "T_WHO"


def test_who_worries_about_somebody_who_wants_to_die_gets_words_for_that():
    resident = at_question("T_DANGER", Q2="WHO_OTHER").taps("T_SUI")
    assert resident.said[0] == "screening.SUI_OTHER.text"
    assert resident.all_alerts


def test_a_life_in_danger_elsewhere_is_said_at_the_tap():
    resident = at_question("T_DANGER", Q2="WHO_OTHER").taps("T_NOW")
    assert resident.said[0] == "screening.CRISIS_THIRD.text"


# --- detours ----------------------------------------------------------------------------------


def test_hunger_in_words_asks_about_food_and_then_goes_on_where_it_was():
    resident = at_question("Q2").types("お腹すいて死にそう")
    assert (resident.at, resident.all_alerts) == ("Q4", [])
    resident.taps("FOOD_1_2")
    assert resident.at == "Q2"


def test_a_medical_emergency_in_words_names_119_and_asks_for_signs_first():
    resident = at_question("Q2").types("息ができない")
    assert (resident.at, resident.said) == ("M_NOW", ["screening.MED_HEARD.text"])
    resident.taps("M_NONE")
    assert resident.at == "Q2"


def test_signs_of_an_emergency_end_the_questions():
    resident = at_question("M_NOW", Q11="BM_UNTREATED").answers(M_NOW="M_CHEST")
    assert resident.at == "CHAT"
    assert resident.assessment.level is Level.U4


def test_hunger_written_after_the_screening_is_asked_about_and_comes_back_to_the_chat():
    resident = through_the_summary(Q5="M5").taps("SEND").types("お腹すいて死にそう")
    assert resident.at == "Q4"
    assert resident.taps("FOOD_NONE").at == "CHAT"


def test_what_only_the_translation_shows_leads_to_the_direct_question():
    resident = at_question("Q2", "en")
    turn = take(
        DIALOG, resident.state, Overheard(("suicide",)), context=resident.context, words=words
    )
    assert turn.state.node == "S1"
    assert turn.state.alerted


def test_what_was_heard_already_is_not_asked_again_because_of_the_translation():
    resident = at_question("Q1").types("死にたい")
    turn = take(
        DIALOG, resident.state, Overheard(("suicide",)), context=resident.context, words=words
    )
    assert (turn.state, turn.events) == (resident.state, ())


# --- consent ----------------------------------------------------------------------------------


@pytest.mark.parametrize(("code", "given"), [("E2_WELFARE_YES", True), ("E2_WELFARE_NO", False)])
def test_each_agency_is_asked_for_and_the_answer_is_kept_with_the_words(code, given):
    resident = at_question("E2_WELFARE", Q5="M1").taps(code)
    consent = next(each for each in resident.turn.events if isinstance(each, Consented))
    assert consent == Consented("SHARE_WELFARE", given, "screening.E2_WELFARE.text")


def test_a_skipped_consent_is_no_answer():
    resident = at_question("E2_WELFARE", Q5="M1").taps("SKIP")
    assert not any(isinstance(each, Consented) for each in resident.turn.events)


def test_sending_is_a_consent_too():
    resident = through_the_summary().taps("SEND")
    assert Consented("SEND", True, "screening.SUMMARY.text") in resident.turn.events  # noqa: FBT003


def test_an_agency_that_has_nothing_to_do_with_it_is_not_asked_for():
    trail = through_the_summary(Q3="C09").state.trail
    assert not [each for each in trail if each.startswith("E2_")]


# --- contact ----------------------------------------------------------------------------------


def test_a_telephone_number_may_be_typed_and_stands_in_the_summary():
    resident = at_question("E1_PHONE", E1="E1_CALL").types("０９０ 1234 5678")
    assert resident.state.answers["E1_PHONE"].value == "090-1234-5678"


def test_what_is_no_telephone_number_is_asked_for_again():
    resident = at_question("E1_PHONE", E1="E1_CALL").types("あした")
    assert (resident.at, resident.said) == ("E1_PHONE", ["phrases.bot.phone_not_understood"])


def test_an_address_is_kept_as_it_was_written():
    resident = at_question("E1_ADDRESS", E1="E1_LETTER").types("〒659-0000 芦屋市 1-2  GURUNG Ram")
    assert resident.state.answers["E1_ADDRESS"].value == "〒659-0000 芦屋市 1-2 GURUNG Ram"


# --- the self-check ---------------------------------------------------------------------------


def test_the_self_check_ends_with_nothing_left():
    resident = at_question("START").taps("START_CHECK").answers(CHECK="CK_BILL,CK_SLEEP")
    assert (resident.at, resident.said) == ("CHECK_NEXT", ["screening.CHECK_SOME.text"])
    resident.taps("CHECK_CLOSE")
    assert [type(each) for each in resident.turn.events[-3:]] == [Said, Forgot, Stopped]
    assert resident.state.answers == {}
    assert resident.all_alerts == []
    assert resident.types("こんにちは").said == ["phrases.bot.welcome_back"]


def test_the_self_check_may_lead_into_the_consultation():
    resident = at_question("START").taps("START_CHECK").answers(CHECK="CK_NONE")
    assert resident.taps("CHECK_TALK").at == "Q1"


# --- words that are not repeated, wording and help --------------------------------------------


def test_words_on_the_way_are_not_said_again_when_an_answer_is_mended():
    resident = at_question("SUMMARY", E_AREA="E_AREA_OUT")
    resident.taps("FIX").taps("Q3").answers(Q3="C03")
    assert "screening.E_OUT.text" not in resident.said


def test_asking_why_tells_the_reason_and_how_to_answer():
    resident = at_question("Q5").taps("WHY")
    hint = resident.prompt.parts[0]
    assert hint.args == {
        "why": BOOK.texts["screening.Q5.why"],
        "help": BOOK.texts["screening.Q5.help"],
    }


def test_a_residence_status_is_shown_with_its_japanese_name():
    offers = {each.code: each.japanese for each in at_question("Q12a", "en").prompt.offers}
    assert (offers["STU"], offers["SKIP"]) == ("留学", "")


# --- cards ------------------------------------------------------------------------------------


def test_more_cards_come_on_request_until_none_is_left():
    resident = through_the_summary(
        Q3="C01,C02,C03,C06", Q3_MAIN="C01", Q4="FOOD_1_2", Q8="UTIL_STOP_P", Q11="BM_NOMED"
    ).taps("SEND")
    shown = set(resident.state.more)
    assert shown
    while resident.state.more:
        resident.taps("MORE")
        assert {"phrases.card.japanese", "phrases.card.name"} & set(resident.said)
    assert "MORE" not in resident.offered


def test_a_card_out_of_date_is_not_shown():
    resident = at_question("SUMMARY", Q3="C03")
    resident.context = replace(
        resident.context, today=DIALOG.cards["FOOD"].valid_from.replace(year=1999)
    )
    assert "phrases.card.japanese" not in resident.taps("SEND").said


# --- a boundary -------------------------------------------------------------------------------


def test_insults_get_a_boundary_twice_then_rest_and_never_close_the_way_to_help():
    resident = at_question("Q2")
    assert resident.types("死ね").said == ["phrases.bot.boundary"]
    assert resident.types("死ね").said == ["phrases.bot.boundary"]
    resident.types("死ね")
    assert resident.said == ["phrases.bot.boundary_end"]
    assert any(hit.flag == "RF_ABUSIVE_USER" for hit in resident.assessment.hits)
    assert resident.types("死ね").turn.events == ()
    resident.types("死にたい")
    assert resident.at == "S1"


def test_easy_japanese_may_be_read_without_furigana():
    resident = at_question("Q1", "ja-easy").types("ふりがな")
    assert resident.state.furigana is False
    assert resident.types("ふりがな").state.furigana is True


def test_a_resident_is_asked_in_the_language_and_the_menu_is_offered_at_the_start():
    assert Resident().turn.events == (Asked("LANG"),)
