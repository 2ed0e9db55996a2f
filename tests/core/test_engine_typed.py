"""Answers that are written instead of tapped."""

import pytest

from bot.core.events import Asked
from tests.support.dialogs import DIALOG, Resident, at_question, make_context


@pytest.mark.parametrize(
    ("question", "typed", "codes", "value"),
    [
        ("Q2", "2", ("WHO_FAMILY",), ""),
        ("Q2", "２", ("WHO_FAMILY",), ""),
        ("Q2", "家族のこと", ("WHO_FAMILY",), ""),
        ("Q2", "「家族のこと」。", ("WHO_FAMILY",), ""),
        ("Q2", "who_family", ("WHO_FAMILY",), ""),
        ("Q5", "5000", ("M2",), "5000"),
        ("Q5", "3", ("M2",), ""),
        ("Q5", "0円", ("M0",), "0"),
        ("Q5", "1.5万円", ("M3",), "15000"),
        ("Q6", "10日後", ("NEXT_8_14",), "10"),
        ("Q6", "12/5", ("NEXT_8_14",), "10"),
    ],
)
def test_what_is_typed_is_understood_as_an_answer(question, typed, codes, value):
    resident = at_question(question).types(typed)
    answer = resident.state.answers[question]
    assert (answer.codes, answer.value) == (codes, value)


def test_a_typed_date_is_kept_with_its_band():
    resident = at_question("Q7_DATE", Q7="HOME_DATE").types("12月5日")
    answer = resident.state.answers["Q7_DATE"]
    assert (answer.codes, answer.value) == (("IN_30",), "2026-12-05")


def test_a_date_that_is_over_still_counts():
    resident = at_question("Q7_DATE", Q7="HOME_DATE").types("2026-11-01")
    assert resident.state.answers["Q7_DATE"].value == "2026-11-01"


@pytest.mark.parametrize("typed", ["2月30日", "13/40", "2026-02-30"])
def test_an_impossible_date_is_not_taken(typed):
    resident = at_question("Q7_DATE", Q7="HOME_DATE").types(typed)
    assert (resident.at, resident.said) == ("Q7_DATE", ["phrases.bot.not_understood"])


@pytest.mark.parametrize(("typed", "code", "value"), [("3", "N3", "3"), ("3人", "N3", "3")])
def test_a_number_of_people_means_people_and_not_the_place_in_the_list(typed, code, value):
    resident = at_question("Q9_N", Q9="HH_CHILD").types(typed)
    answer = resident.state.answers["Q9_N"]
    assert (answer.codes, answer.value) == ((code,), value)


def test_several_numbers_may_be_typed_for_several_choices():
    resident = at_question("Q3").types("1, 3")
    assert resident.state.picked == ("C01", "C03")
    assert resident.types("これで全部").at == "Q3_MAIN"


def test_several_numbers_are_not_an_answer_to_a_single_choice():
    assert at_question("Q2").types("1,2").at == "Q2"


@pytest.mark.parametrize(
    ("lang", "typed"), [("ne", "२"), ("vi", "2"), ("ja-easy", "２"), ("en", "2.")]
)
def test_numbers_may_be_typed_in_the_digits_of_the_language(lang, typed):
    resident = at_question("Q2", lang).types(typed)
    assert resident.state.answers["Q2"].codes == ("WHO_FAMILY",)


@pytest.mark.parametrize("lang", ["ja", "ja-easy", "en", "vi", "ne"])
def test_a_language_is_chosen_by_its_typed_name(lang):
    name = make_context().languages.index(lang) + 1
    assert Resident().types(str(name)).state.lang == lang


def test_a_language_may_be_typed_in_english_or_without_marks():
    assert Resident().types("nepali").state.lang == "ne"
    assert Resident().types("tieng viet").state.lang == "vi"


def test_an_unknown_language_shows_the_menu_again():
    resident = Resident().types("klingon")
    assert (resident.at, resident.state.lang) == ("LANG", "")
    assert resident.turn.events == (Asked("LANG"),)


def test_the_dialog_names_the_version_of_its_file():
    assert Resident().state.version == DIALOG.version
