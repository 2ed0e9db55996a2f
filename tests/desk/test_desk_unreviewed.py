"""A counselor sees which of the bot's words about life, consent or money nobody has reviewed."""

import re
from dataclasses import replace

import pytest

from bot.adapters.catalogs import Catalogs
from bot.core.model import Author, Provenance
from handlers.desk.words import PROVENANCE
from tests.support.dialogs import ANSWERS, BOOK, CATALOGS, DIALOG
from tests.support.service_tools import Office as Consultation

MARK = "固定文（訳は未確認の下書き）"
FIXED = "固定文"
SENSITIVE = frozenset(BOOK.crisis | BOOK.consent | BOOK.money)
MESSAGE = re.compile(r'<li id="message-(\d+)".*?</li>', re.DOTALL)
CELL = re.compile(
    r'<div class="cell (theirs|ours) (\w+)">.*?<p class="words" lang="([^"]+)"[^>]*>(.*?)</p>'
    r'\s*<p class="label"[^>]*>(.*?)</p>',
    re.DOTALL,
)


def catalogs(*, reviewed: bool = False) -> Catalogs:
    """The real catalogs, in which nothing that matters is reviewed in Korean (or everything is)."""
    drafts = {"ko": frozenset() if reviewed else SENSITIVE}
    return Catalogs(CATALOGS._texts, tuple(CATALOGS.languages()), {}, drafts)


def resident(lang="ko", *, reviewed=False):
    return Consultation(renderer=catalogs(reviewed=reviewed)).person().begins(lang)


def walked(person, question, **different):
    given = ANSWERS | different
    for _ in DIALOG.nodes:
        node = person.state.node
        if node == question:
            return person
        done = ["DONE"] if getattr(DIALOG.nodes[node], "many", False) and node in given else []
        person.taps(*given.get(node, "SKIP").split(","), *done)
    raise AssertionError(f"{question} is not on the way")


def korean(address):
    return CATALOGS.render(BOOK.texts[address], "ko").text.split("\n")[0]


def source(address):
    return CATALOGS.render(BOOK.texts[address], "ja").text.split("\n")[0]


@pytest.fixture
def shown(office, sign_in):
    """Put what was said into a case at the desk and return the cells of its page.

    A cell is (side, kind, language, words, label); a message has one or two of them.
    """

    def show(person):
        case_id = office.case(lang=person.state.lang)
        with office.transaction() as work:
            work.messages.add(
                [
                    replace(each, id=0, conversation_id=case_id, parcel_id=None)
                    for each in person.messages
                ]
            )
        page = sign_in().get(f"/desk/case/{case_id}/thread").text
        return [CELL.findall(message[0]) for message in MESSAGE.finditer(page)]

    return show


def cells_with(shown_messages, words):
    """The cells of the newest message in which these words stand."""
    found = [
        cells for cells in shown_messages if any(words in cell[3].split("\n")[0] for cell in cells)
    ]
    assert found, words
    return {side: (kind, lang, label) for side, kind, lang, _, label in found[-1]}


def test_the_mark_is_the_desks_word_for_unreviewed():
    assert PROVENANCE[Provenance.UNREVIEWED] == MARK
    assert PROVENANCE[Provenance.FIXED] == FIXED


def test_words_about_life_carry_the_mark_and_their_japanese_source_does_not(shown):
    page = shown(resident().taps("SAFE_SUICIDE", "DONE"))
    cells = cells_with(page, korean("screening.SUI_LISTEN.text"))
    assert cells == {
        "theirs": ("unreviewed", "ko", MARK),
        "ours": ("fixed", "ja", FIXED),
    }
    assert cells == cells_with(page, source("screening.SUI_LISTEN.text"))


def test_a_question_about_consent_carries_the_mark(shown):
    person = walked(resident(), "E2_WELFARE", Q5="M0")
    cells = cells_with(shown(person), korean("screening.E2_WELFARE.text"))
    assert cells["theirs"] == ("unreviewed", "ko", MARK)
    assert cells["ours"] == ("fixed", "ja", FIXED)


def test_the_question_whether_to_send_carries_the_mark(shown):
    person = walked(resident(), "SUMMARY")
    cells = cells_with(shown(person), korean("screening.SUMMARY.text"))
    assert cells["theirs"] == ("unreviewed", "ko", MARK)


def test_a_card_about_a_loan_carries_the_mark(shown):
    person = walked(resident(), "SUMMARY", Q5="M0").taps("SEND")
    money = [
        each
        for each in person.messages
        if each.author is Author.BOT
        and any(korean(address) in each.text for address in BOOK.money if address.endswith(".name"))
    ]
    assert money, "no card about money was shown"
    page = shown(person)
    for each in money:
        cells = cells_with(page, each.text.split("\n")[0])
        assert cells["theirs"] == ("unreviewed", "ko", MARK)
        assert cells["ours"] == ("fixed", "ja", FIXED)


@pytest.mark.parametrize("question", ["Q2", "Q3"])
def test_harmless_words_carry_no_mark(shown, question):
    assert f"screening.{question}.text" not in SENSITIVE
    person = walked(resident(), question)
    cells = cells_with(shown(person), korean(f"screening.{question}.text"))
    assert cells["theirs"] == ("fixed", "ko", FIXED)
    assert cells["ours"] == ("fixed", "ja", FIXED)


def test_what_was_reviewed_carries_no_mark(shown):
    page = shown(resident(reviewed=True).taps("SAFE_SUICIDE", "DONE"))
    cells = cells_with(page, korean("screening.SUI_LISTEN.text"))
    assert cells["theirs"] == ("fixed", "ko", FIXED)
    assert not any(MARK in cell[4] for cells in page for cell in cells)


def test_the_answers_a_resident_chose_carry_no_mark(shown):
    person = walked(resident(), "E2_WELFARE", Q5="M0").taps("E2_WELFARE_YES")
    page = shown(person)
    label = korean("screening.E2_WELFARE.E2_WELFARE_YES")
    cells = cells_with(page, label)
    assert MARK not in {label for _, _, label in cells.values()}


def test_without_drafts_in_japanese_a_japanese_reader_s_thread_has_no_mark(shown):
    page = shown(resident("ja").taps("SAFE_SUICIDE", "DONE"))
    assert {len(cells) for cells in page} == {1}
    assert not any(MARK in cell[4] for cells in page for cell in cells)
