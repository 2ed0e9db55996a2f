"""Ways through the dialog: back, stop, a person, another language, why."""

from dataclasses import replace

import pytest

from bot.core.events import Asked, LanguageChosen, Stopped
from bot.core.model import Text
from tests.support.dialogs import (
    ANSWERS,
    Resident,
    at_question,
    through_the_summary,
)

# --- back -------------------------------------------------------------------------------------


def test_back_over_several_questions_takes_the_answers_back():
    resident = at_question("Q4").taps("BACK").taps("BACK").taps("BACK")
    assert resident.at == "Q2"
    assert set(resident.state.answers) == {"START", "Q1"}
    assert resident.answers(Q2="WHO_SELF").at == "Q3"


def test_back_at_the_first_question_says_so():
    resident = at_question("START").types("もどる")
    assert (resident.at, resident.said) == ("START", ["phrases.bot.nothing_to_undo"])
    assert "BACK" not in resident.offered


def test_back_in_an_open_multi_choice_first_empties_it():
    resident = at_question("Q3").taps("C03").taps("BACK")
    assert (resident.at, resident.state.picked) == ("Q3", ())
    assert resident.taps("BACK").at == "Q2"


def test_back_over_the_topics_asks_anew_for_the_worst():
    resident = at_question("Q5").taps("BACK")
    assert resident.at == "Q3"
    resident.answers(Q3="C06,C07")
    assert resident.at == "Q3_MAIN"


def test_back_over_a_home_with_a_date_forgets_the_date():
    resident = at_question("EV_MONTHS", Q7="HOME_DATE", EV_PAPER="EV_NONE", Q7_DATE="IN_60")
    resident.taps("BACK").taps("BACK").taps("BACK")
    assert {"EV_PAPER", "Q7_DATE"}.isdisjoint(resident.state.answers)
    resident.answers(Q7="HOME_DATE", EV_PAPER="EV_NONE")
    assert resident.at == "Q7_DATE"


def test_back_out_of_a_detour_asks_what_the_new_answer_calls_for():
    resident = at_question("Q8", Q5="M5").types("お腹すいて死にそう")
    assert resident.at == "Q4"
    resident.taps("BACK").answers(Q7="HOME_DATE")
    assert resident.at == "EV_PAPER"


def test_back_out_of_a_crisis_branch_and_into_it_again():
    resident = at_question("Q1").answers(Q1="SAFE_SUICIDE").taps("BACK")
    assert (resident.at, resident.state.fired) == ("Q1", ())
    assert resident.answers(Q1="SAFE_SUICIDE").at == "S1"


def test_back_out_of_a_crisis_branch_and_on_without_it():
    resident = at_question("Q1").answers(Q1="SAFE_SUICIDE").taps("BACK").answers(Q1="SAFE_OK")
    assert resident.at == "Q2"


def test_back_from_a_waiting_branch_does_not_lose_it():
    resident = at_question("Q1").answers(Q1="SAFE_CHILD,SAFE_VIOLENCE", K1="K1_NONE")
    assert resident.at == "D1"
    resident.taps("BACK")
    assert resident.at == "K1"
    assert resident.answers(K1="K1_NONE").at == "D1"


def test_back_from_the_branch_of_written_words_does_not_press_again():
    resident = at_question("Q5").types("死にたい").taps("BACK")
    assert resident.at == "Q3"
    assert resident.answers(Q3="C03").at == "Q5"


def test_back_in_the_free_chat_takes_up_the_paused_question():
    assert at_question("Q5").taps("HUMAN").types("もどる").at == "Q5"


def test_back_in_the_free_chat_does_not_speak_of_a_first_question():
    resident = through_the_summary().taps("SEND").types("もどる")
    assert (resident.at, resident.said) == ("CHAT", [])


# --- stop, person, language, why --------------------------------------------------------------


@pytest.mark.parametrize("question", [*ANSWERS, "SUMMARY"])
def test_stopping_says_how_to_come_back_and_keeps_everything(question):
    lang = "en" if question in {"Q12a", "E1_INTERPRETER"} else "ja"
    resident = at_question(question, lang)
    before = resident.state
    resident.taps("STOP")
    assert resident.said == ["screening.STOPPED.text"]
    assert resident.turn.events[-1] == Stopped()
    assert resident.state == replace(before, stopped=True)


def test_coming_back_with_words_shows_the_question_and_takes_nothing_as_an_answer():
    resident = at_question("Q2").taps("STOP").types("1")
    assert (resident.at, resident.said) == ("Q2", ["phrases.bot.welcome_back"])
    assert resident.taps("WHO_SELF").at == "Q3"


def test_coming_back_with_a_button_just_goes_on():
    assert at_question("Q2").taps("STOP").taps("WHO_SELF").at == "Q3"


def test_coming_back_to_an_open_multi_choice_shows_question_and_picks():
    resident = at_question("Q3").taps("C03").taps("STOP").types("hello")
    assert resident.parts == [
        "phrases.bot.welcome_back",
        "screening.Q3.text",
        "phrases.bot.picked",
    ]


def test_a_cry_for_help_after_stopping_is_heard():
    assert at_question("Q5").taps("STOP").types("もう死にたい").at == "S1"


@pytest.mark.parametrize("question", [*ANSWERS, "SUMMARY"])
def test_a_person_can_be_asked_for_at_every_question_and_the_question_taken_up_again(question):
    lang = "en" if question in {"Q12a", "E1_INTERPRETER"} else "ja"
    resident = at_question(question, lang).taps("HUMAN")
    assert (resident.at, resident.alerts) == ("CHAT", ["asked"])
    assert resident.said == ["screening.HUMAN_ASKED.text"]
    assert resident.offered[0] == "CONTINUE"
    assert resident.taps("CONTINUE").at == question
    assert resident.turn.events == (Asked(question),)


@pytest.mark.parametrize("question", ["S1", "S2", "S3", "K1", "D1", "D2"])
def test_a_person_can_be_asked_for_in_every_branch(question):
    ways = {
        "S1": {"Q1": "SAFE_SUICIDE"},
        "S2": {"Q1": "SAFE_SUICIDE", "S1": "S1_NO"},
        "S3": {"Q1": "SAFE_SUICIDE", "S1": "S1_NO", "S2": "S2_NO"},
        "K1": {"Q1": "SAFE_CHILD"},
        "D1": {"Q1": "SAFE_VIOLENCE"},
        "D2": {"Q1": "SAFE_VIOLENCE", "D1": "D1_SAFE"},
    }
    resident = at_question("Q1").answers(**ways[question])
    assert resident.at == question
    assert "asked" in resident.taps("HUMAN").alerts
    assert resident.taps("CONTINUE").at == question


def test_a_person_can_be_asked_for_before_a_language_is_chosen_and_in_the_list_of_answers():
    assert Resident().types("human").alerts == ["asked"]
    resident = through_the_summary().taps("FIX").taps("HUMAN")
    assert resident.at == "CHAT"
    assert resident.taps("CONTINUE").at == "FIX"


def test_asking_for_a_person_twice_does_not_lose_the_paused_question():
    resident = at_question("Q5").taps("HUMAN").types("相談員")
    assert resident.at == "CHAT"
    assert resident.taps("CONTINUE").at == "Q5"


def test_picks_survive_a_talk_with_a_person():
    resident = at_question("Q3").taps("C03").taps("HUMAN").taps("CONTINUE")
    assert (resident.at, resident.state.picked) == ("Q3", ("C03",))


def test_an_old_button_still_reaches_a_person():
    assert at_question("Q5").taps("HUMAN", question="Q1", session="older").alerts == ["asked"]


def test_the_language_can_be_changed_in_the_middle():
    resident = at_question("Q5").taps("LANG")
    assert resident.at == "LANG"
    resident.taps("ne")
    assert (resident.at, resident.state.lang) == ("Q5", "ne")
    assert resident.turn.events[0] == LanguageChosen("ne")
    assert resident.said == ["phrases.bot.language_changed"]


def test_picks_survive_a_change_of_language():
    resident = at_question("Q3").taps("C03").taps("LANG").taps("vi")
    assert (resident.at, resident.state.picked) == ("Q3", ("C03",))
    assert "phrases.bot.picked" in resident.parts


def test_the_language_can_be_changed_in_the_free_chat_with_a_paused_question():
    resident = at_question("Q5").taps("HUMAN").taps("LANG").taps("vi")
    assert (resident.at, resident.state.lang) == ("CHAT", "vi")
    assert resident.offered[0] == "CONTINUE"
    assert resident.taps("CONTINUE").at == "Q5"


def test_going_back_from_the_language_menu_changes_nothing():
    resident = at_question("Q5").taps("LANG").types("もどる")
    assert (resident.at, resident.state.lang) == ("Q5", "ja")
    assert "Q3" in resident.state.answers


def test_a_change_of_language_changes_which_last_question_is_put():
    resident = at_question("Q11").taps("LANG").taps("vi").answers(Q11="BM_OK")
    assert resident.at == "Q12a"


@pytest.mark.parametrize("question", [*ANSWERS, "SUMMARY"])
def test_why_tells_the_reason_and_asks_again(question):
    lang = "en" if question in {"Q12a", "E1_INTERPRETER"} else "ja"
    resident = at_question(question, lang).taps("WHY")
    hint = resident.prompt.parts[0]
    reason = hint.args.get("why", hint)
    assert isinstance(reason, Text)
    assert reason.address == f"screening.{question}.why"
    assert resident.at == question
