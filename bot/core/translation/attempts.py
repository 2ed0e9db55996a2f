"""The ways in which a sentence is given to an engine, one after the other until one passes."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bot.core.model import Lang
from bot.core.translation.engines import Candidate
from bot.core.translation.knowledge import Knowledge
from bot.core.translation.private import private_spans
from bot.core.translation.protecting import Masked, masked, restored
from bot.core.translation.scripts import LATIN
from bot.core.translation.terms import Term, pattern_of

_CLAUSE = re.compile(r"(?<=[、，；၊])|(?<=[,;])(?=\s)")
_LETTER = re.compile(f"[{LATIN}]")
_SHORTEST_CLAUSE = 6
_COMMAS: dict[Lang, str] = {"ja": "、", "zh-Hans": "，"}
"""Of languages without spaces; all others take a comma and a space."""
_FIRST_TERM = 51
_FIRST_PRIVATE = 71
"""Placeholders far from those of amounts and dates, which count from Q1."""


@dataclass(frozen=True, slots=True)
class Unit:
    """A sentence for an engine: as it was written, and as an engine reads it best.

    `before` and `after` are emoji and spaces at its ends: they stay, and no engine sees them.
    `private` are words in it that are known to be private, whatever they look like.
    """

    source: str
    text: str
    source_lang: Lang
    target_lang: Lang
    before: str = ""
    after: str = ""
    private: tuple[str, ...] = ()

    def terms(self, knowledge: Knowledge) -> list[Term]:
        """Return the fixed terms in it."""
        return knowledge.glossary.terms_in(self.text, self.source_lang, self.target_lang)


@dataclass(frozen=True, slots=True)
class Prepared:
    """What goes into the engine, and how what comes out becomes translations of the sentence."""

    inputs: tuple[str, ...]
    outputs: Callable[[Sequence[Sequence[Candidate]]], list[Candidate]]


@dataclass(frozen=True, slots=True)
class Attempt:
    """A way to try. `wide`: with several alternatives, of which the first that passes is taken."""

    name: str
    prepare: Callable[[Unit, Knowledge], Prepared | None]
    wide: bool = False


def _plain(unit: Unit, knowledge: Knowledge) -> Prepared:
    """Only links, addresses and telephone numbers are kept away from the engine."""
    return _by_mask(_mask(unit, knowledge, unit.text, exact_only=True))


def _protected(unit: Unit, knowledge: Knowledge) -> Prepared | None:
    """Amounts, dates, times and fixed terms are kept away from the engine too."""
    text, slots = unit.text, []
    for number, term in enumerate(unit.terms(knowledge), start=_FIRST_TERM):
        text, found = _without_term(text, term, f"Q{number}")
        slots += [(f"Q{number}", term.targets[0])] if found else []
    mask = _mask(unit, knowledge, text, exact_only=False)
    mask = Masked(mask.text, (*mask.slots, *slots))
    return _by_mask(mask) if mask.slots else None


def _private(unit: Unit, knowledge: Knowledge) -> Prepared:
    """No name and no number leaves this machine; both come back as they were written."""
    mask = _mask(unit, knowledge, unit.text, exact_only=False)
    slots = list(mask.slots)
    # The placeholders are ours: neither their numbers nor, with a name before them, their letters.
    ours = "|".join(placeholder for placeholder, _ in slots)
    whole = f"(?<![{LATIN}])({ours})(?![0-9])"
    parts = re.split(whole, mask.text) if ours else [mask.text]
    # Every second part is a placeholder.
    parts[::2] = [_without_private(part, slots, unit.private) for part in parts[::2]]
    return _by_mask(Masked("".join(parts), tuple(slots)))


def _without_private(text: str, slots: list[tuple[str, str]], known: Sequence[str]) -> str:
    """Put placeholders for names and numbers, and add to `slots` what they stand for."""
    parts: list[str] = []
    at = 0
    words = "|".join(re.escape(each) for each in known)
    named = [match.span() for match in re.finditer(words, text)] if words else []
    for start, end in sorted({*private_spans(text), *named}, key=lambda span: (span[0], -span[1])):
        if start < at:
            continue
        placeholder = f"Q{_FIRST_PRIVATE + len(slots)}"
        slots.append((placeholder, text[start:end]))
        # A letter beside it (N3, 203A) would make another word of it.
        before = " " if _LETTER.match(text[start - 1 : start]) else ""
        after = " " if _LETTER.match(text, end) else ""
        parts += (text[at:start], before, placeholder, after)
        at = end
    return "".join([*parts, text[at:]])


def _without_term(text: str, term: Term, placeholder: str) -> tuple[str, bool]:
    low = text.lower()
    if len(low) != len(text):
        return text, False
    for word in sorted(term.sources, key=len, reverse=True):
        # As in the glossary: whole words, with the s of a plural.
        found = pattern_of(word).search(low)
        if found:
            return f"{text[: found.start()]}{placeholder}{text[found.end() :]}", True
    return text, False


def _by_clauses(unit: Unit, knowledge: Knowledge) -> Prepared | None:
    """Clause by clause: an engine that lost the second half may say it alone."""
    clauses = [each.strip() for each in _CLAUSE.split(unit.text)]
    if len(clauses) < 2 or min(map(len, clauses)) < _SHORTEST_CLAUSE:  # noqa: PLR2004
        return None
    masks = [_mask(unit, knowledge, clause, exact_only=True) for clause in clauses]

    def outputs(options: Sequence[Sequence[Candidate]]) -> list[Candidate]:
        texts = [restored(made[0].text, mask) for made, mask in zip(options, masks, strict=True)]
        if any(text is None for text in texts):
            return []
        words = [text for text in texts if text is not None]
        scores = [made[0].score for made in options]
        known = [each for each in scores if each is not None]
        comma = _COMMAS.get(unit.target_lang, ", ")
        joined = comma.join([_bare(word) for word in words[:-1]] + words[-1:])
        return [Candidate(joined, min(known) if len(known) == len(scores) else None)]

    return Prepared(tuple(mask.text for mask in masks), outputs)


def _bare(words: str) -> str:
    """Leave out the full stop or comma that a clause ends in; another comma takes its place."""
    return words.rstrip(" 。.।။၊、，,")


def _mask(unit: Unit, knowledge: Knowledge, text: str, *, exact_only: bool) -> Masked:
    return masked(
        text,
        knowledge.grammar(unit.source_lang).numbers,
        knowledge.formats(unit.target_lang),
        exact_only=exact_only,
    )


def _by_mask(mask: Masked) -> Prepared:
    def outputs(options: Sequence[Sequence[Candidate]]) -> list[Candidate]:
        found = [(restored(each.text, mask), each.score) for each in options[0]]
        return [Candidate(text, score) for text, score in found if text is not None]

    return Prepared((mask.text,), outputs)


ATTEMPTS = (
    Attempt("plain", _plain),
    Attempt("alternatives", _plain, wide=True),
    Attempt("protected", _protected, wide=True),
    Attempt("clauses", _by_clauses),
)
"""With an engine on this machine."""

REMOTE_ATTEMPTS = (Attempt("private", _private, wide=True),)
"""With an engine on another machine."""
