"""Every webhook the pretend phone can send is one that LINE's own SDK understands."""

import itertools
import json
import re

import pytest
from linebot.v3.exceptions import InvalidSignatureError
from linebot.v3.webhook import WebhookParser

from handlers.sim import webhooks
from handlers.sim.webhooks import WebhookEvents

SECRET = "8c570fa6dd201bb328f1c1eac23a96d8"
BOT = "U8e742f61d673b39c7fff3cecb7536ef0"
ANNA = webhooks.user("U" + "a" * 32)
GROUP = webhooks.group("C" + "c" * 32, "U" + "a" * 32)
ULID = re.compile(r"[0-7][0-9A-HJKMNP-TV-Z]{25}")

numbers = itertools.count()
make = WebhookEvents(
    now=lambda: 1_767_193_200.25,
    new_event_id=lambda: webhooks.ulid(1_767_193_200_250, str(next(numbers))),
)
TEXT = webhooks.text_content("1", "助けて", quote_token="q", mark_as_read_token="m")


def message(content):
    return make.message(ANNA, content, reply_token="r")


EVENTS = [
    (message(TEXT), "MessageEvent"),
    (make.message(GROUP, TEXT, reply_token="r"), "MessageEvent"),
    (make.message(webhooks.room("R" + "c" * 32), TEXT, reply_token="r"), "MessageEvent"),
    (message(webhooks.sticker_content("2", quote_token="q", keywords=("sad",))), "MessageEvent"),
    (message(webhooks.image_content("3", quote_token="q")), "MessageEvent"),
    (message(webhooks.image_content("3", quote_token="q", image_set=("s", 1, 2))), "MessageEvent"),
    (message(webhooks.image_content("3", quote_token="q", image_set=("s", 0, 0))), "MessageEvent"),
    (message(webhooks.video_content("4", quote_token="q")), "MessageEvent"),
    (message(webhooks.audio_content("5")), "MessageEvent"),
    (message(webhooks.file_content("6", name="a.pdf", size=2138)), "MessageEvent"),
    (message(webhooks.location_content("7", latitude=34.7, longitude=135.3)), "MessageEvent"),
    (make.message_edited(GROUP, TEXT, reply_token="r2"), "MessageEditedEvent"),
    (make.unsend(ANNA, "1"), "UnsendEvent"),
    (make.follow(ANNA, reply_token="r"), "FollowEvent"),
    (make.follow(ANNA, reply_token="r", is_unblocked=True), "FollowEvent"),
    (make.unfollow(ANNA), "UnfollowEvent"),
    (make.postback(ANNA, "s=1&q=Q1&a=DONE", reply_token="r"), "PostbackEvent"),
    (make.postback(ANNA, "d", reply_token="r", params={"date": "2026-01-01"}), "PostbackEvent"),
    (make.join(webhooks.group("C" + "c" * 32), reply_token="r"), "JoinEvent"),
    (make.leave(webhooks.group("C" + "c" * 32)), "LeaveEvent"),
    (make.member_joined(GROUP, "U" + "1" * 32, reply_token="r"), "MemberJoinedEvent"),
    (make.member_left(GROUP, "U" + "1" * 32), "MemberLeftEvent"),
    (make.beacon(ANNA, reply_token="r"), "BeaconEvent"),
    (make.account_link(ANNA, "nonce", reply_token="r"), "AccountLinkEvent"),
    (make.account_link_failed("nonce"), "AccountLinkEvent"),
    (make.video_play_complete(ANNA, "track", reply_token="r"), "VideoPlayCompleteEvent"),
    (make.membership(ANNA, reply_token="r"), "MembershipEvent"),
    (make.unknown(ANNA), "UnknownEvent"),
    (webhooks.as_standby(message(TEXT)), "MessageEvent"),
    # The SDK wants a reply token where LINE sends none: bots must read such events themselves.
    (webhooks.as_standby(make.follow(ANNA, reply_token="r")), "UnknownEvent"),
    (
        message(webhooks.sticker_content("8", quote_token="q", resource_type="HOLOGRAM")),
        "UnknownEvent",
    ),
    (webhooks.redelivered(message(TEXT)), "MessageEvent"),
    (make.message(webhooks.user(None), TEXT, reply_token="r"), "MessageEvent"),
]


@pytest.mark.parametrize(
    ("event", "name"), EVENTS, ids=[f"{n}-{each[0]['type']}" for n, each in enumerate(EVENTS)]
)
def test_every_event_is_parsed_by_the_sdk(event, name):
    body = webhooks.body(BOT, event)
    parsed = WebhookParser(SECRET).parse(body.decode(), webhooks.sign(SECRET, body))
    assert [type(each).__name__ for each in parsed] == [name]


def test_the_signature_is_the_documented_one():
    body = webhooks.body(BOT)
    assert body == b'{"destination":"U8e742f61d673b39c7fff3cecb7536ef0","events":[]}'
    assert webhooks.sign(SECRET, body) == "GhRKmvmHys4Pi8DxkF4+EayaH0OqtJtaZxgTD9fMDLs="


def test_one_changed_byte_breaks_the_signature():
    body = webhooks.body(BOT, make.unfollow(ANNA))
    with pytest.raises(InvalidSignatureError):
        WebhookParser(SECRET).parse(body.decode() + " ", webhooks.sign(SECRET, body))


def test_a_redelivered_event_differs_in_nothing_but_the_flag():
    event = message(TEXT)
    again = webhooks.redelivered(event)
    assert again["deliveryContext"] == {"isRedelivery": True}
    assert again | {"deliveryContext": event["deliveryContext"]} == event


def test_a_standby_event_has_no_reply_token():
    event = webhooks.as_standby(message(TEXT))
    assert event["mode"] == "standby"
    assert "replyToken" not in event


def test_event_ids_are_ulids_that_sort_by_time():
    early, late = (webhooks.ulid(at, "seed") for at in (1_767_193_200_250, 1_767_193_200_251))
    assert ULID.fullmatch(early)
    assert early < late
    assert early != webhooks.ulid(1_767_193_200_250, "another seed")


def test_times_are_in_milliseconds():
    assert json.loads(webhooks.body(BOT, message(TEXT)))["events"][0]["timestamp"] == (
        1_767_193_200_250
    )
