"""Reads what people wrote down about translating: locales/translation/*, locales/glossary.tsv."""

import csv
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml

from bot.core.model import Lang
from bot.core.translation.grammar import Grammar, NumberWords
from bot.core.translation.protecting import Formats, formats_from
from bot.core.translation.terms import ACCEPTED_ONLY, Glossary, GlossaryTerm
from bot.core.understanding import fold
from bot.service.words import WORDINGS, wordings

FORMATS = "formats.yaml"
_NUMBER_TABLES = ("words", "scales", "months", "weekdays")
_REVIEW = re.compile(r"(?:draft|reviewed by .+) \d{4}-\d{2}-\d{2}")
_GLOSSARY_COLUMNS = ("reading", "easy", "enforced", "review")


def load_grammars(folder: Path) -> tuple[dict[Lang, Grammar], list[str]]:
    """Read every LANG.yaml of `folder`; return them by language, with every problem found."""
    grammars: dict[Lang, Grammar] = {}
    problems: list[str] = []
    for file in sorted(folder.glob("*.yaml")):
        if file.name == FORMATS:
            continue
        try:
            content = _read(file)
            grammar = _grammar(content)
        except (yaml.YAMLError, KeyError, TypeError, AttributeError, ValueError, re.error) as error:
            problems.append(f"{file.name}: {_told(error)}")
            continue
        if grammar.lang != file.stem:
            problems.append(f"{file.name}: says that it is about {grammar.lang}")
        if not _REVIEW.fullmatch(grammar.review):
            problems.append(f"{file.name}: review must be `draft DATE` or `reviewed by NAME DATE`")
        grammars[grammar.lang] = grammar
    return grammars, problems


def load_formats(file: Path) -> tuple[dict[Lang, Formats], list[str]]:
    """Read how each language writes amounts, dates and times."""
    formats: dict[Lang, Formats] = {}
    problems: list[str] = []
    try:
        content = _read(file)
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        return {}, [f"{file.name}: {_told(error)}"]
    if not isinstance(content, dict):
        return {}, [f"{file.name}: holds no blocks by language"]
    for lang, block in content.items():
        try:
            formats[lang] = formats_from(block)
        except (ValueError, TypeError, KeyError, AttributeError) as error:
            problems.append(f"{file.name}: {lang}: {_told(error)}")
    return formats, problems


def load_glossary(file: Path) -> tuple[Glossary, list[str]]:
    """Read the glossary; its first column is the Japanese term, further languages by their code.

    Wordings of a term are parted by `|`; one that begins with `~` is accepted, but not looked for.
    """
    terms: list[GlossaryTerm] = []
    problems: list[str] = []
    with file.open(encoding="utf-8", newline="") as lines:
        for number, row in enumerate(csv.DictReader(lines, delimiter="\t"), start=2):
            problem = _problem_of_term(row, {each.key for each in terms})
            if problem:
                problems.append(f"{file.name}: line {number}: {problem}")
                continue
            words = {
                lang: wordings(text)
                for lang, text in row.items()
                if lang not in _GLOSSARY_COLUMNS and text
            }
            terms.append(
                GlossaryTerm(
                    words["ja"][0],
                    row["reading"],
                    row["easy"],
                    words,
                    enforced=row["enforced"] == "yes",
                    review=row["review"],
                )
            )
    return Glossary(terms), problems


def _read(file: Path) -> Any:
    # libyaml where it is there: a process start waits for these files.
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    return yaml.load(file.read_text(encoding="utf-8"), Loader=loader)  # noqa: S506


def _problem_of_term(row: Mapping[str, str], known: set[str]) -> str:
    if None in row or any(row.get(name) is None for name in ("ja", *_GLOSSARY_COLUMNS)):
        return "columns are missing or too many"
    if not row["ja"].split(WORDINGS)[0].strip():
        return "the Japanese term is missing"
    if row["ja"].split(WORDINGS)[0].strip() in known:
        return "this term stands here twice"
    for lang, text in row.items():
        if (text or "").lstrip().startswith(ACCEPTED_ONLY):
            return f"{lang}: the first wording is written, and must be looked for too"
    if row["enforced"] not in {"yes", "no"}:
        return "enforced must be yes or no"
    if not _REVIEW.fullmatch(row["review"]):
        return "review must be `draft DATE` or `reviewed by NAME DATE`"
    return ""


def _grammar(content: Mapping[str, Any]) -> Grammar:
    negation, numbers = content["negation"], content["numbers"]
    neutral = [*(negation.get("obligation") or ()), *(negation.get("neutral") or ())]
    return Grammar(
        content["language"],
        tuple(re.compile(each) for each in negation["cues"]),
        tuple(re.compile(each) for each in neutral),
        NumberWords(
            digits=str(numbers.get("digits") or ""),
            group=str(numbers.get("group") or ""),
            decimal=str(numbers.get("decimal") or ""),
            am=tuple(numbers.get("am") or ()),
            pm=tuple(numbers.get("pm") or ()),
            **{
                name: {str(word): int(value) for word, value in (numbers.get(name) or {}).items()}
                for name in _NUMBER_TABLES
            },
        ),
        dict(_answers(content.get("answers") or ())),
        str(content["review"]),
    )


def _answers(entries: Any) -> Iterator[tuple[str, str]]:
    known: dict[str, str] = {}
    for entry in entries:
        for said in entry["says"]:
            key = fold(str(said))
            if known.setdefault(key, entry["ja"]) != entry["ja"]:
                raise ValueError(f"answers: {said!r} means two things")
            yield key, entry["ja"]


def _told(error: Exception) -> str:
    return f"{error} is missing" if isinstance(error, KeyError) else str(error)
