"""Amounts, dates, times, links and telephone numbers around an engine instead of through it.

An engine gets `Q1`, `Q2` … in their place: of all signs tried, the compact model copies these best.
"""

import re
import string
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from bot.core.translation.grammar import NumberWords
from bot.core.translation.lexemes import fold
from bot.core.translation.measures import with_yen
from bot.core.translation.quantities import Quantity, quantities

_LATIN = re.compile(r"[0-9A-Za-z\u00c0-\u024f\u1e00-\u1eff]")
_PLACEHOLDER = re.compile(
    r"(?<![A-Za-z\u00c0-\u024f\u1e00-\u1eff])[QqＱｑ]\s?([0-9０-９]{1,3})(?!\d)"
)

_NEEDED = {
    "yen": ({"n"},),
    "date": ({"d", "m"}, {"d", "month"}),
    "date_with_year": ({"y", "d", "m"}, {"y", "d", "month"}),
    "time": ({"h", "mm"},),
    "hour": ({"h"}, {"h", "mm"}),
}
_MONTHS = 12


@dataclass(frozen=True, slots=True)
class Formats:
    """How a language writes an amount in yen, a date and a time of 24 hours.

    Templates with {n}, {y}, {m} or {month} (a name out of `months`), {d}, {h} and {mm}. `group`
    parts thousands. `hour` is for full hours. An empty template writes nothing in another way.
    """

    yen: str = ""
    group: str = ","
    date: str = ""
    date_with_year: str = ""
    time: str = ""
    hour: str = ""
    months: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Masked:
    """A text with placeholders, and what each of them stands for in the target language."""

    text: str
    slots: tuple[tuple[str, str], ...] = ()


def formats_from(block: Mapping[str, object]) -> Formats:
    """Return the formats of one language out of a block of formats.yaml.

    Raises:
        ValueError: a template is missing, unknown, or lacks a field; the message says which.
    """
    known = {*_NEEDED, "group", "months"}
    unknown = sorted(set(block) - known)
    if unknown:
        raise ValueError(f"{unknown[0]} is not known; known are {', '.join(sorted(known))}")
    found = {name: _template(name, block.get(name)) for name in _NEEDED if name != "hour"}
    found["hour"] = _template("hour", block["hour"]) if "hour" in block else found["time"]
    group, months = block.get("group", ""), block.get("months", ())
    if not isinstance(group, str) or len(group) > 1 or group.isalnum():
        raise ValueError("group must be one sign or ''")
    if not isinstance(months, list | tuple) or not all(isinstance(each, str) for each in months):
        raise ValueError("months must be a list of names")
    if len(months) not in (0, _MONTHS):
        raise ValueError(f"months must be {_MONTHS} names, not {len(months)}")
    if not months and any("{month}" in template for template in found.values()):
        raise ValueError("a date names the {month}, but months are missing")
    return Formats(**found, group=group, months=tuple(months))


def worded(quantity: Quantity, formats: Formats) -> str:
    """Return an amount of yen (`number`), a date or a time as the language writes it.

    Returns '' where it has no way to: another kind, or no template.
    """
    match quantity.kind:
        case "number" if formats.yen and quantity.value.isdecimal():
            amount = f"{int(quantity.value):,}".replace(",", formats.group)
            return formats.yen.format(n=amount)
        case "date":
            *year, month, day = map(int, quantity.value.split("-"))
            template = formats.date_with_year if year else formats.date
            name = formats.months[month - 1] if formats.months else ""
            return template.format(y=year[0] if year else "", m=month, d=day, month=name)
        case "time":
            hour, minute = map(int, quantity.value.split(":"))
            template = formats.time if minute else formats.hour
            return template.format(h=hour, mm=f"{minute:02}")
        case _:
            return ""


def masked(
    text: str, words: NumberWords, formats_of_target: Formats, *, exact_only: bool
) -> Masked:
    """Put placeholders for what an engine must not touch; `words` are those of the text.

    Links, mail addresses and telephone numbers come back letter by letter. Unless `exact_only`,
    amounts with their currency, dates and times come back in the wording of the target language;
    a date that may be read in two ways (12/5) comes back as it was written.
    """
    plain = unicodedata.normalize("NFC", text)
    numbers = _free_numbers(plain)
    parts: list[str] = []
    slots: list[tuple[str, str]] = []
    at = 0
    for start, end, wording in _protected(plain, words, formats_of_target, exact_only=exact_only):
        placeholder = f"Q{next(numbers)}"
        slots.append((placeholder, wording))
        parts.append(plain[at:start])
        before = "Q" if at == start > 0 else plain[start - 1 : start]
        glued = _LATIN.match(before), _LATIN.match(plain, end)
        parts += (" " if glued[0] else "", placeholder, " " if glued[1] else "")
        at = end
    return Masked("".join([*parts, plain[at:]]), tuple(slots))


def restored(translated: str, mask: Masked) -> str | None:
    """Put back what the placeholders stand for.

    `q1`, `Q 1` and `Ｑ１` are read as Q1. Returns None where a placeholder is missing, doubled or
    changed in any other way: then the engine did not carry it over.
    """
    wording = {int(placeholder[1:]): text for placeholder, text in mask.slots}
    met = [int(match[1]) for match in _PLACEHOLDER.finditer(translated)]
    if any(met.count(number) != 1 for number in wording):
        return None

    def put_back(match: re.Match[str]) -> str:
        return wording.get(int(match[1]), match.group())

    return _PLACEHOLDER.sub(put_back, translated)


def _template(name: str, template: object) -> str:
    if not isinstance(template, str):
        raise ValueError(f"{name} is missing or no text")  # noqa: TRY004 - one kind of error
    try:
        fields = [
            field for _, field, _, _ in string.Formatter().parse(template) if field is not None
        ]
    except ValueError as error:
        raise ValueError(f"{name}: {error}") from error
    if len(fields) != len(set(fields)) or set(fields) not in _NEEDED[name]:
        wanted = " or ".join(
            "".join(f"{{{one}}}" for one in sorted(each)) for each in _NEEDED[name]
        )
        raise ValueError(f"{name} must hold {wanted}, each once: {template!r}")
    return template


def _free_numbers(text: str) -> Iterator[int]:
    """Yield the numbers of placeholders that do not stand in a text already."""
    used = {int(match[1]) for match in _PLACEHOLDER.finditer(text)}
    return (number for number in range(1, 1000 + len(text)) if number not in used)


def _protected(
    text: str, words: NumberWords, formats: Formats, *, exact_only: bool
) -> Iterator[tuple[int, int, str]]:
    """Yield what is to be protected, in order, with the words that come back for it."""
    done, folded = 0, fold(text)
    for quantity in quantities(text, words):
        start, end = quantity.start, quantity.end
        if quantity.kind == "exact":
            yield start, end, text[start:end]
            done = end
        elif not exact_only and start >= done and not quantity.weak:
            if quantity.kind == "number":
                start, end = with_yen(folded, start, end, done)
                if (start, end) == (quantity.start, quantity.end) or quantity.also:
                    continue
            elif quantity.kind not in ("date", "time") or (
                quantity.kind == "time" and not quantity.sure
            ):
                continue
            wording = worded(quantity, formats) if quantity.sure else text[start:end]
            if wording:
                yield start, end, wording
                done = end
