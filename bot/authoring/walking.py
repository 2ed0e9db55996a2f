"""Single walks with the real triage: the common path, and what the branches promise."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from bot.authoring.exploration import Common, Failure
from bot.authoring.loader import Promise
from bot.core.dialog import Ask, Chat, Dialog, Language
from bot.core.engine import Doing, Typed, begin, take
from bot.core.events import Answered, Asked, Assessed, Event, Said
from bot.core.model import Lang, Pick
from bot.core.moves import Context
from bot.core.state import State
from bot.core.understanding import Words
from bot.core.way import options_of_node

Codes = tuple[str, ...]
Choose = Callable[[Ask, State], Codes]

COMMON: Mapping[str, Codes] = {
    "Q2": ("WHO_SELF",),
    "Q3": ("C03",),
    "Q5": ("M4",),
    "Q4": ("FOOD_OK",),
    "Q6": ("NEXT_0_3",),
    "Q10": ("WORK_REG",),
    "Q12a": ("PR",),
}
"""The quiet answers where a question has no choice that says "nothing of this"."""

STEPS_AT_MOST = 300
NUMBERED_AT_MOST = 12
"""Questions that a resident may be asked before they reach a person (triage 4.2)."""


@dataclass(frozen=True, slots=True)
class Walk:
    """One conversation from the language menu to the free chat, or to where it got stuck."""

    path: tuple[str, ...]
    events: tuple[Event, ...]
    state: State

    @property
    def asked(self) -> tuple[str, ...]:
        """The places at which something was asked, in order."""
        return tuple(each.node for each in self.events if isinstance(each, Asked))

    @property
    def met(self) -> set[str]:
        """The nodes that asked or said something on the way."""
        said = (each.text.address for each in self.events if isinstance(each, Said))
        hints = (each.hint.address for each in self.events if isinstance(each, Asked) and each.hint)
        return {*self.asked, *(address.split(".")[1] for address in (*said, *hints))}

    @property
    def flags(self) -> set[str]:
        """Every flag that fired on the way."""
        return {
            hit.flag
            for each in self.events
            if isinstance(each, Assessed)
            for hit in each.assessment.hits
        }


def walk(dialog: Dialog, lang: Lang, choose: Choose, context: Context) -> Walk:
    """Walk as `choose` says until the free chat, an answer that is not taken, or too many steps."""
    turn = begin(dialog, "walk")
    path: list[str] = []
    events = list(turn.events)
    for _ in range(STEPS_AT_MOST):
        node = dialog.nodes[turn.state.node]
        if isinstance(node, Language):
            codes: Codes = (lang,)
        elif isinstance(node, Ask):
            codes = choose(node, turn.state)
        else:
            break
        path.append(f"{node.id}={','.join(codes)}")
        for doing in _steps(dialog, turn.state, codes):
            before = turn.state
            turn = take(dialog, before, doing, context=context, words=_source)
            events.extend(turn.events)
        if isinstance(node, Ask) and node.id not in _answered(turn.events):
            break
    return Walk(tuple(path), tuple(events), turn.state)


def _steps(dialog: Dialog, state: State, codes: Codes) -> Iterator[Doing]:
    node = dialog.nodes[state.node]
    offered = {each.code: each for each in options_of_node(dialog, state)}
    if isinstance(node, Ask) and codes != (node.skip_code,) and not offered.keys() >= {*codes}:
        yield Typed(",".join(codes))
    elif isinstance(node, Ask) and node.many and codes[0] in offered and not offered[codes[0]].only:
        yield Pick(state.session, state.node, (*codes, "DONE"))
    else:
        yield Pick(state.session, state.node, codes)


def _answered(events: Iterable[Event]) -> set[str]:
    return {each.question for each in events if isinstance(each, Answered)}


def common(
    dialog: Dialog, lang: Lang, context: Context, quiet: Mapping[str, Codes] = COMMON
) -> tuple[Common, list[Failure]]:
    """Walk the common path in a language; fail where it asks more than twelve numbered questions.

    Somebody who asks for themselves, with nothing urgent: `quiet` first, else the choice that
    excludes all others, else the first one of a numbered question; what has no number is skipped.
    """

    def choose(node: Ask, state: State) -> Codes:
        offered = options_of_node(dialog, state)
        codes = [each.code for each in offered]
        if node.id in quiet and {*quiet[node.id]} <= {*codes}:
            return quiet[node.id]
        alone = [each.code for each in offered if each.only]
        if alone:
            return (alone[0],)
        return (codes[0],) if node.number or not node.skip_code else (node.skip_code,)

    walked = walk(dialog, lang, choose, context)
    asks = [node for name in walked.asked if isinstance(node := dialog.nodes[name], Ask)]
    figures = Common(
        lang,
        len({node.number for node in asks if node.number}),
        walked.asked,
        sum(isinstance(each, Said | Asked) for each in walked.events),
    )
    failures: list[Failure] = []
    if not isinstance(dialog.nodes[walked.state.node], Chat):
        failures.append(Failure("common", f"{lang}: the free chat is not reached", walked.path))
    if figures.numbered > NUMBERED_AT_MOST:
        what = f"{lang}: {figures.numbered} numbered questions, at most {NUMBERED_AT_MOST}"
        failures.append(Failure("common", what, walked.path))
    return figures, failures


def broken(dialog: Dialog, promised: Iterable[Promise], context: Context) -> list[Failure]:
    """Return the promises that are not kept: the flag does not fire, or nobody was asked."""
    failures: list[Failure] = []
    for each in promised:

        def choose(node: Ask, state: State, told: Promise = each) -> Codes:
            if node.id in told.answers:
                return told.answers[node.id]
            if node.skip_code:
                return (node.skip_code,)
            return (options_of_node(dialog, state)[0].code,)

        walked = walk(dialog, each.lang, choose, context)
        name = f"{each.branch} → {each.flag}"
        missing = [question for question in each.answers if question not in walked.asked]
        own = {node for node, branch in dialog.branch_of.items() if branch == each.branch}
        if each.flag not in walked.flags:
            failures.append(Failure("promise", f"{name} does not fire", walked.path))
        elif missing:
            what = f"{name}: {', '.join(missing)} was never asked"
            failures.append(Failure("promise", what, walked.path))
        elif own and own.isdisjoint(walked.met):
            failures.append(Failure("promise", f"{name}: nothing of it was said", walked.path))
    return failures


def _source(_: Lang) -> Words:
    return lambda text: text.source
