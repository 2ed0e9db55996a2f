"""Tokens → numbers (5万5千, 55 nghìn, "twenty-five", 三人), and a text that shows them."""

import re
from dataclasses import dataclass
from decimal import Decimal

from bot.core.translation.lexemes import (
    AM,
    DIGITS,
    HAN,
    MONTH,
    PM,
    SCALE,
    WEEKDAY,
    Lexicon,
    Token,
    exact_spans,
    fold,
    tokens,
)

N, M, W, A, P, X = map(chr, range(0xE000, 0xE006))
"""What stands in a sketch for a number, month, weekday, a.m., p.m. and what must stay exact."""

_SIGN_OF = {MONTH: M, WEEKDAY: W, AM: A, PM: P}


@dataclass(frozen=True, slots=True)
class Lexeme:
    """A number, name or exact span; `also` are other values that the same signs may mean.

    `weak`: written as a word or as a "one" that other languages do not say.
    """

    sign: str
    value: str
    start: int
    end: int
    also: tuple[str, ...] = ()
    weak: bool = False


@dataclass(frozen=True, slots=True)
class Sketch:
    """`text` with one sign for each lexeme, so that one pattern reads a date in every script.

    `origin[i]` is the place of sign i in the folded text, `lexemes` are keyed by their place in
    the sketch.
    """

    text: str
    folded: str
    origin: list[int]
    lexemes: dict[int, Lexeme]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return where a part of the sketch stands in the text."""
        last = self.lexemes.get(end - 1)
        return self.origin[start], last.end if last else self.origin[end - 1] + 1

    def word(self, at: int) -> str:
        """Return the folded writing of the lexeme at this place of the sketch."""
        lexeme = self.lexemes[at]
        return self.folded[lexeme.start : lexeme.end]


def sketch_of(text: str, lexicon: Lexicon) -> Sketch:
    """Return the sketch of NFC `text`."""
    folded = fold(text)
    exact = exact_spans(text, folded)
    bare = folded
    for start, end in exact:
        bare = bare[:start] + X * (end - start) + bare[end:]
    lexemes = _lexemes(bare, tokens(bare, lexicon))
    lexemes += [Lexeme(X, text[start:end], start, end) for start, end in exact]
    lexemes.sort(key=lambda lexeme: lexeme.start)
    parts: list[str] = []
    origin: list[int] = []
    placed: dict[int, Lexeme] = {}
    at = 0
    for lexeme in lexemes:
        parts += (folded[at : lexeme.start], lexeme.sign)
        origin.extend(range(at, lexeme.start + 1))
        placed[len(origin) - 1] = lexeme
        at = lexeme.end
    parts.append(folded[at:])
    origin.extend(range(at, len(folded)))
    return Sketch("".join(parts), folded, origin, placed)


# -- numbers out of tokens ------------------------------------------------------------------------

_JOIN = re.compile(r"[ -]?|\s+(?:y|e|and|at)\s+|'t\s")
_SHORT = 2
_LONGEST_FIGURE = 24
"""Digits; longer runs are copied, not computed with."""
_HAN_COUNTER = re.compile(
    r"\s?(?:[円圓元块塊人日天月年時时点點分秒回次個个週周歳才岁歲つ枚台本階楼番号號割倍名度家社件通泊食着"
    r"匹張张条條口位間间房晚夜份代条級级等冊册段]|[かヶヵカケ箇][月所国年]|小[时時]|[％%])"
)
_MANY = frozenset("何数數几幾好")


@dataclass(slots=True)
class _Figure:
    """A number while its tokens are put together: terms of falling size."""

    terms: list[Decimal]
    tokens: list[Token]

    def takes(self, token: Token, gap: str, following: Token | None) -> bool:
        last = self.tokens[-1]
        if not _JOIN.fullmatch(gap):
            return False
        if token.kind == SCALE:
            near = gap in ("", " ", "-") and (gap == "" or token.end - token.start > 1)
            return near and self.terms[-1] < int(token.value)
        if token.kind == DIGITS:
            return self._takes_digits(token, gap, following)
        if last.kind == DIGITS:
            return False
        value = int(token.value)
        if last.kind == HAN and token.kind == HAN:
            return gap == "" and len(self.terms) == len(self.tokens)
        place = 10 ** len(str(value))
        return self.terms[-1] >= place and self.terms[-1] % place == 0 and value > 0

    def _takes_digits(self, token: Token, gap: str, following: Token | None) -> bool:
        last = self.tokens[-1]
        if last.kind != SCALE or gap not in ("", " "):
            return False
        value, smallest = _decimal(str(token.value)), self.terms[-1]
        scaled = following is not None and following.kind == SCALE and following.start == token.end
        if following is not None and following.kind == SCALE:
            apart = following.start - token.end <= 1 and int(following.value) < int(last.value)
            scaled = scaled or apart
        big = value >= 100  # noqa: PLR2004 - 5만 5000; but "30 mil 2 personas" are two numbers
        return value < smallest and value < int(last.value) and (gap == "" or scaled or big)

    def add(self, token: Token) -> None:
        self.tokens.append(token)
        if token.kind != SCALE:
            self.terms.append(_decimal(str(token.value)))
            return
        scale = Decimal(token.value)
        below = Decimal(0)
        while self.terms and self.terms[-1] < scale:
            below += self.terms.pop()
        self.terms.append((below or Decimal(1)) * scale)


def _decimal(figure: str) -> Decimal:
    """Read digits with separators: the last one parts a decimal unless three digits follow it."""
    if len(figure) > _LONGEST_FIGURE:
        return Decimal("Infinity")
    whole, sign, rest = figure, "", ""
    for at in range(len(figure) - 1, 0, -1):
        if not figure[at].isdigit():
            whole, sign, rest = figure[:at], figure[at], figure[at + 1 :]
            break
    grouped = len(rest) == 3 and whole[0] != "0" and (len(whole) <= 3 or not whole.isdigit())  # noqa: PLR2004
    plain = "".join(filter(str.isdigit, whole))
    if not sign:
        return Decimal(plain)
    return Decimal(plain + rest) if grouped else Decimal(f"{plain}.{rest}")


def _lexemes(folded: str, found: list[Token]) -> list[Lexeme]:
    lexemes: list[Lexeme] = []
    at = 0
    while at < len(found):
        token = found[at]
        sign = _SIGN_OF.get(token.kind)
        at += 1
        if sign is not None:
            lexemes.append(Lexeme(sign, str(token.value), token.start, token.end))
            continue
        if token.kind == SCALE and not _opens_a_number(folded, token):
            continue
        figure = _Figure([], [])
        figure.add(token)
        while at < len(found) and found[at].kind not in _SIGN_OF:
            gap = folded[figure.tokens[-1].end : found[at].start]
            following = found[at + 1] if at + 1 < len(found) else None
            if not figure.takes(found[at], gap, following):
                break
            figure.add(found[at])
            at += 1
        lexemes.extend(_number(folded, figure))
    return lexemes


def _number(folded: str, figure: _Figure) -> list[Lexeme]:
    """Return the number that the tokens say, or nothing where they say none."""
    parts = figure.tokens
    start, end = parts[0].start, parts[-1].end
    value = sum(figure.terms, Decimal(0))
    kinds = {part.kind for part in parts}
    if len(parts) > 1 and kinds == {HAN}:
        return _by_place(folded, parts)
    if kinds == {SCALE} and not _said_alone(folded, parts):
        return []
    if parts[0].kind in (HAN, SCALE) and _is_han(folded[start]):
        big = HAN in kinds and value >= 10_000  # noqa: PLR2004
        counted = _HAN_COUNTER.match(folded, end) or end == len(folded) == end - start
        if not (big or counted or DIGITS in kinds) or folded[start - 1 : start] in _MANY:
            return []
    also: tuple[str, ...] = ()
    if folded.startswith("割", end):  # tenths: 2割 is 20 percent
        value, also = value * 10, (canonical(value),)
    weak = value == 1 or (DIGITS not in kinds and value <= 2)  # noqa: PLR2004
    weak = weak or kinds == {SCALE} or folded[start:end] == "十"
    said = canonical(value) if value.is_finite() else folded[start:end]
    return [Lexeme(N, said, start, end, also, weak)]


def _opens_a_number(folded: str, token: Token) -> bool:
    """Whether a scale may come first: 千五百, "mil dos"; not Korean 만, which is "only" too."""
    return _is_han(folded[token.start]) or token.end - token.start > _SHORT


def _said_alone(folded: str, parts: list[Token]) -> bool:
    """Whether a scale without a figure is a number: 千円, "mil yenes"; not 数千, not "k"."""
    first = parts[0]
    if _is_han(folded[first.start]):
        return int(first.value) <= 1000 and len(parts) == 1  # noqa: PLR2004
    return int(first.value) >= 100 and first.end - first.start > _SHORT  # noqa: PLR2004


def _by_place(folded: str, parts: list[Token]) -> list[Lexeme]:
    """Read 二〇二六 as one number and 二三日 ("two or three days") as two."""
    start, end = parts[0].start, parts[-1].end
    digits = "".join(str(part.value) for part in parts)
    if len(parts) > _SHORT or "0" in digits[1:]:
        return [Lexeme(N, str(int(digits[:_LONGEST_FIGURE])), start, end)]
    if not _HAN_COUNTER.match(folded, end):
        return []
    return [Lexeme(N, str(part.value), part.start, part.end, weak=True) for part in parts]


def _is_han(sign: str) -> bool:
    return "\u3007" <= sign <= "\u9fff"


def canonical(value: Decimal) -> str:
    """Return a number as plain digits, with a decimal part only where it has one."""
    whole = value.to_integral_value()
    if whole == value:
        return format(whole, "f")
    return format(value.normalize(), "f")
