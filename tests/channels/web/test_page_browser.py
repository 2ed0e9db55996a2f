"""The web chat in a real browser: live, kept through a lost line, accessible, quick to leave."""

import re
from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.channels.web.office import Office, a_server, an_app
from tests.channels.web.resident import Resident
from tests.support.toy_engine import made_up

AXE_OPTIONS = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
WEATHER = re.compile(r"^https://www\.jma\.go\.jp/")


@pytest.fixture
def url(office: Office) -> Iterator[str]:
    with a_server(an_app(office)) as address:
        yield f"{address}/chat"


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """A phone; whatever leads away from the server under test ends in an empty page."""
    opened = browser.new_context(viewport={"width": 390, "height": 844}, locale="ja-JP")
    opened.route(WEATHER, lambda route: route.fulfill(body="weather", content_type="text/plain"))
    yield opened
    opened.close()


@pytest.fixture
def page(context: BrowserContext, url: str) -> Iterator[Page]:
    """The page of a new resident; the test fails on any script error or refused resource."""
    complaints: list[str] = []
    opened = context.new_page()
    opened.on("pageerror", lambda error: complaints.append(str(error)))
    opened.on(
        "console",
        lambda message: (
            complaints.append(message.text)
            if message.type == "error" and "ERR_INTERNET_DISCONNECTED" not in message.text
            else None
        ),
    )
    opened.goto(url)
    yield opened
    assert complaints == []


def begin(page: Page, lang: str = "ja") -> None:
    page.locator(f"[data-q=LANG][data-a={lang}]").click()
    page.locator("[data-a=START_OK]").click()
    expect(page.locator("[data-q=Q1][data-a=SAFE_OK]")).to_be_visible()


def last_line(page: Page):
    return page.locator("[role=log] .line").last


def test_a_language_turns_the_page_into_it_without_a_reload(page):
    page.evaluate("window.stays = true")
    begin(page, "ne")
    expect(page.locator("html")).to_have_attribute("lang", "ne")
    expect(page.get_by_role("button", name="सन्देश पठाउनुहोस्")).to_be_visible()
    assert page.evaluate("window.stays")


def test_ticks_and_done_answer_a_multi_choice(page):
    begin(page)
    page.get_by_role("checkbox", name="今夜寝る所がない").check()
    page.get_by_role("checkbox", name="子どものことが心配").check()
    page.locator("[data-a=DONE]").click()
    expect(page.locator("[data-q=K1]").first).to_be_visible()
    expect(page.locator(".mine").last).to_contain_text("今夜寝る所がない、子どものことが心配")


def test_a_counselors_answer_appears_by_itself_and_takes_no_focus(page, office):
    begin(page, "vi")
    page.locator("[data-a=HUMAN]").click()
    expect(page.locator("[data-a=CONTINUE]")).to_be_visible()
    page.locator("#text").focus()
    page.keyboard.type("đang viết")
    office.answer(office.claim(), "どこにいますか")
    office.translate()
    expect(page.locator(".counselor")).to_contain_text(made_up("どこにいますか", "ja", "vi"))
    expect(page.locator("[data-a]")).to_have_count(0)
    expect(page.locator("#text")).to_be_focused()
    expect(page.locator("#text")).to_have_value("đang viết")
    expect(page.locator(".counselor")).to_be_in_viewport()


@pytest.mark.parametrize("lang", ["ja", "vi", "ne"])
def test_a_new_question_is_shown_from_its_first_line(page, lang):
    page.set_viewport_size({"width": 360, "height": 640})
    begin(page, lang)
    page.evaluate("scrollTo(0, document.documentElement.scrollHeight)")
    page.locator("[data-a=WHY]").click()
    expect(last_line(page)).not_to_have_class(re.compile("mine"))
    expect(page.locator("#pending .line")).to_have_count(0)
    gap = page.evaluate(
        """() => document.querySelector('#newest').closest('.line').getBoundingClientRect().top
            - document.querySelector('.top').getBoundingClientRect().bottom"""
    )
    assert 0 <= gap <= 40


@pytest.mark.parametrize("lang", ["ja", "ja-easy", "en", "zh-Hant", "ko", "vi", "ne", "my", "th"])
def test_the_emergency_numbers_fit_on_one_line_of_a_small_phone(page, lang):
    page.set_viewport_size({"width": 360, "height": 640})
    begin(page, lang)
    tops = page.evaluate(
        """() => [...document.querySelectorAll('.emergency a')]
            .map((each) => Math.round(each.getBoundingClientRect().top))"""
    )
    assert len(set(tops)) == 1


def test_the_link_that_loads_the_page_again_is_not_shown_where_the_page_is_live(page):
    begin(page)
    expect(page.locator(".reload")).to_be_hidden()


def test_without_a_feed_the_page_asks_now_and_then(page, office):
    page.route("**/chat/events*", lambda route: route.fulfill(status=204))
    begin(page)
    page.locator("[data-a=HUMAN]").click()
    expect(page.locator("[data-a=CONTINUE]")).to_be_visible()
    office.answer(office.claim(), "はい")
    expect(page.locator(".counselor")).to_contain_text("はい", timeout=8_000)


def test_words_written_without_a_line_are_sent_once_when_it_is_back(page, context, office):
    begin(page)
    context.set_offline(offline=True)
    page.locator("#text").fill("電車の中です")
    page.locator(".send").click()
    expect(page.locator("#pending")).to_contain_text("電車の中です")
    expect(page.locator("#status")).to_contain_text("まだ送れていません")
    page.locator("#text").fill("二つ目です")
    page.locator(".send").click()
    context.set_offline(offline=False)
    expect(page.locator("#pending .line")).to_have_count(0, timeout=8_000)
    mine = page.locator(".mine .said")
    assert [each for each in mine.all_inner_texts() if each.endswith("です")] == [
        "電車の中です",
        "二つ目です",
    ]
    assert [each.text for each in office.received if each.text] == ["電車の中です", "二つ目です"]


def test_furigana_are_neither_spoken_nor_sent(page, context):
    begin(page, "ja-easy")
    expect(page.locator(".choices rt", has_text="あんぜん")).to_be_visible()
    page.get_by_role("checkbox", name=re.compile(r"^安全\s?です$")).check()
    context.set_offline(True)
    page.locator("[data-a=DONE]").click()
    expect(page.locator("#pending .said")).to_have_text("安全です")


def test_furigana_switched_off_leave_the_whole_page_and_come_back(page):
    page.locator("[data-q=LANG][data-a=ja-easy]").click()
    page.locator("[data-a=FURIGANA]").click()
    expect(page.locator("header rt")).to_have_count(0)
    expect(page.locator(".choices rt, footer rt")).to_have_count(0)
    page.locator("#text").fill("ふりがな")
    page.locator(".send").click()
    expect(page.locator("header rt").first).to_be_visible()
    expect(page.locator(".choices rt").first).to_be_visible()


def test_a_self_check_that_is_erased_leaves_the_page_at_once(page, office):
    page.locator("[data-q=LANG][data-a=ja]").click()
    page.locator("[data-a=START_CHECK]").click()
    page.get_by_role("checkbox", name="借金がふえている").check()
    page.locator("[data-a=DONE]").click()
    expect(page.locator("[role=log]")).to_contain_text("借金がふえている")
    Resident(an_app(office)).begin()  # a stranger's messages, for ids that go on rising
    page.locator("[data-a=CHECK_CLOSE]").click()
    expect(last_line(page)).to_contain_text("消しました")
    expect(page.locator("[role=log]")).not_to_contain_text("借金がふえている")


def test_a_text_that_is_too_long_stays_in_its_box(page):
    begin(page)
    page.locator("#text").fill("あ" * 2_001)
    page.locator(".send").click()
    expect(page.get_by_role("alert")).to_contain_text("2,000文字まで")
    expect(page.locator("#text")).to_have_value("あ" * 2_001)


def test_the_quick_exit_replaces_the_page(page):
    begin(page)
    page.get_by_role("link", name="すぐに閉じる").click()
    page.wait_for_url(WEATHER)
    page.go_back()
    assert "/chat" not in page.url


def test_escape_pressed_three_times_leaves(page):
    begin(page)
    for _ in range(3):
        page.keyboard.press("Escape")
    page.wait_for_url(WEATHER)


def test_a_device_forgotten_in_one_tab_shows_nothing_in_the_other(page, context, url):
    begin(page)
    other = context.new_page()
    other.goto(url)
    other.locator("summary").click()
    other.locator(".forget button").click()
    expect(other.locator("main")).to_contain_text("消しました")
    page.evaluate("window.dispatchEvent(new Event('online'))")
    expect(page.locator("[role=log]")).to_have_count(0)
    expect(page.locator("[data-q=LANG][data-a=ja]")).to_be_visible()


def test_everything_works_by_keyboard_and_focus_stays_with_the_choices(page):
    page.locator("[data-q=LANG][data-a=ja]").focus()
    page.keyboard.press("Enter")
    page.locator("[data-a=START_OK]").focus()
    page.keyboard.press("Space")
    expect(page.locator("[data-q=Q1][data-a=SAFE_OK]")).to_be_visible()
    page.keyboard.press("Tab")
    expect(page.locator("[data-q=Q1][data-a=SAFE_OK]")).to_be_focused()
    page.keyboard.press("Space")
    page.locator("[data-a=DONE]").press("Enter")
    expect(page.locator("[data-a=WHO_SELF]")).to_be_visible()
    page.locator("#text").focus()
    page.keyboard.type("1")
    page.keyboard.press("Enter")
    expect(page.locator("[data-q=Q3]").first).to_be_visible()


def test_the_log_announces_additions_only(page):
    begin(page)
    page.evaluate(
        """() => {
            window.removed = 0;
            const count = (all) => all.forEach(
                (each) => window.removed += each.removedNodes.length);
            const log = document.querySelector('[data-part=log]');
            new MutationObserver(count).observe(log, {childList: true});
        }"""
    )
    before = page.locator("[role=log] .line").count()
    page.locator("[data-a=WHY]").click()
    expect(last_line(page)).to_contain_text("危ないときは、先に助けにつなぐためです。")
    assert page.locator("[role=log] .line").count() == before + 2
    assert page.evaluate("window.removed") == 0


@pytest.mark.parametrize(
    ("lang", "width"),
    [
        *((lang, 320) for lang in ("ja", "ja-easy", "zh-Hant", "vi", "ne", "pt-BR", "my", "th")),
        ("ja-easy", 1280),
        ("ne", 1280),
    ],
)
def test_no_state_has_a_barrier(page, office, lang, width):
    page.set_viewport_size({"width": width, "height": 800})
    states = {"first": lambda: None, "question": lambda: begin(page, lang)}

    def with_a_person() -> None:
        page.locator("[data-a=HUMAN]").click()
        expect(page.locator("[data-a=CONTINUE]")).to_be_visible()
        office.answer(office.claim(), "どこにいますか")
        office.translate()
        expect(page.locator(".counselor")).to_be_visible()

    states["person"] = with_a_person
    for name, reach in states.items():
        reach()
        found = Axe().run(page, options=AXE_OPTIONS)
        told = [
            (each["id"], [n["html"] for n in each["nodes"]])
            for each in found.response["violations"]
        ]
        assert told == [], name
        overflow = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        assert page.evaluate(overflow) == 0, name
        small = page.evaluate(
            """() => [...document.querySelectorAll('button, .tick, summary, .exit, textarea')]
                .filter((each) => each.offsetHeight && each.offsetHeight < 44)
                .map((each) => each.outerHTML)"""
        )
        assert small == [], name
