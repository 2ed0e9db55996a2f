"""Names of schemes and desks whose translation is fixed, and must not be left to a machine."""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from bot.core.model import Lang

ACCEPTED_ONLY = "~"
"""Begins a wording that a translation may use, but that is too common to be looked for."""

_LATIN = "0-9a-z\u00c0-\u024f\u1e00-\u1eff"
_DEVANAGARI = "\u0900-\u097f"
_BEGINS_IN_LATIN = re.compile(f"[{_LATIN}]")
_BEGINS_IN_DEVANAGARI = re.compile(f"[{_DEVANAGARI}]")
_UNSEEN = re.compile("[\u200b-\u200d\u2060\ufeff]")
_MOST_PATTERNS = 8192


@dataclass(frozen=True, slots=True)
class Term:
    """A term in the two languages of one translation; the first of `targets` is written.

    `sources` are the wordings that are looked for, `targets` all that are accepted.
    """

    sources: tuple[str, ...]
    targets: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class GlossaryTerm:
    """A term of the glossary: its words by language, the preferred one first.

    A word that begins with `~` is accepted in a translation, but not looked for in a text: visa
    says 在留資格 well enough, and pt `visto` is "seen" too.

    `enforced`: a translation without it is not believed (a scheme, a desk, 退去強制). Other terms
    are for reading.
    """

    key: str
    reading: str
    easy: str
    words: Mapping[Lang, tuple[str, ...]]
    enforced: bool
    review: str


class Glossary:
    """The terms of the welfare desks, by language."""

    def __init__(self, terms: Iterable[GlossaryTerm]) -> None:
        self._terms = tuple(terms)
        self._pairs: dict[tuple[Lang, Lang], list[tuple[re.Pattern[str], Term]]] = {}

    @property
    def terms(self) -> tuple[GlossaryTerm, ...]:
        """All terms, in the order of the file."""
        return self._terms

    def terms_in(self, text: str, source: Lang, target: Lang) -> list[Term]:
        """Return the enforced terms that stand in `text`, those within a longer one left out.

        強制退去 (out of a flat) and 退去強制 (out of the country) are two terms.
        """
        found: list[Term] = []
        rest = folded(text)
        for pattern, term in self._pair(source, target):
            if pattern.search(rest):
                if term not in found:
                    found.append(term)
                rest = pattern.sub("\x00", rest)
        return found

    def _pair(self, source: Lang, target: Lang) -> list[tuple[re.Pattern[str], Term]]:
        if (source, target) not in self._pairs:
            terms = [
                Term(_looked_for(each.words[source]), _accepted(each.words[target]))
                for each in self._terms
                if each.enforced and each.words.get(source) and each.words.get(target)
            ]
            by_word = [(word, term) for term in terms for word in term.sources]
            by_word.sort(key=lambda each: -len(each[0]))
            self._pairs[source, target] = [(pattern_of(word), term) for word, term in by_word]
        return self._pairs[source, target]


def missing_terms(source: str, target: str, terms: Sequence[Term]) -> tuple[str, ...]:
    """Return the terms (as written in `source`) none of whose wordings stands in `target`."""
    words, said = folded(source), folded(target)
    return tuple(
        max(
            (each for each in term.sources if pattern_of(each).search(words)),
            key=len,
            default=term.sources[0],
        )
        for term in terms
        if not any(pattern_of(each).search(said) for each in term.targets)
    )


@lru_cache(_MOST_PATTERNS)
def pattern_of(word: str) -> re.Pattern[str]:
    """Return a pattern that finds a term in folded text.

    Latin words are whole, each with or without the s of a plural, parted by a space or a hyphen;
    letters of another script may touch them (Hello Workに). Nepali words begin where the term
    begins, and case endings follow. The other scripts write a term with or without its spaces.
    """
    plain = folded(word)
    if _BEGINS_IN_LATIN.match(plain):
        parts = (re.escape(part) + "(?:s|es)?" for part in re.split("[ -]", plain))
        return re.compile(rf"(?<![{_LATIN}]){'[ -]'.join(parts)}(?![{_LATIN}])")
    if _BEGINS_IN_DEVANAGARI.match(plain):
        return re.compile(rf"(?<![{_DEVANAGARI}]){re.escape(plain)}")
    return re.compile(" ?".join(re.escape(letter) for letter in plain if letter != " "))


def folded(text: str) -> str:
    """Return NFKC lower case with single spaces, without signs that nobody sees."""
    return " ".join(_UNSEEN.sub("", unicodedata.normalize("NFKC", text)).lower().split())


def _looked_for(words: Sequence[str]) -> tuple[str, ...]:
    return tuple(word for word in words if not word.startswith(ACCEPTED_ONLY))


def _accepted(words: Sequence[str]) -> tuple[str, ...]:
    return tuple(word.removeprefix(ACCEPTED_ONLY) for word in words)
