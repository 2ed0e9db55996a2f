"""A few number words of each language, enough for tests; the full lists are locales/translation."""

from bot.core.translation.grammar import NumberWords

_ENGLISH_MONTHS = (
    "january february march april may june july august september october november december"
)


def _numbered(names: str) -> dict[str, int]:
    return {name: place for place, name in enumerate(names.split(), start=1)}


WORDS: dict[str, NumberWords] = {
    "ja": NumberWords(
        words={"ひとり": 1, "ふたり": 2},
        scales={"万": 10_000, "千": 1_000},
        weekdays={
            **_numbered("月曜 火曜 水曜 木曜 金曜 土曜 日曜"),
            **_numbered("月曜日 火曜日 水曜日 木曜日 金曜日 土曜日 日曜日"),
        },
        am=("午前", "朝"),
        pm=("午後", "夕方", "夜"),
    ),
    "en": NumberWords(
        words={
            **_numbered("one two three four five six seven eight nine ten"),
            "twenty": 20,
            "thirty": 30,
            "fifty": 50,
        },
        scales={"hundred": 100, "thousand": 1_000, "k": 1_000},
        months=_numbered(_ENGLISH_MONTHS) | {"dec": 12, "sept": 9},
        weekdays=_numbered("monday tuesday wednesday thursday friday saturday sunday"),
        am=("am", "a.m.", "in the morning", "morning"),
        pm=("pm", "p.m.", "in the afternoon", "afternoon", "evening"),
    ),
    "zh-Hans": NumberWords(
        words={"俩": 2},
        scales={"万": 10_000, "千": 1_000},
        weekdays=_numbered("星期一 星期二 星期三 星期四 星期五 星期六 星期天"),
        am=("上午", "早上"),
        pm=("下午", "晚上"),
    ),
    "zh-Hant": NumberWords(
        scales={"萬": 10_000, "千": 1_000},
        weekdays=_numbered("星期一 星期二 星期三 星期四 星期五 星期六 星期日"),
        am=("上午", "早上"),
        pm=("下午", "晚上"),
    ),
    "ko": NumberWords(
        words={"두": 2, "세": 3, "네": 4, "다섯": 5, "여섯": 6},
        scales={"만": 10_000, "천": 1_000},
        weekdays=_numbered("월요일 화요일 수요일 목요일 금요일 토요일 일요일"),
        am=("오전", "아침"),
        pm=("오후", "저녁", "밤"),
    ),
    "vi": NumberWords(
        group=".",
        decimal=",",
        words={"hai": 2, "lăm": 5, "sáu": 6, "mười": 10, "ba nghìn": 3_000, "năm mươi": 50},
        scales={"mươi": 10, "trăm": 100, "nghìn": 1_000, "ngàn": 1_000, "triệu": 1_000_000},
        months={"tháng hai": 2, "tháng tư": 4, "tháng mười hai": 12},
        weekdays={"thứ hai": 1, "thứ ba": 2, "thứ 3": 2, "thứ sáu": 5, "chủ nhật": 7},
        am=("sáng",),
        pm=("chiều", "tối"),
    ),
    "ne": NumberWords(
        digits="०१२३४५६७८९",
        words={"दुई": 2, "तीन": 3, "सात": 7, "दश": 10},
        scales={"सय": 100, "हजार": 1_000, "लाख": 100_000},
        months={"मार्च": 3, "अगस्ट": 8, "डिसेम्बर": 12},
        weekdays={"मंगलबार": 2, "शुक्रबार": 5},
        am=("बिहान",),
        pm=("दिउँसो", "बेलुका", "राति"),
    ),
    "pt-BR": NumberWords(
        group=".",
        decimal=",",
        words={"dois": 2, "duas": 2, "três": 3, "cinco": 5, "cinquenta": 50, "cem": 100},
        scales={"mil": 1_000},
        months=_numbered(
            "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro"
            " dezembro"
        ),
        weekdays={"terça-feira": 2, "sexta-feira": 5},
        am=("da manhã",),
        pm=("da tarde", "da noite"),
    ),
    "es": NumberWords(
        group=".",
        decimal=",",
        words={"dos": 2, "tres": 3, "cinco": 5, "cincuenta": 50, "doscientos": 200},
        scales={"mil": 1_000},
        months=_numbered(
            "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre"
            " diciembre"
        ),
        weekdays={"martes": 2, "viernes": 5},
        am=("de la mañana",),
        pm=("de la tarde", "de la noche"),
    ),
    "tl": NumberWords(
        words={"dalawa": 2, "dalawang": 2, "tatlo": 3, "tatlong": 3, "lima": 5, "limang": 5},
        scales={"libo": 1_000, "libong": 1_000},
        months=_numbered(
            "enero pebrero marso abril mayo hunyo hulyo agosto setyembre oktubre nobyembre"
            " disyembre"
        ),
        weekdays={"martes": 2, "biyernes": 5},
        am=("umaga",),
        pm=("hapon", "gabi"),
    ),
    "id": NumberWords(
        group=".",
        decimal=",",
        words={"dua": 2, "tiga": 3, "lima": 5, "seribu": 1_000},
        scales={"puluh": 10, "ratus": 100, "ribu": 1_000, "juta": 1_000_000},
        months=_numbered(
            "januari februari maret april mei juni juli agustus september oktober november desember"
        ),
        weekdays={"selasa": 2, "jumat": 5},
        am=("pagi",),
        pm=("siang", "sore", "malam"),
    ),
    "my": NumberWords(
        digits="၀၁၂၃၄၅၆၇၈၉",
        words={"ငါးသောင်း": 50_000, "ငါးထောင်": 5_000, "နှစ်ယောက်": 2},
        scales={"ရာ": 100, "ထောင်": 1_000, "သောင်း": 10_000, "သိန်း": 100_000},
        months={"မတ်လ": 3, "မေလ": 5, "ဒီဇင်ဘာ": 12},
        weekdays={"အင်္ဂါ": 2, "သောကြာ": 5},
        am=("မနက်",),
        pm=("နေ့လယ်", "ညနေ", "ည"),
    ),
    "th": NumberWords(
        digits="๐๑๒๓๔๕๖๗๘๙",
        words={"สอง": 2, "สาม": 3, "สี่": 4, "ห้า": 5, "หก": 6, "เก้า": 9},
        scales={"พัน": 1_000, "หมื่น": 10_000, "แสน": 100_000},
        months={"มีนาคม": 3, "พฤษภาคม": 5, "ธันวาคม": 12},
        weekdays={"อังคาร": 2, "ศุกร์": 5},
        am=("เช้า", "ตี"),
        pm=("บ่าย", "เย็น"),
    ),
}
