"""The tables that make residents' free text readable for an engine, from locales/translation."""

import lzma
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from bot.core.translation.nepali import ChatWord, Devanagari, Words
from bot.core.translation.vietnamese import Syllables, Tones

VIETNAMESE = "vi_syllables.tsv.xz"
VIETNAMESE_CHAT = "vi_chat.tsv"
NEPALI = "ne_words.tsv.xz"
NEPALI_CHAT = "ne_chat.tsv"


@lru_cache(maxsize=1)
def load_tones(folder: Path) -> Tones:
    """Read what restores Vietnamese marks from `folder` (locales/translation): 0.2 s, 30 MB.

    Raises OSError or ValueError where a table is missing or broken.
    """
    followers: dict[str, list[tuple[str, int]]] = {}
    for word, groups in _rows(folder / VIETNAMESE):
        followers[word] = [
            (after, int(count))
            for count, words in (group.split(" ", 1) for group in groups.split("|") if group)
            for after in words.split(" ")
        ]
    short = dict(_rows(folder / VIETNAMESE_CHAT))
    return Tones(Syllables(followers, short))


@lru_cache(maxsize=1)
def load_devanagari(folder: Path) -> Devanagari:
    """Read what writes romanised Nepali in Devanagari from `folder`: 0.7 s, 15 MB.

    Raises OSError or ValueError where a table is missing or broken.
    """
    chat = [
        ChatWord(word, tuple(typed.split()), bool(loan))
        for word, typed, *loan in _fields(folder / NEPALI_CHAT)
    ]
    return Devanagari(Words((word for (word,) in _fields(folder / NEPALI)), chat))


def _rows(file: Path) -> Iterator[tuple[str, str]]:
    for fields in _fields(file):
        first, second = fields
        yield first, second


def _fields(file: Path) -> Iterator[list[str]]:
    """Yield the fields of a table; lines that begin with `#` are for people."""
    content = file.read_bytes()
    try:
        text = (lzma.decompress(content) if file.suffix == ".xz" else content).decode()
    except lzma.LZMAError as error:
        raise ValueError(f"{file.name} is damaged") from error
    for line in text.split("\n"):
        if line and not line.startswith("#"):
            yield line.split("\t")
