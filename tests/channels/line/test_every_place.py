"""What LINE shows at every place of the dialog: as counted by explorations, within its limits."""

from dataclasses import replace

import pytest

from bot.authoring.explore import QUICK_REPLIES_AT_MOST, quick_replies
from bot.core.answers import Answer
from bot.core.dialog import Ask, Chat, Fix, Language
from bot.core.events import Asked
from bot.core.graphemes import grapheme_count
from bot.core.prompts import prompt_of
from bot.core.state import State
from bot.service.wording import asked
from handlers.line.messages import MAX_LABEL, MAX_QUICK_REPLIES, to_messages
from tests.support.dialogs import CATALOGS, DIALOG, LANGS

PLACES = [
    name for name, node in DIALOG.nodes.items() if isinstance(node, Ask | Chat | Fix | Language)
]


def standing_at(name: str, lang: str) -> list[State]:
    """A resident on the way at this place, with as many answers to list as can be."""
    given = {
        question: Answer(tuple(each.code for each in node.options if not each.only)[:1])
        for question, node in DIALOG.nodes.items()
        if isinstance(node, Ask) and question != name and node.options
    }
    node = DIALOG.nodes[name]
    state = State(DIALOG.id, DIALOG.version, "run-1", name, lang, given, tuple(given))
    if not isinstance(node, Ask) or not node.of:
        return [state]
    source = DIALOG.nodes[node.of]
    assert isinstance(source, Ask)
    codes = tuple(each.code for each in source.options if not each.only)
    return [
        replace(state, answers={**given, node.of: Answer(codes[:size])})
        for size in range(2, len(codes) + 1)
    ]


def test_the_limit_is_the_same_on_both_sides():
    assert QUICK_REPLIES_AT_MOST == MAX_QUICK_REPLIES


@pytest.mark.parametrize("lang", LANGS)
def test_every_place_shows_what_the_exploration_counts_and_no_label_is_cut(lang):
    for name in PLACES:
        for state in standing_at(name, lang):
            prompt = prompt_of(DIALOG, state, Asked(name), CATALOGS.languages())
            sent = to_messages([asked(DIALOG, state, Asked(name), lang, CATALOGS)])
            items = sent[-1].get("quickReply", {"items": []})["items"]
            assert len(items) == quick_replies(prompt) <= MAX_QUICK_REPLIES
            for item in items:
                assert grapheme_count(item["action"]["label"]) <= MAX_LABEL
                assert not item["action"]["label"].endswith("…")
