"""Easy Japanese on the web: furigana above their kanji, safely written, said only once."""

from dataclasses import replace

import pytest

from bot.core.model import Author, Bubble, Choice
from bot.service.reading import ResidentThread, ThreadLine
from handlers.web.showing import shown
from handlers.web.view import furigana_on, thread_view

EASY = "ja-easy"
ASKED = Bubble(
    "家(いえ)は 安全(あんぜん)ですか。",
    EASY,
    session="s",
    question="Q",
    choices=(Choice("Q", "YES", "安全です", detail="家(いえ)です", ruby="安全(あんぜん)です"),),
)


def a_thread(*bubbles: Bubble) -> ResidentThread:
    lines = (
        ThreadLine(number, each.author is Author.RESIDENT, each, "text", 0, unsent=False)
        for number, each in enumerate(bubbles, start=1)
    )
    return ResidentThread(EASY, tuple(lines), 1, with_person=False)


def test_a_reading_stands_above_its_kanji_and_is_hidden_from_screen_readers():
    assert shown("お金(かね)を", readings=True) == (
        'お<ruby>金<rp aria-hidden="true">(</rp><rt aria-hidden="true">かね</rt>'
        '<rp aria-hidden="true">)</rp></ruby>を'
    )


def test_a_text_with_readings_is_escaped_and_keeps_its_telephone_numbers():
    html = shown('<b>家(いえ)</b> & "119" 0120-279-338（無料(むりょう)）', readings=True)
    assert "<b>" not in html
    assert "&lt;b&gt;<ruby>家" in html
    assert '<a href="tel:119">' in html
    assert '<a href="tel:0120-279-338">' in html


def test_other_languages_keep_their_brackets():
    assert shown("東京(とうきょう)") == "東京(とうきょう)"


def test_the_page_shows_furigana_in_messages_and_around_them(resident):
    resident.begin(EASY)
    first = resident.page.classed("bot")[-1]
    assert ("相談窓口", "そうだんまどぐち") in readings_in(first)
    assert ("相談", "そうだん") in readings_in(resident.page.one("header"))
    assert ("記録", "きろく") in readings_in(resident.page.one("footer"))


def test_no_reading_stands_in_an_attribute(resident):
    resident.begin(EASY).press("START_OK")
    for element in resident.page.all():
        assert not any("(そうだん)" in value for value in element.attributes.values())


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_pages_in_other_languages_have_none(resident, lang):
    resident.begin(lang).press("START_OK")
    assert resident.page.all("ruby") == []


def test_choices_have_furigana_and_send_what_they_sent_before(resident):
    resident.begin(EASY).press("START_OK")
    choice = resident.page.one("input", data_a="SAFE_OK")
    assert (choice.attributes["value"], choice.attributes["data-q"]) == ("SAFE_OK", "Q1")
    choices = resident.page.classed("choices")[0]
    assert ("安全", "あんぜん") in readings_in(choices)
    resident.press("SAFE_OK", "DONE")
    assert resident.said[-2] == "安全です"


def test_what_people_write_is_shown_as_they_wrote_it(resident):
    resident.begin(EASY).say("家賃(やちん)が こわい")
    assert resident.page.classed("mine")[-1].all("ruby") == []
    assert "家賃(やちん)が こわい" in resident.said
    counselor = replace(ASKED, author=Author.COUNSELOR, choices=())
    view = thread_view(a_thread(counselor), str, ())
    assert not view.lines[0].parts[0].readings


def test_a_choice_shows_its_furigana_where_they_were_kept():
    offers = thread_view(a_thread(ASKED), str, ()).offers
    assert offers is not None
    assert (offers.answers[0].label, offers.answers[0].detail) == (
        "安全(あんぜん)です",
        "家(いえ)です",
    )


def test_the_page_follows_the_newest_sentence_of_the_bot():
    off = replace(ASKED, text="家は 安全ですか。")
    mine = Bubble("家", EASY, author=Author.RESIDENT)
    kana = replace(ASKED, text="はい")
    assert furigana_on(a_thread(off, ASKED, kana, mine))
    assert not furigana_on(a_thread(ASKED, off, kana, mine))
    assert furigana_on(None)


def readings_in(element) -> list[tuple[str, str]]:
    return [
        ("".join(piece for piece in each.pieces if isinstance(piece, str)), each.one("rt").text)
        for each in element.all("ruby")
    ]
