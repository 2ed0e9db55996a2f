"""What each tap on the phone sends, seen from the bot."""

from typing import Any

import urllib3

from tests.channels.sim.builders import a_text

ANNA = "U" + "a" * 32


def tap(bot, verb: str, user_id: str = ANNA, **payload: Any) -> urllib3.BaseHTTPResponse:
    url = f"{bot.url}/sim/phone/{user_id}/{verb}"
    return urllib3.request("POST", url, json=payload, retries=False)


def news(bot, after: int = 0) -> Any:
    url = f"{bot.url}/sim/phone/{ANNA}/messages?after={after}"
    return urllib3.request("GET", url, retries=False).json()


def test_a_text_reaches_the_bot_with_a_reply_token_that_works(bot):
    bot.answers["助けて"] = [a_text("どうしましたか")]
    receipt = tap(bot, "text", text="助けて").json()
    assert (receipt["event_type"], receipt["status"]) == ("message", 200)
    (event,) = bot.events
    assert event["source"] == {"type": "user", "userId": ANNA}
    assert event["message"]["text"] == "助けて"
    shown = news(bot)["messages"]
    assert [entry["message"]["text"] for entry in shown] == ["助けて", "どうしましたか"]
    assert shown[0]["message_id"] == event["message"]["id"]
    assert news(bot, after=shown[0]["order"])["messages"] == shown[1:]


def test_unblocking_is_a_follow_that_says_so(bot):
    for verb in ("follow", "block", "follow"):
        assert tap(bot, verb).status == 200
    follow, unfollow, again = bot.events
    assert follow["follow"] == {"isUnblocked": False}
    assert unfollow["type"] == "unfollow"
    assert "replyToken" not in unfollow
    assert again["follow"] == {"isUnblocked": True}


def test_a_blocker_can_send_nothing_and_gets_nothing(bot):
    tap(bot, "block")
    assert tap(bot, "text", text="x").status == 409
    assert tap(bot, "postback", data="x").status == 409
    assert bot.call("/v2/bot/message/push", to=ANNA, messages=[a_text()]) == 200
    assert news(bot)["messages"] == []
    assert news(bot)["friendship"] == "blocked"


def test_a_postback_shows_its_words_and_sends_its_data_alone(bot):
    tap(bot, "postback", data="s=1&q=Q1&a=DONE", displayText="はい")
    (event,) = bot.events
    assert event["postback"] == {"data": "s=1&q=Q1&a=DONE"}
    assert [entry["message"]["text"] for entry in news(bot)["messages"]] == ["はい"]


def test_stickers_pictures_and_places_are_events_of_their_own(bot):
    for verb in ("sticker", "image", "location"):
        assert tap(bot, verb).json()["status"] == 200
    assert [event["message"]["type"] for event in bot.events] == ["sticker", "image", "location"]


def test_an_unsent_message_is_gone_and_told_to_the_bot(bot):
    tap(bot, "text", text="secret")
    message_id = bot.events[0]["message"]["id"]
    assert tap(bot, "unsend", messageId=message_id).status == 200
    assert bot.events[1]["unsend"] == {"messageId": message_id}
    assert "secret" not in repr(news(bot))
    assert tap(bot, "unsend", messageId="999").status == 404


def test_the_last_event_can_be_delivered_again(bot):
    assert tap(bot, "redeliver").status == 404
    tap(bot, "text", text="x")
    tap(bot, "redeliver")
    first, again = bot.events
    assert again["deliveryContext"] == {"isRedelivery": True}
    assert again["webhookEventId"] == first["webhookEventId"]
    assert again["replyToken"] == first["replyToken"]


def test_a_refusing_or_absent_bot_is_told_in_the_receipt(bot):
    bot.webhook_status = 500
    assert tap(bot, "text", text="x").json()["status"] == 500
    address, bot.url = bot.url, "http://127.0.0.1:1"
    url = f"{address}/sim/phone/{ANNA}/text"
    receipt = urllib3.request("POST", url, json={"text": "x"}, retries=False).json()
    assert receipt["status"] is None


def test_a_phone_of_an_earlier_run_comes_back_as_it_was(bot):
    assert news(bot)["known"] is False
    tap(bot, "register", name="Anna", language="vi", friendship="friend")
    assert (news(bot)["known"], news(bot)["friendship"]) == (True, "friend")
    tap(bot, "register", name="Anna", language="en", friendship="stranger")
    assert news(bot)["friendship"] == "friend"
    assert bot.events == []


def test_odd_requests_are_refused(bot):
    assert tap(bot, "follow", user_id="somebody").status == 404
    assert tap(bot, "text").status == 400
    assert tap(bot, "text", text=["x"]).status == 400
    assert tap(bot, "text", text="x" * 10_001).status == 400
    assert bot.events == []


def test_the_page_allows_nothing_from_elsewhere(bot):
    page = urllib3.request("GET", f"{bot.url}/sim/", retries=False)
    assert page.headers["Content-Security-Policy"] == "default-src 'self'"
    html = page.data.decode()
    assert "style=" not in html
    assert html.count("<script") == html.count('<script type="module" src=') == 1
