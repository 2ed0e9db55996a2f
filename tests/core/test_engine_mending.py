"""Old buttons, misses, mended answers, beginning again, and states of another version."""

from dataclasses import replace

import pytest

from bot.core.state import State
from tests.support.dialogs import (
    ANSWERS,
    DIALOG,
    LANGS,
    Resident,
    at_question,
    through_the_summary,
)

# --- old buttons ------------------------------------------------------------------------------


def test_a_button_of_an_earlier_question_gets_the_question_on_show():
    resident = at_question("Q5").taps("WHO_PRO", question="Q2")
    assert (resident.at, resident.said) == ("Q5", ["phrases.bot.old_button"])
    assert resident.state.answers["Q2"].codes == ("WHO_SELF",)


def test_a_button_of_an_earlier_run_gets_the_question_on_show():
    resident = at_question("Q5").taps("M0", session="older")
    assert (resident.at, resident.said) == ("Q5", ["phrases.bot.old_button"])


@pytest.mark.parametrize("code", ["SKIP", "BACK", "WHY", "RESTART", "CONTINUE"])
def test_a_second_tap_on_a_control_does_not_act_on_the_next_question(code):
    resident = at_question("Q4").taps(code, question="Q5")
    assert (resident.at, resident.said) == ("Q4", ["phrases.bot.old_button"])
    assert "Q5" in resident.state.answers


@pytest.mark.parametrize(("code", "at"), [("STOP", "Q4"), ("LANG", "LANG"), ("HUMAN", "CHAT")])
def test_ways_out_work_from_any_bubble_of_the_run(code, at):
    assert at_question("Q4").taps(code, question="Q5").at == at


def test_done_for_a_finished_multi_choice_is_quiet():
    resident = at_question("Q3").taps("C03", "DONE").taps("DONE", question="Q3")
    assert (resident.at, resident.said) == ("Q5", [])


def test_an_old_button_in_the_free_chat_does_not_announce_a_question():
    resident = through_the_summary().taps("SEND").taps("SEND", question="SUMMARY")
    assert (resident.at, resident.said, resident.alerts) == ("CHAT", [], [])


# --- not understood ---------------------------------------------------------------------------


def test_the_third_miss_hands_to_a_person_once():
    resident = at_question("Q2").types("？？").types("zzz")
    assert (resident.at, resident.said) == ("Q2", ["phrases.bot.not_understood"])
    resident.types("qqq")
    assert (resident.at, resident.alerts) == ("CHAT", ["stuck"])
    assert resident.types("zzz").alerts == []
    assert resident.taps("CONTINUE").at == "Q2"


def test_an_answer_between_misses_starts_the_count_anew():
    resident = at_question("Q2").types("zzz").types("zzz").types("1")
    assert resident.taps("SKIP", question="Q3").types("zzz").types("zzz").all_alerts == []


def test_nobody_is_left_with_the_same_apology_after_a_rule_fired():
    resident = at_question("Q2", Q1="SAFE_NO_BED").types("a?").types("b?").types("c?")
    assert (resident.at, resident.alerts) == ("CHAT", ["stuck"])


def test_buttons_that_do_not_exist_are_not_understood():
    resident = at_question("Q2").taps("NOPE")
    assert (resident.at, resident.said) == ("Q2", ["phrases.bot.not_understood"])
    assert resident.taps(question="Q2").at == "Q2"


# --- mending, beginning again -----------------------------------------------------------------


def test_an_answer_can_be_mended_in_the_summary_and_the_summary_comes_back():
    resident = through_the_summary().taps("FIX")
    assert (resident.at, "Q5" in resident.offered) == ("FIX", True)
    assert resident.taps("Q5").at == "Q5"
    resident.taps("M5")
    assert resident.at == "SUMMARY"
    assert resident.state.answers["Q5"].codes == ("M5",)
    assert resident.taps("SEND").alerts == ["sent"]


def test_mending_twice_works_as_well():
    resident = through_the_summary().taps("FIX").taps("Q5").taps("M5").taps("FIX").taps("Q9")
    assert resident.answers(Q9="HH_PARTNER", Q9_N="N2").at == "SUMMARY"


def test_an_answer_that_was_mended_keeps_its_place_in_the_summary():
    resident = through_the_summary()
    before = [part.args.get("question") for part in resident.prompt.parts]
    resident.taps("FIX").taps("Q2").taps("WHO_FAMILY")
    assert [part.args.get("question") for part in resident.prompt.parts] == before


def test_mending_can_be_left_again():
    resident = through_the_summary().taps("FIX").taps("BACK")
    assert resident.at == "SUMMARY"
    assert "Q12b" in resident.state.answers


def test_mending_the_topics_asks_for_the_worst_among_the_new_ones():
    resident = through_the_summary(Q3="C03,C06", Q3_MAIN="C06").taps("FIX").taps("Q3")
    resident.answers(Q3="C01,C02")
    assert resident.options == ["C01", "C02"]
    assert resident.answers(Q3_MAIN="C02").at == "SUMMARY"


def test_mending_can_lead_into_a_crisis_branch():
    resident = through_the_summary().taps("FIX").taps("Q11").answers(Q11="BM_SUI")
    assert resident.at == "S1"


def test_mending_who_it_is_about_asks_what_was_spared():
    resident = through_the_summary(Q2="WHO_PRO").taps("FIX").taps("Q2").answers(Q2="WHO_SELF")
    assert resident.at == "Q5"


def test_beginning_again_forgets_the_answers_and_marks_new_buttons():
    resident = through_the_summary().taps("SEND").taps("RESTART")
    assert (resident.at, resident.state.session) == ("START", "again-1")
    assert (resident.state.answers, resident.state.lang) == ({}, "ja")
    assert resident.taps("START_OK", session="run-1").said == ["phrases.bot.old_button"]


def test_beginning_again_without_a_language_shows_the_menu():
    assert Resident().types("restart").at == "LANG"


# --- free chat --------------------------------------------------------------------------------


def test_the_free_chat_gives_one_quiet_receipt():
    resident = through_the_summary().taps("SEND").types("よろしくおねがいします")
    assert (resident.at, resident.said) == ("CHAT", ["screening.CHAT.waiting"])
    assert resident.chats_after_receipt().types("もう一つ").turn.events == ()


def test_the_free_chat_says_honestly_that_nobody_was_told():
    resident = through_the_summary().taps("NOSEND").types("ありがとう")
    assert resident.said == ["screening.CHAT.alone"]


# --- a state of another version ---------------------------------------------------------------


def test_a_state_whose_place_is_gone_is_handed_to_a_person():
    gone = replace(at_question("Q5").state, node="Q5_OLD")
    resident = Resident()
    resident.state = gone
    assert resident.types("5000").alerts == ["stuck"]
    assert (resident.at, "CONTINUE" in resident.offered) == ("CHAT", False)


def test_a_state_that_stands_where_nothing_is_asked_is_handed_to_a_person():
    resident = Resident()
    resident.state = replace(at_question("Q5").state, node="NOT_SENT")
    assert resident.types("5000").alerts == ["stuck"]


@pytest.mark.parametrize("way", ["BACK", "CONTINUE", "LANG"])
def test_places_that_are_gone_are_never_gone_back_to(way):
    resident = at_question("Q5")
    if way == "CONTINUE":
        resident.taps("HUMAN")
    resident.state = replace(
        resident.state,
        trail=(*resident.state.trail, "Q_OLD"),
        back_to="Q_OLD" if way == "CONTINUE" else "",
        lang_back="Q_OLD",
        picked=("OLD",),
    )
    assert resident.taps(way).prompt.parts


def test_choices_that_are_gone_are_no_longer_picked():
    resident = at_question("Q3")
    resident.state = replace(resident.state, picked=("C99", "C03"))
    assert resident.taps("C06").state.picked == ("C03", "C06")


@pytest.mark.parametrize("lang", LANGS)
def test_a_state_comes_back_from_json_as_it_was(lang):
    resident = at_question("Q7_DATE", lang, Q3="C03,C06", Q3_MAIN="C06", Q7="HOME_DATE")
    for state in (
        resident.state,
        resident.types("12/5").state,
        resident.taps("UTIL_STOP_E").state,
        resident.taps("LANG").state,
        resident.taps("HUMAN").state,
    ):
        assert State.from_json(state.to_json()) == state


def test_every_node_of_the_way_is_known_to_the_tests():
    assert set(ANSWERS) <= set(DIALOG.nodes)
