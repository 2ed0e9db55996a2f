"""Which sentences of an engine are sure enough to be shown."""

import math
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.translation.checking import LENGTHS
from bot.core.translation.engines import Route
from bot.core.translation.gate import CLOSED, UNKNOWN, Gate, features, gate_from

VALUES = {
    "targets": ["ja"],
    "bias": 5.8,
    "score": 4.1,
    "reverse": 0.8,
    "length": -0.95,
    "at_least": 0.76,
}
GATE = Gate(5.8, 4.1, 0.8, -0.95, 0.76)
SCORES = st.floats(min_value=-50, max_value=0)
LETTERS = st.floats(min_value=0, max_value=6)
ANY_NUMBER = st.floats(allow_nan=False, allow_infinity=False)


def test_a_gate_is_read_for_the_languages_that_were_judged():
    assert gate_from(VALUES, "ja") == GATE
    assert gate_from(VALUES | {"targets": ["vi", "ja"], "bias": 6}, "ja").bias == 6.0


@pytest.mark.parametrize("targets", [[], ["vi"], ["JA"], ["ja-easy"]])
def test_of_a_language_that_nobody_judged_nothing_is_shown(targets):
    gate = gate_from(VALUES | {"targets": targets}, "ja")
    assert gate is CLOSED
    assert gate.confidence((0.0, 0.0, 0.0)) < gate.at_least


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"targets": "ja"}, "targets must be a list of languages"),
        ({"targets": None}, "targets must be a list of languages"),
        ({"targets": ["ja", 1]}, "targets must be a list of languages"),
        ({"bias": "5"}, "bias must be a number"),
        ({"score": None}, "score must be a number"),
        ({"reverse": True}, "reverse must be a number"),
        ({"length": [1]}, "length must be a number"),
        ({"bias": math.inf}, "bias must be a number that can be reckoned with"),
        ({"score": math.nan}, "score must be a number that can be reckoned with"),
        ({"reverse": 10**400}, "reverse must be a number that can be reckoned with"),
        ({"at_least": math.nan}, "at_least must be a number that can be reckoned with"),
        ({"at_least": 0}, "at_least must lie between 0 and 1"),
        ({"at_least": -0.5}, "at_least must lie between 0 and 1"),
        ({"at_least": 1.01}, "at_least must lie between 0 and 1"),
    ],
)
def test_a_gate_that_might_show_everything_is_refused_and_named(change, told):
    with pytest.raises(ValueError, match=f"^gate.json: {told}$"):
        gate_from(VALUES | change, "ja")


@pytest.mark.parametrize("name", VALUES)
def test_a_missing_value_is_named(name):
    with pytest.raises(ValueError, match=f"^gate.json: {name} must be"):
        gate_from({key: value for key, value in VALUES.items() if key != name}, "ja")


@given(SCORES, SCORES, SCORES, LETTERS)
def test_a_surer_engine_never_makes_a_sentence_less_sure(one, other, reverse, letters):
    low, high = sorted((one, other))
    assert GATE.confidence((low, reverse, letters)) <= GATE.confidence((high, reverse, letters))
    assert GATE.confidence((reverse, low, letters)) <= GATE.confidence((reverse, high, letters))


@given(SCORES, SCORES, LETTERS, LETTERS)
def test_a_longer_sentence_is_never_surer(score, reverse, one, other):
    short, long = sorted((one, other))
    assert GATE.confidence((score, reverse, long)) <= GATE.confidence((score, reverse, short))


@given(ANY_NUMBER, ANY_NUMBER, ANY_NUMBER)
def test_no_feature_whatsoever_overflows(score, reverse, letters):
    assert 0.0 <= GATE.confidence((score, reverse, letters)) <= 1.0


@pytest.mark.parametrize(
    ("score", "sure"),
    [(-math.inf, 0.0), (math.nan, 0.0), (-sys.float_info.max, 0.0), (sys.float_info.max, 1.0)],
)
def test_what_cannot_be_reckoned_with_is_not_sure(score, sure):
    assert GATE.confidence((score, 0.0, 0.0)) == sure


def test_a_gate_is_a_logistic_function():
    assert Gate(0.0, 1.0, 0.0, 0.0, 0.5).confidence((0.0, 9.0, 9.0)) == 0.5
    assert Gate(0.0, 1.0, 2.0, 3.0, 0.5).confidence((0.1, 0.2, 0.3)) == pytest.approx(
        1 / (1 + math.exp(-1.4))
    )


@pytest.mark.parametrize("lang", [*LENGTHS, "zh-Hant", "ja-easy", "pt-BR"])
def test_features_count_the_length_in_letters_of_japanese(lang):
    worth = LENGTHS[lang.split("-")[0]]
    score, reverse, length = features("x" * round(20 * worth), lang, -0.3, -1.5)
    assert (score, reverse) == (-0.3, -1.5)
    assert length == pytest.approx(math.log(20), abs=0.03)


def test_a_score_that_no_engine_tells_is_a_bad_one_and_the_shortest_text_has_a_length():
    assert features("", "ja", None, None) == (UNKNOWN, UNKNOWN, 0.0)
    assert GATE.confidence(features("お金がない", "ja", None, None)) < GATE.at_least


# --- the way an engine takes ---------------------------------------------------------------------


def test_a_route_says_what_it_is_and_whether_it_goes_by_another_language():
    direct = Route(("vi", "ja"), "compact 1.0")
    pivot = Route(("vi", "en", "ja"), "argos vi_en 1.9 + argos en_ja 1.9")
    assert (str(direct), direct.is_pivot) == ("compact 1.0 (vi→ja)", False)
    assert str(pivot) == "argos vi_en 1.9 + argos en_ja 1.9 (vi→en→ja)"
    assert pivot.is_pivot
    assert not direct.drafts_only
    assert not direct.remote
    assert direct.gate is None
