"""Typed figures → values: yen, days, people and dates, with the units people write them in."""

import re
import unicodedata
from datetime import date

from bot.core.dialog import Option

_DATE_FULL = re.compile(r"^(\d{4})\s*[-/.年년]\s*(\d{1,2})\s*[-/.月월]\s*(\d{1,2})\s*[日号號일]?$")
_DATE_SHORT = re.compile(r"^(\d{1,2})\s*[/月월]\s*(\d{1,2})\s*[日号號일]?$")
_MAX_YEN = 100_000_000
_MAX_DAYS = 3_650
_MAX_PEOPLE = 30
_MAX_TEXT = 200
_PHONE_DIGITS = range(8, 16)

FREE = frozenset({"text", "phone"})
"""Kinds whose value is what was written, not folded."""

_TIMES = {
    **dict.fromkeys(("juta",), 1_000_000),
    **dict.fromkeys(("lakh", "लाख", "แสน", "သိန်း"), 100_000),
    **dict.fromkeys(("万", "萬", "man", "만", "หมื่น", "သောင်း"), 10_000),
    **dict.fromkeys(("千", "sen", "k", "thousand", "nghìn", "nghin", "ngàn", "ngan"), 1_000),
    **dict.fromkeys(
        ("हजार", "hajar", "천", "พัน", "ထောင်", "mil", "libo", "libong", "ribu", "rb"), 1_000
    ),
    **dict.fromkeys(("百", "hundred", "trăm", "tram", "सय", "백", "ร้อย", "ရာ", "ratus"), 100),
}
_DAYS = {
    **dict.fromkeys(("日", "天", "day", "ngày", "ngay", "दिन", "din", "일", "วัน", "ရက်"), 1),
    **dict.fromkeys(("dia", "día", "araw", "hari"), 1),
    **dict.fromkeys(
        ("週", "周", "星期", "个星期", "個星期", "礼拜", "禮拜", "week", "tuần", "tuan"), 7
    ),
    **dict.fromkeys(
        ("हप्ता", "hapta", "주", "สัปดาห์", "อาทิตย์", "ပတ်", "semana", "linggo", "minggu"), 7
    ),
    **dict.fromkeys(("か月", "ヶ月", "カ月", "ヵ月", "ケ月", "箇月", "个月", "個月", "month"), 30),
    **dict.fromkeys(("tháng", "thang", "महिना", "mahina", "개월", "달", "เดือน", "လ", "buwan"), 30),
    **dict.fromkeys(("bulan", "mes", "mês"), 30),
}
"""Units as residents write them; LINE users in Japan mix them with Japanese ones."""


def _one_of(words: dict[str, int]) -> str:
    return "|".join(sorted(words, key=len, reverse=True))


_TERM = re.compile(rf"(\d+(?:\.\d+)?)\s*(?:({_one_of(_TIMES)})(?![a-z]))?\s*")
_THOUSANDS = re.compile(r"(?<=\d)[,.](?=\d{3}(?!\d))")
_SPAN = re.compile(rf"^\D*?(?<!-)(\d+)\s*({_one_of(_DAYS)})\D*$")
_COUNT = re.compile(r"^[^\d-]*(\d+)\D*$")


def value_of(typed: str, kind: str, today: date) -> str:
    """Return what was typed as a value of this kind, normalised, or '' if it is none.

    `typed` is folded. `yen` → "5000" (also 5,000円, 1.5万, 5 nghìn); `days` → "10" (10日後,
    2 weeks is 14, a month is 30; or a date); `date` → ISO date (12/5 is month/day, the next such
    day from `today`); `people` → "3". More than one figure ("2 or 3 days") is none.
    `phone` → digits and hyphens with an optional + (8 to 15 digits: E.164); `text` → what was
    written, at most 200 characters. These two take the words as they were written.
    """
    match kind:
        case "yen":
            return _yen(typed)
        case "people":
            counted = _COUNT.match(typed)
            return _within(int(counted[1]), _MAX_PEOPLE) if counted else ""
        case "days":
            found = _date(typed, today)
            if found is not None:
                return _within((found - today).days, _MAX_DAYS)
            if typed.isdecimal():
                return _within(int(typed), _MAX_DAYS)
            span = _SPAN.match(typed)
            return _within(int(span[1]) * _DAYS[span[2]], _MAX_DAYS) if span else ""
        case "phone":
            return _phone(typed)
        case "text":
            return " ".join(typed.split())[:_MAX_TEXT]
        case "date":
            found = _date(typed, today)
            return found.isoformat() if found is not None else ""
        case _:
            return ""


def band_of(value: str, kind: str, options: tuple[Option, ...], today: date) -> str:
    """Return the code of the option whose bounds hold the value, else ''."""
    if kind in FREE:
        return ""
    number = (date.fromisoformat(value) - today).days if kind == "date" else int(value)
    for option in options:
        if option.low is None and option.high is None:
            continue
        if (option.low is None or number >= option.low) and (
            option.high is None or number <= option.high
        ):
            return option.code
    return ""


def _yen(typed: str) -> str:
    """Read one amount, in terms of falling size (1万5千) and with any words around it."""
    bare = _THOUSANDS.sub("", typed)
    first = re.search(r"(?<![-\d.])\d", bare)
    if first is None or re.search(r"[-\d]", bare[: first.start()]):
        return ""
    amount, place, smallest = 0, first.start(), _MAX_YEN
    while term := _TERM.match(bare, place):
        times = _TIMES.get(term[2] or "", 1)
        if times >= smallest:
            return ""
        amount, place, smallest = amount + round(float(term[1]) * times), term.end(), times
    return "" if re.search(r"\d", bare[place:]) else _within(amount, _MAX_YEN)


def _phone(typed: str) -> str:
    plain = unicodedata.normalize("NFKC", typed).strip()
    bare = re.sub(r"[\s()./‐‑–—ー−-]+", "-", plain).strip("-")
    digits = bare.removeprefix("+").replace("-", "")
    return bare if digits.isdecimal() and len(digits) in _PHONE_DIGITS else ""


def _within(number: int, limit: int) -> str:
    return str(number) if 0 <= number <= limit else ""


def _date(typed: str, today: date) -> date | None:
    full = _DATE_FULL.match(typed)
    short = _DATE_SHORT.match(typed)
    try:
        if full:
            return date(int(full[1]), int(full[2]), int(full[3]))
        if short:
            this_year = date(today.year, int(short[1]), int(short[2]))
            return this_year if this_year >= today else this_year.replace(year=today.year + 1)
    except ValueError:
        return None
    return None
