"""A place in one version of the dialog becomes a place in another."""

from dataclasses import replace
from typing import Any

import pytest

from bot.core.answers import Answer
from bot.core.dialog import Ask
from bot.core.model import Pick, Text
from bot.core.state import State
from bot.service.moving import Fate, How, MigrationMap, fate_of, moved
from tests.support.dialogs import DIALOG
from tests.support.versions import renamed, reworded, version

NUMBER = DIALOG.version.partition("-")[0]
NEW = version("99-new")


def at(node: str, **changes: object) -> State:
    plain = State(DIALOG.id, DIALOG.version, "s1", node, lang="ja", answers={"Q2": Answer(("X",))})
    return replace(plain, **changes)  # type: ignore[arg-type]


def changed(question: str, **changes: Any):
    node = DIALOG.nodes[question]
    assert isinstance(node, Ask)
    return replace(NEW, nodes={**DIALOG.nodes, question: replace(node, **changes)})


def test_a_question_is_the_same_while_nothing_that_an_answer_means_has_changed():
    first = DIALOG.nodes["Q5"]
    assert isinstance(first, Ask)
    ends_elsewhere = changed("Q5", next="Q2", why=Text("x", "ほかの理由"))
    assert fate_of(DIALOG, ends_elsewhere, "Q5") is Fate.SAME
    other_number = replace(first.text, args={"POLICE_EMERGENCY": "999"})
    assert fate_of(DIALOG, changed("Q5", text=other_number), "Q5") is Fate.SAME


@pytest.mark.parametrize(
    "change",
    [
        {"text": Text("x", "ほかの質問")},
        {"many": True},
        {"value": "people"},
        {"skip_code": ""},
        {"options": ()},
    ],
)
def test_a_question_is_changed_when_an_answer_could_mean_something_else(change):
    assert fate_of(DIALOG, changed("Q5", **change), "Q5") is Fate.CHANGED


def test_choices_in_another_order_change_a_question():
    node = DIALOG.nodes["Q5"]
    assert isinstance(node, Ask)
    assert fate_of(DIALOG, changed("Q5", options=node.options[::-1]), "Q5") is Fate.CHANGED


def test_a_list_of_other_answers_changes_with_the_question_they_were_given_to():
    node = DIALOG.nodes["Q3"]
    assert isinstance(node, Ask)
    assert fate_of(DIALOG, changed("Q3", options=node.options[1:]), "Q3_MAIN") is Fate.CHANGED


@pytest.mark.parametrize("node", ["NOWHERE", "RESULT"])
def test_a_place_where_nobody_can_stand_is_gone(node):
    assert fate_of(DIALOG, NEW, node) is Fate.REMOVED
    assert fate_of(None, NEW, node) is Fate.REMOVED


def test_the_free_chat_is_found_under_its_present_name():
    chat = DIALOG.nodes[DIALOG.chat]
    nodes = {**DIALOG.nodes, "TALK": replace(chat, id="TALK")}
    new = replace(NEW, chat="TALK", nodes=nodes)
    move = moved(at(DIALOG.chat), old=DIALOG, new=new)
    assert (move.how, move.state.node) == (How.GOES_ON, "TALK")


def test_a_map_for_exactly_this_version_goes_before_one_for_its_number():
    maps = (
        MigrationMap(NUMBER, {"Q5": "Q2"}),
        MigrationMap(DIALOG.version, {"Q5": "Q6"}),
        MigrationMap("98", {"Q5": "Q7"}),
    )
    assert moved(at("Q5"), old=DIALOG, new=NEW, maps=maps).state.node == "Q6"
    assert moved(at("Q5"), old=DIALOG, new=NEW, maps=maps[:1]).state.node == "Q2"
    assert moved(at("Q5"), old=DIALOG, new=NEW, maps=maps[2:]).state.node == "Q5"


def test_a_map_renames_everything_that_remembers_a_place():
    new = renamed("2-new", "Q5", "Q5B")
    before = at(
        "Q6",
        answers={"Q5": Answer(("M0",), "500")},
        trail=("Q2", "Q5"),
        warned=("Q5",),
        back_to="Q5",
        lang_back="Q5",
    )
    after = moved(before, old=DIALOG, new=new, maps=[MigrationMap(NUMBER, {"Q5": "Q5B"})]).state
    assert after.answers == {"Q5B": Answer(("M0",), "500")}
    assert (after.trail, after.warned) == (("Q5B",), ("Q5B",))
    assert (after.back_to, after.lang_back) == ("Q5B", "Q5B")


def test_picks_of_an_open_multi_choice_are_renamed_even_in_the_language_menu():
    names = MigrationMap(NUMBER, answers={"Q3": {"OLD": "C03"}})
    for node, lang_back in (("Q3", ""), (DIALOG.start, "Q3")):
        state = at(node, lang_back=lang_back, picked=("OLD", "C06"))
        assert moved(state, old=DIALOG, new=NEW, maps=[names]).state.picked == ("C03", "C06")


def test_codes_that_the_present_question_does_not_have_are_dropped_and_all_else_is_kept():
    answers = {
        "Q3": Answer(("C03", "GONE")),
        "Q5": Answer(("GONE",)),
        "Q6": Answer(("SKIP",)),
        "Q_GONE": Answer(("A",)),
    }
    state = at("Q7", answers=answers, trail=("Q3", "Q5", "Q6", "Q_GONE"), level=3)
    after = moved(state, old=DIALOG, new=NEW).state
    assert after.answers == {
        "Q3": Answer(("C03",)),
        "Q6": Answer(("SKIP",)),
        "Q_GONE": Answer(("A",)),
    }
    assert (after.trail, after.level) == (("Q3", "Q6"), 3)


def test_a_tap_is_read_by_the_map_of_the_move():
    names = MigrationMap(NUMBER, {"Q5": "Q6"}, {"Q5": {"M0": "FOOD_NONE"}})
    move = moved(at("Q5"), old=DIALOG, new=NEW, maps=[names])
    assert move.pick(Pick("s1", "Q5", ("M0", "M1"))) == Pick("s1", "Q6", ("FOOD_NONE", "M1"))
    assert move.pick(Pick("s1", "Q2", ("X",))) == Pick("s1", "Q2", ("X",))


@pytest.mark.parametrize(
    ("told", "how"),
    [
        ({"answers": {}}, How.ANEW),
        ({"answers": {"START": Answer(("START_OK",))}}, How.ANEW),
        ({"answers": {"Q2": Answer(("WHO_SELF",))}}, How.PERSON),
        ({"answers": {}, "detected": ("suicide",)}, How.PERSON),
        ({"answers": {}, "picked": ("SAFE_NO_BED",)}, How.PERSON),
        ({"answers": {}, "alerted": True}, How.PERSON),
    ],
)
def test_only_who_has_told_nothing_begins_anew(told, how):
    new = reworded("2-new", "Q1")
    assert moved(at("Q1", **told), old=DIALOG, new=new).how is how
