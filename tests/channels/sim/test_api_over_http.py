"""The stand-in over HTTP, spoken to by LINE's own SDK, and its failures on order."""

from typing import Any

import pytest
import urllib3
from linebot.v3.messaging import (
    ApiClient,
    ApiException,
    Configuration,
    PushMessageRequest,
    ReplyMessageRequest,
    ShowLoadingAnimationRequest,
    TextMessage,
)
from linebot.v3.messaging import MessagingApi as SdkMessagingApi

from tests.channels.sim.builders import a_text
from tests.support.line_api import running_line_api

ANNA = "U" + "a" * 32
KEY = "123e4567-e89b-12d3-a456-426614174000"
TIMEOUT = (1.0, 5.0)


@pytest.fixture
def api():
    with running_line_api() as running:
        yield running


@pytest.fixture
def sdk(api):
    configuration = Configuration(host=api.url, access_token=api.access_token)
    with ApiClient(configuration) as client:
        yield SdkMessagingApi(client)


def words(text: str = "こんにちは") -> list[TextMessage]:
    return [TextMessage(text=text)]


def push(sdk, key: str | None = None, timeout: tuple[float, float] = TIMEOUT) -> Any:
    request = PushMessageRequest(to=ANNA, messages=words())
    return sdk.push_message(request, x_line_retry_key=key, _request_timeout=timeout)


def reply(sdk, api) -> Any:
    request = ReplyMessageRequest(replyToken=api.reply_token(ANNA), messages=words())
    return sdk.reply_message(request, _request_timeout=TIMEOUT)


def raw(api, method: str, path: str, **options: Any) -> urllib3.BaseHTTPResponse:
    headers = {"Authorization": f"Bearer {api.access_token}"} | options.pop("headers", {})
    return urllib3.request(method, api.url + path, headers=headers, retries=False, **options)


def test_the_sdk_replies_and_pushes(api, sdk):
    assert reply(sdk, api).sent_messages[0].id
    assert push(sdk).sent_messages[0].quote_token
    assert api.texts(ANNA) == ["こんにちは"] * 2
    assert [(call.endpoint, call.status) for call in api.calls] == [("reply", 200), ("push", 200)]


def test_the_sdk_reads_everything_else(api, sdk):
    api.add_friend(ANNA)
    assert sdk.get_profile(ANNA).user_id == ANNA
    assert sdk.get_message_quota().type == "none"
    assert sdk.get_message_quota_consumption().total_usage == 0
    assert sdk.get_bot_info().chat_mode == "bot"
    loading = ShowLoadingAnimationRequest(chatId=ANNA, loadingSeconds=20)
    assert sdk.show_loading_animation_with_http_info(loading).status_code == 202


def test_a_repeated_retry_key_is_a_409_for_the_sdk(api, sdk):
    push(sdk, KEY)
    with pytest.raises(ApiException) as caught:
        push(sdk, KEY)
    assert caught.value.status == 409
    assert caught.value.headers["x-line-accepted-request-id"]
    assert len(api.sent(ANNA)) == 1
    assert [call.retry_key for call in api.calls] == [KEY, KEY]


def test_every_answer_has_a_request_id(api):
    answers = [
        raw(api, "GET", "/v2/bot/info"),
        raw(api, "GET", f"/v2/bot/profile/{ANNA}"),
        raw(api, "POST", "/v2/bot/message/push", json={}),
        raw(api, "GET", "/v2/bot/info", headers={"Authorization": "Bearer wrong"}),
    ]
    assert [answer.status for answer in answers] == [200, 404, 400, 401]
    assert all(answer.headers["x-line-request-id"] for answer in answers)


def test_bodies_that_are_no_json_objects_are_refused(api):
    path = "/v2/bot/message/push"
    typed = {"Content-Type": "application/json"}
    assert raw(api, "POST", path, body=b"{", headers=typed).status == 400
    assert raw(api, "POST", path, body=b"[]", headers=typed).status == 400
    assert raw(api, "POST", path, body=b"{}").status == 415
    assert raw(api, "POST", path, body=b" " * (2 * 1024 * 1024 + 1), headers=typed).status == 413


def test_there_is_no_content_to_fetch(api):
    assert raw(api, "GET", "/v2/bot/message/123/content").status == 404


def test_messages_can_be_validated_without_sending(api):
    path = "/v2/bot/message/validate/push"
    assert raw(api, "POST", path, json={"messages": [a_text()]}).status == 200
    assert raw(api, "POST", path, json={"messages": [a_text("")]}).status == 400
    assert api.sent(ANNA) == []


def test_over_the_monthly_limit_pushes_are_refused():
    with running_line_api(monthly_limit=0) as api:
        answer = raw(api, "POST", "/v2/bot/message/push", json={"to": ANNA, "messages": [a_text()]})
    assert answer.status == 429
    assert answer.json() == {"message": "You have reached your monthly limit."}


@pytest.mark.parametrize(
    ("failure", "status", "delivered"),
    [("500_before", 500, 0), ("500_after", 500, 1), ("429", 429, 0), ("400_token", 400, 0)],
)
def test_planned_failures_come_once_in_their_order(api, sdk, failure, status, delivered):
    api.plan(endpoint="reply", failures=[failure])
    with pytest.raises(ApiException) as caught:
        reply(sdk, api)
    assert caught.value.status == status
    assert len(api.sent(ANNA)) == delivered
    reply(sdk, api)
    assert len(api.sent(ANNA)) == delivered + 1


@pytest.mark.parametrize(("failure", "delivered"), [("drop_connection", 0), ("drop_after", 1)])
def test_a_broken_line_gives_no_answer(api, sdk, failure, delivered):
    api.plan(endpoint="push", failures=[failure])
    with pytest.raises(urllib3.exceptions.HTTPError):
        push(sdk, KEY)
    assert len(api.sent(ANNA)) == delivered
    assert api.calls[-1].status is None


def test_a_timeout_after_acceptance_is_safe_to_repeat_with_the_key(api, sdk):
    api.plan(endpoint="push", failures=["timeout_after"], hold_s=30)
    with pytest.raises(urllib3.exceptions.ReadTimeoutError):
        push(sdk, KEY, timeout=(1.0, 0.2))
    api.wait_for(ANNA, 1)
    with pytest.raises(ApiException) as caught:
        push(sdk, KEY)
    assert caught.value.status == 409
    assert len(api.sent(ANNA)) == 1


def test_a_failure_for_the_next_call_takes_whichever_comes(api, sdk):
    api.fail_next("500_before")
    with pytest.raises(ApiException):
        push(sdk)
    push(sdk)
    assert len(api.sent(ANNA)) == 1
