"""The pretend LINE joined to a small bot."""

from collections.abc import Iterator

import pytest

from tests.channels.sim.stand_in_bot import Bot, running_bot


@pytest.fixture
def bot() -> Iterator[Bot]:
    """A bot that answers what the test puts in `bot.answers`."""
    with running_bot() as running:
        yield running
