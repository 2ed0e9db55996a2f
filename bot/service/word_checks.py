"""What the desk wishes to write into glossary and phrasebook, and why it is refused."""

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

from bot.core.model import Lang
from bot.core.translation.phrases import COUNSELOR, JAPANESE, SHORTEST
from bot.core.translation.prepared import stored
from bot.core.translation.slots import KINDS, SLOT, same_slots, shown, slots_of
from bot.core.translation.terms import ACCEPTED_ONLY
from bot.core.understanding import fold
from bot.errors import BotError, NotFoundError
from bot.service.words import PHRASE, TERM, WORDINGS, Words, wordings

LONGEST: Mapping[str, int] = {TERM: 100, PHRASE: 500}
"""Characters of one wording."""
LONGEST_FIELD = 3_000
"""Characters of all wordings of one language."""

_OPEN_BRACKETS = re.compile(r"〔[^〔〕]*〕|\{[^{}]*\}|[〔〕{}]")
_WIDE_MARK = re.compile("^[～〜]")
"""What a Japanese keyboard writes for `~`."""


@dataclass(frozen=True, slots=True)
class Wish:
    """New words for one language. `was` is the text that the counselor had before their eyes.

    Both are as the desk shows them: 〔日付〕, wordings parted by `|`. `reviewed`: the counselor
    reads the language and stands for the words.
    """

    text: str
    was: str = ""
    reviewed: bool = False


@dataclass(frozen=True, slots=True)
class Problem:
    """Why the words of a language are refused: a code, and what it is about ('' for nothing)."""

    code: str
    about: str = ""


class WordsRefusedError(BotError):
    """Nothing was stored; `problems` says by language what is wrong."""

    code: ClassVar[str] = "words_refused"

    def __init__(self, problems: Mapping[Lang, Problem]) -> None:
        super().__init__(", ".join(f"{lang}: {each.code}" for lang, each in problems.items()))
        self.problems = problems


class WordsNotFoundError(NotFoundError):
    """No such term or sentence."""

    code: ClassVar[str] = "no_such_words"


@dataclass(frozen=True, slots=True)
class Rules:
    """What the desk may write.

    `languages` may be written, in the order in which they are shown. `refused` gives the reason
    why a sentence may be said to nobody ("promises: 必ずもらえ"), '' where there is none.
    """

    languages: Sequence[Lang]
    refused: Callable[[Lang, str], str]


Changes = dict[Lang, tuple[str, bool]]
"""Language → the new text, and whether the counselor stands for it."""


def changes_of(
    words: Words, wishes: Mapping[Lang, Wish], others: Iterable[Words], rules: Rules
) -> Changes:
    """Return what must be stored so that `words` becomes as wished; nothing for what stays.

    Where the Japanese changes, nobody stands any longer for the other languages, unless they are
    confirmed in the same step. `others` are all entries. Raises WordsRefusedError.
    """
    changes: Changes = {}
    problems: dict[Lang, Problem] = {}
    for lang, wish in wishes.items():
        if lang not in rules.languages:
            problems[lang] = Problem("language", lang)
            continue
        now = tidied(words.kind, words.texts.get(lang, ""))
        was, text = tidied(words.kind, wish.was), tidied(words.kind, wish.text)
        if not wish.reviewed and text in (was, now):
            continue
        if now not in (was, text):
            problems[lang] = Problem("overtaken", shown(now))
        elif problem := _problem(words, lang, text, wish, rules):
            problems[lang] = problem
        changes[lang] = text, wish.reviewed
    for lang, problem in _together(words, changes, others).items():
        problems.setdefault(lang, problem)
    if problems:
        raise WordsRefusedError(problems)
    return _without_old_reviews(words, changes)


def tidied(kind: str, text: str) -> str:
    """Return a text as it is stored: one line, wordings trimmed, slots by their names."""
    plain = "".join(" " if unicodedata.category(sign) == "Cc" else sign for sign in text)
    plain = re.sub(" {2,}", " ", plain.replace("｜", WORDINGS))
    if kind == PHRASE:
        plain = stored(plain)
    each_wording = wordings(plain)
    if kind == TERM:
        each_wording = tuple(_WIDE_MARK.sub(ACCEPTED_ONLY, each) for each in each_wording)
    return WORDINGS.join(dict.fromkeys(each_wording))


def _problem(words: Words, lang: Lang, text: str, wish: Wish, rules: Rules) -> Problem | None:
    """Return what is wrong with the words of one language, looked at alone."""
    each_wording = wordings(text)
    if not text:
        untold = wish.reviewed and lang != JAPANESE
        return Problem("untold") if untold else None
    if len(text) > LONGEST_FIELD or any(len(each) > LONGEST[words.kind] for each in each_wording):
        return Problem("long", str(LONGEST[words.kind]))
    if words.kind == TERM:
        return Problem("mark") if text.startswith(ACCEPTED_ONLY) else None
    for each in each_wording:
        brackets = _OPEN_BRACKETS.findall(each)
        unknown = [found for found in brackets if found not in {f"{{{name}}}" for name in KINDS}]
        if unknown:
            return Problem("unknown_slot", unknown[0])
        if _is_never_found(words, lang, each):
            return Problem("short", str(SHORTEST))
        # What residents write they may write: "hello, is it true that I cannot apply?"
        reason = rules.refused(lang, each) if words.side == COUNSELOR else ""
        if reason:
            code, _, about = reason.partition(": ")
            return Problem(code, about)
    return None


def _is_never_found(words: Words, lang: Lang, text: str) -> bool:
    """Tell whether a sentence is little more than its slots: it would fit to anything."""
    looked_for = (lang == JAPANESE) == (words.side == COUNSELOR)
    fixed = sum(unicodedata.category(sign)[0] in "LMN" for sign in SLOT.sub("", text))
    return looked_for and bool(slots_of(text)) and fixed < SHORTEST


def _together(words: Words, changes: Changes, others: Iterable[Words]) -> dict[Lang, Problem]:
    """Return what is wrong between the languages, and between this entry and others."""
    texts = {**words.texts, **{lang: text for lang, (text, _) in changes.items()}}
    japanese = wordings(texts.get(JAPANESE, ""))
    if not japanese:
        return {JAPANESE: Problem("empty" if words.japanese else "missing")}
    problems: dict[Lang, Problem] = {}
    if JAPANESE in changes and changes[JAPANESE][0] != words.texts.get(JAPANESE):
        twin = _twin(words, japanese, others)
        if twin is not None:
            problems[JAPANESE] = Problem("twice", twin.key)
    if words.kind == PHRASE:
        wanted = shown("".join(f"{{{slot}}}" for slot in slots_of(japanese[0])))
        for lang in texts if JAPANESE in changes else changes:
            if not all(same_slots(each, japanese[0]) for each in wordings(texts[lang])):
                other = Problem("slots", wanted) if wanted else Problem("no_slots")
                problems.setdefault(lang, Problem("uneven") if lang == JAPANESE else other)
    return problems


def _twin(words: Words, japanese: Sequence[str], others: Iterable[Words]) -> Words | None:
    """Return another entry that has one of these Japanese wordings already."""
    wanted = {fold(each) for each in japanese}
    for other in others:
        if (other.kind, other.side) != (words.kind, words.side):
            continue
        is_new_term = words.kind == TERM and not words.japanese
        if other.key == words.key:
            if is_new_term:
                return other
        elif not other.taken_away and not wanted.isdisjoint(map(fold, wordings(other.japanese))):
            return other
    return None


def _without_old_reviews(words: Words, changes: Changes) -> Changes:
    """Add the languages whose review was about other Japanese words."""
    text, _ = changes.get(JAPANESE, (words.japanese, False))
    if text == tidied(words.kind, words.japanese) or not words.japanese:
        return changes
    stale = {
        lang: (known, False)
        for lang, known in words.texts.items()
        if lang not in changes and lang != JAPANESE and words.is_reviewed(lang)
    }
    return {**changes, **stale}
