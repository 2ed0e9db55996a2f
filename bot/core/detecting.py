"""The text detectors: a second net beside the buttons, which can only raise (triage 4.6)."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from operator import add

from bot.core.forms import START, WORD, Form, Span, in_word
from bot.core.model import Lang
from bot.core.shaping import shape, spellings, without_latin_marks

NEAR = 15
"""The two parts of a pair stand at most so many characters apart unless it says otherwise."""

Heard = tuple[int, int, str, Lang]
"""How much was heard, the language's rank, the detector, the language."""


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


class Detectors(Collection[str]):
    """All detectors, made ready to be looked for at once; a collection of their names.

    Made at load, immutable afterwards. Raises ValueError for a form whose brackets do not match,
    of which nothing is left once shaped, or that is too short to be left open with `…`.
    """

    def __init__(self, told: Mapping[str, DetectorWords]) -> None:
        self.told = dict(told)
        self._pairs: list[tuple[int, str, Lang, Pair]] = []
        self._known: dict[tuple[str, bool, bool], Form] = {}
        for name, each in told.items():
            self._learn(name, each)
        self._by_word: dict[str, list[Form]] = {}
        self._by_start: dict[str, list[Form]] = {}
        self._by_gram: dict[str, list[Form]] = {}
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
            hushed = [name for name, idioms in covered.items() if 1 in idioms[begin:end]]
            # The language whose marks were typed is the likelier one.
            size = 2 * (end - begin) + (marked[begin:end] == form.marked)
            for rank, name, lang in form.words:
                if name not in hushed:
                    heard.append((size, rank, name, lang))
            for part in form.parts:
                if self._pairs[part[0]][1] not in hushed:
                    parts.setdefault(part, []).append((begin, end))
        heard += self._paired(parts)
        if not heard:
            return {}
        # Of several the last stays: the longest, among equals that of the language told first.
        found = {name: lang for _, _, name, lang in sorted(heard)}
        for name in tuple(found):
            if above := self.told[name].raises:
                found.setdefault(above, found[name])
        return found

    # --- looking -----------------------------------------------------------------------------

    def _near(self, plain: str) -> list[Form]:
        """Return the forms of which something stands in the text."""
        near: list[Form] = []
        words = set(WORD.findall(plain))
        for word in self._by_word.keys() & words:
            near += self._by_word[word]
        for start in self._by_start.keys() & {word[:START] for word in words}:
            near += self._by_start[start]
        if not plain.isascii():
            # Of two characters, as GRAM says, and of one.
            grams = {*map(add, plain, plain[1:]), *plain}
            for gram in self._by_gram.keys() & grams:
                near += self._by_gram[gram]
        return near

    def _covered(self, spans: list[tuple[Form, Span]], size: int) -> dict[str, bytearray]:
        """Return by detector which characters belong to idioms (1)."""
        covered: dict[str, bytearray] = {}
        for form, (begin, end) in spans:
            for name in form.quiet:
                if name not in covered:
                    covered[name] = bytearray(size)
                covered[name][begin:end] = b"\x01" * (end - begin)
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
            word = (rank[lang], name, lang)
            for each in self._forms(forms):
                each.words += (word,)
        for forms in told.quiet.values():
            for each in self._forms(forms):
                each.quiet += (name,)
        for lang, pairs in told.pairs.items():
            for pair in pairs:
                for side, forms in enumerate((pair.first, pair.then)):
                    part = (len(self._pairs), side)
                    for each in self._forms(forms):
                        each.parts += (part,)
                self._pairs.append((rank[lang], name, lang, pair))

    def _forms(self, told: Iterable[str]) -> Iterator[Form]:
        for each in told:
            for spelling in spellings(each):
                alone, whole = spelling.startswith("="), not spelling.endswith("…")
                marked = shape(spelling.removeprefix("="))
                plain = without_latin_marks(marked)
                if not marked.strip("|/ "):
                    raise ValueError(f"nothing to look for in {each}")
                # Of another script nothing is known about where a word begins.
                before, after = not in_word(plain[0]), not (whole and in_word(plain[-1]))
                form = Form(plain, marked, whole, alone, before, after)
                yield self._known.setdefault((marked, whole, alone), form)

    def _file(self) -> None:
        """File every form under that of its words, or runs of characters, which fewest share."""
        forms, self._known = [*self._known.values()], {}
        # The entries are made twice: kept, they would weigh more than the forms.
        count = Counter(entry for form in forms for entry in form.entries())
        index = {"word": self._by_word, "start": self._by_start, "gram": self._by_gram}
        for form in forms:
            # Long words are rare in what people write, whatever the forms have in common.
            kind, rarest = min(
                sorted(form.entries()), key=lambda each: (count[each] // 8, -len(each[1]))
            )
            index[kind].setdefault(rarest, []).append(form)


def detect(text: str, detectors: Detectors) -> list[tuple[str, Lang]]:
    """Return (detector, language) for every detector whose words stand in `text`.

    The words are compared with and without diacritics; marks may be left out, but not be others.
    In the order of the detectors. Nothing of `text` is kept.
    """
    found = detectors.hits(text)
    return [(name, found[name]) for name in detectors if name in found] if found else []


def _following(befores: list[Span], afters: list[Span], within: int) -> Iterator[int]:
    """Yield how long both are together, for each of `befores` that one of `afters` follows."""
    for begin, end in befores:
        place = bisect_left(afters, (end, end))
        if place < len(afters) and afters[place][0] - end <= within:
            yield end - begin + afters[place][1] - afters[place][0]
