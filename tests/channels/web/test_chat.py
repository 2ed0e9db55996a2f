"""What a resident without JavaScript does on the web chat, and what is refused."""

import pytest

from bot.core.model import InboundKind
from tests.channels.web.office import an_app
from tests.channels.web.resident import Resident


def test_a_first_view_offers_the_languages_and_stores_nothing(office, resident):
    resident.open()
    menu = resident.page.all("button", name="lang")
    assert [(each.attributes["data-a"], each.text) for each in menu] == list(
        office.services.renderer.languages().items()
    )
    assert {each.attributes["data-q"] for each in menu} == {"LANG"}
    assert office.received == []
    assert office.services.reading.thread(resident.address) is None


def test_the_token_is_long_and_out_of_reach_of_scripts(office):
    answer = Resident(an_app(office, secure_cookies=True)).get("/chat")
    cookie = answer.headers["Set-Cookie"]
    assert len(cookie.split("=")[1].split(";")[0]) == 43
    for part in ("HttpOnly", "SameSite=Lax", "Secure", "Path=/chat"):
        assert part in cookie


def test_a_pressed_language_opens_the_conversation_in_it(office, resident):
    resident.begin("vi")
    assert resident.page.one("html").attributes["lang"] == "vi"
    assert resident.said[1] == "Tiếng Việt"
    assert resident.said[-1].startswith("Xin chào")
    kinds = [each.kind for each in office.received]
    assert kinds == [InboundKind.FOLLOW, InboundKind.PICK]
    assert {each.address for each in office.received} == {resident.address}
    assert len({each.event_id for each in office.received}) == 2


def test_words_before_a_language_bring_the_menu_in_every_language(resident):
    resident.open().say("hello?")
    menu = resident.page.all("button", data_q="LANG")
    assert "ne" in {each.attributes["data-a"] for each in menu}
    assert resident.page.all("span", lang="ne")
    resident.press("en")
    assert resident.page.one("html").attributes["lang"] == "en"


def test_one_choice_is_a_button_that_answers(resident):
    resident.begin().press("START_OK")
    assert resident.said[-2] == "はじめる"
    assert "いま、あなたや家族は安全ですか。" in resident.said[-1]


def test_ticked_choices_are_sent_together_with_done(office, resident):
    resident.begin().press("START_OK").press("SAFE_NO_BED", "SAFE_CHILD", "DONE")
    pick = office.received[-1].pick
    assert (pick.question, pick.codes) == ("Q1", ("SAFE_NO_BED", "SAFE_CHILD", "DONE"))
    assert "今夜寝る所がない、子どものことが心配" in resident.said


def test_a_tick_that_is_taken_away_counts_no_more(office, resident):
    resident.begin().press("START_OK").say("2,6")
    ticked = [each for each in resident.page.all("input") if "checked" in each.attributes]
    assert {each.attributes["data-a"] for each in ticked} == {"SAFE_VIOLENCE_NOW", "SAFE_NO_BED"}
    resident.press("SAFE_NO_BED", "DONE")
    assert [each.pick.codes for each in office.received[-2:]] == [
        ("BACK",),
        ("SAFE_NO_BED", "DONE"),
    ]
    conversation = office.services.reading.case(office.counselor, 1)
    assert conversation.answers[-1].codes == ("SAFE_NO_BED",)


def test_controls_are_buttons_beside_the_answers(resident):
    resident.begin().press("START_OK")
    assert {"SKIP", "BACK", "HUMAN", "LANG", "STOP", "WHY"} <= set(resident.choices)
    resident.press("WHY")
    assert "危ないときは、先に助けにつなぐためです。" in resident.said[-1]


def test_only_the_last_message_has_buttons(resident):
    resident.begin().press("START_OK")
    questions = {e.attributes["data-q"] for e in resident.page.all() if "data-q" in e.attributes}
    assert questions == {"Q1"}


def test_the_same_form_twice_changes_nothing(resident):
    resident.begin().press("START_OK")
    form = resident.form("/chat/say", text="こんばんは")
    resident.send("/chat/say", form)
    once = resident.said
    resident.send("/chat/say", form)
    assert resident.said == once
    assert once.count("こんばんは") == 1


def test_nobody_uses_up_the_nonce_of_another_one(office, resident):
    other = Resident(an_app(office)).begin()
    resident.begin()
    resident.send("/chat/say", resident.form("/chat/say", text="私", nonce="same"))
    other.send("/chat/say", other.form("/chat/say", text="ぼく", nonce="same"))
    assert "私" in resident.said
    assert "ぼく" in other.said
    assert "私" not in other.said


@pytest.mark.parametrize("key", ["", "0" * 64, "é"])
def test_a_form_of_somebody_else_is_refused(office, resident, key):
    resident.begin()
    before = len(office.received)
    resident.send("/chat/say", resident.form("/chat/say", text="やあ", key=key))
    assert resident.status == 400
    assert "このページを表示できません" in resident.page.text
    assert len(office.received) == before


def test_a_form_from_another_site_is_refused_even_with_its_key(resident):
    form = resident.open().form("/chat/say", text="やあ")
    assert resident.post("/chat/say", form, Origin="https://evil.example").status_code == 400
    for ours in ("https://chat.example", "http://localhost", "null"):
        fields = {**form, "nonce": ours.replace(":", "").replace("/", "").replace(".", "")}
        assert resident.post("/chat/say", fields, Origin=ours).status_code == 303


def test_a_form_without_a_cookie_is_refused(office, resident):
    form = resident.open().form("/chat/say", text="やあ")
    assert Resident(an_app(office)).post("/chat/say", form).status_code == 400


@pytest.mark.parametrize(
    "broken",
    [
        {"nonce": ""},
        {"nonce": "a b"},
        {"nonce": "x" * 65},
        {"s": "'"},
        {"q": ""},
        {"a": []},
        {"a": ["DONE", "\x00"]},
        {"a": [f"C{number}" for number in range(61)]},
        {"lang": "tlh"},
    ],
)
def test_a_form_that_no_page_makes_is_refused(office, resident, broken):
    resident.begin()
    before = len(office.received)
    form = resident.form("/chat/choose", "START_OK", a="START_OK") | broken
    assert resident.post("/chat/choose", form).status_code == 400
    assert len(office.received) == before


def test_an_old_button_is_answered_kindly(resident):
    resident.begin()
    old = resident.form("/chat/choose", "START_OK", a="START_OK")
    resident.press("START_OK")
    resident.send("/chat/choose", {**old, "nonce": "again"})
    assert resident.status == 200
    assert "それは前のボタンです" in resident.said[-1]


def test_an_empty_text_is_not_sent_and_says_so(office, resident):
    resident.begin()
    before = len(office.received)
    resident.say(" \r\n　")
    assert resident.status == 400
    assert resident.page.one(id="refusal").text == "何か書いてから送ってください。"
    assert len(office.received) == before


def test_a_text_of_2000_characters_goes_and_a_longer_one_stays_in_its_box(resident):
    resident.begin().say("あ" * 2_000)
    assert resident.status == 200
    resident.say("い" * 2_001)
    assert resident.status == 400
    assert "2,000文字まで" in resident.page.one(id="refusal").text
    assert resident.page.one("textarea").text == "い" * 2_001


def test_a_body_over_64_kb_is_refused(resident):
    resident.begin()
    resident.send("/chat/say", resident.form("/chat/say", text="a" * 70_000))
    assert resident.status == 413
    assert "2,000文字まで" in resident.page.text


def test_characters_that_a_database_refuses_are_left_out(office, resident):
    resident.begin().say("a\x00b\r\nc\x1b")
    assert office.received[-1].text == "ab\nc"


def test_forgetting_takes_the_token_and_a_new_visit_knows_nothing(resident):
    resident.begin().say("秘密の話")
    old = resident.token
    resident.send("/chat/forget", resident.form("/chat/forget"))
    assert "この端末の記録を消しました" in resident.page.text
    assert resident.client.get_cookie("chat", path="/chat") is None
    assert "秘密の話" not in resident.open().page.text
    assert resident.token != old


def test_a_made_up_cookie_is_replaced(resident):
    resident.client.set_cookie("chat", "x" * 20, path="/chat")
    resident.open()
    assert len(resident.token) == 43


@pytest.mark.parametrize(
    ("wished", "lang"),
    [
        ("vi-VN,vi;q=0.9,en;q=0.8", "vi"),
        ("fr-FR, ne;q=0.5, en;q=0.1", "ne"),
        ("ja-JP", "ja"),
        ("fr", "ja"),
        ("", "ja"),
        ("en;q=0, ja;q=0.2", "ja"),
    ],
)
def test_the_page_of_a_stranger_speaks_the_browsers_language(office, wished, lang):
    page = Resident(an_app(office), language=wished).open().page
    assert page.one("html").attributes["lang"] == lang


def test_a_source_code_comes_along_with_the_first_act(office, resident):
    resident.open("/chat?src=flyer-12")
    resident.send("/chat/choose", resident.form("/chat/choose", "ja", lang="ja"))
    assert office.received[0].source_code == "flyer-12"
    resident.open("/chat?src=%3Cscript%3E")
    assert "script%3E" not in resident.page.text


def test_an_unknown_failure_shows_the_page_that_says_sorry(office, resident):
    resident.begin()
    office.broken = True
    resident.say("だれか")
    assert resident.status == 500
    assert "このページを表示できません" in resident.page.text
