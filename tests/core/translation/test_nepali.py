"""Nepali in Latin letters becomes Devanagari; every other text stays as it is."""

import pytest

from bot.core.translation.nepali import ChatWord, Devanagari, Words
from bot.core.translation.romanised import fold, loose, skeleton, spellings
from tests.support.spelling import devanagari, rows, share_right

ROMANISED = rows("romanised/ne.tsv")


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("malai bhok lagyo", "मलाई भोक लाग्यो"),
        ("mlai vok lagyo", "मलाई भोक लाग्यो"),
        ("paisa chaina", "पैसा छैन"),
        ("paisa xaina", "पैसा छैन"),
        ("ghar bhada tirna sakina", "घरभाडा तिर्न सकिनँ"),
        ("shreeman le malai kutyo", "श्रीमानले मलाई कुट्यो"),
        ("malai marna man lagyo.", "मलाई मर्न मन लाग्यो।"),
        ("ma japan ma baschu", "म जापानमा बस्छु"),
        ("aaja ma kaam garna sakdina", "आज म काम गर्न सक्दिनँ"),
        ("kotha chodnu parcha", "कोठा छोड्नुपर्छ"),
        ("maile sathiharulai sodhe", "मैले साथीहरूलाई सोधेँ"),
    ],
)
def test_chat_spellings_become_devanagari(typed, meant):
    assert devanagari().restored(typed).text == meant


def test_nineteen_words_of_twenty_are_restored():
    assert len(ROMANISED) == 60
    pairs = [(meant, devanagari().restored(typed).text) for typed, meant in ROMANISED]
    assert share_right(pairs) >= 0.95


@pytest.mark.parametrize(
    "text",
    [
        "",
        "ok",
        "Ram",
        "visa office",
        "I lost my job and cannot pay my rent.",
        "Can you help me?",
        "Wala na po akong pera, tulungan n'yo po ako.",
        "Saya sudah tidak punya uang.",
        "Toi khong co tien tra tien nha.",
        "Tôi không có tiền.",
        "No tengo dinero para la renta.",
        "मलाई भोक लाग्यो",
        "家賃が払えません",
        "090-1234-5678",
    ],
)
def test_a_text_that_is_not_romanised_nepali_is_not_touched(text):
    restored = devanagari().restored(text)
    assert (restored.text, restored.changed) == (text, 0)


@pytest.mark.parametrize("lang", ["en", "id", "vi"])
def test_no_sentence_of_another_language_is_taken_for_nepali(lang):
    for sentence, *_ in rows(f"consultation/{lang}.tsv"):
        assert devanagari().restored(sentence).changed == 0, sentence


def test_links_and_numbers_stay():
    text = "malai 3000 yen matra baki cha https://example.jp/malai 090-1234-5678"
    restored = devanagari().restored(text).text
    assert restored.endswith("छ https://example.jp/malai 090-1234-5678")
    assert "3000 येन" in restored


def test_a_word_that_is_not_found_stays_in_latin_letters():
    assert devanagari().restored("malai Kabukicho ma dar lagcha").text == "मलाई Kabukichoमा डर लाग्छ"


def test_what_people_say_of_themselves_is_preferred_where_they_speak_of_themselves():
    model = Devanagari(
        Words(["गरे", "गरेँ"], [ChatWord("मैले", ("maile",)), ChatWord("उनले", ("unle",))])
    )
    assert model.restored("maile gare").text == "मैले गरेँ"
    assert model.restored("unle gare").text == "उनले गरे"


def test_the_most_frequent_of_words_spelled_alike_is_taken():
    assert Devanagari(Words(["काम", "कम"], [])).restored("kam kam").text == "काम काम"
    assert Devanagari(Words(["कम", "काम"], [])).restored("kam kam").text == "कम कम"


def test_loan_words_alone_make_no_text_nepali():
    loans = [ChatWord("भिसा", ("visa",), loan=True), ChatWord("अफिस", ("office",), loan=True)]
    assert Devanagari(Words([], loans)).restored("visa office visa").changed == 0


def test_a_rough_guess_is_less_sure():
    exact = devanagari().restored("malai bhok lagyo").sure
    rough = devanagari().restored("malai bok lagyo dhukheko").sure
    assert rough < exact == 1.0


@pytest.mark.parametrize(
    "spelled",
    [("chha", "cha", "xa"), ("bhada", "bhaadaa"), ("vayo", "wayo"), ("shriman", "sriman")],
)
def test_usual_spellings_of_a_word_have_one_key(spelled):
    assert len({fold(each) for each in spelled}) == 1


def test_breath_and_unwritten_vowels_fall_in_looser_keys():
    assert loose(fold("bhok")) == loose(fold("bok"))
    assert skeleton(fold("malai")) == skeleton(fold("mlai"))


@pytest.mark.parametrize(
    ("word", "typed"),
    [("नगरपालिका", "nagarpalika"), ("सक्दिनँ", "sakdina"), ("मसँग", "masanga"), ("गर्‍यो", "garyo")],
)
def test_a_word_is_found_by_its_usual_spelling(word, typed):
    assert fold(typed) in spellings(word)
