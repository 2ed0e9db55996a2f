"""Programme cards and telephone lines as they are shown: what is valid today, at most a few."""

from collections.abc import Iterable
from datetime import date

from bot.core.dialog import Card, Dialog, Line
from bot.core.events import Said
from bot.core.furigana import has_kanji
from bot.core.model import Lang, Text

CARDS_AT_ONCE = 3
"""More would help nobody choose (programmes, rule 3)."""


def to_show(dialog: Dialog, codes: Iterable[str], today: date) -> tuple[str, ...]:
    """Return the codes of cards and lines that may be shown on that day, in the same order.

    A line that stands on one of these cards is not shown a second time.
    """
    known: dict[str, Card | Line] = {**dialog.cards, **dialog.lines}
    valid = [code for code in codes if code in known and known[code].valid_on(today)]
    on_cards = {line for code in valid if code in dialog.cards for line in dialog.cards[code].lines}
    return tuple(code for code in valid if code not in on_cards)


def shown(dialog: Dialog, codes: tuple[str, ...], lang: Lang, today: date) -> tuple[Said, ...]:
    """Return the first cards in the resident's language, and how more of them can be seen."""
    said = [
        _card(dialog, dialog.cards[code], lang, today)
        if code in dialog.cards
        else Said(_line(dialog, dialog.lines[code]))
        for code in codes[:CARDS_AT_ONCE]
    ]
    if said and lang != "ja":
        said.append(Said(dialog.phrase("card.show")))
    left = len(codes) - CARDS_AT_ONCE
    if left > 0:
        more = dialog.controls["MORE"].label
        said.append(Said(dialog.phrase("card.more", count=str(left), more=more)))
    return tuple(said)


def _card(dialog: Dialog, card: Card, lang: Lang, today: date) -> Said:
    official = dialog.phrase("card.name", name=card.name.source)
    if has_kanji(card.name.source):
        official = dialog.phrase("card.japanese", name=card.name.source, reading=card.reading)
    name = dialog.phrase("card.name", name=card.name)
    # In Japanese the official name is the name: it is not said twice.
    heading = (official,) if lang == "ja" else (name, official)
    lines = [
        *heading,
        card.text,
        dialog.phrase("card.desk", desk=card.desk),
        dialog.phrases[card.takes],
        dialog.phrases[card.money],
    ]
    if card.bring:
        items: tuple[Text, ...] = tuple(dialog.phrases[each] for each in card.bring)
        lines.append(dialog.phrase("card.bring", items=items))
    lines.extend(
        _line(dialog, dialog.lines[code])
        for code in card.lines
        if code in dialog.lines and dialog.lines[code].valid_on(today)
    )
    checked = card.last_checked
    lines.append(dialog.phrase("card.checked", day=f"{checked.year}/{checked.month}/{checked.day}"))
    return Said(lines[0], tuple(lines[1:]))


def _line(dialog: Dialog, line: Line) -> Text:
    return dialog.phrase("card.line", name=line.name, number=line.number, hours=line.hours)
