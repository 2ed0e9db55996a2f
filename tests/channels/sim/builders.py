"""Messages as a bot would send them, with sane defaults."""

from typing import Any

Json = dict[str, Any]


def a_text(text: str = "こんにちは", **more: Any) -> Json:
    return {"type": "text", "text": text} | more


def a_postback(label: str = "はい", data: str = "s=1&q=Q1&a=SAFE_OK", **more: Any) -> Json:
    return {"type": "postback", "label": label, "data": data, "displayText": label} | more


def quick_replies(*actions: Json) -> Json:
    return {"items": [{"type": "action", "action": each} for each in actions]}


def a_flex(*components: Json, alt_text: str = "まとめ", **bubble: Any) -> Json:
    body = {"type": "box", "layout": "vertical", "contents": list(components)}
    contents = {"type": "bubble", "body": body} | bubble
    return {"type": "flex", "altText": alt_text, "contents": contents}


def a_flex_text(text: str = "家賃", **more: Any) -> Json:
    return {"type": "text", "text": text, "wrap": True} | more


def a_flex_button(action: Json | None = None, **more: Any) -> Json:
    return {"type": "button", "action": action or a_postback()} | more


def a_template(**template: Any) -> Json:
    return {"type": "template", "altText": "選んでください", "template": template}
