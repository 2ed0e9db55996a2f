"""Chat text → the signs and words that numbers, dates and times are made of."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from bot.core.translation.grammar import NumberWords
from bot.core.translation.splitting import EXACT

UNIT, SCALE, DIGITS, HAN = "unit", "scale", "digits", "han"
MONTH, WEEKDAY, AM, PM = "month", "weekday", "am", "pm"


@dataclass(frozen=True, slots=True)
class Token:
    """A sign or word at `start`:`end` of the folded text; `value` of a digit run is its text."""

    kind: str
    value: int | str
    start: int
    end: int


# -- one writing for all scripts ------------------------------------------------------------------

_DECIMAL = [
    *(code for code in range(0x10000) if chr(code).isdecimal()),
    *range(0x1D7CE, 0x1D800),  # mathematical digits, which some keyboards of phones offer
]
_FOLDED: Mapping[int, str] = {
    **{code: str(unicodedata.decimal(chr(code))) for code in _DECIMAL},
    **{code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F) if not chr(code).isalnum()},
    **{code: chr(code - 0xFEE0) for code in range(0xFF21, 0xFF5B)},
    **dict.fromkeys(map(ord, "‐‑‒–—−"), "-"),
    **dict.fromkeys(map(ord, "’ʼ"), "'"),
    **dict.fromkeys(map(ord, "\u00a0\u2009\u202f\u3000"), " "),
    **dict.fromkeys(range(0xE000, 0xE010), " "),  # private signs: the readers use them
}
_WA = re.compile(r"(?<=[၀-၉])ဝ|ဝ(?=[၀-၉])")


def fold(text: str) -> str:
    """Return NFC `text` in lower case with ASCII digits and signs, as long as it was.

    Burmese ဝ beside digits is the zero ၀, which it looks like and is often typed for.
    """
    low = text.lower()
    if len(low) != len(text):
        low = "".join(sign.lower() if len(sign.lower()) == 1 else sign for sign in text)
    if "ဝ" in low:
        low = _WA.sub("၀", low)
    return low.translate(_FOLDED)


# -- what must not change at all ------------------------------------------------------------------

_MAY_BE_EXACT = re.compile(r"[@_/]|\.[a-z]|www|0[0-9]|[0-9][-) ][0-9]")
_OTHER_SIGNS = re.compile(r"(?![0-9])\d|[！-～‐-―−]")
_PHONE = re.compile(
    r"(?<![0-9.,:/-])(?<![0-9] )(?:"
    r"\+[0-9]{1,3}[ -]?\(?0?[0-9]{1,4}\)?[ -]?[0-9]{2,4}[ -]?[0-9]{3,4}"
    r"|\(?0[0-9]{1,4}\)?[ -][0-9]{1,4}[ -][0-9]{3,4}|\(?0[0-9]{1,4}\)[0-9]{1,4}-[0-9]{3,4}"
    r"|0[0-9]{9,10})(?![0-9]|[-.,:/][0-9])"
)


def exact_spans(text: str, folded: str) -> list[tuple[int, int]]:
    """Return where links, mail addresses and telephone numbers stand, in order, none overlapping.

    A telephone number may be typed in native digits, with spaces or without any sign between.
    """
    if not _MAY_BE_EXACT.search(folded):
        return []
    spans = [match.span() for match in EXACT.finditer(text)]
    for pattern in (EXACT, _PHONE) if _OTHER_SIGNS.search(text) else (_PHONE,):
        for match in pattern.finditer(folded):
            if all(match.end() <= start or match.start() >= end for start, end in spans):
                spans.append(match.span())
    return sorted(spans)


# -- the words of one language --------------------------------------------------------------------

_SCALES = {"万": 10**4, "萬": 10**4, "億": 10**8, "亿": 10**8, "만": 10**4, "억": 10**8}
_SCALES |= {"천": 1000, "백": 100, "k": 1000, "man": 10**4, "lakh": 10**5}
"""Understood after a figure in every language: residents mix them in."""

_NEPALI_MONTH = " महिना"
_WEEKENDS = {"土日": 1, "เสาร์อาทิตย์": 5}
"""Saturday and Sunday in one word, and where the second begins."""

_ENGLISH_MONTHS = {"january": 1, "february": 2, "march": 3, "april": 4, "june": 6, "july": 7}
_ENGLISH_MONTHS |= {"august": 8, "september": 9, "october": 10, "november": 11, "december": 12}
_ENGLISH_MONTHS |= {"jan": 1, "feb": 2, "apr": 4, "jun": 6, "jul": 7, "aug": 8, "sep": 9, "sept": 9}
_ENGLISH_MONTHS |= {"oct": 10, "nov": 11, "dec": 12}
"""Stand in chats of every language, beside its own."""

_HAN_UNITS = dict(zip("〇一二三四五六七八九", range(10), strict=True))
_HAN_UNITS |= {"零": 0, "两": 2, "兩": 2, "元": 1}
_HAN_SCALES = {"十": 10, "百": 100, "千": 1000}

# Words that hold a numeral sign and say no number.
_IDIOMS = (
    "一緒|一番|一応|一部|一般|一切|一旦|一生|一方|一体|一定|一致|一瞬|一種|一層|一律|一括|一環|一貫|一斉|統一"
    "|唯一|均一|(?<![0-9〇一二三四五六七八九十百千])万一|万が一|万引|千葉|千代|八千代|百合|百貨|百科|八百屋|四国|九州|三重"
    "|三鷹|三菱|三井|五輪|十勝|六本木|八王子|五十嵐|七夕|二の次|八つ当|四方|四季|三角|二度と|二重|十字"
    "|十分に|十分で(?:す|は|あ)|百分之|三明治|一些|一样|一樣|一起|一直|一共|一会|一會|一下|一边|一邊|一路|一向"
    "|万分|萬分|千万(?=不|别|要|注)|千萬(?=不|別|要|注)|乱七八糟|亂七八糟|十分(?=[^钟鐘に])"
)

_LATIN = r"[^\W\d_]"
_NEPALI_TAIL = (
    "जना|वटा|ओटा|वटै|जनै|महिना|दिन|वर्ष|बर्ष|पटक|चोटि|घण्टा|मिनेट|हप्ता|बजे|सय|हजार|लाख|मान|तिर"
    "|मा|को|का|की|सम्म|देखि|भन्दा|लाई|ले|बाट|पछि|अघि|भित्र|औँ|औं|येन|तारिख|गते|बार"
)
_KOREAN_COUNTER = (
    "명|달|개|번|살|시|가지|주|곳|분|장|대|마리|끼|사람|해|년|월|일|층|회|차|배|엔|원|군데|식구|쪽|채|집|아이"
    "|십|백|천|만|세|네|다섯"
)
# Thai writes no space: a word goes on with a vowel sign or, as ห้าม "forbid", in other ways.
_THAI_TAIL = {"ห้า": "[มง]", "หก": "ล้ม", "เก้า": "อี้", "สี่": "แยก", "สอง": "แถว"}


def _bounds(word: str) -> tuple[str, str]:
    """Return what must stand before and after a word, by the rules of its script."""
    first, last = word[0], word[-1]
    if "\u0900" <= last <= "\u097f":
        letter = "[\u0900-\u0963\u0971-\u097f]"
        return f"(?<!{letter})", f"(?=$|(?!{letter})|{_NEPALI_TAIL})"
    if "가" <= last <= "힣":
        if len(word) == 1 and word not in "십백천만억조":
            return "(?:(?<![가-힣])|(?<=[한두세열]))", rf"(?=\s?(?:{_KOREAN_COUNTER}))"
        return "", ""
    if "\u0e01" <= last <= "\u0e5b":
        tail = f"(?!{_THAI_TAIL[word]})" if word in _THAI_TAIL else ""
        return "", r"(?![\u0e30-\u0e3a\u0e45\u0e47-\u0e4e])" + tail
    if "\u1000" <= last <= "\u109f":
        return r"(?<!\u1039)", r"(?![\u102b-\u103e])"
    if "\u3041" <= last <= "\u9fff":
        return "", ""
    return (f"(?<!{_LATIN})" if first.isalpha() else ""), (
        f"(?!{_LATIN})" if last.isalpha() else ""
    )


def _pattern(words: Iterable[str]) -> str:
    """Return a pattern of all words, longest first.

    Grouped by their bounds and led by a set of first signs: most places of a text fall through
    after one look.
    """
    groups: dict[tuple[str, str], list[str]] = {}
    for word in sorted(words, key=len, reverse=True):
        groups.setdefault(_bounds(word), []).append(word)
    parts = [
        f"(?=[{re.escape(''.join(sorted({word[0] for word in group})))}])"
        f"{before}(?:{'|'.join(map(re.escape, group))}){after}"
        for (before, after), group in groups.items()
    ]
    return "|".join(parts)


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The words of one language, ready to be looked for."""

    pattern: re.Pattern[str]
    words: Mapping[str, tuple[str, int]]
    decimal_comma: bool


_DIGIT_RUN = (
    r"(?P<digits>[1-9][0-9]?(?:,[0-9]{2})+,[0-9]{3}(?![0-9])"  # 1,20,000
    r"|[1-9][0-9]{0,2}(?:(?P<sep>[,.'])[0-9]{3}(?:(?P=sep)[0-9]{3})*(?![0-9])"
    r"(?:(?!(?P=sep))[.,][0-9]{1,2}(?![0-9]))?|(?: [0-9]{3})+(?![0-9]|[-:/][0-9]))"
    r"|(?<![0-9][.,])[0-9]+[.,][0-9]+(?![.,]?[0-9])"
    r"|[0-9]+)(?:(?:st|nd|rd|th|º|ª|°)(?![a-z]))?"
)
_HAN_RUN = f"(?P<han>[{''.join(_HAN_UNITS).replace('元', '')}{''.join(_HAN_SCALES)}]|元(?=年))"


class _Same:
    """A key that is equal only to the very same words (they hold dicts and have no hash)."""

    __slots__ = ("words",)

    def __init__(self, words: NumberWords) -> None:
        self.words = words

    def __hash__(self) -> int:
        return id(self.words)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and other.words is self.words


@lru_cache(maxsize=64)
def _lexicon(key: _Same) -> Lexicon:
    words = key.words
    found: dict[str, tuple[str, int]] = {name: (SCALE, value) for name, value in _SCALES.items()}
    found |= {name: (MONTH, value) for name, value in _ENGLISH_MONTHS.items()}
    if "june" in words.months:  # only in English: "may" is a word of Tagalog
        found |= {"may": (MONTH, 5), "mar": (MONTH, 3)}
    found |= {
        name: (SCALE if re.fullmatch("100+", str(value)) else UNIT, value)
        for name, value in words.words.items()
    }
    found |= {name: (SCALE, value) for name, value in words.scales.items()}
    found |= dict.fromkeys(words.am, (AM, 0)) | dict.fromkeys(words.pm, (PM, 0))
    found |= {
        f"{week}{day}": (WEEKDAY, place)
        for week in ("周", "星期", "礼拜", "禮拜")
        for place, day in enumerate("一二三四五六日", start=1)
    }
    found |= {f"{name}s": (WEEKDAY, value) for name, value in words.weekdays.items()}
    found |= {name: (WEEKDAY, value) for name, value in words.weekdays.items()}
    found |= {name: (MONTH, value) for name, value in words.months.items()}
    # मे and जुन are other words too, unless a day stands beside: मे महिना stands for both.
    bare = {name.removesuffix(_NEPALI_MONTH): value for name, value in words.months.items()}
    found |= {name: (MONTH, value) for name, value in bare.items()}
    found |= dict.fromkeys(_WEEKENDS, (WEEKDAY, 6))
    # Numeral signs of Chinese writing are read sign by sign, so that idioms can be told from them.
    signs = {*_HAN_UNITS, *_HAN_SCALES}
    found = {name: what for name, what in found.items() if name and not signs.issuperset(name)}
    folded = {fold(name): what for name, what in found.items()}
    pattern = re.compile(
        f"(?=[一-鿿])(?P<idiom>{_IDIOMS})|(?P<word>{_pattern(folded)})"
        f"|(?=[0-9]){_DIGIT_RUN}|(?=[一-鿿〇]){_HAN_RUN}"
    )
    return Lexicon(pattern, folded, words.decimal == ",")


def lexicon_of(words: NumberWords) -> Lexicon:
    """Return the compiled words, made once for each `NumberWords` object."""
    return _lexicon(_Same(words))


def tokens(folded: str, lexicon: Lexicon) -> list[Token]:
    """Return what numbers, dates and times are made of, in order."""
    found: list[Token] = []
    for match in lexicon.pattern.finditer(folded):
        start, end = match.span()
        word, digits, han = match.group("word", "digits", "han")
        if word in _WEEKENDS:
            middle = start + _WEEKENDS[word]
            found.append(Token(WEEKDAY, 6, start, middle))
            found.append(Token(WEEKDAY, 7, middle, end))
        elif word is not None:
            found.extend(_word_tokens(*lexicon.words[word], start, end))
        elif digits is not None:
            found.extend(_digit_tokens(digits, start, end, lexicon))
        elif han in _HAN_UNITS:
            found.append(Token(HAN, _HAN_UNITS[han], start, end))
        elif han is not None:
            found.append(Token(SCALE, _HAN_SCALES[han], start, end))
    return found


def _word_tokens(kind: str, value: int, start: int, end: int) -> list[Token]:
    """Return one token, or two for a word with its scale: "ba nghìn" in "hai mươi ba nghìn"."""
    zeros = len(str(value)) - 1
    figure = value // 10**zeros
    if kind == UNIT and value >= 100 and figure * 10**zeros == value:  # noqa: PLR2004
        return [Token(UNIT, figure, start, end), Token(SCALE, 10**zeros, end, end)]
    return [Token(kind, value, start, end)]


_LISTED = re.compile(r"([0-9]),([0-9]{1,2})")


def _digit_tokens(digits: str, start: int, end: int, lexicon: Lexicon) -> list[Token]:
    """Return one number, or two where a comma lists them (2,3日) rather than parts a decimal."""
    listed = None if lexicon.decimal_comma or digits[0] == "0" else _LISTED.fullmatch(digits)
    if listed is None:
        return [Token(DIGITS, digits, start, end)]
    middle = start + listed.start(2)
    return [
        Token(DIGITS, listed[1], start, start + listed.end(1)),
        Token(DIGITS, listed[2], middle, end),
    ]
