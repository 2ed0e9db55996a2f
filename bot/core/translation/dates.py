"""Dates in a sketch: 12月5日, 12/5, Dec 5, 5 de diciembre, ngày 5 tháng 12, 5 ธันวาคม 2569."""

import re
from collections.abc import Iterator
from typing import Literal, NamedTuple

from bot.core.translation.numerals import M, N, Sketch

BUDDHIST = 543
"""Years between the Thai calendar and the common one."""
_BUDDHIST_YEARS = range(2440, 2644)
_YEARS = range(1900, 2101)
_ERAS = {
    **dict.fromkeys(("令和", "reiwa", "레이와", "เรวะ", "रेइवा"), 2018),
    **dict.fromkeys(("平成", "heisei", "헤이세이", "เฮเซ"), 1988),
    **dict.fromkeys(("昭和", "showa", "쇼와", "โชวะ"), 1925),
}
"""Year before the first one of each Japanese era."""

_ERA = "|".join(_ERAS)
_FROM_DAY = r"\s?(?:de|of|ng|ka|日|日の|तारिख|गते|ရက်|,)?\s?"
_FROM_MONTH = (
    r"\s?(?:လပိုင်း|လရဲ့|လ|महिनाको|को|,|\.|-|ng|the|om)?\s?(?:the |ika-?\s?|ngày |tanggal |วันที่ )?"
)
# "3 tháng 5 ngày" are three months and five days.
_NO_UNIT = r"(?!\s?(?:ngày|người|tuần|giờ|yên|วัน|คน|hari|orang|दिन|जना))"
_NO_CLOCK = r"(?!\s?(?::|[hg]\b|giờ|時|时|点|बजे))"
_DATE = re.compile(
    rf"(?:(?:(?P<era1>{_ERA})\s?)?(?P<y1>{N})\s?[年년]\s?)?(?P<m1>{N})\s?[月월]\s?"
    rf"(?P<d1>{N})\s?[日号號일]"
    rf"|(?P<a3>{N})(?P<sep>[-/.])(?P<b3>{N})(?P=sep)(?P<c3>{N})"
    rf"|(?P<a2>{N})\s?/\s?(?P<b2>{N})(?![/%])"
    rf"|(?P<d4>{N})\s?(?:tháng|thang|bulan|เดือน)\s?(?P<m4>{N}){_NO_UNIT}"
    rf"|(?P<d5>{N}){_FROM_DAY}(?P<m5>{M})"
    rf"|(?P<m6>{M}){_FROM_MONTH}(?P<d6>{N}){_NO_CLOCK}(?:\s?(?:ရက်|गते|तारिख|일|日))?"
    rf"|(?P<m7>{N})\s?[月월](?:份)?(?![間间])"
    rf"|(?:tháng|thang|bulan)\s(?P<m8>{N})"
    rf"|(?P<era9>{_ERA})\s?(?P<y9>{N})(?:\s?[年년])?"
    rf"|(?:พ\.?ศ\.?|ปี)\s?(?P<y10>{N})"
)
_EAST_ASIAN = re.compile("[\u3041-\u9fff\uac00-\ud7a3]")
_YEAR_AFTER = re.compile(
    rf"[\s,]{{0,2}}(?:de[l ]?|of|ng|tahun|năm|nam|taong|ปี|พ\.?ศ\.?|ค\.?ศ\.?|सन्|ခုနှစ်)?\s?({N})"
)


Kind = Literal["number", "date", "time", "month", "weekday", "exact"]


class Found(NamedTuple):
    """Something at `start`:`end` of a sketch; the rest as in `Quantity`."""

    kind: Kind
    value: str
    start: int
    end: int
    also: tuple[str, ...] = ()
    sure: bool = True


def dates(sketch: Sketch) -> list[Found]:
    """Return the dates, months and years that stand in a sketch, in order.

    12/5 may be the fifth of December or the twelfth of May: the month comes first, `also` names
    the other. Years are those of the common era: 令和8年 and 2569 of the Thai calendar are 2026.
    """
    return [found for match in _DATE.finditer(sketch.text) for found in _read(sketch, match)]


def _read(sketch: Sketch, match: re.Match[str]) -> Iterator[Found]:
    names = match.groupdict()
    number = {
        name: _whole(sketch, match.start(name))
        for name, part in names.items()
        if part is not None and name not in ("sep", "era1", "era9")
    }
    start, end = match.span()
    if "a3" in number:
        found = _three(number["a3"], number["b3"], number["c3"], start, end)
        yield from _month_first(found, sketch)
    elif "a2" in number:
        after, year = _year_after(sketch, end)
        yield from _month_first(_two(number["a2"], number["b2"], start, after, year), sketch)
    elif len(number) == 1:
        yield from _alone(*number.popitem(), start, end, names["era9"])
    else:
        month = next(number[name] for name in number if name[0] == "m")
        day = next(number[name] for name in number if name[0] == "d")
        if "y1" in number:
            year = _common(number["y1"], names["era1"])
            start = start if year else match.start("m1")
        else:
            end, year = _year_after(sketch, end)
        # 14月3日 and "3 tháng 14" are no days, and yet no other dates.
        odd = "d1" in number or ("d4" in number and max(month, day) <= 31)  # noqa: PLR2004
        if _is_day(month, day) or odd:
            yield Found("date", _iso(year, month, day), start, end)


def _month_first(found: Iterator[Found], sketch: Sketch) -> Iterator[Found]:
    """Take 12/5 for the fifth of December where Chinese, Japanese or Korean signs stand around."""
    for one in found:
        sure = one.sure or _EAST_ASIAN.search(sketch.text) is not None
        yield one._replace(also=(), sure=True) if sure else one


def _alone(name: str, number: int, start: int, end: int, era: str | None) -> Iterator[Found]:
    """Read a month or a year without a day."""
    year = _common(number, era) if name[0] == "y" else 0
    if year:
        yield Found("number", str(year), start, end, (str(number),), sure=False)
    elif name[0] == "m" and 1 <= number <= 12:  # noqa: PLR2004
        yield Found("month", str(number), start, end, sure=False)


def _year_after(sketch: Sketch, end: int) -> tuple[int, int]:
    """Return where a date ends with the year that follows it, and that year or 0."""
    match = _YEAR_AFTER.match(sketch.text, end)
    year = _common(_whole(sketch, match.start(1))) if match else 0
    return (match.end(), year) if match and year else (end, 0)


def _three(a: int, b: int, c: int, start: int, end: int) -> Iterator[Found]:
    year = _common(a)
    if year and _is_day(b, c):
        yield Found("date", _iso(year, b, c), start, end)
    elif _common(c):
        yield from _two(a, b, start, end, _common(c))


def _two(a: int, b: int, start: int, end: int, year: int) -> Iterator[Found]:
    if _is_day(a, b):
        other = (_iso(year, b, a),) if a != b and _is_day(b, a) else ()
        yield Found("date", _iso(year, a, b), start, end, other, sure=not other)
    elif _is_day(b, a):
        yield Found("date", _iso(year, b, a), start, end)


def _common(year: int, era: str | None = None) -> int:
    """Return a year of the common era, or 0 if this can be no year."""
    if era:
        return _ERAS[era] + year if 1 <= year < 100 else 0  # noqa: PLR2004
    if year in _BUDDHIST_YEARS:
        return year - BUDDHIST
    return year if year in _YEARS else 0


def _is_day(month: int, day: int) -> bool:
    longest = 29 if month == 2 else 30 if month in (4, 6, 9, 11) else 31  # noqa: PLR2004
    return 1 <= month <= 12 and 1 <= day <= longest  # noqa: PLR2004


def _iso(year: int, month: int, day: int) -> str:
    return f"{year:04}-{month:02}-{day:02}" if year else f"{month:02}-{day:02}"


def _whole(sketch: Sketch, at: int) -> int:
    """Return the number or month at this place, 0 if it is no whole one of a calendar."""
    value = sketch.lexemes[at].value
    return int(value) if value.isdecimal() and len(value) <= 4 else 0  # noqa: PLR2004
