"""Texts and the forms to look for in them, brought into one shape whatever way they were typed."""

import re
import unicodedata

from bot.core.understanding import DIGITS, EDGES

SPELLINGS_AT_MOST = 1_000
"""A form with more alternatives says something else than its author thinks."""

_LATIN = "0-9a-z\u00c0-\u024f\u1e00-\u1eff"
_MARKED = re.compile("[\u00c0-\u024f\u1e00-\u1eff]")
_ELLIPSIS = re.compile(r"\|\|+")
_IDLE = re.compile(rf"([a-z])(?=\1)|(?<![{_LATIN} ]) +| +(?![{_LATIN}])")
"""A Latin letter before the same, and spaces that do not stand between Latin letters or digits."""


def _letters() -> dict[int, str | None]:
    """Return what becomes of single characters before texts are compared.

    A full stop becomes `|` (several are an ellipsis), other stops `/`, other signs and emoji a
    space; apostrophes, long-vowel marks and what has no width vanish. Katakana and small kana
    become plain hiragana, because people write しにたい, シニタイ and しにたぃ; of the Devanagari
    letters that are confused in writing (ि and ी, ब and व) one stands for both.
    """
    table: dict[int, str | None] = {code: " " for code in range(0x80) if not chr(code).isalnum()}
    table |= {code: chr(usual) for code, usual in DIGITS.items()} | {0x85: " "}
    for code in (*range(0x80, 0x3400), *range(0xFE00, 0x10000), *range(0x1F000, 0x1FB00)):
        kind = unicodedata.category(chr(code))
        if kind[0] in "PSZ":
            table[code] = " "
        elif kind == "Cf":
            table[code] = None
    table |= dict.fromkeys((*range(0x300, 0x370), *range(0xFE00, 0xFE10)), None)
    table |= dict.fromkeys(map(ord, "'’‘ʼ`´ー"), None)
    table |= dict.fromkeys(map(ord, ".。・．"), "|")
    table |= dict.fromkeys(map(ord, "!?,;:、，！？；：।॥၊။"), "/")
    table |= {code: chr(code - 0x60) for code in range(ord("ァ"), ord("ヷ"))}
    table |= {ord(other): usual for other, usual in zip("ँीूईऊवशष", "ंिुइउबसस", strict=True)}
    for small, large in zip("ぁぃぅぇぉゃゅょっゎ", "あいうえおやゆよつわ", strict=True):
        table[ord(small)] = table[ord(small) + 0x60] = large
    return table


def _bases() -> dict[int, str]:
    """Return the letter without its marks for every marked Latin letter."""
    bases = {ord("đ"): "d", ord("ø"): "o", ord("ł"): "l", ord("ı"): "i"}
    for code in (*range(0xC0, 0x250), *range(0x1E00, 0x1F00)):
        base = unicodedata.normalize("NFD", chr(code))[0]
        if base.isascii() and base.isalpha():
            bases[code] = base
    return bases


_TABLE = _letters()
_BASES = _bases()


def shape(text: str) -> str:
    """Return `text` in the shape in which detectors compare, marks included.

    Beyond what `understanding.fold` does, signs and easily confused letters are made one, a Latin
    letter that is doubled counts once, and spaces stay only between Latin letters or digits,
    because every other script here uses them freely. `|` and `/` are the stops that are left.
    """
    shaped = unicodedata.normalize("NFKC", text).casefold().strip(EDGES).translate(_TABLE)
    if "||" in shaped:
        shaped = _ELLIPSIS.sub(" ", shaped)
    return _IDLE.sub("", shaped.strip())


def without_latin_marks(shaped: str) -> str:
    """Return a shaped text without the marks of Latin letters, letter by letter as long as it."""
    if shaped.isascii() or not _MARKED.search(shaped):
        return shaped
    return shaped.translate(_BASES)


def spellings(form: str) -> tuple[str, ...]:
    """Return every spelling of `form`: `(死|し)にたい` means 死にたい and しにたい.

    Brackets may stand in brackets. Raises ValueError where they do not match, and for more than
    SPELLINGS_AT_MOST.
    """
    written, rest = _written(form, 0)
    if rest != len(form) or len(written) != 1:
        raise ValueError(f"brackets do not match in {form}")
    if len(written[0]) > SPELLINGS_AT_MOST:
        raise ValueError(f"{len(written[0])} spellings in {form}; write more than one form")
    return tuple(dict.fromkeys(written[0]))


def _written(form: str, place: int) -> tuple[list[list[str]], int]:
    """Return the spellings of each alternative from `place` to the bracket that closes it."""
    alternatives = [[""]]
    while place < len(form) and form[place] != ")":
        sign, place = form[place], place + 1
        if sign == "|":
            alternatives.append([""])
            continue
        more = [sign]
        if sign == "(":
            inner, place = _written(form, place)
            if form[place : place + 1] != ")":
                raise ValueError(f"brackets do not match in {form}")
            more, place = [each for group in inner for each in group], place + 1
        alternatives[-1] = [before + after for before in alternatives[-1] for after in more]
    return alternatives, place
