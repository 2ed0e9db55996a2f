"""The counselors' prepared sentences, written by people in every language."""

import json
from collections.abc import Mapping
from pathlib import Path

from bot.core.model import Lang
from bot.core.understanding import fold


class FilePhrasebook:
    """Implements ports.Phrasebook over locales/phrasebook.jsonl."""

    def __init__(self, entries: list[Mapping[str, list[str]]]) -> None:
        self._entries = entries
        self._by_japanese = {fold(words): each for each in entries for words in each["ja"]}

    def lookup(self, japanese: str, lang: Lang) -> str:
        """Return the prepared sentence in `lang`; spaces and final punctuation do not matter."""
        entry = self._by_japanese.get(fold(japanese))
        return entry[lang][0] if entry is not None and lang in entry else ""

    def sentences(self, lang: Lang) -> list[tuple[str, str]]:
        """Return (Japanese, translation) of all prepared sentences in `lang`."""
        return [(each["ja"][0], each[lang][0]) for each in self._entries if lang in each]


def load_phrasebook(path: Path) -> tuple[FilePhrasebook, list[str]]:
    """Read the phrasebook, one JSON object a line, and return it with every problem found."""
    entries: list[Mapping[str, list[str]]] = []
    problems: list[str] = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        try:
            texts = json.loads(line)["texts"]
            whole = bool(texts["ja"]) and all(
                isinstance(words, str) for each in texts.values() for words in each
            )
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            problems.append(f"{path.name}: line {number}: {error}")
            continue
        if not whole:
            problems.append(f"{path.name}: line {number}: every sentence needs Japanese words")
            continue
        entries.append(texts)
    return FilePhrasebook(entries), problems
