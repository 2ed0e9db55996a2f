"""The page on which a counselor puts a translation right: what it shows and what it saves."""

import re
from dataclasses import replace

import pytest

from bot.core.model import Author, Channel, Provenance
from tests.channels.web.resident import read
from tests.desk.correction_forms import address, memory, save, sent, sentences, to_be_sent
from tests.desk.sentence_samples import (
    DOUBTED,
    EVERY_KIND,
    MACHINE,
    NOTHING,
    NUMBER,
    PIVOTED,
    TOLD,
    says_in_sentences,
)

RIGHT = "5万5千円を借りています。"


@pytest.fixture
def case_id(office):
    return office.case(lang="vi")


@pytest.fixture
def incoming(office, case_id):
    """What a resident said: one sentence the machine was sure of, one it was not."""
    return says_in_sentences(office, case_id, MACHINE, DOUBTED)


@pytest.fixture
def outgoing(office, case_id):
    """What a counselor said."""
    return says_in_sentences(office, case_id, TOLD, author=Author.COUNSELOR)


@pytest.fixture
def desk(sign_in):
    return sign_in()


# --- what the page shows -------------------------------------------------------------------------


def test_every_sentence_stands_with_its_translation_its_label_and_the_doubts(office, case_id, desk):
    message = says_in_sentences(office, case_id, *EVERY_KIND)
    page = read(desk.get(address(case_id, message)).text)
    rows = page.one("ol").children
    assert [each.classed("source")[0].text for each in rows] == [e.source for e in EVERY_KIND]
    assert {each.attributes["lang"] for each in page.classed("source")} == {"vi"}
    fields = page.all("textarea")
    assert [each.text for each in fields] == [e.text for e in EVERY_KIND if e is not NUMBER]
    assert {each.attributes["lang"] for each in fields} == {"ja"}
    labels = [each.classed("label")[0].text for each in rows]
    assert labels[:4] == [
        "そのまま",
        "用意した文",
        "用意した文（訳は未確認の下書き）",
        "相談員が確かめた訳",
    ]
    assert labels[-2:] == ["正しく訳せませんでした"] * 2
    doubted = rows[EVERY_KIND.index(DOUBTED)]
    assert "数字・日付・時刻が合いません（55000、5000）" in doubted.classed("reasons")[0].text


def test_each_field_is_described_by_the_sentence_it_translates(case_id, incoming, desk):
    page = read(desk.get(address(case_id, incoming)).text)
    for field, sentence in zip(page.all("textarea"), (MACHINE, DOUBTED), strict=True):
        first, *more = field.attributes["aria-describedby"].split()
        assert page.one(id=first).text == sentence.source
        assert [page.one(id=each).attributes["class"] for each in more] == (
            ["reasons"] if sentence.doubts else []
        )
        assert page.one("label", for_=field.attributes["id"]).text.startswith("訳")


def test_what_is_not_a_translation_cannot_be_changed_nor_what_is_empty_be_approved(
    office, case_id, desk
):
    message = says_in_sentences(office, case_id, NUMBER, NOTHING, MACHINE)
    page = read(desk.get(address(case_id, message)).text)
    number, nothing, machine = page.one("ol").children
    assert (number.all("textarea"), number.all("input")) == ([], [])
    assert (len(nothing.all("textarea")), nothing.all("input")) == (1, [])
    assert machine.one("input").attributes["value"] == "2"


def test_what_a_person_wrote_is_never_markup(office, case_id, desk):
    bad = '</textarea><script>alert(1)</script>" x="'
    message = says_in_sentences(office, case_id, replace(MACHINE, source=bad, text=bad))
    page = read(desk.get(address(case_id, message)).text)
    assert page.all("script") == []
    assert (page.one("textarea").text, page.classed("source")[0].text) == (bad, bad)


def test_the_page_says_what_saving_does(case_id, incoming, outgoing, desk):
    page = desk.get(address(case_id, incoming)).text
    assert "本人の文を、日本語に訳したものです。" in page
    assert '<button class="go">直す</button>' in page
    page = desk.get(address(case_id, outgoing)).text
    assert "直すと、本人にもう一度届きます。" in page
    assert '<button class="go">直して送る</button>' in page


# --- saving --------------------------------------------------------------------------------------


def test_a_corrected_sentence_is_shown_in_its_place_and_remembered(office, case_id, incoming, desk):
    answer = save(desk, case_id, incoming, **{"text-1": f" {RIGHT}\r\n"})
    assert answer.status_code == 303
    assert answer.location == f"/desk/case/{case_id}?done=corrected#message-{incoming}"
    untouched, corrected = sentences(office, incoming)
    assert untouched == MACHINE
    assert (corrected.text, corrected.provenance, corrected.origin) == (
        RIGHT,
        Provenance.MEMORY,
        "佐藤",
    )
    page = read(desk.get(answer.location).text)
    assert page.one(id="done").text == "訳を直しました。"
    part = page.one("li", id=f"message-{incoming}").classed("part")[1]
    assert (part.classed("words")[0].text, part.classed("label")[0].text) == (
        RIGHT,
        "相談員が確かめた訳",
    )
    assert "訳を直した" in page.classed("trail")[0].text
    assert memory(office) == {DOUBTED.source: RIGHT}


def test_a_sentence_that_is_right_is_approved_as_it_is(office, case_id, incoming, desk):
    assert save(desk, case_id, incoming, approved="0").status_code == 303
    first, second = sentences(office, incoming)
    assert (first.text, first.provenance) == (MACHINE.text, Provenance.MEMORY)
    assert second == DOUBTED
    assert memory(office) == {MACHINE.source: MACHINE.text}


def test_who_takes_the_tick_away_keeps_the_correction_to_this_message(
    office, case_id, incoming, desk
):
    assert save(desk, case_id, incoming, remember=None, **{"text-1": RIGHT}).status_code == 303
    assert sentences(office, incoming)[1].text == RIGHT
    assert memory(office) == {}


@pytest.mark.parametrize(
    ("source", "ticked"),
    [
        ("Tôi nợ tiền.", True),
        ("Gọi 090-1234-5678 nhé.", False),
        ("Gửi cho anh@example.com nhé.", False),
        ("Xem https://example.com/a nhé.", False),
    ],
)
def test_what_may_be_one_persons_alone_is_not_remembered_unless_asked(
    office, case_id, desk, source, ticked
):
    message = says_in_sentences(office, case_id, PIVOTED, replace(DOUBTED, source=source))
    fields = sent(read(desk.get(address(case_id, message)).text))
    assert ("remember" in fields) is ticked


def test_a_corrected_answer_goes_out_once_more(office, case_id, outgoing, desk):
    desk.post(f"/desk/case/{case_id}/claim")
    to_be_sent(office)
    assert save(desk, case_id, outgoing, **{"text-0": "Mai đến nhé."}).status_code == 303
    [parcel] = to_be_sent(office)
    [bubble] = parcel.bubbles
    assert (bubble.text, bubble.original) == ("Mai đến nhé.", TOLD.source)
    assert bubble.note == "前の文の訳を、人が直しました。"


def test_an_answer_approved_as_it_is_does_not_go_out_again(office, case_id, outgoing, desk):
    desk.post(f"/desk/case/{case_id}/claim")
    to_be_sent(office)
    assert save(desk, case_id, outgoing, approved="0").status_code == 303
    assert to_be_sent(office) == []


def test_on_the_web_a_corrected_answer_needs_no_delivery(office, sign_in):
    case_id = office.case(lang="vi", channel=Channel.WEB)
    message = says_in_sentences(office, case_id, TOLD, author=Author.COUNSELOR)
    desk = sign_in()
    desk.post(f"/desk/case/{case_id}/claim")
    to_be_sent(office)
    assert save(desk, case_id, message, **{"text-0": "Mai đến nhé."}).status_code == 303
    assert to_be_sent(office) == []
    assert sentences(office, message)[0].text == "Mai đến nhé."


def test_the_page_has_no_script_to_rely_on(case_id, incoming, desk):
    page = desk.get(address(case_id, incoming)).text
    assert "<script" not in page
    assert re.search(r"\son\w+=", page) is None
