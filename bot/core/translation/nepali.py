"""Nepali typed with Latin letters ("malai bhok lagyo") → Devanagari ("मलाई भोक लाग्यो").

Word by word: a hand-made table of chat spellings first, then the most frequent word with such a
spelling, then the same without what is most often typed otherwise. What is not found stays.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.core.translation.respelling import Restored
from bot.core.translation.romanised import fold, loose, skeleton, spellings
from bot.core.translation.splitting import EXACT

FEWEST = 2
"""A single word is never converted: it may be a name."""
SHARE = 0.7
"""The least share of words that are known, loan words left out."""

_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_BREAK = re.compile(r"[.!?…,;:\n]")
_FULL_STOP = re.compile(r"(?<=[\u0900-\u097f])\s?\.(?=\s|$)")

# Typed apart or together, in Devanagari always together: ghar ma, company le, sathi haru lai.
_PARTICLES = {
    "ma": "मा", "ko": "को", "lai": "लाई", "le": "ले", "bata": "बाट", "sanga": "सँग", "sang": "सँग",
    "haru": "हरू", "samma": "सम्म", "sama": "सम्म", "dekhi": "देखि", "ka": "का", "kai": "कै", "mai": "मै",
}  # fmt: skip
_ENDINGS = {
    **_PARTICLES,
    "bhitra": "भित्र", "vitra": "भित्र", "pachhi": "पछि", "pachi": "पछि", "tira": "तिर", "tir": "तिर",
    "bat": "बाट",
}  # fmt: skip
_LONGEST_FIRST = sorted(_ENDINGS, key=len, reverse=True)
_SHORTEST_STEM = 2
_AFTER_NU = ("पर्छ", "पर्दैन", "पर्‍यो", "पर्ने", "पर्थ्यो", "भयो", "भएको", "हुन्छ", "हुन्न", "होस्")
# Before "ma" that is I: words that are no place. After other words it is "in".
_BEFORE_I = re.compile(
    "(?:र|तर|अनि|कि|अब|अहिले|आज|हिजो|भोलि|पर्सि|त्यसैले|किनभने|भने|हो|होइन|छ|छैन|छन्|पनि|फेरि|अझै|हजुर"
    "|नमस्ते|धन्यवाद|राति|बिहान|बेलुका|कहिले|किन|कसरी|के|त|यदि|.*कोले|.*पछि|.*देखि|.*एर|.*यो)"
)
# No Nepali is typed like this; these tell other languages in Latin letters.
_FOREIGN_WORDS = (
    "a about am an and are at be but by can could do does for from has have he how i if in is it"
    " me my need no not of on one or she should take that the there they think this to was we what"
    " when where who why will with work would you your"
    " ako ang ay di dito ito kami lang mga natin ng nga niya pa po siya wala yung"
    " ada apa dan dari dengan di ini itu saya tidak yang"
    " al de del el em en es esta la las lo los mi não nao nos o os que se si su tu um uma un una y"
    " anh cho cua duoc em khong la toi va"
)
_FOREIGN = frozenset(_FOREIGN_WORDS.split())
_OF_MYSELF = {"म", "मैले", "मलाई", "मसँग", "मेरो", "हामी", "हामीले"}
_MYSELF_END = "ँं"


@dataclass(frozen=True, slots=True)
class ChatWord:
    """A row of the hand-made table; `loan`: a word of English or Japanese used in Nepali."""

    word: str
    typed: tuple[str, ...]
    loan: bool = False


@dataclass(frozen=True, slots=True)
class _Typed:
    """A word, in lower case, and where it stands."""

    typed: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Found:
    word: str
    sure: float
    loan: bool = False


class Words:
    """The words that can be found, by their spellings.

    `ranked`: words in Devanagari, the most frequent first.
    """

    def __init__(self, ranked: Iterable[str], chat: Sequence[ChatWord]) -> None:
        self._typed = {typed: row for row in chat for typed in row.typed}
        self._chat: dict[str, ChatWord] = {}
        for row in chat:
            for typed in row.typed:
                self._chat.setdefault(fold(typed), row)
        self._by_key: dict[str, tuple[str, ...]] = {}
        self._by_loose: dict[str, str] = {}
        self._by_skeleton: dict[str, str] = {}
        for word in [*(row.word for row in chat if not row.loan), *ranked]:
            for key in spellings(word):
                self._by_key[key] = (*self._by_key.get(key, ()), word)
                self._by_loose.setdefault(loose(key), word)
                self._by_skeleton.setdefault(skeleton(key), word)

    def found(self, typed: str, *, of_myself: bool) -> _Found | None:
        """Return the word that `typed` (lower case) most probably is, None where none fits."""
        if not typed.isascii():
            return None
        return (
            self._whole(typed, of_myself=of_myself)
            or self._with_particle(typed, of_myself=of_myself)
            or self._roughly(typed)
        )

    def _whole(self, typed: str, *, of_myself: bool) -> _Found | None:
        key = fold(typed)
        row = self._typed.get(typed) or (None if typed in _FOREIGN else self._chat.get(key))
        if row is not None:
            return _Found(row.word, 1.0, row.loan)
        words = self._by_key.get(key)
        if words is None or typed in _FOREIGN or len(key) <= _SHORTEST_STEM:
            return None
        mine = [word for word in words if word[:-1] == words[0] and word[-1] in _MYSELF_END]
        return _Found(mine[0] if of_myself and mine else words[0], 0.9)

    def is_compound(self, typed: str) -> bool:
        """Tell whether two words typed apart are one in the hand-made table: ghar bhada."""
        return typed in self._typed

    def _with_particle(self, typed: str, *, of_myself: bool) -> _Found | None:
        """Find `gharko`, `companyle`, `sathiharulai`: a word and particles at its end."""
        for particle in _LONGEST_FIRST:
            stem = typed.removesuffix(particle)
            if stem != typed and len(stem) > _SHORTEST_STEM:
                found = self._whole(stem, of_myself=of_myself) or self._with_particle(
                    stem, of_myself=of_myself
                )
                if found is not None:
                    return _Found(found.word + _ENDINGS[particle], found.sure * 0.9, found.loan)
        return None

    def _roughly(self, typed: str) -> _Found | None:
        key = fold(typed)
        if typed in _FOREIGN or len(key) < 4:  # noqa: PLR2004 - short words have too many neighbours
            return None
        if (word := self._by_loose.get(loose(key))) is not None:
            return _Found(word, 0.7)
        if (word := self._by_skeleton.get(skeleton(key))) is not None:
            return _Found(word, 0.4)
        return None


_UNSURE = 0.5
"""A word found less surely than this is written, but is no sign that the text is Nepali."""


class Devanagari:
    """Writes romanised Nepali in its own script; safe to share between threads."""

    def __init__(self, model: Words) -> None:
        self._model = model

    def restored(self, text: str) -> Restored:
        """Return `text` in Devanagari where it is Nepali in Latin letters, else untouched.

        It is Nepali where at least SHARE of its words are known as such. Numbers, links and words
        not found stay. Meant for conversations in Nepali: it is no detector of languages.
        """
        words = self._words(text)
        of_myself = any(
            found is not None and found.word in _OF_MYSELF
            for found in (self._model.found(word.typed, of_myself=False) for word in words)
        )
        made = [self._model.found(word.typed, of_myself=of_myself) for word in words]
        own = [each for each in made if each is None or not each.loan]
        known = sum(each is not None and each.sure > _UNSURE for each in own)
        if known < FEWEST or known < SHARE * len(own):
            return Restored(text)
        return _written(text, words, made)

    def _words(self, text: str) -> list[_Typed]:
        kept = [match.span() for match in EXACT.finditer(text)]
        words: list[_Typed] = []
        for match in _WORD.finditer(text):
            if any(start < match.end() and match.start() < end for start, end in kept):
                continue
            word = _Typed(match.group().lower(), match.start(), match.end())
            if words and text[words[-1].end : word.start] == " ":
                both = words[-1].typed + word.typed
                if self._model.is_compound(both):
                    words[-1] = _Typed(both, words[-1].start, word.end)
                    continue
            words.append(word)
        return words


def _written(text: str, words: Sequence[_Typed], made: Sequence[_Found | None]) -> Restored:
    """Put the words found in place, particles and what belongs to a verb joined to it."""
    parts: list[str] = []
    end, before = 0, ""
    for word, found in zip(words, made, strict=True):
        between = text[end : word.start]
        if _BREAK.search(between):
            before = ""
        written = text[word.start : word.end] if found is None else found.word
        particle = _PARTICLES.get(fold(word.typed), "")
        if particle == "मा" and _is_i(before, between):
            particle = ""
        if particle and (before or between.strip()):
            written = particle
        joined = between == " " and before != ""
        if joined and (particle or (before.endswith("नु") and written in _AFTER_NU)):
            between = ""
            before += written
        else:
            before = written
        parts += [between, written]
        end = word.end
    sure = [each.sure for each in made if each is not None]
    done = _FULL_STOP.sub("।", "".join([*parts, text[end:]]))
    return Restored(done, len(sure), sum(sure) / len(sure))


def _is_i(before: str, between: str) -> bool:
    """Whether "ma" is I: at the beginning of a clause, or after a word that is no place."""
    if before == "":
        return not any(sign.isdigit() for sign in between)
    return _BEFORE_I.fullmatch(before) is not None
