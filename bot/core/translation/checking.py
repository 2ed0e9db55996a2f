"""Whether a machine translation of one sentence may be believed: what speaks against it."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from bot.core.model import Lang
from bot.core.translation.grammar import Grammar
from bot.core.translation.quantities import differing
from bot.core.translation.scripts import CAPITALS, LATIN
from bot.core.translation.similarity import similarity
from bot.core.translation.splitting import EXACT
from bot.core.translation.terms import Term, missing_terms

ECHO = 0.8
"""So alike is a translation to its source only when the engine has left it as it was."""

LENGTHS: dict[Lang, float] = {
    "ja": 1.0,
    "zh": 0.65,
    "ko": 1.0,
    "th": 1.95,
    "my": 2.8,
    "ne": 1.95,
    "vi": 2.1,
    "en": 2.05,
    "es": 2.3,
    "pt": 2.25,
    "tl": 2.6,
    "id": 2.3,
}
"""Letters that say what one Japanese letter says, measured over the phrasebook."""

_SHORTEST, _LONGEST = 0.4, 2.9
_TOO_SHORT_TO_JUDGE = 8
_SCRIPTS: dict[Lang, str] = {
    "ja": "\u3040-\u30ff\u3400-\u9fff々〆",
    "zh": "\u3400-\u9fff",
    "ko": "\uac00-\ud7af\u1100-\u11ff\u3130-\u318f",
    "th": "\u0e00-\u0e7f",
    "my": "\u1000-\u109f",
    "ne": "\u0900-\u097f",
}
_OWN_SCRIPT_AT_LEAST = 0.5
_ALL_LETTERS = re.compile(r"[^\W\d_]")
# Also where other letters touch it (Nguyễnさん), and the placeholders of amounts (Q1).
_NAME = re.compile(f"(?<![{LATIN}])[{CAPITALS}][{LATIN}0-9'’.-]*")
_MOST_NAMES = 4
_REPEATED = re.compile(
    r"(.{2,30}?)\1{3,}|(\b\w{2,}\b)(?:\W+\2\b){2,}|(.{6,60}?)[\s、,。]*\3[\s、,。]*\3",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Doubt:
    """A reason not to believe a translation, with what it is about (values, terms)."""

    code: str
    about: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"{self.code}:{','.join(self.about)}" if self.about else self.code


def doubts(
    source: str,
    target: str,
    grammars: tuple[Grammar, Grammar],
    terms: Sequence[Term] = (),
) -> list[Doubt]:
    """Return what speaks against `target` as the translation of `source`, worst first.

    Codes: `empty`, `echo` (the source again), `repeated` (a loop), `script` (another language's
    letters), `length` (much too short or long), `numbers` (a figure, date or time stands on one
    side only), `negation` (one side only denies), `term` (a fixed term is lost). A translation
    without doubts may still be wrong.
    """
    ours, theirs = grammars
    if not target.strip():
        return [Doubt("empty")]
    found: list[Doubt] = []
    if is_echo(source, target):
        found.append(Doubt("echo"))
    if _REPEATED.search(target) and not _REPEATED.search(source):
        found.append(Doubt("repeated"))
    if not is_in_script(target, theirs.lang):
        found.append(Doubt("script"))
    if not is_sane_length(source, target, ours.lang, theirs.lang):
        found.append(Doubt("length"))
    values = differing(source, target, ours.numbers, theirs.numbers)
    if values:
        found.append(Doubt("numbers", values))
    if denies(source, ours) != denies(target, theirs):
        found.append(Doubt("negation"))
    lost = missing_terms(source, target, terms)
    if lost:
        found.append(Doubt("term", lost))
    return found


def denies(text: str, grammar: Grammar) -> bool:
    """Tell whether a sentence holds a negation that is none of "must", "only", "not only"."""
    plain = unicodedata.normalize("NFC", text).lower()
    for pattern in grammar.neutral:
        plain = pattern.sub(lambda match: "\x00" * len(match.group()), plain)
    return any(pattern.search(plain) for pattern in grammar.cues)


def is_echo(source: str, target: str) -> bool:
    """Tell whether the translation is the source again; names and loan words alone are not."""
    # A link comes back as it is, and may be longer than what was said about it.
    source, target = EXACT.sub("", source), EXACT.sub("", target)
    words = _without_names(source)
    return len(_ALL_LETTERS.findall(words)) > 3 and similarity(target, source) >= ECHO  # noqa: PLR2004


def is_in_script(text: str, lang: Lang) -> bool:
    """Tell whether at least half of the letters belong to the script of `lang`.

    Links and addresses, and names in Latin letters that begin with a capital, do not count.
    """
    own = _SCRIPTS.get(short(lang), LATIN)
    plain = EXACT.sub("", text)
    counted = plain if own == LATIN else _without_names(plain)
    letters = _ALL_LETTERS.findall(counted)
    if not letters:
        return True
    return len(re.findall(f"[{own}]", counted)) >= _OWN_SCRIPT_AT_LEAST * len(letters)


def is_sane_length(source: str, target: str, source_lang: Lang, target_lang: Lang) -> bool:
    """Tell whether the translation is about as long as such a sentence should be.

    Links and addresses do not count: they are equally long in every language.
    """
    source, target = EXACT.sub("", source), EXACT.sub("", target)
    expected = max(1, len(source)) * LENGTHS[short(target_lang)] / LENGTHS[short(source_lang)]
    if max(expected, len(target)) < _TOO_SHORT_TO_JUDGE * LENGTHS[short(target_lang)]:
        return True
    return _SHORTEST <= len(target) / expected <= _LONGEST


def short(lang: Lang) -> Lang:
    """Return the language without script, region or ease: `zh-Hant` → `zh`."""
    return lang.split("-", 1)[0]


def _without_names(text: str) -> str:
    """Leave out names in Latin letters; HELP ME I AM HUNGRY is no name, however it is written."""
    rest, names = _NAME.subn("", text)
    return text if names > _MOST_NAMES and not _ALL_LETTERS.search(rest) else rest
