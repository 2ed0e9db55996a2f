"""What the web chat shows: words, languages, counselors, headers, and the script's partial."""

import pytest

from tests.channels.web.office import an_app
from tests.channels.web.resident import Resident

PART = {"X-Chat-Part": "1"}


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
        "[vi] 今日は、どこで寝ますか？",
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
    assert len(resident.page.classed("gone")) == 1


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
    assert "[vi] どこにいますか" in answer.text


def test_a_refused_text_answers_the_script_with_the_reason_alone(resident):
    resident.begin()
    answer = resident.post("/chat/say", resident.form("/chat/say", text=" "), **PART)
    assert answer.status_code == 400
    assert (answer.mimetype, answer.text) == ("text/plain", "何か書いてから送ってください。")


def test_the_partial_of_a_stranger_is_empty(resident):
    assert resident.get("/chat/thread").status_code == 204
    assert resident.get("/chat/events").status_code == 204


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
