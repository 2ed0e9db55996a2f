"""Typed words → what was meant: controls, numbers, labels."""

import re
import unicodedata
from collections.abc import Callable, Iterable
from functools import lru_cache

from bot.core.dialog import Control, Option
from bot.core.model import Text

Words = Callable[[Text], str]
"""Renders a fixed sentence in the resident's language."""

EDGES = " \t\r\n　。．.,、!！?？…」「'\"”“।"
DIGITS = str.maketrans("०१२३४५६७८९၀၁၂၃၄၅၆၇၈၉๐๑๒๓๔๕๖๗๘๙", "0123456789" * 3)


def fold(text: str) -> str:
    """Return `text` in the form typed words are compared in: NFKC, case-folded, trimmed."""
    folded = unicodedata.normalize("NFKC", text).casefold().strip(EDGES)
    return " ".join(folded.translate(DIGITS).split())


def without_marks(text: str) -> str:
    """Return Latin text without diacritics (muốn → muon, đ → d); other scripts stay as they are."""
    kept: list[str] = []
    for character in unicodedata.normalize("NFD", text):
        if unicodedata.combining(character) and kept and kept[-1].isascii():
            continue
        kept.append("d" if character == "đ" else character)
    return unicodedata.normalize("NFC", "".join(kept))


@lru_cache(maxsize=20_000)
def _forms(fixed: str) -> frozenset[str]:
    """Return a fixed text folded, with and without marks.

    Never called with a resident's words, which must not stay in memory.
    """
    folded = fold(fixed)
    return frozenset({folded, without_marks(folded)}) - {""}


@lru_cache(maxsize=1_000)
def _forms_of_any(fixed: str) -> frozenset[str]:
    """Return the forms of several fixed texts (`a|b|c`)."""
    return frozenset[str]().union(*map(_forms, fixed.split("|")))


def control_of(text: str, controls: Iterable[Control], words: Words) -> str:
    """Return the code of the control that `text` names by label or a typed form, else ''."""
    typed = fold(text)
    plain = without_marks(typed)
    for control in controls:
        said = f"{words(control.label)}|{words(control.typed)}"
        known = _forms_of_any(f"{said}|{control.label.source}|{control.typed.source}")
        if typed in known or plain in known:
            return control.code
    return ""


def options_of(text: str, options: tuple[Option, ...], words: Words, *, many: bool) -> list[str]:
    """Return the codes that typed numbers ("2", "1,3"), labels or codes mean; [] for none."""
    typed = fold(text)
    numbers = re.split(r"[\s,、，・]+", typed)
    if all(number.isascii() and number.isdigit() for number in numbers):
        places = [int(number) for number in numbers]
        if len(places) > 1 and not many:
            return []
        if all(1 <= place <= len(options) for place in places):
            return list(dict.fromkeys(options[place - 1].code for place in places))
        return []
    plain = without_marks(typed)
    for option in options:
        said = [words(option.label), option.label.source, option.code]
        if option.detail is not None:
            said.append(words(option.detail))
        if any(typed in _forms(each) or plain in _forms(each) for each in said):
            return [option.code]
    return []
