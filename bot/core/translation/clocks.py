"""Clock times in a sketch: 10:30, 午後5時半, 5:15 p.m., 17h, jam 5 sore, บ่ายสามโมง, ညနေ ၅ နာရီ."""

import re

from bot.core.translation.dates import Found
from bot.core.translation.numerals import A, N, P, Sketch

_HALF = r"半|반|rưỡi|ruoi|y media|e meia|y medya|medya|ခွဲ|ครึ่ง"
_RANGE = (
    r"から|まで|to\b|until|till|đến|den\b|hasta|até|sampai|hanggang|부터|까지|ถึง|देखि|到|至|[-~〜]"
)
_COUNTED = "(?:hari|orang|minggu|bulan|kali|personas|veces|semanas|người|ngày|lần)"
_BESIDE = r"(?:de la |da |de |na |ng |in the |o'?clock |horas |hrs |giờ |gio )?"
_CLOCK = re.compile(
    rf"(?:(?P<pre>[{A}{P}])(?P<gap>(?:(?!{_RANGE})[^{N}{A}{P}.,;!?。、！？()（）]){{0,10}}?))?"
    r"(?:(?P<past>साढे|साढ़े|half[ -]past)\s|(?P<to>setengah)\s)?"
    r"(?P<at>(?<![^\W\d_])"
    r"(?:jam|pukul|pkl\.?|alas|(?:a|desde|hasta|entre) las|às|lúc|luc|kl\.?|เวลา)[\s-]?)?"
    r"(?:"
    rf"(?P<h1>{N}):(?P<m1>{N})(?::{N})?(?!:)"
    rf"|(?P<h2>{N})\s?(?:時|时|點|点|시)(?![間间刻給给期代간])(?:\s?(?P<m2>{N})\s?[分분])?"
    rf"|(?P<h3>{N})\s?(?:giờ|gio|h|g)(?![^\W\d_])(?:\s?(?P<m3>{N})(?:\s?(?:phút|phut)|(?!\s?[:hg]))"
    r"(?!\s?(?:người|tháng|ngày|tuần|yên|tuổi)))?"
    rf"|(?P<h5>{N})\s?(?P<late>ทุ่ม)"
    rf"|(?P<h6>{N})\s?(?:นาฬิกา|น\.|โมง|बजेर?|बजि|baje|o'?\s?clock)"
    rf"(?:\s?(?P<m6>{N})\s?(?:นาที|मिनेट))?"
    rf"|(?P<h8>{N})\s?(?:horas?|oras|နာရီ)"
    rf"(?:\s?(?:y |e |at )?(?P<m8>{N})\s?(?:minutos?|မိနစ်))?"
    rf"|(?P<h9>{N})(?!\s?[{A}{P}]\s?{N})(?(at)(?!\s?{_COUNTED}))"
    r")"
    rf"(?P<half>\s?(?:{_HALF}))?"
    rf"(?(pre)|(?:\s?{_BESIDE}(?P<post>[{A}{P}]))?)"
)
_DOTTED = re.compile(r"([0-9]{1,2})[.,]([0-9]{2})")
# Words for the night leave one to four o'clock before dawn, words for noon leave ten and eleven.
_NIGHT = re.compile(
    "夜|晩|晚|밤|đêm|dem|tối|toi|khuya|noche|noite|gabi|malam|night|राति|रात|ည(?!နေ)|ดึก|คืน"
)
_MIDDAY = re.compile("siang|trưa|trua|दिउँसो|diuso|tanghali|နေ့|昼|中午|낮|midday|noon|กลางวัน|สาย")
_BEFORE_DAWN = range(1, 5)
_HOURS, _NOON = 24, 12


def clocks(sketch: Sketch) -> list[Found]:
    """Return the clock times in a sketch as HH:MM, in order.

    Where the half of day is not said, the value is the one before noon and `also` the other.
    """
    found = (_read(sketch, match) for match in _CLOCK.finditer(sketch.text))
    return [time for time in found if time is not None]


def _read(sketch: Sketch, match: re.Match[str]) -> Found | None:
    shape = next(digit for digit in "1235689" if match[f"h{digit}"] is not None)
    hour, minute = _parts(sketch, match, shape)
    half = bool(match["half"] or match["past"] or match["to"])
    mark = match["pre"] or match["post"]
    word = sketch.word(match.start("pre" if match["pre"] else "post")) if mark else ""
    told = bool(match["at"] or mark or half or minute >= 0)
    if (shape == "9" and not _is_marked(match, word)) or (shape == "8" and not told):
        return None  # a number, or a span of hours as often as a time
    if shape == "2" and sketch.lexemes[match.start("h2")].weak and not (told or minute >= 0):
        return None  # 一点 is "a little" in Chinese
    if not 0 <= hour <= _HOURS or minute > 59:  # noqa: PLR2004
        odd = shape == "1" and hour >= 0  # 30:05 is no time, and yet no other time
        return Found("time", f"{hour:02}:{minute:02}", *match.span(), sure=False) if odd else None
    # "3 malam" are three nights as often as three o'clock.
    spoken = mark is not None and not _NIGHT.search(word)
    sure = shape not in "389" or minute >= 0 or half or spoken or match["at"] is not None
    sure = sure and not (shape == "9" and match["pre"])
    if half:
        minute, hour = 30, hour - (match["to"] is not None)
    if match["late"]:
        hour, mark = hour + 18, None
    elif mark == A and hour < 6 and "โมง" in word + match.group():  # noqa: PLR2004 - 1 โมงเช้า is 7:00
        hour += 6
    value, also = _value(hour, mark, word)
    ends = f":{max(minute, 0):02}"
    others = tuple(other + ends for other in also)
    # What stands between ("sáng mai lúc 9 giờ") is no part of the time.
    start = match.end("gap") if match["gap"] and match["gap"].strip() else match.start()
    return Found("time", value + ends, start, match.end(), others, sure)


def _parts(sketch: Sketch, match: re.Match[str], shape: str) -> tuple[int, int]:
    """Return hour and minute; -1 for no such hour, or for no minute said."""
    at = match.start(f"h{shape}")
    said = sketch.word(at)
    dotted = _DOTTED.fullmatch(said)
    if dotted and shape in "69":
        return int(dotted[1]), int(dotted[2])
    value = sketch.lexemes[at].value
    if not value.isdecimal() or len(value) > 2:  # noqa: PLR2004
        return -1, -1
    minute = match[f"m{shape}"] if shape in "12368" else None
    if minute is None:
        return int(value), -1
    said = sketch.lexemes[match.start(f"m{shape}")].value
    return int(value), int(said) if said.isdecimal() and len(said) <= 2 else 99  # noqa: PLR2004


def _is_marked(match: re.Match[str], word: str) -> bool:
    """Whether a bare number is a time by the word beside it: "5 sore", บ่าย 3; not "I am 30"."""
    if match["post"] or match["at"]:
        return True
    return match["pre"] is not None and match["gap"].strip() == "" and word[0] > "\u0900"


def _value(hour: int, mark: str | None, word: str) -> tuple[str, tuple[str, ...]]:
    """Return the hour of 24, and the other one where the half of day is not said."""
    if hour > _NOON or hour == 0:
        return f"{hour % _HOURS:02}", ()
    other = (hour + _NOON) % _HOURS
    if mark is None:
        return f"{hour:02}", (f"{other:02}",)
    early = hour in _BEFORE_DAWN
    if mark == P and _NIGHT.search(word):
        return f"{hour if early else other:02}", ()
    if mark == P and _MIDDAY.search(word):
        return f"{other if hour < 10 else hour:02}", ()  # noqa: PLR2004
    if hour == _NOON:
        return f"{hour if mark == P else 0:02}", ()
    return f"{other if mark == P else hour:02}", ()
