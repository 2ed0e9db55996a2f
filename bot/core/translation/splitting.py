"""Chat text into sentences by rule, and into what an engine may touch and what it must not."""

import re
import unicodedata
from dataclasses import dataclass
from itertools import pairwise

LONGEST = 400
"""Width of the longest sentence given to an engine in one piece; Chinese, Japanese and Korean
signs count double. Engines cut silently at about 250 tokens of output."""

_PICTURE = (
    "[\U0001f000-\U0001f3fa\U0001f400-\U0001faff\u2600-\u27bf\u2b00-\u2bff]"
    "[\ufe0f\U0001f3fb-\U0001f3ff]*"
)
_EMOJI = rf"(?:{_PICTURE}(?:\u200d{_PICTURE})*|[0-9#*]\ufe0f?\u20e3)"
_ALWAYS = "。｡！？।॥။‼⁉"
_ENDS = f"{_ALWAYS}．!?….|"
_CLOSERS = "」』）】〕》\"'”’)\\]"

# What must come out letter by letter. ASCII only: Japanese follows a link without a space. Each
# starts where its signs start, so that a long run of them is read once, not once per sign.
_LINK = r"(?:https?://|www\.)[!-~]*[A-Za-z0-9/_=&#~+%-]"
_MAIL = r"(?<![A-Za-z0-9._+-])[A-Za-z0-9._+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+"
_DOMAIN = (
    r"(?<![A-Za-z0-9.-])(?:[A-Za-z0-9-]+\.)+(?:jp|com|org|net|info|gov|edu)\b"
    r"(?:/[!-~]*[A-Za-z0-9/_=&#~+%-])?"
)
_WITH_UNDERSCORE = r"(?<![!-~])[!-~]*_(?:[!-~]*[A-Za-z0-9_])?"
_PHONE = r"(?<![0-9-])\+?[0-9]{1,5}-[0-9]{1,4}-[0-9]{3,4}(?![0-9-])"
EXACT = re.compile(f"{_LINK}|{_MAIL}|{_DOMAIN}|{_WITH_UNDERSCORE}|{_PHONE}")
"""Links, mail addresses, telephone numbers, and whatever holds an underscore."""

_END = re.compile(
    f"(?:[{_ENDS}]\ufe0f?)+[{_CLOSERS}]*(?:\\s{{0,3}}{_EMOJI})*"
    f"|{_EMOJI}(?:\\s{{0,3}}{_EMOJI})*[{_ENDS}]*"
)
_SURE = re.compile(f"[{_ALWAYS}]|{_EMOJI}")
_POLITE_THAI = re.compile(r"(?:ครับ|ค่ะ|คะ|จ้ะ)(?=\s)")
_EDGES = re.compile(rf"((?:\s|{_EMOJI})*)(.*?)((?:\s|{_EMOJI}[{_ENDS}]*)*)", re.DOTALL)
_LAST_EMOJI = re.compile(f"{_EMOJI}$")
_COMMA = re.compile(r"(?<=[、，；၊])|(?<=[,;:])(?=\s)")

# How far around a full stop its meaning is looked for.
_NEAR = 40
_WORD_BEFORE = re.compile(r"[^\s(「『（\"'“‘]*$")
_BEFORE_A_NAME = re.compile(
    r"mrs?|ms|dra?|prof|st|sr|sra|srta|jr|exmo|gng|bb|tp|q|p|ths|[tgb]s|av|jl|uds?|e\.g|i\.e|vs|cf"
    r"|approx|डा|श्री|प्रा|रु|नं|[A-HJ-Z]",
    re.IGNORECASE,
)
_BEFORE_A_NUMBER = re.compile(
    "nos?|nr|tel|fax|apt|rm|art|sec|vol|pp|ext|rs|rp|số|โทร", re.IGNORECASE
)
_WITHIN = re.compile(r"[ap]\.m|etc|dept|inc|ltd|co|dll|dst", re.IGNORECASE)
_INITIALS = re.compile(r"(?:\w\.)+\w")  # U.S.A
_CALENDAR = re.compile(
    r"(?:mon|tues?|wednes|thurs?|fri|satur|sun)(?:day)?s?\b"
    r"|(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*\b",
    re.IGNORECASE,
)
_GLUED = re.compile(r"[A-Z](?:\s|'|[a-z])")


@dataclass(frozen=True, slots=True)
class Segment:
    """A sentence between what stands around it; an empty `body` leaves nothing to translate."""

    before: str
    body: str
    after: str


def split_sentences(text: str) -> list[str]:
    """Return the sentences of `text`, trimmed, none empty, in order; nothing but space is lost.

    A line break always ends a sentence; an emoji ends one and stays with what it follows.
    Numbers, times, links, mail addresses and common abbreviations are not cut.
    """
    return [sentence for line in text.split("\n") for sentence in _split_line(line)]


def pieces(sentence: str, longest: int = LONGEST) -> list[str]:
    """Cut a sentence wider than `longest` at its commas, else at spaces, else anywhere.

    No piece is wider than `longest`; a short sentence comes back alone.
    """
    if _width(sentence) <= longest:
        return [sentence]
    cut: list[str] = []
    for clause in _COMMA.split(sentence):
        for part in _fitting(clause, longest):
            if cut and _width(cut[-1]) + _width(part) <= longest:
                cut[-1] += part
            else:
                cut.append(part)
    return [piece.strip() for piece in cut if piece.strip()]


def segment(sentence: str) -> Segment:
    """Separate emoji and spaces at both ends; without a letter left, all of it stays as it is."""
    match = _EDGES.fullmatch(sentence)
    assert match is not None
    before, body, after = match.groups()
    if not any(sign.isalpha() for sign in EXACT.sub("", body)):
        return Segment(sentence, "", "")
    return Segment(before, body, after)


def join_sentences(sentences: list[str], target: str) -> str:
    """Put translated sentences together again as the script of `target` wants.

    Japanese and Chinese take no space after a closing sign or an emoji; every other script does,
    Thai and Burmese too: there a space is what parts two sentences. Sentences that were left as
    they are ("Tôi đói. Tôi lạnh.") keep theirs.
    """
    text = ""
    for sentence in sentences:
        unspaced = target.split("-", 1)[0] in {"ja", "zh"}
        left = text.endswith((".", "!", "?")) and sentence[:1].isalpha()
        narrow = left and not _is_wide(sentence[0])
        closed = text == "" or (unspaced and _closed(text) and not narrow)
        text += sentence if closed else f" {sentence}"
    return text


def _split_line(line: str) -> list[str]:
    exact = {
        at for match in EXACT.finditer(line) for at in range(match.start() + 1, match.end() + 1)
    }
    cuts = {match.end() for match in _POLITE_THAI.finditer(line)}
    for match in _END.finditer(line):
        if match.end() not in exact and _is_end(line, match):
            cuts.add(match.end())
    parts = [line[a:b].strip() for a, b in pairwise([0, *sorted(cuts), len(line)])]
    return [part for part in parts if part]


def _is_end(line: str, match: re.Match[str]) -> bool:
    before = line[max(0, match.start() - _NEAR) : match.start()]
    signs = match.group()
    rest = line[match.end() : match.end() + _NEAR]
    following = rest.lstrip()[:1]
    # 「帰れ。」と言われました: the sentence goes on after the quotation.
    if following == "" or (signs[-1] in "」』）" and "\u3041" <= following <= "\u309f"):
        return following == ""
    return _SURE.search(signs) is not None or _is_end_here(before, signs, rest)


def _is_end_here(before: str, signs: str, rest: str) -> bool:
    spaced, following = rest[0].isspace(), rest.lstrip()[0]
    if "!" in signs or "?" in signs:
        return spaced or following.isupper() or _is_wide(following)
    if signs[0] == "．":  # the full-width point, also of full-width decimals
        return not (before[-1:].isdecimal() and following.isdecimal())
    if signs[0] == "|":  # typed for the danda
        return spaced and "\u0900" <= before.rstrip()[-1:] <= "\u097f"
    if signs[0] == "…" or signs.startswith(".."):  # a pause as often as an end
        return spaced and not following.islower()
    match = _WORD_BEFORE.search(before)
    word = match.group() if match else ""
    if not spaced:
        return _is_glued_stop(word, rest)
    starts_line = before.strip() == word
    return _is_spaced_stop(word, rest.lstrip(), starts_line=starts_line, alone=signs == ".")


def _is_glued_stop(word: str, rest: str) -> bool:
    """Whether "word.rest" are two sentences: 払えません.助けて, rent.I am; not U.S.A., not 5.5."""
    if _is_wide(rest[0]):
        return _is_wide(word[-1:])
    return len(word) > 1 and word[-1].islower() and _GLUED.match(rest) is not None


def _is_spaced_stop(word: str, rest: str, *, starts_line: bool, alone: bool) -> bool:
    """Whether "word. rest" are two sentences; `alone`: no closing quote follows the stop."""
    following = rest[0]
    numbered = following.isdecimal() and _BEFORE_A_NUMBER.fullmatch(word)
    thai = "\u0e01" <= word[-1:] <= "\u0e5b"  # ends no sentence with a point: พ.ศ. 2567
    listed = starts_line and word.isdecimal()  # "1. Rent"
    if numbered or thai or listed or _BEFORE_A_NAME.fullmatch(word):
        return False
    low = following.islower()
    if _WITHIN.fullmatch(word):
        return not (low or following.isdecimal() or _CALENDAR.match(rest))
    # Many type in lower case throughout; but a short word may be an abbreviation we do not know.
    whole = (len(word) > 2 or word.isdecimal()) and not _INITIALS.fullmatch(word)  # noqa: PLR2004
    return whole or not low or not alone


def _fitting(clause: str, longest: int) -> list[str]:
    if _width(clause) <= longest:
        return [clause]
    parts = [""]
    for word in re.findall(r"\s*\S+|\s+$", clause):
        for part in [word] if _width(word) <= longest else _hard_cut(word, longest // 2):
            if _width(parts[-1]) + _width(part) <= longest:
                parts[-1] += part
            else:
                parts.append(part)
    return [part for part in parts if part]


def _hard_cut(word: str, size: int) -> list[str]:
    return [word[at : at + size] for at in range(0, len(word), size)]


def _closed(text: str) -> bool:
    return (_is_wide(text[-1]) and text[-1] in f"{_ENDS}」』）") or _LAST_EMOJI.search(
        text[-_NEAR:]
    ) is not None


def _width(text: str) -> int:
    return len(text) + sum(_is_wide(sign) for sign in text)


def _is_wide(sign: str) -> bool:
    return sign != "" and unicodedata.east_asian_width(sign) in "WF"
