"""Where the cards of a dialog stand: the main path in columns, a panel for each branch beside."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from bot.authoring.graph.cards import Card, Line, card_of
from bot.authoring.graph.wording import in_words, wrapped
from bot.core.dialog import Ask, Decide, Dialog, targets

EM = 13
"""Size of the letters; all other lengths in the same unit."""
LEADING = 18
CARD_WIDTH = 320
CARD_PAD = 10
HEAD = 26
GAP = 22
"""Between two cards, room for an arrow."""
PANEL_PAD = 14
PANEL_HEAD = 34
LANES_AT_MOST = 5
"""Beside the cards of a panel: arrows that pass others by. What has no lane is only named."""
SPACE = 30
"""Between panels."""
MARGIN = 40
LEAST_WIDTH = 1_180
"""The heading with its key needs so much, even over a single branch."""
TOP = 118
A3 = 420 / 297
LANE = 9
FIRST_LANE = 14
MAIN = ""


@dataclass(slots=True)
class Placed:
    """A card with its wrapped lines and its place."""

    card: Card
    lines: list[Line]
    x: float = 0
    y: float = 0

    @property
    def height(self) -> float:
        """Height of the card."""
        return HEAD + CARD_PAD + LEADING * len(self.lines)


class Arrow(NamedTuple):
    """An arrow between two cards of a panel; `lane` 0 is straight down to the next card."""

    start: Placed
    end: Placed
    lane: int


@dataclass(slots=True)
class Panel:
    """Cards under one title; `entries` says who comes here, `x` and `y` are its corner."""

    name: str
    title: str
    entries: list[Line]
    cards: list[Placed]
    x: float = 0
    y: float = 0
    arrows: list[Arrow] = field(init=False)

    def __post_init__(self) -> None:
        """Find the arrows between the cards."""
        self.arrows = list(_arrows(self.cards))

    @property
    def width(self) -> float:
        """Width of the panel."""
        lanes = max((each.lane for each in self.arrows), default=0)
        return CARD_WIDTH + 2 * PANEL_PAD + lanes * LANE

    @property
    def height(self) -> float:
        """Height of the panel."""
        cards = sum(each.height + GAP for each in self.cards) - GAP
        return PANEL_HEAD + self.entries_height + cards + 2 * PANEL_PAD

    @property
    def entries_height(self) -> float:
        """Height of the words above the cards."""
        return LEADING * len(self.entries) + (PANEL_PAD if self.entries else 0)


@dataclass(frozen=True, slots=True)
class Page:
    """All panels in their places, and how large the picture is."""

    panels: tuple[Panel, ...]
    width: float
    height: float


def laid_out(dialog: Dialog, titles: Mapping[str, str], only: Collection[str]) -> Page:
    """Place the nodes of a dialog, in the shape of a sheet of A3 on its long side.

    `titles`: branch file → its title. The files that hold numbered questions are the main path.
    `only`: the branches to draw; nothing draws them all, and the main path.
    """
    main = {MAIN} | {
        dialog.branch_of.get(name, MAIN)
        for name, node in dialog.nodes.items()
        if isinstance(node, Ask) and node.number
    }
    names: dict[str, list[str]] = {}
    for name in dialog.nodes:
        branch = dialog.branch_of.get(name, MAIN)
        names.setdefault(MAIN if branch in main else branch, []).append(name)
    panels = {
        branch: Panel(
            branch,
            titles.get(branch, branch) if branch else "はじめから終わりまで",
            _entries(dialog, {*own}) if branch else [],
            [_fitted(dialog, name, after) for name, after in zip(own, [*own[1:], ""], strict=True)],
        )
        for branch, own in names.items()
        if not only or branch in only
    }
    trunk = panels.pop(MAIN, Panel(MAIN, "", [], []))
    branches = list(panels.values())
    total = trunk.height + sum(each.height for each in branches)
    pages = [
        _packed(trunk, branches, total / columns * slack)
        for columns in range(1, 16)
        for slack in (1.0, 1.08, 1.16)
    ]
    best = min(pages, key=lambda page: abs(page.width / page.height - A3))
    for panel in best.panels:
        _placed(panel)
    return best


def _fitted(dialog: Dialog, name: str, after: str) -> Placed:
    """Return a card; what comes next is not said where an arrow leads straight to it."""
    card = card_of(dialog, dialog.nodes[name])
    lines = [*card.lines]
    if card.next and (card.next != after or card.kind == "decide"):
        lines.append(_next(card))
    return Placed(card, list(_wrapped(lines, CARD_WIDTH - 2 * CARD_PAD - EM)))


def _next(card: Card) -> Line:
    return Line("次は" if card.kind != "decide" else "それ以外", "next", card.next)


def _wrapped(lines: Iterable[Line], width: float) -> Iterator[Line]:
    """Yield lines that fit; where one leads stands behind its last words, or below them."""
    for line in lines:
        pointer = f" → {line.goto}" if line.goto else ""
        parts = wrapped(line.words, width / EM)
        *first, last = parts
        for each in first:
            yield Line(each, line.style)
        if len(wrapped(last + pointer, width / EM)) > 1:
            yield Line(last, line.style)
            last = ""
        yield Line(last, line.style, line.goto)


def _entries(dialog: Dialog, own: Collection[str]) -> list[Line]:
    """Return who comes into a branch: from anywhere, or from a card elsewhere."""
    lines = [
        Line(
            f"いつでも：{in_words(dialog, each.when)}"
            + ("（終わると元の質問へ）" if each.detour else ""),
            "when",
            each.goto,
        )
        for each in dialog.interrupts
        if each.goto in own
    ]
    for name, node in dialog.nodes.items():
        if name in own:
            continue
        lines.extend(
            Line(_from(dialog, name, goto), "when", goto)
            for goto in dict.fromkeys(targets(node))
            if goto in own
        )
    return list(_wrapped(lines, CARD_WIDTH))


def _from(dialog: Dialog, name: str, goto: str) -> str:
    node = dialog.nodes[name]
    if isinstance(node, Decide):
        whens = [in_words(dialog, when) for when, each in node.cases if each == goto]
        return f"{name}から：{' または '.join(whens)}" if whens else f"{name}のあと"
    if isinstance(node, Ask) and node.next != goto:
        labels = "、".join(each.label.source for each in node.options if each.goto == goto)
        return f"{name}「{labels}」から"
    return f"{name}のあと"


# --- columns -------------------------------------------------------------------------------------


def _packed(trunk: Panel, branches: Sequence[Panel], height: float) -> Page:
    """Cut the main path into columns of that height and put the branches where there is room."""
    columns: list[list[Panel]] = [[each] for each in _cut(trunk, height)] or [[]]
    first_free = len(columns)
    for panel in branches:
        copy = Panel(panel.name, panel.title, panel.entries, panel.cards)
        rooms = [each for each in columns[first_free - 1 :] if _used(each) + copy.height <= height]
        if rooms:
            rooms[0].append(copy)
        else:
            columns.append([copy])
    x: float = MARGIN
    for column in filter(None, columns):
        y: float = TOP
        for panel in column:
            panel.x, panel.y = x, y
            y += panel.height + SPACE
        x += max(panel.width for panel in column) + SPACE
    panels = tuple(panel for column in columns for panel in column)
    tallest = max(panel.y + panel.height for panel in panels)
    return Page(panels, max(x - SPACE + MARGIN, LEAST_WIDTH), tallest + MARGIN)


def _used(column: Sequence[Panel]) -> float:
    return sum(panel.height + SPACE for panel in column)


def _cut(trunk: Panel, height: float) -> Iterator[Panel]:
    title = trunk.title
    cards: list[Placed] = []
    for placed in trunk.cards:
        part = Panel(trunk.name, title, [], [*cards, placed])
        if cards and part.height > height:
            yield _ended(trunk.name, title, cards)
            title, cards = f"{trunk.title}（つづき）", []
        cards.append(placed)
    if cards:
        yield Panel(trunk.name, title, [], cards)


def _ended(name: str, title: str, cards: list[Placed]) -> Panel:
    """Return a part of the main path that says where it goes on."""
    last = cards[-1]
    if last.card.next and not any(line.style == "next" for line in last.lines):
        cards = [*cards[:-1], Placed(last.card, [*last.lines, _next(last.card)])]
    return Panel(name, title, [], cards)


def _placed(panel: Panel) -> None:
    y = panel.y + PANEL_HEAD + PANEL_PAD + panel.entries_height
    for each in panel.cards:
        each.x, each.y = panel.x + PANEL_PAD, y
        y += each.height + GAP


def _arrows(cards: Sequence[Placed]) -> Iterator[Arrow]:
    """Yield the arrows inside a panel: straight down, or through lanes beside the cards."""
    place = {each.card.node: number for number, each in enumerate(cards)}
    lanes: list[list[tuple[int, int]]] = []
    for here, start in enumerate(cards):
        gotos = (*(line.goto for line in start.lines), start.card.next)
        for goto in dict.fromkeys(each for each in gotos if each in place):
            there = place[goto]
            if there == here + 1:
                yield Arrow(start, cards[there], 0)
            elif there != here:
                span = (min(here, there), max(here, there))
                lane = _free_lane(lanes, span)
                if lane <= LANES_AT_MOST:
                    yield Arrow(start, cards[there], lane)


def _free_lane(lanes: list[list[tuple[int, int]]], span: tuple[int, int]) -> int:
    for number, taken in enumerate(lanes, start=1):
        if all(span[1] < each[0] or each[1] < span[0] for each in taken):
            taken.append(span)
            return number
    lanes.append([span])
    return len(lanes)
