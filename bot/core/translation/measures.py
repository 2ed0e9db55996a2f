"""What a number counts: yen, days, weeks, months, years, hours, minutes, people, times, percent."""

import re

_LATIN_END = r"(?![^\W\d_])"
_BURMESE_END = "(?![\u102b-\u103e])"

# After the number. Age counts as years: most languages use one word. Words with several meanings
# (Korean 분, Chinese 号) are left out, as is what only some sentences of a language say.
_WORDS: dict[str, tuple[str, str]] = {
    "yen": (
        "円|圓|日元|日圆|日圓|日币|日幣|엔|येन|ယန်း|เยน",
        "yen|yenes|yên|iene|ienes|jpy",
    ),
    "percent": (
        "%|％|パーセント|퍼센트|प्रतिशत|เปอร์เซ็นต์",
        "percent|phần trăm|porsyento|persen|por ?cent[oa]?",
    ),
    "month": (
        f"[かヶヵカケ箇个個]月|개월|달|महिना|လစာ|လ{_BURMESE_END}|เดือน",
        "months?|tháng|mes|meses|mês|buwan|buwang|bulan|mahina",
    ),
    "week": (
        "週間|週|周|个星期|個星期|个礼拜|個禮拜|星期|주|हप्ता|ပတ်|สัปดาห์|อาทิตย์",
        "weeks?|tuần|semanas?|linggo|linggong|minggu|hapta",
    ),
    "day": (
        "日|天|일|दिन|ရက်|วัน",
        "days?|ngày|hôm|dias?|días?|araw|araw na|hari|din",
    ),
    "year": (
        "年|歳|才|岁|歲|년|살|वर्ष|बर्ष|နှစ်|ปี|ขวบ",
        "years?|năm|tuổi|anos?|años?|taon|taong|tahun|thn|barsa|yrs?",
    ),
    "hour": (
        "時間|时间|小时|小時|个小时|個小時|시간|घण्टा|घन्टा|နာရီ|ชั่วโมง|ชม",
        "hours?|hrs?|giờ|tiếng|horas?|oras|jam|ghanta",
    ),
    "minute": (
        "分(?!の)|分钟|分鐘|मिनेट|မိနစ်|นาที",
        "minutes?|mins?|phút|minutos?|minuto|minutong|menit",
    ),
    "person": (
        "人|名|명|जना|ယောက်|คน",
        "people|persons?|người|pessoas?|personas?|tao|orang|jana",
    ),
    "times": (
        "回|次|번|पटक|चोटि|ကြိမ်|ครั้ง",
        "times|lần|vez|vezes|veces|beses|kali|patak",
    ),
}
_UNIT = re.compile(
    "[ -]?(?:"
    + "|".join(
        f"(?P<{unit}>{signs}|(?:{letters}){_LATIN_END})"
        for unit, (signs, letters) in _WORDS.items()
    )
    + ")"
)
_YEN_BEFORE = re.compile(r"(?:[¥￥]|jpy|ယန်း|येन)\s?$")
_SIGNS = ("¥", "￥")
_LONGEST_YEN = 6


def unit_of(folded: str, start: int, end: int) -> str:
    """Return the code of what the number at `start`:`end` counts, '' where that is not said."""
    match = _UNIT.match(folded, end)
    if match:
        return match.lastgroup or ""
    return "yen" if _YEN_BEFORE.search(folded, max(0, start - _LONGEST_YEN), start) else ""


def with_yen(folded: str, start: int, end: int, done: int) -> tuple[int, int]:
    """Return where an amount stands with its currency, or the number alone without one.

    What stands before `done` belongs to something else.
    """
    after = _UNIT.match(folded, end)
    before = _YEN_BEFORE.search(folded, max(done, start - _LONGEST_YEN), start)
    if after and after.lastgroup == "yen":
        end = after.end()
        return (before.start() if before and before.group() in _SIGNS else start), end
    return (before.start() if before and not after else start), end
