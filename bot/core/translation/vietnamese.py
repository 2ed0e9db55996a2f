"""Vietnamese typed without its marks ("toi khong co tien") → with them ("tôi không có tiền").

Engines know Vietnamese with marks only. The syllables are chosen together, by how often they
follow each other (interpolated Kneser-Ney over pairs, Viterbi). Nothing is added or left out.
"""

import re
import unicodedata
from array import array
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from math import exp, log

from bot.core.translation.respelling import Restored
from bot.core.translation.splitting import EXACT
from bot.core.understanding import without_marks

FEWEST = 2
"""A single word is never restored: "doi" is hunger, to wait and a pair."""
SHARE = 0.7
"""The least share of words that are Vietnamese syllables; the rest may be names and loan words."""
BARE = 0.75
"""The least share of bare words among those that need a mark; below, somebody does type marks."""
LIKELY = -8.5
"""The least mean log-probability of a syllable; words of another language stay below it."""

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*|\d+(?:[.,:/]\d+)*")
_BREAK = re.compile(r"[.!?…;:\n()\"“”]")
_EDGE = 0
NUMBER = "0"
"""Stands in tables for every number: what follows and precedes them are measures and days."""
EDGE = "^"
"""Stands in tables for the beginning and the end of a run."""
_DISCOUNT = 0.75


def runs(text: str) -> Iterator[list[re.Match[str]]]:
    """Yield the words and numbers of `text` in runs that no sign of punctuation parts.

    Links, mail addresses and telephone numbers are left out.
    """
    kept = [match.span() for match in EXACT.finditer(text)]
    run: list[re.Match[str]] = []
    end = 0
    for word in _WORD.finditer(text):
        if any(start < word.end() and word.start() < stop for start, stop in kept):
            continue
        if run and _BREAK.search(text, end, word.start()):
            yield run
            run = []
        run.append(word)
        end = word.end()
    if run:
        yield run


class Syllables:
    """How often Vietnamese syllables are written, and how often one follows another.

    `followers`: of each syllable, the syllables after it and how often (EDGE before the first and
    after the last of a run). `short`: how people shorten words in chats, without marks
    ("ko" → "không").
    """

    def __init__(
        self, followers: Mapping[str, Sequence[tuple[str, int]]], short: Mapping[str, str]
    ) -> None:
        words = [EDGE, *sorted(word for word in followers if word != EDGE)]
        number = {word: at for at, word in enumerate(words)}
        self._words = words
        self._by_plain: dict[str, tuple[int, ...]] = {}
        for at, word in enumerate(words[1:], start=1):
            plain = without_marks(word)
            self._by_plain[plain] = (*self._by_plain.get(plain, ()), at)
        for typed, word in short.items():
            if word in number:
                self._by_plain[typed] = (*self._by_plain.get(typed, ()), number[word])
        rows = [
            sorted((number[after], count) for after, count in followers.get(word, ()))
            for word in words
        ]
        self._starts = array("L", accumulate((len(row) for row in rows), initial=0))
        self._after = array("H", (after for row in rows for after, _ in row))
        self._counts = array("L", (count for row in rows for _, count in row))
        self._totals = array("L", (sum(count for _, count in row) for row in rows))
        before = Counter(self._after)
        kinds = len(self._after) + len(words) / 10
        self._widely = array("d", ((before[at] + 0.1) / kinds for at in range(len(words))))

    def options(self, typed: str) -> tuple[int, ...]:
        """Return the numbers of the syllables a bare word in lower case may stand for."""
        return self._by_plain.get(typed, ())

    def word(self, number: int) -> str:
        """Return a syllable by its number."""
        return self._words[number]

    def log_probability(self, first: int, second: int) -> float:
        """Return log P(second | first), never minus infinity."""
        start, end = self._starts[first], self._starts[first + 1]
        if start == end:
            return log(self._widely[second])
        at = bisect_left(self._after, second, start, end)
        count = self._counts[at] if at < end and self._after[at] == second else 0
        rest = _DISCOUNT * (end - start) * self._widely[second]
        return log((max(count - _DISCOUNT, 0) + rest) / self._totals[first])


@dataclass(frozen=True, slots=True)
class _Choice:
    """The best reading of a run; `best` ≤ `all`: log-probabilities of it and of all readings."""

    chosen: list[int]
    best: float
    all: float


class Tones:
    """Gives Vietnamese its marks back; safe to share between threads."""

    def __init__(self, model: Syllables) -> None:
        self._model = model

    def restored(self, text: str) -> Restored:
        """Return `text` with marks where it is Vietnamese typed without them, else untouched.

        Untouched are texts of other languages, texts with marks, and single words. In a restored
        text, words with marks, words of other languages, numbers and links stay.
        """
        text = unicodedata.normalize("NFC", text)
        words = [word for run in runs(text) for word in run if not _is_number(word)]
        known = [word for word in words if _is_marked(word) or self._options(text, word)]
        if len(known) < FEWEST or len(known) < SHARE * len(words):
            return Restored(text)
        parts: list[str] = []
        end = changed = open_words = bare = 0
        doubt = likely = 0.0
        for run in self._known_runs(text):
            options = [self._reading(text, word) for word in run]
            choice = self._chosen(options)
            likely += choice.all
            doubt += choice.all - choice.best
            open_words += sum(len(each) > 1 for each in options)
            for word, number in zip(run, choice.chosen, strict=True):
                if number == _EDGE or _is_number(word):
                    continue
                written = _cased(self._model.word(number), word.group())
                bare += not _is_marked(word)
                changed += written != word.group()
                parts += [text[end : word.start()], written]
                end = word.end()
        marked = sum(map(_is_marked, words))
        if not changed or changed < BARE * (changed + marked) or likely < LIKELY * bare:
            return Restored(text)
        sure = exp(-doubt / open_words) if open_words else 1.0
        return Restored("".join([*parts, text[end:]]), changed, sure)

    def _options(self, text: str, word: re.Match[str]) -> tuple[int, ...]:
        if _is_number(word):
            return self._model.options(NUMBER)
        typed = word.group().lower()
        before = text[: word.start()].rstrip()
        # "500 k" is no "không", nor "Nguyen Van A" an "anh".
        measure_or_initial = before and (before[-1].isdigit() or word.group().isupper())
        return () if len(typed) == 1 and measure_or_initial else self._model.options(typed)

    def _reading(self, text: str, word: re.Match[str]) -> tuple[int, ...]:
        """Return what a word may be: itself where it has marks already."""
        options = self._options(text, word) or (_EDGE,)
        if not _is_marked(word):
            return options
        typed = word.group().lower()
        numbers = self._model.options(without_marks(typed))
        return tuple(each for each in numbers if self._model.word(each) == typed) or (_EDGE,)

    def _known_runs(self, text: str) -> Iterator[list[re.Match[str]]]:
        """Cut the runs at words that are not Vietnamese."""
        for run in runs(text):
            part: list[re.Match[str]] = []
            for word in run:
                if self._reading(text, word) != (_EDGE,):
                    part.append(word)
                elif part:
                    yield part
                    part = []
            if part:
                yield part

    def _chosen(self, options: Sequence[tuple[int, ...]]) -> _Choice:
        """Choose the most probable reading of a run that starts and ends at an edge."""
        reached = {_EDGE: (0.0, 0.0)}  # of each syllable: the best way to it, and all ways
        origins: list[dict[int, int]] = []
        for numbers in [*options, (_EDGE,)]:
            following: dict[int, tuple[float, float]] = {}
            origin: dict[int, int] = {}
            for number in numbers:
                ways: list[tuple[float, float, int]] = []
                for earlier, (best, together) in reached.items():
                    step = self._model.log_probability(earlier, number)
                    ways.append((best + step, together + step, earlier))
                best, _, origin[number] = max(ways)
                following[number] = best, _log_sum(way[1] for way in ways)
            reached = following
            origins.append(origin)
        chosen = [_EDGE]
        for origin in reversed(origins):
            chosen.append(origin[chosen[-1]])
        return _Choice(chosen[-2:0:-1], *reached[_EDGE])


def _log_sum(logs: Iterable[float]) -> float:
    values = list(logs)
    top = max(values)
    return top + log(sum(exp(each - top) for each in values))


def _is_marked(word: re.Match[str]) -> bool:
    return not word.group().isascii()


def _is_number(word: re.Match[str]) -> bool:
    return word.group()[0].isdigit()


def _cased(written: str, typed: str) -> str:
    """Write a syllable with the capitals of what was typed (TOI → TÔI, Toi → Tôi)."""
    if len(typed) > 1 and typed.isupper():
        return written.upper()
    return written.capitalize() if typed[0].isupper() else written


def is_syllable(word: str) -> bool:
    """Tell whether a word in lower case is built like a Vietnamese syllable."""
    return _SYLLABLE.fullmatch(without_marks(word)) is not None


_SYLLABLE = re.compile(
    "(?:ngh?|nh|ch|gh|gi|kh|ph|qu|th|tr|[bcdghklmnpqrstvx])?"
    "(?:uy[eau]|oa[iyo]|oeo|ua[yi]|uo[iu]|ieu|yeu|i[aeu]|y[ae]|u[aoyeiu]|o[aeio]|a[oiuy]|e[ou]"
    "|[aeiouy])"
    "(?:ch|ng|nh|[cmnpt])?"
)
