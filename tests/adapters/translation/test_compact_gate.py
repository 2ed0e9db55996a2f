"""What the bundled model would show of the sentences that people judged is mostly right."""

import json

import pytest

from bot.adapters.translation.argos import ArgosEngine
from bot.adapters.translation.writing import Writing
from bot.authoring.evaluation import sets
from bot.authoring.evaluation.gates import PRECISION
from bot.cli_evaluation import SETS, _examples
from bot.core.translation.gate import gate_from
from handlers.translation import load_knowledge
from tests.support.packs import MODELS, PACK
from tests.support.spelling import TABLES

SHOWN_AT_LEAST = 0.1


@pytest.fixture(scope="module")
def examples(tmp_path_factory):
    """The judged single sentences that the model still translates as it did, with its features."""
    engine = ArgosEngine([MODELS], tmp_path_factory.mktemp("var"))
    judged = sets.judged(SETS)
    found = _examples(engine, load_knowledge(), Writing(TABLES), judged)
    assert len(found) >= 0.8 * len(judged), "the verdicts belong to another model"
    return found


def test_most_of_what_the_bundled_model_shows_is_right_or_usable_and_it_shows_something(examples):
    gate = gate_from(json.loads((PACK / "gate.json").read_bytes()), "ja")
    for kinds in ({"everyday", "consultation"}, {"everyday"}, {"consultation"}):
        mine = [each for each in examples if each.kind in kinds]
        shown = [
            each for each in mine if each.passes and gate.confidence(each.features) >= gate.at_least
        ]
        good = sum(each.good for each in shown)
        print(  # noqa: T201 - the figures of the promise
            f"{' + '.join(sorted(kinds))}: {len(shown)} of {len(mine)} shown"
            f" ({len(shown) / len(mine):.1%}), {good} right or usable ({good / len(shown):.1%})"
        )
        assert good >= PRECISION * len(shown)
        if len(kinds) == 2:
            assert len(shown) >= SHOWN_AT_LEAST * len(mine)


def test_without_checks_and_gate_most_of_it_would_be_wrong(examples):
    assert sum(each.good for each in examples) < 0.5 * len(examples)
