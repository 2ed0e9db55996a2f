"""Makes the tables that restore Vietnamese marks and Nepali letters, from files of sentences.

    python -m bot.authoring.spelling_tables vi locales/translation/vi_syllables.tsv.xz \
        NEWS.txt 2*SPOKEN.txt 10*locales/translation/vi_said.txt \
        4*locales/vi/LC_MESSAGES/residents.po 4*locales/phrasebook.jsonl
    python -m bot.authoring.spelling_tables ne locales/translation/ne_words.tsv.xz \
        CORPUS.txt 3*locales/ne/LC_MESSAGES/residents.po 3*locales/phrasebook.jsonl

A corpus is any UTF-8 file with a sentence a line; of a .po file the translations are read, of a
.jsonl file the sentences of the language. 3*FILE counts three times: so the talk of residents
weighs as much as news. Only counts are kept, no sentence. The same files make the
same table, byte for byte. Whoever makes one anew writes its sources into NOTICE.
"""

import json
import lzma
import re
import sys
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise
from pathlib import Path

from babel.messages.pofile import read_po

from bot.authoring.nepali_verbs import verb_forms
from bot.core.translation.romanised import spellings
from bot.core.translation.vietnamese import EDGE, NUMBER, is_syllable, runs

FEWEST_SYLLABLES = 2
"""A syllable seen less often is as likely a slip."""
FEWEST_WORDS = 2
MOST_WORDS = 24_000
_FORM_WEIGHT = 3
"""What a form of a common verb counts for, on top of how often it was read."""

_DEVANAGARI = re.compile("[\u0900-\u0963\u0970-\u097f\u200d]+")
_NEW_STYLE = re.compile("(o)([ae])([\u0300\u0301\u0303\u0309\u0323])$")
_NEW_STYLE_UY = re.compile("(?<!q)(u)(y)([\u0300\u0301\u0303\u0309\u0323])$")

_SYLLABLES_HEAD = """\
# Vietnamese syllables and what follows them. Made by bot/authoring/spelling_tables.py.
# A line: a syllable, a tab, groups parted by |. A group: how often, then the syllables that came
# so often right after it, parted by spaces. ^ is the edge of a clause, 0 any number.
"""
_WORDS_HEAD = """\
# Nepali words, the most frequent first, one a line. Made by bot/authoring/spelling_tables.py.
"""


def syllable_table(sentences: Iterable[str]) -> str:
    """Return the text of vi_syllables.tsv: counts of pairs of Vietnamese syllables."""
    clauses = [
        [_counted(word.group()) for word in run]
        for sentence in sentences
        for run in runs(unicodedata.normalize("NFC", sentence))
    ]
    often = Counter(word for clause in clauses for word in clause)
    known = {
        word
        for word, count in often.items()
        if count >= FEWEST_SYLLABLES and (word == NUMBER or is_syllable(word))
    }
    pairs: dict[str, Counter[str]] = defaultdict(Counter)
    for clause in clauses:
        padded = [EDGE, *(word if word in known else EDGE for word in clause), EDGE]
        for first, second in pairwise(padded):
            if first != EDGE or second != EDGE:
                pairs[first][second] += 1
    return _SYLLABLES_HEAD + "".join(
        f"{first}\t{_grouped(pairs[first])}\n" for first in sorted(pairs)
    )


def word_table(sentences: Iterable[str]) -> str:
    """Return the text of ne_words.tsv: the most frequent words that can be typed in Latin."""
    often = Counter(
        word for sentence in sentences for word in _DEVANAGARI.findall(sentence) if word != "\u200d"
    )
    for form in dict.fromkeys(verb_forms()):
        often[form] += _FORM_WEIGHT
    ranked = sorted(often.items(), key=lambda item: (-item[1], item[0]))
    words = [
        word
        for word, count in ranked
        if count >= FEWEST_WORDS and "" not in spellings(word) and len(word) < 24  # noqa: PLR2004
    ]
    return _WORDS_HEAD + "".join(f"{word}\n" for word in words[:MOST_WORDS])


def sentences_of(file: Path, lang: str) -> Iterator[str]:
    """Yield the sentences of a corpus, of a catalog (.po) or of prepared sentences (.jsonl)."""
    if file.suffix == ".po":
        with file.open("rb") as opened:
            for message in read_po(opened):
                if message.id and isinstance(message.string, str):
                    yield re.sub(r"\{[^}]*\}", "0", message.string)
        return
    for line in file.read_text(encoding="utf-8").splitlines():
        if file.suffix == ".jsonl":
            row = json.loads(line)
            for text in row.get("texts", row).get(lang, ()):
                yield re.sub(r"\{[^}]*\}", "0", text)
        else:
            yield line


def _counted(word: str) -> str:
    return NUMBER if word[0].isdigit() else _usual(word.lower())


def _usual(word: str) -> str:
    """Put the tone where most people type it: hòa, not hoà."""
    apart = unicodedata.normalize("NFD", word)
    for pattern in (_NEW_STYLE, _NEW_STYLE_UY):
        apart = pattern.sub(r"\1\3\2", apart)
    return unicodedata.normalize("NFC", apart)


def _grouped(followers: Mapping[str, int]) -> str:
    groups: dict[int, list[str]] = defaultdict(list)
    for word, count in followers.items():
        groups[count].append(word)
    return "|".join(f"{count} {' '.join(sorted(groups[count]))}" for count in sorted(groups)[::-1])


def _weighted(argument: str) -> tuple[int, Path]:
    """Read `3*FILE`: a file that counts three times."""
    times, star, file = argument.partition("*")
    return (int(times), Path(file)) if star and times.isdecimal() else (1, Path(argument))


def main(arguments: list[str]) -> int:
    """Write a table; return 0, or 2 after a wrong call."""
    tables = {"vi": syllable_table, "ne": word_table}
    if len(arguments) < 3 or arguments[0] not in tables:  # noqa: PLR2004
        sys.stderr.write(__doc__ or "")
        return 2
    lang, made, *corpora = arguments
    text = tables[lang](
        sentence
        for times, corpus in map(_weighted, corpora)
        for sentence in sentences_of(corpus, lang)
        for _ in range(times)
    )
    Path(made).write_bytes(lzma.compress(text.encode(), preset=9 | lzma.PRESET_EXTREME))
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
