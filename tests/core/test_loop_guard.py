"""A dialog that leads in a circle, which the checks refuse, still lets nobody fall."""

from dataclasses import replace

import pytest

from bot.core.dialog import Ask, Decide, Dialog, Language
from bot.core.engine import begin, take
from bot.core.events import Alerted, Asked
from bot.core.model import Pick
from bot.core.moves import MAX_STEPS, begin_again
from tests.support.dialogs import DIALOG, make_context, words


def led_from(question: str, *circle: str) -> Dialog:
    """The real dialog, but behind one question come forks that lead to each other for ever."""
    nodes = dict(DIALOG.nodes)
    asked = nodes[question]
    assert isinstance(asked, Ask | Language)
    nodes[question] = replace(asked, next=circle[0])
    for here, there in zip(circle, (*circle[1:], circle[0]), strict=True):
        nodes[here] = Decide(here, (), there)
    return replace(DIALOG, nodes=nodes)


@pytest.mark.parametrize("length", [1, 2, MAX_STEPS + 1])
def test_who_is_led_in_a_circle_is_handed_to_a_person_and_loses_no_answer(length):
    dialog = led_from("START", *(f"ROUND{number}" for number in range(length)))
    context = make_context()
    state = replace(begin(dialog, "run-1").state, lang="ja", node="START")
    turn = take(dialog, state, Pick("run-1", "START", ("START_OK",)), context=context, words=words)
    assert [each.reason for each in turn.events if isinstance(each, Alerted)] == ["stuck"]
    assert turn.events[-1] == Asked(dialog.chat, dialog.phrases["bot.stuck"])
    assert turn.state.node == dialog.chat
    assert turn.state.answers["START"].codes == ("START_OK",)


def test_beginning_again_into_a_circle_is_handed_to_a_person_too():
    dialog = led_from("LANG", "ROUND")
    state = replace(begin(dialog, "run-1").state, lang="ja", node=dialog.chat)
    turn = begin_again(dialog, state, make_context())
    assert [each.reason for each in turn.events if isinstance(each, Alerted)] == ["stuck"]
    assert (turn.state.node, turn.state.lang) == (dialog.chat, "ja")
