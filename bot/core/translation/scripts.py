"""Which language a text can only be in, by its letters alone."""

import re

from bot.core.model import Lang

LATIN = "A-Za-z\u00c0-\u024f\u1e00-\u1eff"
"""The letters of Latin scripts, as a character class; Vietnamese ones too."""

CAPITALS = "".join(
    filter(str.isupper, map(chr, (*range(0x41, 0x5B), *range(0xC0, 0x250), *range(0x1E00, 0x1F00))))
)
"""The capitals among them: Ở begins a name, ở is a word like any other."""

_LETTERS: tuple[tuple[Lang, re.Pattern[str]], ...] = (
    ("ko", re.compile("[\uac00-\ud7af\u1100-\u11ff\u3130-\u318f]")),
    ("th", re.compile("[\u0e00-\u0e7f]")),
    ("my", re.compile("[\u1000-\u109f]")),
    ("ne", re.compile("[\u0900-\u097f]")),
    ("ja", re.compile("[\u3041-\u30fa\u30fc-\u30ff]")),
)
_LETTER = re.compile(r"[^\W\d_]")
_MOST = 0.6
_KANA_AT_LEAST = 0.25
"""Japanese mixes kana with kanji; a Chinese text may quote a Japanese word."""
_KANJI = re.compile("[\u3400-\u9fff]")
_HIRAGANA = re.compile("[\u3041-\u306d\u306f-\u3096]")
"""Without の, which stands in Chinese names of goods and shops."""


def language_by_script(text: str) -> Lang:
    """Return ko, th, my, ne (any Devanagari) or ja where the letters leave no doubt, else ''."""
    letters = _LETTER.findall(text)
    if not letters:
        return ""
    # 我在ハローワーク工作: a long word in katakana among kanji may be quoted in Chinese.
    quoted = _KANJI.search(text) is not None and _HIRAGANA.search(text) is None
    for lang, pattern in _LETTERS:
        if lang == "ja" and quoted:
            continue
        enough = _KANA_AT_LEAST if lang == "ja" else _MOST
        # Digits and vowel signs beside a letter are no letters of their own.
        if sum(map(bool, map(pattern.match, letters))) >= enough * len(letters):
            return lang
    return ""
