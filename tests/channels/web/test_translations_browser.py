"""Translations on a resident's phone: what could not be translated is said, without a barrier."""

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.channels.web.office import Office, a_server, an_app
from tests.support.toy_engine import ToyEngine

AXE_OPTIONS = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
SPANISH = "Estoy muy cansado"
UNSURE = "印鑑は要りません。"


@pytest.fixture
def page(browser: Browser, office: Office) -> Iterator[Page]:
    """A small phone; the test fails on any script error."""
    complaints: list[str] = []
    with a_server(an_app(office)) as address:
        context = browser.new_context(viewport={"width": 360, "height": 740}, locale="vi")
        opened = context.new_page()
        opened.on("pageerror", lambda error: complaints.append(str(error)))
        opened.goto(f"{address}/chat")
        yield opened
        context.close()
    assert complaints == []


def with_a_person(page: Page, office: Office, lang: str) -> int:
    page.locator(f"[data-q=LANG][data-a={lang}]").click()
    page.locator("[data-a=START_OK]").click()
    page.locator("[data-a=HUMAN]").click()
    expect(page.locator("[data-a=CONTINUE]")).to_be_visible()
    claimed = office.claim()
    expect(page.locator("[data-a=CONTINUE]")).to_have_count(0)
    return claimed


def assert_no_barrier(page: Page) -> None:
    found = Axe().run(page, options=AXE_OPTIONS)
    assert found.violations_count == 0, found.generate_report()
    too_wide = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    assert page.evaluate(too_wide) == 0


@pytest.mark.parametrize("lang", ["vi", "ne", "zh-Hant"])
def test_the_advice_to_write_again_comes_by_itself_under_the_newest_words(page, office, lang):
    with_a_person(page, office, lang)
    page.locator("#text").fill("Tôi đói bụng quá")
    page.locator(".send").click()
    newest = page.locator(".mine").last
    expect(newest).to_contain_text("Tôi đói bụng quá")
    expect(page.locator("#pending .line")).to_have_count(0)
    office.translate(ToyEngine(always=SPANISH))
    advice = newest.locator(".note")
    words = office.services.phrase("web.not_translated", lang)
    expect(advice).to_have_text(words, timeout=15_000)
    expect(advice).to_be_in_viewport(ratio=1)
    assert_no_barrier(page)


def test_an_answer_translated_in_part_comes_by_itself_with_its_label(page, office):
    talk = with_a_person(page, office, "vi")
    office.answer(talk, f"明日、市役所に来てください。{UNSURE}")
    office.translate(ToyEngine(says={UNSURE: UNSURE}))
    answer = page.locator(".counselor")
    expect(answer.locator(".said").first).to_contain_text(UNSURE)
    expect(answer.locator(".said").last).to_have_text(f"明日、市役所に来てください。{UNSURE}")
    expect(answer.locator(".note").first).to_have_text(
        office.services.phrase("bot.partly_label", "vi")
    )
    assert_no_barrier(page)
