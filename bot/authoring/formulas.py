"""The conditions of a dialog over numbered atoms, and what remains of them when some are known."""

from collections.abc import Iterable, Iterator
from dataclasses import fields, is_dataclass

from bot.core.condition import Condition
from bot.core.dialog import Dialog
from bot.core.state import State

Shape = bool | int | tuple[str, frozenset["Shape"]]
"""A condition, or what remains of one: True, False, an atom, or an operator over some."""

FIRST_ATOM = 2
"""Above what True and False are equal to, so that sets keep them apart."""

WORDS_ONLY = frozenset({"variants"})
"""Fields of nodes whose conditions choose words and never a way."""


class Atoms:
    """The smallest parts of all conditions of a dialog, each with a number."""

    def __init__(self) -> None:
        self._numbers: dict[tuple[str, str, frozenset[str]], int] = {}
        self._on: dict[str, list[tuple[int, frozenset[str]]]] = {}
        self._made_true: dict[tuple[str, tuple[str, ...]], int] = {}
        self.may_come = 0
        """The atoms that may become true at any time: that a counselor was told."""

    def number(self, op: str, question: str, values: frozenset[str]) -> int:
        """Return the number of an atom, a new one where it was not met before."""
        known = self._numbers.get((op, question, values))
        if known is not None:
            return known
        number = self._numbers[op, question, values] = len(self._numbers) + FIRST_ATOM
        if op == "answered":
            self._on.setdefault(question, []).append((number, values))
            self._made_true.clear()
        elif op == "alerted":
            self.may_come |= 1 << number
        return number

    def mask_of(self, question: str) -> int:
        """Return the atoms on the answers of a question, as bits."""
        return sum(1 << number for number, _ in self._on.get(question, ()))

    def codes_of(self, question: str) -> set[str]:
        """Return the answers of a question that any atom asks for."""
        return {code for _, values in self._on.get(question, ()) for code in values}

    def made_true(self, question: str, codes: tuple[str, ...]) -> int:
        """Return the atoms that an answer makes true, as bits."""
        bits = self._made_true.get((question, codes))
        if bits is None:
            bits = sum(
                1 << number
                for number, values in self._on.get(question, ())
                if not values.isdisjoint(codes)
            )
            self._made_true[question, codes] = bits
        return bits

    def of_circumstances(self, state: State) -> int:
        """Return the atoms that are true without any answer, as bits."""
        bits = 0
        for (op, _, values), number in self._numbers.items():
            if (
                (op == "lang" and state.lang in values)
                or (op == "alerted" and state.alerted)
                or (op == "detected" and not values.isdisjoint(state.detected))
            ):
                bits |= 1 << number
        return bits


class Formula:
    """A condition over numbered atoms."""

    def __init__(self, atoms: Atoms, condition: Condition) -> None:
        self.mask = 0
        self._shape = self._made(atoms, condition)
        self._known: dict[tuple[int, int], Shape] = {}

    def _made(self, atoms: Atoms, condition: Condition) -> Shape:
        if condition.op in {"all", "any", "not"}:
            return (condition.op, frozenset(self._made(atoms, each) for each in condition.parts))
        number = atoms.number(condition.op, condition.question, condition.values)
        self.mask |= 1 << number
        return number

    def remains(self, bits: int, still_open: int) -> Shape:
        """Return True, False or the open part; `bits` are the true atoms."""
        asked = (bits & self.mask, still_open & self.mask)
        found = self._known.get(asked)
        if found is None:
            found = self._known[asked] = _remains(self._shape, bits, still_open)
        return found


def _remains(shape: Shape, bits: int, still_open: int) -> Shape:
    if isinstance(shape, bool):
        return shape
    if isinstance(shape, int):
        if bits >> shape & 1:
            return True
        return shape if still_open >> shape & 1 else False
    op, parts = shape
    left = {_remains(part, bits, still_open) for part in parts}
    if op == "not":
        (only,) = left
        return (not only) if isinstance(only, bool) else ("not", frozenset(left))
    decisive = op == "any"
    if any(part is decisive for part in left):
        return decisive
    rest = frozenset(part for part in left if not isinstance(part, bool))
    if len(rest) == 1:
        return next(iter(rest))
    return (op, rest) if rest else not decisive


def conditions_of(thing: object) -> Iterator[Condition]:
    """Yield the conditions of a node that decide about a way, of whatever kind the node is."""
    if isinstance(thing, Condition):
        yield thing
    elif isinstance(thing, tuple):
        for each in thing:
            yield from conditions_of(each)
    elif is_dataclass(thing):
        for one in fields(thing):
            if one.name not in WORDS_ONLY:
                yield from conditions_of(getattr(thing, one.name))


def atoms_of(condition: Condition) -> Iterator[Condition]:
    """Yield a condition and all its parts, however deep."""
    yield condition
    for part in condition.parts:
        yield from atoms_of(part)


def _all_atoms(dialog: Dialog) -> Iterator[Condition]:
    for thing in (*dialog.nodes.values(), *dialog.interrupts):
        for condition in conditions_of(thing):
            yield from atoms_of(condition)


def classes_of_languages(dialog: Dialog, languages: Iterable[str]) -> tuple[tuple[str, ...], ...]:
    """Group the languages that no condition on a way tells apart."""
    wanted = [atom.values for atom in _all_atoms(dialog) if atom.op == "lang"]
    groups: dict[tuple[bool, ...], list[str]] = {}
    for lang in languages:
        groups.setdefault(tuple(lang in values for values in wanted), []).append(lang)
    return tuple(tuple(each) for each in groups.values())


def watched_detectors(dialog: Dialog) -> tuple[str, ...]:
    """Return the names of the text detectors that any condition on a way looks at, sorted."""
    atoms = (atom for atom in _all_atoms(dialog) if atom.op == "detected")
    return tuple(sorted({name for atom in atoms for name in atom.values}))
