"""Furigana in brackets: what counts as a reading, and what numbers do to it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.furigana import Segment, has_kanji, plain, segments, settled, unread


def test_readings_are_taken_away_and_other_brackets_stay():
    said = (
        "電話(でんわ)は 0120-279-338（24時間(じかん)・無料(むりょう)）です。カード(かーど)、家(110)"
    )
    assert plain(said) == "電話は 0120-279-338（24時間・無料）です。カード(かーど)、家(110)"


def test_a_word_is_cut_from_its_okurigana():
    assert segments("お金(かね)を 払(はら)います") == (
        Segment("お"),
        Segment("金", "かね"),
        Segment("を "),
        Segment("払", "はら"),
        Segment("います"),
    )


@pytest.mark.parametrize(
    ("annotated", "base"),
    [
        ("1人(ひとり)", "1人"),
        ("2人分(ふたりぶん)", "2人分"),
        ("3人(にん)", "人"),
        ("20日(はつか)", "20日"),
        ("１４日(じゅうよっか)", "１４日"),
        ("18歳(さい)", "歳"),
        ("10万円(まんえん)", "万円"),
    ],
)
def test_a_number_belongs_to_its_word_where_the_reading_speaks_it(annotated, base):
    assert [each.text for each in segments(annotated) if each.reading] == [base]


@pytest.mark.parametrize(
    ("prepared", "right"),
    [
        ("1日(にち)", "1日(いちにち)"),
        ("12月(がつ)1日(にち)", "12月(がつ)1日(ついたち)"),
        ("12月1日(にち)", "12月1日(ついたち)"),
        ("3日後(にちご)", "3日後(みっかご)"),
        ("8日以内(にちいない)", "8日以内(ようかいない)"),
        ("11日(にち)", "11日(にち)"),
        ("24日(にち)", "24日(にじゅうよっか)"),
        ("100日(にち)", "100日(にち)"),
        ("1人(にん)", "1人(ひとり)"),
        ("4人(にん)", "4人(よにん)"),
        ("12人(にん)", "12人(にん)"),
        ("5分(ふん)", "5分(ふん)"),
        ("10分(ふん)", "10分(ぷん)"),
        ("30分間(ふんかん)", "30分間(ぷんかん)"),
        ("{days}日後(にちご)", "{days}日後(にちご)"),
    ],
)
def test_days_people_and_minutes_are_read_as_their_number_asks(prepared, right):
    assert settled(prepared) == right
    assert settled(right) == right


def test_kanji_without_a_reading_are_found():
    assert unread("家賃(やちん)と 手当") == ["手当"]
    assert unread("家(いえ)の 手当(てあて)") == []
    assert has_kanji("家")
    assert not has_kanji("いえ（カード）12〈、〉")


@given(st.text(alphabet="家賃日人12(（）)やちんー。 {}", max_size=30))
def test_the_pieces_of_any_text_make_the_plain_text(text):
    assert "".join(each.text for each in segments(text)) == plain(text)
    assert plain(settled(text)) == plain(text)
