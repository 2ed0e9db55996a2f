"""Somebody writes in another language than the chosen one: a switch is offered, never made."""

from dataclasses import replace

import pytest

from bot.core.dialog import Language
from bot.core.events import Asked, LanguageChosen, Said
from tests.support.dialogs import DIALOG, Resident, at_question

SPANISH = "No tengo dinero para pagar el alquiler"
OFFER = "phrases.bot.another_language"


def guessing(resident, **languages):
    """Let the resident's texts be guessed: text → language; all others are not sure."""
    known = {text: lang for lang, texts in languages.items() for text in texts}
    resident.context = replace(resident.context, guessed=lambda text: known.get(text, ""))
    return resident


@pytest.fixture
def in_chat():
    return guessing(Resident("en").taps("START_OK").taps("HUMAN"), es=[SPANISH])


def offered(resident):
    return [each for each in resident.turn.events if isinstance(each, Said)]


def test_a_switch_is_offered_in_the_language_that_was_written(in_chat):
    in_chat.types(SPANISH)
    [said] = offered(in_chat)
    assert (said.text.address, said.lang) == (OFFER, "es")
    assert in_chat.turn.events[-1] == Asked(DIALOG.start), "with the buttons of the menu"


def test_the_language_stays_until_it_is_chosen(in_chat):
    in_chat.types(SPANISH)
    assert in_chat.state.lang == "en"
    assert in_chat.state.node == DIALOG.chat, "whoever goes on writing is where they were"


def test_the_offered_button_changes_the_language_and_nothing_else(in_chat):
    in_chat.types(SPANISH).taps("es", question=DIALOG.start)
    assert (in_chat.state.lang, in_chat.state.node) == ("es", DIALOG.chat)
    assert LanguageChosen("es") in in_chat.turn.events


def test_a_switch_is_offered_once_a_language(in_chat):
    in_chat.types(SPANISH)
    in_chat.types(SPANISH)
    assert offered(in_chat) == []


def test_an_answer_that_was_not_understood_gets_the_offer_instead_of_an_excuse():
    resident = guessing(at_question("Q2", "en"), es=[SPANISH]).types(SPANISH)
    assert [each.text.address for each in offered(resident)] == [OFFER]
    assert (resident.state.node, resident.state.misses) == ("Q2", 0)


def test_an_answer_in_another_language_is_an_answer_all_the_same():
    resident = guessing(at_question("Q2"), en=["2"]).types("2")
    assert resident.state.answers["Q2"].codes == ("WHO_FAMILY",)


@pytest.mark.parametrize(("lang", "guess"), [("ja-easy", "ja"), ("zh-Hant", "zh-Hans")])
def test_the_same_language_in_other_letters_is_no_other_language(lang, guess):
    resident = Resident(lang).taps("START_OK").taps("HUMAN")
    resident = guessing(resident, **{guess: ["x"]})
    assert offered(resident.types("x")) == []


def test_a_language_that_is_not_on_offer_is_not_offered(in_chat):
    guessing(in_chat, fr=["Je n'ai pas d'argent pour le loyer"])
    assert offered(in_chat.types("Je n'ai pas d'argent pour le loyer")) == []


def test_a_cry_for_help_comes_before_any_offer(in_chat):
    cry = "quiero morir, no aguanto más"
    guessing(in_chat, es=[cry]).types(cry)
    assert "suicide" in in_chat.state.detected
    assert offered(in_chat) == [] or offered(in_chat)[0].text.address != OFFER


def test_an_old_button_of_the_menu_still_changes_the_language():
    resident = at_question("Q5").taps("vi", question=DIALOG.start)
    assert (resident.state.lang, resident.state.node) == ("vi", "Q5")
    assert isinstance(DIALOG.nodes[DIALOG.start], Language)


def test_a_button_of_another_run_changes_nothing(in_chat):
    in_chat.taps("vi", question=DIALOG.start, session="run-0")
    assert in_chat.state.lang == "en"
