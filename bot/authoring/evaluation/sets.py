"""The sentences that translation is measured on (deploy/evaluation)."""

from dataclasses import dataclass
from pathlib import Path

from bot.core.model import Lang

CODES: dict[str, Lang] = {"zh": "zh-Hans", "pt": "pt-BR"}
"""File names of the everyday sets → our language codes; all others are the same."""


@dataclass(frozen=True, slots=True)
class Pair:
    """A sentence and its translation by a person."""

    source: str
    target: str


@dataclass(frozen=True, slots=True)
class Judged:
    """What an engine once made of a sentence, and what a reader said of it.

    `kind` is `consultation` or `everyday`, `verdict` `right`, `usable` or `wrong`.
    """

    lang: Lang
    verdict: str
    kind: str
    source: str
    output: str


@dataclass(frozen=True, slots=True)
class Negated:
    """A pair that keeps (`same`), loses or adds a negation (`lost`, `added`)."""

    verdict: str
    source_lang: Lang
    target_lang: Lang
    source: str
    target: str


def everyday(folder: Path, source: Lang, target: Lang, limit: int) -> list[Pair]:
    """Return up to `limit` everyday pairs; [] where there is no set. A set serves both ways."""
    file, turned = _file(folder / "everyday", source, target)
    if file is None:
        return []
    rows = [_columns(line) for line in _lines(file)[:limit]]
    return [Pair(row[1], row[0]) if turned else Pair(row[0], row[1]) for row in rows]


def consultation(folder: Path, source: Lang, target: Lang) -> list[Pair]:
    """Return what residents write, with its Japanese; [] for pairs without Japanese."""
    lang = source if target == "ja" else target
    file = folder / "consultation" / f"{lang}.tsv"
    if "ja" not in {source, target} or not file.exists():
        return []
    rows = [_columns(line) for line in _lines(file)]
    return [Pair(row[0], row[1]) if target == "ja" else Pair(row[1], row[0]) for row in rows]


def judged(folder: Path) -> list[Judged]:
    """Return every judged sentence of every language."""
    found: list[Judged] = []
    for file in sorted((folder / "judged").glob("*.tsv")):
        for line in _lines(file):
            verdict, kind, source, output = _columns(line)[:4]
            found.append(Judged(file.stem, verdict, kind, source, output))
    return found


def negated(folder: Path) -> list[Negated]:
    """Return the sentences on which the check of negations is measured."""
    found: list[Negated] = []
    for file in sorted((folder / "negation").glob("*.tsv")):
        for line in _lines(file):
            verdict, direction, source, target = _columns(line)[:4]
            start, end = direction.split(">")
            found.append(Negated(verdict, start, end, source, target))
    return found


def _file(folder: Path, source: Lang, target: Lang) -> tuple[Path | None, bool]:
    short = {lang: code for code, lang in CODES.items()}
    start, end = short.get(source, source), short.get(target, target)
    for name, turned in ((f"{start}-{end}", False), (f"{end}-{start}", True)):
        if (folder / f"{name}.tsv").exists():
            return folder / f"{name}.tsv", turned
    return None, False


def _lines(file: Path) -> list[str]:
    lines = file.read_text(encoding="utf-8").split("\n")
    return [line for line in lines if line and not line.startswith("#")]


def _columns(line: str) -> list[str]:
    return line.split("\t")
