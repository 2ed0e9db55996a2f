"""Every event type of the platform → the words every channel shares."""

import json
from pathlib import Path

import pytest
from linebot.v3.webhook import UnknownEvent, WebhookParser

from bot.core.model import Channel, Inbound, InboundKind, Pick
from handlers.line.events import NO_PICK, from_unknown, pick_data, pick_of, to_inbound
from handlers.sim import webhooks

FIXTURES = Path(__file__).parent / "fixtures"
ANH = "U" + "a1" * 16
BINA = "U" + "c2" * 16
RECEIVED = 1_795_600_000_000
SECRET = "8c570fa6dd201bb328f1c1eac23a96d8"
SAFE_OK = Pick("k3Jd9-_a", "Q1", ("SAFE_OK",))
KINDS = {
    "connection_check": [],
    "message_text": ["text"],
    "message_text_with_everything": ["text"],
    "message_text_without_a_quote_token": ["text"],
    "message_image": ["media"],
    "message_image_external": ["media"],
    "message_image_set": ["media", "media"],
    "message_image_set_of_an_old_phone": ["media"],
    "message_video": ["media"],
    "message_audio": ["media"],
    "message_file": ["media"],
    "message_location": ["media"],
    "message_location_without_a_name": ["media"],
    "message_sticker": ["sticker"],
    "message_sticker_of_a_new_resource_type": ["sticker"],
    "message_of_a_new_type": ["media"],
    "message_edited_by_a_person": ["edit"],
    "message_edited_in_a_group": [],
    "message_in_a_group": [],
    "message_in_a_room": [],
    "message_without_a_user_id": [],
    "unsend": ["unsend"],
    "unsend_in_a_group": [],
    "follow": ["follow"],
    "follow_after_a_block": ["follow"],
    "unfollow": ["unfollow"],
    "postback": ["pick"],
    "postback_of_several_codes": ["pick"],
    "postback_that_is_not_ours": ["pick"],
    "postback_date_picker": ["pick"],
    "postback_rich_menu_switch": ["other"],
    "join": [],
    "leave": [],
    "member_joined": [],
    "member_left": [],
    "account_link": ["other"],
    "account_link_failed": [],
    "beacon": ["other"],
    "beacon_with_a_device_message": ["other"],
    "video_play_complete": ["other"],
    "membership_joined": ["other"],
    "membership_left": ["other"],
    "membership_renewed": ["other"],
    "activated": ["other"],
    "deactivated": ["other"],
    "bot_suspended": [],
    "bot_resumed": [],
    "module_attached": [],
    "module_detached": [],
    "delivery": [],
    "event_of_a_new_type": ["other"],
    "standby_text": ["text"],
    "standby_follow": ["follow"],
    "standby_postback": ["pick"],
    "a_new_mode_spoils_no_neighbour": ["text", "pick", "unsend", "unfollow"],
    "redelivered": ["text"],
    "several_people": ["text", "text", "other", "sticker", "pick"],
}


def raw_events(name: str) -> list[webhooks.Event]:
    events: list[webhooks.Event] = json.loads((FIXTURES / f"{name}.json").read_bytes())["events"]
    return events


def as_typed(name: str) -> list[Inbound | None]:
    """By the SDK, as far as it knows the event."""
    raw = raw_events(name)
    body = webhooks.body("U" + "b0" * 16, *raw).decode()
    try:
        events = WebhookParser(SECRET, lambda: True).parse(body, "")
    except Exception:  # noqa: BLE001  # an unknown mode
        events = [UnknownEvent] * len(raw)
    return [
        from_unknown(each, RECEIVED)
        if event is UnknownEvent or isinstance(event, UnknownEvent)
        else to_inbound(event, RECEIVED)
        for event, each in zip(events, raw, strict=True)
    ]


def as_json(name: str) -> list[Inbound | None]:
    return [from_unknown(each, RECEIVED) for each in raw_events(name)]


def one(name: str) -> Inbound:
    [inbound] = as_typed(name)
    assert inbound is not None
    return inbound


def test_every_payload_has_its_meaning_written_down():
    assert {path.stem for path in FIXTURES.glob("*.json")} == set(KINDS)


@pytest.mark.parametrize("name", KINDS)
def test_every_payload_becomes_what_it_means(name):
    assert [each.kind for each in as_typed(name) if each is not None] == KINDS[name]


@pytest.mark.parametrize("name", KINDS)
def test_an_event_the_sdk_cannot_type_means_the_same(name):
    assert as_json(name) == as_typed(name)


def test_a_text_keeps_who_when_and_what():
    inbound = one("message_text")
    [raw] = raw_events("message_text")
    assert inbound == Inbound(
        Channel.LINE,
        ANH,
        raw["webhookEventId"],
        raw["timestamp"],
        RECEIVED,
        InboundKind.TEXT,
        text="Tôi không có tiền để ăn 🍚",
        message_id=raw["message"]["id"],
        reply_token=raw["replyToken"],
    )


@pytest.mark.parametrize(
    ("name", "pick"),
    [
        ("postback", SAFE_OK),
        ("standby_postback", SAFE_OK),
        ("postback_of_several_codes", Pick("k3Jd9-_a", "Q3", ("C03", "C15", "DONE"))),
        ("postback_date_picker", Pick("k3Jd9-_a", "Q12a_DATE", ("DATE",))),
        ("postback_that_is_not_ours", NO_PICK),
    ],
)
def test_a_tap_names_session_question_and_codes(name, pick):
    assert one(name).pick == pick


def test_an_unsend_names_the_message_that_was_taken_back():
    assert one("unsend").message_id == "561000000000000002"


@pytest.mark.parametrize("name", ["standby_text", "standby_follow", "standby_postback"])
def test_what_comes_in_standby_may_not_be_answered(name):
    inbound = one(name)
    assert not inbound.answerable
    assert inbound.reply_token == ""


def test_a_redelivered_event_keeps_its_id_and_time():
    [raw] = raw_events("redelivered")
    first = raw | {"deliveryContext": {"isRedelivery": False}}
    assert one("redelivered") == from_unknown(first, RECEIVED)


def test_several_people_in_one_body_stay_apart():
    people = [each.address for each in as_typed("several_people") if each is not None]
    assert people == [ANH, BINA, BINA, BINA, ANH]


@pytest.mark.parametrize(
    "data",
    ["", "a=1", "s=&q=&a=", "s=1&q=Q1", "s=1&q=Q1&a=,,", "%", "&" * 50, "s=1&q=2&a=" + "x" * 300],
)
def test_data_of_another_shape_is_no_choice(data):
    assert pick_of(data) is None


@pytest.mark.parametrize("code", ["SAFE_OK", "a&b=c", "हो", "100%", "a+b c"])
def test_a_choice_comes_back_as_it_was_sent_out(code):
    assert pick_of(pick_data("k3Jd9-_a", "Q1", code)) == Pick("k3Jd9-_a", "Q1", (code,))


def changed(name: str, **changes: object) -> Inbound | None:
    [raw] = raw_events(name)
    return from_unknown(raw | changes, RECEIVED)


@pytest.mark.parametrize("time", [None, "soon", -1, 0, 2**60, 1.5])
def test_an_impossible_time_is_the_time_of_arrival(time):
    inbound = changed("message_text", timestamp=time)
    assert inbound is not None
    assert inbound.occurred_at == RECEIVED


def test_characters_that_no_database_takes_are_left_out():
    text = {"id": "1", "type": "text", "text": "a\x00b\ud800c\nd\te"}
    inbound = changed("message_text", message=text)
    assert inbound is not None
    assert inbound.text == "abc\nd\te"
    assert pick_of("s=1%00&q=\ud800Q1&a=OK\x07") == Pick("1", "Q1", ("OK",))


@pytest.mark.parametrize("bad", ["", "x" * 101, "a\x00", "\ud800", 7, None, ["x"]])
def test_ids_that_line_would_never_use_are_not_taken(bad):
    assert changed("message_text", webhookEventId=bad) is None
    assert changed("message_text", source={"type": "user", "userId": bad}) is None
    for inbound in (
        changed("message_text", message={"id": bad, "type": "text", "text": "hi"}),
        changed("message_sticker", message={"id": bad, "type": "sticker"}),
    ):
        assert inbound is not None
        assert inbound.message_id == ""
    inbound = changed("unsend", unsend={"messageId": bad})
    assert inbound is not None
    assert inbound.kind is InboundKind.OTHER
