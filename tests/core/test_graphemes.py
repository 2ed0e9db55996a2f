"""Lengths as LINE counts them."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.core.graphemes import clip_graphemes, grapheme_count, split_utf16, utf16_length

FAMILY = "👨‍👩‍👧"


@pytest.mark.parametrize(
    ("text", "count", "units"),
    [
        ("", 0, 0),
        ("abc", 3, 3),
        ("安全です", 4, 4),
        ("नेपाली", 3, 6),
        ("か\u3099", 1, 2),
        (FAMILY, 1, 8),
        ("🇳🇵", 1, 4),
    ],
)
def test_what_a_person_sees_as_one_sign_counts_once_in_labels(text, count, units):
    assert grapheme_count(text) == count
    assert utf16_length(text) == units


@pytest.mark.parametrize(
    ("text", "limit", "clipped"),
    [("安全です", 4, "安全です"), ("安全ですか", 4, "安全で…"), (FAMILY * 3, 2, FAMILY + "…")],
)
def test_a_label_that_is_cut_says_so(text, limit, clipped):
    assert clip_graphemes(text, limit) == clipped
    assert grapheme_count(clip_graphemes(text, limit)) <= limit


def test_a_long_text_is_cut_at_a_space_where_there_is_one():
    assert split_utf16("one two three", 9) == ["one two ", "three"]


def test_a_text_without_spaces_is_cut_at_the_limit():
    assert split_utf16("あ" * 12, 5) == ["あ" * 5, "あ" * 5, "あ" * 2]


def test_nothing_is_cut_into_nothing():
    assert split_utf16("", 10) == []


@settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.text(alphabet=st.sampled_from("a あ\nने👨🇳़\u200d"), max_size=60), st.integers(16, 40))
def test_pieces_make_the_whole_again_and_keep_the_limit(text, limit):
    pieces = split_utf16(text, limit)
    assert "".join(pieces) == text
    assert sum(map(grapheme_count, pieces)) == grapheme_count(text)
    longest_cluster = max((utf16_length(piece) for piece in pieces), default=0)
    assert longest_cluster <= limit or grapheme_count(text) < len(text)
