"""The stand-in refuses what LINE refuses, at LINE's own limits."""

from typing import Any

import pytest

from handlers.sim.message_rules import refusal
from tests.channels.sim.builders import (
    a_flex,
    a_flex_button,
    a_flex_text,
    a_postback,
    a_template,
    a_text,
    quick_replies,
)

FAMILY = "👨‍👩‍👧‍👦"  # one grapheme, 11 UTF-16 units
NEPALI = "क्षि"  # one grapheme, 4 UTF-16 units


def labelled(label: str) -> dict[str, Any]:
    return a_text(quickReply=quick_replies(a_postback(label)))


@pytest.mark.parametrize(
    "messages",
    [
        [a_text()] * 5,
        [a_text("あ" * 5000)],
        [a_text("😀" * 2500)],
        [labelled("x" * 20)],
        [labelled(FAMILY * 20)],
        [labelled(NEPALI * 20)],
        [a_text(quickReply=quick_replies(*[a_postback()] * 13))],
        [a_text(quickReply=quick_replies({"type": "camera", "label": "写真"}))],
        [a_text(quickReply=quick_replies(a_postback(data="d" * 300)))],
        [a_text(sender={"name": "相談員 佐藤"})],
        [{"type": "textV2", "text": "{{x}} {user}", "substitution": {"user": {"type": "mention"}}}],
        [a_flex(a_flex_text(), a_flex_button(a_postback(FAMILY * 40)))],
        [a_flex(a_flex_text(), alt_text="a" * 1500)],
        [
            a_flex(
                {"type": "text", "contents": [{"type": "span", "text": "一", "color": "#ff0000"}]}
            )
        ],
        [a_template(type="buttons", text="t" * 160, actions=[a_postback()] * 4)],
        [a_template(type="confirm", text="t" * 240, actions=[a_postback()] * 2)],
        [{"type": "sticker", "packageId": "446", "stickerId": "1988"}],
    ],
)
def test_messages_at_the_limits_pass(messages):
    assert refusal(messages) is None


@pytest.mark.parametrize(
    ("messages", "place"),
    [
        (None, "messages"),
        ([], "messages"),
        ([a_text()] * 6, "messages"),
        ([a_text("")], "messages[0].text"),
        ([a_text("あ" * 5001)], "messages[0].text"),
        ([a_text("😀" * 2501)], "messages[0].text"),
        ([a_text(), {"type": "carrierPigeon"}], "messages[1].type"),
        ([labelled("x" * 21)], "messages[0].quickReply.items[0].action.label"),
        ([labelled(FAMILY * 21)], "messages[0].quickReply.items[0].action.label"),
        ([labelled("")], "messages[0].quickReply.items[0].action.label"),
        (
            [a_text(quickReply=quick_replies(*[a_postback()] * 14))],
            "messages[0].quickReply.items",
        ),
        (
            [a_text(quickReply=quick_replies(a_postback(data="d" * 301)))],
            "messages[0].quickReply.items[0].action.data",
        ),
        (
            [a_text(quickReply=quick_replies(a_postback(displayText="d" * 301)))],
            "messages[0].quickReply.items[0].action.displayText",
        ),
        ([a_text(sender={"name": "n" * 21})], "messages[0].sender.name"),
        ([a_text(sender={"name": "LINE help"})], "messages[0].sender.name"),
        ([{"type": "textV2", "text": "I wrote {this}"}], "messages[0].text"),
        ([a_flex(a_flex_text(), alt_text="a" * 1501)], "messages[0].altText"),
        ([a_flex(a_flex_text(""))], "/body/contents/0/text"),
        ([a_flex(a_flex_text(wrapp=True))], "/body/contents/0/wrapp"),
        ([a_flex(a_flex_text(color="red"))], "/body/contents/0/color"),
        ([a_flex(a_flex_button(a_postback("x" * 41)))], "/body/contents/0/action/label"),
        (
            [a_flex(a_flex_button({"type": "postback", "data": "d"}))],
            "/body/contents/0/action/label",
        ),
        ([a_flex({"type": "icon", "url": "https://a.example/i.png"})], "/body/contents/0/type"),
        ([a_flex(a_flex_text("あ" * 10_000))], "/"),
        ([a_flex(a_flex_text(), size="huge")], "/size"),
        ([{"type": "flex", "altText": "a", "contents": {"type": "bubble"}}], "/"),
        ([a_template(type="buttons", text="t" * 161, actions=[a_postback()])], "template/text"),
        (
            [a_template(type="buttons", title="t", text="t" * 61, actions=[a_postback()])],
            "template/text",
        ),
        ([a_template(type="confirm", text="t", actions=[a_postback()])], "template/actions"),
        (
            [a_template(type="buttons", text="t", actions=[a_postback("x" * 21)])],
            "template/actions/0/label",
        ),
        (
            [
                a_template(
                    type="buttons",
                    text="t",
                    actions=[{"type": "uri", "label": "u", "uri": "ftp://a.example"}],
                )
            ],
            "template/actions/0/uri",
        ),
    ],
)
def test_messages_beyond_the_limits_are_refused_with_their_place(messages, place):
    body = refusal(messages)
    assert body is not None
    assert place in [detail["property"] for detail in body["details"]]
    assert body["message"]


def test_errors_inside_flex_name_the_message_as_line_does():
    body = refusal([a_text(), a_flex(a_flex_text(""))])
    assert body is not None
    assert body["message"] == "A message (messages[1]) in the request body is invalid"


def test_all_bubbles_of_a_carousel_have_one_size():
    small, large = (a_flex(a_flex_text(), size=size)["contents"] for size in ("kilo", "mega"))
    contents = {"type": "carousel", "contents": [small, large]}
    body = refusal([{"type": "flex", "altText": "a", "contents": contents}])
    assert body is not None
    assert body["details"][0]["property"] == "/contents/1/size"
