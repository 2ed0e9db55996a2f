"""How a parcel is handed to LINE, and which failure is which."""

import contextlib
import threading
import uuid
from collections.abc import Iterator
from dataclasses import replace
from itertools import count

import pytest
import structlog
from werkzeug.serving import make_server
from werkzeug.wrappers import Response

from bot.core.model import Bubble, Channel, Choice
from bot.errors import (
    DeliveryError,
    DeliveryLimitedError,
    DeliveryRefusedError,
    DeliveryUnknownError,
    QuotaSpentError,
    ReplyTokenSpentError,
)
from bot.service.records import Parcel
from handlers.line.sender import LineSender
from tests.support.line_api import ACCESS_TOKEN, LineApi, running_line_api
from tests.support.server import free_port

ANH = "U" + "a1" * 16
NOW = 1_795_600_000_000
SECRET_WORDS = "だれにも言わないで"
_numbers = count(1)


@pytest.fixture(scope="module")
def api() -> Iterator[LineApi]:
    with running_line_api() as api:
        yield api


@pytest.fixture(autouse=True)
def _a_clean_list(api):
    api.calls.clear()


def a_sender(host: str, token: str = ACCESS_TOKEN) -> LineSender:
    return LineSender(host=host, access_token=token, read_seconds=0.3)


def a_parcel(api: LineApi | None = None, **changes: object) -> Parcel:
    """A parcel to push; with the stand-in given, one to reply with a fresh token."""
    number = next(_numbers)
    choice = Choice("Q1", "SAFE_OK", "安全です")
    bubble = Bubble(f"{SECRET_WORDS} {number}", "ja", session="s", question="Q1", choices=(choice,))
    key = str(uuid.UUID(int=number))
    parcel = Parcel(1, Channel.LINE, ANH, (bubble,), key, NOW, id=number)
    if api is not None:
        token = api.reply_token(ANH)
        parcel = replace(parcel, reply_token=token, reply_until=NOW + 50_000)
    return replace(parcel, **changes)  # type: ignore[arg-type]


@contextlib.contextmanager
def answering(status: int, body: str = "{}") -> Iterator[str]:
    """A server that answers everything in the same way."""
    server = make_server(
        "127.0.0.1", 0, Response(body, status, mimetype="application/json"), threaded=True
    )
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


# --- what arrives ------------------------------------------------------------------------------


def test_a_reply_goes_by_its_token_and_without_a_retry_key(api):
    parcel = a_parcel(api)
    a_sender(api.url).send(parcel, now=NOW)
    [call] = api.calls
    assert (call.endpoint, call.retry_key, call.status) == ("reply", None, 200)
    assert call.payload["replyToken"] == parcel.reply_token
    assert api.texts(ANH)[-1].startswith(parcel.bubbles[0].text)


def test_a_push_carries_the_parcels_own_retry_key(api):
    parcel = a_parcel()
    a_sender(api.url).send(parcel, now=NOW)
    [call] = api.calls
    assert (call.endpoint, call.retry_key, call.status) == ("push", parcel.retry_key, 200)
    assert call.payload["to"] == ANH


def test_an_expired_token_is_not_tried(api):
    parcel = a_parcel(api)
    a_sender(api.url).send(parcel, now=parcel.reply_until)
    assert [each.endpoint for each in api.calls] == ["push"]


def test_a_push_that_arrived_before_is_a_success_and_arrives_once(api):
    parcel, sender = a_parcel(), a_sender(api.url)
    sender.send(parcel, now=NOW)
    before = len(api.sent(ANH))
    sender.send(parcel, now=NOW)
    assert [each.status for each in api.calls] == [200, 409]
    assert len(api.sent(ANH)) == before


def test_nothing_to_say_is_not_sent(api):
    a_sender(api.url).send(a_parcel(bubbles=()), now=NOW)
    assert api.calls == []


def test_the_host_may_become_known_later(api):
    sender = LineSender(host=lambda: api.url, access_token=ACCESS_TOKEN)
    sender.send(a_parcel(), now=NOW)
    assert [each.status for each in api.calls] == [200]


def test_a_blocked_account_looks_like_a_success(api):
    stranger = "U" + "f" * 32
    a_sender(api.url).send(a_parcel(address=stranger), now=NOW)
    assert [each.status for each in api.calls] == [200]


# --- what does not -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("failure", "error"),
    [
        ("400_token", ReplyTokenSpentError),
        ("500_before", DeliveryUnknownError),
        ("500_after", DeliveryUnknownError),
        ("timeout_after", DeliveryUnknownError),
        ("drop_connection", DeliveryUnknownError),
        ("drop_after", DeliveryUnknownError),
        ("429", DeliveryLimitedError),
    ],
)
def test_a_failed_reply_says_what_may_have_happened(api, failure, error):
    api.plan(endpoint="reply", failures=[failure], hold_s=0.6)
    with pytest.raises(DeliveryError) as raised:
        a_sender(api.url).send(a_parcel(api), now=NOW)
    assert raised.type is error


@pytest.mark.parametrize(
    ("failure", "error", "arrived"),
    [
        ("500_before", DeliveryUnknownError, 0),
        ("500_after", DeliveryUnknownError, 1),
        ("timeout_after", DeliveryUnknownError, 1),
        ("drop_connection", DeliveryUnknownError, 0),
        ("drop_after", DeliveryUnknownError, 1),
        ("429", DeliveryLimitedError, 0),
    ],
)
def test_a_failed_push_says_what_may_have_happened(api, failure, error, arrived):
    before = len(api.sent(ANH))
    api.plan(endpoint="push", failures=[failure], hold_s=0.6)
    parcel, sender = a_parcel(), a_sender(api.url)
    with pytest.raises(DeliveryError) as raised:
        sender.send(parcel, now=NOW)
    assert raised.type is error
    assert len(api.sent(ANH)) == before + arrived
    sender.send(parcel, now=NOW)
    assert len(api.sent(ANH)) == before + 1, "the same key arrives once"


def test_a_used_token_means_go_on_by_push(api):
    parcel, sender = a_parcel(api), a_sender(api.url)
    sender.send(parcel, now=NOW)
    with pytest.raises(ReplyTokenSpentError):
        sender.send(parcel, now=NOW)


def test_a_refused_connection_means_that_nothing_arrived():
    with pytest.raises(DeliveryError) as raised:
        a_sender(f"http://127.0.0.1:{free_port()}").send(a_parcel(), now=NOW)
    assert raised.type is DeliveryError


def test_the_months_quota_is_told_from_the_rate_limit():
    with running_line_api(monthly_limit=0) as api:
        with pytest.raises(QuotaSpentError):
            a_sender(api.url).send(a_parcel(), now=NOW)
        a_sender(api.url).send(a_parcel(api), now=NOW)
        assert [each.status for each in api.calls] == [429, 200], "replies cost nothing"


@pytest.mark.parametrize("status", [400, 401, 403, 404, 410, 413, 415, 302])
def test_a_refusal_is_for_a_person_to_look_at(status):
    with answering(status) as url, pytest.raises(DeliveryRefusedError):
        a_sender(url).send(a_parcel(), now=NOW)


@pytest.mark.parametrize("status", [401, 403])
def test_a_refused_reply_is_not_pushed_after(api, status):
    with answering(status) as url, pytest.raises(DeliveryRefusedError):
        a_sender(url).send(a_parcel(api), now=NOW)


def test_a_wrong_access_token_is_a_refusal(api):
    with pytest.raises(DeliveryRefusedError):
        a_sender(api.url, token="another").send(a_parcel(), now=NOW)


@pytest.mark.parametrize("status", [500, 502, 503, 504])
def test_any_trouble_of_the_platform_leaves_the_outcome_open(status):
    with answering(status, "<html>") as url, pytest.raises(DeliveryUnknownError):
        a_sender(url).send(a_parcel(), now=NOW)


def test_an_unknown_receiver_is_a_refusal():
    with running_line_api(strangers_are_friends=False) as api, pytest.raises(DeliveryRefusedError):
        a_sender(api.url).send(a_parcel(), now=NOW)


# --- what is kept of it ------------------------------------------------------------------------


def test_every_call_is_logged_with_its_request_id_and_without_any_words(api):
    sender = a_sender(api.url)
    api.plan(endpoint="push", failures=["drop_connection"])
    parcels = [a_parcel(api), a_parcel(), a_parcel()]
    with structlog.testing.capture_logs() as logged:
        sender.send(parcels[0], now=NOW)
        with pytest.raises(DeliveryUnknownError):
            sender.send(parcels[1], now=NOW)
        sender.send(parcels[2], now=NOW)
    assert [(each["what"], each["parcel"], each["status"]) for each in logged] == [
        ("reply", parcels[0].id, 200),
        ("push", parcels[1].id, 0),
        ("push", parcels[2].id, 200),
    ]
    assert [bool(each["request_id"]) for each in logged] == [True, False, True]
    assert logged[1]["code"] == "ProtocolError"
    for kept in (SECRET_WORDS, ANH, ACCESS_TOKEN, parcels[0].reply_token, "安全です"):
        assert kept not in repr(logged)


def test_an_error_carries_no_words_either(api):
    api.plan(endpoint="push", failures=["500_before"])
    with pytest.raises(DeliveryUnknownError) as raised:
        a_sender(api.url).send(a_parcel(), now=NOW)
    assert SECRET_WORDS not in f"{raised.value!r}{raised.value.__cause__!r}"
