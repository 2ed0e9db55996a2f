"""The tables as they are shipped, read once a run, and how well words were restored."""

import re
from collections.abc import Iterable
from difflib import SequenceMatcher
from functools import cache
from pathlib import Path

from bot.adapters.translation.spelling import load_devanagari, load_tones
from bot.core.translation.nepali import Devanagari
from bot.core.translation.vietnamese import Tones

ROOT = Path(__file__).parents[2]
TABLES = ROOT / "locales" / "translation"
SAMPLES = (ROOT / "tests" / "translation", ROOT / "deploy" / "evaluation")

_WORD = re.compile("[\u0900-\u0963\u0966-\u097f\u200d]+|[^\\W\\d_\u0900-\u097f]+|[0-9]+")


@cache
def tones() -> Tones:
    return load_tones(TABLES)


@cache
def devanagari() -> Devanagari:
    return load_devanagari(TABLES)


def rows(file: str) -> list[list[str]]:
    """Return the fields of each row of a sample."""
    found = next(folder / file for folder in SAMPLES if (folder / file).exists())
    lines = found.read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines if line and not line.startswith("#")]


def share_right(pairs: Iterable[tuple[str, str]]) -> float:
    """Return how many words of what was meant stand in what came out, in its order."""
    right = total = 0
    for meant, came in pairs:
        wanted, got = _WORD.findall(meant), _WORD.findall(came)
        blocks = SequenceMatcher(None, got, wanted, autojunk=False).get_matching_blocks()
        right += sum(block.size for block in blocks)
        total += len(wanted)
    return right / total
