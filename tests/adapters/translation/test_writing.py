"""Residents' words reach an engine as it was trained, and readers get their own script."""

import unicodedata
from concurrent.futures import ThreadPoolExecutor

import pytest

from bot.adapters.languages import BY_CODE
from bot.adapters.translation.writing import Writing
from tests.support.spelling import TABLES


@pytest.fixture(scope="module")
def writing():
    return Writing(TABLES)


# --- for engines ---------------------------------------------------------------------------------


@pytest.mark.parametrize("lang", BY_CODE)
def test_every_language_is_composed(writing, lang):
    text = "Tôi đói. がっこう é ñ 한국어 र्\u200dक"
    apart = unicodedata.normalize("NFD", text)
    assert apart != unicodedata.normalize("NFC", text)
    made = writing.for_engine(apart, lang)
    assert made == unicodedata.normalize("NFC", made)
    assert "が" in made


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("Toi khong co tien", "Tôi không có tiền"),
        ("toi la hoc sinh", "tôi là học sinh"),
        ("Toi khong co tien. Goi 03-1234-5678 nhe.", "Tôi không có tiền. Gọi 03-1234-5678 nhé."),
    ],
)
def test_vietnamese_without_marks_gets_them(writing, typed, meant):
    assert writing.for_engine(typed, "vi") == meant


def test_vietnamese_with_its_marks_is_left_alone(writing):
    text = "Tôi đang ở nhà của bạn, không có tiền."
    assert writing.for_engine(text, "vi") == text


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("malai bhok lagyo", "मलाई भोक लाग्यो"), ("masanga paisa chaina", "मसँग पैसा छैन")],
)
def test_romanised_nepali_is_written_in_devanagari(writing, typed, meant):
    assert writing.for_engine(typed, "ne") == unicodedata.normalize("NFC", meant)


def test_nepali_in_its_own_script_and_english_stay(writing):
    for text in ("मसँग पैसा छैन।", "I have no money at all, please help me."):
        assert writing.for_engine(text, "ne") == text


def test_traditional_chinese_is_simplified_for_engines(writing):
    made = writing.for_engine("我沒有錢付房租，請幫幫我。", "zh-Hant")
    assert made == "我没有钱付房租，请帮帮我。"


@pytest.mark.parametrize("lang", [each for each in BY_CODE if each not in {"vi", "ne", "zh-Hant"}])
def test_other_languages_are_left_as_they_were_typed(writing, lang):
    for text in ("Toi khong co tien", "malai bhok lagyo", "我沒有錢付房租", "家賃が ９万円 です"):
        assert writing.for_engine(text, lang) == text


# --- for readers ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("made", "read"),
    [
        ("我没有钱付房租。", "我沒有錢付房租。"),
        ("请打印这个文件。", "請列印這個檔案。"),
        ("头发", "頭髮"),
        ("出发", "出發"),
    ],
)
def test_a_reader_of_traditional_chinese_gets_its_signs_and_words(writing, made, read):
    assert writing.for_reader(made, "zh-Hant") == read


@pytest.mark.parametrize("lang", [each for each in BY_CODE if each != "zh-Hant"])
def test_other_readers_get_what_the_engine_made(writing, lang):
    assert writing.for_reader("我没有钱。 Toi khong co tien. 学校", lang) == (
        "我没有钱。 Toi khong co tien. 学校"
    )


def test_what_a_reader_of_traditional_chinese_gets_reads_the_same_for_an_engine(writing):
    for text in ("我没有钱付房租。", "明天请给我打电话。", "你需要带护照。"):
        assert writing.for_engine(writing.for_reader(text, "zh-Hant"), "zh-Hant") == text


# --- tables --------------------------------------------------------------------------------------


def test_a_language_that_needs_no_table_reads_none(tmp_path):
    writing = Writing(tmp_path)  # an empty folder
    assert writing.for_engine("I am hungry", "en") == "I am hungry"
    with pytest.raises(FileNotFoundError):
        writing.for_engine("Toi doi", "vi")


def test_threads_share_the_tables():
    writing = Writing(TABLES)
    typed = [("Toi khong co tien", "vi"), ("malai bhok lagyo", "ne"), ("沒有錢", "zh-Hant")] * 8
    with ThreadPoolExecutor(6) as threads:
        made = list(threads.map(lambda each: writing.for_engine(*each), typed))
    assert made[:3] == ["Tôi không có tiền", "मलाई भोक लाग्यो", "没有钱"]
    assert made == made[:3] * 8
