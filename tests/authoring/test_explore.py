"""The exploration of small dialogs: exact figures, and each defect with a shortest way to it."""

from dataclasses import replace

import pytest

from bot.authoring.loader import Promise
from bot.authoring.proving import Wording, explore
from bot.core.dialog import Fix, Result
from bot.core.model import Level
from bot.core.triage import Assessment, Hit
from tests.support.tiny_dialogs import (
    AnyPhrase,
    answered,
    ask,
    branch,
    calm,
    crisis,
    decide,
    not_,
    option,
    say,
    spoken,
    tiny,
    words,
)


def sound():
    """Two questions, one of them asked of some; a branch with safety words."""
    return tiny(
        ask("A", "A1", "A2", "A3", next="B", skip=True, number=1),
        ask("B", "B1", "B2", next="CHAT", when=answered("A", "A1", "A2"), number=2),
        say("WORDS", "CRISIS", crisis=True),
        crisis(),
        interrupts=[branch("danger", answered("A", "A3"), "WORDS")],
    )


def failures(dialog, *languages: str, **more) -> list[tuple[str, str, tuple[str, ...]]]:
    found = explore(dialog, calm(*languages), **more).failures
    return [(each.kind, each.what, each.path) for each in found]


def test_a_sound_dialog_has_no_failures_and_exact_figures():
    found = explore(sound(), calm())
    assert found.failures == ()
    # A1 and A2 lead to two answers each, A3 and "no answer" to none.
    assert (found.paths, found.longest) == (2 * 2 + 1 + 1, 2)
    assert found.nodes == (7, 7)
    assert found.options == (5, 5)
    (quiet,) = found.common
    assert (quiet.numbered, quiet.asked, quiet.bubbles) == (2, ("LANG", "A", "B", "CHAT"), 4)


def test_the_report_names_figures_and_failures():
    report = "\n".join(explore(sound(), calm("ja", "en")).lines())
    assert "stand for 12 paths; the longest asks 2 questions" in report
    assert "languages that are asked alike: ja en" in report
    broken = tiny(ask("A", "A1", next="CHAT"), say("LOST", "CHAT"))
    assert "- unreached: LOST is never reached" in list(explore(broken, calm()).lines())


@pytest.mark.parametrize(("size", "sets"), [(2, 3), (3, 7), (12, 4_095)])
def test_every_set_of_choices_is_counted(size, sets):
    codes = [f"C{place}" for place in range(size)]
    dialog = tiny(
        ask("A", *codes, next="B", many=True),
        ask("B", "B1", next="CHAT", when=answered("A", "C0")),
    )
    assert explore(dialog, calm()).paths == sets


def test_a_choice_that_stands_alone_is_in_no_set():
    dialog = tiny(ask("A", "A1", "A2", option("A0", only=True), next="CHAT", many=True))
    assert explore(dialog, calm()).paths == 3 + 1


def test_the_ways_out_of_a_list_are_counted_by_how_much_is_in_it():
    dialog = tiny(
        ask("A", "A1", "A2", "A3", "A4", next="B", many=True),
        ask("B", next="CHAT", of="A", skip=True),
    )
    # 4 single ones, then 6 pairs, 4 triples and all four, with one more way for no answer.
    assert explore(dialog, calm()).paths == 4 + 6 * 3 + 4 * 4 + 1 * 5


def test_a_list_whose_choices_lead_to_different_questions_is_counted_too():
    dialog = tiny(
        ask("A", "A1", "A2", "A3", next="B", many=True),
        ask("B", next="C", of="A"),
        ask("C", "C1", "C2", next="CHAT", when=answered("B", "A1")),
    )
    # {1} 2, {2} 1, {3} 1, {12} 2+1, {13} 2+1, {23} 1+1, {123} 2+1+1
    assert explore(dialog, calm()).paths == 2 + 1 + 1 + 3 + 3 + 2 + 4


def test_languages_that_are_asked_alike_are_walked_once():
    dialog = tiny(
        ask("A", "A1", "A2", next="B"),
        ask("B", "B1", "B2", "B3", next="CHAT", when=not_(spoken("ja"))),
    )
    found = explore(dialog, calm("ja", "en", "vi"))
    assert found.languages == (("ja",), ("en", "vi"))
    assert found.paths == 2 + 2 * (2 * 3)
    assert [each.lang for each in found.common] == ["ja", "en"]


# --- what is found -----------------------------------------------------------------------------


def test_a_loop_between_questions_is_found():
    dialog = tiny(
        ask("A", "A1", "A2", next="CHAT", many=True),
        ask("B", "B1", next="SAY"),
        say("SAY", "AGAIN"),
        decide("AGAIN", answered("B", "B1"), "SAY", next="CHAT"),
        interrupts=[branch("b", answered("A", "A2"), "B")],
    )
    assert failures(dialog)[0] == (
        "loop",
        "the way from B never ends",
        ("LANG=ja", "A=A2", "B=B1"),
    )


def test_a_place_from_which_no_answer_leads_to_the_chat_is_a_dead_end():
    dialog = tiny(
        ask("A", "A1", option("A2", goto="FIX"), next="CHAT"),
        Fix("FIX", words("FIX.text"), "FIX"),
    )
    assert failures(dialog) == []
    # Without a heading the answer is not listed, and there is nothing to take back.
    dialog = replace(dialog, phrases=AnyPhrase())
    way = ("LANG=ja", "A=A2")
    assert failures(dialog) == [("dead_end", "no answer leads from FIX to the free chat", way)]


def test_a_choice_that_is_not_taken_is_found():
    dialog = tiny(ask("A", "A1", option("SKIP"), next="CHAT", many=True))
    found = failures(dialog)
    assert ("deaf", "A is put again, nothing has changed", ("LANG=ja", "A=SKIP")) in found


def test_an_error_in_the_engine_is_found_with_the_way_to_it():
    wordless = Result("D", {}, {}, words("D.unsent"), words("D.worse"), "CHAT")
    dialog = tiny(
        ask("A", "A1", "A2", next="B", skip=True),
        ask("B", "B1", next="C"),
        decide("C", answered("A", "A2"), "D", next="CHAT"),
        wordless,
    )
    assert failures(dialog)[0] == (
        "raises",
        "KeyError at B: <Level.U1: 1>",
        ("LANG=ja", "A=A2", "B=B1"),
    )


def test_a_node_and_a_choice_that_nobody_meets_are_found():
    dialog = tiny(
        ask("A", "A1", option("A2", when=answered("B", "B1")), next="B"),
        ask("B", "B1", next="C"),
        decide("C", not_(answered("B", "B1")), "D", next="CHAT"),
        say("D", "CHAT"),
    )
    assert failures(dialog) == [
        ("unreached", "D is never reached", ()),
        ("unreached", "A=A2 is never on offer", ("LANG=ja",)),
    ]


def test_a_crisis_without_safety_words_is_found_on_a_shortest_way():
    dialog = tiny(
        ask("A", "A1", "A2", next="B"),
        ask("B", "B1", "B2", next="C"),
        decide("C", answered("B", "B2"), "WORDS", next="CHAT"),
        say("WORDS", "CRISIS", crisis=True),
        crisis(),
        interrupts=[branch("danger", answered("A", "A2"), "CRISIS")],
    )
    what = "CRISIS hands over a crisis without safety words in front"
    assert failures(dialog) == [("unsafe", what, ("LANG=ja", "A=A2"))]


def test_safety_words_said_on_the_first_tap_count():
    dialog = tiny(
        ask("A", "A1", "A2", "A3", next="CHAT", many=True),
        say("WORDS", "CRISIS", crisis=True),
        crisis(),
        interrupts=[branch("danger", answered("A", "A2"), "WORDS")],
    )
    assert failures(dialog) == []


def test_more_than_twelve_numbered_questions_on_the_common_path_are_found():
    numbered = [
        ask(f"N{place}", "YES", next=f"N{place + 1}", number=place) for place in range(1, 14)
    ]
    dialog = tiny(*numbered[:-1], replace(numbered[-1], next="CHAT"))
    kind, what, way = failures(dialog)[0]
    assert (kind, what, len(way)) == ("common", "ja: 13 numbered questions, at most 12", 14)
    fewer = tiny(*numbered[:11], replace(numbered[11], next="CHAT"))
    assert failures(fewer) == []


def test_questions_that_are_met_again_without_end_are_found():
    """A list that is put again and again: the answers to it are forgotten on the way."""
    dialog = tiny(ask("A", "A1", "A2", next="LANG"))
    found = explore(dialog, calm())
    assert found.paths is None
    assert [each.kind for each in found.failures][:2] == ["round", "dead_end"]


def test_words_are_missed_in_every_language():
    wording = Wording(
        (words("A.text"), words("A1")),
        {"tiny.A1"},
        lambda text, lang: "" if (text.address, lang) == ("tiny.A.text", "en") else "x" * 21,
    )
    dialog = tiny(ask("A", "A1", next="CHAT"))
    assert failures(dialog, "ja", "en", wording=wording) == [
        ("empty", "tiny.A.text has no words in en", ("LANG=ja",)),
        ("label", "tiny.A1 has 21 graphemes in ja, at most 20", ()),
        ("label", "tiny.A1 has 21 graphemes in en, at most 20", ()),
    ]


def test_safety_words_missing_in_a_language_are_unsafe():
    wording = Wording((words("WORDS.text"),), set(), lambda _, lang: "" if lang == "en" else "110")
    assert failures(sound(), "ja", "en", wording=wording) == [
        ("unsafe", "tiny.WORDS.text has no words in en", ("LANG=ja", "A=A3"))
    ]


def test_an_exploration_that_is_given_up_says_so():
    assert failures(sound(), states_at_most=2)[0][:2] == ("unfinished", "more than 2 states")


# --- promises ----------------------------------------------------------------------------------


def flagged(answers, *_):
    """A rule: RF_X fires when B was answered with B2."""
    hit = Hit("RF_X", Level.U2, "B2", {})
    hits = (hit,) if "B" in answers and "B2" in answers["B"].codes else ()
    return Assessment(Level.U1, hits, (), None, (), None, (), (), "ja", mt_used=False)


def promised(**answers: tuple[str, ...]):
    context = replace(calm(), triage=flagged)
    promise = Promise("branch", "RF_X", "ja", answers)
    return [
        (each.kind, each.what, each.path)
        for each in explore(sound(), context, promises=[promise]).failures
    ]


def test_a_promise_that_is_kept_is_no_failure():
    assert promised(A=("A1",), B=("B2",)) == []


def test_a_promise_that_is_not_kept_is_found_with_the_way_taken():
    assert promised(A=("A1",), B=("B1",)) == [
        ("promise", "branch → RF_X does not fire", ("LANG=ja", "A=A1", "B=B1"))
    ]


def test_a_promise_about_a_question_that_is_not_asked_is_found():
    found = promised(A=("A1",), B=("B2",), C=("C1",))
    assert [each[:2] for each in found] == [("promise", "branch → RF_X: C was never asked")]
