"""What people have written down goes before every engine, for exactly what it was written for."""

import pytest

from bot.core.model import Provenance
from bot.core.translation.grammar import Grammar, NumberWords
from bot.core.translation.knowledge import engine_language, knowledge_of, memory_key
from bot.core.translation.phrases import Phrase
from bot.core.translation.protecting import Formats

SPANISH = Grammar(
    "es",
    answers={"no puedo": "できません。", "sí": "はい。", "de verdad": "本当ですか。"},
    review="draft 2026-11-25",
)
KOREAN = Grammar("ko", answers={"네": "はい。"}, review="reviewed 2026-11-25")
JAPANESE = Grammar("ja", numbers=NumberWords())
FORMATS = {"ja": Formats("{n}円", ","), "es": Formats("{n} yenes", ".")}
HUNGRY = Phrase(
    "food.none",
    "resident",
    "reviewed 2026-11-25",
    {"ja": ("食べるものがありません。",), "es": ("No tengo nada que comer.",)},
    {"es": "draft 2026-11-25"},
)
MONEY = Phrase(
    "money.left",
    "resident",
    "draft 2026-11-25",
    {"ja": ("残りは{amount}円です。",), "es": ("Me quedan {amount} yenes.",)},
)
COME = Phrase(
    "come",
    "counselor",
    "reviewed 2026-11-25",
    {"ja": ("来てください。",), "es": ("Venga, por favor.",)},
)
KNOWLEDGE = knowledge_of(
    {"es": SPANISH, "ko": KOREAN, "ja": JAPANESE}, FORMATS, [], [HUNGRY, MONEY, COME]
)


def words(text, source="es", target="ja"):
    found = KNOWLEDGE.prepared(text, source, target)
    return found.text if found is not None else None


# --- short answers -------------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["no puedo", "No puedo.", " NO  PUEDO! ", "no puedo…"])
def test_a_short_answer_is_known_however_it_is_typed(text):
    assert words(text) == "できません。"


@pytest.mark.parametrize(
    "text", ["no puedo?", "No puedo ?", "no puedo？", "no puedo??", "no puedo?!"]
)
def test_a_question_is_not_the_answer_in_the_same_words(text):
    assert words(text) is None


@pytest.mark.parametrize("text", ["de verdad?", "¿de verdad?", "de verdad"])
def test_an_answer_that_asks_belongs_to_a_question_only(text):
    assert words(text) == ("本当ですか。" if text == "de verdad?" else None)


def test_short_answers_are_for_japanese_readers_of_any_kind_only():
    assert words("no puedo", target="ja-easy") == "できません。"
    assert words("no puedo", target="vi") is None
    assert words("no puedo", source="vi") is None


@pytest.mark.parametrize(
    ("text", "source", "origin", "reviewed"),
    [
        ("sí", "es", "short answers", False),
        ("네", "ko", "short answers", True),
        ("No tengo nada que comer", "es", "food.none", True),
        ("Me quedan 5.000 yenes", "es", "money.left", False),
    ],
)
def test_prepared_words_say_where_they_come_from_and_whether_they_were_reviewed(
    text, source, origin, reviewed
):
    said = KNOWLEDGE.prepared(text, source, "ja")
    assert said is not None
    assert (said.source, said.provenance) == (text, Provenance.PHRASE)
    assert (said.origin, said.reviewed) == (origin, reviewed)


def test_what_a_counselor_says_is_reviewed_as_its_own_language_is():
    assert words("来てください", "ja", "es") == "Venga, por favor."
    assert words("来てください", "ja-easy", "es") == "Venga, por favor."
    assert words("食べるものがありません。", "ja", "es") is None


def test_amounts_in_prepared_sentences_are_written_as_the_reader_writes_them():
    assert words("Me quedan 5.000 yenes.") == "残りは5,000円です。"


# --- languages -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "target", "source", "written"),
    [
        ("家賃のお知らせです。", "ja", "vi", True),
        ("家賃のお知らせです。", "ja-easy", "vi", True),
        ("家賃のお知らせです。", "ja", "ja-easy", False),
        ("家賃のお知らせです。", "ko", "vi", False),
        ("Tôi đói", "ja", "vi", False),
        ("我没有钱", "ja", "zh-Hans", False),
        ("我在ハローワーク工作", "ja", "zh-Hans", False),
        ("배고파요", "ko", "ja", True),
        ("배고파요", "ja", "ko", False),
        ("5.000 😭", "ja", "vi", False),
    ],
)
def test_a_text_in_the_readers_letters_needs_no_translation(text, target, source, written):
    assert KNOWLEDGE.is_written_in(text, target, source) is written


@pytest.mark.parametrize(
    ("text", "chosen", "lang"),
    [
        ("배고파요", "vi", "ko"),
        ("배고파요", "ko", "ko"),
        ("お腹が空いた", "vi", "ja"),
        ("お腹が空いた", "ja-easy", "ja-easy"),
        ("म भोकाएको छु", "en", "ne"),
        ("I am hungry", "ne", "ne"),
        ("我饿了", "zh-Hant", "zh-Hant"),
        ("", "vi", "vi"),
    ],
)
def test_the_chosen_language_holds_unless_the_letters_forbid_it(text, chosen, lang):
    assert KNOWLEDGE.language_of(text, chosen) == lang


def test_easy_japanese_and_traditional_chinese_share_what_is_known():
    assert [engine_language(each) for each in ("ja-easy", "zh-Hant", "zh-Hans", "vi")] == [
        *("ja", "zh-Hans", "zh-Hans", "vi")
    ]
    assert KNOWLEDGE.grammar("ja-easy") is JAPANESE
    assert KNOWLEDGE.formats("ja-easy") is FORMATS["ja"]


def test_of_an_unknown_language_nothing_is_known():
    assert KNOWLEDGE.grammar("zh-Hant") == Grammar("zh-Hans")
    assert KNOWLEDGE.formats("my") == Formats()


# --- memory --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("one", "other"),
    [("Tôi đói.", " tôi  ĐÓI"), ("５人です", "5人です。"), ("॥३॥ छ।", "॥3॥ छ"), ("Ａ Ｂ", "a b")],
)
def test_sentences_that_differ_in_looks_only_share_a_memory(one, other):
    assert memory_key(one) == memory_key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("Tôi đói", "Tôi no"), ("Tôi có 5", "Tôi có 6"), ("tôi", "toi"), ("có", "có không")],
)
def test_sentences_that_differ_in_words_do_not(one, other):
    assert memory_key(one) != memory_key(other)
