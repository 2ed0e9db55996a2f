"""Under a message: sentences that ask again, words to rewrite, the way to the correction."""

import pytest

from bot.core.model import Author, Provenance
from bot.service.heard import JAPANESE_LANGS
from handlers.desk.words import ASKING_AGAIN
from tests.channels.web.office import content
from tests.channels.web.resident import read
from tests.desk.sentence_samples import (
    DOUBTED,
    FOLDED,
    MACHINE,
    MEMORY,
    NOT_TOLD,
    NOTHING,
    NUMBER,
    PHRASE,
    TOLD,
    says_in_sentences,
)

REWRITE = "短くやさしい文に書きなおす"


@pytest.fixture
def case_id(office):
    return office.case(lang="vi")


@pytest.fixture
def thread(case_id, sign_in):
    """Read the thread of the case as a counselor who holds it, or does not."""

    def look(login="sato", *, claimed=False):
        desk = sign_in(login)
        if claimed:
            desk.post(f"/desk/case/{case_id}/claim")
        return read(desk.get(f"/desk/case/{case_id}/thread").text)

    return look


def mend_buttons(page):
    return [each.text for line in page.classed("mend") for each in line.all("button")]


@pytest.mark.parametrize("failed", [DOUBTED, NOTHING])
def test_the_holder_can_ask_again_where_a_sentence_failed(office, case_id, thread, failed):
    message = says_in_sentences(office, case_id, MACHINE, failed)
    says_in_sentences(office, case_id, MACHINE, MEMORY, PHRASE, FOLDED, NUMBER)
    page = thread(claimed=True)
    assert mend_buttons(page.one("li", id=f"message-{message}")) == list(ASKING_AGAIN)
    assert mend_buttons(page) == list(ASKING_AGAIN), "under no other message"


def test_who_does_not_hold_the_case_asks_nobody_again(office, case_id, thread):
    says_in_sentences(office, case_id, DOUBTED)
    assert mend_buttons(thread()) == []
    assert mend_buttons(thread("tanaka", claimed=True)) == list(ASKING_AGAIN)
    assert mend_buttons(thread()) == []


def test_a_counselors_own_failed_words_can_be_rewritten_but_not_asked_for(office, case_id, thread):
    says_in_sentences(office, case_id, TOLD, NOT_TOLD, author=Author.COUNSELOR)
    assert mend_buttons(thread()) == []
    [button] = thread(claimed=True).classed("mend")[0].all("button")
    assert button.text == REWRITE
    assert button.attributes["value"] == f"{TOLD.source} {NOT_TOLD.source}"


@pytest.mark.parametrize("asked", ASKING_AGAIN)
def test_without_scripts_the_question_is_put_into_the_box(office, case_id, sign_in, asked):
    says_in_sentences(office, case_id, DOUBTED)
    desk = sign_in()
    desk.post(f"/desk/case/{case_id}/claim")
    page = read(desk.get(f"/desk/case/{case_id}").text)
    [button] = [each for each in page.all("button", form="composer") if each.text == asked]
    form = page.one("form", id="composer")
    assert {each.attributes["name"] for each in form.all("input", type="hidden")} == {
        "csrf_token",
        "nonce",
    }
    desk.post(button.attributes["formaction"], text="こんにちは。")
    assert f">こんにちは。\n{asked}</textarea>" in desk.page


def test_without_scripts_failed_words_are_put_into_the_box_to_be_rewritten(
    office, case_id, sign_in
):
    says_in_sentences(office, case_id, NOT_TOLD, author=Author.COUNSELOR)
    desk = sign_in()
    desk.post(f"/desk/case/{case_id}/claim")
    page = read(desk.get(f"/desk/case/{case_id}").text)
    [button] = [each for each in page.all("button", form="composer") if each.text == REWRITE]
    desk.post(button.attributes["formaction"], text="", say=button.attributes["value"])
    assert f">{NOT_TOLD.source}</textarea>" in desk.page


@pytest.mark.parametrize("asked", ASKING_AGAIN)
def test_what_asks_again_is_a_prepared_sentence_in_every_language(asked):
    _, catalogs, phrasebook = content()
    languages = [each for each in catalogs.languages() if each not in JAPANESE_LANGS]
    assert [each for each in languages if not phrasebook.lookup(asked, each)] == []


# --- the way to the correction -------------------------------------------------------------------


def test_what_was_translated_leads_to_its_correction(office, case_id, thread):
    message = says_in_sentences(office, case_id, MACHINE)
    [link] = thread().classed("mend")[0].all("a")
    assert (link.text, link.attributes["href"]) == (
        "訳を直す",
        f"/desk/case/{case_id}/message/{message}/translation",
    )


def test_there_is_no_way_to_correct_where_there_is_nothing_to_correct(office, case_id, thread):
    office.says(case_id, "090-1234-5678", provenance=Provenance.HUMAN)
    office.says(case_id, "Tôi đói", provenance=Provenance.WAITING, other_lang="ja")
    office.says(case_id, "質問です", author=Author.BOT, lang="ja", other="Câu hỏi", other_lang="vi")
    office.unsend(says_in_sentences(office, case_id, MACHINE, DOUBTED))
    page = thread(claimed=True)
    assert page.classed("mend") == []
    assert len(page.classed("message")) == 5, "with what the bot said of the claim"


def test_only_the_holder_is_led_to_correct_what_a_counselor_said(office, case_id, thread):
    says_in_sentences(office, case_id, TOLD, author=Author.COUNSELOR)
    assert thread().classed("mend") == []
    assert [each.text for each in thread(claimed=True).classed("mend")] == ["訳を直す"]
