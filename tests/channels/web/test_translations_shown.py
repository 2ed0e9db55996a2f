"""What a resident reads of translations: what is sure, what is not, and what to do about it."""

import pytest

from bot.core.model import Author, Provenance
from tests.support.toy_engine import ToyEngine, made_up

SURE = "明日、市役所に来てください。"
UNSURE = "印鑑は要りません。"
SPANISH = "Estoy muy cansado"


def says(office, key, lang):
    """A fixed sentence; never the Japanese one where the page has another language."""
    words = office.services.phrase(key, lang)
    assert (words == office.services.phrase(key, "ja")) is (lang == "ja")
    return words


def notes(page):
    """The labels under messages, without the heading of the original."""
    return [
        each.text
        for bubble in page.classed("bubble")
        for each in bubble.children
        if each.attributes.get("class") == "note"
    ]


@pytest.fixture
def talk(office, resident):
    """A conversation in Vietnamese with a counselor."""
    resident.begin("vi").press("START_OK").press("HUMAN")
    return office.claim()


@pytest.fixture
def answered(office, resident, talk):
    """The counselor's answer, of which the engine cannot translate the second sentence."""
    office.answer(talk, f"{SURE}{UNSURE}")
    office.translate(ToyEngine(says={UNSURE: UNSURE}))
    return resident.open().page.classed("counselor")[0]


def test_an_answer_translated_in_part_says_so_and_shows_the_whole_original(office, answered):
    first, second = answered.classed("said")
    assert first.text == f"{made_up(SURE, 'ja', 'vi')} {UNSURE}"
    assert second.text == f"{SURE}{UNSURE}"
    assert second.one("span").attributes["lang"] == "ja"
    assert notes(answered) == [says(office, "bot.partly_label", "vi")]


def test_what_stands_in_japanese_among_translated_words_is_marked_as_japanese(answered):
    [told] = answered.classed("said")[0].children
    assert (told.attributes["lang"], told.attributes["dir"]) == ("vi", "auto")
    assert [each.text for each in told.all("span", lang="ja")] == ["印鑑は要りません"]


def test_markup_in_a_part_that_was_not_translated_stays_text(office, resident, talk):
    unsure = f"<b>{UNSURE}"
    office.answer(talk, SURE + unsure)
    office.translate(ToyEngine(says={unsure: unsure}))
    answer = resident.open().page.classed("counselor")[0]
    assert answer.all("b") == []
    assert unsure in answer.classed("said")[0].text


def test_a_corrected_answer_is_shown_as_written_by_people(office, resident, talk, answered):
    del answered
    with office.transaction() as work:
        sent = [each for each in work.messages.of(talk) if each.author is Author.COUNSELOR][-1]
    words = {0: "Mai anh/chị đến tòa thị chính nhé.", 1: "Không cần con dấu."}
    office.services.correcting.correct(office.counselor, talk, sent.id, words, remember=False)
    with office.transaction() as work:
        assert work.messages.get(sent.id).provenance is Provenance.MEMORY
    answer = resident.open().page.classed("counselor")[0]
    assert answer.classed("said")[0].text == " ".join(words.values())
    assert answer.classed("said")[1].text == f"{SURE}{UNSURE}"
    assert notes(answer) == [says(office, "bot.phrase_label", "vi")]


def test_an_answer_that_could_not_be_translated_says_why_it_is_in_japanese(office, resident, talk):
    office.answer(talk, UNSURE)
    office.translate(ToyEngine(says={UNSURE: UNSURE}))
    answer = resident.open().page.classed("counselor")[0]
    [only] = answer.classed("said")
    assert (only.text, only.one("span").attributes["lang"]) == (UNSURE, "ja")
    assert notes(answer) == [says(office, "bot.japanese_only", "vi")]


def test_under_the_newest_words_stands_what_to_do_when_nobody_can_read_them(office, resident, talk):
    del talk
    advice = says(office, "web.not_translated", "vi")
    resident.say("Tôi đói bụng quá")
    assert advice not in resident.page.text, "not before it was tried"
    office.translate(ToyEngine(always=SPANISH))
    newest = resident.open().page.classed("mine")[-1]
    assert newest.classed("said")[0].text == "Tôi đói bụng quá"
    assert notes(newest) == [advice]
    assert notes(resident.page).count(advice) == 1
    resident.say("Tôi đói")
    office.translate()
    assert advice not in resident.open().page.text


def test_the_advice_goes_when_the_counselor_answers(office, resident, talk):
    resident.say("Tôi đói bụng quá")
    office.translate(ToyEngine(always=SPANISH))
    assert notes(resident.open().page.classed("mine")[-1]) != []
    office.answer(talk, "通訳の人が必要ですか。お金はかかりません。")
    assert notes(resident.open().page.classed("mine")[-1]) == []


def test_the_advice_comes_with_the_partial_that_follows_the_translation(office, resident, talk):
    del talk
    resident.say("Tôi đói bụng quá")
    body = resident.page.one("body").attributes
    office.translate(ToyEngine(always=SPANISH))
    answer = resident.get(f"/chat/thread?after={body['data-last']}&seen={body['data-seen']}")
    assert 'data-whole="1"' in answer.text
    assert says(office, "web.not_translated", "vi") in answer.text
