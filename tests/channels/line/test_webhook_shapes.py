"""Bodies of any shape under a right signature: answered, and never a broken turn."""

import copy
import json
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.core.model import Inbound
from handlers.sim import webhooks
from tests.channels.line.line_channel import DESTINATION, SECRET, LineChannel, an_app
from tests.support.service_tools import NOON

FIXTURES = sorted((Path(__file__).parent / "fixtures").glob("*.json"))
PATIENT = settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))

values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=True)
    | st.text(st.characters(codec=None), max_size=12),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner),
    max_leaves=8,
)
odd_text = st.text(st.characters(codec=None), max_size=20)
odd_id = st.sampled_from(["", "x" * 4_000, "a\x00b", "\ud83d", "é", " "]) | values
known_events = [event for path in FIXTURES for event in json.loads(path.read_bytes())["events"]]
inner_values = st.fixed_dictionaries(
    {},
    optional={
        "text": odd_text | values,
        "type": st.sampled_from(["text", "sticker", "hologram"]) | values,
        "id": odd_id,
        "data": odd_text | st.sampled_from(["s=1&q=Q1&a=SAFE_OK", "s=%00&q=%ED%A0%80&a=%FF,,"]),
        "params": values,
        "messageId": odd_id,
        "userId": odd_id,
    },
)
outer_values = st.fixed_dictionaries(
    {},
    optional={
        "type": st.sampled_from(["message", "postback", "unsend", "follow", "new"]) | values,
        "mode": st.sampled_from(["active", "standby", "resting"]) | values,
        "timestamp": st.integers() | values,
        "replyToken": odd_id,
        "source": values,
        "message": values,
        "postback": values,
        "unsend": values,
        "deliveryContext": values,
    },
)


@st.composite
def an_event(draw) -> dict[str, Any]:
    """A real event, most often with something wrong in it or around it."""
    event: dict[str, Any] = copy.deepcopy(draw(st.sampled_from(known_events)))
    event["webhookEventId"] = draw(st.uuids().map(str) | st.uuids().map(str) | odd_id)
    for part in ("message", "postback", "unsend", "source"):
        if isinstance(event.get(part), dict) and draw(st.booleans()):
            event[part] |= {k: v for k, v in draw(inner_values).items() if k in event[part]}
    if draw(st.booleans()):
        event |= draw(outer_values)
    return event


@PATIENT
@given(st.fixed_dictionaries({"events": st.lists(an_event() | values, max_size=4)}) | values)
def test_whatever_is_signed_is_answered_with_200_or_400(shape):
    seen: list[Inbound] = []
    app = an_app(seen.extend, lambda: NOON)
    body = json.dumps(shape).encode()
    answer = app.test_client().post(
        "/line/webhook", data=body, headers={"X-Line-Signature": webhooks.sign(SECRET, body)}
    )
    is_webhook = isinstance(shape, dict) and isinstance(shape.get("events"), list)
    assert answer.status_code == (200 if is_webhook else 400)
    for each in seen:
        assert 0 < len(each.address) <= 100
        assert 0 < len(each.event_id) <= 100
        assert 0 < each.occurred_at < 2**53
        words = f"{each.text}{each.address}{each.event_id}{each.message_id}{each.reply_token}"
        assert "\x00" not in words + "".join(each.pick.codes if each.pick else ())
        words.encode()


@PATIENT
@given(st.lists(an_event(), max_size=4))
def test_whatever_is_signed_gets_its_turns_without_a_failure(events):
    line = LineChannel()
    body = json.dumps({"destination": DESTINATION, "events": events}).encode()
    assert line.post(body).status_code == 200
    with line.office.transaction() as work:
        assert work.inbox.due(NOON * 2, 10) == []
        assert work.inbox.set_aside_list(10) == []
