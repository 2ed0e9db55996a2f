"""Figures, dates and times as people type them, and what a translation must keep of them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.translation.grammar import NumberWords
from bot.core.translation.quantities import differing, quantities
from tests.core.translation.number_words import WORDS


def read(lang, text):
    return [(one.kind, one.value) for one in quantities(text, WORDS[lang])]


NUMBERS = [
    ("ja", "家賃は55,000円です", "55000"),
    ("ja", "家賃は５５，０００円です", "55000"),
    ("ja", "家賃は5万5千円です", "55000"),
    ("ja", "家賃は5.5万円です", "55000"),
    ("ja", "一万五千円しかない", "15000"),
    ("ja", "三人で住んでいます", "3"),
    ("ja", "千円だけあります", "1000"),
    ("ja", "1億2千500万円の家", "125000000"),
    ("ja", "38.5度の熱", "38.5"),
    ("en", "my rent is 55,000 yen", "55000"),
    ("en", "my rent is 55k", "55000"),
    ("en", "fifty-five thousand yen", "55000"),
    ("en", "5.5 man yen", "55000"),
    ("en", "he came 3rd", "3"),
    ("vi", "tiền nhà 55.000 yên", "55000"),
    ("vi", "tiền nhà 55 000 yên", "55000"),
    ("vi", "tiền nhà 55 nghìn", "55000"),
    ("vi", "hai mươi ba nghìn yên", "23000"),
    ("vi", "sốt 39,5 độ", "39.5"),
    ("es", "cuesta 55 mil yenes", "55000"),
    ("es", "cincuenta y cinco mil yenes", "55000"),
    ("pt-BR", "R$ 1.234,56", "1234.56"),
    ("ne", "५५,००० येन", "55000"),
    ("ne", "१,२०,००० येन", "120000"),
    ("ne", "३ लाख ८० हजार येन", "380000"),
    ("ne", "सातवटा कागज", "7"),
    ("my", "၃၅၀၀ ယန်း", "3500"),
    ("my", "၃၅၀ဝ ယန်း", "3500"),
    ("my", "ယန်း ၅ သိန်း", "500000"),
    ("my", "ငါးသောင်းငါးထောင်", "55000"),
    ("th", "๕๕,๐๐๐ เยน", "55000"),
    ("th", "ห้าหมื่นห้าพันเยน", "55000"),
    ("ko", "5만 5천엔", "55000"),
    ("ko", "5만5000엔", "55000"),
    ("ko", "아이가 세 명", "3"),
    ("tl", "limang libong yen", "5000"),
    ("id", "lima puluh lima ribu yen", "55000"),
    ("zh-Hans", "两千日元", "2000"),
    ("zh-Hans", "二〇二六年", "2026"),
    ("zh-Hant", "三萬元", "30000"),
]


@pytest.mark.parametrize(("lang", "text", "value"), NUMBERS)
def test_a_number_is_read_in_every_writing(lang, text, value):
    assert read(lang, text) == [("number", value)]


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("ja", "一緒に行きます。一番いいです。一応、万一のため"),
        ("ja", "もう十分です"),
        ("ja", "何千円も、数万円も"),
        ("ja", "千葉と四国と六本木に住んでいました"),
        ("zh-Hans", "千万不要一起去，万一有一些问题"),
        ("th", "สามีไม่สามารถไปได้ ห้ามนั่งเก้าอี้"),
        ("ko", "전기세만 조금 밀렸어요"),
        ("ko", "두통이 있고 세금이 걱정돼요"),
        ("ne", "कागजात सबै ठीक"),
        ("vi", "k có tiền"),
    ],
)
def test_words_that_only_look_like_numbers_are_none(lang, text):
    assert read(lang, text) == []


TIMES = [
    ("ja", "10:30に", "10:30"),
    ("ja", "午後5時15分に", "17:15"),
    ("ja", "午前10時半に", "10:30"),
    ("ja", "夜7時以降", "19:00"),
    ("ja", "夜2時まで", "02:00"),
    ("en", "at 5:15 p.m.", "17:15"),
    ("en", "tomorrow at 2pm", "14:00"),
    ("en", "at 12 a.m.", "00:00"),
    ("en", "at half past 3 in the afternoon", "15:30"),
    ("vi", "5 giờ 15 chiều", "17:15"),
    ("vi", "tối nay lúc 7 giờ rưỡi", "19:30"),
    ("vi", "17h30", "17:30"),
    ("pt-BR", "às 5h15 da tarde", "17:15"),
    ("es", "a las cinco de la tarde", "17:00"),
    ("tl", "alas-5 ng hapon", "17:00"),
    ("id", "jam 5 sore", "17:00"),
    ("id", "jam 11 siang", "11:00"),
    ("id", "pukul 17.30", "17:30"),
    ("id", "setengah 6 sore", "17:30"),
    ("th", "17.00 น.", "17:00"),
    ("th", "บ่ายสามโมง", "15:00"),
    ("th", "2 ทุ่ม", "20:00"),
    ("th", "10 โมงเช้า", "10:00"),
    ("my", "ညနေ ၅ နာရီ", "17:00"),
    ("ne", "दिउँसो २ बजे", "14:00"),
    ("ne", "बिहान साढे १० बजे", "10:30"),
    ("ko", "오후 5시 15분", "17:15"),
    ("ko", "오전 10시 반", "10:30"),
    ("zh-Hans", "下午5点半", "17:30"),
    ("zh-Hant", "晚上7點15分", "19:15"),
]


@pytest.mark.parametrize(("lang", "text", "value"), TIMES)
def test_a_clock_time_is_read_with_its_half_of_day(lang, text, value):
    assert read(lang, text) == [("time", value)]


def test_a_time_without_its_half_of_day_may_be_either():
    (time,) = quantities("5時15分に", WORDS["ja"])
    assert (time.value, time.also) == ("05:15", ("17:15",))


@pytest.mark.parametrize(
    ("lang", "text"),
    [("ja", "週に28時間"), ("en", "I am 30 years old"), ("my", "28 နာရီ"), ("es", "28 horas")],
)
def test_a_span_of_hours_and_an_age_are_no_times(lang, text):
    assert [kind for kind, _ in read(lang, text)] == ["number"]


DATES = [
    ("ja", "12月5日", "12-05"),
    ("ja", "12/5", "12-05"),
    ("ja", "十二月五日", "12-05"),
    ("ja", "令和8年12月5日", "2026-12-05"),
    ("ja", "2026/12/5", "2026-12-05"),
    ("en", "Dec 5", "12-05"),
    ("en", "the 5th of December", "12-05"),
    ("en", "December 5th, 2026", "2026-12-05"),
    ("en", "2026-12-05", "2026-12-05"),
    ("en", "May 5", "05-05"),
    ("es", "5 de diciembre de 2026", "2026-12-05"),
    ("pt-BR", "31/03/2027", "2027-03-31"),
    ("vi", "ngày 5 tháng 12 năm 2026", "2026-12-05"),
    ("vi", "ngày 5 tháng mười hai", "12-05"),
    ("tl", "ika-5 ng Disyembre", "12-05"),
    ("id", "5 Desember", "12-05"),
    ("th", "5 ธันวาคม 2569", "2026-12-05"),
    ("my", "ဒီဇင်ဘာ ၅ ရက်", "12-05"),
    ("ne", "डिसेम्बर ५", "12-05"),
    ("ko", "2026년 12월 5일", "2026-12-05"),
    ("zh-Hans", "12月5号", "12-05"),
]


@pytest.mark.parametrize(("lang", "text", "value"), DATES)
def test_a_date_is_read_in_every_writing(lang, text, value):
    assert read(lang, text) == [("date", value)]


def test_a_year_of_an_era_or_of_the_thai_calendar_is_one_of_the_common_era():
    assert read("ja", "令和8年") == read("ja", "2026年") == read("th", "พ.ศ. 2569")
    assert read("ja", "令和元年") == [("number", "2019")]


def test_months_and_days_of_the_week_have_kinds_of_their_own():
    assert read("en", "Every Friday since September") == [("weekday", "fri"), ("month", "9")]
    assert read("vi", "thứ 3 tuần sau") == [("weekday", "tue")]
    assert read("ja", "9月から土日だけ") == [("month", "9"), ("weekday", "sat"), ("weekday", "sun")]


def test_links_and_telephone_numbers_are_read_as_one():
    text = "電話は０３−１２３４−５６７８か https://a.jp/1?x=2 へ"
    assert read("ja", text) == [("exact", "0312345678"), ("exact", "https://a.jp/1?x=2")]
    assert read("ne", "०९०-१२३४-५६७८") == [("exact", "09012345678")]


def test_places_are_those_of_the_text():
    text = "明日の午後5時に２万円を"
    found = {text[one.start : one.end] for one in quantities(text, WORDS["ja"])}
    assert found == {"午後5時", "２万"}


SAME = [
    ("ja", "家賃は5.5万円です。", "vi", "Tiền nhà là 55.000 yên."),
    ("ja", "3人です。", "en", "There are three of us."),
    ("ja", "1か月待ちました。", "en", "I waited a month."),
    ("ja", "ひとりで来ました。", "en", "I came alone."),
    ("ja", "12月5日まで", "en", "until 12/5"),
    ("ja", "5月12日まで", "es", "hasta el 12/5"),
    ("ja", "17時15分まで", "en", "until 5:15"),
    ("ja", "午後5時に来てください。", "vi", "Mời anh đến lúc 17h."),
    ("ja", "3時間かかります。", "vi", "Mất 3 giờ."),
    ("ja", "090-1234-5678に電話", "en", "Call 090 1234 5678."),
    ("ja", "2027年3月31日まで", "pt-BR", "até 31/03/2027"),
    ("ja", "令和8年に来ました。", "th", "มาปี 2569"),
    ("ja", "5割です。", "en", "It is 50%."),
    ("ja", "二つか三つ", "zh-Hans", "两三个"),
    ("ja", "毎週火曜日に", "en", "on Tuesdays"),
    ("ja", "平日は仕事なので、土日しか行けません。", "en", "I can only come at the weekend."),
    ("ja", "9月から", "vi", "từ tháng 9"),
    ("ja", "12月の5日", "en", "December, the day is 5"),
]


@pytest.mark.parametrize(("one", "source", "other", "target"), SAME)
def test_the_same_said_in_another_way_raises_no_alarm(one, source, other, target):
    assert differing(source, target, WORDS[one], WORDS[other]) == ()
    assert differing(target, source, WORDS[other], WORDS[one]) == ()


DIFFERENT = [
    (
        "en",
        "It is open from 8:30 a.m. to 5:15 p.m.",
        "pt-BR",
        "Aberto das 8:30 às 15h.",
        "17:15 15:00",
    ),
    ("en", "You cannot receive the 10,000 yen.", "pt-BR", "Não pode receber.", "10000"),
    ("ja", "55,000円", "vi", "550.000 yên", "55000 550000"),
    ("ja", "午前9時", "ko", "오후 9시", "09:00 21:00"),
    ("ja", "12月5日", "en", "November 5", "12-05 11-05"),
    ("ja", "5月12日まで", "ja", "12/5まで", "05-12 12-05"),
    ("ja", "3月14日", "ja", "14月3日", "03-14 14-03"),
    ("ja", "火曜日", "en", "Friday", "tue fri"),
    ("ja", "3週間", "en", "3 months", "3 3"),
    ("ja", "6か月", "en", "June 2026", "6 6 2026"),
    ("ja", "3つの会社に3200円", "en", "3200 companies, 3 yen", "3 3200"),
    ("ja", "2人で4千円", "en", "2 people", "4000"),
    ("ja", "お金がありません。", "en", "I have 300 yen.", "300"),
    ("ja", "090-1234-5678", "en", "090-1234-5679", "09012345678 09012345679"),
    ("ja", "https://a.jp/x_y", "en", "https://a.jp/x y", "https://a.jp/x_y https://a.jp/x"),
    ("ja", "2026年12月5日", "en", "December 5", "2026"),
]


@pytest.mark.parametrize(("one", "source", "other", "target", "values"), DIFFERENT)
def test_what_only_one_side_says_is_named_the_missing_first(one, source, other, target, values):
    assert differing(source, target, WORDS[one], WORDS[other]) == tuple(values.split())


def test_a_word_for_two_alone_is_no_alarm_but_a_figure_is():
    words = WORDS["en"], WORDS["ja"]
    assert differing("the two of us", "私たち", *words) == ()
    assert differing("the 2 of us", "私たち", *words) == ("2",)


SIGNS = (
    "0123456789０９५၅๕一二十百千万億円月日時分年半午前後,.:/-・ abhmpnghìn월일시만천"
    "@_+()%QＱ\u0300\ue000"
)
TEXTS = st.text(st.sampled_from(SIGNS) | st.characters(), max_size=60)


@given(TEXTS, st.sampled_from(sorted(WORDS)))
def test_no_text_breaks_the_reader_and_none_differs_from_itself(text, lang):
    assert differing(text, text, WORDS[lang], WORDS[lang]) == ()


@given(TEXTS, st.sampled_from(sorted(WORDS)))
def test_quantities_stand_in_order_and_apart(text, lang):
    at = 0
    for one in quantities(text, WORDS[lang]):
        assert at <= one.start < one.end
        at = one.end


@given(st.text(max_size=60))
def test_a_language_without_number_words_is_read_too(text):
    assert differing(text, text, NumberWords(), NumberWords()) == ()


@given(st.integers(0, 10**9), st.sampled_from([",", ".", " ", "'", ""]))
def test_thousands_are_read_with_any_separator(number, sign):
    written = f"{number:,}".replace(",", sign)
    assert read("en", f"It costs {written} yen.") == [("number", str(number))]
