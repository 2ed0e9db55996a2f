"""The picture of a dialog: complete, well-formed, and no arrow runs over a card."""

import re
from collections.abc import Iterator
from xml.etree import ElementTree as ET

import pytest

from bot.authoring.graph import svg
from bot.authoring.graph.layout import CARD_WIDTH, EM, laid_out
from bot.authoring.graph.wording import in_words, width_of, wrapped
from bot.core.condition import Condition
from tests.support.dialogs import BOOK, DIALOG
from tests.support.tiny_dialogs import answered, ask, not_, spoken, tiny

SVG = "{http://www.w3.org/2000/svg}"
PICTURE = svg(DIALOG, BOOK.branches, title="はじめての相談")
A3 = (420, 297)


def root() -> ET.Element:
    return ET.fromstring(PICTURE.split("\n", 1)[1])


def words_of(element: ET.Element) -> str:
    return "".join(element.itertext())


def test_the_picture_is_a_standalone_document_with_a_title_and_a_description():
    picture = root()
    assert PICTURE.startswith('<?xml version="1.0" encoding="UTF-8"?>\n<svg xmlns=')
    title, described = picture.find(f"{SVG}title"), picture.find(f"{SVG}desc")
    assert title is not None
    assert described is not None
    assert "はじめての相談" in words_of(title)
    assert str(len(DIALOG.nodes)) in words_of(described)
    assert "http" not in PICTURE.replace("http://www.w3.org/2000/svg", "")


def test_it_fits_a_sheet_of_a3():
    picture = root()
    sides = [float(picture.attrib[side].removesuffix("mm")) for side in ("width", "height")]
    assert sides[0] <= A3[0]
    assert sides[1] <= A3[1]
    assert max(sides[0] / A3[0], sides[1] / A3[1]) > 0.99


def test_every_node_has_one_card_with_its_words():
    cards = [each for each in root().iter(f"{SVG}g") if "id" in each.attrib]
    assert {each.attrib["id"] for each in cards} == {f"node-{name}" for name in DIALOG.nodes}
    assert len(cards) == len(DIALOG.nodes)
    q1 = next(each for each in cards if each.attrib["id"] == "node-Q1")
    assert "いま、あなたや家族は安全ですか。" in words_of(q1)
    assert "・急な病気やけが" in words_of(q1)


def test_every_reference_leads_to_a_card():
    known = {f"#{each.attrib['id']}" for each in root().iter() if "id" in each.attrib}
    links = [each.attrib["href"] for each in root().iter(f"{SVG}a")]
    assert links
    assert set(links) <= known


def segments(path: str) -> Iterator[tuple[float, float, float, float]]:
    """The straight pieces of an arrow, as boxes."""
    x = y = 0.0
    for command, first, second in re.findall(r"([MHV])(-?[\d.]+)(?: (-?[\d.]+))?", path):
        before = (x, y)
        if command == "M":
            x, y = float(first), float(second)
            continue
        x, y = (float(first), y) if command == "H" else (x, float(first))
        yield min(before[0], x), min(before[1], y), max(before[0], x), max(before[1], y)


def test_no_arrow_runs_over_a_card_and_no_card_over_another():
    page = laid_out(DIALOG, BOOK.branches, ())
    cards = [
        (each.x, each.y, each.x + CARD_WIDTH, each.y + each.height)
        for panel in page.panels
        for each in panel.cards
    ]
    arrows = [each.attrib["d"] for each in root().iter(f"{SVG}path") if "class" in each.attrib]
    pieces = [piece for arrow in arrows for piece in segments(arrow)]
    assert len(arrows) > len(DIALOG.nodes) / 2

    def over(one, other, inside: float) -> bool:
        return bool(
            one[0] < other[2] - inside
            and one[2] > other[0] + inside
            and one[1] < other[3] - inside
            and one[3] > other[1] + inside
        )

    assert not [(one, card) for one in pieces for card in cards if over(one, card, 1)]
    assert not [(a, b) for place, a in enumerate(cards) for b in cards[:place] if over(a, b, 0)]
    assert all(card[2] < page.width and card[3] < page.height for card in cards)


def test_the_lines_of_a_card_fit_into_it():
    page = laid_out(DIALOG, BOOK.branches, ())
    for panel in page.panels:
        for placed in panel.cards:
            for line in placed.lines:
                pointer = f" → {line.goto}" if line.goto else ""
                assert width_of(line.words + pointer) * EM <= CARD_WIDTH - 16


def test_a_browser_shows_it_with_every_word_inside_its_card(browser):
    """Measured with the fonts that are here, not with our own reckoning."""
    page = browser.new_page()
    try:
        page.set_content(f"<!doctype html><body>{PICTURE.split(chr(10), 1)[1]}</body>")
        outside = page.evaluate(
            """() => [...document.querySelectorAll("g[id]")].flatMap((card) => {
              const edge = card.querySelector("rect").getBBox();
              return [...card.querySelectorAll("text")].filter((text) => {
                const box = text.getBBox();
                return box.x + box.width > edge.x + edge.width + 1 || box.x < edge.x;
              }).map((text) => text.textContent);
            })"""
        )
        assert page.locator("g[id]").count() == len(DIALOG.nodes)
    finally:
        page.close()
    assert outside == []


def test_one_branch_can_be_drawn_alone_and_larger():
    alone = svg(DIALOG, BOOK.branches, only=["violence"])
    assert 'id="node-D1"' in alone
    assert 'id="node-Q1"' not in alone
    assert alone.count("<g id=") == sum(each == "violence" for each in DIALOG.branch_of.values())


def test_words_with_signs_of_xml_are_escaped():
    dialog = tiny(ask("A", 'A<1>&"2"', next="CHAT"))
    drawn = ET.fromstring(svg(dialog, {}).split("\n", 1)[1])
    assert 'A<1>&"2"' in words_of(drawn)


@pytest.mark.parametrize(
    ("condition", "words"),
    [
        (Condition("answered", (), "Q7", frozenset({"HOME_LOCKED", "HOME_NONE"})),
         "Q7＝家に入れない、家がない"),
        (answered("Q5", "MX"), "Q5＝答えない"),
        (answered("Q3_MAIN", "C06"), "Q3_MAIN＝借金のこと"),
        (not_(spoken("ja")), "「ことば＝日本語」ではない"),
        (Condition("detected", values=frozenset({"violence"})), "書いた文から分かる：暴力"),
        (Condition("alerted", values=frozenset({"yes"})), "相談員に知らせてある"),
        (Condition("all", (answered("Q5", "M0"),
                           Condition("any", (spoken("ja"), answered("Q5", "M1"))))),
         "Q5＝1000円より少ない かつ （ことば＝日本語 または Q5＝1000～4999円）"),
    ],
)  # fmt: skip
def test_conditions_are_told_in_plain_words(condition, words):
    assert in_words(DIALOG, condition) == words


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("あいうえおかき", 3, ["あいう", "えおか", "き"]),
        ("あいう。えお", 3, ["あいう。", "えお"]),
        ("あい「うえ」", 3, ["あい", "「うえ」"]),
        ("電話は0120-279-338です", 9, ["電話は", "0120-279-338です"]),
        ("一\n二", 5, ["一", "二"]),
        ("", 5, [""]),
    ],
)
def test_lines_break_where_japanese_may_break(text, width, lines):
    assert wrapped(text, width) == lines
