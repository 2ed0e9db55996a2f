"""A case with every kind of sentence in a real browser: read, corrected and asked again."""

import re

import pytest
from playwright.sync_api import Page, expect

from bot.core.model import Author
from handlers.desk.words import ASKING_AGAIN
from tests.desk.barriers import assert_no_barrier
from tests.desk.sentence_samples import (
    DOUBTED,
    EVERY_KIND,
    FOLDED,
    MACHINE,
    NOT_TOLD,
    NUMBER,
    PHRASE,
    TOLD,
    says_in_sentences,
)

RIGHT = "5万5千円を借りています。"


@pytest.fixture
def case_id(office):
    made = office.case(lang="vi")
    office.services.counseling.claim(1, made)
    return made


@pytest.fixture
def every_kind(office, case_id):
    """A resident's message with every kind of sentence, before and after others."""
    for _ in range(5):
        says_in_sentences(office, case_id, PHRASE, MACHINE)
    message = says_in_sentences(office, case_id, *EVERY_KIND)
    says_in_sentences(office, case_id, TOLD, NOT_TOLD, NUMBER, author=Author.COUNSELOR)
    for _ in range(5):
        says_in_sentences(office, case_id, MACHINE)
    return message


def tab_to(page: Page, selector: str) -> None:
    """Press Tab until the element has the focus, as somebody without a mouse does."""
    for _ in range(150):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    raise AssertionError(f"no way to {selector} by keyboard")


@pytest.mark.parametrize("width", [1280, 390])
def test_a_translation_is_put_right_by_keyboard_alone(console, url, case_id, every_kind, width):
    page = console(width=width)
    page.goto(f"{url}/case/{case_id}")
    message = page.locator(f"#message-{every_kind}")
    assert_no_barrier(page)
    doubted = message.locator(".part.doubted")
    expect(doubted).to_contain_text("数字・日付・時刻が合いません（55000、5000）")
    expect(doubted.get_by_text(DOUBTED.text)).to_be_hidden()
    expect(message.get_by_text(FOLDED.text)).to_be_hidden()
    tab_to(page, f"#message-{every_kind} .doubtful summary")
    page.keyboard.press("Enter")
    expect(doubted.get_by_text(DOUBTED.text)).to_be_visible()
    message.locator(".part.draft summary").press("Enter")
    expect(message.get_by_text(FOLDED.text)).to_be_visible()
    assert_no_barrier(page)
    tab_to(page, f"#message-{every_kind} .mend a")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="訳を直す")).to_be_visible()
    assert_no_barrier(page)
    tab_to(page, f"#text-{EVERY_KIND.index(DOUBTED)}")
    page.keyboard.press("Control+a")
    page.keyboard.type(RIGHT)
    tab_to(page, "button.go")
    page.keyboard.press("Enter")
    expect(page.locator("#done")).to_have_text("訳を直しました。")
    corrected = message.locator(".part").nth(EVERY_KIND.index(DOUBTED))
    expect(corrected).to_contain_text(RIGHT)
    expect(corrected).to_contain_text("相談員が確かめた訳")
    expect(corrected).to_be_in_viewport()
    assert_no_barrier(page)


@pytest.mark.parametrize("width", [1280, 390])
def test_a_correction_that_changes_nothing_says_so_without_a_barrier(
    console, url, case_id, every_kind, width
):
    page = console(width=width, expected="400 (BAD REQUEST)")
    page.goto(f"{url}/case/{case_id}/message/{every_kind}/translation")
    remember = page.get_by_role("checkbox", name=re.compile("ほかの相談で"))
    expect(remember).not_to_be_checked()  # a telephone number stands in it
    remember.check()
    page.get_by_role("button", name="直す").press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("何も変わっていません")
    expect(remember).to_be_checked()
    assert_no_barrier(page)


def test_asking_again_fills_the_box_and_stays_on_the_page(office, console, url, case_id):
    says_in_sentences(office, case_id, DOUBTED)
    page = console()
    page.goto(f"{url}/case/{case_id}")
    page.locator("#text").fill("こんにちは。")
    page.get_by_role("button", name=ASKING_AGAIN[1]).press("Enter")
    expect(page.locator("#text")).to_have_value(f"こんにちは。\n{ASKING_AGAIN[1]}")
    expect(page.locator("#text")).to_be_focused()
    assert page.url == f"{url}/case/{case_id}"
    page.locator("#text").fill("")
    page.get_by_role("button", name=ASKING_AGAIN[0]).click()
    page.keyboard.press("Control+Enter")
    expect(page.locator(".message.counselor")).to_contain_text(ASKING_AGAIN[0])


def test_failed_words_are_taken_into_the_box_to_be_rewritten(office, console, url, case_id):
    says_in_sentences(office, case_id, TOLD, NOT_TOLD, author=Author.COUNSELOR)
    page = console()
    page.goto(f"{url}/case/{case_id}")
    page.get_by_role("button", name="短くやさしい文に書きなおす").press("Enter")
    expect(page.locator("#text")).to_have_value(f"{TOLD.source} {NOT_TOLD.source}")
    expect(page.locator("#text")).to_be_focused()
    assert page.url == f"{url}/case/{case_id}"


def test_what_a_reader_opened_stays_open_when_a_message_comes(office, console, url, case_id):
    message = says_in_sentences(office, case_id, DOUBTED, FOLDED)
    page = console()
    page.goto(f"{url}/case/{case_id}")
    opened = page.locator(f"#message-{message} .doubtful")
    opened.locator("summary").click()
    says_in_sentences(office, case_id, MACHINE)
    expect(page.locator(".message.resident")).to_have_count(2)
    expect(opened.get_by_text(DOUBTED.text)).to_be_visible()
    expect(page.get_by_text(FOLDED.text)).to_be_hidden()
