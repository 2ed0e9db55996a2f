"""The desk in a real browser: live lists, keyboard alone, nothing written is lost."""

import pytest
from playwright.sync_api import expect

from bot.core.answers import Answer
from bot.core.model import Author, Level, Provenance
from tests.desk.barriers import assert_no_barrier
from tests.desk.office import Office
from tests.desk.word_forms import with_words
from tests.support.small_wordbook import FOOD


@pytest.fixture
def words_in_the_office(office) -> Office:
    """Asked for before `url`, which serves what the office has."""
    return with_words(office)


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


def test_the_first_slot_of_a_prepared_sentence_is_typed_over(office, console):
    office.phrasebook.texts["〔日付〕に来られますか。"] = "Anh/chị đến vào 〔日付〕 được không?"
    case_id = office.case(lang="vi")
    page = console(expected="409 (CONFLICT)")
    page.goto(page.url + f"case/{case_id}")
    page.get_by_role("button", name="引き受ける").click()
    page.locator("#phrase").fill("〔日付〕に来られますか。")
    page.locator("#fill").click()
    expect(page.locator("#fate")).to_contain_text("〔　〕のところを書きかえて")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#text")).to_have_value("〔日付〕に来られますか。")
    expect(page.get_by_text("まだ書きかえていない〔　〕があります")).to_be_visible()
    page.locator("#text").fill("")
    page.locator("#phrase").fill("〔日付〕に来られますか。")
    page.locator("#fill").click()
    page.keyboard.type("12月5日")
    expect(page.locator("#text")).to_have_value("12月5日に来られますか。")
    expect(page.locator("#fate")).to_contain_text("自動翻訳と日本語で届きます")


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
        assert_no_barrier(page)
    page.context.clear_cookies()
    page.goto(f"{url}/sign-in")
    assert_no_barrier(page)


@pytest.mark.usefixtures("words_in_the_office")
@pytest.mark.parametrize("width", [1280, 390])
def test_words_are_changed_by_keyboard_alone_and_their_pages_keep_nobody_out(console, url, width):
    page = console(width=width, expected="400 (BAD REQUEST)")

    page.get_by_role("link", name="ことば").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="ことば")).to_be_visible()
    assert_no_barrier(page)
    sentences = page.get_by_role("link", name="用意した文")
    sentences.press("Enter")
    expect(sentences).to_have_attribute("aria-current", "page")
    page.get_by_role("searchbox").fill("đồ ăn")
    page.keyboard.press("Enter")
    expect(page.get_by_text("1件")).to_be_visible()
    assert_no_barrier(page)
    page.get_by_role("link", name=FOOD).press("Enter")
    page.get_by_role("textbox", name="Tiếng Việt ベトナム語").fill("Ở 〔住所〕?")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    page.get_by_role("button", name="保存する").press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("〔住所〕 は使えません")
    assert_no_barrier(page)
    page.get_by_role("alert").get_by_role("link").press("Enter")
    expect(page.locator("#text-vi")).to_be_focused()
    expect(page.locator("#text-vi")).to_have_value("Ở 〔住所〕?")
    page.locator("#text-vi").fill("Anh có đồ ăn không?")
    page.get_by_role("button", name="保存する").press("Enter")
    expect(page.get_by_role("status").filter(has_text="保存しました")).to_be_visible()
    expect(page.locator("#state-vi")).to_contain_text("佐藤が確かめました")
    assert_no_barrier(page)
    page.get_by_role("link", name="この文を使わない").press("Enter")
    expect(page.get_by_role("button", name="使わない")).to_be_visible()
    assert_no_barrier(page)
    page.goto(f"{url}/words/term/new")
    assert_no_barrier(page)
