"""The ways in which a sentence is given to an engine: what goes in, and what comes out of it."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.translation.attempts import ATTEMPTS, REMOTE_ATTEMPTS, Unit
from bot.core.translation.engines import Candidate
from bot.core.translation.grammar import Grammar, NumberWords
from bot.core.translation.knowledge import knowledge_of
from bot.core.translation.protecting import Formats
from bot.core.translation.terms import GlossaryTerm

GRAMMARS = {
    "vi": Grammar("vi", numbers=NumberWords(group=".", decimal=",")),
    "ja": Grammar("ja"),
    "en": Grammar("en"),
}
FORMATS = {
    "ja": Formats("{n}円", ",", "{m}月{d}日", "{y}年{m}月{d}日", "{h}時{mm}分", "{h}時"),
    "vi": Formats("{n} yên", ".", "ngày {d} tháng {m}", "{d}/{m}/{y}", "{h}:{mm}", "{h} giờ"),
}


def term(japanese, *vietnamese, enforced=True):
    words = {"ja": (japanese,), "vi": vietnamese, "en": vietnamese}
    return GlossaryTerm(japanese, "", "", words, enforced=enforced, review="")


TERMS = [
    GlossaryTerm(
        "立ち退き", "", "", {"ja": ("立ち退き",), "en": ("eviction",)}, enforced=True, review=""
    ),
    term("退去強制", "trục xuất", "trục xuất khỏi Nhật"),
    term("在留カード", "thẻ lưu trú", "~thẻ"),
    term("家賃", "tiền nhà", enforced=False),
]
KNOWLEDGE = knowledge_of(GRAMMARS, FORMATS, TERMS, [])
WAYS = {each.name: each for each in (*ATTEMPTS, *REMOTE_ATTEMPTS)}


def prepared(way, text, source="vi", target="ja"):
    return WAYS[way].prepare(Unit(text, text, source, target), KNOWLEDGE)


def inputs(way, text, source="vi", target="ja"):
    ready = prepared(way, text, source, target)
    return None if ready is None else list(ready.inputs)


def outputs(way, text, *answers, source="vi", target="ja"):
    """What becomes of one answer of the engine for each input."""
    ready = prepared(way, text, source, target)
    assert len(ready.inputs) == len(answers)
    return [each.text for each in ready.outputs([[Candidate(answer)] for answer in answers])]


def test_a_local_engine_is_asked_plainly_first_and_a_remote_one_never():
    assert [each.name for each in ATTEMPTS] == ["plain", "alternatives", "protected", "clauses"]
    assert [each.wide for each in ATTEMPTS] == [False, True, True, False]
    assert [each.name for each in REMOTE_ATTEMPTS] == ["private"]


# --- plain ---------------------------------------------------------------------------------------


def test_plainly_an_engine_sees_all_but_links_addresses_and_telephone_numbers():
    text = "Xem https://example.jp/a_b?c=1, gọi 03-1234-5678, trả 5.000 yên ngày 5 tháng 12"
    assert inputs("plain", text) == ["Xem Q1, gọi Q2, trả 5.000 yên ngày 5 tháng 12"]
    assert outputs("plain", text, "Q1を見て、Ｑ ２に電話") == [
        "https://example.jp/a_b?c=1を見て、03-1234-5678に電話"
    ]


@pytest.mark.parametrize("answer", ["見てください", "Q1とQ1を見て", "Q2を見て", "Q11を見て", ""])
def test_an_answer_that_lost_or_doubled_a_placeholder_is_none(answer):
    assert outputs("plain", "Xem https://example.jp/a", answer) == []


def test_of_several_answers_those_with_every_placeholder_are_kept_with_their_scores():
    ready = prepared("alternatives", "Xem https://example.jp/a")
    options = [Candidate("見て", -0.1), Candidate("Q1を見て", -0.2), Candidate("q1見る")]
    assert ready.outputs([options]) == [
        Candidate("https://example.jp/aを見て", -0.2),
        Candidate("https://example.jp/a見る", None),
    ]


# --- protected -----------------------------------------------------------------------------------


def test_amounts_dates_times_and_terms_come_back_in_the_words_of_the_other_language():
    text = "Tôi sợ bị trục xuất, phải trả 55.000 yên trước ngày 5 tháng 12"
    assert inputs("protected", text) == ["Tôi sợ bị Q51, phải trả Q1 trước ngày Q2"]
    assert outputs("protected", text, "Q51が怖い、Q2までにQ1") == [
        "退去強制が怖い、12月5日までに55,000円"
    ]


def test_a_counselors_amounts_go_the_same_way():
    assert inputs("protected", "12月5日に5,000円です", "ja", "vi") == ["Q1にQ2です"]
    assert outputs("protected", "12月5日に5,000円です", "Q2 vào Q1", source="ja", target="vi") == [
        "5.000 yên vào ngày 5 tháng 12"
    ]


@pytest.mark.parametrize(
    "text",
    ["Tôi đói bụng", "Tôi có 3 con", "tiền nhà đắt quá", "thẻ của tôi mất rồi"],
)
def test_without_anything_to_protect_there_is_no_second_way(text):
    assert inputs("protected", text) is None


def test_the_longer_of_two_wordings_of_a_term_is_taken_whatever_its_case():
    assert inputs("protected", "Bị TRỤC XUẤT KHỎI NHẬT à") == ["Bị Q51 à"]
    assert inputs("protected", "Preeviction talks, then evictions", "en") == [
        "Preeviction talks, then Q51"
    ]
    assert inputs("protected", "Bị trục xuất và mất thẻ lưu trú") == ["Bị Q52 và mất Q51"]


# --- private -------------------------------------------------------------------------------------


def test_names_and_numbers_stay_here_and_come_back_as_they_were():
    text = "Tôi là Nguyễn Văn An, phòng 203, trả 5.000 yên"
    assert inputs("private", text) == ["Tôi là Q72, phòng Q73, trả Q1"]
    assert outputs("private", text, "Q72です。Q73号室、Q1") == [
        "Nguyễn Văn Anです。203号室、5,000円"
    ]


def test_a_number_equal_to_that_of_a_placeholder_is_hidden_too():
    assert inputs("private", "Tôi có 1 con, trả 5.000 yên") == ["Tôi có Q72 con, trả Q1"]


def test_a_name_before_a_placeholder_hides_no_placeholder():
    text = "Trả cho Anh Tuấn 5.000 yên nhé"
    assert inputs("private", text) == ["Trả cho Q72 Q1 nhé"]
    assert outputs("private", text, "Q72にQ1") == ["Anh Tuấnに5,000円"]
    assert inputs("private", "Call Tanaka 090-1234-5678", "en") == ["Q72 Q1"]


@pytest.mark.parametrize(
    ("text", "sent", "answer", "back"),
    [
        ("có N3 rồi", "có N Q71 rồi", "N Q71がある", "N 3がある"),
        ("phòng 203A ạ", "phòng Q71 A ạ", "Q71 A号室", "203 A号室"),
        ("tờ Q71 ở đâu", "tờ Q Q71 ở đâu", "Q Q71はどこ", "Q 71はどこ"),
        ("mẫu Q1 và FAQ1", "mẫu Q Q71 và FAQ Q72", "Q Q71とFAQ Q72", "Q 1とFAQ 1"),
    ],
)
def test_a_number_in_a_word_is_hidden_and_can_be_put_back(text, sent, answer, back):
    assert inputs("private", text) == [sent]
    assert outputs("private", text, answer) == [back]


def test_what_stands_for_a_placeholder_of_the_writer_is_never_taken_for_ours():
    text = "mẫu Q1 ở https://example.jp/a"
    assert inputs("plain", text) == ["mẫu Q1 ở Q2"]
    assert outputs("plain", text, "Q2のQ1") == ["https://example.jp/aのQ1"]


@given(
    st.lists(
        st.sampled_from(
            (
                *("Tôi", "trả", "gọi", "Anh", "Lan", "Nguyễn", "5.000", "yên", "1", "71", "203"),
                *("Q1", "Q2", "Q71", "FAQ1", "N3", "10:30", "090-1234-5678"),
                *("https://example.jp/x_1", "ngày", "5", "tháng", "12", ",", "."),
            )
        ),
        min_size=1,
        max_size=12,
    )
)
def test_no_figure_leaves_but_in_a_placeholder_and_a_faithful_engine_loses_none(words):
    text = " ".join(words)
    ready = prepared("private", text)
    [sent] = ready.inputs
    assert not re.search(r"[0-9]", re.sub(r"(?<![A-Za-z])Q[0-9]+", "", sent))
    [back] = ready.outputs([[Candidate(sent)]])
    assert sorted(re.findall("[0-9]", back.text)) == sorted(re.findall("[0-9]", text))
    for whole in ("https://example.jp/x_1", "090-1234-5678"):
        assert back.text.count(whole) == text.count(whole)


# --- clauses -------------------------------------------------------------------------------------

CLAUSES = "Tôi đã nghỉ việc, tôi không có tiền."


def test_clause_by_clause_the_answers_become_one_sentence():
    assert inputs("clauses", CLAUSES) == ["Tôi đã nghỉ việc,", "tôi không có tiền."]
    assert outputs("clauses", CLAUSES, "仕事をやめました。", "お金がありません。") == [
        "仕事をやめました、お金がありません。"
    ]
    assert outputs("clauses", CLAUSES, "仕事をやめました", "お金がない") == [
        "仕事をやめました、お金がない"
    ]


@pytest.mark.parametrize(
    ("target", "first", "joined"),
    [
        ("vi", "Mai anh đến nhé.", "Mai anh đến nhé, mang theo thẻ nhé."),
        ("vi", "Mai anh đến nhé,", "Mai anh đến nhé, mang theo thẻ nhé."),
        ("ne", "भोलि आउनुहोस्।", "भोलि आउनुहोस्, mang theo thẻ nhé."),
        ("zh-Hans", "明天请来。", "明天请来，mang theo thẻ nhé."),
    ],
)
def test_every_language_joins_clauses_in_its_way(target, first, joined):
    text = "明日来てください、カードも持って来てください。"
    assert outputs("clauses", text, first, "mang theo thẻ nhé.", source="ja", target=target) == [
        joined
    ]


@pytest.mark.parametrize(
    "text", ["Tôi không có tiền.", "Vâng, tôi không có tiền.", "trả 5.000,5 yên", "a, b, c"]
)
def test_what_has_no_two_clauses_is_not_taken_apart(text):
    assert inputs("clauses", text) is None


def test_a_joined_sentence_is_as_sure_as_its_least_sure_clause():
    ready = prepared("clauses", CLAUSES)
    made = [[Candidate("やめました。", -0.2)], [Candidate("お金がない。", -0.9)]]
    assert ready.outputs(made)[0].score == -0.9
    made[0] = [Candidate("やめました。", None)]
    assert ready.outputs(made)[0].score is None


def test_a_clause_that_lost_its_link_spoils_the_sentence():
    text = "Xem https://example.jp/a nhé, tôi không hiểu gì cả."
    assert inputs("clauses", text) == ["Xem Q1 nhé,", "tôi không hiểu gì cả."]
    assert outputs("clauses", text, "見てね。", "分かりません。") == []
    assert outputs("clauses", text, "Q1を見て。", "分かりません。") == [
        "https://example.jp/aを見て、分かりません。"
    ]
