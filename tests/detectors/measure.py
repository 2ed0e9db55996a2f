"""How well the text detectors hear: precision and recall over the labelled set."""

import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from bot.core.detecting import Detectors, detect

LABELLED = Path(__file__).parent / "labelled"
MISS = "miss"
"""A note that begins so marks a line which is known to be judged wrongly."""


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence of the set: `expected` are the detectors that must hear it, and no others."""

    lang: str
    number: int
    text: str
    expected: frozenset[str]
    note: str


@dataclass(frozen=True, slots=True)
class Score:
    """What one detector did with the lines of one language."""

    detector: str
    lang: str
    right: int
    missed: int
    wrong: int

    @property
    def recall(self) -> float:
        """The share of the cries that were heard; 1 where there was none."""
        return self.right / (self.right + self.missed) if self.right + self.missed else 1.0

    @property
    def precision(self) -> float:
        """The share of the hits that were cries; 1 where there was no hit."""
        return self.right / (self.right + self.wrong) if self.right + self.wrong else 1.0

    def __add__(self, other: "Score") -> "Score":
        return Score(
            self.detector if self.detector == other.detector else "all",
            self.lang if self.lang == other.lang else "all",
            self.right + other.right,
            self.missed + other.missed,
            self.wrong + other.wrong,
        )


def lines_of(lang: str, folder: Path = LABELLED) -> list[Line]:
    """Return the set of one language. Raises ValueError where a line has not three columns."""
    with (folder / f"{lang}.tsv").open(encoding="utf-8", newline="") as file:
        rows = csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        return [
            Line(lang, number, text, frozenset(expected.split(",")) - {"-"}, note)
            for number, (text, expected, note) in enumerate(rows, start=1)
        ]


def languages(folder: Path = LABELLED) -> list[str]:
    """Return the languages that have a set."""
    return sorted(path.stem for path in folder.glob("*.tsv"))


def heard(line: Line, detectors: Detectors) -> set[str]:
    """Return the detectors that hear a line."""
    return {name for name, _ in detect(line.text, detectors)}


def measure(detectors: Detectors, folder: Path = LABELLED) -> list[Score]:
    """Return the score of every detector in every language of the set.

    The words were mended where they failed on this set, so the figures are those of known
    sentences: of new ones fewer are heard. Of sentences not yet seen it was four in five about
    dying, three in four about violence, nine in ten emergencies, few with a time or a means.
    """
    scores: list[Score] = []
    for lang in languages(folder):
        judged = [(line.expected, heard(line, detectors)) for line in lines_of(lang, folder)]
        scores.extend(
            Score(
                name,
                lang,
                right=sum(name in wanted and name in got for wanted, got in judged),
                missed=sum(name in wanted and name not in got for wanted, got in judged),
                wrong=sum(name not in wanted and name in got for wanted, got in judged),
            )
            for name in detectors
        )
    return scores


def pooled(scores: Iterable[Score]) -> Score:
    """Return several scores counted together. Raises ValueError for none."""
    first, *others = scores
    for each in others:
        first += each
    return first


def report(scores: list[Score]) -> Iterator[str]:
    """Yield a line for every detector: recall and precision, overall and where they are lowest."""
    for name in dict.fromkeys(each.detector for each in scores):
        of_name = [each for each in scores if each.detector == name]
        total = pooled(of_name)
        deaf = min(of_name, key=lambda each: each.recall)
        rash = min(of_name, key=lambda each: each.precision)
        yield (
            f"{name:14} recall {total.recall:6.1%} (lowest {deaf.lang} {deaf.recall:.0%}), "
            f"precision {total.precision:6.1%} (lowest {rash.lang} {rash.precision:.0%}) "
            f"over {total.right + total.missed} cries in {len(of_name)} languages"
        )
