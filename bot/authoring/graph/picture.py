"""The picture itself: a standalone SVG in the shape of a sheet of A3."""

from collections.abc import Collection, Mapping
from xml.etree import ElementTree as ET

from bot.authoring.graph.cards import Line
from bot.authoring.graph.layout import (
    CARD_PAD,
    CARD_WIDTH,
    EM,
    FIRST_LANE,
    HEAD,
    LANE,
    LEADING,
    MARGIN,
    PANEL_HEAD,
    PANEL_PAD,
    Arrow,
    Page,
    Panel,
    Placed,
    laid_out,
)
from bot.authoring.graph.wording import width_of
from bot.core.dialog import Dialog

FONTS = (
    '"Noto Sans JP","Noto Sans CJK JP","Hiragino Sans","Hiragino Kaku Gothic ProN",'
    '"BIZ UDPGothic","Yu Gothic","Meiryo",sans-serif'
)
COLOURS: dict[str, tuple[str, str, str]] = {
    "ask": ("質問", "#ffffff", "#1f6f78"),
    "say": ("言葉", "#f5f4ef", "#6b675c"),
    "crisis": ("いのちを守る言葉", "#fdecea", "#b3261e"),
    "hand": ("相談員へ", "#f0eafc", "#5b3fa0"),
    "decide": ("分かれ道", "#fff6dc", "#8a5a00"),
    "result": ("結果と制度の案内", "#e9f5eb", "#2b6e31"),
    "chat": ("自由に書く", "#edf1f5", "#465463"),
}
"""Kind of a card → its name, its ground and its edge; dark enough to be told apart in grey."""

INK = "#1c2326"
QUIET = "#5a6469"
WAY = "#0b57a4"
PANEL = "#f7f9f9"
PANEL_EDGE = "#c9d3d5"
TITLE_BAR = "#264b50"
A3_SIZE = (420, 297)
LARGEST = 0.3
"""Millimetres for a unit: letters of 11 points at most."""
STYLES = {"asked": "asked", "when": "quiet", "note": "quiet", "next": "quiet"}
STYLE = f"""
text {{ font-family: {FONTS}; fill: {INK}; font-size: {EM}px; }}
.quiet {{ fill: {QUIET}; }}
.way {{ fill: {WAY}; font-weight: 600; }}
.asked {{ font-weight: 600; }}
.bold {{ font-weight: 700; }}
.light {{ fill: #ffffff; }}
a {{ text-decoration: none; }}
.arrow {{ fill: none; stroke: {QUIET}; stroke-width: 1.6; }}
@page {{ size: A3 landscape; margin: 8mm; }}
"""


def svg(
    dialog: Dialog, titles: Mapping[str, str], *, title: str = "", only: Collection[str] = ()
) -> str:
    """Return a dialog as an SVG document for people who read Japanese.

    The main path stands in columns on the left, every branch as a panel beside it (`titles`: file
    → title). A reference to a card is a link to it. Arrows pass beside cards, never over them. The
    whole picture fits a sheet of A3; `only` some branches are easier to read there.
    """
    page = laid_out(dialog, titles, only)
    scale = min(A3_SIZE[0] / page.width, A3_SIZE[1] / page.height, LARGEST)
    name = title or dialog.id
    root = ET.Element(
        "svg",
        {
            "xmlns": "http://www.w3.org/2000/svg",
            "viewBox": f"0 0 {page.width:.0f} {page.height:.0f}",
            "width": f"{page.width * scale:.1f}mm",
            "height": f"{page.height * scale:.1f}mm",
            "role": "img",
            "aria-labelledby": "title desc",
            "lang": "ja",
        },
    )
    ET.SubElement(root, "title", {"id": "title"}).text = f"{name}（{dialog.version}）"
    ET.SubElement(
        root, "desc", {"id": "desc"}
    ).text = f"相談の流れの図。{len(dialog.nodes)}枚のカード。左が本線、右がそれぞれの枝。"
    ET.SubElement(root, "style").text = STYLE
    marker = ET.SubElement(
        ET.SubElement(root, "defs"),
        "marker",
        {
            "id": "head",
            "viewBox": "0 0 10 10",
            "refX": "9",
            "refY": "5",
            "markerWidth": "7",
            "markerHeight": "7",
            "orient": "auto-start-reverse",
        },
    )
    ET.SubElement(marker, "path", {"d": "M0 0L10 5L0 10z", "fill": QUIET})
    _rect(root, 0, 0, page.width, page.height, fill="#ffffff")
    _head(root, page, name, dialog)
    for panel in page.panels:
        _panel(root, panel)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ET.tostring(root, encoding="unicode")


def _head(root: ET.Element, page: Page, name: str, dialog: Dialog) -> None:
    _text(root, MARGIN, 56, name, size=30, style="bold")
    asked = sum(1 for each in dialog.nodes.values() if type(each).__name__ == "Ask")
    told = f"版 {dialog.version}　質問 {asked}　カード {len(dialog.nodes)}"
    _text(root, MARGIN, 84, told, style="quiet")
    x = page.width - MARGIN
    for label, ground, edge in reversed(COLOURS.values()):
        x -= width_of(label) * EM + 44
        _rect(root, x, 40, 20, 20, fill=ground, stroke=edge, rx=3)
        _rect(root, x, 40, 6, 20, fill=edge, rx=2)
        _text(root, x + 27, 55, label)
    hint = "丸の数字は12の質問。「いつでも」の条件は、答えるたびに上から順に見る。"
    _text(root, page.width - MARGIN - width_of(hint) * EM, 86, hint, style="quiet")


def _panel(root: ET.Element, panel: Panel) -> None:
    group = ET.SubElement(root, "g")
    _rect(
        *(group, panel.x, panel.y, panel.width, panel.height),
        fill=PANEL,
        stroke=PANEL_EDGE,
        rx=8,
    )
    _rect(group, panel.x, panel.y, panel.width, PANEL_HEAD, fill=TITLE_BAR, rx=8)
    _text(
        *(group, panel.x + PANEL_PAD, panel.y + 23, panel.title),
        size=16,
        style="bold light",
    )
    y = panel.y + PANEL_HEAD + PANEL_PAD + EM - 4
    for line in panel.entries:
        _line(group, panel.x + PANEL_PAD, y, line)
        y += LEADING
    for arrow in panel.arrows:
        _arrow(group, arrow)
    for placed in panel.cards:
        _card(group, placed)


def _card(group: ET.Element, placed: Placed) -> None:
    card = placed.card
    _, ground, edge = COLOURS[card.kind]
    box = ET.SubElement(group, "g", {"id": f"node-{card.node}"})
    _rect(
        *(box, placed.x, placed.y, CARD_WIDTH, placed.height),
        fill=ground,
        stroke=edge,
        rx=5,
    )
    _rect(box, placed.x, placed.y, 6, placed.height, fill=edge, rx=3)
    x = placed.x + CARD_PAD + 6
    base = placed.y + 18
    if card.number:
        ET.SubElement(
            *(box, "circle"),
            {"cx": f"{x + 10:.1f}", "cy": f"{base - 5:.1f}", "r": "11", "fill": edge},
        )
        number = str(card.number)
        _text(box, x + 10 - width_of(number) * 6.5, base, number, style="bold light")
        x += 28
    heading = f"{card.node}　{card.heading}" if card.heading else card.node
    _text(box, x, base, heading, style="bold")
    _text(
        *(box, placed.x + CARD_WIDTH - CARD_PAD - width_of(card.name) * 11, base, card.name),
        size=11,
        style="quiet" if card.kind != "crisis" else "bold",
    )
    y = placed.y + HEAD + LEADING - 5
    for line in placed.lines:
        _line(box, placed.x + CARD_PAD + 6, y, line)
        y += LEADING


def _line(group: ET.Element, x: float, y: float, line: Line) -> None:
    style = STYLES.get(line.style, "")
    if line.words:
        _text(group, x, y, line.words, style=style)
    if line.goto:
        link = ET.SubElement(group, "a", {"href": f"#node-{line.goto}"})
        pointer = f"→ {line.goto}"
        at = x + (width_of(line.words) + 0.5) * EM if line.words else x + EM
        _text(link, at, y, pointer, style="way")


def _arrow(group: ET.Element, arrow: Arrow) -> None:
    start, end = arrow.start, arrow.end
    middle = start.x + CARD_WIDTH / 2
    if not arrow.lane:
        way = f"M{middle:.1f} {start.y + start.height:.1f}V{end.y - 1:.1f}"
    else:
        edge = start.x + CARD_WIDTH
        lane = edge + FIRST_LANE + (arrow.lane - 1) * LANE
        leaves = start.y + start.height - 8 - arrow.lane
        enters = end.y + 8 + arrow.lane * 2
        way = f"M{edge:.1f} {leaves:.1f}H{lane:.1f}V{enters:.1f}H{edge + 1:.1f}"
    ET.SubElement(group, "path", {"class": "arrow", "d": way, "marker-end": "url(#head)"})


def _rect(
    group: ET.Element,
    x: float,
    y: float,
    width: float,
    height: float,
    *,
    fill: str,
    stroke: str = "",
    rx: float = 0,
) -> None:
    given = {"x": x, "y": y, "width": width, "height": height, "rx": rx}
    shape = {name: f"{value:.1f}" for name, value in given.items()}
    ET.SubElement(group, "rect", {**shape, "fill": fill, **({"stroke": stroke} if stroke else {})})


def _text(
    group: ET.Element, x: float, y: float, words: str, *, size: float = EM, style: str = ""
) -> None:
    given = {"x": f"{x:.1f}", "y": f"{y:.1f}"}
    if style:
        given["class"] = style
    if size != EM:
        given["style"] = f"font-size:{size}px"
    ET.SubElement(group, "text", given).text = words
