"""The slots of prepared sentences, as {date}: what may stand in them and how it is carried over."""

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Mapping
from decimal import Decimal

from bot.core.model import Lang

NUMBER, DATE, TIME, PHONE, NAME, PLACE = "number", "date", "time", "phone", "name", "place"

KINDS: Mapping[str, str] = {
    "amount": NUMBER,
    "n": NUMBER,
    "date": DATE,
    "time": TIME,
    "phone": PHONE,
    "name": NAME,
    "place": PLACE,
}
"""Name of a slot → the kind of words it takes. `amount` are yen."""

LABELS: Mapping[str, str] = {
    "amount": "金額",
    "n": "数",
    "date": "日付",
    "time": "時刻",
    "phone": "電話番号",
    "name": "名前",
    "place": "場所",
}
"""Name of a slot → what stands at the desk in its place: 〔日付〕."""

Rewording = Callable[[str, str, Lang, Lang], str | None]
"""(NUMBER, DATE or TIME, words, source, target) → the words for readers of the target language.

None where the words are not of this kind, as a whole.
"""

SLOT = re.compile(r"\{([a-z]+)\}")
BRACKETS = "〔〕"
LONGEST = 40
"""Signs that any value may have; names and places are shorter still."""

_OPEN = re.compile(
    "|".join([*(f"〔{each}〕" for each in LABELS.values()), *map(r"\{{{}\}}".format, KINDS)])
)
_FIGURE = r"\d{1,3}(?:,\d{3})+|\d{1,3}(?:\.\d{3})+|\d{1,3}(?:[ \u00a0]\d{3})+|\d{1,12}"
_NUMBER = re.compile(
    rf"(?:(?P<man>\d{{1,4}}(?:\.\d)?)[万萬만])?(?:(?P<sen>\d)[千천])?(?P<rest>{_FIGURE})?"
)
_CLOCK = re.compile(r"(?:[01]?\d|2[0-3]):[0-5]\d")
_PHONE = re.compile(r"[\d+()#*\- ]{3,20}")
_HAN_OR_KANA = re.compile("[\u3040-\u30ff\u3400-\u9fff々]")
_LAST_LATIN = "\u1eff"
_LONGEST_NAME, _MOST_WORDS, _FEWEST_DIGITS = 30, 4, 3
_ENDS_A_CLAUSE = re.compile(r"[.,!?;:。、．，！？；：…।၊။\n\r\"“”「」]")


def slots_of(text: str) -> list[str]:
    """Return the names of the slots in a prepared sentence, in their order."""
    return SLOT.findall(text)


def same_slots(one: str, other: str) -> bool:
    """Tell whether two texts have the same slots, each as often."""
    return Counter(slots_of(one)) == Counter(slots_of(other))


def shown(text: str) -> str:
    """Return a prepared sentence as counselors read it: {date} is 〔日付〕."""
    return SLOT.sub(lambda slot: f"〔{LABELS.get(slot[1], slot[1])}〕", text)


def open_slots(text: str) -> list[str]:
    """Return the slots that nobody has filled yet, as they stand in the text."""
    return _OPEN.findall(text)


def carried(slot: str, words: str, source: Lang, target: Lang, rewording: Rewording) -> str | None:
    """Return what was typed into a slot for readers of `target`; None where it does not belong.

    Numbers, dates and times are reworded; telephone numbers keep their digits, names and places
    stay as they were typed, as long as their readers can make something of them. The brackets of
    the desk may still stand around the words.
    """
    typed = words.strip(BRACKETS + " ")
    kind = KINDS[slot]
    if not typed or len(typed) > LONGEST:
        return None
    if kind in (NUMBER, DATE, TIME):
        return rewording(kind, typed, source, target)
    if kind == PHONE:
        digits = _in_ascii_digits(typed)
        enough = sum(sign.isdecimal() for sign in digits) >= _FEWEST_DIGITS
        return digits if enough and _PHONE.fullmatch(digits) else None
    if kind == NAME and any(sign.isdecimal() for sign in typed):
        return None
    readable = target != "ja" or _japanese_readers_see_a_name(typed)
    return typed if readable and _is_no_clause(typed) else None


def digits_only(kind: str, words: str, _source: Lang, _target: Lang) -> str | None:
    """Rewording without any knowledge of languages: figures as plain digits, clock times as 14:00.

    Figures may be grouped, in the digits of any script, and end in 万 or 千. No dates.
    """
    plain = _in_ascii_digits(words)
    if kind == TIME:
        return plain if _CLOCK.fullmatch(plain) else None
    figure = _NUMBER.fullmatch(plain) if kind == NUMBER else None
    if figure is None or not figure[0]:
        return None
    man, sen, rest = figure.group("man", "sen", "rest")
    value = Decimal(man or 0) * 10_000 + Decimal(sen or 0) * 1_000
    return str(int(value) + int(re.sub(r"\D", "", rest or "0")))


def _in_ascii_digits(text: str) -> str:
    return "".join(
        str(unicodedata.decimal(sign)) if sign.isdecimal() else sign
        for sign in unicodedata.normalize("NFKC", text)
    )


def _is_no_clause(words: str) -> bool:
    """Tell a name or place from half a sentence that happens to stand in its slot."""
    if len(words) > _LONGEST_NAME or len(words.split()) > _MOST_WORDS:
        return False
    return not _ENDS_A_CLAUSE.search(words) and any(sign.isalpha() for sign in words)


def _japanese_readers_see_a_name(words: str) -> bool:
    """Tell whether words that stay as they are may be left to a counselor.

    Anything else than a name ("I'm pregnant") must be translated: Latin letters have to begin
    with a capital, and of the other scripts counselors read Han and kana alone.
    """
    first = next((sign for sign in words if sign.isalpha()), "")
    return bool(_HAN_OR_KANA.match(first)) or (first.isupper() and first <= _LAST_LATIN)
