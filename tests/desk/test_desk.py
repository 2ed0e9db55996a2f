"""What the desk shows: the list, and a case with everything that is known."""

import re

import pytest

from bot.core.answers import Answer
from bot.core.model import Author, Channel, Level, Provenance
from handlers.desk.words import FLAGS
from tests.desk.conftest import Desk
from tests.desk.office import PASSWORD, book

JAPANESE = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff\uff00-\uffef]+")

# --- the list -----------------------------------------------------------------------------------


def test_the_list_shows_what_must_be_known_before_a_case_is_opened(office, sign_in):
    office.case(
        lang="vi",
        level=Level.U4,
        reason="crisis",
        minutes_ago=72,
        answers={"S1": Answer(("S1_YES",)), "Q4": Answer(("FOOD_NONE",))},
    )
    page = sign_in().get("/desk/").text
    for words in ("U4", "緊急", "1時間12分", "Tiếng Việt", "ベトナム語", "LINE", "いのちの危険"):
        assert words in page
    assert page.index("自殺の危険がさし迫っている") < page.index("今日食べるものがない")


def test_the_most_urgent_wait_at_the_top_and_mine_stand_before_them(office, sign_in):
    desk = sign_in()
    calm, urgent, mine = (
        office.case(level=level, minutes_ago=minutes)
        for level, minutes in ((Level.U1, 90), (Level.U3, 5), (Level.U1, 1))
    )
    desk.post(f"/desk/case/{mine}/claim")
    page = desk.get("/desk/list").text
    places = [page.index(f'id="case-{each}"') for each in (mine, urgent, calm)]
    assert places == sorted(places)


@pytest.mark.parametrize(
    ("minutes", "words"),
    [(0, "1分未満"), (1, "1分"), (59, "59分"), (60, "1時間0分"), (24 * 60 + 61, "1日1時間")],
)
def test_waiting_time_is_told_in_words(office, sign_in, minutes, words):
    office.case(minutes_ago=minutes)
    assert f"<b>{words}</b>" in sign_in().get("/desk/list").text


def test_a_deadline_is_counted_down(office, sign_in):
    leave = {"Q7": Answer(("HOME_DATE",)), "Q7_DATE": Answer(value="2026-11-29")}
    office.case(answers=leave)
    assert "11/29（あと4日）" in sign_in().get("/desk/").text


def test_what_could_not_be_handled_or_sent_is_listed_with_its_case(office, sign_in):
    case_id = office.case()
    office.set_aside(case_id)
    office.parcel(case_id, error="quota_spent")
    page = sign_in().get("/desk/").text
    block = page[page.index('id="attention"') :]
    assert "読めなかった文" in block
    assert "今月の送信数を使い切りました" in block
    assert block.count(f'href="/desk/case/{case_id}"') == 2


def test_the_desk_names_each_flag_as_the_rule_table_does():
    rows = book().triage.rows
    assert {flag: FLAGS[flag] for flag in rows} == {flag: row.name for flag, row in rows.items()}
    assert len(FLAGS) == 33


# --- a case -------------------------------------------------------------------------------------


def test_the_assessment_shows_each_rule_with_its_inputs_in_words(office, sign_in):
    case_id = office.case(
        lang="ne",
        answers={
            "Q3": Answer(("C15", "C03")),
            "Q5": Answer(value="800"),
            "Q6": Answer(("NEXT_8_14",)),
            "Q9": Answer(("HH_BABY",)),
            "Q9_N": Answer(("N3",)),
        },
    )
    page = sign_in().get(f"/desk/case/{case_id}").text
    for words in (
        "お金がほとんどない",
        "y&lt;1000*n",
        "RF_MONEY_CRITICAL",
        "800円",
        "8日～14日後",
        "3人",
        "赤ちゃんがいる",
        "食べるものがない",
        "フードバンク",
        "まだ分からない",
        "N3",
    ):
        assert words in page


@pytest.mark.parametrize(
    ("author", "provenance", "label"),
    [
        (Author.RESIDENT, Provenance.MACHINE, "自動翻訳"),
        (Author.RESIDENT, Provenance.WAITING, "翻訳中"),
        (Author.RESIDENT, Provenance.NONE, "翻訳なし"),
        (Author.RESIDENT, Provenance.FIXED, "固定文"),
        (Author.COUNSELOR, Provenance.PHRASE, "用意した文"),
        (Author.COUNSELOR, Provenance.NONE, "本人には日本語のまま届きます"),
        (Author.COUNSELOR, Provenance.WAITING, "翻訳ができてから送ります"),
    ],
)
def test_every_text_says_where_it_comes_from(office, sign_in, author, provenance, label):
    case_id = office.case(lang="vi")
    lang, other_lang = ("vi", "ja") if author is Author.RESIDENT else ("ja", "vi")
    office.says(
        case_id,
        "own words",
        author=author,
        lang=lang,
        provenance=provenance,
        other="their words",
        other_lang=other_lang,
    )
    page = sign_in().get(f"/desk/case/{case_id}/thread").text
    assert label in page
    assert ("本人の文" if author is Author.RESIDENT else "相談員の文") in page


def test_a_draft_translation_is_folded_away(office, sign_in):
    case_id = office.case(lang="ne")
    office.says(
        case_id, "मलाई मद्दत", provenance=Provenance.DRAFT, other="あやしい訳", other_lang="ja"
    )
    page = sign_in().get(f"/desk/case/{case_id}/thread").text
    folded = page[page.index("<details>") : page.index("</details>")]
    assert "あやしい訳" in folded
    assert "試験用の自動翻訳（よくまちがえます）" in folded


def test_a_japanese_reader_s_words_stand_in_one_column(office, sign_in):
    case_id = office.case(lang="ja", channel=Channel.WEB)
    office.says(case_id, "家賃のことです。", provenance=Provenance.HUMAN)
    page = sign_in().get(f"/desk/case/{case_id}/thread").text
    assert page.count("家賃のことです。") == 1
    assert "pair single" in page


def test_an_unsent_message_is_only_a_gap(office, sign_in):
    case_id = office.case()
    office.unsend(office.says(case_id, "bí mật"))
    page = sign_in().get(f"/desk/case/{case_id}/thread").text
    assert "（取り消されました）" in page
    assert "bí mật" not in page


@pytest.mark.parametrize(
    ("error", "words"),
    [
        ("", "送信済み"),
        ("blocked", "ブロックしています"),
        ("delivery_refused", "LINEが受け付けません"),
    ],
)
def test_what_became_of_an_answer_is_told(office, sign_in, error, words):
    case_id = office.case()
    office.says(
        case_id,
        "はい。",
        author=Author.COUNSELOR,
        lang="ja",
        parcel_id=office.parcel(case_id, error=error),
    )
    assert words in sign_in().get(f"/desk/case/{case_id}/thread").text


def test_who_blocked_the_account_is_said_to_get_no_answer(office, sign_in):
    case_id = office.case()
    office.block(case_id)
    assert "返事は届きません" in sign_in().get(f"/desk/case/{case_id}").text


def test_what_a_resident_wrote_is_never_markup(office, sign_in):
    case_id = office.case(lang="en")
    office.says(
        case_id,
        "<script>alert(1)</script>",
        other="<img src=x>",
        other_lang="ja",
        provenance=Provenance.MACHINE,
    )
    page = sign_in().get(f"/desk/case/{case_id}").text
    assert "<script>alert" not in page
    assert "<img" not in page


def test_every_word_of_the_desk_can_be_translated(office):
    office.counselor("lee", "Lee")
    case_id = office.case(lang="en", reason="asked")
    office.says(case_id, "hello", provenance=Provenance.WAITING, other_lang="ja")
    office.set_aside(case_id)
    office.parcel(case_id, error="blocked")
    app = office.app(demo=True, translate=lambda text: JAPANESE.sub("x", text))
    desk = Desk(app.test_client())
    desk.get("/desk/sign-in")
    assert JAPANESE.findall(desk.page) == []
    desk.sign_in("lee", PASSWORD)
    for path in ("", f"case/{case_id}", f"case/{case_id}/close", "case/404"):
        desk.get(f"/desk/{path}")
        assert JAPANESE.findall(desk.page) == [], path
    desk.get(f"/desk/case/{case_id}")
    desk.post(f"/desk/case/{case_id}/claim")
    desk.get(f"/desk/case/{case_id}?done=claimed")
    # What remains are the bot's own words in the chat: they are the residents' catalog's.
    shell = re.sub(r'<ol id="thread".*?</ol>', "", desk.page, flags=re.DOTALL)
    assert JAPANESE.findall(shell) == []


@pytest.mark.parametrize("case_id", [404, 2**63, 10**30])
def test_a_case_that_is_not_there_is_a_page_that_leads_on(sign_in, case_id):
    desk = sign_in()
    assert desk.get(f"/desk/case/{case_id}").status_code == 404
    assert "その相談は見つかりません" in desk.page
    assert 'href="/desk/"' in desk.page
