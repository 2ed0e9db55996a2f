"""The check of negations finds what a machine lost or added, and lets the rest through."""

import pytest

from bot.adapters.languages import BY_CODE, EASY
from tests.translation.measure_negation import lines, measure, measure_phrasebook

ROWS = measure()
PHRASES = measure_phrasebook()
ALL = [
    pytest.param(row, id=f"{row.lang} {kind}")
    for kind, rows in (("written", ROWS), ("phrasebook", PHRASES))
    for row in rows
]
CATCH = 0.8
FALSE_ALARMS = 0.1


def test_every_language_is_measured():
    through_another = {"ja", EASY, "zh-Hant"}  # zh-Hant goes through zh-Hans
    assert {row.lang for row in ROWS} == set(BY_CODE) - through_another
    assert all(row.planted >= 12 and row.kept >= 12 for row in ROWS), "\n".join(lines(ROWS))


@pytest.mark.parametrize("row", ALL)
def test_lost_and_added_negations_are_caught(row):
    assert row.catch_rate >= CATCH, lines([row])[0]


@pytest.mark.parametrize("row", ALL)
def test_kept_negations_raise_no_alarm(row):
    assert row.false_alarms <= FALSE_ALARMS, lines([row])[0]
