"""The prepared sentences of both sides, written by people in every language."""

import json
from pathlib import Path

from bot.adapters.languages import BY_CODE
from bot.core.translation.phrases import JAPANESE, SIDES, Phrase
from bot.core.translation.slots import (
    KINDS,
    same_slots,
    slots_of,
)

STATES = ("draft", "reviewed")
"""What `review` begins with, before its date: who has read the translations."""


def read_phrases(path: Path) -> tuple[list[Phrase], list[str]]:
    """Return the sentences, one JSON object a line, without those that have a problem, and these.

    Raises OSError or UnicodeDecodeError where there is no such file.
    """
    phrases: list[Phrase] = []
    problems: list[str] = []
    keys: set[str] = set()
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        try:
            phrase = _phrase(line)
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            found = [f"{type(error).__name__}: {error}"]
        else:
            found = _problems(phrase)
            if phrase.key in keys:
                found.append(f"{phrase.key} stands twice")
            keys.add(phrase.key)
            if not found:
                phrases.append(phrase)
        problems.extend(f"{path.name}: line {number}: {problem}" for problem in found)
    return phrases, problems


def _phrase(line: str) -> Phrase:
    """Read one line. Raises ValueError, KeyError, TypeError or AttributeError where it cannot."""
    told = json.loads(line)
    texts = {lang: tuple(said) for lang, said in told["texts"].items() if isinstance(said, list)}
    if len(texts) < len(told["texts"]):
        raise ValueError("the texts of a language are a list")
    key, side, review = told["key"], told["side"], told["review"]
    words = [key, side, review, *(each for said in texts.values() for each in said)]
    if not all(isinstance(each, str) and each.strip() for each in words):
        raise ValueError("key, side, review and texts are words")
    return Phrase(key, side, review, texts)


def _problems(phrase: Phrase) -> list[str]:
    """Return what is wrong with a sentence that can be read."""
    problems: list[str] = []
    if phrase.side not in SIDES:
        problems.append(f"{phrase.key}: unknown side {phrase.side}")
    if phrase.review.split()[0] not in STATES:
        problems.append(f"{phrase.key}: unknown review state {phrase.review}")
    problems += [
        f"{phrase.key}: unknown language {lang}" for lang in phrase.texts if lang not in BY_CODE
    ]
    problems += [
        f"{phrase.key}: {lang} has no words" for lang, texts in phrase.texts.items() if not texts
    ]
    japanese = phrase.texts.get(JAPANESE, ())
    if not japanese:
        return [*problems, f"{phrase.key}: every sentence needs Japanese words"]
    problems += [
        f"{phrase.key}: unknown slot {slot}"
        for slot in dict.fromkeys(slots_of(japanese[0]))
        if slot not in KINDS
    ]
    problems += [
        f"{phrase.key}: {lang} has other slots than the Japanese: {text}"
        for lang, texts in phrase.texts.items()
        for text in texts
        if not same_slots(text, japanese[0])
    ]
    return problems
