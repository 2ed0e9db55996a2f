"""Typed sentences → the same sentence as people prepared it in another language."""

import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from bot.core.model import Lang
from bot.core.translation.slots import (
    DATE,
    KINDS,
    LONGEST,
    SLOT,
    TIME,
    Rewording,
    carried,
    digits_only,
    slots_of,
)

JAPANESE = "ja"
COUNSELOR, RESIDENT = "counselor", "resident"
SIDES = (COUNSELOR, RESIDENT)
SHORTEST = 4
"""Letters that must be fixed in a sentence with slots; shorter ones fit to anything."""

_SAME_AS = {"ja-easy": JAPANESE}
_ALSO_TYPED: Mapping[Lang, tuple[Lang, ...]] = {"zh-Hans": ("zh-Hant",), "zh-Hant": ("zh-Hans",)}
"""Who chose one of these may as well write the other."""

_UNSPACED = frozenset({"ja", "zh-Hans", "zh-Hant", "th", "my"})
"""Languages whose spaces part no words."""
_JOINS_WORDS = frozenset({"ne"})
"""Particles may be written onto a number or name or stand apart: no space counts beside a slot."""

_EDGES = " .,!?;:~。、।၊။…\"'“”「」『』"
_IGNORED = "¿¡\u200b\u200c\u200d\u2060\ufeff"
_QUOTES = {"’": "'", "‘": "'", "ʼ": "'"}
_HOLE = "\ue000"
_KEY = 3
"""Signs at the end (or else the start) of a sentence that the index goes by."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """A prepared sentence. `review` is "draft …" or "reviewed …", with a date.

    The first text of a language is said; all of them are understood. `states` holds the review of
    single languages, where it differs.
    """

    key: str
    side: str
    review: str
    texts: Mapping[Lang, tuple[str, ...]]
    states: Mapping[Lang, str] = field(default_factory=dict)

    def review_in(self, lang: Lang) -> str:
        """Return the review state of the words in one language."""
        return self.states.get(lang, self.review)


@dataclass(frozen=True, slots=True)
class Filled:
    """What was typed into a slot, and how it is said in the other language."""

    slot: str
    typed: str
    worded: str


@dataclass(frozen=True, slots=True)
class Found:
    """The prepared sentence that says what was typed, its slots filled."""

    key: str
    text: str
    review: str
    filled: tuple[Filled, ...] = ()


@dataclass(frozen=True, slots=True)
class _Pattern:
    """A sentence with slots: `pieces` stand before, between and after them, folded."""

    phrase: Phrase
    pieces: tuple[str, ...]
    slots: tuple[str, ...]
    fixed: int


@dataclass(slots=True)
class _Index:
    """The sentences of one language: exact ones, and those with slots by what they end with."""

    exact: dict[str, Phrase] = field(default_factory=dict)
    by_end: dict[str, list[_Pattern]] = field(default_factory=dict)
    by_start: dict[str, list[_Pattern]] = field(default_factory=dict)
    others: list[_Pattern] = field(default_factory=list)

    def add(self, phrase: Phrase, text: str, lang: Lang) -> None:
        folded = _folded(SLOT.sub(_HOLE, text), lang).text
        slots = tuple(slots_of(text))
        if not slots:
            self.exact.setdefault(folded, phrase)
            return
        pieces = tuple(folded.split(_HOLE))
        if lang in _JOINS_WORDS:
            pieces = tuple(piece.strip() for piece in pieces)
        if sum(map(_letters, pieces)) < SHORTEST:
            return
        pattern = _Pattern(phrase, pieces, slots, sum(map(len, pieces)))
        if len(pieces[-1]) >= _KEY:
            self.by_end.setdefault(pieces[-1][-_KEY:], []).append(pattern)
        elif len(pieces[0]) >= _KEY:
            self.by_start.setdefault(pieces[0][:_KEY], []).append(pattern)
        else:
            self.others.append(pattern)

    def patterns(self, text: str) -> list[_Pattern]:
        """Return the sentences with slots that begin and end like `text`, the most fixed first."""
        near = [
            *self.by_end.get(text[-_KEY:], ()),
            *self.by_start.get(text[:_KEY], ()),
            *self.others,
        ]
        fitting = [
            each
            for each in near
            if text.startswith(each.pieces[0])
            and text.endswith(each.pieces[-1])
            and len(each.slots) <= len(text) - each.fixed <= len(each.slots) * LONGEST
        ]
        return sorted(fitting, key=lambda pattern: -pattern.fixed)


class PhraseTable:
    """Finds prepared sentences: residents' for Japanese readers, counselors' for residents."""

    def __init__(self, phrases: Iterable[Phrase], rewording: Rewording = digits_only) -> None:
        self._rewording = rewording
        self._indexes: dict[Lang, _Index] = {}
        self.phrases = tuple(phrases)
        for phrase in self.phrases:
            for lang, texts in phrase.texts.items():
                if (lang == JAPANESE) != (phrase.side == COUNSELOR):
                    continue
                index = self._indexes.setdefault(lang, _Index())
                for text in texts:
                    index.add(phrase, text, lang)

    def find(self, text: str, source: Lang, target: Lang) -> Found | None:
        """Return the prepared sentence that `text` is, said in `target`.

        Case, width, final punctuation and (where they part no words) spaces do not matter; every
        other sign does. A sentence without slots goes before one with them.
        """
        source, target = _SAME_AS.get(source, source), _SAME_AS.get(target, target)
        if JAPANESE not in (source, target) or source == target:
            return None
        for lang in (source, *_ALSO_TYPED.get(source, ())):
            index = self._indexes.get(lang)
            found = self._found_in(index, text, lang, target) if index is not None else None
            if found is not None:
                return found
        return None

    def _found_in(self, index: _Index, text: str, lang: Lang, target: Lang) -> Found | None:
        typed = _folded(text, lang)
        exact = index.exact.get(typed.text)
        if exact is not None and target in exact.texts:
            return Found(exact.key, exact.texts[target][0], exact.review_in(target))
        for pattern in index.patterns(typed.text):
            words = pattern.phrase.texts.get(target)
            filled = self._filled(pattern, typed, lang, target) if words else None
            if words and filled is not None:
                phrase = pattern.phrase
                return Found(
                    phrase.key, _with_values(words[0], filled), phrase.review_in(target), filled
                )
        return None

    def _filled(
        self, pattern: _Pattern, typed: "_Typed", lang: Lang, target: Lang
    ) -> tuple[Filled, ...] | None:
        known: dict[tuple[str, str], str | None] = {}

        def value(slot: str, start: int, end: int) -> Filled | None:
            words = typed.between(start, end)
            if (slot, words) not in known:
                known[slot, words] = carried(slot, words, lang, target, self._rewording)
            worded = known[slot, words]
            return None if worded is None else Filled(slot, words, worded)

        found = _values(pattern, typed.text, 0, len(pattern.pieces[0]), value)
        return None if found is None else tuple(found)


# --- matching ----------------------------------------------------------------------------------


def _values(
    pattern: _Pattern,
    text: str,
    number: int,
    start: int,
    value: Callable[[str, int, int], Filled | None],
) -> list[Filled] | None:
    """Return what fills the slots from `number` on; the first of them begins at `start`."""
    if number == len(pattern.slots):
        return []
    for end in _ends(pattern, text, number, start):
        filled = value(pattern.slots[number], start, end)
        if filled is None:
            continue
        after = end + len(pattern.pieces[number + 1])
        rest = _values(pattern, text, number + 1, after, value)
        if rest is not None:
            return [filled, *rest]
    return None


def _ends(pattern: _Pattern, text: str, number: int, start: int) -> Iterator[int]:
    """Yield where a slot may end: before each place where the next fixed piece stands."""
    piece = pattern.pieces[number + 1]
    furthest = min(len(text), start + LONGEST)
    if number == len(pattern.slots) - 1:
        if start < len(text) - len(piece) <= furthest:
            yield len(text) - len(piece)
    elif not piece:
        yield from range(furthest, start, -1)
    else:
        at = text.find(piece, start + 1)
        while 0 <= at <= furthest:
            yield at
            at = text.find(piece, at + 1)


def _with_values(words: str, filled: Iterable[Filled]) -> str:
    """Return the prepared sentence with its slots filled; the first {date} takes the first date."""
    waiting: dict[str, list[str]] = {}
    for each in filled:
        waiting.setdefault(each.slot, []).append(each.worded)
    said = ""
    at = 0
    for slot in SLOT.finditer(words):
        said += words[at : slot.start()]
        said += _without_repetition(said, waiting[slot[1]].pop(0), slot[1])
        at = slot.end()
    return said + words[at:]


def _without_repetition(before: str, value: str, slot: str) -> str:
    """Drop the first word of a date or time that the sentence says already: "a las" "las 14:00"."""
    first, _, rest = value.partition(" ")
    if KINDS[slot] not in (DATE, TIME) or not rest:
        return value
    said = before.casefold().split()
    return rest if said and said[-1].endswith(first.casefold()) else value


# --- folding -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Typed:
    """A text as sentences are compared; `origin[i]` is the place of its sign i in `whole`."""

    text: str
    whole: str
    origin: list[int]

    def between(self, start: int, end: int) -> str:
        """Return a part as it was typed, with its case and spaces."""
        return self.whole[self.origin[start] : self.origin[end - 1] + 1].strip()


def _folded(text: str, lang: Lang) -> _Typed:
    whole = unicodedata.normalize("NFKC", text)
    spaced = lang not in _UNSPACED
    signs: list[str] = []
    origin: list[int] = []
    for at, sign in enumerate(whole):
        if sign.isspace():
            if spaced and signs and signs[-1] != " ":
                signs.append(" ")
                origin.append(at)
        elif sign not in _IGNORED:
            for low in _QUOTES.get(sign, sign).casefold():
                signs.append(low)
                origin.append(at)
    joined = "".join(signs)
    start = len(joined) - len(joined.lstrip(_EDGES))
    end = len(joined.rstrip(_EDGES))
    return _Typed(joined[start:end], whole, origin[start:end])


def _letters(piece: str) -> int:
    return sum(unicodedata.category(sign)[0] in "LMN" for sign in piece)
