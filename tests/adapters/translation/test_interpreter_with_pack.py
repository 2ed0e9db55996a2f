"""Whole texts with the real engine, the real compact pack and all that people wrote down.

The pack stands here without its gate, so that more of what it makes can be looked at.
"""

import pytest

from bot.adapters.translation.argos import ArgosEngine
from bot.adapters.translation.writing import Writing
from bot.core.model import Provenance
from bot.core.translation.quantities import differing
from bot.core.translation.units import SHOWN, together
from bot.service.interpreting import Interpreter, Request
from handlers.translation import load_knowledge
from tests.support.packs import MODELS, PACK, put_pack
from tests.support.spelling import TABLES

KNOWLEDGE = load_knowledge()


def interpreter_over(engine):
    return Interpreter(engine, lambda: KNOWLEDGE, Writing(TABLES))


@pytest.fixture(scope="module")
def pack(tmp_path_factory):
    models = tmp_path_factory.mktemp("models")
    put_pack(models / "compact", *(each.name for each in PACK.glob("*_*")))
    return ArgosEngine([models], tmp_path_factory.mktemp("var"))


@pytest.fixture(scope="module")
def interpreter(pack):
    return interpreter_over(pack)


def asked(interpreter, *requests):
    return interpreter.interpret(requests, lambda *_: {})


def sentences(interpreter, text, source, target="ja"):
    [made] = asked(interpreter, Request(text, source, target, outgoing=source == "ja"))
    return made.sentences


def read(interpreter, text, source, target="ja"):
    """The whole text as its reader would see it, drafts included."""
    return together(sentences(interpreter, text, source, target), target, SHOWN)


# --- words ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("source", "text", "parts"),
    [
        ("vi", "Tôi là học sinh. Tôi không có tiền.", ("学生です。", "お金がありません。")),
        ("en", "I am a student. I cannot pay the rent.", ("学生です。", "家賃")),
        ("ne", "म विद्यार्थी हुँ। मसँग खानेकुरा किन्ने पैसा छैन।", ("学生です。", "お金")),
        ("zh-Hans", "我是学生。我没有钱。", ("学生です。", "お金がありません。")),
    ],
)
def test_residents_are_read_in_japanese(interpreter, source, text, parts):
    words = read(interpreter, text, source)
    assert all(part in words for part in parts), words
    assert "。 " not in words  # Japanese sentences follow one another without a space


def test_what_the_pack_made_is_a_draft_that_names_it(interpreter):
    student, money = sentences(interpreter, "Tôi là học sinh. Tôi không có tiền.", "vi")
    assert (student.provenance, student.origin) == (Provenance.DRAFT, "compact 1.0 (vi→ja)")
    assert student.score < 0
    assert (money.provenance, money.text) == (Provenance.PHRASE, "お金がありません。")


def test_vietnamese_without_marks_is_read_as_with_them(interpreter):
    bare = read(interpreter, "Toi la hoc sinh. Toi khong the tra tien nha.", "vi")
    assert bare == read(interpreter, "Tôi là học sinh. Tôi không thể trả tiền nhà.", "vi")
    assert "学生です。" in bare


def test_romanised_nepali_is_read_as_in_devanagari(interpreter):
    [said] = sentences(interpreter, "ma bidyarthi hu", "ne")
    assert (said.source, said.text) == ("ma bidyarthi hu", "私は学生です。")


def test_traditional_chinese_is_understood_and_written(interpreter):
    assert read(interpreter, "我是學生。", "zh-Hant") == "私は学生です。"
    [said] = sentences(interpreter, "私は学生です。", "ja", "zh-Hant")
    assert (said.text, said.origin) == ("我是學生。", "compact 1.0 (ja→zh)")


def test_chinese_sentences_follow_one_another_without_a_space(interpreter):
    for target, student in (("zh-Hans", "我是学生。"), ("zh-Hant", "我是學生。")):
        words = read(interpreter, "私は学生です。私は学生です。", "ja", target)
        assert words == student * 2


def test_a_pair_without_a_package_goes_through_english(interpreter):
    [said] = sentences(interpreter, "Tôi là học sinh.", "vi", "ne")
    assert said.origin == "compact 1.0 (vi→en→ne)"


def test_what_a_counselor_says_comes_back_in_japanese(interpreter):
    [said] = sentences(interpreter, "明日、来てください。", "ja", "vi")
    assert "ngày mai" in said.text.lower()
    assert "明日" in said.back


def test_many_texts_at_once_become_the_same_as_one_by_one(interpreter):
    requests = [
        Request("Tôi là học sinh. Tôi không có tiền.", "vi", "ja"),
        Request("म विद्यार्थी हुँ।", "ne", "ja"),
        Request("明日、来てください。\n03-1234-5678", "ja", "vi", outgoing=True),
        Request("I must pay 55,000 yen by December 5.", "en", "ja"),
    ]
    alone = [asked(interpreter, each)[0] for each in requests]
    for one, other in zip(asked(interpreter, *requests), alone, strict=True):
        assert [each.text for each in one.sentences] == [each.text for each in other.sentences]
        assert [each.provenance for each in one.sentences] == [
            each.provenance for each in other.sentences
        ]


# --- what is no words ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text", ["😭🙏", "12345", "5.000", "https://example.jp/a_b?c_d=1", "03-1234-5678"]
)
def test_what_holds_no_words_is_read_as_it_is_and_asks_no_engine(tmp_path, text):
    engine = ArgosEngine([MODELS], tmp_path)
    [said] = sentences(interpreter_over(engine), text, "vi")
    assert (said.source, said.provenance) == (text, Provenance.HUMAN)
    assert engine._loaded == {}


@pytest.mark.parametrize("text", ["", "   ", "\n"])
def test_of_nothing_there_are_no_sentences(interpreter, text):
    assert sentences(interpreter, text, "vi") == ()


def test_every_line_comes_out_in_its_place(interpreter):
    text = "I am a student. I have no money.\n\nhttps://example.jp/a_b\nI cannot pay the rent."
    lines = read(interpreter, text, "en").split("\n")
    assert [bool(line) for line in lines] == [True, False, True, True]
    assert lines[0].count("。") == 2
    assert lines[2] == "https://example.jp/a_b"
    assert "家賃" in lines[3]


@pytest.mark.parametrize(
    "token",
    ["https://example.jp/form_a.html?x_y=1", "abc_def@mail.jp", "03-1234-5678", "user_name"],
)
@pytest.mark.parametrize(
    ("source", "target", "text"),
    [
        ("en", "ja", "Please look at {} tomorrow."),
        ("en", "vi", "Please look at {} tomorrow."),
        ("vi", "ja", "Ngày mai hãy xem {} nhé."),
        ("ja", "en", "明日{}を見てください。"),
    ],
)
def test_what_must_be_exact_survives_inside_a_sentence(interpreter, token, source, target, text):
    [said] = sentences(interpreter, text.format(token), source, target)
    assert said.text.count(token) == 1, said


@pytest.mark.parametrize(
    "text", ["Tôi lạnh lắm 😭", "Tôi là học sinh. 🙏🏽", "😭 Tôi là học sinh."]
)
def test_an_emoji_stays_the_one_that_was_sent(interpreter, text):
    [emoji] = [each for each in ("😭", "🙏🏽") if each in text]
    words = read(interpreter, text, "vi")
    assert words.count(emoji) == 1
    assert not any("\U0001f300" <= sign <= "\U0001faff" for sign in words.replace(emoji, ""))


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("vi", "Tôi phải trả 55.000 yên trước ngày 5 tháng 12."),
        ("en", "I must pay 55,000 yen by December 5."),
        ("ne", "मैले ५५,००० येन तिर्नु पर्छ।"),
        ("vi", "Ngày mai tôi đến lúc 2 giờ chiều."),
    ],
)
def test_an_amount_or_a_date_is_right_or_not_shown(interpreter, source, text):
    [said] = sentences(interpreter, text, source)
    grammars = KNOWLEDGE.grammar(source), KNOWLEDGE.grammar("ja")
    assert said.provenance in {Provenance.DRAFT, Provenance.NONE}
    assert bool(said.text) is (said.provenance is Provenance.DRAFT)
    assert not said.text or not differing(text, said.text, *(each.numbers for each in grammars))


def test_a_long_text_keeps_its_end(interpreter):
    text = "I have no money, " * 30 + "and I need food."
    [made] = asked(interpreter, Request(text, "en", "vi"))
    assert len(made.sentences) > 1
    assert " ".join(each.source for each in made.sentences) == text
    assert "tiền" in made.sentences[0].text
    assert "ăn" in made.sentences[-1].text[-80:]


# --- the pack as it is installed -----------------------------------------------------------------


def test_with_its_gate_the_pack_shows_less_and_nothing_that_fails_a_check(interpreter, tmp_path):
    gated = interpreter_over(ArgosEngine([MODELS], tmp_path))
    text = (
        "Tôi là học sinh. Hôm qua chủ nhà bảo tôi phải dọn đi vì tôi chưa trả tiền nhà hai tháng."
    )
    shown = [each for each in sentences(gated, text, "vi") if each.text]
    assert [each.text for each in shown] == ["私は学生です。"]
    assert len(shown) <= len([each for each in sentences(interpreter, text, "vi") if each.text])
    assert all(each.provenance is Provenance.DRAFT and not each.doubts for each in shown)


def test_with_its_gate_the_pack_says_nothing_to_residents(tmp_path):
    gated = interpreter_over(ArgosEngine([MODELS], tmp_path))
    made = sentences(gated, "明日、来てください。私は学生です。", "ja", "vi")
    assert {each.provenance for each in made} == {Provenance.NONE}
    assert not any(each.text or each.back for each in made)
