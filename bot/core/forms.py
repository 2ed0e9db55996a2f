"""One spelling that text detectors look for: where it may stand, and where it is filed."""

import re
from dataclasses import dataclass

from bot.core.model import Lang

GRAM = 2
"""So many characters together lead to a form that is not all Latin."""

START = 3
"""So many letters lead to a Latin word whose ending is left open."""

WORD = re.compile("[0-9a-z]+")
Span = tuple[int, int]
_STOPS = ("", "|", "/")
_ACCENTED = frozenset("áàâãäéêíîóôõöúüçñ")
"""Accents of Spanish and Portuguese, which are put wrongly or not at all as often as rightly."""


@dataclass(slots=True)
class Form:
    """One spelling, where it may stand, and what it is part of.

    `free_before` and `free_after`: a Latin letter or digit may stand next to it.
    """

    plain: str
    marked: str
    ends_word: bool
    alone: bool
    free_before: bool
    free_after: bool
    words: tuple[tuple[int, str, Lang], ...] = ()
    quiet: tuple[str, ...] = ()
    parts: tuple[tuple[int, int], ...] = ()

    def spans(self, plain: str, marked: str) -> list[Span]:
        """Return where the form stands in a shaped text, of which `plain` has no marks."""
        spans: list[Span] = []
        size = len(self.plain)
        begin = plain.find(self.plain)
        while begin >= 0:
            end = begin + size
            if self._fits(plain, begin, end) and (
                plain is marked or self._has_marks(marked[begin:end])
            ):
                spans.append((begin, end))
            begin = plain.find(self.plain, begin + 1)
        return spans

    def _fits(self, plain: str, begin: int, end: int) -> bool:
        if self.alone:
            before = plain[begin - 1] if begin else ""
            return before in _STOPS and plain[end : end + 1] in _STOPS
        if not self.free_before and begin and in_word(plain[begin - 1]):
            return False
        return self.free_after or not in_word(plain[end : end + 1])

    def _has_marks(self, typed: str) -> bool:
        """Tell whether no mark was typed that is another one: "từ từ" is not "tự tử"."""
        if typed in (self.marked, self.plain):
            return True
        if self.plain.isascii() and not set(self.marked) - set(self.plain) - _ACCENTED:
            return all(letter.isascii() or letter in _ACCENTED for letter in typed)
        return all(
            letter in (wanted, bare)
            for letter, wanted, bare in zip(typed, self.marked, self.plain, strict=True)
        )

    def entries(self) -> set[tuple[str, str]]:
        """Return under what the form may be filed: one of these stands in every text with it.

        Raises ValueError for a form that is too short to be left open.
        """
        if not self.plain.isascii():
            size = min(GRAM, len(self.plain))
            return {
                ("gram", self.plain[place : place + size])
                for place in range(len(self.plain) - size + 1)
            }
        words = WORD.findall(self.plain)
        if self.ends_word or not self.plain.endswith(words[-1]):
            return {("word", each) for each in words}
        if len(words) == 1 and len(words[0]) < START:
            raise ValueError(f"{self.plain}… may be too many words")
        whole = {("word", each) for each in words[:-1]}
        return whole | ({("start", words[-1][:START])} if len(words[-1]) >= START else set())


def in_word(letter: str) -> bool:
    """Tell whether it is a plain Latin letter or a digit; '' is not."""
    return letter.isascii() and letter.isalnum()
