"""Fits the gate of a test model to sentences that people judged, and says how much it shows."""

import random
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from bot.core.model import Lang
from bot.core.translation.gate import CLOSED, Gate

Array = npt.NDArray[np.float64]

PRECISION = 0.85
"""At least so much of what is shown must be right or usable, in each kind of sentence."""
MARGIN = 0.02
"""By so much more all that is shown together must keep to it: what was judged is a sample."""
_KINDS = ("everyday", "consultation")
_FOLDS = 10
_PENALTY = 1.0
_STEPS = 100
_FEWEST = 12
"""A threshold that fewer shown sentences speak for is chance."""


@dataclass(frozen=True, slots=True)
class Example:
    """A judged sentence with its features (core gate); `passes`: without a doubt of the checks."""

    lang: Lang
    kind: str
    good: bool
    passes: bool
    features: tuple[float, float, float]


@dataclass(frozen=True, slots=True)
class Shown:
    """How much of `total` judged sentences a gate shows, and how much of that is good."""

    total: int
    shown: int
    good: int

    @property
    def precision(self) -> float:
        """Return the share of good ones among the shown, 1 where nothing is shown."""
        return self.good / self.shown if self.shown else 1.0

    @property
    def share(self) -> float:
        """Return the share of the sentences that is shown."""
        return self.shown / self.total if self.total else 0.0


def fitted(examples: Sequence[Example], precision: float = PRECISION) -> tuple[Gate, list[Shown]]:
    """Return a gate for which `precision` of what it shows is good, and what it shows.

    Everyday and consultation sentences must both keep to `precision`. It is measured on sentences
    that the fit did not see (cross-validation in parts), on those that pass the checks. Returns
    the figures for all sentences, the everyday ones and the consultation ones. Where fewer than
    12 pass, the gate is CLOSED.
    """
    passing = [each for each in examples if each.passes]
    gate, sure = CLOSED, np.zeros(len(passing))
    if len(passing) >= _FEWEST:
        sure = _unseen(passing)
        weights = _fit(_matrix(passing), _goods(passing))
        score, reverse, length, bias = (round(float(each), 4) for each in weights)
        gate = Gate(bias, score, reverse, length, _threshold(passing, sure, precision))
    kept = {id(each): float(value) for each, value in zip(passing, sure, strict=True)}
    return gate, [
        _shown([each for each in examples if kind in {"", each.kind}], kept, gate.at_least)
        for kind in ("", *_KINDS)
    ]


def _threshold(passing: Sequence[Example], sure: Array, precision: float) -> float:
    """Return the lowest probability from which on what is shown keeps to the precision."""
    for at_least in np.arange(0.5, 1.0, 0.01):
        kept = sure >= at_least
        goods = _goods(passing)
        kinds = [np.array([each.kind == kind for each in passing]) & kept for kind in _KINDS]
        each_kept = all(not mine.any() or goods[mine].mean() >= precision for mine in kinds)
        if kept.sum() >= _FEWEST and each_kept and goods[kept].mean() >= precision + MARGIN:
            return round(float(at_least), 2)
    return 1.0


def _shown(examples: Sequence[Example], sure: dict[int, float], at_least: float) -> Shown:
    shown = [each for each in examples if sure.get(id(each), 0.0) >= at_least]
    return Shown(len(examples), len(shown), sum(each.good for each in shown))


def _unseen(examples: Sequence[Example]) -> Array:
    """Return each sentence's probability by a fit that did not see it."""
    order = list(range(len(examples)))
    random.Random(20261125).shuffle(order)  # noqa: S311  # the same parts every time
    sure = np.zeros(len(examples))
    for part in range(_FOLDS):
        left_out = order[part::_FOLDS]
        others = [examples[at] for at in order if at not in set(left_out)]
        weights = _fit(_matrix(others), _goods(others))
        sure[left_out] = _sure(_matrix([examples[at] for at in left_out]), weights)
    return sure


def _fit(features: Array, goods: Array) -> Array:
    """Fit a logistic model by Newton's method, with a penalty on large weights."""
    mean, spread = features.mean(axis=0), features.std(axis=0) + 1e-9
    scaled = np.c_[(features - mean) / spread, np.ones(len(features))]
    weights = np.zeros(scaled.shape[1])
    for _ in range(_STEPS):
        sure = 1 / (1 + np.exp(-scaled @ weights))
        slope = scaled.T @ (sure - goods) + _PENALTY * np.r_[weights[:-1], 0.0]
        curve = (scaled * (sure * (1 - sure))[:, None]).T @ scaled
        weights -= np.linalg.solve(curve + _PENALTY * np.eye(len(weights)), slope)
    plain = weights[:-1] / spread
    result: Array = np.r_[plain, weights[-1] - plain @ mean]
    return result


def _sure(features: Array, weights: Array) -> Array:
    result: Array = 1 / (1 + np.exp(-(features @ weights[:-1] + weights[-1])))
    return result


def _matrix(examples: Sequence[Example]) -> Array:
    return np.array([each.features for each in examples], dtype=np.float64)


def _goods(examples: Sequence[Example]) -> Array:
    return np.array([each.good for each in examples], dtype=np.float64)
