"""Everything the bot and the counselors say fits what LINE takes, and nothing of it is lost."""

import functools
import json
from dataclasses import replace
from typing import Any
from urllib.parse import parse_qs

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.core.dialog import Ask, Chat, Fix, Language
from bot.core.events import Asked
from bot.core.graphemes import utf16_length
from bot.core.model import Author, Bubble, Choice
from bot.core.state import State
from bot.service.wording import asked, said
from handlers.line.messages import MAX_TEXT, to_messages
from handlers.sim.message_rules import refusal
from tests.support.dialogs import BOOK, CATALOGS, DIALOG, LANGS, through_the_summary

SESSION = "k3Jd9-_a"
QUESTIONS = [
    each.id for each in DIALOG.nodes.values() if isinstance(each, Ask | Chat | Fix | Language)
]
ASKED = [each.id for each in DIALOG.nodes.values() if isinstance(each, Ask)]
ALL_TROUBLES = "C01,C02,C03,C04,C05,C07,C08,C09,C10,C11,C12,C13,C16"
PATIENT = settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))


def state_at(question: str, lang: str) -> State:
    """A resident with many answers who stands at this question."""
    return replace(_answered(lang), session=SESSION, node=question, back_to="Q5")


@functools.cache
def _answered(lang: str) -> State:
    return through_the_summary(lang, Q3=ALL_TROUBLES, Q3_MAIN="C03").state


def picks_of(question: str) -> list[tuple[str, ...]]:
    node = DIALOG.nodes[question]
    if not (isinstance(node, Ask) and node.many):
        return [()]
    codes = tuple(each.code for each in node.options if not each.only)
    return [(), codes[:1], codes[:-1], codes]


def bubble_at(question: str, lang: str, picked: tuple[str, ...] = (), hint: str = "") -> Bubble:
    state = replace(state_at(question, lang), picked=picked)
    words = DIALOG.phrase(hint, human=DIALOG.controls["HUMAN"].label) if hint else None
    return asked(DIALOG, state, Asked(question, words), lang, CATALOGS)


def buttons(value: Any) -> list[dict[str, Any]]:
    """Every action in these messages."""
    if isinstance(value, list):
        return [each for item in value for each in buttons(item)]
    if not isinstance(value, dict):
        return []
    found = [value] if value.get("type") == "postback" else []
    return found + [each for item in value.values() for each in buttons(item)]


def codes(value: Any) -> list[str]:
    return [parse_qs(each["data"])["a"][0] for each in buttons(value)]


def quick_codes(messages: list[dict[str, Any]]) -> list[str]:
    return codes(messages[-1].get("quickReply", {}))


def words_of(messages: list[dict[str, Any]]) -> str:
    return "".join(json.dumps(each, ensure_ascii=False) for each in messages)


def letters(text: str) -> str:
    return "".join(text.split())


# --- every bubble there is ---------------------------------------------------------------------


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("question", QUESTIONS)
def test_line_takes_every_question_in_every_language(question, lang):
    for picked in picks_of(question):
        for hint in ("", "bot.not_understood", "bot.old_button"):
            messages = to_messages([bubble_at(question, lang, picked, hint)])
            assert refusal(messages) is None, (picked, hint)
            assert len(json.dumps(messages, ensure_ascii=False).encode()) < 30_000


@pytest.mark.parametrize("lang", LANGS)
def test_line_takes_every_fixed_sentence_in_every_language(lang):
    for text in BOOK.texts.values():
        assert refusal(to_messages([said(text, lang, CATALOGS)])) is None, text.address


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("question", ASKED)
def test_every_question_can_be_left_skipped_and_talked_about(question, lang):
    node = DIALOG.nodes[question]
    assert isinstance(node, Ask)
    needed = {"BACK", "HUMAN", "LANG", "STOP"} | ({"SKIP"} if node.skip_code else set())
    for picked in picks_of(question):
        on_offer = quick_codes(to_messages([bubble_at(question, lang, picked)]))
        assert needed | ({"DONE"} if node.many else set()) <= set(on_offer)
        assert len(on_offer) == len(set(on_offer))


@pytest.mark.parametrize("question", ASKED)
def test_every_choice_that_is_left_is_a_button(question):
    for picked in picks_of(question):
        bubble = bubble_at(question, "ja", picked)
        left = {each.code for each in bubble.choices if each.kind == "answer"}
        assert left <= set(codes(to_messages([bubble])))


@pytest.mark.parametrize("question", ASKED)
def test_every_choice_stands_there_with_its_number(question):
    bubble = bubble_at(question, "vi")
    shown = words_of(to_messages([bubble]))
    answers = [each for each in bubble.choices if each.kind == "answer"]
    for number, choice in enumerate(answers, start=1):
        assert f"{number}. " in shown
        assert choice.label in shown
        assert choice.detail.removeprefix(choice.label).strip("（）") in shown


def test_what_was_picked_carries_a_mark():
    few = to_messages([bubble_at("Q1", "ja", ("SAFE_NO_BED",))])
    assert "6. 今夜寝る所がない ✓" in few[0]["text"]
    assert "SAFE_NO_BED" not in quick_codes(few)
    many = to_messages([bubble_at("Q3", "ja", ("C01",))])
    first = buttons(many[0]["contents"])[0]
    assert first["label"] == "1. 病気・健康・障害 ✓"
    assert first["displayText"] == "病気・健康・障害"


def test_a_question_with_many_choices_is_a_list_of_buttons_with_the_controls_beneath():
    [flex] = to_messages([bubble_at("Q3", "en")])
    assert flex["type"] == "flex"
    assert codes(flex["contents"])[0] == "C01"
    assert quick_codes([flex])[:3] == ["DONE", "SKIP", "BACK"]
    assert flex["altText"].startswith("What")


def test_a_tap_carries_session_question_and_code_and_shows_the_whole_label():
    [message] = to_messages([bubble_at("Q2", "ja")])
    first = message["quickReply"]["items"][0]["action"]
    assert first == {
        "type": "postback",
        "label": "自分のこと",
        "data": "s=k3Jd9-_a&q=Q2&a=WHO_SELF",
        "displayText": "自分のこと",
    }


# --- counselors --------------------------------------------------------------------------------


def test_a_counselors_answer_names_the_sender_and_shows_original_and_label():
    bubble = Bubble(
        "Anh/chị khỏe không?",
        "vi",
        author=Author.COUNSELOR,
        sender_name="Nhân viên tư vấn",
        original="お元気ですか。",
        note="Dịch tự động.",
    )
    assert to_messages([bubble]) == [
        {
            "type": "text",
            "text": "Anh/chị khỏe không?\n\nお元気ですか。\n\n（Dịch tự động.）",
            "sender": {"name": "Nhân viên tư vấn"},
        }
    ]


@pytest.mark.parametrize("name", ["相" * 21, "👩‍👩‍👧‍👦" * 5, "Nhân viên tư vấn của thành phố"])
def test_a_long_senders_name_is_cut_where_line_counts(name):
    messages = to_messages([Bubble("hi", "ja", author=Author.COUNSELOR, sender_name=name)])
    assert refusal(messages) is None
    assert name.startswith(messages[0]["sender"]["name"])


def test_the_bot_speaks_in_the_accounts_own_name():
    assert "sender" not in to_messages([Bubble("hi", "ja", sender_name="相談員")])[0]


# --- long and many -----------------------------------------------------------------------------


@pytest.mark.parametrize("letter", ["a", "あ", "क्षि", "👩‍👩‍👧‍👦", "ế"])
def test_a_long_text_is_split_without_losing_or_breaking_a_sign(letter):
    text = letter * (12_000 // utf16_length(letter))
    messages = to_messages([Bubble(text, "ja", author=Author.COUNSELOR, sender_name="相談員")])
    assert refusal(messages) is None
    assert "".join(each["text"] for each in messages) == text
    assert all(len(each["text"]) % len(letter) == 0 for each in messages)
    assert all(each["sender"] == {"name": "相談員"} for each in messages)


def test_a_long_text_is_split_at_a_space():
    text = "word " * 1_500
    first, second = to_messages([Bubble(text, "en")])
    assert first["text"].endswith(" ")
    assert second["text"].startswith("word")


def test_quick_replies_stand_under_the_last_message_only():
    choice = Choice("Q1", "OK", "はい")
    messages = to_messages([Bubble("a", "ja"), Bubble("b" * 6_000, "ja", choices=(choice,))])
    assert ["quickReply" in each for each in messages] == [False, False, True]


def test_more_than_five_bubbles_are_joined_and_keep_every_word():
    bubbles = [Bubble(f"文{number} " * (number * 40), "ja") for number in range(9)]
    question = bubble_at("Q2", "ja")
    messages = to_messages([*bubbles, question])
    assert refusal(messages) is None
    assert len(messages) == 5
    everything = letters("".join(each.text for each in (*bubbles, question)))
    assert letters("".join(each["text"] for each in messages)).startswith(everything)
    assert "WHO_SELF" in quick_codes(messages)


def test_the_words_before_a_list_of_buttons_are_joined_and_the_list_stays():
    messages = to_messages([*(Bubble(f"文{n}", "ja") for n in range(8)), bubble_at("Q3", "ja")])
    assert [each["type"] for each in messages] == ["text"] * 4 + ["flex"]
    assert all(f"文{number}" in words_of(messages) for number in range(8))


def test_long_texts_that_do_not_fit_together_are_poured_anew():
    bubbles = [Bubble(f"{number}言 " * 1_300, "ja") for number in range(6)]
    messages = to_messages(bubbles)
    assert refusal(messages) is None
    everything = letters("".join(each.text for each in bubbles))
    assert letters("".join(each["text"] for each in messages)) == everything


def test_a_counselors_words_are_never_joined_with_the_bots():
    counselor = Bubble("人", "ja", author=Author.COUNSELOR, sender_name="相談員")
    messages = to_messages([*(Bubble(f"{n}", "ja") for n in range(6)), counselor])
    assert [each for each in messages if "sender" in each] == [
        {"type": "text", "text": "人", "sender": {"name": "相談員"}}
    ]


def test_beyond_five_full_texts_the_last_words_and_the_buttons_stay():
    choice = Choice("Q1", "OK", "はい")
    messages = to_messages(
        [*(Bubble(f"{n}" * MAX_TEXT, "ja") for n in range(7)), Bubble("?", "ja", choices=(choice,))]
    )
    assert refusal(messages) is None
    assert quick_codes(messages) == ["OK"]


def test_nothing_to_say_is_no_message():
    assert to_messages([]) == []
    assert to_messages([Bubble("", "ja")]) == []


kinds = st.sampled_from(["answer", "picked", "done", "control"])
label = st.text(st.characters(categories=("L", "N", "S", "M")), min_size=1, max_size=70)
text = st.text(max_size=40) | st.integers(1, 7_000).map("あ".__mul__)
choice = st.builds(
    Choice,
    st.just("Q3_MAIN"),
    st.from_regex(r"[A-Z0-9_]{1,20}", fullmatch=True),
    label,
    kinds,
    st.just("") | label,
)
bubble = st.builds(
    Bubble,
    text.map(str.strip),
    st.just("ne"),
    author=st.sampled_from(Author),
    sender_name=st.just("") | label,
    original=text,
    note=st.just("") | label,
    session=st.just(SESSION),
    choices=st.lists(choice, max_size=40).map(tuple),
)


@PATIENT
@given(st.lists(bubble, max_size=9))
def test_whatever_is_said_line_takes_it(bubbles):
    messages = to_messages(bubbles)
    if messages:
        assert refusal(messages) is None
