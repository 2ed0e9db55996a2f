"""States: a changed copy is what `dataclasses.replace` makes of it."""

from dataclasses import fields, replace
from typing import Any

import pytest

from bot.core.answers import Answer
from bot.core.state import State, changed

FULL = State(
    "screening",
    "1",
    "run",
    "Q4",
    lang="en",
    answers={"Q2": Answer(("WHO_SELF",))},
    trail=("Q2",),
    picked=("C03",),
    furigana=False,
    level=2,
)


@pytest.mark.parametrize("name", [each.name for each in fields(State)])
def test_a_changed_state_is_as_if_replaced_and_the_old_one_stays(name):
    before = replace(FULL)
    other: dict[str, Any] = {name: "other"}
    after = changed(FULL, **other)
    assert type(after) is State
    assert after == replace(FULL, **other)
    assert before == FULL
    assert after != FULL


def test_a_changed_state_is_still_frozen_and_can_be_stored():
    after = changed(FULL, node="Q6", stopped=True)
    with pytest.raises(AttributeError):
        after.node = "Q7"  # type: ignore[misc]
    assert State.from_json(after.to_json()) == after
