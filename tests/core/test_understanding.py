"""Typed words in the scripts and habits of five languages."""

import pytest

from bot.core.dialog import Ask
from bot.core.understanding import control_of, fold, options_of, without_marks
from tests.support.dialogs import DIALOG, LANGS, words

ASKS = {name: node for name, node in DIALOG.nodes.items() if isinstance(node, Ask)}


@pytest.mark.parametrize(
    ("typed", "folded"),
    [
        ("  ５，０００円。", "5,000円"),
        ("Ｄｏｎｅ！", "done"),
        ("१२३", "123"),
        ("「はい」", "はい"),
        ("a\n b", "a b"),
        ("", ""),
    ],
)
def test_width_case_digits_and_marks_at_the_edges_do_not_matter(typed, folded):
    assert fold(typed) == folded


def test_only_latin_letters_lose_their_marks():
    assert without_marks("muốn chết đi") == "muon chet di"
    assert without_marks("がぎぐ") == "がぎぐ"
    assert without_marks("मर्न") == "मर्न"


# --- choices and controls ---------------------------------------------------------------------


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("question", [name for name, node in ASKS.items() if node.options])
def test_every_label_is_understood_in_its_language_with_and_without_marks(question, lang):
    node = ASKS[question]
    for place, option in enumerate(node.options, start=1):
        label = words(lang)(option.label)
        for typed in (label, label.upper(), without_marks(fold(label)), option.code, str(place)):
            if question == "Q9_N" and typed.isdigit():
                continue
            assert options_of(typed, node.options, words(lang), many=node.many) == [option.code], (
                typed
            )


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("question", [name for name, node in ASKS.items() if node.options])
def test_no_label_is_taken_for_a_button_that_always_works(question, lang):
    for option in ASKS[question].options:
        label = words(lang)(option.label)
        assert control_of(label, DIALOG.controls.values(), words(lang)) == "", label


@pytest.mark.parametrize("lang", LANGS)
def test_every_control_is_understood_by_its_label_and_typed_words(lang):
    for control in DIALOG.controls.values():
        forms = [words(lang)(control.label), *words(lang)(control.typed).split("|")]
        for form in (*forms, control.label.source):
            assert control_of(form, DIALOG.controls.values(), words(lang)) == control.code, form


def test_a_longer_sentence_is_no_control():
    assert control_of("なぜですか、教えて", DIALOG.controls.values(), words("ja")) == ""


@pytest.mark.parametrize("typed", ["0", "99", "1.5", "", "、", "-1"])
def test_numbers_that_are_not_in_the_list_choose_nothing(typed):
    node = ASKS["Q2"]
    assert options_of(typed, node.options, words("ja"), many=False) == []
