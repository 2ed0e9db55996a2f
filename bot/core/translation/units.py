"""A message as sentences, and sentences as a message again, line by line."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from bot.core.model import Lang, Provenance, Sentence
from bot.core.translation.splitting import join_sentences, pieces, segment, split_sentences

SHOWN = frozenset(
    {Provenance.PHRASE, Provenance.MEMORY, Provenance.MACHINE, Provenance.DRAFT, Provenance.HUMAN}
)
"""Sentences whose words may stand for what was said."""

FAILED = frozenset({Provenance.NONE, Provenance.DOUBTED})
"""Sentences that stand in the original, said honestly."""

_WEAKEST_FIRST = (Provenance.DRAFT, Provenance.MACHINE, Provenance.MEMORY, Provenance.PHRASE)
_LINE = re.compile(r"([^\n]*)(\n*)")


def sentences_of(text: str) -> list[Sentence]:
    """Return the sentences of a message in order, without words for the other side yet.

    What holds no words (digits, emoji, a link) is HUMAN: everybody reads it as it is. A sentence
    that is too long for an engine comes in pieces. Lines are kept by `gap`.
    """
    found: list[Sentence] = []
    for words, breaks in _LINE.findall(text.strip()):
        parts = [piece for each in split_sentences(words) for piece in pieces(each)]
        for number, part in enumerate(parts, start=1):
            gap = breaks if number == len(parts) else " "
            kind = Provenance.NONE if segment(part).body else Provenance.HUMAN
            found.append(Sentence(part, provenance=kind, gap=gap))
        if not parts and breaks and found:
            found[-1] = replace(found[-1], gap=found[-1].gap + breaks)
    return found


def together(sentences: Sequence[Sentence], target: Lang, shown: Iterable[Provenance]) -> str:
    """Return the message for the other side: the original where a sentence has no words to show."""
    allowed = frozenset(shown)
    lines: list[str] = []
    line: list[str] = []
    for each in sentences:
        line.append(each.text if each.text and each.provenance in allowed else each.source)
        if "\n" in each.gap:
            lines.append(join_sentences(line, target) + each.gap)
            line = []
    return "".join(lines) + join_sentences(line, target)


def summary(sentences: Sequence[Sentence]) -> Provenance:
    """Return where the words of a whole message come from: the weakest of its sentences.

    PARTLY where some sentences can be relied on and others not at all.
    """
    kinds = {each.provenance for each in sentences} - {Provenance.HUMAN}
    if not kinds:
        return Provenance.HUMAN
    if kinds <= FAILED:
        return Provenance.DOUBTED if Provenance.DOUBTED in kinds else Provenance.NONE
    if kinds & FAILED:
        return Provenance.PARTLY
    return next(each for each in _WEAKEST_FIRST if each in kinds)
