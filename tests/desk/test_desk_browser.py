"""The desk in a real browser: live lists, keyboard alone, nothing written is lost."""

import contextlib
import threading
from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect
from werkzeug.serving import WSGIRequestHandler, make_server

from bot.core.answers import Answer
from bot.core.model import Author, Level, Provenance
from tests.desk.office import PASSWORD, Office

POLL_S = 0.02  # how soon the server notices that it shall stop
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


class QuietHandler(WSGIRequestHandler):
    def log(self, type: str, message: str, *args: object) -> None:
        """Keep the test output free of access lines."""


@pytest.fixture
def url(office) -> Iterator[str]:
    """The desk of the office, served for real."""
    app = office.app(demo=True)
    server = make_server("127.0.0.1", 0, app, threaded=True, request_handler=QuietHandler)
    thread = threading.Thread(target=server.serve_forever, args=(POLL_S,), daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/desk"
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def console(browser: Browser, url: str):
    """A counselor at a browser of their own; any script error or refused resource fails."""
    complaints: list[str] = []

    def take(kind: str, text: str, expected: str) -> None:
        if kind == "error" and expected not in text:
            complaints.append(text)

    with contextlib.ExitStack() as stack:

        def open_console(
            login: str = "sato",
            *,
            width: int = 1280,
            offline: bool = False,
            expected: str = "nothing",
        ) -> Page:
            context = browser.new_context(viewport={"width": width, "height": 800}, locale="ja")
            stack.callback(context.close)
            page = context.new_page()
            # The feed and the sound end with the page; a context that closes over them may wait.
            stack.callback(page.close, run_before_unload=False)
            page.on("pageerror", lambda error: complaints.append(str(error)))
            page.on("console", lambda said: take(said.type, said.text, expected))
            if offline:
                page.route("**/desk/events*", lambda route: route.fulfill(status=204))
            page.goto(f"{url}/")
            page.get_by_label("ログイン名").fill(login)
            page.get_by_label("パスワード").fill(PASSWORD)
            page.keyboard.press("Enter")
            expect(page.get_by_role("heading", name="待っている相談")).to_be_visible()
            return page

        yield open_console
    assert complaints == []


def urgent_case(office: Office) -> int:
    return office.case(
        level=Level.U4, reason="crisis", minutes_ago=0, answers={"S1": Answer(("S1_YES",))}
    )


def test_a_new_urgent_case_is_shown_and_announced_in_every_console(office, console):
    calm = office.case(level=Level.U1)
    first, second = console("sato"), console("tanaka")
    first.locator(f"#claim-{calm}").focus()
    urgent = urgent_case(office)
    for page in (first, second):
        row = page.locator(f"#case-{urgent}")
        expect(row).to_contain_text("緊急")
        expect(page).to_have_title("(2) 一覧 – つなぎ 相談デスク")
        expect(page.locator("#announce")).to_have_text(
            "緊急の相談が待っています。ベトナム語、自殺の危険がさし迫っている"
        )
    expect(first.locator(f"#claim-{calm}")).to_be_focused()
    second.locator(f"#claim-{urgent}").click()
    expect(first.locator(f"#others #case-{urgent}")).to_contain_text("田中")


def test_a_case_is_answered_by_keyboard_alone_and_live(office, console):
    case_id = office.case(lang="vi")
    office.says(case_id, "Tôi đói", provenance=Provenance.WAITING, other_lang="ja")
    page = console()
    page.locator(f"#open-{case_id}").focus()
    page.keyboard.press("Enter")
    page.locator("#claim").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#done")).to_contain_text("引き受けました")
    expect(page.locator("#text")).to_be_focused()
    page.locator("#phrase").focus()
    page.keyboard.type("食べものはありますか。")
    expect(page.locator("#preview")).to_have_text("Anh/chị có đồ ăn không?")
    page.keyboard.press("Enter")
    expect(page.locator("#text")).to_have_value("食べものはありますか。")
    expect(page.locator("#fate")).to_contain_text("用意した文です")
    page.keyboard.press("Control+Enter")
    expect(page.locator(".message.counselor")).to_contain_text("Anh/chị có đồ ăn không?")
    page.locator("#text").fill("書きかけ")
    office.says(case_id, "Không có", provenance=Provenance.DRAFT, other="ない", other_lang="ja")
    draft = page.locator(".message.resident details")
    draft.locator("summary").click()
    office.says(case_id, "Cảm ơn", provenance=Provenance.MACHINE, other="感謝", other_lang="ja")
    expect(page.locator("#thread")).to_contain_text("感謝")
    expect(draft).to_contain_text("ない")
    assert draft.get_attribute("open") is not None
    expect(page.locator("#text")).to_have_value("書きかけ")


def test_who_loses_a_case_while_writing_keeps_the_words(office, console):
    case_id = office.case()
    page = console()
    page.goto(page.url + f"case/{case_id}")
    page.get_by_role("button", name="引き受ける").click()
    page.locator("#text").fill("大切な返事です。")
    other_tab = page.context.new_page()
    other_tab.goto(page.url)
    other_tab.get_by_role("button", name="待ちに戻す").click()
    expect(page.locator("#lost")).to_be_visible()
    expect(page.locator("#send")).to_be_disabled()
    page.locator("#claim").click()
    expect(page.locator("#text")).to_have_value("大切な返事です。")
    page.get_by_role("button", name="送信").click()
    expect(page.locator(".message.counselor")).to_contain_text("大切な返事です。")


def test_a_reader_of_a_case_sees_at_once_who_took_it(office, console):
    case_id = office.case()
    page = console()
    page.goto(page.url + f"case/{case_id}")
    expect(page.locator("#case-note")).to_contain_text("まず「引き受ける」")
    office.services.counseling.claim(2, case_id)
    expect(page.locator("#case-note")).to_contain_text("田中さんが対応しています")
    expect(page.locator("#claim")).to_have_count(0)


def test_without_the_feed_the_list_is_asked_for_again_and_again(office, console):
    page = console(offline=True)
    case_id = urgent_case(office)
    expect(page.locator(f"#case-{case_id}")).to_be_visible(timeout=12_000)


def test_a_sign_in_that_has_ended_is_said_and_leads_to_a_new_one(office, console):
    case_id = office.case()
    page = console(expected="401")
    office.deactivate("sato")
    office.says(case_id, "xin chào")
    link = page.get_by_role("link", name="もう一度サインインしてください")
    expect(link).to_have_attribute("href", "/desk/sign-in")


@pytest.mark.parametrize("width", [1280, 390])
def test_no_page_keeps_anybody_out(office, console, url, width):
    case_id = office.case(lang="vi", level=Level.U4, answers={"Q4": Answer(("FOOD_NONE",))})
    for provenance in Provenance:
        office.says(case_id, "xin chào", provenance=provenance, other="訳", other_lang="ja")
    office.says(case_id, "質問です", author=Author.BOT, lang="ja", other="質問です")
    office.set_aside(case_id)
    office.case(lang="ne", level=Level.U2)
    page = console(width=width, expected="404")
    for path in ("/", f"/case/{case_id}", f"/case/{case_id}/close", "/case/999"):
        page.goto(url + path)
        if path.endswith(str(case_id)):
            page.get_by_role("button", name="引き受ける").click()
        found = Axe().run(page, options={"runOnly": {"type": "tag", "values": WCAG}})
        assert found.violations_count == 0, found.generate_report()
        too_wide = page.evaluate("document.documentElement.scrollWidth > window.innerWidth")
        assert not too_wide, path
    page.context.clear_cookies()
    page.goto(f"{url}/sign-in")
    found = Axe().run(page, options={"runOnly": {"type": "tag", "values": WCAG}})
    assert found.violations_count == 0, found.generate_report()
