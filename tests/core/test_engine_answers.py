"""Answering: the whole way, single and multi choices, what is left out, what is put."""

import pytest

from bot.core.events import Asked, Said
from bot.core.model import Level
from tests.support.dialogs import Resident, at_question, make_context, through_the_summary

COMMON_WAY = ["Q1", "Q2", "Q3", "Q5", "Q4", "Q6", "Q7", "Q8", "Q9", "Q10", "Q11", "Q12b"]
CONTACT = ["E_AREA", "E1"]


def test_a_run_begins_with_the_language_menu():
    resident = Resident()
    assert resident.turn.events == (Asked("LANG"),)
    assert resident.offered == list(make_context().languages)


def test_a_quiet_resident_passes_all_the_questions_to_the_summary():
    resident = through_the_summary()
    assert list(resident.state.trail) == ["START", *COMMON_WAY, *CONTACT]
    assert resident.all_alerts == []
    assert resident.assessment.level is Level.U1


def test_sending_tells_level_answer_time_cards_and_what_to_do_when_it_gets_worse():
    resident = through_the_summary().taps("SEND")
    assert resident.at == "CHAT"
    assert resident.alerts == ["sent"]
    first, second, *cards, last = resident.said
    assert (first, second) == ("screening.RESULT.texts.U1", "screening.RESULT.sent.U1")
    assert cards
    assert set(cards) <= {"phrases.card.japanese", "phrases.card.name", "phrases.card.more"}
    assert last == "screening.RESULT.worse"
    assert resident.state.sent


def test_not_sending_tells_the_same_and_alerts_nobody():
    resident = through_the_summary().taps("NOSEND")
    assert resident.at == "CHAT"
    assert resident.all_alerts == []
    assert resident.said[0] == "screening.NOT_SENT.text"
    assert "screening.RESULT.unsent" in resident.said
    assert not resident.state.sent


def test_at_most_three_cards_are_shown():
    resident = through_the_summary(
        Q3="C01,C02,C03,C06", Q3_MAIN="C01", Q4="FOOD_1_2", Q8="UTIL_STOP_P", Q11="BM_NOMED"
    ).taps("SEND")
    headings = {"phrases.card.japanese", "phrases.card.name"}
    assert sum(address in headings for address in resident.said) == 3
    assert "MORE" in resident.offered


def test_a_card_in_another_language_shows_the_japanese_name_too():
    resident = through_the_summary("vi").taps("SEND")
    card = next(
        event
        for event in resident.turn.events
        if isinstance(event, Said) and event.text.address == "phrases.card.name"
    )
    official = card.lines[0]
    assert official.address == "phrases.card.japanese"
    assert official.args == {"name": "自立相談支援", "reading": "じりつそうだんしえん"}


# --- several choices --------------------------------------------------------------------------


def test_a_choice_of_several_is_kept_until_done():
    resident = at_question("Q3").taps("C03")
    assert (resident.at, resident.state.picked) == ("Q3", ("C03",))
    assert resident.said == ["phrases.bot.picked"]
    resident.taps("C06").taps("DONE")
    assert resident.answered == {"Q3": ("C03", "C06")}
    assert resident.at == "Q3_MAIN"


def test_a_second_tap_takes_a_choice_back():
    resident = at_question("Q3").taps("C03").taps("C06").taps("C03")
    assert resident.state.picked == ("C06",)


def test_taking_the_last_choice_back_is_not_a_misunderstanding():
    resident = at_question("Q3").taps("C03").taps("C03")
    assert (resident.at, resident.state.picked, resident.said) == ("Q3", (), [])


def test_the_same_code_twice_in_one_tap_counts_once():
    assert at_question("Q3").taps("C03", "C03").state.picked == ("C03",)


def test_several_codes_and_done_in_one_tap_are_an_answer():
    resident = at_question("Q3").taps("C03", "C06", "DONE")
    assert resident.answered == {"Q3": ("C03", "C06")}


def test_codes_that_do_not_exist_are_left_out():
    assert at_question("Q3").taps("C03", "C99", "DONE").answered["Q3"] == ("C03",)


def test_done_without_a_choice_asks_again():
    resident = at_question("Q3").taps("DONE")
    assert (resident.at, resident.said) == ("Q3", ["phrases.bot.not_understood"])


def test_a_choice_that_stands_alone_ends_at_once():
    resident = at_question("Q1").taps("SAFE_OK")
    assert (resident.at, resident.answered) == ("Q2", {"Q1": ("SAFE_OK",)})


def test_a_choice_that_stands_alone_never_wipes_out_what_was_picked():
    resident = at_question("Q1").taps("SAFE_NO_BED").taps("SAFE_OK")
    assert (resident.at, resident.state.picked) == ("Q1", ("SAFE_NO_BED",))
    assert resident.taps("DONE").answered["Q1"] == ("SAFE_NO_BED",)


def test_safe_and_unsafe_in_one_tap_keeps_the_unsafe():
    assert at_question("Q1").taps("SAFE_OK", "SAFE_NO_BED").state.picked == ("SAFE_NO_BED",)


def test_one_topic_alone_is_the_worst_without_asking():
    resident = at_question("Q3").taps("C03", "DONE")
    assert resident.answered == {"Q3": ("C03",), "Q3_MAIN": ("C03",)}
    assert resident.at == "Q5"


def test_the_worst_is_asked_among_the_chosen_topics_only():
    assert at_question("Q3").taps("C03", "C06", "DONE").options == ["C03", "C06"]


# --- leaving out ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("question", "code", "lang"),
    [
        ("Q1", "SKIP", "ja"),
        ("Q5", "MX", "ja"),
        ("Q3", "SKIP", "ja"),
        ("Q12a", "NOSAY", "vi"),
    ],
)
def test_skipping_keeps_the_code_of_the_question(question, code, lang):
    resident = at_question(question, lang).taps("SKIP")
    assert resident.state.answers[question].codes == (code,)
    assert resident.state.answers[question].skipped


@pytest.mark.parametrize(
    ("question", "code", "lang"), [("Q5", "MX", "ja"), ("Q12a", "NOSAY", "en")]
)
def test_the_questions_own_code_for_skipping_may_be_tapped_too(question, code, lang):
    resident = at_question(question, lang).taps(code)
    assert resident.state.answers[question].codes == (code,)


@pytest.mark.parametrize("question", ["START", "SUMMARY"])
def test_what_must_be_decided_cannot_be_skipped(question):
    resident = at_question(question)
    assert "SKIP" not in resident.offered
    assert resident.taps("SKIP").at == question


def test_everything_skipped_still_reaches_the_summary():
    resident = Resident("ja").answers(START="START_OK")
    while resident.at != "SUMMARY":
        resident.taps("SKIP")
    assert resident.all_alerts == []


# --- which questions are put ------------------------------------------------------------------


def test_minors_are_never_asked_about_money():
    resident = through_the_summary(Q2="WHO_MINOR")
    grown_up = {"Q3", "Q5", "Q6", "Q7", "Q8", "Q9", "Q10", "Q12a", "Q12b", "W_WHAT", "HK_AGE"}
    assert grown_up.isdisjoint(resident.state.trail)
    assert {"Q1", "Q3Y", "YC_DO", "YC_ADULT", "E1"} <= set(resident.state.trail)


def test_a_minor_is_told_first_where_a_secret_ends():
    resident = at_question("Q2").taps("WHO_MINOR")
    assert (resident.at, resident.said) == ("Q3Y", ["screening.YOUTH_SECRET.text"])


def test_a_minor_without_food_or_with_a_hurting_mind_is_asked_about_that():
    trail = through_the_summary(Q2="WHO_MINOR", Q3Y="C15,C01").state.trail
    assert {"Q4", "Q11"} <= set(trail)


@pytest.mark.parametrize("who", ["WHO_PRO", "WHO_OTHER"])
def test_who_asks_for_somebody_else_is_spared_the_questions_about_the_home(who):
    resident = through_the_summary("en", Q2=who)
    assert {"Q5", "Q4", "Q6", "Q7", "Q8", "Q12a", "Q12b"}.isdisjoint(resident.state.trail)
    assert {"Q9", "Q10", "Q11"} <= set(resident.state.trail)


def test_enough_money_spares_food_and_next_income():
    assert {"Q4", "Q6"}.isdisjoint(through_the_summary(Q5="M5").state.trail)


def test_nothing_to_eat_asks_about_food_in_any_case():
    assert "Q4" in through_the_summary(Q3="C15", Q5="M5").state.trail
    assert "Q4" in through_the_summary(Q2="WHO_PRO", Q3="C15").state.trail


@pytest.mark.parametrize("lang", ["ja-easy", "en", "vi", "ne"])
def test_other_languages_are_asked_for_the_status_and_not_for_debts(lang):
    trail = through_the_summary(lang).state.trail
    assert "Q12a" in trail
    assert "Q12b" not in trail


def test_japanese_is_asked_for_debts_and_not_for_the_status():
    trail = through_the_summary("ja").state.trail
    assert "Q12b" in trail
    assert "Q12a" not in trail


def test_debts_as_a_topic_are_asked_about_in_every_language():
    assert {"Q12a", "Q12b"} <= set(through_the_summary("vi", Q3="C06").state.trail)


@pytest.mark.parametrize(
    ("status", "asked"),
    [("PR", False), ("JP", False), ("SPR", False), ("STU", True), ("NONE", False)],
)
def test_only_a_status_with_a_term_is_asked_for_its_date(status, asked):
    resident = at_question("Q12a", "ne").taps(status)
    assert (resident.at == "Q12a_DATE") is asked


def test_a_question_only_is_answered_without_the_screening():
    resident = at_question("Q3").taps("INFO")
    assert resident.at == "INFO_TOPIC"
    resident.taps("INFO_MOVE")
    assert resident.at == "CHAT"
    assert resident.said == ["screening.SAY_MOVE.text", "screening.INFO_ANSWER.text"]
    assert resident.all_alerts == []
    assert resident.assessment.level is Level.U0


def test_that_is_all_with_nothing_chosen_leads_to_a_person_at_the_third_time():
    resident = at_question("Q3").taps("DONE").taps("DONE")
    assert (resident.at, resident.alerts) == ("Q3", [])
    resident.taps("DONE")
    assert (resident.at, resident.alerts) == ("CHAT", ["stuck"])
