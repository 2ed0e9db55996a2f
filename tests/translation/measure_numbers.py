"""How often the check of numbers finds a planted error, and how often it cries without one.

Material: the consultation sentences, and the phrasebook with its slots filled in each language's
own writing. Both directions, fixed seed.
"""

import random
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from bot.adapters.translation.knowledge_files import load_formats, load_grammars
from bot.core.translation.grammar import NumberWords
from bot.core.translation.quantities import differing, quantities
from tests.translation.number_material import (
    AMOUNTS,
    Fill,
    Values,
    consultation,
    native,
    phrases,
    some_values,
)

ROOT = Path(__file__).parents[2]
WORDS_FOLDER = ROOT / "locales" / "translation"
PHRASEBOOK = ROOT / "locales" / "phrasebook.jsonl"
SEED = 20261125
KINDS = ("digit", "drop", "swap", "tenfold", "half of day", "month")

_RUN = re.compile(r"\d+(?:[.,:]\d+)*")


@dataclass(slots=True)
class Row:
    """One language, both directions: errors planted and found by kind, alarms without an error."""

    lang: str
    planted: Counter[str] = field(default_factory=Counter)
    caught: Counter[str] = field(default_factory=Counter)
    pairs: int = 0
    with_figures: int = 0
    false_alarms: int = 0
    cried: list[tuple[str, str, tuple[str, ...]]] = field(default_factory=list)
    missed: list[tuple[str, str, str]] = field(default_factory=list)

    @property
    def catch_rate(self) -> float:
        """Found planted errors per planted one."""
        return self.caught.total() / max(1, self.planted.total())

    @property
    def false_alarm_rate(self) -> float:
        """Alarms per pair that holds a figure and no error: the strictest way to count them."""
        return self.false_alarms / max(1, self.with_figures)


# -- planting -------------------------------------------------------------------------------------


def _plants(
    text: str, fill: Fill, values: Values, chance: random.Random
) -> Iterator[tuple[str, str]]:
    """Yield the text with one error each."""
    runs = list(_RUN.finditer(text))
    if runs:
        run = chance.choice(runs)
        yield "digit", _put(text, run.span(), _other_digit(run.group(), chance))
        yield "drop", _put(text, run.span(), "")
        if ":" not in run.group() and int(re.sub(r"\D", "", run.group())):
            yield "tenfold", _put(text, run.span(), _tenfold(run.group()))
    different = list({run.group(): run for run in runs}.values())
    if len(different) > 1:
        first, second = sorted(chance.sample(different, 2), key=lambda run: run.start())
        if text[first.end() : second.start()] != "/":  # 5/12 for 12/5 is another way to write it
            changed = _put(text, second.span(), first.group())
            yield "swap", _put(changed, first.span(), second.group())
    other_half = fill(replace(values, hour=(values.hour + 12) % 24))
    if other_half != text and values.style % 3 and values.hour != 12:
        yield "half of day", other_half
    other_month = fill(replace(values, month=values.month % 12 + 1))
    if other_month != text:
        yield "month", other_month
    if re.search(r"午[前後]\d", text):
        yield "half of day", re.sub(r"午([前後])(?=\d)", _other_half, text)


def _other_half(match: re.Match[str]) -> str:
    return "午後" if match[1] == "前" else "午前"


def _put(text: str, span: tuple[int, int], new: str) -> str:
    return text[: span[0]] + new + text[span[1] :]


def _other_digit(run: str, chance: random.Random) -> str:
    at = chance.choice([place for place, sign in enumerate(run) if sign.isdigit()])
    zero = ord(run[at]) - int(run[at])
    lowest = 1 if at == 0 else 0
    return (
        run[:at]
        + chr(zero + chance.choice([d for d in range(lowest, 10) if d != int(run[at])]))
        + run[at + 1 :]
    )


def _tenfold(run: str) -> str:
    """Return ten times the number in the same writing."""
    zero = next(chr(ord(sign) - int(sign)) for sign in run if sign.isdigit())
    parts = re.split(r"([.,])", run)
    if len(parts) > 1 and len(parts[-1]) != 3:  # a decimal: 5.5 → 55
        return "".join(part for part in parts if part not in ".,").lstrip(zero)
    tenfold = int(re.sub(r"\D", "", run)) * 10
    grouped = f"{tenfold:,}".replace(",", parts[1]) if len(parts) > 1 else str(tenfold)
    return native(grouped, zero)


# -- measuring ------------------------------------------------------------------------------------


def measure(phrasebook: Path = PHRASEBOOK, seed: int = SEED) -> list[Row]:
    """Return one row for each language whose number words are known; prints nothing."""
    grammars, problems = load_grammars(WORDS_FOLDER)
    formats, more = load_formats(WORDS_FOLDER / "formats.yaml")
    assert not problems + more, problems + more
    months = {lang: written.months for lang, written in formats.items()}
    japanese = grammars["ja"].numbers
    rows = []
    for lang in sorted(set(grammars) & set(AMOUNTS) - {"ja"}):
        row, chance = Row(lang), random.Random(f"{seed} {lang}")
        for theirs, ours in (*consultation(lang), *phrases(lang, phrasebook, months)):
            values = some_values(chance)
            words = grammars[lang].numbers
            _judge(row, theirs, ours, values, (words, japanese), chance)
            _judge(row, ours, theirs, values, (japanese, words), chance)
        rows.append(row)
    return rows


def _judge(
    row: Row,
    source_of: Fill,
    target_of: Fill,
    values: Values,
    words: tuple[NumberWords, NumberWords],
    chance: random.Random,
) -> None:
    source, target = source_of(values), target_of(values)
    found = differing(source, target, *words)
    row.pairs += 1
    row.with_figures += bool(_RUN.search(source + target) or quantities(source, words[0]))
    row.false_alarms += bool(found)
    if found:
        row.cried.append((source, target, found))
    for kind, wrong in _plants(target, target_of, values, chance):
        row.planted[kind] += 1
        caught = bool(differing(source, wrong, *words))
        row.caught[kind] += caught
        if not caught:
            row.missed.append((kind, source, wrong))


def lines(rows: Sequence[Row]) -> Iterator[str]:
    """Yield the table to print: found of planted errors by kind, false alarms."""
    yield f"{'':8}" + "".join(f"{kind:>13}" for kind in KINDS) + f"{'all':>10}{'false alarms':>20}"
    for row in rows:
        parts = "".join(f"{row.caught[kind]:>6}/{row.planted[kind]:<6}" for kind in KINDS)
        alarms = f"{row.false_alarms}/{row.with_figures} of {row.pairs}"
        yield f"{row.lang:8}{parts}{row.catch_rate:>10.1%}{alarms:>20}"


if __name__ == "__main__":
    print("\n".join(lines(measure())))  # noqa: T201
