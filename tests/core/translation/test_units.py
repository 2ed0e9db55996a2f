"""A message as sentences and as a message again; what is said of all its sentences together."""

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.model import Provenance, Sentence
from bot.core.translation.splitting import LONGEST
from bot.core.translation.units import SHOWN, sentences_of, summary, together

P = Provenance
TEXTS = st.text(
    st.one_of(st.characters(), st.sampled_from(list("\n\n.。!?,、 😭🙏aあ5က"))), max_size=120
)


def sources(text):
    return [each.source for each in sentences_of(text)]


def said(source, text, provenance, gap=""):
    return Sentence(source, text, provenance, gap=gap)


# --- taking apart --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Tôi đói. Tôi lạnh.", [("Tôi đói.", " "), ("Tôi lạnh.", "")]),
        ("Tôi đói.\nTôi lạnh.", [("Tôi đói.", "\n"), ("Tôi lạnh.", "")]),
        ("Tôi đói\n\n\nTôi lạnh", [("Tôi đói", "\n\n\n"), ("Tôi lạnh", "")]),
        ("Tôi đói\n  \nTôi lạnh", [("Tôi đói", "\n\n"), ("Tôi lạnh", "")]),
        ("\n  Tôi đói\n", [("Tôi đói", "")]),
        ("助けて😭お願い🙏", [("助けて😭", " "), ("お願い🙏", "")]),
        ("", []),
        (" \n ", []),
    ],
)
def test_sentences_keep_what_followed_them(text, parts):
    assert [(each.source, each.gap) for each in sentences_of(text)] == parts


@pytest.mark.parametrize(
    "text",
    ["5.000", "😭🙏", "https://example.jp/a_b", "090-1234-5678", "10:30", "???", "a.b@example.jp"],
)
def test_what_holds_no_words_needs_no_translation(text):
    assert sentences_of(text) == [Sentence(text, provenance=P.HUMAN)]


def test_words_wait_for_a_translation_beside_what_needs_none():
    kinds = [each.provenance for each in sentences_of("Tôi đói. 😭\n5.000\nfòng 203")]
    assert kinds == [P.NONE, P.HUMAN, P.NONE]


@pytest.mark.parametrize("word", ["dài ", "ダ", "ဒ", "dài, "])
def test_a_sentence_too_long_for_an_engine_comes_in_pieces_and_goes_together_again(word):
    text = (word * 1500).strip()
    found = sentences_of(text)
    assert len(found) > 3
    assert max(len(each.source) for each in found) <= LONGEST
    assert together(found, "vi", SHOWN).replace(" ", "") == text.replace(" ", "")


@pytest.mark.parametrize("target", ["ja", "zh-Hans", "vi", "th"])
@given(text=TEXTS)
def test_without_a_translation_the_whole_message_comes_back_but_for_spaces(target, text):
    back = together(sentences_of(text), target, SHOWN)
    assert [sign for sign in back if not sign.isspace() or sign == "\n"] == [
        sign for sign in text.strip() if not sign.isspace() or sign == "\n"
    ]


# --- putting together ----------------------------------------------------------------------------


def test_japanese_sentences_follow_without_a_space_and_lines_stay():
    parts = [
        said("Tôi đói.", "お腹が空いた。", P.MACHINE, " "),
        said("Tôi lạnh.", "寒いです。", P.PHRASE, "\n\n"),
        said("5.000", "", P.HUMAN),
    ]
    assert together(parts, "ja", SHOWN) == "お腹が空いた。寒いです。\n\n5.000"


def test_other_languages_part_sentences_by_a_space():
    parts = [said("明日。", "Ngày mai.", P.MEMORY, " "), said("来て。", "Đến nhé.", P.MACHINE)]
    assert together(parts, "vi", SHOWN) == "Ngày mai. Đến nhé."


@pytest.mark.parametrize("kind", [P.PHRASE, P.MEMORY, P.MACHINE, P.DRAFT])
def test_who_may_see_a_kind_of_words_reads_them_and_others_the_original(kind):
    parts = [said("Tôi đói.", "お腹が空いた。", kind)]
    assert together(parts, "ja", {kind}) == "お腹が空いた。"
    assert together(parts, "ja", SHOWN) == "お腹が空いた。"
    assert together(parts, "ja", SHOWN - {kind}) == "Tôi đói."


@pytest.mark.parametrize("kind", [P.DOUBTED, P.NONE])
def test_what_failed_its_checks_stands_for_nobodys_words(kind):
    assert kind not in SHOWN
    parts = [said("Tôi đói.", "魚が泳ぐ。", kind), said("OK.", "", P.MACHINE)]
    assert together(parts, "ja", SHOWN) == "Tôi đói. OK."


# --- the whole message ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kinds", "whole"),
    [
        ([], P.HUMAN),
        ([P.HUMAN], P.HUMAN),
        ([P.PHRASE], P.PHRASE),
        ([P.PHRASE, P.HUMAN], P.PHRASE),
        ([P.PHRASE, P.MEMORY], P.MEMORY),
        ([P.MEMORY, P.MACHINE, P.PHRASE], P.MACHINE),
        ([P.MACHINE, P.DRAFT, P.PHRASE], P.DRAFT),
        ([P.NONE], P.NONE),
        ([P.NONE, P.HUMAN], P.NONE),
        ([P.DOUBTED, P.NONE], P.DOUBTED),
        ([P.DOUBTED, P.HUMAN], P.DOUBTED),
        ([P.DOUBTED, P.PHRASE], P.PARTLY),
        ([P.NONE, P.DRAFT], P.PARTLY),
        ([P.NONE, P.DOUBTED, P.MACHINE, P.HUMAN], P.PARTLY),
    ],
)
def test_a_message_is_as_good_as_its_weakest_sentence(kinds, whole):
    assert summary([said("x", "y", kind) for kind in kinds]) is whole
    assert summary([said("x", "y", kind) for kind in reversed(kinds)]) is whole


def test_no_mixture_of_kinds_is_summed_up_as_better_than_one_of_them():
    weakest_first = [P.NONE, P.DOUBTED, P.PARTLY, P.DRAFT, P.MACHINE, P.MEMORY, P.PHRASE, P.HUMAN]
    kinds = [each for each in weakest_first if each is not P.PARTLY]
    for size in range(1, len(kinds) + 1):
        for mixture in combinations(kinds, size):
            whole = summary([said("x", "y", kind) for kind in mixture])
            best = max(map(weakest_first.index, mixture))
            assert weakest_first.index(whole) <= best
            if whole in {P.NONE, P.DOUBTED}:
                assert set(mixture) <= {P.NONE, P.DOUBTED, P.HUMAN}
