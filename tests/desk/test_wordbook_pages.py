"""The pages of glossary and phrasebook: looking through them, changing them, every refusal."""

import re

import pytest

from bot.core.translation.phrases import COUNSELOR, Phrase
from bot.service.words import PHRASE, TERM
from tests.desk.word_forms import (
    FIELD,
    address,
    edits,
    problem_beside,
    save,
    typed,
    with_words,
)
from tests.support.small_wordbook import FOOD, FOOD_VI


@pytest.fixture
def office(office):
    return with_words(office)


# --- the list ------------------------------------------------------------------------------------


def test_the_list_says_how_far_each_term_is_and_which_ones_are_enforced(sign_in):
    desk = sign_in()
    assert 'href="/desk/words"' in desk.page
    page = desk.get("/desk/words").text
    rows = re.findall(r"<tr>.*?</tr>", page[page.index("<tbody>") :], re.DOTALL)
    assert [("必ず使う" in row, "生活保護" in row) for row in rows] == [
        (True, True),
        (False, False),
    ]
    assert f'href="{address(TERM, "生活保護")}"' in rows[0]
    assert re.findall(r">(\d+)<small> / (\d+)<", rows[0]) == [("1", "2"), ("0", "2")]


def test_the_list_of_sentences_shows_slots_as_counselors_write_them(sign_in):
    page = sign_in().get("/desk/words?kind=phrase").text
    assert 'aria-current="page">用意した文' in page
    assert "〔日付〕に会えますか。" in page
    for words in (FOOD, "相談員の文", "本人の文"):
        assert words in page
    food = page[page.index(FOOD) :]
    assert re.findall(r">(\d+)<small> / (\d+)<", food)[:2] == [("2", "2"), ("2", "2")]


@pytest.mark.parametrize(
    ("search", "found"),
    [("bị từ", ["断られました。"]), ("日付", ["〔日付〕に会えますか。"]), ("xyz", [])],
)
def test_what_is_looked_for_may_be_in_any_language(sign_in, search, found):
    page = sign_in().get(f"/desk/words?kind=phrase&q={search}").text
    assert re.findall(r'<th scope="row"><a [^>]*>(.*?)</a>', page) == found
    assert f'value="{search}"' in page
    assert ("見つかりません" in page) is (found == [])


def test_of_many_entries_a_hundred_are_shown_and_the_rest_is_searched_for(office, sign_in):
    many = [
        Phrase(f"many.{number}", COUNSELOR, "draft", {"ja": (f"{number}番の文です。",)})
        for number in range(101)
    ]
    with_words(office, many)
    page = sign_in().get("/desk/words?kind=phrase").text
    assert page.count('<th scope="row">') == 100
    assert "101件" in page
    assert "さらに検索してください" in page
    page = sign_in().get("/desk/words?kind=phrase&q=7番").text
    assert page.count('<th scope="row">') == 10
    assert "さらに検索してください" not in page


# --- one entry -----------------------------------------------------------------------------------


def test_an_entry_shows_each_language_with_who_stands_for_it(sign_in):
    page = sign_in().get(address(PHRASE, "food.any")).text
    assert [lang for lang, _ in FIELD.findall(page)] == ["ja", "en", "vi"]
    assert typed(page)["text-vi"] == typed(page)["was-vi"] == FOOD_VI
    assert "Linhが確かめました（2026/11/01）" in page
    assert page.count("この言語が読めるので、確かめました") == 3
    assert "下書き（2026/11/01）" in sign_in().get(address(PHRASE, "meet")).text
    assert "まだありません" in sign_in().get(address(PHRASE, "meet")).text


def test_what_is_saved_is_said_by_the_composer_at_once_and_stands_in_the_history(office, sign_in):
    case_id = office.case(lang="vi")
    desk = sign_in()
    desk.post(f"/desk/case/{case_id}/claim")
    answer = save(desk, PHRASE, "food.any", **{"text-vi": "Anh có đồ ăn không?"})
    assert answer.status_code == 303
    page = desk.get(answer.location).text
    assert "保存しました" in page
    history = page[page.index('id="past-title"') :]
    for words in ("11:20", "佐藤", "ベトナム語", "Anh có đồ ăn không?", "いいえ"):
        assert words in history
    assert office.services.phrasebook.lookup(FOOD, "vi") == "Anh có đồ ăn không?"
    assert 'data-translation="Anh có đồ ăn không?"' in desk.get(f"/desk/case/{case_id}").text
    assert edits(office) == [("vi", "Anh có đồ ăn không?", False)]


def test_who_ticks_the_box_stands_for_the_words(office, sign_in):
    desk = sign_in("tanaka")
    answer = save(desk, PHRASE, "meet", approved="vi")
    assert edits(office) == [("vi", "Gặp {date} nhé?", True)]
    assert "田中が確かめました（2026/11/25）" in desk.get(answer.location).text


def test_slots_are_stored_by_their_names(office, sign_in):
    save(sign_in(), PHRASE, "meet", **{"text-en": "See you on 〔日付〕?｜〔日付〕?"})
    assert edits(office) == [("en", "See you on {date}?|{date}?", False)]


def test_a_form_in_which_nothing_changed_is_answered_so(office, sign_in):
    desk = sign_in()
    assert save(desk, PHRASE, "food.any").status_code == 400
    assert "何も変わっていません" in desk.page
    assert edits(office) == []


@pytest.mark.parametrize(
    ("key", "lang", "text", "said"),
    [
        ("meet", "vi", "Gặp nhé?", "〔　〕が日本語とちがいます。日本語にあるのは 〔日付〕 です。"),
        ("food.any", "vi", "Ngày 〔日付〕?", "日本語に〔　〕がないので、ここにも書けません。"),
        (
            "food.any",
            "vi",
            "Ở 〔住所〕?",
            "〔住所〕 は使えません。使えるのは 〔金額〕〔数〕〔日付〕",
        ),
        ("meet", "ja", "〔日付〕に会えます。|いつ会えますか。", "どの言い方にも、同じ〔　〕を"),
        ("meet", "ja", "〔日付〕？", "〔　〕のほかに4文字以上が要ります"),
        ("food.any", "ja", "必ずもらえます。", "約束のように読めます（必ずもらえ）"),
        ("food.any", "vi", "Anh chắc chắn được.", "約束のように読めます（chắc chắn được）"),
        ("food.any", "ja", " ", "日本語は空にできません"),
        ("food.any", "ja", "断られました。|〔日付〕に会えますか。", "同じ日本語が、もうあります。"),
        ("food.any", "vi", "a" * 501, "1つの言い方は500文字まで"),
    ],
)
def test_what_is_refused_is_said_beside_its_field_and_nothing_is_lost(
    office, sign_in, key, lang, text, said
):
    desk = sign_in()
    changes = {f"text-{lang}": text, "approved": "en"}
    answer = save(desk, PHRASE, key, **{"text-en": "<b>Kept & kept</b> 〔日付〕", **changes})
    assert answer.status_code == 400
    assert said in problem_beside(desk.page, lang)
    assert f'href="#text-{lang}"' in desk.page[desk.page.index('role="alert" id="problem"') :]
    field = re.search(rf'<textarea id="text-{lang}"[^>]*>', desk.page)
    assert field is not None
    assert 'aria-invalid="true"' in field[0]
    assert f"problem-{lang} state-{lang}" in field[0]
    assert typed(desk.page)[f"text-{lang}"] == text
    assert typed(desk.page)["text-en"] == "<b>Kept & kept</b> 〔日付〕"
    assert 'value="en" checked' in desk.page
    assert edits(office) == []


def test_words_in_a_language_that_nobody_offers_are_refused(office, sign_in):
    desk = sign_in()
    assert save(desk, PHRASE, "food.any", **{"text-xx": "<i>hm</i>"}).status_code == 400
    assert "xx: この画面にない言語です。" in desk.page
    assert edits(office) == []


def test_who_did_not_see_the_newest_words_reads_them_before_saving_again(office, sign_in):
    first, second = sign_in("sato"), sign_in("tanaka")
    second.get(address(PHRASE, "food.any"))
    old_form = typed(second.page)
    save(first, PHRASE, "food.any", **{"text-vi": "Anh có đồ ăn không?"})
    mine = old_form | {"text-vi": "Chị có đồ ăn không?"}
    assert second.post(address(PHRASE, "food.any"), **mine).status_code == 400
    assert "ほかの人が直しました。いまの文: Anh có đồ ăn không?" in problem_beside(
        second.page, "vi"
    )
    again = second.post(address(PHRASE, "food.any"), **typed(second.page))
    assert again.status_code == 303
    assert edits(office) == [("vi", "Chị có đồ ăn không?", False)]


@pytest.mark.parametrize("kind", [TERM, PHRASE])
def test_an_entry_that_is_not_there_is_a_page_that_leads_on(sign_in, kind):
    desk = sign_in()
    for ask in (desk.get, desk.post):
        assert ask(address(kind, "nothing\x00")).status_code == 404
        assert "そのことばは見つかりません" in desk.page
    assert desk.get(f"/desk/words/{kind}").location == f"/desk/words?kind={kind}"
    assert desk.get("/desk/words/verb?key=x").status_code == 404
