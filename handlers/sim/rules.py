"""What LINE refuses in message objects: numbers and shapes that its schema does not hold.

Lengths: labels and displayed action texts count in grapheme clusters, everything else in UTF-16
code units (LINE documentation, "Character counting in a text").
"""

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from bot.core.graphemes import grapheme_count, utf16_length

Json = dict[str, Any]


class Problem(NamedTuple):
    """One detail of a refusal: LINE's words and the place in the request."""

    message: str
    property: str


_POSTBACK_DATA = 300
_ACTION_TEXT = 300
_URI = 1000
_CLIPBOARD = 1000
_IMAGE_URL = 2000
_SCHEMES = ("http:", "https:", "line:", "tel:")
_EVERYWHERE = {"postback", "message", "uri", "datetimepicker", "clipboard"}
_QUICK_REPLY_ONLY = {"camera", "cameraRoll", "location"}
_ACTION_FIELDS = {
    "postback": {"data", "displayText", "text", "inputOption", "fillInText"},
    "message": {"text"},
    "uri": {"uri", "altUri"},
    "datetimepicker": {"data", "mode", "initial", "max", "min"},
    "clipboard": {"clipboardText"},
    "camera": set(),
    "cameraRoll": set(),
    "location": set(),
}
_INPUT_OPTIONS = {"closeRichMenu", "openRichMenu", "openKeyboard", "openVoice"}
_DATE_FORMS = {
    "date": re.compile(r"\d{4}-\d\d-\d\d"),
    "time": re.compile(r"\d\d:\d\d"),
    "datetime": re.compile(r"\d{4}-\d\d-\d\d[tT]\d\d:\d\d"),
}


def between(value: object, at: str, *, upto: int, graphemes: bool = False) -> Iterator[Problem]:
    """Refuse what is not a text of 1 to `upto` units (graphemes or UTF-16)."""
    if not isinstance(value, str) or not value:
        yield Problem("May not be empty", at)
        return
    length = grapheme_count(value) if graphemes else utf16_length(value)
    if length > upto:
        yield Problem(f"Length must be between 0 and {upto}", at)


def https_url(value: object, at: str) -> Iterator[Problem]:
    """Refuse what is not an https address of at most 2,000 units, percent-encoded."""
    yield from between(value, at, upto=_IMAGE_URL)
    if isinstance(value, str) and not (value.startswith("https://") and value.isascii()):
        yield Problem("Must be a valid HTTPS URL", at)


def action(
    value: object, at: str, *, label_upto: int, label_required: bool, quick_reply: bool = False
) -> Iterator[Problem]:
    """Refuse what is not an action allowed in this place (LINE reference, "Action objects")."""
    if not isinstance(value, dict):
        yield Problem("May not be empty", at)
        return
    kind = value.get("type")
    if kind not in _EVERYWHERE | (_QUICK_REPLY_ONLY if quick_reply else set()):
        yield Problem("invalid action type", f"{at}/type")
        return
    for name in value.keys() - _ACTION_FIELDS[kind] - {"type", "label"}:
        yield Problem("unknown field", f"{at}/{name}")
    if label_required or "label" in value:
        yield from between(value.get("label"), f"{at}/label", upto=label_upto, graphemes=True)
    yield from _action_details(kind, value, at)


def _action_details(kind: str, value: Json, at: str) -> Iterator[Problem]:
    match kind:
        case "postback":
            yield from _postback(value, at)
        case "message":
            yield from between(value.get("text"), f"{at}/text", upto=_ACTION_TEXT, graphemes=True)
        case "uri":
            yield from between(value.get("uri"), f"{at}/uri", upto=_URI)
            if not str(value.get("uri", "")).lower().startswith(_SCHEMES):
                yield Problem("invalid uri scheme", f"{at}/uri")
        case "clipboard":
            text = value.get("clipboardText")
            yield from between(text, f"{at}/clipboardText", upto=_CLIPBOARD)
        case "datetimepicker":
            yield from _datetime_picker(value, at)
        case _:
            pass  # Cameras and places carry nothing but their label.


def _postback(value: Json, at: str) -> Iterator[Problem]:
    yield from between(value.get("data"), f"{at}/data", upto=_POSTBACK_DATA)
    for name in ("displayText", "text", "fillInText"):
        if name in value:
            yield from between(value[name], f"{at}/{name}", upto=_ACTION_TEXT, graphemes=True)
    if "displayText" in value and "text" in value:
        yield Problem("displayText and text can't be specified together", f"{at}/displayText")
    option = value.get("inputOption")
    if option is not None and option not in _INPUT_OPTIONS:
        yield Problem("invalid property", f"{at}/inputOption")
    if "fillInText" in value and option != "openKeyboard":
        yield Problem("fillInText needs inputOption openKeyboard", f"{at}/fillInText")


def _datetime_picker(value: Json, at: str) -> Iterator[Problem]:
    yield from between(value.get("data"), f"{at}/data", upto=_POSTBACK_DATA)
    form = _DATE_FORMS.get(str(value.get("mode")))
    if form is None:
        yield Problem("invalid property", f"{at}/mode")
        return
    for name in ("initial", "max", "min"):
        if name in value and not form.fullmatch(str(value[name])):
            yield Problem("invalid property", f"{at}/{name}")
    if "min" in value and "max" in value and str(value["min"]) >= str(value["max"]):
        yield Problem("min must be before max", f"{at}/min")
