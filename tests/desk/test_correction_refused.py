"""Corrections that are refused: the page says why, nothing is changed, nothing written is lost."""

import pytest

from bot.core.model import Author
from bot.service.correcting import LONGEST
from tests.channels.web.resident import read
from tests.desk.correction_forms import address, memory, problem, save, sent, sentences, to_be_sent
from tests.desk.sentence_samples import DOUBTED, MACHINE, TOLD, says_in_sentences

RIGHT = "5万5千円を借りています。"
TOO_LATE = "いまは、あなたの担当ではありません"
UNCHANGED = "何も変わっていません。"


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


def test_where_nothing_was_changed_the_page_says_so_and_keeps_what_was_chosen(
    office, case_id, incoming, desk
):
    answer = save(desk, case_id, incoming, remember=None, **{"text-1": "  "})
    assert answer.status_code == 400
    assert problem(answer).startswith(UNCHANGED)
    fields = sent(read(answer.text))
    assert (fields["text-0"], fields["text-1"]) == (MACHINE.text, "")
    assert "remember" not in fields, "ticked again it would be remembered after all"
    assert sentences(office, incoming) == (MACHINE, DOUBTED)
    assert memory(office) == {}


def test_an_overlong_text_is_refused_and_nothing_written_is_lost(office, case_id, incoming, desk):
    long = "あ" * (LONGEST + 1)
    answer = save(desk, case_id, incoming, approved="0", **{"text-1": long})
    assert answer.status_code == 400
    assert problem(answer) == "直していません。1つの文の訳は2,000文字までで書いてください。"
    fields = sent(read(answer.text))
    assert (fields["text-1"], fields["approved"]) == (long, "0")
    assert "remember" in fields
    assert sentences(office, incoming) == (MACHINE, DOUBTED)
    assert save(desk, case_id, incoming, **{"text-1": "あ" * LONGEST}).status_code == 303


def test_who_lost_the_case_sends_nothing_and_keeps_the_words(office, case_id, outgoing, sign_in):
    first, second = sign_in("sato"), sign_in("tanaka")
    first.post(f"/desk/case/{case_id}/claim")
    first.post(f"/desk/case/{case_id}/requeue")
    second.post(f"/desk/case/{case_id}/claim")
    to_be_sent(office)
    answer = save(first, case_id, outgoing, **{"text-0": "Mai đến nhé."})
    assert answer.status_code == 409
    assert TOO_LATE in problem(answer)
    assert "何も送っていません" in problem(answer)
    assert sent(read(answer.text))["text-0"] == "Mai đến nhé."
    assert to_be_sent(office) == []
    assert sentences(office, outgoing) == (TOLD,)


@pytest.mark.parametrize("token", [None, "", "0" * 64])
def test_a_form_that_is_not_ours_changes_nothing(office, case_id, incoming, desk, token):
    answer = save(desk, case_id, incoming, csrf_token=token, **{"text-1": RIGHT})
    assert answer.status_code == 400
    assert "この画面は古くなっています" in answer.text
    assert sentences(office, incoming) == (MACHINE, DOUBTED)


def test_a_stranger_is_asked_to_sign_in(office, case_id, incoming):
    client = office.app().test_client()
    for ask in (client.get, client.post):
        assert ask(address(case_id, incoming)).location.startswith("/desk/sign-in")
    assert sentences(office, incoming) == (MACHINE, DOUBTED)


@pytest.mark.parametrize(
    "fields",
    [
        {"text-7": "何か"},
        {"text-" + "9" * 5000: "何か"},
        {"text--1": "何か"},
        {"text-٣": "何か"},
        {"text-": "何か", "approved": "x"},
        {"approved": "9" * 5000},
        {"approved": "²"},
    ],
)
def test_numbers_of_no_sentence_change_nothing(office, case_id, incoming, desk, fields):
    desk.get(address(case_id, incoming))
    answer = desk.post(address(case_id, incoming), **fields)
    assert answer.status_code == 400
    assert problem(answer).startswith(UNCHANGED)
    assert sentences(office, incoming) == (MACHINE, DOUBTED)


@pytest.mark.parametrize(
    "ids", [(404, None), (None, 404), (2**63, None), (None, 2**63), (10**30, 1)]
)
def test_what_is_not_there_is_a_page_that_leads_on(case_id, incoming, desk, ids):
    place = address(ids[0] or case_id, ids[1] or incoming)
    desk.get("/desk/")
    for ask in (desk.get, desk.post):
        assert ask(place).status_code == 404
        assert "その相談は見つかりません" in desk.page
        assert 'href="/desk/"' in desk.page


def test_fixed_words_words_taken_back_and_other_cases_are_not_found(office, case_id, desk):
    fixed = office.says(case_id, "質問です", author=Author.BOT, lang="ja")
    taken_back = says_in_sentences(office, case_id, MACHINE)
    office.unsend(taken_back)
    elsewhere = says_in_sentences(office, office.case(lang="vi"), MACHINE)
    for message in (fixed, taken_back, elsewhere):
        assert desk.get(address(case_id, message)).status_code == 404
        assert MACHINE.source not in desk.page
