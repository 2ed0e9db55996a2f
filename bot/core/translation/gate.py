"""Whether an engine is sure enough of a sentence for it to be shown."""

import math
from collections.abc import Mapping
from dataclasses import dataclass

from bot.core.model import Lang
from bot.core.translation.checking import LENGTHS, short

UNKNOWN = -6.0
"""Stands for a log-probability that the engine does not tell: as bad as a bad one."""

_LARGEST = 1e6


@dataclass(frozen=True, slots=True)
class Gate:
    """A logistic model of "right or usable", fitted to sentences that people judged.

    Its features are the engine's own score of the translation, the score of reading the source
    back from it (which finds invented and lost words), and the length of the source, each with its
    weight. `at_least` is the probability below which a sentence is not shown.
    """

    bias: float
    score: float
    reverse: float
    length: float
    at_least: float

    def confidence(self, features: tuple[float, float, float]) -> float:
        """Return the probability (0 to 1) that a translation with these features can be used."""
        score, reverse, length = features
        total = self.bias + self.score * score + self.reverse * reverse + self.length * length
        return 1 / (1 + math.exp(-total)) if total > -700 else 0.0  # noqa: PLR2004


def features(
    source: str, lang: Lang, score: float | None, reverse: float | None
) -> tuple[float, float, float]:
    """Return what a gate looks at; the length is the logarithm of Japanese letters' worth."""
    letters = max(1.0, len(source) / LENGTHS[short(lang)])
    return (
        UNKNOWN if score is None else score,
        UNKNOWN if reverse is None else reverse,
        math.log(letters),
    )


CLOSED = Gate(bias=0.0, score=0.0, reverse=0.0, length=0.0, at_least=1.0)
"""Shows nothing: the gate of a direction whose sentences nobody has judged."""


def gate_from(values: Mapping[str, object], target: Lang) -> Gate:
    """Read the gate of translations into `target` from a package's gate.json.

    `targets` names the languages whose sentences were judged; the gate of others is CLOSED. Raises
    ValueError naming what is wrong.
    """
    targets = values.get("targets")
    if not isinstance(targets, list) or not all(isinstance(each, str) for each in targets):
        raise ValueError("gate.json: targets must be a list of languages")
    numbers: dict[str, float] = {}
    for name in ("bias", "score", "reverse", "length", "at_least"):
        value = values.get(name)
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise ValueError(f"gate.json: {name} must be a number")  # noqa: TRY004
        # JSON as Python reads it has NaN and Infinity, with which every sentence might pass.
        if not -_LARGEST < value < _LARGEST:
            raise ValueError(f"gate.json: {name} must be a number that can be reckoned with")
        numbers[name] = float(value)
    if not 0 < numbers["at_least"] <= 1:
        raise ValueError("gate.json: at_least must lie between 0 and 1")
    return Gate(**numbers) if target in targets else CLOSED
