"""Vietnamese typed without marks gets them back; every other text stays as it is."""

import pytest

from bot.core.translation.vietnamese import Syllables, Tones, is_syllable
from bot.core.understanding import without_marks
from tests.support.spelling import rows, share_right, tones

MARKED = [sentence for sentence, *_ in rows("consultation/vi.tsv") if not sentence.isascii()]


def bare(text):
    return without_marks(text.replace("Đ", "D"))


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("toi doi", "tôi đói"),
        ("Toi muon chet", "Tôi muốn chết"),
        ("Toi bi mat viec, khong co tien tra tien nha", None),
        ("chong toi danh toi", "chồng tôi đánh tôi"),
        ("con toi bi sot 39 do", "con tôi bị sốt 39 độ"),
        ("e ko co tien, chu nha duoi e roi", "em không có tiền, chủ nhà đuổi em rồi"),
        ("ko dc", "không được"),
    ],
)
def test_words_of_an_emergency_get_their_marks(typed, meant):
    restored = tones().restored(typed)
    assert restored.text == (meant or "Tôi bị mất việc, không có tiền trả tiền nhà")
    assert restored.changed > 0


def test_at_least_nine_words_of_ten_are_restored():
    assert len(MARKED) > 40
    pairs = [(sentence, tones().restored(bare(sentence)).text) for sentence in MARKED]
    assert share_right(pairs) >= 0.9


@pytest.mark.parametrize("sentence", MARKED)
def test_a_text_with_marks_is_not_touched(sentence):
    restored = tones().restored(sentence)
    assert (restored.text, restored.changed, restored.sure) == (sentence, 0, 1.0)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "ok",
        "ok thanks",
        "doi",
        "090-1234-5678",
        "I lost my job and cannot pay my rent.",
        "Wala na po akong pera.",
        "Saya sudah tidak punya uang.",
        "Não tenho mais dinheiro.",
        "malai bhok lagyo",
        "家賃が払えません",
        "😭😭😭",
    ],
)
def test_a_text_that_is_not_vietnamese_is_not_touched(text):
    assert tones().restored(text).text == text


@pytest.mark.parametrize("lang", ["en", "id"])
def test_no_sentence_of_another_language_is_taken_for_vietnamese(lang):
    for sentence, *_ in rows(f"consultation/{lang}.tsv"):
        assert tones().restored(sentence).changed == 0, sentence


def test_links_numbers_and_words_of_other_languages_stay():
    text = "xem https://example.jp/toi-khong goi 090-1234-5678 nhe, visa het han, con 500 k"
    restored = tones().restored(text).text
    assert "https://example.jp/toi-khong" in restored
    assert "090-1234-5678" in restored
    assert "visa hết hạn" in restored
    assert restored.endswith("500 k")


def test_capitals_line_breaks_and_signs_stay_where_they_were():
    restored = tones().restored("TOI KHONG CO TIEN!!!\n\nToi so lam  😭").text
    assert restored == "TÔI KHÔNG CÓ TIỀN!!!\n\nTôi sợ lắm  😭"


def test_a_word_that_has_its_mark_keeps_it():
    assert "đuổi" in tones().restored("chu nha đuổi toi ra khoi nha roi").text


def test_a_choice_that_was_open_is_less_sure_than_one_that_was_not():
    plain = Tones(Syllables({"^": [("má", 1), ("mạ", 1)], "má": [("^", 1)], "mạ": [("^", 1)]}, {}))
    clear = Tones(
        Syllables({"^": [("má", 99), ("mạ", 1)], "má": [("^", 99)], "mạ": [("^", 1)]}, {})
    )
    assert plain.restored("ma. ma").sure == pytest.approx(0.5)
    assert clear.restored("ma. ma").sure > 0.9
    assert clear.restored("ma. ma").text == "má. má"


def test_what_follows_decides_between_two_readings():
    table = {
        "^": [("bán", 5), ("bạn", 5)],
        "bán": [("nhà", 9)],
        "bạn": [("tốt", 9)],
        "nhà": [("^", 9)],
        "tốt": [("^", 9)],
    }
    restorer = Tones(Syllables(table, {}))
    assert restorer.restored("ban nha").text == "bán nhà"
    assert restorer.restored("ban tot").text == "bạn tốt"


@pytest.mark.parametrize("word", ["nghiêng", "quyển", "ơi", "giường", "ạ", "khuya", "được"])
def test_syllables_are_told(word):
    assert is_syllable(word)


@pytest.mark.parametrize("word", ["tokyo", "facebook", "washington", "arubaito", "zalo", "str"])
def test_other_words_are_no_syllables(word):
    assert not is_syllable(word)
