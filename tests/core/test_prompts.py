"""What a resident sees at a question, and that it fits in every language."""

import pytest

from bot.core.answers import Answer
from bot.core.dialog import Ask, Language
from bot.core.events import Asked
from bot.core.graphemes import grapheme_count
from bot.core.model import Text
from bot.core.prompts import answer_text, question_text
from bot.core.state import State
from bot.service.wording import asked, said
from tests.support.dialogs import (
    ANSWERS,
    CATALOGS,
    DIALOG,
    LANGS,
    Resident,
    at_question,
    through_the_summary,
    words,
)


def test_a_question_offers_its_choices_and_then_the_controls():
    resident = at_question("Q2")
    assert resident.offered == [
        *("WHO_SELF", "WHO_FAMILY", "WHO_OTHER", "WHO_PRO", "WHO_MINOR"),
        *("SKIP", "BACK", "HUMAN", "LANG", "STOP", "WHY"),
    ]


def test_a_multi_choice_says_how_to_end_it_and_offers_done():
    resident = at_question("Q3")
    assert resident.parts == ["screening.Q3.text", "phrases.bot.multi_hint"]
    assert "DONE" in resident.offered
    assert resident.prompt.many


def test_after_a_pick_only_the_picks_are_said_and_they_are_marked():
    resident = at_question("Q3").taps("C03")
    assert resident.parts == ["phrases.bot.picked"]
    kinds = {offer.code: offer.kind for offer in resident.prompt.offers}
    assert (kinds["C03"], kinds["C06"], kinds["DONE"]) == ("picked", "answer", "done")


def test_with_open_picks_a_hint_never_replaces_the_question():
    resident = at_question("Q3").taps("C03").taps("WHY")
    assert resident.parts == [
        "phrases.bot.why_and_help",
        "screening.Q3.text",
        "phrases.bot.picked",
    ]
    resident.taps("LANG").taps("ja")
    assert resident.parts == ["screening.Q3.text", "phrases.bot.picked"]


def test_the_list_of_answers_offers_only_what_works_there():
    resident = through_the_summary().taps("FIX")
    assert resident.offered[-4:] == ["BACK", "HUMAN", "LANG", "STOP"]
    assert "SKIP" not in resident.offered
    assert "WHY" not in resident.offered


def test_the_summary_lists_every_answer_under_its_heading():
    resident = through_the_summary(Q3="C03,C06", Q3_MAIN="C06", Q4="SKIP")
    prompt = resident.prompt
    headings = [part.args["question"] for part in prompt.parts if "question" in part.args]
    assert [each.address for each in headings if isinstance(each, Text)] == [
        f"phrases.topic.{question}" for question in resident.state.trail if question != "START"
    ]
    answers = [part.args["answer"] for part in prompt.parts if "answer" in part.args]
    assert DIALOG.phrases["bot.skipped"] in answers


@pytest.mark.parametrize(
    ("question", "answer", "shown"),
    [
        ("Q5", Answer(("M2",), "5000"), "5,000円"),
        ("Q6", Answer(("NEXT_8_14",), "10"), "10日後"),
        ("Q9_N", Answer(("N3",), "3"), "3人"),
        ("Q7_DATE", Answer(("IN_30",), "2026-12-05"), "2026/12/5"),
        ("Q5", Answer(("MX",)), "（答えない）"),
        ("Q12a", Answer(("NOSAY",)), "（答えない）"),
        ("Q3", Answer(("C03", "C06")), "収入・生活のお金、借金のこと"),
        ("Q3_MAIN", Answer(("C06",)), "借金のこと"),
        ("GONE", Answer(("X",)), ""),
        ("Q3", Answer(("GONE",)), ""),
    ],
)
def test_an_answer_is_shown_in_words(question, answer, shown):
    told = answer_text(DIALOG, question, answer)
    line = DIALOG.phrase("bot.summary_line", question="", answer=told)
    assert words("ja")(line) == f" → {shown}"


def test_the_free_chat_offers_what_makes_sense_there():
    resident = through_the_summary().taps("NOSEND")
    assert resident.offered == ["HUMAN", "RESTART", "LANG"]
    assert resident.taps("HUMAN").offered == ["RESTART", "LANG"]
    assert at_question("Q5").taps("HUMAN").offered == ["CONTINUE", "RESTART", "LANG"]


def test_the_language_menu_speaks_all_languages_at_once():
    resident = Resident()
    event = resident.turn.events[0]
    assert isinstance(event, Asked)
    bubble = asked(DIALOG, resident.state, event, "", CATALOGS)
    assert bubble.lang == "mul"
    menu = DIALOG.nodes["LANG"]
    assert isinstance(menu, Language)
    # Easy Japanese differs from Japanese by a space only: the line stands there once.
    lines = bubble.text.split("\n")
    assert {line.replace(" ", "") for line in lines} == {
        words(lang)(menu.text).replace(" ", "") for lang in CATALOGS.languages()
    }
    assert len(lines) == len({line.replace(" ", "") for line in lines})
    assert [choice.label for choice in bubble.choices] == list(CATALOGS.languages().values())


def test_a_bubble_carries_what_a_button_needs():
    resident = at_question("Q3", "vi")
    bubble = asked(DIALOG, resident.state, Asked("Q3"), "vi", CATALOGS)
    assert (bubble.session, bubble.question, bubble.many, bubble.lang) == (
        *("run-1", "Q3"),
        True,
        "vi",
    )
    assert bubble.choices[0].code == "C01"


def test_a_sentence_keeps_the_language_it_was_served_in():
    assert said(DIALOG.stop_text, "ne", CATALOGS).lang == "ne"


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("node", sorted(DIALOG.nodes))
def test_every_label_fits_and_no_placeholder_is_left(node, lang):
    resident = through_the_summary(lang)
    state = State(
        DIALOG.id,
        DIALOG.version,
        "s",
        node,
        lang=lang,
        answers=resident.state.answers,
        trail=resident.state.trail,
        back_to="Q5",
    )
    bubble = asked(DIALOG, state, Asked(node), lang, CATALOGS)
    assert "{" not in bubble.text
    for choice in bubble.choices:
        # The headings in the list of answers may be longer: that list is numbered on LINE.
        assert 0 < grapheme_count(choice.label) <= (40 if node == "FIX" else 20)
        assert "{" not in choice.label + choice.detail


def test_records_know_the_words_of_every_place():
    for name in (*ANSWERS, "CHAT", "FIX", "LANG", "SUI_LISTEN", "CRISIS_HANDED"):
        assert question_text(DIALOG, name) is not None
    assert question_text(DIALOG, "QUIET_HANDED") is None
    assert question_text(DIALOG, "GONE") is None
    assert isinstance(DIALOG.nodes["Q2"], Ask)
