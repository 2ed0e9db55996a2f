"""The pretend phone in a real browser, joined to a small bot."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.channels.sim.builders import (
    a_flex,
    a_flex_button,
    a_flex_text,
    a_postback,
    a_template,
    a_text,
    quick_replies,
)
from tests.channels.sim.stand_in_bot import Bot

HELLO = a_text(
    "こんにちは\n言語を選んでください",
    quickReply=quick_replies(a_postback("English", "a=en"), a_postback("नेपाली", "a=ne")),
)


@pytest.fixture
def page(browser: Browser, bot: Bot) -> Iterator[Page]:
    """The page of a new phone; the test fails on any script error or refused resource."""
    complaints: list[str] = []
    context = browser.new_context(viewport={"width": 1280, "height": 860}, locale="ja")
    opened = context.new_page()
    opened.on("pageerror", lambda error: complaints.append(str(error)))
    opened.on(
        "console",
        lambda message: complaints.append(message.text) if message.type == "error" else None,
    )
    opened.goto(f"{bot.url}/sim")
    yield opened
    context.close()
    assert complaints == []


def follow(page: Page) -> None:
    page.get_by_role("button", name="友だち追加").click()


def write(page: Page, text: str) -> None:
    page.get_by_role("textbox", name="メッセージ").fill(text)
    page.keyboard.press("Enter")


def settled(page: Page, kind: str) -> None:
    """Wait until the bot has taken the webhook: own bubbles appear before that."""
    expect(page.locator("#last-receipt")).to_contain_text(f"{kind} ✓ 200")


def bubbles(page: Page, sender: str):
    return page.locator(f"[data-from={sender}] .bubble")


def test_it_says_that_it_is_not_the_real_line(page):
    expect(page.get_by_role("banner")).to_contain_text("本物のLINEではありません")
    expect(page.get_by_role("banner")).to_contain_text("not the real LINE")


def test_following_brings_the_greeting_and_its_quick_replies(page, bot):
    bot.answers["follow"] = [HELLO]
    follow(page)
    expect(bubbles(page, "bot")).to_have_text("こんにちは\n言語を選んでください")
    expect(page.get_by_role("button", name="नेपाली")).to_be_visible()
    expect(page.locator("#last-receipt")).to_contain_text("follow ✓ 200")


def test_a_tapped_quick_reply_becomes_own_words_and_a_postback(page, bot):
    bot.answers["follow"] = [HELLO]
    bot.answers["a=ne"] = [a_text("नमस्ते")]
    follow(page)
    page.get_by_role("button", name="नेपाली").click()
    expect(bubbles(page, "user")).to_have_text("नेपाली")
    expect(bubbles(page, "bot").last).to_have_text("नमस्ते")
    expect(page.locator("#quick")).to_be_hidden()
    settled(page, "postback")
    assert bot.events[-1]["postback"] == {"data": "a=ne"}


def test_only_the_last_messages_quick_replies_are_shown(page, bot):
    bot.answers["follow"] = [HELLO, a_text("まず、これを")]
    follow(page)
    expect(bubbles(page, "bot")).to_have_count(2)
    expect(page.locator("#quick")).to_be_hidden()


def test_everything_works_by_keyboard(page, bot):
    bot.answers["follow"] = [HELLO]
    bot.answers["a=en"] = [a_text("Hello")]
    page.get_by_role("button", name="友だち追加").focus()
    page.keyboard.press("Enter")
    page.get_by_role("button", name="English").focus()
    page.keyboard.press("Space")
    expect(bubbles(page, "bot").last).to_have_text("Hello")
    page.get_by_role("textbox", name="メッセージ").focus()
    page.keyboard.type("one")
    page.keyboard.press("Shift+Enter")
    page.keyboard.type("two")
    page.keyboard.press("Enter")
    expect(bubbles(page, "user").last).to_have_text("one\ntwo")


def test_flex_bubbles_and_their_buttons_work(page, bot):
    row = {
        "type": "box",
        "layout": "horizontal",
        "contents": [a_flex_text("緊急度", size="sm"), a_flex_text("3", weight="bold")],
    }
    button = a_flex_button(a_postback("この内容で送る", "a=OK"), style="primary")
    bot.answers["follow"] = [a_flex(a_flex_text("<b>まとめ</b>"), row, button)]
    follow(page)
    expect(page.locator(".flex-bubble")).to_contain_text("<b>まとめ</b>")
    left, right = (page.get_by_text(text, exact=True).bounding_box() for text in ("緊急度", "3"))
    assert left is not None
    assert right is not None
    assert left["x"] < right["x"]
    page.get_by_role("button", name="この内容で送る").click()
    expect(bubbles(page, "user")).to_have_text("この内容で送る")
    settled(page, "postback")
    assert bot.events[-1]["postback"] == {"data": "a=OK"}


def test_confirm_templates_work(page, bot):
    yes, no = a_postback("はい", "a=Y"), a_postback("いいえ", "a=N")
    bot.answers["follow"] = [a_template(type="confirm", text="よいですか", actions=[yes, no])]
    follow(page)
    page.get_by_role("button", name="いいえ").click()
    expect(bubbles(page, "user")).to_have_text("いいえ")
    settled(page, "postback")
    assert bot.events[-1]["postback"] == {"data": "a=N"}


def test_a_push_arrives_without_doing_anything(page, bot):
    follow(page)
    write(page, "聞いて")
    expect(bubbles(page, "user")).to_have_text("聞いて")
    settled(page, "message")
    user_id = bot.events[0]["source"]["userId"]
    bot.call("/v2/bot/chat/loading/start", chatId=user_id, loadingSeconds=20)
    expect(page.locator(".loading")).to_be_visible()
    bot.call("/v2/bot/message/push", to=user_id, messages=[a_text("相談員です")])
    expect(bubbles(page, "bot")).to_have_text("相談員です")
    expect(page.locator(".loading")).to_be_hidden()


def test_an_unsent_message_disappears(page, bot):
    follow(page)
    write(page, "まちがい")
    page.get_by_text("まちがい").hover()
    page.get_by_role("button", name="送信取消").click()
    expect(page.get_by_text("まちがい")).to_have_count(0)
    expect(page.get_by_text("取り消しました")).to_be_visible()
    settled(page, "unsend")
    assert bot.events[-1]["type"] == "unsend"


def test_stickers_and_photos_are_sent_and_shown(page, bot):
    follow(page)
    page.get_by_role("button", name="スタンプ・写真").click()
    page.get_by_role("button", name="スタンプ Sticker").first.click()
    page.get_by_role("button", name="写真 Photo").click()
    expect(page.locator("[data-from=user] img")).to_have_count(2)
    expect(page.locator("#receipts li")).to_have_count(3)
    assert [event.get("message", {}).get("type") for event in bot.events] == [
        None,
        "sticker",
        "image",
    ]


def test_blocking_takes_the_keyboard_away_until_unblocked(page, bot):
    follow(page)
    page.get_by_label("メニュー").click()
    page.get_by_role("button", name="ブロック / Block").click()
    expect(page.get_by_role("textbox", name="メッセージ")).to_be_hidden()
    page.get_by_role("button", name="ブロック解除").click()
    expect(page.get_by_role("textbox", name="メッセージ")).to_be_visible()
    expect(page.locator("#receipts li")).to_have_count(3)
    assert [event["type"] for event in bot.events] == ["follow", "unfollow", "follow"]


def test_the_last_event_is_delivered_again_on_request(page, bot):
    follow(page)
    settled(page, "follow")
    page.get_by_label("メニュー").click()
    page.get_by_role("button", name="もう一度届ける").click()
    expect(page.locator("#receipts li")).to_have_count(2)
    assert bot.events[1]["deliveryContext"] == {"isRedelivery": True}


def test_several_phones_have_chats_of_their_own_that_survive_a_reload(page, bot):
    follow(page)
    write(page, "一台目")
    expect(bubbles(page, "user")).to_have_text("一台目")
    page.get_by_role("button", name="＋ 電話").click()
    expect(bubbles(page, "user")).to_have_count(0)
    follow(page)
    write(page, "二台目")
    settled(page, "message")
    expect(bubbles(page, "user")).to_have_text("二台目")
    page.reload()
    expect(bubbles(page, "user")).to_have_text("二台目")
    page.locator("#phones button").first.click()
    expect(bubbles(page, "user")).to_have_text("一台目")
    users = {event["source"]["userId"] for event in bot.events}
    assert len(users) == 2
    assert all(re.fullmatch(r"U[0-9a-f]{32}", user) for user in users)


def test_a_narrow_screen_needs_no_sideways_scrolling(page, bot):
    bot.answers["follow"] = [a_flex(a_flex_text("あ" * 200), size="giga"), HELLO]
    page.set_viewport_size({"width": 390, "height": 844})
    follow(page)
    expect(page.get_by_role("button", name="English")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    expect(page.get_by_role("button", name="送信", exact=False).first).to_be_in_viewport()
