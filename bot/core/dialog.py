"""A dialog as the engine sees it: a checked graph of nodes and the fixed sentences around it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from bot.core.condition import ALWAYS, Condition
from bot.core.model import Level, Text


@dataclass(frozen=True, slots=True)
class Option:
    """A choice of a question; `only` excludes every other choice of a multi question.

    `low` and `high` are the bounds (inclusive) of the typed values that mean this choice. `when`
    says to whom it is offered, `agrees` that choosing it gives the question's consent.
    """

    code: str
    label: Text
    detail: Text | None = None
    only: bool = False
    goto: str = ""
    low: int | None = None
    high: int | None = None
    when: Condition = ALWAYS
    agrees: bool = False


@dataclass(frozen=True, slots=True)
class Ask:
    """A question. `many`: several choices, ended by DONE. `value`: what may be typed instead.

    `number` is its place among the twelve questions, 0 for all others. `variants` are other
    wordings for other people, the first whose condition holds. `show_japanese` puts the Japanese
    names of the choices beside their translations. `consent` names what a choice that `agrees`
    gives consent to.
    """

    id: str
    text: Text
    why: Text
    options: tuple[Option, ...]
    next: str
    many: bool = False
    value: str = ""
    when: Condition = ALWAYS
    skip_code: str = "SKIP"
    of: str = ""
    number: int = 0
    help: Text | None = None
    variants: tuple[tuple[Condition, Text], ...] = ()
    show_japanese: bool = False
    consent: str = ""

    def option(self, code: str) -> Option | None:
        """Return the option with this code."""
        return next((each for each in self.options if each.code == code), None)


@dataclass(frozen=True, slots=True)
class Say:
    """Words, then on. `crisis`: safety words that every hand-over to a crisis stands behind."""

    id: str
    text: Text
    next: str
    crisis: bool = False


@dataclass(frozen=True, slots=True)
class Decide:
    """A fork on what is known."""

    id: str
    cases: tuple[tuple[Condition, str], ...]
    next: str


@dataclass(frozen=True, slots=True)
class HandOver:
    """The conversation enters the counselors' queue; `reason` is crisis, sent or asked."""

    id: str
    reason: str
    text: Text | None
    next: str


@dataclass(frozen=True, slots=True)
class Forget:
    """What was written is erased; the resident may begin anew at `next`."""

    id: str
    text: Text
    next: str


@dataclass(frozen=True, slots=True)
class Language:
    """The language menu."""

    id: str
    text: Text
    next: str


@dataclass(frozen=True, slots=True)
class Fix:
    """The list of given answers, one of which is to be changed."""

    id: str
    text: Text
    next: str


@dataclass(frozen=True, slots=True)
class Result:
    """Level and next step, in the words of the level."""

    id: str
    texts: Mapping[Level, Text]
    sent: Mapping[Level, Text]
    unsent: Text
    worse: Text
    next: str


@dataclass(frozen=True, slots=True)
class Chat:
    """Free chat: what is written is kept for a counselor."""

    id: str
    text: Text
    waiting: Text
    alone: Text


Node = Ask | Say | Decide | HandOver | Forget | Language | Fix | Result | Chat


@dataclass(frozen=True, slots=True)
class Interrupt:
    """A branch that takes over, once in a conversation, as soon as its condition holds.

    After a `detour` the resident goes on where they were.
    """

    id: str
    when: Condition
    goto: str
    detour: bool = False


@dataclass(frozen=True, slots=True)
class Control:
    """A button that always works, and the words that may be typed for it (`a|b|c`)."""

    code: str
    label: Text
    typed: Text


@dataclass(frozen=True, slots=True)
class Card:
    """A programme: its Japanese official name and reading stand beside every translation.

    `takes`, `money` and `bring` are keys of fixed sentences, `lines` codes of telephone lines.
    """

    code: str
    name: Text
    reading: str
    text: Text
    desk: Text
    takes: str
    money: str
    bring: tuple[str, ...]
    lines: tuple[str, ...]
    valid_from: date
    valid_to: date | None
    last_checked: date

    def valid_on(self, day: date) -> bool:
        """Tell whether the card may be shown on that day (in Japan)."""
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)


@dataclass(frozen=True, slots=True)
class Line:
    """A telephone line whose number is verified; the hours are words."""

    code: str
    name: Text
    number: str
    hours: Text
    languages: str
    valid_to: date | None

    def valid_on(self, day: date) -> bool:
        """Tell whether the number may be shown on that day (in Japan)."""
        return self.valid_to is None or day <= self.valid_to


@dataclass(frozen=True, slots=True)
class Dialog:
    """A checked dialog: every `next` and `goto` leads to a node that exists."""

    id: str
    version: str
    start: str
    chat: str
    human: str
    summary: str
    stop_text: Text
    nodes: Mapping[str, Node]
    interrupts: tuple[Interrupt, ...]
    controls: Mapping[str, Control]
    phrases: Mapping[str, Text]
    cards: Mapping[str, Card]
    lines: Mapping[str, Line]
    main_path: frozenset[str]
    """The nodes that are reached without any interrupt."""
    branch_of: Mapping[str, str]
    """Node → the name of the branch file it lies in, '' for the frame."""

    def phrase(self, key: str, **args: "str | Text | tuple[Text, ...]") -> Text:
        """Return the fixed sentence `key` with its arguments added."""
        text = self.phrases[key]
        return Text(text.address, text.source, {**text.args, **args}) if args else text


def targets(node: Node) -> list[str]:
    """Return where a node may lead without an interrupt."""
    match node:
        case Ask():
            return [node.next, *(each.goto for each in node.options if each.goto)]
        case Decide():
            return [node.next, *(goto for _, goto in node.cases)]
        case Chat():
            return []
        case _:
            return [node.next]


def reachable(nodes: Mapping[str, Node], *starts: str) -> set[str]:
    """Return the nodes that can be reached from `starts` without an interrupt."""
    seen: set[str] = set()
    open_ends = list(starts)
    while open_ends:
        name = open_ends.pop()
        if name in seen or name not in nodes:
            continue
        seen.add(name)
        open_ends.extend(targets(nodes[name]))
    return seen
