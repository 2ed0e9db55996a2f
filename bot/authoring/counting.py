"""How many ways lead through a merged dialog, exactly, and how long the longest are."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from bot.authoring.choosing import Move
from bot.authoring.merging import Merger
from bot.core.dialog import Ask, Chat, Dialog
from bot.core.model import Pick
from bot.core.state import State

Polynomial = dict[tuple[str, ...], int]
"""Multiples of products, whose factors stand for the number of answers a question was given.

How many can be chosen from a list of answers depends on how many were given, but nothing else
does. So states are merged whatever that number is, and it is put in where it is known.
"""

_NOTHING: Polynomial = {}
_ONE: Polynomial = {(): 1}


class Edge(NamedTuple):
    """A move from one merged state to another; `counted` where it belongs to the ways.

    `ends`: the conversation is over with it, though a new one may begin.
    """

    target: int
    move: Move
    counted: bool
    ends: bool = False


@dataclass(slots=True)
class Place:
    """A merged state, one of the states it stands for, and the shortest way to it."""

    state: State
    comforted: bool
    before: int
    step: str
    edges: list[Edge] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Tally:
    """Ways to the end and the most questions on one; `round_at` is a place that is met again."""

    paths: Polynomial
    longest: int = 0
    numbered: int = 0
    round_at: int = -1


_THE_END = Tally(_ONE)


def tally(dialog: Dialog, merger: Merger, places: Sequence[Place]) -> Tally:
    """Count the ways from the first place to the free chat through answers alone."""
    done: dict[int, Tally] = {}
    entered: set[int] = set()
    stack = [0]
    while stack:
        here = stack[-1]
        edges = [each for each in places[here].edges if _is_counted(each)]
        if here not in entered:
            entered.add(here)
            after = [each.target for each in edges if not each.ends and each.target not in done]
            for target in after:
                if target in entered:
                    return Tally(_NOTHING, round_at=target)
            stack.extend(after)
            continue
        stack.pop()
        if here not in done:
            done[here] = _summed(dialog, merger, places[here].state, edges, done)
    return done[0]


def _is_counted(edge: Edge) -> bool:
    return edge.counted and edge.move.kind == "answer"


def _summed(
    dialog: Dialog, merger: Merger, state: State, edges: list[Edge], done: dict[int, Tally]
) -> Tally:
    node = dialog.nodes[state.node]
    if isinstance(node, Chat):
        return _THE_END
    total: Polynomial = {}
    deepest = numbered = 0
    weights = _Weights(dialog, merger, state)
    for edge in edges:
        after = _THE_END if edge.ends else done[edge.target]
        deepest = max(deepest, after.longest)
        numbered = max(numbered, after.numbered)
        for product, count in weights.of(edge.move, after.paths).items():
            total[product] = total.get(product, 0) + count
    asked = isinstance(node, Ask)
    return Tally(total, deepest + asked, numbered + (isinstance(node, Ask) and node.number > 0))


class _Weights:
    """How many answers of one place the moves stand for."""

    def __init__(self, dialog: Dialog, merger: Merger, state: State) -> None:
        node = dialog.nodes[state.node]
        self._question = state.node
        self._is_listed = merger.is_listed(state.node)
        self._source = node.of if isinstance(node, Ask) else ""
        chosen = state.answers[self._source].codes if self._source else ()
        apart = [code for code in chosen if merger.listed_apart(self._source, code)]
        self._alone = {*apart}
        self._skip = node.skip_code if isinstance(node, Ask) else ""
        self._rest_is_told = False

    def of(self, move: Move, after: Polynomial) -> Polynomial:
        """Return the ways through a move, given those from where it leads."""
        (step,) = move.steps
        assert isinstance(step, Pick)
        code = step.codes[0]
        if self._source:
            return self._from_list(code, after)
        if not self._is_listed:
            return {product: count * move.weight for product, count in after.items()}
        total: Polynomial = {}
        for size, count in move.sizes.items():
            for product, ways in after.items():
                left = tuple(each for each in product if each != self._question)
                times = count * size ** (len(product) - len(left))
                total[left] = total.get(left, 0) + ways * times
        return total

    def _from_list(self, code: str, after: Polynomial) -> Polynomial:
        if code == self._skip or code in self._alone:
            return after
        if self._rest_is_told:
            return _NOTHING
        # The first of those no condition tells apart speaks for all of them.
        self._rest_is_told = True
        total: Polynomial = {}
        for product, count in after.items():
            more = tuple(sorted((*product, self._source)))
            total[more] = total.get(more, 0) + count
            total[product] = total.get(product, 0) - count * len(self._alone)
        return total
