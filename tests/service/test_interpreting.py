"""Free text becomes sentences, each with words that can be relied on or an honest gap."""

import re

import pytest

from bot.core.model import Provenance
from bot.core.translation.engines import Candidate
from bot.core.translation.gate import CLOSED, Gate
from bot.core.translation.grammar import Grammar, NumberWords
from bot.core.translation.knowledge import knowledge_of, memory_key
from bot.core.translation.phrases import Phrase
from bot.core.translation.protecting import Formats
from bot.core.translation.terms import GlossaryTerm
from bot.service.interpreting import BACK_AT_LEAST, Request
from tests.support.toy_engine import ToyEngine, toy_interpreter

VIETNAMESE = Grammar(
    "vi",
    (re.compile(r"\bkhông\b"),),
    (re.compile(r"\bkhông chỉ\b"),),
    NumberWords(group=".", decimal=","),
    {"vâng": "はい。"},
    "draft 2026-11-25",
)
JAPANESE = Grammar("ja", (re.compile("ません|ない"),), (), NumberWords())
FORMATS = {
    "ja": Formats("{n}円", ",", "{m}月{d}日", "{y}年{m}月{d}日", "{h}時{mm}分", "{h}時"),
    "vi": Formats("{n} yên", ".", "ngày {d} tháng {m}", "{d}/{m}/{y}", "{h}:{mm}", "{h} giờ"),
}
DEPORTATION = GlossaryTerm(
    "退去強制",
    "たいきょきょうせい",
    "",
    {"ja": ("退去強制",), "vi": ("trục xuất khỏi Nhật", "trục xuất")},
    enforced=True,
    review="draft 2026-11-25",
)
FOOD = Phrase(
    "food.none",
    "resident",
    "draft 2026-11-25",
    {"ja": ("食べるものがありません。",), "vi": ("Nhà tôi hết đồ ăn rồi.",)},
)
SURE = Gate(bias=10.0, score=1.0, reverse=1.0, length=0.0, at_least=0.5)
KNOWLEDGE = knowledge_of({"vi": VIETNAMESE, "ja": JAPANESE}, FORMATS, [DEPORTATION], [FOOD])


def nothing_approved(source, target, keys):
    del source, target, keys
    return {}


def heard(text, engine=None, approved=nothing_approved, *, source="vi", target="ja"):
    """The sentences of one text."""
    request = Request(text, source, target, outgoing=source == "ja")
    interpreter = toy_interpreter(engine or ToyEngine(), KNOWLEDGE)
    [made] = interpreter.interpret([request], approved)
    return made.sentences


# --- before the engine ---------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["VÂNG!", "vâng", " Vâng. "])
def test_a_short_answer_is_never_left_to_a_machine(text):
    engine = ToyEngine()
    [said] = heard(text, engine)
    assert (said.text, said.provenance) == ("はい。", Provenance.PHRASE)
    assert (said.origin, said.reviewed) == ("short answers", False)
    assert engine.tries == 0


def test_a_prepared_sentence_is_said_as_people_wrote_it():
    engine = ToyEngine()
    [said] = heard("nhà tôi hết đồ ăn rồi", engine)
    assert (said.text, said.provenance) == ("食べるものがありません。", Provenance.PHRASE)
    assert (said.origin, said.reviewed) == ("food.none", False)
    assert engine.tries == 0


def test_what_a_counselor_approved_goes_before_the_engine():
    key = memory_key("Tôi mệt lắm.")
    engine = ToyEngine()
    said = heard(
        "Tôi mệt lắm. Tôi đói.",
        engine,
        lambda *_: {key: ("とても疲れています。", "佐藤")},
    )
    assert (said[0].text, said[0].provenance) == ("とても疲れています。", Provenance.MEMORY)
    assert said[0].origin == "佐藤"
    assert said[1].provenance is Provenance.MACHINE
    assert engine.asked == [("Tôi đói.",)]


@pytest.mark.parametrize(
    "text", ["5.000", "😭🙏", "https://example.jp/a_b", "090-1234-5678", "10:30"]
)
def test_what_holds_no_words_stays_as_it_is(text):
    engine = ToyEngine()
    [said] = heard(text, engine)
    assert (said.source, said.provenance) == (text, Provenance.HUMAN)
    assert engine.tries == 0


def test_japanese_that_a_resident_pastes_needs_no_translation():
    engine = ToyEngine()
    [said] = heard("家賃の支払いについてのお知らせです。", engine)
    assert said.provenance is Provenance.HUMAN
    assert engine.tries == 0


def test_without_a_way_between_the_languages_nothing_is_made_up():
    [said] = heard("Tôi đói", ToyEngine(pairs=()))
    assert (said.text, said.provenance) == ("", Provenance.NONE)


# --- what the engine makes -----------------------------------------------------------------------


def test_a_sentence_that_passes_carries_engine_languages_and_score():
    [said] = heard("Tôi đói bụng quá.")
    assert said.provenance is Provenance.MACHINE
    assert (said.origin, said.score, said.doubts) == ("toy (vi→ja)", -0.2, ())


@pytest.mark.parametrize(
    ("source", "made", "doubt"),
    [
        ("Tôi còn 5.000 yên.", "5万円残っています。", "numbers"),
        ("Tôi không có việc làm.", "仕事があります。", "negation"),
        ("Tôi có việc làm.", "仕事がありません。", "negation"),
        ("Tôi đói bụng quá.", "", "empty"),
        ("Tôi đói bụng quá trời ơi.", "Tôi đói bụng quá trời ơi.", "echo"),
        ("Tôi đói bụng quá.", "私は私は私は私は私は", "repeated"),
        ("Tôi đói bụng quá.", "Estoy muy cansado hoy", "script"),
        ("Hôm qua tôi đi làm về rồi ăn cơm với gia đình và ngủ sớm.", "寝る。", "length"),
        ("Tôi sợ bị trục xuất.", "私は退学が怖いのです。", "term"),
    ],
)
def test_what_fails_a_check_is_never_shown_as_what_was_said(source, made, doubt):
    [said] = heard(source, ToyEngine(always=made))
    assert said.provenance is Provenance.DOUBTED
    assert any(each.split(":")[0] == doubt for each in said.doubts), said.doubts
    assert said.text == made


def test_two_of_two_things_are_named_when_a_number_is_wrong():
    [said] = heard("Tôi còn 5.000 yên.", ToyEngine(always="6,000円あります。"))
    assert said.doubts == ("numbers:5000,6000",)


def test_an_alternative_that_passes_is_taken():
    class Choosing(ToyEngine):
        def translate(self, sentences, route, *, alternatives=1):
            made = super().translate(sentences, route, alternatives=alternatives)
            good = made[0][0].__class__("3,000円しか残っていません。", -0.9)
            return [[*each, good][:alternatives] for each in made]

    source = "Tôi không có hơn 3.000 yên."
    [said] = heard(source, Choosing(says={source: "お金があります。"}))
    assert (said.text, said.provenance) == ("3,000円しか残っていません。", Provenance.MACHINE)


def test_an_amount_that_an_engine_loses_goes_around_it():
    source = "Tôi phải trả 55.000 yên trước ngày 5 tháng 12."
    says = {source: "お金を払います。", "Tôi phải trả Q1 trước ngày Q2.": "Q2までにQ1を払います。"}
    engine = ToyEngine(says=says)
    [said] = heard(source, engine)
    assert said.text == "12月5日までに55,000円を払います。"
    assert said.provenance is Provenance.MACHINE


def test_a_fixed_term_that_an_engine_loses_is_put_in():
    source = "Tôi sợ bị trục xuất."
    says = {source: "私は退学が怖いのです。", "Tôi sợ bị Q51.": "Q51が怖いのです。"}
    [said] = heard(source, ToyEngine(says=says))
    assert (said.text, said.provenance) == ("退去強制が怖いのです。", Provenance.MACHINE)


def test_a_sentence_is_tried_clause_by_clause_at_last():
    source = "Tôi đã nghỉ việc tháng trước, tôi không có tiền."
    says = {
        source: "仕事をやめました。",
        "Tôi đã nghỉ việc tháng trước,": "先月、仕事をやめました。",
        "tôi không có tiền.": "お金がありません。",
    }
    [said] = heard(source, ToyEngine(says=says))
    assert said.text == "先月、仕事をやめました、お金がありません。"


def test_links_and_telephone_numbers_come_back_letter_by_letter():
    [said] = heard("Hãy xem https://example.jp/a_b?c=1 hoặc gọi 03-1234-5678 nhé.")
    assert "https://example.jp/a_b?c=1" in said.text
    assert "03-1234-5678" in said.text


def test_lines_and_their_order_are_kept():
    said = heard("Tôi đói.\n\nTôi lạnh. 😭\n5.000")
    assert [each.source for each in said] == ["Tôi đói.", "Tôi lạnh. 😭", "5.000"]
    assert [each.gap for each in said] == ["\n\n", "\n", ""]


# --- a test model --------------------------------------------------------------------------------


def test_what_a_test_model_is_not_sure_of_is_shown_to_nobody():
    unsure = ToyEngine(drafts_only=True, gate=SURE, reverse=-20.0)
    [said] = heard("Tôi đói bụng quá.", unsure)
    assert (said.text, said.provenance) == ("", Provenance.NONE)
    assert said.doubts[0].startswith("score:")


def test_what_a_test_model_is_sure_of_is_a_draft():
    [said] = heard("Tôi đói bụng quá.", ToyEngine(drafts_only=True, gate=SURE))
    assert said.provenance is Provenance.DRAFT
    assert said.text


def test_a_direction_of_a_test_model_that_nobody_judged_is_not_even_tried():
    engine = ToyEngine(drafts_only=True, gate=CLOSED)
    [said] = heard("Tôi đói bụng quá.", engine)
    assert (said.text, said.provenance, said.doubts) == ("", Provenance.NONE, ("unjudged",))
    assert engine.tries == 0


def test_a_test_models_wrong_number_is_not_even_shown_folded():
    source = "Tôi còn 5.000 yên."
    [said] = heard(source, ToyEngine(drafts_only=True, always="6,000円あります。"))
    assert (said.text, said.provenance) == ("", Provenance.NONE)


# --- what counselors say -------------------------------------------------------------------------


def test_a_counselors_sentence_is_translated_back_for_them():
    [said] = heard("明日、来てください。", source="ja", target="vi")
    assert (said.back, said.provenance) == ("明日、来てください。", Provenance.MACHINE)


def test_a_sentence_that_comes_back_as_another_is_doubted():
    vietnamese = "Ngày mai anh/chị đến nhé."
    says = {"明日、来てください。": vietnamese, vietnamese: "魚が泳いでいる川"}
    [said] = heard("明日、来てください。", ToyEngine(says=says), source="ja", target="vi")
    assert (said.provenance, said.doubts) == (Provenance.DOUBTED, ("back",))
    assert 0 < BACK_AT_LEAST < 1


# --- a server that is not ours -------------------------------------------------------------------


def test_no_name_and_no_number_reaches_another_machine():
    engine = ToyEngine(remote=True)
    text = "Tôi là Nguyễn Văn An, tôi còn 5.000 yên, gọi 090-1234-5678, phòng 203."
    [said] = heard(text, engine)
    sent = " ".join(each for batch in engine.asked for each in batch)
    assert "Nguyễn" not in sent
    assert not re.search(r"5\.000|090|203", sent)
    for kept in ("Nguyễn Văn An", "5,000円", "090-1234-5678", "203"):
        assert kept in said.text
    assert said.provenance is Provenance.MACHINE


def test_what_a_counselor_says_is_masked_on_its_way_back_too():
    class Answering(ToyEngine):
        def translate(self, sentences, route, *, alternatives=1):
            super().translate(sentences, route, alternatives=alternatives)
            if route.languages == ("vi", "ja"):
                return [[Candidate(each)] for each in sentences]
            slots = " ".join(re.findall(r"Q\d+", sentences[0]))
            return [[Candidate(f"Anh ơi, hãy gọi {slots} nhé.")] for _ in sentences]

    engine = Answering(remote=True)
    heard("グエンさん、090-1234-5678に電話してください。", engine, source="ja", target="vi")
    assert len(engine.asked) > 1, "it is translated back"
    for sent in engine.asked:
        assert "グエン" not in sent[0]
        assert "090" not in sent[0]


def test_a_link_in_a_counselors_sentence_comes_back():
    [said] = heard("https://example.jp/a_b を見てください。", source="ja", target="vi")
    assert said.back.count("https://example.jp/a_b") == 1
    assert said.provenance is Provenance.MACHINE
