"""Furigana in brackets, 家賃(やちん): taking them away, cutting them up, mending numbers."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

KANJI = "々〆〇㐀-䶿一-鿿豈-﫿"
"""A character class of kanji, for use between square brackets."""

_WORD = re.compile(rf"([0-9０-９]*)([{KANJI}]+)\(([ぁ-ゖァ-ヺー]+)\)")
_COUNTED = re.compile(
    rf"(?<![0-9０-９])([0-9０-９]{{1,3}})([日人分])[{KANJI}]{{0,3}}\((にち|にん|ふん)"
)
_DAYS = {
    1: "いちにち",
    2: "ふつか",
    3: "みっか",
    4: "よっか",
    5: "いつか",
    6: "むいか",
    7: "なのか",
    8: "ようか",
    9: "ここのか",
    10: "とおか",
    14: "じゅうよっか",
    20: "はつか",
    24: "にじゅうよっか",
}
_FIRST = "ついたち"
_PEOPLE = {1: "ひとり", 2: "ふたり", 4: "よにん"}
_HARD_MINUTES = {0, 1, 3, 4, 6, 8}
"""Last digits after which 分 is ぷん."""


@dataclass(frozen=True, slots=True)
class Segment:
    """A piece of a text; `reading` is '' where it has none."""

    text: str
    reading: str = ""


def has_kanji(text: str) -> bool:
    """Tell whether a text needs readings at all."""
    return re.search(f"[{KANJI}]", text) is not None


def plain(text: str) -> str:
    """Return the text without its readings.

    Only half-width brackets with kana right after kanji are readings: （24時間） and カード(かーど)
    stay as they are.
    """
    return _WORD.sub(r"\1\2", text)


def segments(text: str) -> tuple[Segment, ...]:
    """Cut a text into words with and without a reading; joined they give `plain(text)`.

    A number belongs to its word where the reading speaks it: 2人(ふたり), but 20|歳(さい).
    """
    return tuple(each for each in _segments(text) if each.text)


def _segments(text: str) -> Iterator[Segment]:
    end = 0
    for found in _WORD.finditer(text):
        number, word, reading = found.groups()
        spoken = reading.startswith(tuple(_readings_of(number, word)))
        start = found.start(1) if spoken else found.start(2)
        yield Segment(text[end:start])
        yield Segment(text[start : found.end(2)], reading)
        end = found.end()
    yield Segment(text[end:])


def unread(text: str) -> list[str]:
    """Return the kanji of an annotated text that have no reading."""
    without = _WORD.sub("", text)
    return re.findall(f"[{KANJI}]+", without)


def settled(text: str) -> str:
    """Return the text with the readings of days, people and minutes as their numbers ask for.

    A prepared {days}日(にち) or {people}人(にん) becomes 3日(みっか), 2人(ふたり) with its
    number. The first of a month is ついたち, one day is いちにち; 10分 is ぷん.
    """
    return _COUNTED.sub(_settled, text)


def _settled(found: re.Match[str]) -> str:
    number, counter, reading = found.groups()
    if counter == "分" and int(number) % 10 in _HARD_MINUTES:
        return found[0][: -len(reading)] + "ぷん"
    month = found.string[: found.start()].endswith(("月", "月(がつ)"))
    right = reading_of_number(int(number), counter, month=month)
    return found[0][: -len(reading)] + (right or reading)


def reading_of_number(number: int, counter: str, *, month: bool = False) -> str:
    """Return how days (日) or people (人) of this number are read, '' where にち or にん is right.

    `month`: a month stands before it, so that it is a date.
    """
    if counter == "日" and number == 1 and month:
        return _FIRST
    known = {"日": _DAYS, "人": _PEOPLE}.get(counter, {})
    return known.get(number, "")


def _readings_of(number: str, word: str) -> Iterator[str]:
    if not number:
        return
    for month in (False, True):
        spoken = reading_of_number(int(number), word[0], month=month)
        if spoken:
            yield spoken
