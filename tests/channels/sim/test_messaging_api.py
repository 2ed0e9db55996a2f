"""The stand-in's platform rules: tokens, retry keys, friends, quota."""

import itertools
from dataclasses import dataclass

import pytest

from handlers.sim.messaging_api import MessagingApi
from handlers.sim.phones import Friendship
from tests.channels.sim.builders import a_text

ANNA = "U" + "a" * 32
STRANGER = "U" + "f" * 32
KEY = "123e4567-e89b-12d3-a456-426614174000"
NEW_YEAR_IN_JAPAN = 1_767_193_200.0  # 2026-01-01 00:00 +09:00


@dataclass
class Clock:
    at: float = NEW_YEAR_IN_JAPAN

    def __call__(self) -> float:
        return self.at


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def api(clock):
    numbers = itertools.count()
    made = MessagingApi(access_token="t", now=clock, new_token=lambda: f"token{next(numbers)}")
    made.phones.befriend(ANNA)
    return made


def reply(api, token):
    return api.reply({"replyToken": token, "messages": [a_text()]})


def push(api, to=ANNA, key=None):
    return api.push({"to": to, "messages": [a_text()]}, retry_key=key)


def received(api, user_id=ANNA):
    return len(api.phones.delivered(user_id))


def test_a_reply_reaches_the_person_whose_event_carried_the_token(api):
    answer = reply(api, api.phones.issue_reply_token(ANNA))
    assert answer.status == 200
    (entry,) = api.phones.delivered(ANNA)
    assert entry.via == "reply"
    assert answer.body["sentMessages"][0]["id"] == entry.message_id


def test_a_reply_token_works_once(api):
    token = api.phones.issue_reply_token(ANNA)
    assert reply(api, token).status == 200
    assert reply(api, token).status == 400
    assert received(api) == 1


def test_a_reply_token_lives_one_minute(api, clock):
    first, second = (api.phones.issue_reply_token(ANNA) for _ in range(2))
    clock.at += 60
    assert reply(api, first).status == 200
    clock.at += 1
    assert reply(api, second).body["message"] == "Invalid reply token"


def test_an_unknown_reply_token_is_refused(api):
    assert reply(api, "never-issued").status == 400


def test_a_refused_reply_does_not_spend_the_token(api):
    token = api.phones.issue_reply_token(ANNA)
    assert api.reply({"replyToken": token, "messages": []}).status == 400
    assert reply(api, token).status == 200


def test_a_redelivered_event_gives_its_token_another_minute(api, clock):
    token = api.phones.issue_reply_token(ANNA)
    clock.at += 600
    assert api.phones.renew_reply_token(token)
    assert reply(api, token).status == 200


def test_a_used_or_twenty_minutes_old_token_stays_dead_on_redelivery(api, clock):
    used, old = (api.phones.issue_reply_token(ANNA) for _ in range(2))
    reply(api, used)
    assert not api.phones.renew_reply_token(used)
    clock.at += 20 * 60 + 1
    assert not api.phones.renew_reply_token(old)


def test_a_retry_key_on_a_reply_is_refused(api):
    token = api.phones.issue_reply_token(ANNA)
    payload = {"replyToken": token, "messages": [a_text()]}
    assert api.reply(payload, retry_key=KEY).status == 400
    assert received(api) == 0


def test_the_same_retry_key_again_is_a_409_that_tells_what_was_sent(api):
    first = push(api, key=KEY)
    again = push(api, key=KEY.upper())
    assert (first.status, again.status) == (200, 409)
    assert again.body["sentMessages"] == first.body["sentMessages"]
    assert again.headers["x-line-accepted-request-id"] == first.headers["x-line-request-id"]
    assert received(api) == 1


def test_a_retry_key_is_new_again_after_a_day(api, clock):
    push(api, key=KEY)
    clock.at += 24 * 60 * 60
    assert push(api, key=KEY).status == 200
    assert received(api) == 2


def test_a_refused_push_leaves_its_retry_key_free(api):
    assert api.push({"to": ANNA, "messages": []}, retry_key=KEY).status == 400
    assert push(api, key=KEY).status == 200


def test_a_retry_key_must_be_a_uuid(api):
    assert push(api, key="again-please").status == 400


def test_a_push_to_a_blocker_answers_200_and_vanishes_uncounted(api):
    api.phones.befriend(ANNA, Friendship.BLOCKED)
    assert push(api).status == 200
    assert received(api) == 0
    assert api.consumption().body == {"totalUsage": 0}
    assert api.profile(ANNA).status == 404


def test_a_stranger_is_reached_for_seven_days_after_writing(api, clock):
    api.phones.write(STRANGER, a_text(), message_id="1")
    clock.at += 7 * 24 * 60 * 60
    assert push(api, STRANGER).status == 200
    clock.at += 1
    assert push(api, STRANGER).status == 200
    assert received(api, STRANGER) == 1


def test_ids_that_were_never_seen_or_are_malformed_are_refused(api):
    assert push(api, STRANGER).body == {"message": "Failed to send messages"}
    assert "'to'" in push(api, "somebody").body["message"]


def test_lenient_stand_ins_take_strangers_for_friends(clock):
    api = MessagingApi(
        access_token="t", now=clock, new_token=lambda: "x", strangers_are_friends=True
    )
    assert push(api, STRANGER).status == 200
    assert received(api, STRANGER) == 1


def test_pushes_are_limited_by_month_and_replies_are_free(api, clock):
    api.monthly_limit = 2
    assert [push(api).status for _ in range(3)] == [200, 200, 429]
    assert push(api).body["message"] == "You have reached your monthly limit."
    assert reply(api, api.phones.issue_reply_token(ANNA)).status == 200
    assert api.quota().body == {"type": "limited", "value": 2}
    assert api.consumption().body == {"totalUsage": 2}
    clock.at += 31 * 24 * 60 * 60
    assert push(api).status == 200


def test_five_messages_of_one_push_count_once_and_keep_their_order(api):
    texts = [a_text(str(number)) for number in range(5)]
    sent = api.push({"to": ANNA, "messages": texts}).body["sentMessages"]
    entries = api.phones.delivered(ANNA)
    assert [entry.message for entry in entries] == texts
    assert [entry.message_id for entry in entries] == [each["id"] for each in sent]
    assert all(each["quoteToken"] for each in sent)
    assert api.consumption().body == {"totalUsage": 1}


def test_the_loading_indicator_goes_when_a_message_comes(api, clock):
    assert api.start_loading({"chatId": ANNA, "loadingSeconds": 10}).status == 202
    assert api.phones.is_loading(ANNA)
    push(api)
    assert not api.phones.is_loading(ANNA)
    api.start_loading({"chatId": ANNA, "loadingSeconds": 5})
    clock.at += 5
    assert not api.phones.is_loading(ANNA)


@pytest.mark.parametrize("seconds", [0, 7, 65, "10"])
def test_the_loading_indicator_takes_steps_of_five_up_to_sixty(api, seconds):
    assert api.start_loading({"chatId": ANNA, "loadingSeconds": seconds}).status == 400


def test_a_profile_has_its_language_only_where_the_person_gave_it(api):
    assert api.profile(ANNA).body == {"userId": ANNA, "displayName": "LINE user"}
    api.phones.register(ANNA, name="Anna", language="vi")
    assert api.profile(ANNA).body == {"userId": ANNA, "displayName": "Anna", "language": "vi"}


def test_an_unsent_message_leaves_no_text_behind(api):
    api.phones.write(ANNA, a_text("secret"), message_id="77")
    assert api.phones.withdraw(ANNA, "77")
    assert not api.phones.withdraw(ANNA, "77-unknown")
    assert "secret" not in repr(api.phones.entries(ANNA))


def test_validation_checks_without_sending(api):
    assert api.validate({"messages": [a_text()]}).status == 200
    assert api.validate({"messages": [a_text("")]}).status == 400
    assert received(api) == 0
