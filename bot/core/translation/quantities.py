"""The numbers, dates and times of a sentence, and which of them a translation does not keep."""

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from bot.core.translation.clocks import clocks
from bot.core.translation.dates import Found, Kind, dates
from bot.core.translation.grammar import NumberWords
from bot.core.translation.lexemes import lexicon_of
from bot.core.translation.measures import unit_of
from bot.core.translation.numerals import Lexeme, M, N, Sketch, W, X, sketch_of

_KINDS: Mapping[str, Kind] = {N: "number", M: "month", W: "weekday", X: "exact"}
_DAYS = ("", "mon", "tue", "wed", "thu", "fri", "sat", "sun")
_DOUBTFUL = frozenset(
    "may mar march ago set out abr mai sen des sun sat minggu linggo อาทิตย์ मे जुन 土 日".split()  # noqa: SIM905
)
"""Names of months and days that are other words as well."""
_NO_CALENDAR = ("yen", "percent", "week", "year", "person", "times")
_DAY_OR_TIME = re.compile("[0-2][0-9][-:][0-9]{2}")
_PHONE = re.compile(r"[-+() .0-9]+")


@dataclass(frozen=True, slots=True)
class Quantity:
    """Something a translation must keep, at `start`:`end` of the text in NFC.

    `value` is canonical: plain digits for a number and a month, [YYYY-]MM-DD for a date, HH:MM for
    a time, mon … sun for a weekday, the digits of a telephone number, a link as it is. `also` are
    values that the same words may mean as well (12/5, a time without its half of day).
    `weak`: a word that another language may leave out ("a", "one", "both"); alone it is no alarm.
    `sure`: no other reading is likely. `unit` is what a number counts ("yen", "month" …) or ''.
    """

    kind: Kind
    value: str
    start: int
    end: int
    also: tuple[str, ...] = ()
    weak: bool = False
    sure: bool = True
    unit: str = ""


def quantities(text: str, words: NumberWords) -> list[Quantity]:
    """Return what `text` says in figures, number words, dates and times, in order.

    Any script's digits, kanji numerals, 5.5万, "55 nghìn", 55.000 and 55,000 are read alike.
    """
    sketch = sketch_of(unicodedata.normalize("NFC", text), lexicon_of(words))
    if not sketch.lexemes:
        return []
    taken: set[int] = set()
    found: list[Quantity] = []
    for part in sorted([*clocks(sketch), *dates(sketch)], key=_longest_first):
        used = [at for at in range(part.start, part.end) if at in sketch.lexemes]
        if taken.isdisjoint(used):
            taken.update(used)
            found.append(_placed(part, sketch))
    for at, lexeme in sketch.lexemes.items():
        if at not in taken and lexeme.sign in _KINDS:
            found.append(_single(lexeme, sketch.folded))
    return sorted(found, key=lambda quantity: quantity.start)


def differing(
    source: str, target: str, source_words: NumberWords, target_words: NumberWords
) -> tuple[str, ...]:
    """Return the values that only one side says: those missing from `target` first, then the new.

    Empty when both say the same. A number word equals a digit, 12/5 either date, 5:15 also 17:15
    unless both sides name the half of day, a date also its month and day said apart.
    """
    said = _without_years(quantities(source, source_words))
    kept = _without_years(quantities(target, target_words))
    pairs: list[tuple[Quantity, Quantity]] = []
    for alike in (_equal, _similar, _related):
        said, kept = _unpaired(said, kept, alike, pairs)
    said, kept = _unpaired_parts(said, kept)
    kept, said = _unpaired_parts(kept, said)
    crossed = _crossed(pairs)
    return tuple(one.value for one in (*said, *kept, *crossed) if not one.weak)


# -- reading --------------------------------------------------------------------------------------


def _longest_first(part: Found) -> tuple[int, int]:
    return part.start - part.end, part.start


def _placed(part: Found, sketch: Sketch) -> Quantity:
    start, end = sketch.span(part.start, part.end)
    return Quantity(part.kind, part.value, start, end, part.also, sure=part.sure)


def _single(lexeme: Lexeme, folded: str) -> Quantity:
    word = folded[lexeme.start : lexeme.end]
    weak = lexeme.weak or word in _DOUBTFUL
    kind, value, also = _KINDS[lexeme.sign], lexeme.value, lexeme.also
    if kind == "weekday":
        if word.startswith(("thứ ", "thu ")):  # also the ordinal number after the day's
            also = (str(int(value) + 1),)
        value = _DAYS[int(value) % len(_DAYS)]
    elif kind == "exact" and _PHONE.fullmatch(word):
        value = "".join(sign for sign in word if sign.isdigit())
    unit = unit_of(folded, lexeme.start, lexeme.end) if kind == "number" else ""
    return Quantity(kind, value, lexeme.start, lexeme.end, also, weak=weak, unit=unit)


# -- comparing ------------------------------------------------------------------------------------


def _without_years(found: list[Quantity]) -> list[Quantity]:
    """Part years from dates, so that one side may say the year elsewhere."""
    parted: list[Quantity] = []
    for one in found:
        if one.kind == "date" and len(one.value) > len("MM-DD"):
            parted.append(replace(one, kind="number", value=one.value[:4], also=()))
            days = tuple(day[5:] for day in one.also)
            parted.append(replace(one, value=one.value[5:], also=days))
        else:
            parted.append(one)
    return parted


def _unpaired(
    left: list[Quantity],
    right: list[Quantity],
    alike: Callable[[Quantity, Quantity], bool],
    pairs: list[tuple[Quantity, Quantity]],
) -> tuple[list[Quantity], list[Quantity]]:
    """Return what has no counterpart; what has one goes to `pairs`."""
    rest, open_ = [], list(right)
    for one in left:
        for at, other in enumerate(open_):
            if alike(one, other):
                pairs.append((one, other))
                del open_[at]
                break
        else:
            rest.append(one)
    return rest, open_


def _crossed(pairs: list[tuple[Quantity, Quantity]]) -> list[Quantity]:
    """Return numbers that changed places: "3 companies, 3,200 yen" and 3,200社から3円."""
    named = {(one.unit, other.unit) for one, other in pairs}
    units = {one for one, other in named if one and not other and ("", one) in named}
    return [
        one for one, other in pairs if {one.unit, other.unit} & units and one.unit != other.unit
    ]


def _equal(one: Quantity, other: Quantity) -> bool:
    return one.kind == other.kind and one.value == other.value and _count_alike(one, other)


def _similar(one: Quantity, other: Quantity) -> bool:
    alike = one.kind == other.kind and _count_alike(one, other)
    return alike and not _values(one).isdisjoint(_values(other))


def _count_alike(one: Quantity, other: Quantity) -> bool:
    """Whether two numbers may count the same: 3 weeks are not 3 months."""
    return one.unit == other.unit or not (one.unit and other.unit)


def _related(one: Quantity, other: Quantity) -> bool:
    """Whether two readings of different kinds may be the same: May and 5, 17:00 and 5."""
    kinds = {one.kind, other.kind}
    if len(kinds) == 1 or "date" in kinds or "exact" in kinds:
        return False
    free = ("", "hour") if "time" in kinds else ("",)  # 5か月 is not May
    return one.unit in free and other.unit in free and not _plain(one).isdisjoint(_plain(other))


def _values(one: Quantity) -> set[str]:
    return {one.value, *one.also}


def _plain(one: Quantity) -> set[str]:
    """Return the bare numbers that could stand for a quantity in another language."""
    if one.kind != "time":
        return _values(one)
    hours = {int(time[:2]) for time in _values(one) if time.endswith(":00")}
    return {str(hour) for hour in hours} | {str(hour % 12 or 12) for hour in hours}


def _unpaired_parts(
    left: list[Quantity], right: list[Quantity]
) -> tuple[list[Quantity], list[Quantity]]:
    """Pair dates and times of `left` with their parts said apart in `right`."""
    rest: list[Quantity] = []
    for one in left:
        found = _parts_of(one, right)
        if found is None:
            rest.append(one)
        else:
            right = [other for other in right if other not in found]
    return rest, right


def _parts_of(one: Quantity, among: list[Quantity]) -> tuple[Quantity, Quantity] | None:
    if one.kind not in ("date", "time"):
        return None
    among = [part for part in among if part.unit not in _NO_CALENDAR]
    for value in filter(_DAY_OR_TIME.fullmatch, _values(one)):
        first, second = int(value[:2]), int(value[3:])
        big = {str(first)} | ({str(first % 12 or 12)} if one.kind == "time" else set())
        bigs = [part for part in among if part.kind in ("number", "month") and part.value in big]
        for part in bigs:
            for other in among:
                if other is not part and other.kind == "number" and other.value == str(second):
                    return part, other
    return None
