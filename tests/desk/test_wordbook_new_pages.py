"""Adding words, taking them away, and what holds for all pages of glossary and phrasebook."""

import re
from html import unescape

import pytest

from bot.core.translation.slots import LABELS
from bot.service.words import PHRASE, TERM
from tests.desk.conftest import Desk
from tests.desk.office import PASSWORD
from tests.desk.test_desk import JAPANESE
from tests.desk.word_forms import address, edits, problem_beside, typed, with_words
from tests.support.small_wordbook import FOOD, FOOD_VI, PHRASES


@pytest.fixture
def office(office):
    return with_words(office)


# --- new entries ---------------------------------------------------------------------------------


def test_a_new_sentence_is_added_and_can_be_sent(office, sign_in):
    desk = sign_in()
    desk.get("/desk/words/phrase/new")
    new = {"text-ja": "傘はありますか。", "text-vi": "Có ô không?", "approved": "vi"}
    answer = desk.post("/desk/words/phrase/new", **typed(desk.page) | new)
    assert answer.status_code == 303
    assert "key=desk.id-" in answer.location
    assert "足しました" in desk.get(answer.location).text
    assert office.services.phrasebook.lookup("傘はありますか", "vi") == "Có ô không?"
    assert edits(office) == [("ja", "傘はありますか。", False), ("vi", "Có ô không?", True)]


def test_a_new_term_is_enforced_and_called_by_its_japanese(office, sign_in):
    desk = sign_in()
    desk.get("/desk/words/term/new")
    desk.post(
        "/desk/words/term/new", **{"text-ja": "在留カード|カード", "text-en": "residence card"}
    )
    assert office.services.wordbook.find(TERM, "在留カード").enforced
    assert "必ず使う" in desk.get(address(TERM, "在留カード")).text


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "日本語を書いてください。"),
        ("食べものはありますか", "同じ日本語が、もうあります。"),
        ("必ずもらえます。", "約束のように読めます"),
    ],
)
def test_a_new_sentence_that_is_refused_stays_in_the_form(office, sign_in, text, said):
    desk = sign_in()
    desk.get("/desk/words/phrase/new")
    fields = {"text-ja": text, "text-vi": "Có ô không?"}
    assert desk.post("/desk/words/phrase/new", **fields).status_code == 400
    assert said in problem_beside(desk.page, "ja")
    assert typed(desk.page)["text-vi"] == "Có ô không?"
    assert ("food.any" in desk.page) is (text == "食べものはありますか")
    assert edits(office) == []


@pytest.mark.parametrize(
    "key",
    ["..", "a/../b", "/c//d", "e?f=g&h=i#j", "100%", "\"k' <b>", "国民・健康 保険", "+1", "."],
)
def test_an_entry_with_any_key_can_be_opened_from_the_list_and_saved(office, sign_in, key):
    desk = sign_in()
    desk.get("/desk/words/term/new")
    made = desk.post("/desk/words/term/new", **{"text-ja": key})
    assert typed(desk.get(made.location).text)["text-ja"] == key
    listed = desk.get("/desk/words").text
    links = re.findall(r'<th scope="row"><a href="([^"]*)"', listed)
    desk.get(unescape(links[-1]))
    [action] = re.findall(r'class="tongues" novalidate action="([^"]*)"', desk.page)
    saved = desk.post(unescape(action), **typed(desk.page) | {"text-en": "word"})
    assert saved.status_code == 303
    assert edits(office) == [("ja", key, False), ("en", "word", False)]


# --- taking away ---------------------------------------------------------------------------------


def test_an_entry_is_taken_away_after_a_question_and_can_be_brought_back(office, sign_in):
    desk = sign_in()
    desk.get(address(PHRASE, "food.any"))
    [link] = re.findall(r'href="(/desk/words/phrase/end[^"]*)"', desk.page)
    page = desk.get(unescape(link)).text
    assert FOOD in page
    assert office.services.phrasebook.lookup(FOOD, "vi") == FOOD_VI
    done = desk.post(unescape(link))
    assert done.status_code == 303
    page = desk.get(done.location).text
    assert "使わないことにしました" in page
    assert FOOD not in page
    assert "使わなくした文 1" in page
    assert office.services.phrasebook.lookup(FOOD, "vi") == ""
    assert desk.post(unescape(link)).status_code == 303
    assert edits(office) == [("ja", "", False)]
    assert FOOD in desk.get("/desk/words?kind=phrase&ended=yes").text
    page = desk.get(address(PHRASE, "food.any")).text
    assert "いまは使われていません" in page
    assert "（消した）" in page
    assert desk.post(address(PHRASE, "food.any"), **typed(page)).status_code == 303
    assert office.services.phrasebook.lookup(FOOD, "vi") == FOOD_VI


# --- who may, and what is markup -----------------------------------------------------------------


@pytest.mark.parametrize("path", ["phrase?key=food.any", "phrase/new", "phrase/end?key=food.any"])
@pytest.mark.parametrize("proof", [{}, {"csrf_token": "made-up"}])
def test_a_form_that_is_not_our_own_changes_nothing(office, sign_in, path, proof):
    desk = sign_in()
    fields = {"text-ja": "傘はありますか。", "was-ja": FOOD, **proof}
    answer = desk.client.post(f"/desk/words/{path}", data=fields)
    assert answer.status_code == 400
    assert "この画面は古くなっています" in answer.text
    assert edits(office) == []


def test_what_counselors_wrote_is_never_markup_and_no_page_has_a_script(office, sign_in):
    evil = "<script>alert(1)</script>"
    desk = sign_in()
    desk.get("/desk/words/phrase/new")
    fields = {"text-ja": evil, "text-vi": f'{evil}"><img src=x>', "text-en": "</textarea>"}
    made = desk.post("/desk/words/phrase/new", **fields)
    [key] = [each.key for each in office.services.wordbook.words(PHRASE, evil)]
    pages = [
        desk.get(made.location).text,
        desk.get(f"/desk/words?kind=phrase&q={evil}").text,
        desk.get(f"/desk/words/phrase/end?key={key}").text,
        desk.post(address(PHRASE, key), **fields, **{f"text-{evil}": evil}).text,
    ]
    for page in pages:
        assert "&lt;script&gt;alert(1)" in page
        assert "<script" not in page
        assert "<img" not in page
    assert typed(pages[0])["text-en"] == "</textarea>"


def test_every_word_of_the_pages_can_be_translated(office):
    office.counselor("lee", "Lee")
    office.services.wordbook.take_away(1, PHRASE, "told.no")
    desk = Desk(office.app(translate=lambda text: JAPANESE.sub("x", text)).test_client())
    desk.sign_in("lee", PASSWORD)
    own = {"日本語", "佐藤", *LABELS.values()}
    own |= {
        words for each in PHRASES for said in each.texts["ja"] for words in JAPANESE.findall(said)
    }
    own |= {"生活保護", "生保", "相談", "日付", "に会えますか"}
    for path in (
        "words",
        "words?kind=phrase&done=saved",
        "words?kind=phrase&ended=yes",
        "words?q=nothing",
        "words/phrase?key=food.any",
        "words/phrase?key=told.no",
        "words/phrase/new",
        "words/term/end?key=%E7%94%9F%E6%B4%BB%E4%BF%9D%E8%AD%B7",
        "words/term?key=nothing",
    ):
        desk.get(f"/desk/{path}")
        assert set(JAPANESE.findall(desk.page)) <= own, path
    desk.get(address(PHRASE, "food.any"))
    desk.post(address(PHRASE, "food.any"), **typed(desk.page) | {"text-vi": "{no}", "text-xx": "x"})
    assert set(JAPANESE.findall(desk.page)) <= own
