"""When two states of a dialog cannot behave differently: the key under which they are merged.

What follows from a state by answers depends on the place, on the questions ahead that are
answered already (they are passed over), on the conditions ahead, on the interrupts that may still
fire and on a few marks. So the key is made of just these:

- A condition is kept as what remains of it: an answer that is given counts as true or false, a
  question that is not given and may be asked ahead stays open, any other is false.
- Of a question that is answered, or that is put right now, the condition is not kept: it is not
  looked at again, even where a branch leads back to the question, which is passed over by then.
  Kept only from the answer on, it would part two states that had one key in front of it, for a
  reason that makes no difference.
- "Ahead" is the least set of nodes that the place can lead to when open conditions may turn out
  either way; an interrupt adds its branch unless it has fired or what remains of it is false.
  Whatever happens next, the first node outside that set would have to follow from one inside by a
  condition that is neither open nor true, which cannot be. So nothing outside it matters.
- Inside a branch only an interrupt before the last one that fired may take over, as long as no
  question of the main path lies ahead; the others do not matter there.
- The urgency is not computed from the answers: the explorer lets every answer be calm or urgent.
  The proof then holds for every rule table and its parameters, and the answers themselves need
  not be kept for their sake. What urgency changes is that a counselor was told.
- Languages enter through the conditions on languages alone.

By induction over the answers two states with the same key are asked the same questions in the
same order with the same choices, whatever is answered. Taking an answer back and cries for help
read more of the past (the whole way, why each question was put, what was heard before): they are
tried from one state of each key.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from heapq import heappop, heappush

from bot.authoring.formulas import Atoms, Formula, Shape, conditions_of
from bot.core.dialog import Ask, Decide, Dialog, Forget, HandOver, Node, targets
from bot.core.model import Level
from bot.core.state import State

Key = tuple[object, ...]


@dataclass(slots=True)
class _Spot:
    """A node with its conditions compiled; nodes are known by their places in the flow."""

    name: str
    targets: tuple[int, ...]
    next: int
    is_ask: bool
    is_main_ask: bool
    own_atoms: int
    when: Formula | None
    cases: tuple[tuple[Formula, int], ...] | None
    offers: tuple[Formula, ...]
    waiting_on: tuple[int, ...] = ()


@dataclass(slots=True)
class _Way:
    """What lies ahead of a state, while it is being found out."""

    bits: int
    still_open: int
    reached: set[int] = field(default_factory=set)
    to_do: list[int] = field(default_factory=list)
    live: dict[int, Shape] = field(default_factory=dict)

    def reach(self, spot: int) -> None:
        if spot not in self.reached:
            self.reached.add(spot)
            heappush(self.to_do, spot)


class Merger:
    """Gives the states of one dialog their keys."""

    def __init__(self, dialog: Dialog) -> None:
        self._dialog = dialog
        self._places = {name: place for place, name in enumerate(dialog.nodes)}
        self._listed: dict[str, list[str]] = {}
        for node in dialog.nodes.values():
            if isinstance(node, Ask) and node.of:
                self._listed.setdefault(node.of, []).append(node.id)
        self._codes = {
            source: {each.code for each in asked.options}
            for source in self._listed
            if isinstance(asked := dialog.nodes[source], Ask)
        }
        self.atoms = Atoms()
        branches = [Formula(self.atoms, each.when) for each in dialog.interrupts]
        self._interrupts = [
            (each.id, formula, self._places[each.goto])
            for each, formula in zip(dialog.interrupts, branches, strict=True)
        ]
        self._order = {each.id: place for place, each in enumerate(dialog.interrupts)}
        for node in dialog.nodes.values():
            for each in conditions_of(node):
                Formula(self.atoms, each)
        self._tell_listed_apart()
        self._spots = [self._spot(node) for node in dialog.nodes.values()]
        for spot in self._spots:
            spot.waiting_on = tuple(
                place for place, each in enumerate(self._spots) if _mask_of(each) & spot.own_atoms
            )
        self._crises = self._all(HandOver)
        self._ends_anew = self._all(Forget)
        self._keys: dict[Key, Key] = {}

    def _all(self, kind: type[HandOver | Forget]) -> set[int]:
        return {
            self._places[name]
            for name, node in self._dialog.nodes.items()
            if isinstance(node, kind) and getattr(node, "reason", "crisis") == "crisis"
        }

    def _tell_listed_apart(self) -> None:
        """Know the answers of a listed question by what conditions make of the list's choice."""
        self._apart = dict.fromkeys(self._listed, 0)
        for source, listings in self._listed.items():
            apart = {code for each in listings for code in self.atoms.codes_of(each)}
            if apart:
                others = frozenset(self._codes[source] - apart)
                for codes in (*(frozenset({code}) for code in sorted(apart)), others):
                    self._apart[source] |= 1 << self.atoms.number("answered", source, codes)

    def _spot(self, node: Node) -> _Spot:
        is_ask = isinstance(node, Ask)
        whens = [node.when] if isinstance(node, Ask) else []
        cases = None
        if isinstance(node, Decide):
            cases = tuple(
                (Formula(self.atoms, when), self._places[goto]) for when, goto in node.cases
            )
        elif not is_ask:
            whens = []
        others = [] if cases is not None else [e for e in conditions_of(node) if e not in whens]
        return _Spot(
            name=node.id,
            # Whoever begins anew takes nothing along that is not in the key.
            targets=()
            if isinstance(node, Forget)
            else tuple(self._places[each] for each in targets(node)),
            next=self._places[getattr(node, "next", node.id)],
            is_ask=is_ask,
            is_main_ask=is_ask and node.id in self._dialog.main_path,
            own_atoms=self.atoms.mask_of(node.id) if is_ask else 0,
            when=Formula(self.atoms, whens[0]) if whens else None,
            cases=cases,
            offers=tuple(Formula(self.atoms, each) for each in others),
        )

    # --- what a code means to the conditions -------------------------------------------------

    def sign(self, question: str, codes: Iterable[str]) -> int:
        """Return which conditions on `question` an answer of these codes makes true, as bits."""
        return self.atoms.made_true(question, tuple(codes))

    def is_listed(self, question: str) -> bool:
        """Tell whether another question lists the answers of this one."""
        return question in self._listed

    def listed_apart(self, source: str, code: str) -> bool:
        """Tell whether a condition on what was chosen from a list tells this answer from others."""
        return any(code in self.atoms.codes_of(each) for each in self._listed.get(source, ()))

    # --- keys --------------------------------------------------------------------------------

    def key(self, state: State, *, comforted: bool) -> Key:
        """Return the key of a state; `comforted` tells that safety words were said before."""
        if state.node == self._dialog.chat:
            # Nothing is asked any more; what may be written is tried from here.
            return (state.node, state.alerted, bool(state.back_to), frozenset(state.detected))
        answered = 0
        bits = self.atoms.of_circumstances(state)
        for question, answer in state.answers.items():
            if question != state.node and question in self._places:
                answered |= 1 << self._places[question]
                bits |= self.atoms.made_true(question, answer.codes)
        sizes = tuple(
            min(sum(code in codes for code in state.answers[source].codes), 2)
            if source in state.answers
            else 0
            for source, codes in self._codes.items()
        )
        urgent = state.level >= Level.U3 and not state.alerted
        marks = (state.alerted, urgent, comforted, state.lang_back)
        resume = self._places.get(state.resume, -1)
        here = self._places[state.node]
        seen = (here, answered, bits, state.fired, state.warned, sizes, marks, resume)
        key = self._keys.get(seen)
        if key is None:
            way = self._ahead(here, answered, bits, state.fired, resume)
            key = self._keys[seen] = self._made(state, way, answered, sizes, marks)
        return key

    def _made(
        self,
        state: State,
        way: _Way,
        answered: int,
        sizes: tuple[int, ...],
        marks: tuple[bool, bool, bool, str],
    ) -> Key:
        here = self._places[state.node]
        ahead = sorted(way.reached)
        remains = []
        passed = 0
        for place in ahead:
            spot = self._spots[place]
            if spot.is_ask and place != here:
                passed |= answered & 1 << place
            if spot.when is not None and place != here and not answered >> place & 1:
                remains.append(spot.when.remains(way.bits, way.still_open))
            for when, _ in spot.cases or ():
                remains.append(when.remains(way.bits, way.still_open))
            remains.extend(each.remains(way.bits, way.still_open) for each in spot.offers)
        told = frozenset(state.warned) & {
            self._spots[self._interrupts[e][2]].name for e in way.live
        }
        lists = tuple(
            (size, way.bits & self._apart[source])
            for size, (source, listings) in zip(sizes, self._listed.items(), strict=True)
            if any(
                self._places[each] in way.reached and not answered >> self._places[each] & 1
                for each in listings
            )
        )
        alerted, urgent, comforted, lang_back = marks
        off_main = state.node not in self._dialog.main_path
        last = state.fired[-1] if state.fired and off_main and way.live else ""
        anew = not way.reached.isdisjoint(self._ends_anew)
        return (
            *(here, passed, tuple(ahead), tuple(remains), tuple(way.live.items())),
            *(told, lists, last, state.resume, lang_back, urgent),
            (alerted, self.atoms.of_circumstances(state)) if anew else (),
            comforted and not way.reached.isdisjoint(self._crises),
        )

    def _ahead(
        self, here: int, answered: int, bits: int, fired: tuple[str, ...], resume: int
    ) -> _Way:
        way = _Way(bits, self.atoms.may_come)
        way.reach(here)
        if resume >= 0:
            way.reach(resume)
        off_main = self._spots[here].name not in self._dialog.main_path
        last = self._order.get(fired[-1], len(self._order)) if fired else len(self._order)
        while True:
            while way.to_do:
                self._pass(way, heappop(way.to_do), here, answered)
            narrow = off_main and not any(self._spots[each].is_main_ask for each in way.reached)
            may_fire = self._interrupts[:last] if narrow else self._interrupts
            for place, (name, formula, goto) in enumerate(may_fire):
                if name not in fired:
                    remains = formula.remains(bits, way.still_open)
                    if remains is not False:
                        way.live[place] = remains
                        way.reach(goto)
            if not way.to_do:
                return way

    def _pass(self, way: _Way, place: int, here: int, answered: int) -> None:
        spot = self._spots[place]
        if spot.cases is not None:
            for when, goto in spot.cases:
                remains = when.remains(way.bits, way.still_open)
                if remains is not False:
                    way.reach(goto)
                if remains is True:
                    return
            way.reach(spot.next)
            return
        if spot.is_ask and place != here and (answered >> place & 1 or self._is_off(way, spot)):
            way.reach(spot.next)
            return
        for each in spot.targets:
            way.reach(each)
        if spot.own_atoms & ~way.still_open:
            way.still_open |= spot.own_atoms
            for each in spot.waiting_on:
                if each in way.reached:
                    heappush(way.to_do, each)

    def _is_off(self, way: _Way, spot: _Spot) -> bool:
        return spot.when is not None and spot.when.remains(way.bits, way.still_open) is False


def _mask_of(spot: _Spot) -> int:
    mask = 0 if spot.when is None else spot.when.mask
    for when, _ in spot.cases or ():
        mask |= when.mask
    return mask
