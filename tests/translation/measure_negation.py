"""How many lost and added negations the check finds, and how often it cries wolf."""

from dataclasses import dataclass
from functools import cache

from bot.adapters.phrasebook import read_phrases
from bot.adapters.translation.knowledge_files import load_grammars
from bot.authoring.evaluation.sets import negated
from bot.core.translation.checking import denies
from bot.core.translation.grammar import Grammar
from tests.support.dialogs import LOCALES, ROOT

SETS = ROOT / "deploy" / "evaluation"


@dataclass(frozen=True)
class Row:
    """One language with Japanese, both ways; shares from 0 to 1."""

    lang: str
    planted: int
    caught: int
    kept: int
    alarms: int

    @property
    def catch_rate(self) -> float:
        return self.caught / self.planted

    @property
    def false_alarms(self) -> float:
        return self.alarms / self.kept


@cache
def grammars() -> dict[str, Grammar]:
    found, _ = load_grammars(LOCALES / "translation")
    return found


def measure() -> list[Row]:
    """Measure every language of deploy/evaluation/negation."""
    known = grammars()
    counts: dict[str, list[int]] = {}
    for each in negated(SETS):
        lang = each.source_lang if each.target_lang == "ja" else each.target_lang
        if lang not in known:
            continue
        row = counts.setdefault(lang, [0, 0, 0, 0])
        ours, theirs = known[each.source_lang], known[each.target_lang]
        alarm = denies(each.source, ours) != denies(each.target, theirs)
        if each.verdict == "same":
            row[2] += 1
            row[3] += alarm
        else:
            row[0] += 1
            row[1] += alarm
    return [Row(lang, *row) for lang, row in sorted(counts.items())]


def measure_phrasebook() -> list[Row]:
    """Measure on the phrasebook, which the cues were not written from alone.

    Planted by rule: a Japanese …ません becomes …ます. False alarms are also pairs that people
    worded in another way ("closed" for やっていません).
    """
    known = grammars()
    phrases, _ = read_phrases(LOCALES / "phrasebook.jsonl")
    rows: list[Row] = []
    for lang in sorted(set(known) - {"ja"}):
        pairs = [
            (each.texts[lang][0], each.texts["ja"][0]) for each in phrases if lang in each.texts
        ]
        planted = [
            (other, lost)
            for other, japanese in pairs
            if denies(japanese, known["ja"])
            and (lost := japanese.replace("ません", "ます")) != japanese
            and not denies(lost, known["ja"])
        ]
        caught = sum(denies(other, known[lang]) for other, _ in planted)
        alarms = sum(
            denies(other, known[lang]) != denies(japanese, known["ja"]) for other, japanese in pairs
        )
        rows.append(Row(lang, len(planted), caught, len(pairs), alarms))
    return rows


def lines(rows: list[Row]) -> list[str]:
    """Return a line for each language and one for all of them."""
    every = Row(
        "all",
        sum(each.planted for each in rows),
        sum(each.caught for each in rows),
        sum(each.kept for each in rows),
        sum(each.alarms for each in rows),
    )
    return [
        f"{each.lang:<8} {each.planted:4} lost or added, {100 * each.catch_rate:5.1f} % caught;"
        f" {each.kept:4} kept, {100 * each.false_alarms:4.1f} % false alarms"
        for each in (*rows, every)
    ]
