"""What LINE refuses in the `messages` of a reply or push, with its own error body."""

import re
from collections.abc import Iterator

from handlers.sim import flex_rules
from handlers.sim.rules import Json, Problem, action, between, https_url

_MESSAGES = 5
_TEXT = 5000
_ALT_TEXT = 1500
_QUICK_REPLIES = 13
_QUICK_REPLY_LABEL = 20
_TEMPLATE_LABEL = 20
_SENDER_NAME = 20
_PLACE_NAME = 100
_TITLE = 40
_BUTTONS = 4
_BUTTONS_TEXT = 160
_BUTTONS_TEXT_WITH_HEAD = 60
_CONFIRM_TEXT = 240
_CONFIRM_BUTTONS = 2
_COLUMNS = 10
_COLUMN_BUTTONS = 3
_COLUMN_TEXT = 120
_COLUMN_TEXT_WITH_HEAD = 60
_IMAGE_LABEL = 12

_TYPES = {
    *("text", "textV2", "sticker", "image", "video", "audio", "location"),
    *("imagemap", "template", "flex"),
}
_URLS = {
    "image": ("originalContentUrl", "previewImageUrl"),
    "video": ("originalContentUrl", "previewImageUrl"),
    "audio": ("originalContentUrl",),
}
_SUBSTITUTION = re.compile(r"\{\{|\}\}|\{([0-9a-zA-Z_]{1,20})\}")


def refusal(messages: object) -> Json | None:
    """Return LINE's error body (status 400) for these messages, or None where it takes them."""
    if not isinstance(messages, list) or not 1 <= len(messages) <= _MESSAGES:
        return error_body([Problem(f"Size must be between 1 and {_MESSAGES}", "messages")])
    problems = [
        problem
        for index, message in enumerate(messages)
        for problem in _envelope(message, f"messages[{index}]")
    ]
    if problems:
        return error_body(problems)
    for index, message in enumerate(messages):
        if details := list(_inner(message)):
            title = f"A message (messages[{index}]) in the request body is invalid"
            return {"message": title, "details": [each._asdict() for each in details]}
    return None


def error_body(problems: list[Problem]) -> Json:
    """Return the error body that counts and lists `problems`."""
    return {
        "message": f"The request body has {len(problems)} error(s)",
        "details": [each._asdict() for each in problems],
    }


def _envelope(message: object, at: str) -> Iterator[Problem]:
    if not isinstance(message, dict):
        yield Problem("May not be empty", at)
        return
    kind = message.get("type")
    if kind not in _TYPES:
        yield Problem(
            "Must be one of the following values: [" + ", ".join(sorted(_TYPES)) + "]", f"{at}.type"
        )
        return
    yield from _content(kind, message, at)
    if "quickReply" in message:
        yield from _quick_reply(message["quickReply"], f"{at}.quickReply")
    if "sender" in message:
        yield from _sender(message["sender"], f"{at}.sender")


def _content(kind: str, message: Json, at: str) -> Iterator[Problem]:
    match kind:
        case "text":
            yield from between(message.get("text"), f"{at}.text", upto=_TEXT)
        case "textV2":
            yield from between(message.get("text"), f"{at}.text", upto=_TEXT)
            yield from _braces(message, at)
        case "sticker":
            yield from _sticker(message, at)
        case "location":
            yield from _location(message, at)
        case "template" | "flex" | "imagemap":
            yield from between(message.get("altText"), f"{at}.altText", upto=_ALT_TEXT)
        case _:
            for name in _URLS[kind]:
                yield from https_url(message.get(name), f"{at}.{name}")


def _sticker(message: Json, at: str) -> Iterator[Problem]:
    for name in ("packageId", "stickerId"):
        if not str(message.get(name, "")).isdecimal():
            yield Problem("May not be empty", f"{at}.{name}")


def _location(message: Json, at: str) -> Iterator[Problem]:
    for name in ("title", "address"):
        yield from between(message.get(name), f"{at}.{name}", upto=_PLACE_NAME)
    for name in ("latitude", "longitude"):
        if not isinstance(message.get(name), int | float):
            yield Problem("May not be empty", f"{at}.{name}")


def _braces(message: Json, at: str) -> Iterator[Problem]:
    known = message.get("substitution") or {}
    text = str(message.get("text", ""))
    unknown = [key for key in _SUBSTITUTION.findall(text) if key and key not in known]
    rest = _SUBSTITUTION.sub("", text)
    if unknown or "{" in rest or "}" in rest:
        yield Problem("Placeholders must be escaped or have a substitution", f"{at}.text")


def _quick_reply(value: object, at: str) -> Iterator[Problem]:
    items = value.get("items") if isinstance(value, dict) else None
    if not isinstance(items, list) or not 1 <= len(items) <= _QUICK_REPLIES:
        yield Problem(f"Size must be between 1 and {_QUICK_REPLIES}", f"{at}.items")
        return
    for index, item in enumerate(items):
        here = f"{at}.items[{index}]"
        if not isinstance(item, dict) or item.get("type", "action") != "action":
            yield Problem("Must be one of the following values: [action]", f"{here}.type")
            continue
        if "imageUrl" in item:
            yield from https_url(item["imageUrl"], f"{here}.imageUrl")
        for problem in action(
            item.get("action"),
            f"{here}.action",
            label_upto=_QUICK_REPLY_LABEL,
            label_required=True,
            quick_reply=True,
        ):
            yield problem._replace(property=problem.property.replace("/", "."))


def _sender(value: object, at: str) -> Iterator[Problem]:
    if not isinstance(value, dict):
        yield Problem("invalid property", at)
        return
    if "name" in value:
        yield from between(value["name"], f"{at}.name", upto=_SENDER_NAME)
        if "line" in str(value["name"]).lower().split():
            yield Problem("Contains a word that may not be used", f"{at}.name")
    if "iconUrl" in value:
        yield from https_url(value["iconUrl"], f"{at}.iconUrl")


def _inner(message: Json) -> Iterator[Problem]:
    if message["type"] == "flex":
        yield from flex_rules.container(message.get("contents"))
    if message["type"] == "template":
        yield from _template(message.get("template"))


def _template(value: object) -> Iterator[Problem]:
    if not isinstance(value, dict):
        yield Problem("May not be empty", "template")
        return
    match value.get("type"):
        case "buttons":
            limit = _BUTTONS_TEXT_WITH_HEAD if _has_head(value) else _BUTTONS_TEXT
            yield from _words(value, "template", limit)
            yield from _actions(value, "template", 1, _BUTTONS)
        case "confirm":
            yield from _words(value, "template", _CONFIRM_TEXT)
            yield from _actions(value, "template", _CONFIRM_BUTTONS, _CONFIRM_BUTTONS)
        case "carousel":
            yield from _carousel(value.get("columns"))
        case "image_carousel":
            yield from _image_carousel(value.get("columns"))
        case _:
            yield Problem("invalid property", "template/type")


def _has_head(value: Json) -> bool:
    return "title" in value or "thumbnailImageUrl" in value


def _words(value: Json, at: str, limit: int) -> Iterator[Problem]:
    yield from between(value.get("text"), f"{at}/text", upto=limit, graphemes=True)
    if "title" in value:
        yield from between(value["title"], f"{at}/title", upto=_TITLE, graphemes=True)
    if "thumbnailImageUrl" in value:
        yield from https_url(value["thumbnailImageUrl"], f"{at}/thumbnailImageUrl")


def _actions(value: Json, at: str, least: int, most: int) -> Iterator[Problem]:
    actions = value.get("actions")
    if not isinstance(actions, list) or not least <= len(actions) <= most:
        yield Problem(f"size must be between {least} and {most}", f"{at}/actions")
        return
    for index, each in enumerate(actions):
        here = f"{at}/actions/{index}"
        yield from action(each, here, label_upto=_TEMPLATE_LABEL, label_required=True)


def _columns(value: object) -> list[Json] | None:
    if not isinstance(value, list) or not 1 <= len(value) <= _COLUMNS:
        return None
    return value if all(isinstance(each, dict) for each in value) else None


def _carousel(value: object) -> Iterator[Problem]:
    columns = _columns(value)
    if columns is None:
        yield Problem(f"size must be between 1 and {_COLUMNS}", "template/columns")
        return
    shapes = {
        (len(each.get("actions") or ()), "title" in each, "thumbnailImageUrl" in each)
        for each in columns
    }
    if len(shapes) > 1:
        yield Problem("columns must have the same actions, title and image", "template/columns")
    for index, each in enumerate(columns):
        at = f"template/columns/{index}"
        yield from _words(each, at, _COLUMN_TEXT_WITH_HEAD if _has_head(each) else _COLUMN_TEXT)
        yield from _actions(each, at, 1, _COLUMN_BUTTONS)


def _image_carousel(value: object) -> Iterator[Problem]:
    columns = _columns(value)
    if columns is None:
        yield Problem(f"size must be between 1 and {_COLUMNS}", "template/columns")
        return
    for index, each in enumerate(columns):
        at = f"template/columns/{index}"
        yield from https_url(each.get("imageUrl"), f"{at}/imageUrl")
        yield from action(
            each.get("action"), f"{at}/action", label_upto=_IMAGE_LABEL, label_required=False
        )
