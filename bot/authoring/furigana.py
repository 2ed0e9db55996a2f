"""Easy Japanese → the same with furigana: a fixed table first, a tokenizer for the rest."""

import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from bot.core.furigana import KANJI, has_kanji, plain, segments, settled, unread

READINGS = "readings.tsv"
"""The fixed table in locales/ja_easy: a word, a tab, its reading in hiragana; `#` begins a comment.

`N` stands for any number (N日 にち), `+` for other kanji right before (+者 しゃ). A row of one
kanji holds only where the kanji is a word of its own. The longest row that fits wins.
"""

FURIGANA = "furigana.json"
"""What is made of it in locales/ja_easy: address → words with readings. Committed, for review."""

Read = Callable[[str], list[tuple[str, str]]]
"""Cuts a text into words, each with its reading in katakana; joined they are the text."""

_KANJI = re.compile(f"[{KANJI}]")
_PIECES = re.compile(f"[{KANJI}]+|[^{KANJI}]+")
_TO_HIRAGANA = {code: code - 0x60 for code in range(ord("ァ"), ord("ヶ") + 1)}


class NoTokenizerError(Exception):
    """The tokenizer is not installed: it comes with the development tools, not with the program."""


@dataclass(frozen=True, slots=True)
class Made:
    """The annotated texts; `problems` say what needs a person, `new` what a person should read."""

    texts: dict[str, str]
    problems: list[str]
    new: list[str]


@dataclass(frozen=True, slots=True)
class _Word:
    start: int
    end: int
    reading: str


def tokenizer() -> Read:
    """Return Sudachi with its small dictionary. Raises NoTokenizerError."""
    try:
        from sudachipy import Dictionary, SplitMode  # noqa: PLC0415  # a development tool only
    except ImportError as error:
        raise NoTokenizerError from error
    cut = Dictionary(dict="small").tokenizer(mode=SplitMode.C)
    return lambda text: [(each.surface(), each.reading_form()) for each in cut.tokenize(text)]


def load_table(path: Path) -> dict[str, str]:
    """Return the fixed table. Raises ValueError naming every line that is not a word and a reading.

    A reading is in hiragana and spells the kana of its word (話す はなす).
    """
    table: dict[str, str] = {}
    wrong: list[str] = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        if not line.strip() or line.startswith("#"):
            continue
        word, _, reading = line.partition("\t")
        aligned = _aligned(re.sub("^[N+]", "", word), reading)
        if word in table or not re.fullmatch("[ぁ-ゖー]+", reading) or not aligned:
            wrong.append(f"{path.name}:{number}: {line!r}")
        table[word] = reading
    if wrong:
        raise ValueError("\n".join(wrong))
    return table


def annotate(text: str, table: Mapping[str, str], read: Read) -> str:
    """Return the text with a reading in brackets after every kanji word, okurigana outside.

    Every occurrence has its reading, so that no sentence asks the reader to remember one. A word
    that can be read neither by table nor by tokenizer stays bare (see `unread`).
    """
    words = _words(text, table, read)
    written: list[str] = []
    end = 0
    for word in words:
        written.append(text[end : word.start])
        spelled = text[word.start : word.end]
        written.append(_aligned(spelled, word.reading) or spelled)
        end = word.end
    written.append(text[end:])
    return settled("".join(written))


def make(
    texts: Mapping[str, str], table: Mapping[str, str], read: Read, before: Mapping[str, str]
) -> Made:
    """Annotate every text that has kanji. `before`: what was made the last time."""
    made: dict[str, str] = {}
    problems: list[str] = []
    for address, text in texts.items():
        if plain(text) != text:
            problems.append(f"{address}: write no readings by hand: {text}")
        elif has_kanji(text):
            made[address] = annotate(text, table, read)
            left = unread(made[address])
            if left:
                problems.append(f"{address}: add to {READINGS}: {'、'.join(left)}")
    known = {pair for each in before.values() for pair in _pairs(each)}
    new = dict.fromkeys(pair for each in made.values() for pair in _pairs(each))
    fixed = set(table.items())
    return Made(made, problems, [f"{w}({r})" for w, r in new if (w, r) not in known | fixed])


def update(folder: Path, texts: Mapping[str, str]) -> Made:
    """Write `furigana.json` in locales/ja_easy anew and return what was made.

    `texts`: address → words as served. Raises NoTokenizerError, and ValueError (see `load_table`);
    the file then stays as it was.
    """
    path = folder / FURIGANA
    before = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    made = make(texts, load_table(folder / READINGS), tokenizer(), before)
    path.write_text(json.dumps(made.texts, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return made


def _pairs(annotated: str) -> Iterator[tuple[str, str]]:
    return ((each.text, each.reading) for each in segments(annotated) if each.reading)


def _words(text: str, table: Mapping[str, str], read: Read) -> list[_Word]:
    tokens = list(_tokens(text, read))
    edges = {edge for word in tokens for edge in (word.start, word.end)}
    fixed = list(_from_table(text, table, edges))
    words = list(fixed)
    taken = [False] * len(text)
    for word in fixed:
        taken[word.start : word.end] = [True] * (word.end - word.start)
    for word in tokens:
        free = [place for place in range(word.start, word.end) if not taken[place]]
        if len(free) == word.end - word.start:
            words.append(word)
        elif free and _KANJI.search(text[free[0] : free[-1] + 1]):
            # A row of the table cut through this word: what is left is read on its own.
            words.extend(_tokens(text[: free[-1] + 1], read, beyond=free[0]))
    return _joined(text, sorted(words, key=lambda each: each.start))


def _tokens(text: str, read: Read, *, beyond: int = 0) -> Iterator[_Word]:
    place = beyond
    for surface, reading in read(text[beyond:]):
        yield _Word(place, place + len(surface), reading.translate(_TO_HIRAGANA))
        place += len(surface)


def _from_table(text: str, table: Mapping[str, str], edges: set[int]) -> Iterator[_Word]:
    longest = max(map(len, table), default=0)
    place = 0
    while place < len(text):
        found = next(
            (
                _Word(place, place + length, reading)
                for length in range(min(longest, len(text) - place), 0, -1)
                if (reading := _row(text, place, length, table, edges))
            ),
            None,
        )
        if found is None:
            place += 1
        else:
            yield found
            place = found.end


def _row(text: str, start: int, length: int, table: Mapping[str, str], edges: set[int]) -> str:
    """Return the reading of a row that holds for this piece of the text, '' if there is none."""
    end = start + length
    word = text[start:end]
    before = text[start - 1 : start]
    if before.isdigit() or before == "}":
        return table.get(f"N{word}", "")
    alone = len(_KANJI.findall(word)) == 1
    if alone and not {start, end} <= edges:
        return ""
    ending = table.get(f"+{word}", "") if _KANJI.match(before) else ""
    return ending or table.get(word, "")


def _joined(text: str, words: list[_Word]) -> list[_Word]:
    """Join neighbours that are all kanji into one word with one reading: 労働|基準|監督|署."""
    joined: list[_Word] = []
    for word in words:
        last = joined[-1] if joined else None
        whole = _all_kanji(text[word.start : word.end])
        if (
            last is not None
            and last.end == word.start
            and whole
            and _all_kanji(text[last.start : last.end])
            # After a number each counter keeps its own reading: 30日(にち)以内(いない).
            and not text[last.start - 1 : last.start].isdigit()
            and text[last.start - 1 : last.start] != "}"
        ):
            joined[-1] = _Word(last.start, word.end, last.reading + word.reading)
        else:
            joined.append(word)
    return joined


def _all_kanji(word: str) -> bool:
    return re.fullmatch(f"[{KANJI}]+", word) is not None


def _aligned(word: str, reading: str) -> str:
    """Return the word with its reading after each run of kanji, '' where the two do not fit."""
    pieces = _PIECES.findall(word)
    shape = "".join(
        "(.+?)" if _KANJI.match(each) else re.escape(each.translate(_TO_HIRAGANA))
        for each in pieces
    )
    fits = re.fullmatch(shape, reading.translate(_TO_HIRAGANA))
    if fits is None:
        return ""
    readings = iter(fits.groups())
    return "".join(f"{each}({next(readings)})" if _KANJI.match(each) else each for each in pieces)
