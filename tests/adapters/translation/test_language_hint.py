"""A language is named where it is sure, and nothing is said where it is not."""

import subprocess
import sys

import pytest

from bot.adapters.translation.language_hint import LanguageHint
from bot.core.understanding import without_marks
from tests.support.spelling import devanagari, rows, tones

HINT = LanguageHint(tones(), devanagari())


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("家賃が払えなくて困っています。", "ja"),
        ("visaの更新ができません", "ja"),
        ("我没有钱付房租，怎么办？", "zh-Hans"),
        ("我沒有錢付房租，怎麼辦？", "zh-Hant"),
        ("이번 달 월세를 낼 수 없어요.", "ko"),
        ("ฉันไม่มีเงินจ่ายค่าเช่าบ้านเดือนนี้", "th"),
        ("ဒီလ အိမ်လခ မပေးနိုင်ဘူး။", "my"),
        ("मसँग घरभाडा तिर्ने पैसा छैन।", "ne"),
        ("malai bhok lagyo ra masanga paisa chaina", "ne"),
        ("Tôi không có tiền trả tiền nhà tháng này.", "vi"),
        ("Toi khong co tien tra tien nha thang nay", "vi"),
        ("I lost my job and cannot pay my rent.", "en"),
        ("No puedo pagar el alquiler de este mes porque perdí mi trabajo.", "es"),
        ("Perdi meu emprego e não consigo pagar o aluguel deste mês.", "pt-BR"),
        ("Nawalan po ako ng trabaho at hindi ko mabayaran ang upa.", "tl"),
        ("Saya kehilangan pekerjaan dan tidak bisa bayar sewa bulan ini.", "id"),
    ],
)
def test_the_language_of_a_sentence_is_named(text, lang):
    assert HINT.guessed(text) == lang


@pytest.mark.parametrize(
    "text",
    [
        "",
        "ok",
        "ok thanks",
        "Thank you very much",
        "no se",
        "yes yes yes yes",
        "090-1234-5678",
        "123 456 789 000",
        "😭😭😭",
        "https://example.jp/how-to-pay-the-rent-of-your-house",
        "Nguyen Van Anh",
        "Ram Bahadur Thapa Magar",
        "Maria Santos Dela Cruz Reyes",
        "Tokyo Shinjuku Kabukicho Nishi",
        "田中太郎",
        "김민수",
        "ขอบคุณค่ะ",
        "धन्यवाद",
        "コンビニ",
        "生活保護申請中",
    ],
)
def test_nothing_is_said_of_short_texts_names_and_numbers(text):
    assert HINT.guessed(text) == ""


@pytest.mark.parametrize(
    "text",
    [
        "家賃が I cannot pay my rent anymore please help",
        "मलाई help me please I have no money",
        "이번 달 房租 家賃を払えません",
        "我没有钱，怎麼辦",
        "Ich habe meine Arbeit verloren und kann die Miete nicht bezahlen.",
        "mujhe paise ki zaroorat hai aur kaam nahi hai",
        "मुझे पैसे की ज़रूरत है और मेरे पास काम नहीं है",
        "Я потерял работу и не могу платить за квартиру",
    ],
)
def test_nothing_is_said_of_mixed_texts_and_other_languages(text):
    assert HINT.guessed(text) == ""


@pytest.mark.parametrize("lang", ["en", "id", "my", "ne", "th", "vi"])
def test_what_is_named_is_right_and_most_is_named(lang):
    guessed = [HINT.guessed(sentence) for sentence, *_ in rows(f"consultation/{lang}.tsv")]
    assert set(guessed) <= {lang, ""}
    assert sum(each == lang for each in guessed) >= 0.7 * len(guessed)


def test_romanised_nepali_is_told():
    guessed = [HINT.guessed(typed) for typed, _ in rows("romanised/ne.tsv")]
    assert set(guessed) <= {"ne", ""}
    assert guessed.count("ne") >= 0.9 * len(guessed)


def test_vietnamese_without_marks_is_told():
    sentences = [without_marks(each) for each, *_ in rows("consultation/vi.tsv")]
    guessed = [HINT.guessed(each) for each in sentences]
    assert set(guessed) <= {"vi", ""}
    assert guessed.count("vi") >= 0.6 * len(guessed)


def test_the_model_is_read_only_when_somebody_writes_in_latin_letters():
    program = (
        "import sys; import bot.adapters.translation.language_hint as hint;"
        "hint.LanguageHint(None, None).guessed('家賃が払えなくて困っています');"
        "sys.exit('py3langid' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0
