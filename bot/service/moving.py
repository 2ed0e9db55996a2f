"""moved(): a resident's place in one version of the dialog → their place in another. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

from bot.core.answers import Answer
from bot.core.dialog import Ask, Chat, Dialog, Fix, Language, Node
from bot.core.model import Pick
from bot.core.state import State
from bot.core.way import mended

PLACES = (Ask, Chat, Fix, Language)
"""Nodes at which a resident may stand."""


class Fate(StrEnum):
    """What became of a question in another version."""

    SAME = "same"
    CHANGED = "changed"
    REMOVED = "removed"


class How(StrEnum):
    """How a resident comes to the current version."""

    MAPPED = "mapped"
    """A migration map names their question."""
    GOES_ON = "goes_on"
    """Their question is still the same."""
    ANEW = "anew"
    """Their question changed, but they have told nothing yet: they begin again."""
    PERSON = "person"
    """Their question changed or is gone: a counselor looks."""


@dataclass(frozen=True, slots=True)
class MigrationMap:
    """How places and answers of an older version are called in the current one.

    `source` is a version or its number alone. `answers` is by the older question: old code → new.
    """

    source: str
    nodes: Mapping[str, str] = field(default_factory=dict)
    answers: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def node(self, name: str) -> str:
        """Return what the place is called now."""
        return self.nodes.get(name, name)

    def codes(self, question: str, codes: Sequence[str]) -> tuple[str, ...]:
        """Return the answer codes of an older question as they are called now."""
        names = self.answers.get(question, {})
        return tuple(dict.fromkeys(names.get(code, code) for code in codes))


@dataclass(frozen=True, slots=True)
class Move:
    """A state on the current version, and how it came there.

    With PERSON and ANEW the state's node may be one that the current version does not have.
    """

    state: State
    how: How
    names: MigrationMap

    def pick(self, pick: Pick) -> Pick:
        """Return a tap on a button of the older version as one of the current version."""
        codes = self.names.codes(pick.question, pick.codes)
        return replace(pick, question=self.names.node(pick.question), codes=codes)


def fate_of(old: Dialog | None, new: Dialog, node: str) -> Fate:
    """Return what became of the question (menu, free chat) at `node` of `old`.

    It is the same while its words, choices, their order and what may be typed are the same; the
    free chat and the menus ask nothing that an old answer could be mistaken for. Of a version that
    is not known (None) nothing can be compared: there only the place counts.
    """
    there = new.nodes.get(node)
    if not isinstance(there, PLACES):
        return Fate.REMOVED
    if old is None:
        return Fate.SAME
    here = old.nodes.get(node)
    return Fate.SAME if here and _asked(old, here) == _asked(new, there) else Fate.CHANGED


def moved(
    state: State, *, old: Dialog | None, new: Dialog, maps: Sequence[MigrationMap] = ()
) -> Move:
    """Bring a state to the version of `new`, by the map for its version if there is one.

    Answers stay, except codes that the current question does not know. The level stays.
    """
    names = _map_for(maps, state.version)
    # Picks of an open multi choice wait in the language menu and in the free chat too.
    open_at = next(filter(names.answers.get, (state.node, state.lang_back, state.back_to)), "")
    place = names.node(state.node)
    if old is not None and place == old.chat:
        place = new.chat
    answers = {
        names.node(question): replace(answer, codes=names.codes(question, answer.codes))
        for question, answer in state.answers.items()
    }
    there = replace(
        state,
        dialog=new.id,
        version=new.version,
        node=place,
        answers=_still_known(new, answers),
        trail=tuple(dict.fromkeys(names.node(each) for each in state.trail)),
        picked=names.codes(open_at, state.picked),
        warned=tuple(names.node(each) for each in state.warned),
        heard=tuple(names.node(each) for each in state.heard),
        resume=names.node(state.resume),
        back_to=names.node(state.back_to),
        lang_back=names.node(state.lang_back),
    )
    there = mended(new, there)
    there = replace(there, trail=tuple(each for each in there.trail if each in there.answers))
    if state.node in names.nodes:
        return Move(there, How.MAPPED, names)
    if place != state.node or fate_of(old, new, state.node) is Fate.SAME:
        return Move(there, How.GOES_ON, names)
    return Move(there, How.ANEW if _has_told_nothing(state, old or new) else How.PERSON, names)


def _map_for(maps: Sequence[MigrationMap], version: str) -> MigrationMap:
    """Return the map for this version: one for exactly it goes before one for its number."""
    number = version.partition("-")[0]
    for wanted in (version, number):
        for each in maps:
            if each.source == wanted:
                return each
    return MigrationMap(version)


def _asked(dialog: Dialog, node: Node) -> object:
    """Return everything by which an answer to the question would be understood."""
    if not isinstance(node, Ask):
        return type(node)
    source = dialog.nodes[node.of] if node.of else node
    options = source.options if isinstance(source, Ask) else ()
    return (
        (node.text.source, [(when, text.source) for when, text in node.variants]),
        (node.many, node.value, node.of, node.skip_code, node.consent),
        [
            (
                (each.code, each.label.source, each.detail and each.detail.source),
                (each.only, each.low, each.high, each.when, each.agrees),
            )
            for each in options
        ],
    )


def _still_known(new: Dialog, answers: Mapping[str, Answer]) -> dict[str, Answer]:
    """Return the answers without codes that the current question does not have.

    What is left of an answer to a question that is gone is kept: it was told all the same.
    """
    known: dict[str, Answer] = {}
    for question, answer in answers.items():
        node = new.nodes.get(question)
        if isinstance(node, Ask):
            source = new.nodes[node.of] if node.of else node
            options = source.options if isinstance(source, Ask) else ()
            codes = {each.code for each in options} | {node.skip_code}
            left = replace(answer, codes=tuple(each for each in answer.codes if each in codes))
            if not (left.codes or left.value):
                continue
            known[question] = left
        else:
            known[question] = answer
    return known


def _has_told_nothing(state: State, dialog: Dialog) -> bool:
    """Tell whether at most the start notice was agreed to."""
    menu = dialog.nodes.get(dialog.start)
    notice = {menu.next} if isinstance(menu, Language) else {dialog.start}
    return not (set(state.answers) - notice or state.picked or state.detected or state.alerted)
