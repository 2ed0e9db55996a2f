"""How alike two texts are, letter by letter."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.translation.similarity import similarity


@pytest.mark.parametrize(
    ("text", "reference"),
    [
        ("明日、来てください。", "明日来てください"),
        ("I AM HUNGRY!", "i am hungry"),
        ("Tôi  đói", "tôi đói."),
        ("", ""),
        ("!!", "😭"),
    ],
)
def test_case_spaces_and_punctuation_make_no_difference(text, reference):
    assert similarity(text, reference) == 1.0


@pytest.mark.parametrize(
    ("text", "reference"),
    [("明日来てください", "魚が泳ぐ"), ("", "明日"), ("明日", ""), ("abc", "xyz")],
)
def test_texts_with_no_letter_in_common_have_no_likeness(text, reference):
    assert similarity(text, reference) == 0.0


def test_the_value_is_chrf_with_recall_counting_twice():
    # Runs of "ab" in "abc": one letter F = 5·1·⅔ / (4·1 + ⅔), two letters F = 5·1·½ / (4·1 + ½).
    assert similarity("ab", "abc") == pytest.approx((5 * 2 / 3 / (4 + 2 / 3) + 2.5 / 4.5) / 2)


def test_what_is_missing_weighs_more_than_what_was_added():
    whole, part = "明日の十時に市役所へ来てください", "明日来てください"
    assert similarity(part, whole) < similarity(whole, part)


def test_another_wording_of_the_same_is_more_alike_than_another_matter():
    said = "明日、市役所に来てください。"
    assert similarity("明日は市役所へ来てください。", said) > 0.5
    assert similarity("昨日、学校を休みました。", said) < 0.2


@given(st.text(max_size=40), st.text(max_size=40))
def test_likeness_lies_between_nothing_and_one_and_is_whole_for_the_text_itself(text, other):
    assert 0.0 <= similarity(text, other) <= 1.0
    assert similarity(text, text) == pytest.approx(1.0)
