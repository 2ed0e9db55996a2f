"""Writes residents' words as engines read them best, and engines' words as readers write them."""

import unicodedata
from functools import cached_property
from pathlib import Path
from threading import Lock
from typing import Any

from bot.adapters.translation.spelling import load_devanagari, load_tones
from bot.core.model import Lang
from bot.core.translation.nepali import Devanagari
from bot.core.translation.vietnamese import Tones

TO_SIMPLIFIED = "t2s"
TO_TAIWAN = "s2twp"
"""Traditional Chinese as written in Taiwan, its own words included."""


class Writing:
    """Implements ports.Spelling; each table is read when its language is first met.

    Safe to share between threads.
    """

    def __init__(self, tables: Path) -> None:
        self._tables = tables
        self._lock = Lock()

    def for_engine(self, text: str, lang: Lang) -> str:
        """Return NFC; Vietnamese with its marks, Nepali in Devanagari, Chinese simplified."""
        plain = unicodedata.normalize("NFC", text)
        with self._lock:
            match lang:
                case "vi":
                    return self._tones.restored(plain).text
                case "ne":
                    return self._devanagari.restored(plain).text
                case "zh-Hant":
                    return str(self._simplified.convert(plain))
                case _:
                    return plain

    def for_reader(self, text: str, lang: Lang) -> str:
        """Return an engine's simplified Chinese in traditional signs; all else as it is."""
        if lang != "zh-Hant":
            return text
        with self._lock:
            return str(self._traditional.convert(text))

    @cached_property
    def _tones(self) -> Tones:
        return load_tones(self._tables)

    @cached_property
    def _devanagari(self) -> Devanagari:
        return load_devanagari(self._tables)

    @cached_property
    def _simplified(self) -> Any:
        return _converter(TO_SIMPLIFIED)

    @cached_property
    def _traditional(self) -> Any:
        return _converter(TO_TAIWAN)


def _converter(name: str) -> Any:
    from opencc import OpenCC  # noqa: PLC0415 - only a worker that meets this language loads it

    return OpenCC(name)
