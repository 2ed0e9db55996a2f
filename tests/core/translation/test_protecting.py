"""What goes around an engine comes back in the words of the other language, or not at all."""

import re
import unicodedata
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from bot.core.translation.protecting import (
    Formats,
    Masked,
    formats_from,
    masked,
    restored,
    worded,
)
from bot.core.translation.quantities import Quantity, differing
from tests.core.translation.number_words import WORDS

FILE = Path(__file__).parents[3] / "locales" / "translation" / "formats.yaml"
FORMATS = {
    lang: formats_from(block)
    for lang, block in yaml.safe_load(FILE.read_text(encoding="utf-8")).items()
}


def mask(text, source, target, *, exact_only=False):
    return masked(text, WORDS[source], FORMATS[target], exact_only=exact_only)


def test_an_amount_a_date_and_a_time_come_back_in_the_other_languages_words():
    made = mask("12月5日の午後5時15分までに5万5千円を払ってください。", "ja", "en")
    assert made.text == "Q1のQ2までにQ3を払ってください。"
    assert restored("Please pay Q3 by Q2 on Q1.", made) == (
        "Please pay 55,000 yen by 17:15 on December 5."
    )


@pytest.mark.parametrize(
    ("lang", "text", "japanese"),
    [
        ("en", "I owe 55,000 yen until Dec 5, 2026.", "I owe 55,000円 until 2026年12月5日."),
        ("vi", "Em nợ 55 nghìn yên, hẹn 5 giờ chiều.", "Em nợ 55,000円, hẹn 17時."),
        ("my", "ယန်း ၅ သိန်း ပေးရမယ်။", "500,000円 ပေးရမယ်။"),
        ("my", "၃၅၀၀ ယန်းပဲ ကျန်တော့တယ်။", "3,500円ပဲ ကျန်တော့တယ်။"),
        ("ne", "दिउँसो २ बजे आउँछु।", "14時 आउँछु।"),
        ("th", "ค่าเช่า ๕๕,๐๐๐ เยน วันที่ 5 ธันวาคม", "ค่าเช่า 55,000円 วันที่ 12月5日"),
        ("ko", "5만 5천엔을 내야 해요.", "55,000円을 내야 해요."),
        ("id", "Besok jam 5 sore, bawa ¥3.000", "Besok 17時, bawa 3,000円"),
        ("es", "El 5 de diciembre a las cinco de la tarde", "El 12月5日 17時"),
    ],
)
def test_what_residents_write_comes_back_in_japanese(lang, text, japanese):
    made = mask(text, lang, "ja")
    assert restored(made.text, made) == japanese


def test_only_what_must_not_change_is_kept_away_if_so_asked():
    text = "3,000円です。03-1234-5678かa_b@city.lg.jpかhttps://a.jp/f_a.htmlへ"
    made = mask(text, "ja", "en", exact_only=True)
    assert made.text == "3,000円です。Q1かQ2かQ3へ"
    assert restored(made.text, made) == text


def test_numbers_without_a_currency_and_spans_of_hours_stay_in_the_text():
    for text in ("3か月、2人、5階", "週に28時間"):
        assert mask(text, "ja", "en") == Masked(text)
    assert mask("Trabajo 28 horas", "es", "ja") == Masked("Trabajo 28 horas")


def test_words_beside_a_time_stay_in_the_text():
    made = mask("Sáng mai lúc 9 giờ em đến", "vi", "ja")
    assert restored(made.text, made) == "Sáng mai 9時 em đến"


def test_a_date_that_may_be_two_comes_back_as_it_was_written():
    made = mask("hasta el 12/5", "es", "ja")
    assert (made.text, restored("Q1まで", made)) == ("hasta el Q1", "12/5まで")


def test_a_placeholder_that_stands_in_the_text_is_not_used():
    made = mask("様式Q1と q 3 を出して、500円を払う", "ja", "en")
    assert made.slots == (("Q2", "500 yen"),)
    assert restored("Hand in Q1 and q 3, pay Q2", made) == "Hand in Q1 and q 3, pay 500 yen"


@pytest.mark.parametrize("written", ["Q1", "q1", "Q 1", "Ｑ１", "Ｑ 1", "ｑ１"])
def test_case_space_and_width_of_a_placeholder_do_not_matter(written):
    made = mask("500円です", "ja", "en")
    assert restored(f"It is {written}.", made) == "It is 500 yen."


@pytest.mark.parametrize(
    "translated",
    ["It is 500.", "Q1 is Q1.", "It is Q.", "It is Q11.", "It is Q2.", "It is AQ1.", ""],
)
def test_a_placeholder_that_is_lost_doubled_or_changed_gives_nothing(translated):
    assert restored(translated, mask("500円です", "ja", "en")) is None


def test_one_lost_placeholder_of_two_gives_nothing():
    made = mask("500円と600円", "ja", "en")
    assert restored("Q1", made) is None
    assert restored("Q2Q1", made) == "600 yen500 yen"


def test_placeholders_never_melt_into_words():
    made = mask("pay500yen now5:15pm", "en", "ja")
    assert re.findall(r"\S+", made.text) == ["pay", "Q1", "now", "Q2"]


def test_without_formats_nothing_is_written_in_another_way():
    text = "5月3日に500円を払う。03-1234-5678"
    made = masked(text, WORDS["ja"], Formats(), exact_only=False)
    assert made.text == "5月3日に500円を払う。Q1"


SAID = [
    (Quantity("number", "55000", 0, 1), "55,000円"),
    (Quantity("date", "12-05", 0, 1), "12月5日まで"),
    (Quantity("date", "2026-12-05", 0, 1), "2026年12月5日まで"),
    (Quantity("time", "17:15", 0, 1), "午後5時15分に"),
    (Quantity("time", "09:00", 0, 1), "午前9時に"),
]


@pytest.mark.parametrize("lang", sorted(WORDS))
@pytest.mark.parametrize(("quantity", "japanese"), SAID)
def test_the_check_of_numbers_reads_what_is_put_back(lang, quantity, japanese):
    written = worded(quantity, FORMATS[lang])
    assert written
    assert differing(japanese, written, WORDS["ja"], WORDS[lang]) == ()


def test_every_language_has_its_formats():
    assert set(FORMATS) == set(WORDS)
    assert worded(Quantity("number", "1234567", 0, 1), FORMATS["vi"]) == "1.234.567 yên"
    assert worded(Quantity("date", "2026-03-05", 0, 1), FORMATS["es"]) == "5 de marzo de 2026"
    assert worded(Quantity("time", "17:05", 0, 1), FORMATS["ko"]) == "17시 05분"
    assert worded(Quantity("weekday", "fri", 0, 1), FORMATS["ko"]) == ""


RIGHT = {
    "yen": "{n} yen",
    "date": "{m}/{d}",
    "date_with_year": "{y}/{m}/{d}",
    "time": "{h}:{mm}",
}


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"yen": "{n} {n}"}, "yen must hold {n}, each once"),
        ({"yen": "yen"}, "yen must hold {n}"),
        ({"date": "{d}"}, "date must hold {d}{m} or {d}{month}"),
        ({"date": "{d} {month}"}, "a date names the {month}, but months are missing"),
        ({"date_with_year": "{m}/{d}"}, "date_with_year must hold"),
        ({"time": "{h:"}, "time: "),
        ({"time": None}, "time is missing or no text"),
        ({"clock": "{h}"}, "clock is not known; known are date, date_with_year"),
        ({"group": ",,"}, "group must be one sign"),
        ({"months": ["May"]}, "months must be 12 names, not 1"),
        ({"months": "May"}, "months must be a list of names"),
    ],
)
def test_a_broken_block_of_formats_is_refused_with_its_reason(change, message):
    with pytest.raises(ValueError, match=re.escape(message)):
        formats_from({**RIGHT, **change})


@given(
    st.text(
        st.sampled_from("0123456789-.@_/:Q１Ｑ円月日時万 abhtpsw.jpあ\u0300") | st.characters()
    ),
    st.booleans(),
)
def test_whatever_is_masked_can_be_put_back(text, exact_only):
    made = mask(text, "ja", "ja", exact_only=exact_only)
    back = restored(made.text, made)
    assert back is not None
    if exact_only:  # but for the spaces around a placeholder
        assert re.sub(r"\s", "", back) == re.sub(r"\s", "", unicodedata.normalize("NFC", text))
