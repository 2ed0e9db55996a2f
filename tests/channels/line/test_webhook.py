"""What the webhook answers: to LINE, to strangers, and to bodies nobody foresaw."""

import io
import json
from pathlib import Path

import pytest
import structlog

from bot.core.model import InboundKind
from handlers.line.webhook import MAX_BODY
from handlers.sim import webhooks
from tests.channels.line.line_channel import ANH, DESTINATION, SECRET, LineChannel, an_app
from tests.support.service_tools import NOON, phrase

BINA = "U" + "c2" * 16
FIXTURES = sorted((Path(__file__).parent / "fixtures").glob("*.json"))


@pytest.fixture
def line() -> LineChannel:
    return LineChannel()


# --- who may speak -----------------------------------------------------------------------------


def test_the_connection_check_of_the_platform_is_answered(line):
    body = b'{"destination":"U8e742f61d673b39c7fff3cecb7536ef0","events":[]}'
    assert line.post(body, "GhRKmvmHys4Pi8DxkF4+EayaH0OqtJtaZxgTD9fMDLs=").status_code == 200
    assert line.received == []


@pytest.mark.parametrize(
    "signature",
    ["", "x", "GhRKmvmHys4Pi8DxkF4+EayaH0OqtJtaZxgTD9fMDLs=", "é" * 44, "A" * 5_000, "=" * 44],
)
def test_a_wrong_signature_is_refused_and_nothing_is_stored(line, signature):
    body = webhooks.body(DESTINATION, line.text("はじめまして"))
    assert line.post(body, signature).status_code == 400
    assert not line.stored()
    assert line.received == []


def test_a_body_without_a_signature_is_refused(line):
    body = webhooks.body(DESTINATION, line.text("はじめまして"))
    assert line.client.post("/line/webhook", data=body).status_code == 400
    assert line.received == []


def test_a_signature_of_another_secret_or_of_another_body_is_refused(line):
    body = webhooks.body(DESTINATION, line.text("はじめまして"))
    assert line.post(body, webhooks.sign("another", body)).status_code == 400
    assert line.post(body + b" ", webhooks.sign(SECRET, body)).status_code == 400
    assert line.received == []


def test_the_name_of_the_header_may_be_written_in_any_case(line):
    body = webhooks.body(DESTINATION, line.text("はじめまして"))
    headers = {"x-LINE-signature": webhooks.sign(SECRET, body)}
    assert line.client.post("/line/webhook", data=body, headers=headers).status_code == 200
    assert line.stored()


def test_only_posts_are_answered(line):
    assert line.client.get("/line/webhook").status_code == 405


# --- bodies that are no webhook ----------------------------------------------------------------


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"\xff\xfe\x00",
        b"not json",
        b"[]",
        b"null",
        b"7",
        b'"events"',
        b"{}",
        b'{"events": null}',
        b'{"events": {}}',
        b'{"events": "text"}',
        b'{"events": ' + b"[" * 50_000,
        b'{"events": [' + b'{"a":' * 50_000 + b"1" + b"}" * 50_000 + b"]}",
        b'{"events": [' + b"9" * 5_000 + b"]}",
        b'\xef\xbb\xbf{"events": []}',
    ],
)
def test_a_signed_body_that_is_no_webhook_is_refused(line, body):
    assert line.post(body).status_code == 400
    assert line.received == []


def test_a_huge_body_is_refused_before_it_is_read(line):
    assert line.post(b'{"events": []}'.ljust(MAX_BODY + 1)).status_code == 413
    assert line.post(b'{"events": []}'.ljust(MAX_BODY)).status_code == 200


def test_a_huge_body_of_unknown_length_is_read_no_further_than_the_limit(line):
    body = webhooks.body(DESTINATION, line.text("はじめまして")).ljust(2 * MAX_BODY)
    stream = io.BytesIO(body)
    answer = line.client.post(
        "/line/webhook",
        input_stream=stream,
        headers={"X-Line-Signature": webhooks.sign(SECRET, body)},
        environ_overrides={"wsgi.input_terminated": True, "HTTP_TRANSFER_ENCODING": "chunked"},
    )
    assert answer.status_code == 400
    assert stream.tell() <= MAX_BODY
    assert line.received == []


@pytest.mark.parametrize(
    "event",
    [
        None,
        7,
        "text",
        [],
        {},
        {"type": None},
        {"type": ["message"]},
        {"type": "message"},
        {"type": "postback", "postback": {"data": 7}},
        {"type": "message", "message": "hi", "source": "me"},
        {"type": "unsend", "unsend": None, "source": {"type": "user", "userId": ANH}},
    ],
)
def test_an_event_of_no_shape_does_not_spoil_its_neighbours(line, event):
    body = json.dumps({"destination": DESTINATION, "events": [event, line.text("聞こえますか")]})
    assert line.post(body.encode()).status_code == 200
    assert [each.text for each in line.received] == ["聞こえますか"]


# --- what becomes of events --------------------------------------------------------------------


@pytest.mark.parametrize("path", FIXTURES, ids=lambda path: path.stem)
def test_every_payload_of_the_platform_is_answered_and_gets_its_turn(line, path):
    assert line.post(path.read_bytes()).status_code == 200
    with line.office.transaction() as work:
        assert work.inbox.due(NOON * 2, 10) == []
        assert work.inbox.set_aside_list(10) == []


def test_a_replayed_body_changes_nothing(line):
    body = webhooks.body(DESTINATION, line.text("おなかがすきました"))
    line.post(body)
    messages, outcomes = line.person().messages, list(line.office.outcomes)
    for _ in range(3):
        assert line.post(body).status_code == 200
    again = webhooks.redelivered(json.loads(body)["events"][0])
    assert line.deliver(again) == 200
    assert line.person().messages == messages
    assert line.office.outcomes == outcomes


def test_the_same_event_twice_in_one_body_counts_once(line):
    event = line.text("おなかがすきました")
    line.deliver(event, event)
    assert len(line.person().own) == 1


def test_one_body_may_hold_several_people(line):
    line.deliver(
        line.text("ひとり", message_id="1"), line.text("ふたり", message_id="2", user=BINA)
    )
    assert [each.text for each in line.person().own] == ["ひとり"]
    assert [each.text for each in line.person(BINA).own] == ["ふたり"]


def test_groups_and_people_without_an_id_are_not_answered(line):
    content = webhooks.text_content("1", "みなさん", quote_token="q")
    for source in (
        webhooks.group("C" + "1" * 32, ANH),
        webhooks.room("R" + "1" * 32, ANH),
        webhooks.user(None),
    ):
        assert line.deliver(line.events.message(source, content, reply_token="t")) == 200
    assert not line.stored()


def test_an_unknown_mode_does_not_lose_the_batch(line):
    line.deliver(line.text("ひとつめ") | {"mode": "resting"}, line.text("ふたつめ", user=BINA))
    assert [each.text for each in line.received] == ["ひとつめ", "ふたつめ"]
    assert all(each.answerable for each in line.received)


def test_an_event_of_a_new_type_is_kept_without_an_answer(line):
    person = line.person().begins()
    before = person.messages
    assert line.deliver(line.events.unknown(webhooks.user(ANH))) == 200
    assert line.received[-1].kind is InboundKind.OTHER
    assert person.messages == before


def test_a_button_that_is_not_ours_brings_the_question_of_now(line):
    person = line.person().begins()
    tap = line.events.postback(webhooks.user(ANH), "action=buy&itemid=1", reply_token="t")
    assert line.deliver(tap) == 200
    assert person.answers[-1].startswith(phrase("bot.old_button"))
    assert person.state.node == "Q1"
    assert "SAFE_OK" in person.offered


def test_several_codes_in_one_tap_answer_a_multi_choice(line):
    person = line.person().begins()
    data = f"s={person.state.session}&q=Q1&a=SAFE_NO_BED,SAFE_CHILD,DONE"
    line.deliver(line.events.postback(webhooks.user(ANH), data, reply_token="t"))
    assert person.state.answers["Q1"].codes == ("SAFE_NO_BED", "SAFE_CHILD")


def test_a_store_that_is_away_is_told_to_line_so_that_it_may_deliver_again():
    def receive(_inbounds):
        raise ConnectionError

    app = an_app(receive, lambda: NOON)
    body = webhooks.body(DESTINATION, LineChannel().text("hi"))
    answer = app.test_client().post(
        "/line/webhook", data=body, headers={"X-Line-Signature": webhooks.sign(SECRET, body)}
    )
    assert answer.status_code == 500


def test_no_log_line_carries_what_was_written(line):
    with structlog.testing.capture_logs() as logged:
        line.deliver(line.text("だれにも言わないで"))
        line.post(webhooks.body(DESTINATION, line.text("だれにも言わないで")), "wrong")
        line.post('{"events": "だれにも言わないで"}'.encode())
    assert [each["event"] for each in logged] == ["webhook_refused", "webhook_malformed"]
    assert "だれにも" not in repr(logged)
