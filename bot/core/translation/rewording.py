"""What is typed into a slot of a prepared sentence, said in the other language."""

import unicodedata
from collections.abc import Callable

from bot.core.model import Lang
from bot.core.translation.grammar import Grammar
from bot.core.translation.protecting import Formats, worded
from bot.core.translation.quantities import Quantity, quantities
from bot.core.translation.slots import DATE, NUMBER, TIME, Rewording, digits_only

_BEFORE = frozenset({"", "ngày", "วันที่", "tanggal", "tgl", "dia", "día"})
"""Words for "day" that stand before a date and say nothing more: vào ngày 5 tháng 12."""


def rewording_by(
    grammar: Callable[[Lang], Grammar], formats: Callable[[Lang], Formats]
) -> Rewording:
    """Return how numbers, dates and times are carried over between the languages we know.

    A date that may be read in two ways (12/5) is not carried over: the sentence is not taken for
    the prepared one.
    """

    def rewording(kind: str, words: str, source: Lang, target: Lang) -> str | None:
        if kind == NUMBER:
            plain = digits_only(kind, words, source, target)
            value = plain or _number(words, grammar(source))
            return f"{int(value):,}".replace(",", formats(target).group) if value else None
        found = _whole(words, kind, grammar(source))
        if found is None or not found.sure:
            return None
        return worded(found, formats(target)) or None

    return rewording


def _number(words: str, grammar: Grammar) -> str:
    found = _whole(words, NUMBER, grammar)
    return found.value if found is not None and found.value.isdecimal() else ""


def _whole(words: str, kind: str, grammar: Grammar) -> Quantity | None:
    """Return the one quantity that `words` are, with nothing beside it but "day" and spaces."""
    assert kind in (NUMBER, DATE, TIME)
    found = quantities(words, grammar.numbers)
    if len(found) != 1 or found[0].kind != kind:
        return None
    # The places are those in NFC.
    whole = unicodedata.normalize("NFC", words)
    before, after = whole[: found[0].start], whole[found[0].end :]
    if before.strip().casefold() not in _BEFORE or after.strip(" の日に"):
        return None
    return found[0]
