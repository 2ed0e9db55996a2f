"""Pairs of sentences with figures: consultation sentences, and the phrasebook with filled slots.

Amounts, dates and times are written as people write them in each language.
"""

import csv
import json
import random
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

CONSULTATION = Path(__file__).parents[2] / "deploy" / "evaluation" / "consultation"
_SLOT = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True, slots=True)
class Values:
    """What the slots of one phrase are filled with; `style` picks among ways to write it."""

    amount: int
    n: int
    month: int
    day: int
    hour: int
    minute: int
    phone: str
    style: int


def native(text: str, zero: str) -> str:
    return "".join(chr(ord(zero) + int(sign)) if sign.isdigit() else sign for sign in text)


def _east_asian(man: str, sen: str, gap: str = "") -> Callable[[int], list[str]]:
    def ways(n: int) -> list[str]:
        found = [f"{n:,}", str(n)]
        if n >= 10_000 and n % 1_000 == 0:
            rest = n % 10_000 // 1_000
            found.append(f"{n // 10_000}{man}" + (f"{gap}{rest}{sen}" if rest else ""))
            found.append(f"{n / 10_000:g}{man}")
        return found

    return ways


def _thousands(sign: str, *words: str) -> Callable[[int], list[str]]:
    def ways(n: int) -> list[str]:
        found = [f"{n:,}".replace(",", sign), str(n)]
        return found + [f"{n // 1_000} {word}" for word in words if n % 1_000 == 0]

    return ways


def _nepali(n: int) -> list[str]:
    found = [native(f"{n:,}", "०"), f"{n:,}"]
    if n >= 100_000:
        found.append(native(f"{n // 100_000},{n // 1_000 % 100:02},{n % 1_000:03}", "०"))
    return found + ([native(f"{n // 1_000} हजार", "०")] if n % 1_000 == 0 else [])


def _burmese(n: int) -> list[str]:
    found = [native(str(n), "၀"), native(f"{n:,}", "၀"), f"{n:,}"]
    if n % 10_000 == 0:
        found.append(native(f"{n // 10_000} သောင်း", "၀"))
    return found


AMOUNTS: dict[str, Callable[[int], list[str]]] = {
    "ja": _east_asian("万", "千"),
    "zh-Hans": _east_asian("万", "千"),
    "ko": _east_asian("만", "천", " "),
    "en": _thousands(",", "thousand"),
    "vi": _thousands(".", "nghìn"),
    "pt-BR": _thousands(".", "mil"),
    "es": _thousands(".", "mil"),
    "tl": _thousands(",", "libong"),
    "id": _thousands(".", "ribu"),
    "th": _thousands(","),
    "ne": _nepali,
    "my": _burmese,
}
DATES = {
    "ja": ["{m}月{d}日", "{m}/{d}"],
    "zh-Hans": ["{m}月{d}日", "{m}月{d}号"],
    "ko": ["{m}월 {d}일", "{m}월{d}일"],
    "en": ["{month} {d}", "{d} {month}", "{short} {d}"],
    "vi": ["ngày {d} tháng {m}", "{d}/{m}", "{d} tháng {m}"],
    "pt-BR": ["{d} de {month}", "{d:02}/{m:02}"],
    "es": ["{d} de {month}", "{d}/{m}"],
    "tl": ["{month} {d}", "ika-{d} ng {month}"],
    "id": ["{d} {month}", "{d}/{m}"],
    "th": ["{d} {month}", "{d}/{m}"],
    "ne": ["{month} {d}", "{d} {month}"],
    "my": ["{month} {d} ရက်", "{month} {d}"],
}
HALVES = {
    "ja": ["午前{h}時{ja}", "午後{h}時{ja}"],
    "zh-Hans": ["上午{h}点{zh}", "下午{h}点{zh}"],
    "ko": ["오전 {h}시{ko}", "오후 {h}시{ko}"],
    "en": ["{h}:{mm} a.m.", "{h}:{mm} p.m."],
    "vi": ["{h} giờ{vi} sáng", "{h} giờ{vi} chiều"],
    "pt-BR": ["{h}h{mm} da manhã", "{h}h{mm} da tarde"],
    "es": ["{h}:{mm} de la mañana", "{h}:{mm} de la tarde"],
    "tl": ["{h}:{mm} ng umaga", "{h}:{mm} ng hapon"],
    "id": ["{h}.{mm} pagi", "{h}.{mm} sore"],
    "th": ["{h}:{mm} เช้า", "บ่าย {h}:{mm}"],
    "ne": ["बिहान {h}:{mm} बजे", "दिउँसो {h}:{mm} बजे"],
    "my": ["မနက် {h}:{mm} နာရီ", "ညနေ {h} နာရီ{my}"],
}


def _minutes(minute: int) -> dict[str, str]:
    said = f"{minute}" if minute else ""
    return {
        "ja": "半" if minute == 30 else f"{said}分" * bool(minute),
        "zh": "半" if minute == 30 else f"{said}分" * bool(minute),
        "ko": f" {said}분" * bool(minute),
        "vi": f" {said}" * bool(minute),
        "my": f" {said} မိနစ်" * bool(minute),
    }


def written(slot: str, values: Values, lang: str, months: Sequence[str]) -> str:
    """Return what stands for a slot of the phrasebook in this language."""
    style = values.style
    match slot:
        case "amount":
            ways = AMOUNTS[lang](values.amount)
            return ways[style % len(ways)]
        case "date":
            name = months[values.month - 1] if months else ""
            template = DATES[lang][style % len(DATES[lang])]
            return template.format(m=values.month, d=values.day, month=name, short=name[:3])
        case "time" if style % 3 == 0:
            return f"{values.hour}:{values.minute:02}"
        case "time":
            template = HALVES[lang][values.hour >= 12]
            hour = values.hour if values.hour == 12 else values.hour % 12
            extra = _minutes(values.minute)
            return template.format(h=hour, mm=f"{values.minute:02}", **extra)
        case "n":
            return str(values.n)
        case "phone":
            return values.phone
        case _:
            return "Sakura"


# -- material -------------------------------------------------------------------------------------

Fill = Callable[[Values], str]


def some_values(chance: random.Random) -> Values:
    return Values(
        amount=chance.choice((800, 3200, 8740, 20000, 38000, 55000, 120000, 380000, 412300)),
        n=chance.randint(2, 9),
        month=chance.randint(1, 12),
        day=chance.randint(2, 28),
        hour=chance.randint(8, 18),
        minute=chance.choice((0, 15, 30)),
        phone=f"090-{chance.randint(1000, 9999)}-{chance.randint(1000, 9999)}",
        style=chance.randint(0, 11),
    )


def phrases(
    lang: str, phrasebook: Path, months: Mapping[str, Sequence[str]]
) -> Iterator[tuple[Fill, Fill]]:
    """Yield each phrase in `lang` with its Japanese where both have the same slots."""
    with phrasebook.open(encoding="utf-8") as lines:
        for line in lines:
            texts = json.loads(line)["texts"]
            japanese = texts["ja"][0]
            for text in texts.get(lang, ()):
                if sorted(_SLOT.findall(text)) == sorted(_SLOT.findall(japanese)):
                    yield _filled(text, lang, months), _filled(japanese, "ja", months)


def consultation(lang: str) -> Iterator[tuple[Fill, Fill]]:
    """Yield what residents type in `lang`, with its Japanese; these have no slots."""
    file = CONSULTATION / f"{lang}.tsv"
    if not file.exists():
        return
    with file.open(encoding="utf-8", newline="") as lines:
        for theirs, ours in csv.reader(lines, delimiter="\t", quoting=csv.QUOTE_NONE):
            yield _filled(theirs, lang, {}), _filled(ours, "ja", {})


def _filled(text: str, lang: str, months: Mapping[str, Sequence[str]]) -> Fill:
    def fill(values: Values) -> str:
        def word(match: re.Match[str]) -> str:
            return written(match[1], values, lang, months.get(lang, ()))

        return _SLOT.sub(word, text)

    return fill
