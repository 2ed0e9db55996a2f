"""How forms, pairs and idioms are looked for, on detectors of a few words."""

import pytest

from bot.core.detecting import Detectors, DetectorWords, Pair, detect
from bot.core.shaping import SPELLINGS_AT_MOST, spellings


def names(text: str, **told: DetectorWords) -> list[str]:
    return [name for name, _ in detect(text, Detectors(told))]


def test_brackets_are_alternatives_and_may_be_nested():
    assert spellings("(a|b(c|))d") == ("ad", "bcd", "bd")
    assert spellings("plain") == ("plain",)


@pytest.mark.parametrize("form", ["(a", "a)", "a|b", "((a)", ""])
def test_brackets_that_do_not_match_and_empty_forms_are_refused(form):
    with pytest.raises(ValueError, match=r"brackets|nothing"):
        Detectors({"a": DetectorWords({"en": (form,)})})


def test_a_form_with_too_many_spellings_is_refused():
    with pytest.raises(ValueError, match="1024 spellings"):
        spellings("(a|b)" * 10)
    assert SPELLINGS_AT_MOST < 1_024


@pytest.mark.parametrize("form", ["。", "=", "…", "😭"])
def test_a_form_of_which_nothing_is_left_is_refused(form):
    with pytest.raises(ValueError, match="nothing to look for"):
        Detectors({"a": DetectorWords({"en": (form,)})})


def test_an_open_form_must_be_long_enough_to_mean_something():
    with pytest.raises(ValueError, match="too many words"):
        Detectors({"a": DetectorWords({"en": ("su…",)})})


def test_an_open_ending_takes_any_but_a_closed_one_none():
    told = DetectorWords({"en": ("suicid…", "kill me")})
    assert names("suicidal", a=told) == names("kill me.", a=told) == ["a"]
    assert names("kill merry", a=told) == names("parasuicidal", a=told) == []


def test_a_form_that_stands_alone_is_no_part_of_a_sentence():
    told = DetectorWords({"ja": ("=しね",)})
    for text in ("しね", "しね！", "おい。しね。", " しね\n"):
        assert names(text, a=told) == ["a"], text
    for text in ("楽しいしね", "しねと言われた", "しねば"):
        assert names(text, a=told) == [], text


def test_a_pair_needs_both_parts_in_order_and_near():
    told = DetectorWords({"en": ("xyz",)}, pairs={"en": [Pair(("tonight",), ("jump",), within=8)]})
    assert names("tonight i jump", a=told) == ["a"]
    assert names("tonight", a=told) == names("jump", a=told) == []
    assert names("i jump tonight", a=told) == []
    assert names("tonight we shall see who will jump", a=told) == []


def test_a_pair_may_be_allowed_both_ways():
    told = DetectorWords({}, pairs={"en": [Pair(("tonight",), ("jump",), either=True)]})
    assert names("tonight i jump", a=told) == names("i jump tonight", a=told) == ["a"]


def test_an_idiom_hides_what_it_touches_in_its_own_detector_only():
    told = DetectorWords({"ja": ("死ぬ",)}, quiet={"ja": ("死ぬほど",)})
    assert names("死ぬほど", a=told, b=DetectorWords({"ja": ("死ぬ",)})) == ["b"]
    assert names("死ぬほどつらい、死ぬ", a=told) == ["a"]


def test_an_idiom_hides_a_part_of_a_pair():
    told = DetectorWords(
        {}, pairs={"en": [Pair(("today",), ("die",), within=30)]}, quiet={"en": ("die laughing",)}
    )
    assert names("today i die laughing", a=told) == []
    assert names("today i die laughing and die", a=told) == ["a"]


def test_one_detector_raises_another():
    acute = DetectorWords({"en": ("all my pills",)}, raises="suicide")
    told = {"acute": acute, "suicide": DetectorWords({"ja": ("死にたい",)})}
    assert detect("all my pills", Detectors(told)) == [("acute", "en"), ("suicide", "en")]
    assert detect("死にたい", Detectors(told)) == [("suicide", "ja")]


def test_among_equals_the_language_that_is_told_first_counts():
    told = DetectorWords({"ja": ("自殺",), "zh-Hant": ("自殺", "想自殺")})
    assert detect("自殺", Detectors({"a": told})) == [("a", "ja")]
    assert detect("我想自殺", Detectors({"a": told})) == [("a", "zh-Hant")]


def test_missing_detectors_are_filled_up_from_others():
    one = Detectors({"a": DetectorWords({"en": ("alpha",)})})
    other = Detectors(
        {"a": DetectorWords({"en": ("beta",)}), "b": DetectorWords({"en": ("gamma",)})}
    )
    assert one.completed(one) is one
    both = one.completed(other)
    assert list(both) == ["a", "b"]
    assert detect("beta gamma", both) == [("b", "en")]
    assert detect("alpha", both) == [("a", "en")]
