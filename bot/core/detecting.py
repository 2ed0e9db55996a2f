"""The text detectors: a second net beside the buttons, which can only raise (triage 4.6)."""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from bot.core.model import Lang
from bot.core.shaping import shape, spellings, without_latin_marks

GRAM = 2
"""So many characters together lead to a form that is not all Latin."""

START = 3
"""So many letters lead to a Latin word whose ending is left open."""

NEAR = 15
"""The two parts of a pair stand at most so many characters apart unless it says otherwise."""

Span = tuple[int, int]
Heard = tuple[int, int, str, Lang]
"""How much was heard, the language's rank, the detector, the language."""

_STOPS = ("", "|", "/")
_WORD = re.compile("[0-9a-z]+")
_ACCENTED = frozenset("áàâãäéêíîóôõöúüçñ")
"""Accents of Spanish and Portuguese, which are put wrongly or not at all as often as rightly."""


@dataclass(frozen=True, slots=True)
class Pair:
    """Two parts that only mean something near each other: a time and an act, a person and a blow.

    `within` counts the characters between them; `either` lets `then` come first.
    """

    first: Sequence[str]
    then: Sequence[str]
    within: int = NEAR
    either: bool = False


@dataclass(frozen=True, slots=True)
class DetectorWords:
    """What a detector listens to, by language: words, pairs, and idioms that are taken out first.

    In a form `(a|b)` are alternatives; a Latin form is whole words unless it ends with `…`; `=`
    before it demands that it stands alone between stops. A hit that touches an idiom of `quiet`
    does not count. `raises` names a detector that every hit of this one hits too.
    """

    words: Mapping[Lang, Sequence[str]]
    pairs: Mapping[Lang, Sequence[Pair]] = field(default_factory=dict)
    quiet: Mapping[Lang, Sequence[str]] = field(default_factory=dict)
    raises: str = ""


@dataclass(slots=True)
class _Form:
    """One spelling, where it may stand, and what it is part of."""

    plain: str
    marked: str
    ends_word: bool
    alone: bool
    words: list[tuple[int, str, Lang]] = field(default_factory=list)
    quiet: list[str] = field(default_factory=list)
    parts: list[tuple[int, int]] = field(default_factory=list)

    def spans(self, plain: str, marked: str) -> Iterator[Span]:
        """Yield where the form stands in a shaped text, of which `plain` has no marks."""
        size = len(self.plain)
        begin = plain.find(self.plain)
        while begin >= 0:
            end = begin + size
            if self._fits(plain, begin, end) and self._has_marks(marked[begin:end]):
                yield begin, end
            begin = plain.find(self.plain, begin + 1)

    def _fits(self, plain: str, begin: int, end: int) -> bool:
        before = plain[begin - 1] if begin else ""
        after = plain[end : end + 1]
        if self.alone:
            return before in _STOPS and after in _STOPS
        # Of another script nothing is known about where a word begins.
        if _in_word(before) and _in_word(self.plain[0]):
            return False
        return not (self.ends_word and _in_word(after) and _in_word(self.plain[-1]))

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


class Detectors(Collection[str]):
    """All detectors, made ready to be looked for at once; a collection of their names.

    Made at load, immutable afterwards. Raises ValueError for a form whose brackets do not match,
    of which nothing is left once shaped, or that is too short to be left open with `…`.
    """

    def __init__(self, told: Mapping[str, DetectorWords]) -> None:
        self.told = dict(told)
        self._pairs: list[tuple[int, str, Lang, Pair]] = []
        self._known: dict[tuple[str, bool, bool], _Form] = {}
        for name, each in told.items():
            self._learn(name, each)
        self._by_word: dict[str, list[_Form]] = {}
        self._by_start: dict[str, list[_Form]] = {}
        self._by_gram: dict[str, list[_Form]] = {}
        self._file()

    def __contains__(self, name: object) -> bool:
        return name in self.told

    def __iter__(self) -> Iterator[str]:
        return iter(self.told)

    def __len__(self) -> int:
        return len(self.told)

    def completed(self, others: "Detectors") -> "Detectors":
        """Return these detectors with those of `others` whose names are missing here.

        Where none is missing nothing is made anew.
        """
        missing = {name: each for name, each in others.told.items() if name not in self.told}
        return Detectors(self.told | missing) if missing else self

    def hits(self, text: str) -> dict[str, Lang]:
        """Return the language of the longest words that count, by detector."""
        marked = shape(text)
        plain = without_latin_marks(marked)
        near = self._near(plain)
        spans = [
            (form, span)
            for form in near
            if form.plain in plain
            for span in form.spans(plain, marked)
        ]
        if not spans:
            return {}
        covered = self._covered(spans, len(plain))
        heard: list[Heard] = []
        parts: dict[tuple[int, int], list[Span]] = {}
        for form, (begin, end) in spans:
            hushed = {name for name, idioms in covered.items() if 1 in idioms[begin:end]}
            # The language whose marks were typed is the likelier one.
            size = 2 * (end - begin) + (marked[begin:end] == form.marked)
            heard.extend(
                (size, rank, name, lang) for rank, name, lang in form.words if name not in hushed
            )
            for number, side in form.parts:
                if self._pairs[number][1] not in hushed:
                    parts.setdefault((number, side), []).append((begin, end))
        heard.extend(self._paired(parts))
        # Of several the last stays: the longest, among equals that of the language told first.
        found = {name: lang for _, _, name, lang in sorted(heard)}
        for name in tuple(found):
            if above := self.told[name].raises:
                found.setdefault(above, found[name])
        return found

    # --- looking -----------------------------------------------------------------------------

    def _near(self, plain: str) -> list[_Form]:
        """Return the forms of which something stands in the text."""
        near: list[_Form] = []
        words = set(_WORD.findall(plain))
        for word in self._by_word.keys() & words:
            near += self._by_word[word]
        for start in self._by_start.keys() & {word[:START] for word in words}:
            near += self._by_start[start]
        if not plain.isascii():
            grams = {plain[place : place + GRAM] for place in range(len(plain))}
            grams.update(plain)
            for gram in self._by_gram.keys() & grams:
                near += self._by_gram[gram]
        return near

    def _covered(self, spans: list[tuple[_Form, Span]], size: int) -> dict[str, bytearray]:
        """Return by detector which characters belong to idioms (1)."""
        covered: dict[str, bytearray] = {}
        for form, (begin, end) in spans:
            for name in form.quiet:
                covered.setdefault(name, bytearray(size))[begin:end] = b"\x01" * (end - begin)
        return covered

    def _paired(self, parts: Mapping[tuple[int, int], list[Span]]) -> Iterator[Heard]:
        for number, side in parts:
            if side or (number, 1) not in parts:
                continue
            rank, name, lang, pair = self._pairs[number]
            firsts, thens = sorted(parts[number, 0]), sorted(parts[number, 1])
            near = [*_following(firsts, thens, pair.within)]
            if pair.either:
                near += _following(thens, firsts, pair.within)
            for size in near:
                yield 2 * size, rank, name, lang

    # --- making ready ------------------------------------------------------------------------

    def _learn(self, name: str, told: DetectorWords) -> None:
        rank = {
            lang: -place for place, lang in enumerate(dict.fromkeys((*told.words, *told.pairs)))
        }
        for lang, forms in told.words.items():
            for each in self._forms(forms):
                each.words.append((rank[lang], name, lang))
        for forms in told.quiet.values():
            for each in self._forms(forms):
                each.quiet.append(name)
        for lang, pairs in told.pairs.items():
            for pair in pairs:
                for side, forms in enumerate((pair.first, pair.then)):
                    for each in self._forms(forms):
                        each.parts.append((len(self._pairs), side))
                self._pairs.append((rank[lang], name, lang, pair))

    def _forms(self, told: Iterable[str]) -> Iterator[_Form]:
        for each in told:
            for spelling in spellings(each):
                alone, whole = spelling.startswith("="), not spelling.endswith("…")
                marked = shape(spelling.removeprefix("="))
                plain = without_latin_marks(marked)
                if not marked.strip("|/ "):
                    raise ValueError(f"nothing to look for in {each}")
                form = _Form(plain, marked, whole, alone)
                yield self._known.setdefault((marked, whole, alone), form)

    def _file(self) -> None:
        """File every form under that of its words, or runs of characters, which fewest share."""
        keys = {key: _keys(form) for key, form in self._known.items()}
        count = Counter(each for told in keys.values() for each in told)
        for key, told in keys.items():
            form = self._known[key]
            # Long words are rare in what people write, whatever the forms have in common.
            kind, rarest = min(sorted(told), key=lambda each: (count[each] // 8, -len(each[1])))
            index = {"word": self._by_word, "start": self._by_start, "gram": self._by_gram}[kind]
            index.setdefault(rarest, []).append(form)


def detect(text: str, detectors: Detectors) -> list[tuple[str, Lang]]:
    """Return (detector, language) for every detector whose words stand in `text`.

    The words are compared with and without diacritics; marks may be left out, but not be others.
    In the order of the detectors. Nothing of `text` is kept.
    """
    found = detectors.hits(text)
    return [(name, found[name]) for name in detectors if name in found] if found else []


def _keys(form: _Form) -> set[tuple[str, str]]:
    """Return under what a form may be filed."""
    if not form.plain.isascii():
        size = min(GRAM, len(form.plain))
        return {
            ("gram", form.plain[place : place + size])
            for place in range(len(form.plain) - size + 1)
        }
    words = _WORD.findall(form.plain)
    if form.ends_word or not form.plain.endswith(words[-1]):
        return {("word", each) for each in words}
    if len(words) == 1 and len(words[0]) < START:
        raise ValueError(f"{form.plain}… may be too many words")
    whole = {("word", each) for each in words[:-1]}
    return whole | ({("start", words[-1][:START])} if len(words[-1]) >= START else set())


def _in_word(letter: str) -> bool:
    return letter.isascii() and letter.isalnum()


def _following(befores: list[Span], afters: list[Span], within: int) -> Iterator[int]:
    """Yield how long both are together, for each of `befores` that one of `afters` follows."""
    for begin, end in befores:
        place = bisect_left(afters, (end, end))
        if place < len(afters) and afters[place][0] - end <= within:
            yield end - begin + afters[place][1] - afters[place][0]
