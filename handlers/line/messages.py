"""Our bubbles → LINE's message objects, within the platform's limits; pure."""

from collections.abc import Sequence
from itertools import groupby
from typing import Any

from bot.core.graphemes import clip_graphemes, split_utf16, utf16_length
from bot.core.model import Author, Bubble, Choice
from handlers.line.events import pick_data

MAX_OBJECTS = 5
MAX_QUICK_REPLIES = 13
MAX_LABEL = 20
MAX_FLEX_LABEL = 40
MAX_FLEX_TEXT = 2_000
"""Ours: a list of buttons must stay below 30 KB, so longer words stand before it."""
MAX_TEXT = 5_000
MAX_ALT_TEXT = 1_500
MAX_DISPLAY_TEXT = 300
MAX_SENDER_NAME = 20

Json = dict[str, Any]


def to_messages(bubbles: Sequence[Bubble]) -> list[Json]:
    """Return at most five LINE message objects that say everything the bubbles say.

    Quick replies go with the last object, since LINE shows only those. A question with more
    choices than quick replies can hold becomes a list of buttons (Flex), which LINE for PC shows
    too. Texts are split by UTF-16 units, never inside a grapheme. At least 12,500 units always
    fit, several times what is ever said at once; what no longer fits is left out before the end.
    """
    spoken = [each for each in bubbles if each.text or each.choices]
    objects: list[Json] = []
    for place, bubble in enumerate(spoken, start=1):
        objects.extend(_objects(bubble, last=place == len(spoken)))
    return _packed(objects)


# --- how many objects --------------------------------------------------------------------------


def _packed(objects: list[Json]) -> list[Json]:
    """Join texts until there are at most five objects: the shortest neighbours first."""
    while len(objects) > MAX_OBJECTS:
        places = [place for place in range(len(objects) - 1) if _fit(*objects[place : place + 2])]
        if not places:
            objects = _refilled(objects)
            return [*objects[: MAX_OBJECTS - 1], *objects[MAX_OBJECTS - 1 :][-1:]]
        at = min(places, key=lambda place: utf16_length(_together(*objects[place : place + 2])))
        first, second = objects[at : at + 2]
        objects[at : at + 2] = [{**second, "text": _together(first, second)}]
    return objects


def _fit(first: Json, second: Json) -> bool:
    both_texts = first["type"] == second["type"] == "text"
    return (
        both_texts
        and first.get("sender") == second.get("sender")
        and utf16_length(_together(first, second)) <= MAX_TEXT
    )


def _together(*texts: Json) -> str:
    return "\n\n".join(each["text"] for each in texts)


def _refilled(objects: list[Json]) -> list[Json]:
    """Pour neighbouring texts of one sender anew into as few objects as can hold them."""
    filled: list[Json] = []
    for (kind, _), run in groupby(objects, lambda each: (each["type"], each.get("sender"))):
        neighbours = list(run)
        if kind == "text":
            parts = split_utf16(_together(*neighbours), MAX_TEXT)
            bare = {key: value for key, value in neighbours[-1].items() if key != "quickReply"}
            neighbours = [*({**bare, "text": part} for part in parts[:-1]), neighbours[-1]]
            neighbours[-1] = {**neighbours[-1], "text": parts[-1]}
        filled.extend(neighbours)
    return filled


# --- one bubble --------------------------------------------------------------------------------


def _objects(bubble: Bubble, *, last: bool) -> list[Json]:
    answers = [each for each in bubble.choices if each.kind in {"answer", "picked"}]
    done = [each for each in bubble.choices if each.kind == "done"]
    controls = [each for each in bubble.choices if each.kind == "control"]
    still_open = [each for each in answers if each.kind == "answer"]
    # What lies beyond the thirteenth is "why do you ask?", which may also be typed.
    needed = len(still_open) + len(done) + sum(each.code != "WHY" for each in controls)
    if needed > MAX_QUICK_REPLIES:
        objects = _list_of_buttons(bubble, answers)
        quick = [*done, *controls]
    else:
        objects = _texts(_words(bubble, answers))
        quick = [*still_open, *done, *controls]
    if last and quick:
        items = [_quick_reply(bubble.session, each) for each in quick[:MAX_QUICK_REPLIES]]
        objects[-1]["quickReply"] = {"items": items}
    if bubble.author is Author.COUNSELOR and bubble.sender_name:
        for each in objects:
            each["sender"] = {"name": split_utf16(bubble.sender_name, MAX_SENDER_NAME)[0]}
    return objects


def _words(bubble: Bubble, answers: list[Choice]) -> str:
    """Return all the words of a bubble; one without any says what can be tapped."""
    parts = [bubble.text]
    if answers:
        parts.append("\n".join(_numbered(answers)))
    if bubble.original:
        parts.append(bubble.original)
    if bubble.note:
        parts.append(f"（{bubble.note}）")
    said = "\n\n".join(part for part in parts if part)
    return said or " / ".join(each.label for each in bubble.choices)


def _numbered(answers: list[Choice]) -> list[str]:
    """Return the choices with the numbers that may be typed; what is chosen carries a mark."""
    return [
        f"{number}. {each.detail or each.ruby or each.label}{' ✓' if each.kind == 'picked' else ''}"
        for number, each in enumerate(answers, start=1)
    ]


def _texts(words: str) -> list[Json]:
    return [{"type": "text", "text": part} for part in split_utf16(words, MAX_TEXT)]


def _quick_reply(session: str, choice: Choice) -> Json:
    return {"type": "action", "action": _action(session, choice, choice.label, MAX_LABEL)}


def _action(session: str, choice: Choice, label: str, limit: int) -> Json:
    return {
        "type": "postback",
        "label": clip_graphemes(label, limit),
        "data": pick_data(session, choice.question, choice.code),
        "displayText": clip_graphemes(choice.label, MAX_DISPLAY_TEXT),
    }


def _list_of_buttons(bubble: Bubble, answers: list[Choice]) -> list[Json]:
    before: list[Json] = []
    heading = [{"type": "text", "text": bubble.text, "wrap": True, "weight": "bold"}]
    if utf16_length(bubble.text) > MAX_FLEX_TEXT:
        before = _texts(bubble.text)
    if before or not bubble.text:
        heading = []
    rows = [
        row
        for number, each in enumerate(answers, start=1)
        for row in _row(bubble.session, number, each)
    ]
    body = {
        "type": "box",
        "layout": "vertical",
        "spacing": "sm",
        "contents": [*heading, *rows],
    }
    flex = {
        "type": "flex",
        "altText": split_utf16(_words(bubble, answers), MAX_ALT_TEXT)[0],
        "contents": {"type": "bubble", "body": body},
    }
    return [*before, flex]


def _row(session: str, number: int, choice: Choice) -> list[Json]:
    """Return a button with its number and mark, and the choice in more words where there are.

    A button has one line, too short for furigana: they stand under it.
    """
    mark = " ✓" if choice.kind == "picked" else ""
    button = {
        "type": "button",
        "style": "primary" if choice.kind == "picked" else "secondary",
        "height": "sm",
        "action": _action(session, choice, f"{number}. {choice.label}{mark}", MAX_FLEX_LABEL),
    }
    more = _more(choice)
    if not more:
        return [button]
    text = {"type": "text", "text": more, "wrap": True, "size": "xs", "align": "center"}
    return [{**button, "margin": "md"}, {**text, "margin": "xs"}]


def _more(choice: Choice) -> str:
    """Return what stands under a button: an official name is told without the label before it."""
    label = choice.ruby or choice.label
    if not choice.detail.startswith(f"{label}（"):
        return choice.detail or choice.ruby
    name = choice.detail[len(label) + 1 : -1]
    if name in "".join(choice.label.split()):
        return choice.ruby
    return choice.detail if choice.ruby else name
