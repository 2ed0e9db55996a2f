"""Typed amounts, days, people and dates, with the units of five languages."""

from datetime import date
from itertools import pairwise

import pytest

from bot.core.dialog import Ask
from bot.core.understanding import fold
from bot.core.values import FREE, band_of
from bot.core.values import value_of as folded_value_of
from tests.support.dialogs import DIALOG, TODAY

ASKS = {name: node for name, node in DIALOG.nodes.items() if isinstance(node, Ask)}


def value_of(typed: str, kind: str, today: date = TODAY) -> str:
    return folded_value_of(fold(typed), kind, today)


@pytest.mark.parametrize(
    ("typed", "yen"),
    [
        ("5000", "5000"),
        ("5,000円", "5000"),
        ("５０００", "5000"),
        ("५०००", "5000"),
        ("¥5000", "5000"),
        ("￥5,000", "5000"),
        ("5000円くらい", "5000"),
        ("約5000円", "5000"),
        ("5000 yen", "5000"),
        ("about 5000 yen", "5000"),
        ("1.5万", "15000"),
        ("1万", "10000"),
        ("1万5000円", "15000"),
        ("1万5千円", "15000"),
        ("3千円", "3000"),
        ("1 man", "10000"),
        ("5 hajar", "5000"),
        ("५ हजार", "5000"),
        ("5 nghìn yên", "5000"),
        ("0", "0"),
        ("0円", "0"),
    ],
)
def test_an_amount_is_read_with_its_unit(typed, yen):
    assert value_of(typed, "yen") == yen


@pytest.mark.parametrize(
    "typed", ["", "お金がない", "1000000000000", "3000円か5000円", "-5000", "1.2.3万", "abc"]
)
def test_what_is_no_single_amount_is_not_read_as_one(typed):
    assert value_of(typed, "yen") == ""


@pytest.mark.parametrize(
    ("typed", "days"),
    [
        ("10", "10"),
        ("10日後", "10"),
        ("あと10日", "10"),
        ("10日後くらい", "10"),
        ("10 days", "10"),
        ("in 10 days", "10"),
        ("10 ngày", "10"),
        ("१० दिन", "10"),
        ("10 din", "10"),
        ("2週間", "14"),
        ("2週間後", "14"),
        ("2 weeks", "14"),
        ("2 tuần", "14"),
        ("2 tuan", "14"),
        ("1か月後", "30"),
        ("1ヶ月", "30"),
        ("1 month", "30"),
        ("1 tháng", "30"),
        ("12/5", "10"),
        ("12月5日", "10"),
        ("2026-12-05", "10"),
        ("11/25", "0"),
    ],
)
def test_days_are_read_with_their_unit(typed, days):
    assert value_of(typed, "days") == days


@pytest.mark.parametrize(
    "typed", ["2 xyz", "3年", "2か3日", "2026-11-24", "99999", "いつか", "3000円"]
)
def test_what_is_no_number_of_days_is_not_read_as_one(typed):
    assert value_of(typed, "days") == ""


@pytest.mark.parametrize(
    ("typed", "people"),
    [
        ("3", "3"),
        ("3人", "3"),
        ("３人です", "3"),
        ("3 people", "3"),
        ("3 người", "3"),
        ("३ जना", "3"),
    ],
)
def test_people_are_counted(typed, people):
    assert value_of(typed, "people") == people


@pytest.mark.parametrize("typed", ["大人2人と子ども1人", "100人", "みんな"])
def test_what_is_no_single_number_of_people_is_not_read_as_one(typed):
    assert value_of(typed, "people") == ""


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("12/5", "2026-12-05"),
        ("12月5日", "2026-12-05"),
        ("१२/५", "2026-12-05"),
        ("2026-12-05", "2026-12-05"),
        ("2026/12/5", "2026-12-05"),
        ("2026年12月5日", "2026-12-05"),
        ("11/25", "2026-11-25"),
        ("11/24", "2027-11-24"),
        ("2020-01-01", "2020-01-01"),
    ],
)
def test_dates_are_read_and_a_day_without_a_year_is_the_next_one(typed, day):
    assert value_of(typed, "date") == day


@pytest.mark.parametrize("typed", ["2/30", "13/1", "0/0", "2026-13-01", "12", "来週", "2/29"])
def test_impossible_dates_are_not_read(typed):
    assert value_of(typed, "date") == ""


def test_the_29th_of_february_is_read_in_a_leap_year():
    assert value_of("2/29", "date", date(2028, 1, 10)) == "2028-02-29"


@pytest.mark.parametrize(
    ("question", "value", "band"),
    [
        ("Q5", "999", "M0"),
        ("Q5", "1000", "M1"),
        ("Q5", "29999", "M3"),
        ("Q5", "100000", "M5"),
        ("Q6", "3", "NEXT_0_3"),
        ("Q6", "400", "NEXT_15_30"),
        ("Q7_DATE", "2026-12-02", "IN_7"),
        ("Q7_DATE", "2026-12-03", "IN_30"),
        ("Q12a_DATE", "2020-01-01", "PAST"),
        ("Q12a_DATE", "2026-11-25", "IN_7"),
        ("Q9_N", "6", "N6"),
        ("Q9_N", "1", ""),
    ],
)
def test_a_value_falls_into_its_band(question, value, band):
    node = ASKS[question]
    assert band_of(value, node.value, node.options, TODAY) == band


@pytest.mark.parametrize(
    "question", [name for name, node in ASKS.items() if node.value and node.value not in FREE]
)
def test_the_bands_of_a_question_neither_overlap_nor_leave_gaps(question):
    bounds = [(each.low, each.high) for each in ASKS[question].options if each.low or each.high]
    for (_, high), (low, _) in pairwise(bounds):
        assert high is not None
        assert low == high + 1
    assert bounds[-1][1] is None
