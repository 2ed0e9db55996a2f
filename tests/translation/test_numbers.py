"""The check of numbers finds planted errors and leaves right translations alone."""

import pytest

from tests.translation.measure_numbers import Row, lines, measure
from tests.translation.number_material import AMOUNTS


@pytest.fixture(scope="module")
def rows():
    return measure()


def told(rows: list[Row]) -> str:
    return "\n" + "\n".join(lines(rows))


def test_every_language_is_measured(rows):
    assert {row.lang for row in rows} == set(AMOUNTS) - {"ja"}
    assert all(row.planted.total() > 1_000 for row in rows), told(rows)


def test_ninety_five_of_a_hundred_planted_errors_are_found(rows):
    planted = sum(row.planted.total() for row in rows)
    assert sum(row.caught.total() for row in rows) >= 0.95 * planted, told(rows)


def test_no_language_is_much_worse_than_the_others(rows):
    assert min(row.catch_rate for row in rows) >= 0.9, told(rows)


@pytest.mark.parametrize("kind", ["digit", "drop", "tenfold", "half of day", "month"])
def test_each_kind_of_error_is_found_but_the_swap_of_two_like_amounts(rows, kind):
    planted = sum(row.planted[kind] for row in rows)
    assert planted > 100
    assert sum(row.caught[kind] for row in rows) >= 0.95 * planted, told(rows)


def test_right_translations_with_figures_raise_an_alarm_in_less_than_five_of_a_hundred(rows):
    for row in rows:
        assert row.false_alarm_rate <= 0.05, (row.lang, row.cried[:10])
