"""What a resident can do at a place of a dialog: one move for each way it can make a difference."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from bot.authoring.formulas import atoms_of, watched_detectors
from bot.authoring.merging import Merger
from bot.core.dialog import Ask, Chat, Dialog, Fix, Language, Option, Say
from bot.core.engine import Doing, Overheard, Typed
from bot.core.model import Lang, Pick
from bot.core.state import State
from bot.core.way import options_of_node

_Sets = tuple[tuple[str, ...], Mapping[int, int]]
"""The codes of the smallest of some sets, and how many there are of each size."""

DONE = "DONE"
WRITTEN = {"text": "…", "phone": "03-1234-5678", "yen": "1", "days": "1", "people": "1"}
"""What is typed where a question takes a value of this kind, beside its bands."""


@dataclass(frozen=True, slots=True)
class Move:
    """What is done at a place: one or more steps, under the name it has in a path.

    `kind`: `answer` (counted, and the way ends through these), `same` (an answer given in another
    manner), `mend` (an answer taken back to give another), `control`. `sizes` says how many
    different answers the move stands for, by the number of their codes.
    """

    name: str
    steps: tuple[Doing, ...]
    kind: str = "answer"
    sizes: Mapping[int, int] = field(default_factory=lambda: {1: 1})

    @property
    def weight(self) -> int:
        """How many different answers the move stands for."""
        return sum(self.sizes.values())


class Chooser:
    """Lists the moves at the places of one dialog."""

    def __init__(
        self,
        dialog: Dialog,
        merger: Merger,
        languages: tuple[tuple[Lang, ...], ...],
        today: date,
    ) -> None:
        """`languages` are the classes of languages that behave alike."""
        self._dialog = dialog
        self._langs = languages
        self._detectors = watched_detectors(dialog)
        self._merger = merger
        self._today = today
        self._sets: dict[tuple[str, tuple[str, ...]], tuple[_Sets, ...]] = {}
        self._offered: set[tuple[str, Lang, tuple[str, ...]]] = set()
        self._met: set[tuple[str, Lang, bool]] = set()
        self._said_at_once = {
            atom.question
            for each in dialog.interrupts
            for atom in atoms_of(each.when)
            if isinstance(first := dialog.nodes[each.goto], Say) and first.crisis
        }

    def moves(self, state: State, *, sets: bool = True) -> list[Move]:
        """Return the moves that lead on from a state which stands somewhere, the chat excepted.

        Every choice and every band of typed values the first time that these choices are on offer
        in a language; later one for all that no condition and no way on tells apart. With `sets`
        several choices at once too, where that is possible.
        """
        node = self._dialog.nodes[state.node]
        match node:
            case Ask():
                return self._answers(node, state, sets=sets)
            case Language():
                return [self._pick(state, (each[0],), sizes=len(each)) for each in self._langs]
            case _:
                return []

    def mends(self, state: State) -> list[Move]:
        """Return the answers that may be taken back to give others, where they are listed."""
        if not isinstance(self._dialog.nodes[state.node], Fix):
            return []
        given = options_of_node(self._dialog, state)
        return [self._pick(state, (each.code,), kind="mend") for each in given]

    def controls(self, state: State) -> list[Move]:
        """Return what can be done anywhere besides answering, cries for help included."""
        human, stop, lang, back, why = (
            Pick(state.session, state.node, (code,))
            for code in ("HUMAN", "STOP", "LANG", "BACK", "WHY")
        )
        go_on = Pick(state.session, self._dialog.chat, ("CONTINUE",))
        moves = [Move("BACK", (back,), "control")]
        met = (state.node, state.lang, state.alerted)
        if met not in self._met:
            # These read nothing of the past: once at each question says it all.
            self._met.add(met)
            moves += [
                Move("HUMAN", (human,), "control"),
                Move("HUMAN, CONTINUE", (human, go_on), "control"),
                Move("STOP", (stop, why), "control"),
                Move("WHY", (why,), "control"),
            ]
        if isinstance(self._dialog.nodes[state.node], Chat):
            again = Pick(state.session, state.node, ("RESTART",))
            moves.append(Move("RESTART", (again,), "control"))
        if state.lang:
            moves.extend(
                Move(
                    f"LANG={each[0]}",
                    (lang, Pick(state.session, self._dialog.start, (each[0],))),
                    "control",
                )
                for each in self._langs
                if state.lang not in each
            )
        moves.extend(
            Move(f"「{name}」", (Overheard((name,)),), "control") for name in self._detectors
        )
        return moves

    def _pick(
        self, state: State, codes: tuple[str, ...], *, kind: str = "answer", sizes: int = 1
    ) -> Move:
        told = ",".join(code for code in codes if code != DONE)
        step = Pick(state.session, state.node, codes)
        return Move(f"{state.node}={told}", (step,), kind, {1: sizes})

    def _answers(self, node: Ask, state: State, *, sets: bool) -> list[Move]:
        offered = options_of_node(self._dialog, state)
        met = (node.id, state.lang, tuple(each.code for each in offered))
        is_new = met not in self._offered
        self._offered.add(met)
        moves = [
            self._pick(state, (code, DONE) if node.many and not only else (code,), sizes=count)
            for code, only, count in self._singles(node, offered, every=is_new or bool(node.of))
        ]
        if node.many and sets:
            for codes, sizes in self.sets(node, offered):
                whole = self._pick(state, (*codes, DONE))
                moves.append(Move(whole.name, whole.steps, sizes=sizes))
            if node.id in self._said_at_once:
                moves.extend(_one_by_one(move) for move in tuple(moves))
        if node.skip_code:
            moves.append(self._pick(state, (node.skip_code,)))
        if node.value:
            typed = self._typed(node, offered)
            moves.extend(
                Move(f"{node.id}=「{each}」", (Typed(each),), "same")
                for each in (typed if is_new else typed[-1:])
            )
        return moves

    def _singles(
        self, node: Ask, offered: tuple[Option, ...], *, every: bool
    ) -> list[tuple[str, bool, int]]:
        """Return single choices, whether each stands alone, and how many it stands for."""
        if every:
            return [(each.code, each.only, 1) for each in offered]
        alike: dict[tuple[int, bool, str], tuple[str, bool, int]] = {}
        for each in offered:
            sort = (self._merger.sign(node.id, (each.code,)), each.only, each.goto)
            code, only, count = alike.get(sort, (each.code, each.only, 0))
            alike[sort] = (code, only, count + 1)
        return list(alike.values())

    def sets(self, node: Ask, offered: tuple[Option, ...]) -> tuple[_Sets, ...]:
        """Return sets of two and more choices, one for each combination of true conditions.

        With each comes how many sets of each size it stands for. Found by adding one choice after
        another to what is there, so that sixteen choices cost no more than their combinations.
        """
        free = tuple(each.code for each in offered if not each.only)
        known = self._sets.get((node.id, free))
        if known is not None:
            return known
        found: dict[tuple[int, int], _Sets] = {(0, 0): ((), {0: 1})}
        for code in free:
            sign = self._merger.sign(node.id, (code,))
            grown = dict(found)
            for (bits, many), (codes, sizes) in found.items():
                place = (bits | sign, min(many + 1, 2))
                with_code = (*codes, code), {size + 1: count for size, count in sizes.items()}
                grown[place] = _joined(grown.get(place), with_code)
            found = grown
        several = tuple(sets for (_, many), sets in found.items() if many > 1)
        self._sets[node.id, free] = several
        return several

    def _typed(self, node: Ask, offered: tuple[Option, ...]) -> list[str]:
        bounds = sorted(
            bound for each in offered for bound in (each.low, each.high) if bound is not None
        )
        if not bounds or node.value not in {"yen", "days", "people", "date"}:
            return [WRITTEN.get(node.value, "…")]
        beyond = [each for each in (max(bounds[0] - 1, 0), bounds[-1] + 1) if each not in bounds]
        tried = [*bounds, *beyond]
        if node.value != "date":
            return [str(each) for each in tried]
        return [(self._today + timedelta(days=each)).isoformat() for each in tried]


def _joined(known: _Sets | None, more: _Sets) -> _Sets:
    if known is None:
        return more
    sizes = dict(known[1])
    for size, count in more[1].items():
        sizes[size] = sizes.get(size, 0) + count
    return min(known[0], more[0], key=len), sizes


def _one_by_one(move: Move) -> Move:
    """Return the same answer tapped choice by choice, as LINE sends it."""
    (step,) = move.steps
    assert isinstance(step, Pick)
    taps = tuple(replace(step, codes=(code,)) for code in step.codes)
    return Move(f"{move.name} (one by one)", taps, "same")
