"""What LINE refuses in Flex Messages: unknown fields, empty texts, buttons without a label."""

import json
import re
from collections.abc import Iterator
from typing import Any

from handlers.sim.rules import Json, Problem, action, between, https_url

_BUBBLE_BYTES = 30_000
_CAROUSEL_BYTES = 50_000
_BUBBLES = 12
_LABEL = 40

_PLACE = {"position", "offsetTop", "offsetBottom", "offsetStart", "offsetEnd"}
_PADDING = {"paddingAll", "paddingTop", "paddingBottom", "paddingStart", "paddingEnd"}
_FACE = {"size", "color", "weight", "style", "decoration"}
_FIELDS: dict[str, set[str]] = {
    "box": _PLACE
    | _PADDING
    | {"layout", "contents", "flex", "spacing", "margin", "backgroundColor", "background"}
    | {"borderColor", "borderWidth", "cornerRadius", "width", "maxWidth", "height", "maxHeight"}
    | {"justifyContent", "alignItems", "action"},
    "text": _PLACE
    | _FACE
    | {"text", "contents", "flex", "margin", "align", "gravity", "wrap", "lineSpacing"}
    | {"maxLines", "adjustMode", "scaling", "action"},
    "span": _FACE | {"text"},
    "button": _PLACE
    | {"action", "flex", "margin", "height", "style", "color", "gravity", "adjustMode", "scaling"},
    "image": _PLACE
    | {"url", "flex", "margin", "align", "gravity", "size", "aspectRatio", "aspectMode"}
    | {"backgroundColor", "action", "animated"},
    "icon": _PLACE | {"url", "margin", "size", "aspectRatio", "scaling"},
    "video": {"url", "previewUrl", "altContent", "aspectRatio", "action"},
    "separator": {"margin", "color"},
    "filler": {"flex"},
}
_BUBBLE_FIELDS = {"direction", "styles", "header", "hero", "body", "footer", "size", "action"}
_BLOCKS = {
    "header": {"box"},
    "hero": {"box", "image", "video"},
    "body": {"box"},
    "footer": {"box"},
}
_IN_BOX = {"box", "text", "button", "image", "separator", "filler"}
_IN_BASELINE = {"text", "icon", "filler"}

_COLOR = re.compile(r"#[0-9a-fA-F]{6}(?:[0-9a-fA-F]{2})?")
_SPACE = re.compile(r"none|xs|sm|md|lg|xl|xxl|\d+(\.\d+)?px")
_TEXT_SIZE = re.compile(r"xxs|xs|sm|md|lg|xl|xxl|[345]xl|\d+(\.\d+)?px")
_VALUES: dict[str, re.Pattern[str]] = {
    "layout": re.compile("horizontal|vertical|baseline"),
    "weight": re.compile("regular|bold"),
    "align": re.compile("start|end|center"),
    "gravity": re.compile("top|bottom|center"),
    "decoration": re.compile("none|underline|line-through"),
    "position": re.compile("relative|absolute"),
    "justifyContent": re.compile("center|flex-start|flex-end|space-(between|around|evenly)"),
    "alignItems": re.compile("center|flex-start|flex-end"),
    "adjustMode": re.compile("shrink-to-fit"),
    "color": _COLOR,
    "backgroundColor": _COLOR,
    "borderColor": _COLOR,
    "margin": _SPACE,
    "spacing": _SPACE,
    "borderWidth": re.compile(r"none|light|normal|medium|semi-bold|bold|\d+(\.\d+)?px"),
    "cornerRadius": re.compile(r"none|xs|sm|md|lg|xl|xxl|\d+(\.\d+)?px"),
}
_VALUES_OF: dict[tuple[str, str], re.Pattern[str]] = {
    ("text", "size"): _TEXT_SIZE,
    ("span", "size"): _TEXT_SIZE,
    ("text", "style"): re.compile("normal|italic"),
    ("button", "style"): re.compile("primary|secondary|link"),
    ("button", "height"): re.compile("sm|md"),
}
_BUBBLE_SIZES = {"nano", "micro", "deca", "hecto", "kilo", "mega", "giga"}


def container(value: object) -> Iterator[Problem]:
    """Refuse what LINE would not show as a bubble or a carousel; places as JSON pointers."""
    if not isinstance(value, dict):
        yield Problem("May not be empty", "/")
        return
    match value.get("type"):
        case "bubble":
            yield from _bubble(value, "")
        case "carousel":
            yield from _carousel(value)
        case _:
            yield Problem("invalid property", "/type")


def _carousel(value: Json) -> Iterator[Problem]:
    bubbles = value.get("contents")
    if not isinstance(bubbles, list) or not 1 <= len(bubbles) <= _BUBBLES:
        yield Problem(f"size must be between 1 and {_BUBBLES}", "/contents")
        return
    if _bytes(value) > _CAROUSEL_BYTES:
        yield Problem("carousel is too large", "/")
    for index, each in enumerate(bubbles):
        if not isinstance(each, dict) or each.get("type") != "bubble":
            yield Problem("invalid property", f"/contents/{index}")
            continue
        if each.get("size") != bubbles[0].get("size"):
            yield Problem("bubbles must have the same size", f"/contents/{index}/size")
        yield from _bubble(each, f"/contents/{index}")


def _bubble(value: Json, at: str) -> Iterator[Problem]:
    if _bytes(value) > _BUBBLE_BYTES:
        yield Problem("bubble is too large", at or "/")
    for name in value.keys() - _BUBBLE_FIELDS - {"type"}:
        yield Problem("unknown field", f"{at}/{name}")
    if "size" in value and value["size"] not in _BUBBLE_SIZES:
        yield Problem("invalid property", f"{at}/size")
    if not value.keys() & _BLOCKS.keys():
        yield Problem("At least one block must be specified", at or "/")
    if "action" in value:
        yield from action(value["action"], f"{at}/action", label_upto=_LABEL, label_required=False)
    for name, kinds in _BLOCKS.items():
        if name in value:
            yield from _component(value[name], f"{at}/{name}", kinds)


def _component(value: object, at: str, kinds: set[str]) -> Iterator[Problem]:
    if not isinstance(value, dict) or value.get("type") not in kinds:
        yield Problem("invalid property", f"{at}/type")
        return
    kind = value["type"]
    for name in value.keys() - _FIELDS[kind] - {"type"}:
        yield Problem("unknown field", f"{at}/{name}")
    yield from _property_values(kind, value, at)
    if "action" in value and kind != "button":
        yield from action(value["action"], f"{at}/action", label_upto=_LABEL, label_required=False)
    match kind:
        case "box":
            yield from _box(value, at)
        case "text":
            yield from _text(value, at)
        case "button":
            act = value.get("action")
            yield from action(act, f"{at}/action", label_upto=_LABEL, label_required=True)
        case "image" | "icon" | "video":
            yield from https_url(value.get("url"), f"{at}/url")
        case _:
            pass  # Separators and fillers hold nothing to check.


def _box(value: Json, at: str) -> Iterator[Problem]:
    if "layout" not in value:
        yield Problem("May not be empty", f"{at}/layout")
    children = value.get("contents")
    if not isinstance(children, list):
        yield Problem("May not be empty", f"{at}/contents")
        return
    kinds = _IN_BASELINE if value.get("layout") == "baseline" else _IN_BOX
    for index, child in enumerate(children):
        yield from _component(child, f"{at}/contents/{index}", kinds)


def _text(value: Json, at: str) -> Iterator[Problem]:
    spans = value.get("contents")
    if not spans:
        # No length is documented for a text component: the bubble's own size is the limit.
        yield from between(value.get("text"), f"{at}/text", upto=_BUBBLE_BYTES)
        return
    for index, span in enumerate(spans if isinstance(spans, list) else [spans]):
        yield from _component(span, f"{at}/contents/{index}", {"span"})


def _property_values(kind: str, value: Json, at: str) -> Iterator[Problem]:
    for name, given in value.items():
        allowed = _VALUES_OF.get((kind, name)) or _VALUES.get(name)
        if allowed is not None and not (isinstance(given, str) and allowed.fullmatch(given)):
            yield Problem("invalid property", f"{at}/{name}")
    if "flex" in value and not _is_natural(value["flex"]):
        yield Problem("invalid property", f"{at}/flex")
    if "wrap" in value and not isinstance(value["wrap"], bool):
        yield Problem("invalid property", f"{at}/wrap")


def _is_natural(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0


def _bytes(value: Json) -> int:
    return len(json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode())
