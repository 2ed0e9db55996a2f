"""What the web chat shows: words, languages, counselors, headers, and the script's partial."""

import re
from pathlib import Path

import pytest

from tests.channels.web.office import an_app
from tests.channels.web.resident import Resident
from tests.support.toy_engine import made_up

PART = {"X-Chat-Part": "1"}
STATIC = Path(__file__).parents[3] / "handlers" / "web" / "static"
YOUNGER = re.compile(
    r"\?\.[a-z(\[]|\?\?|\|\|=|replaceChildren|replaceAll|\.at\(|structuredClone|#[a-z]+\(|^\s*await"
    r"|[{;\s]inset[-\w]*:|(?:padding|margin)-(?:inline|block):",
    re.MULTILINE,
)
"""Came to Chrome or Safari later, and the page would stand crooked or still without it."""


def test_markup_is_shown_as_it_was_written(resident):
    resident.begin().say("<script>alert(1)</script> & <b>太字</b>")
    assert "<script>alert(1)</script> & <b>太字</b>" in resident.said
    assert len(resident.page.all("script")) == 1


def test_every_message_names_its_language_and_free_text_finds_its_direction(resident):
    resident.begin("ja-easy").say("مرحبا")
    assert resident.page.one("html").attributes["lang"] == "ja"
    for line in resident.page.classed("line"):
        assert line.classed("said")[0].all("span")[0].attributes["lang"]
    mine = resident.page.classed("mine")[-1].classed("said")[0].one("span")
    assert (mine.text, mine.attributes["dir"]) == ("مرحبا", "auto")


def test_telephone_numbers_of_the_bot_can_be_tapped(resident):
    resident.begin().press("START_OK").press("SAFE_SUICIDE", "DONE")
    numbers = [each.attributes["href"] for each in resident.page.all("a")]
    assert "tel:0120-279-338" in numbers
    assert "tel:119" in numbers


def test_a_counselors_answer_has_name_translation_original_and_label(office, resident):
    resident.begin("vi").press("START_OK").press("HUMAN")
    conversation = office.claim()
    office.answer(conversation, "今日は、どこで寝ますか？")
    assert not resident.open().page.classed("counselor")
    office.translate()
    answer = resident.open().page.classed("counselor")[0]
    assert answer.classed("name")[0].text == "Nhân viên tư vấn"
    first, second = answer.classed("said")
    assert (first.text, first.one("span").attributes["lang"]) == (
        made_up("今日は、どこで寝ますか？", "ja", "vi"),
        "vi",
    )
    assert (second.text, second.one("span").attributes["lang"]) == (
        "今日は、どこで寝ますか？",
        "ja",
    )
    assert "tự động" in answer.classed("note")[0].text


def test_while_a_person_holds_the_talk_there_are_no_buttons_of_the_bot(office, resident):
    resident.begin().press("START_OK").press("HUMAN")
    office.claim()
    assert resident.open().choices == []


def test_an_unsent_message_leaves_a_gap(office, resident):
    resident.begin().say("ないしょ")
    office.unsend(resident.address)
    assert "ないしょ" not in resident.open().page.text
    assert [each.text for each in resident.page.classed("gone")] == ["（取り消したメッセージ）"]


@pytest.mark.parametrize("state", ["first", "begun", "broken", "forgotten"])
def test_every_page_has_the_way_out_the_emergency_numbers_and_strict_headers(resident, state):
    answer = resident.get("/chat")
    if state != "first":
        resident.begin()
        answer = resident.get("/chat")
    if state == "broken":
        answer = resident.post("/chat/say", {})
    if state == "forgotten":
        answer = resident.post("/chat/forget", resident.form("/chat/forget"))
    assert "https://www.jma.go.jp/" in answer.text
    assert 'rel="noreferrer"' in answer.text
    assert 'href="tel:110"' in answer.text
    assert "<title>くらしの相談</title>" in answer.text
    assert "default-src 'self'" in answer.headers["Content-Security-Policy"]
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Referrer-Policy"] == "same-origin"
    assert " style=" not in answer.text
    assert "onclick" not in answer.text


def test_the_partial_holds_only_what_the_page_lacks(office, resident):
    resident.begin()
    page = resident.page.one("body").attributes
    answer = resident.post(
        f"/chat/choose?after={page['data-last']}&seen={page['data-seen']}",
        resident.form("/chat/choose", "START_OK", a="START_OK"),
        **PART,
    )
    part = Resident(an_app(office))._show(answer)
    assert part.said[0] == "はじめる"
    assert "SAFE_OK" in part.choices
    news = part.page.one(data_part="news").attributes
    assert "data-whole" not in news
    nothing = resident.get(f"/chat/thread?after={news['data-last']}&seen={news['data-seen']}")
    assert "data-line" not in nothing.text


def test_a_translation_that_comes_late_is_not_missed_by_the_partial(office, resident):
    resident.begin("vi").press("START_OK").press("HUMAN")
    office.answer(office.claim(), "どこにいますか")
    resident.open().say("Tôi ở nhà")
    page = resident.page.one("body").attributes
    office.translate()
    answer = resident.get(f"/chat/thread?after={page['data-last']}&seen={page['data-seen']}")
    assert 'data-whole="1"' in answer.text
    assert made_up("どこにいますか", "ja", "vi") in answer.text


def test_a_refused_text_answers_the_script_with_the_reason_alone(resident):
    resident.begin()
    answer = resident.post("/chat/say", resident.form("/chat/say", text=" "), **PART)
    assert answer.status_code == 400
    assert (answer.mimetype, answer.text) == ("text/plain", "何か書いてから送ってください。")


def test_the_partial_of_a_stranger_is_empty(resident):
    assert resident.get("/chat/thread").status_code == 204
    assert resident.get("/chat/events").status_code == 204


def test_the_first_page_asks_for_the_language_in_each_one_time(resident):
    asked = resident.open().page.one("h1").all("span")
    pairs = [(each.attributes["lang"], each.text) for each in asked]
    assert pairs[:3] == [
        ("ja", "ことばを えらんでください。"),
        ("en", "Please choose your language."),
        ("zh-Hans", "请选择语言。"),
    ]
    languages = [each for each in resident.choices if each != "ja-easy"]
    assert len(pairs) == len(languages)


def test_each_line_that_asks_for_the_language_in_the_talk_names_its_own(resident):
    resident.begin().press("LANG")
    asked = resident.page.classed("bot")[-1].classed("said")[0].all("span")
    assert [each.attributes["lang"] for each in asked][:4] == ["ja", "en", "zh-Hans", "zh-Hant"]
    assert "mul" not in [each.attributes["lang"] for each in asked]


def test_a_link_under_the_thread_loads_the_page_again_where_there_is_no_script(resident):
    resident.begin("vi")
    links = [resident.open().page.classed("reload")[0].one("a") for _ in range(2)]
    assert links[0].text == "Xem tin nhắn mới"
    addresses = [each.attributes["href"] for each in links]
    assert len(set(addresses)) == 2, "a browser would only scroll"
    assert addresses[1].endswith("#newest")
    assert resident.open(addresses[1].partition("#")[0]).said


def test_a_file_is_kept_under_the_address_of_its_version_only(resident):
    resident.open()
    address = resident.page.one("script").attributes["src"]
    for given, kept in [(address, True), ("/chat/static/older/chat.js", False)]:
        with resident.get(given) as answer:
            assert answer.status_code == 200
            assert ("max-age=604800" in answer.headers["Cache-Control"]) is kept
    assert resident.get("/chat/static/older/../chat.py").status_code == 404
    assert resident.get("/chat/static/chat.js").status_code == 404


def test_every_script_is_asked_for_at_once(resident):
    page = resident.open().page
    fetched = {each.attributes["href"] for each in page.all("link", rel="modulepreload")}
    fetched.add(page.one("script").attributes["src"])
    assert {each.rpartition("/")[2] for each in fetched} == {
        each.name for each in STATIC.glob("*.js")
    }


@pytest.mark.parametrize("file", sorted(STATIC.glob("*.[jc]s*")), ids=lambda each: each.name)
def test_nothing_is_used_that_a_phone_of_2019_does_not_know(file):
    assert [found[0] for found in YOUNGER.finditer(file.read_text())] == []


def test_what_the_page_loads_stays_under_100_kb(resident):
    resident.begin()
    page = resident.get("/chat")
    addresses = [each.attributes["href"] for each in resident.page.all("link")]
    addresses += [each.attributes["src"] for each in resident.page.all("script")]
    size = len(page.data)
    for address in addresses:
        with resident.get(address) as loaded:
            assert loaded.status_code == 200
            assert loaded.headers["Cache-Control"] == "public, max-age=604800"
            size += len(loaded.data)
    assert size < 100_000
