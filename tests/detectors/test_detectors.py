"""The real detectors on sentences of residents, in the spellings of thirteen languages."""

import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.adapters.languages import LANGUAGES
from bot.authoring.detectors import load_detectors
from bot.core.detecting import detect
from bot.core.dialog import Ask
from tests.detectors.measure import MISS, heard, languages, lines_of, measure, pooled, report
from tests.support.dialogs import DIALOG, LANGS, words

PROBLEMS: list[str] = []
SPOKEN = [each.code for each in LANGUAGES if each.code != "ja-easy"]
DETECTORS = load_detectors(
    Path(__file__).parents[2] / "dialogs" / "detectors", PROBLEMS, languages=SPOKEN
)
SCORES = measure(DETECTORS)
CRIES = [line for lang in languages() for line in lines_of(lang) if heard(line, DETECTORS)]


def names(text: str) -> set[str]:
    return {name for name, _ in detect(text, DETECTORS)}


# --- the labelled set -------------------------------------------------------------------------


def test_the_detector_files_are_right_and_know_every_language():
    assert PROBLEMS == []
    assert set(DETECTORS) == {
        *("abuse", "hunger", "medical", "suicide", "suicide_acute", "violence"),
    }


def test_every_language_has_a_labelled_set():
    assert languages() == sorted(SPOKEN)


@pytest.mark.parametrize("lang", SPOKEN)
def test_a_labelled_set_has_enough_lines_of_every_kind(lang):
    lines = lines_of(lang)
    assert len(lines) >= 40
    assert len({line.text for line in lines}) == len(lines)
    assert {name for line in lines for name in line.expected} == set(DETECTORS)
    assert sum(not line.expected for line in lines) >= 15
    for line in lines:
        assert line.text.strip(), line
        assert "suicide_acute" not in line.expected or "suicide" in line.expected, line


@pytest.mark.parametrize("lang", SPOKEN)
def test_a_line_is_judged_wrongly_only_where_its_note_says_so(lang):
    for line in lines_of(lang):
        assert (heard(line, DETECTORS) == line.expected) is not line.note.startswith(MISS), line


@pytest.mark.parametrize(
    ("together", "recall"),
    [
        ({"suicide", "suicide_acute"}, 0.9),
        ({"violence"}, 0.8),
        ({"medical"}, 0.8),
        ({"hunger"}, 0.8),
        ({"abuse"}, 0.5),
    ],
)
@pytest.mark.parametrize("lang", SPOKEN)
def test_cries_are_heard_and_little_else(lang, together, recall):
    score = pooled(each for each in SCORES if each.lang == lang and each.detector in together)
    assert score.recall >= recall
    assert score.precision >= 0.9


def test_the_figures_name_every_detector_once():
    told = list(report(SCORES))
    assert [line.split()[0] for line in told] == list(DETECTORS)


# --- idioms, and what only looks like one -----------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "死ぬほど忙しい",
        "笑い死ぬかと思った",
        "それは自殺行為だ",
        "殺される（部長に）",
        "笑死",
        "죽겠다",
        "I'm dying of laughter",
        "this deadline is killing me",
        "deadline is killing",
        "me muero de risa",
        "patay!",
        "mệt chết",
        "từ từ",
        "cứ từ từ nhé",
        "わたしにたいして失礼です",
        "혼자 살아요",
        "お金がない",
        "hello",
        "",
        "。",
    ],
)
def test_everyday_words_stay_quiet(text):
    assert names(text) == set()


@pytest.mark.parametrize(
    "text",
    [
        "饿死了",
        "餓死了",
        "muero de hambre",
        "morrendo de fome",
        "patay na gutom",
        "lapar mati",
        "chết đói",
        "đói chết mất",
        "배고파 죽겠어",
        "お腹すいて死にそう",
        "भोकले मर्न लागेँ",
        "หิวจะตาย",
        "ဗိုက်ဆာလို့ သေတော့မယ်",
        "I'm dying of hunger",
    ],
)
def test_starving_asks_for_food_and_never_for_thoughts_of_dying(text):
    assert names(text) - {"hunger"} == set()
    assert text == "patay na gutom" or names(text) == {"hunger"}


@pytest.mark.parametrize("text", ["しね", "死ね！", "シネ", "お前死ね", "去死吧", "너 죽어라"])
def test_a_curse_at_the_bot_is_no_thought_of_dying(text):
    assert names(text) == {"abuse"}


@pytest.mark.parametrize(
    "text",
    ["死にたい", "夫に「死ね」と言われて死にたい", "死ねたらいいのに", "死ねば楽になるのかな"],
)
def test_who_wants_to_die_is_never_taken_for_abusive(text):
    assert "suicide" in names(text)
    assert "abuse" not in names(text)


@pytest.mark.parametrize(
    "text",
    ["楽しいしね", "おいしいしね。", "I fucked up my life", "vcl đời như shit", "ゴミ", "垃圾"],
)
def test_swearing_about_life_and_harmless_endings_are_no_abuse(text):
    assert "abuse" not in names(text)


def test_an_idiom_does_not_hide_a_cry_beside_it():
    assert "suicide" in names("死ぬほどつらい、死にたい")
    assert "suicide" in names("Cứ từ từ... nhưng tôi muốn tự tử")
    assert "suicide" in names("me muero de hambre y quiero morir")


def test_several_dangers_may_be_heard_at_once():
    assert names("殴られて死にたい") == {"suicide", "violence"}
    assert names("今夜死ぬ") == {"suicide", "suicide_acute"}


# --- spellings --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "もう　しにたい　です",
        "わたし しにたい",
        "ｼﾆﾀｲ",
        "シニタイ",
        "死に…たい",
        "しにたーい",
        "しにたぃ",
        "I WANT TO DIE",
        "Ｉ ｗａｎｔ ｔｏ ｄｉｅ",
        "i wanna dieeee",
        "I don’t want to live",
        "i want to 😭 die",
        "もうwant to dieです",
        "tự tử",
        "tu tu",
        "tôi muốn tu tu",
        "tôi muốn chet",
        "toi muon chet",
        "MUỐN CHẾT",
        "não quero viver",
        "nao quero viver",
        "penso em suicidio",
        "penso em suicídio",
        "मर्न मन लाग्यो",
        "marna man lagyo",
        "marnaa man",
        "आत्महत्या गर्छु",
        "죽고싶어",
        "죽고 싶어",
        "อยากตายยยย",
        "main marna chahta hu",
    ],
)
def test_one_wish_to_die_is_heard_in_many_spellings(text):
    assert "suicide" in names(text)


@pytest.mark.parametrize("form", ["NFC", "NFD", "NFKC", "NFKD"])
@pytest.mark.parametrize(
    "text", ["tôi muốn tự tử", "もう死にたいがまんできない", "자살", "suicídio"]
)
def test_the_composition_of_letters_does_not_matter(text, form):
    assert "suicide" in names(unicodedata.normalize(form, text))


@pytest.mark.parametrize("text", ["từ từ", "tú tử", "muôn chét", "tư tư"])
def test_other_marks_are_other_words(text):
    assert "suicide" not in names(text)


@pytest.mark.parametrize("text", ["skms", "studie", "dvd", "kmsx"])
def test_a_latin_word_is_not_heard_inside_another(text):
    assert names(text) == set()


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("muốn chết", "vi"),
        ("自殺", "ja"),
        ("我想自殺", "zh-Hant"),
        ("我想自杀", "zh-Hans"),
        ("quiero morir", "es"),
        ("quero morrer", "pt-BR"),
        ("marna man lagyo", "ne"),
    ],
)
def test_the_language_of_the_words_is_told(text, lang):
    assert dict(detect(text, DETECTORS))["suicide"] == lang


# --- the words on our own buttons -------------------------------------------------------------


@pytest.mark.parametrize("lang", LANGS)
def test_only_labels_about_dying_are_heard_as_such(lang):
    about_dying = {"SAFE_SUICIDE", "BM_SUI", "T_SUI"}
    for node in DIALOG.nodes.values():
        for option in node.options if isinstance(node, Ask) else ():
            found = names(words(lang)(option.label)) & {"suicide", "suicide_acute", "abuse"}
            wanted = {"suicide"} if option.code in about_dying else set()
            assert found - {"suicide_acute"} == wanted or node.id.startswith("S"), option


# --- properties -------------------------------------------------------------------------------


@given(st.sampled_from(CRIES), st.text(max_size=30), st.text(max_size=30))
def test_words_before_and_after_a_cry_do_not_hide_it(line, before, after):
    assert heard(line, DETECTORS) <= names(f"{before}!{line.text}!{after}")


@given(st.text(max_size=200))
def test_any_text_is_taken(text):
    assert names(text) <= set(DETECTORS)


@given(st.sampled_from(CRIES))
def test_an_acute_cry_is_always_one_about_dying_too(line):
    found = heard(line, DETECTORS)
    assert "suicide_acute" not in found or "suicide" in found
