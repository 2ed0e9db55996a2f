"""The phrasebook as it is, what is refused in it, and what the desk gets out of it."""

import json

import pytest

from bot.adapters.languages import BY_CODE, EASY
from bot.adapters.phrasebook import read_phrases
from bot.authoring.forbidden import forbidden, load_forbidden
from bot.core.translation.phrases import SHORTEST, PhraseTable
from bot.core.translation.prepared import Prepared
from bot.core.translation.slots import SLOT, open_slots
from tests.support.dialogs import DIALOGS, LOCALES

FILE = LOCALES / "phrasebook.jsonl"
VALUES = {
    "amount": "45000",
    "n": "3",
    "date": "D5",
    "time": "T14",
    "phone": "03-1234-5678",
    "name": "佐藤",
    "place": "東京駅",
}


def rewording(kind, words, _source, _target):
    known = {"number": ("45000", "3"), "date": ("D5",), "time": ("T14",)}
    return words if words in known[kind] else None


PHRASES, PROBLEMS = read_phrases(FILE)
BOOK = Prepared(PhraseTable(PHRASES, rewording))
LANGS = [code for code in BY_CODE if code not in ("ja", EASY)]


def filled(text):
    return SLOT.sub(lambda slot: VALUES[slot[1]], text)


# --- the file ----------------------------------------------------------------------------------


def test_the_phrasebook_as_it_is_has_no_problem():
    assert PROBLEMS == []
    sides = [phrase.side for phrase in PHRASES]
    assert (sides.count("counselor"), sides.count("resident")) == (331, 370)


def test_every_sentence_is_there_in_every_language_but_easy_japanese():
    for phrase in PHRASES:
        assert list(phrase.texts) == [code for code in BY_CODE if code != EASY]


def test_no_counselors_sentence_promises_refuses_or_cheers_up():
    forms = load_forbidden(DIALOGS)
    found = [
        problem
        for phrase in PHRASES
        if phrase.side == "counselor"
        for lang, texts in phrase.texts.items()
        for text in texts
        for problem in forbidden(lang, {phrase.key: text}, forms)
    ]
    assert found == []


@pytest.mark.parametrize("lang", LANGS)
def test_a_counselor_finds_every_sentence_by_each_japanese_wording(lang):
    ours = [phrase for phrase in PHRASES if phrase.side == "counselor"]
    for phrase in ours:
        for japanese in phrase.texts["ja"]:
            same = [each for each in ours if japanese in each.texts["ja"]]
            expected = [filled(each.texts[lang][0]) for each in same]
            assert BOOK.lookup(filled(japanese), lang) in expected


@pytest.mark.parametrize("lang", LANGS)
def test_a_residents_sentence_is_found_by_each_wording(lang):
    ours = [phrase for phrase in PHRASES if phrase.side == "resident"]
    for phrase in ours:
        for text in filter(_is_long_enough, phrase.texts[lang]):
            found = BOOK.table.find(_in_letters_counselors_read(text), lang, "ja")
            assert found is not None
            japanese = _in_letters_counselors_read(phrase.texts["ja"][0])
            assert (found.key, found.text) == (phrase.key, japanese)


def _is_long_enough(text):
    """Of 我{date}能去 too little is fixed to know it by."""
    return not SLOT.search(text) or sum(map(str.isalnum, SLOT.sub("", text))) >= SHORTEST


def _in_letters_counselors_read(text):
    return SLOT.sub(lambda slot: {**VALUES, "name": "An", "place": "Shinjuku"}[slot[1]], text)


# --- what the desk gets ------------------------------------------------------------------------


def test_the_desk_lists_counselors_sentences_once_with_slots_in_japanese():
    listed = dict(BOOK.sentences("vi"))
    assert len(listed) == len(BOOK.sentences("vi"))
    assert (
        listed["〔日付〕の〔時刻〕はいかがですか。"]
        == "Vào 〔日付〕 lúc 〔時刻〕 anh/chị đến được không?"
    )
    assert "こんにちは。はじめて相談します。" not in listed
    assert not any("{" in japanese + said for japanese, said in listed.items())


def test_the_list_keeps_the_order_of_the_file():
    assert BOOK.sentences("en")[0][0] == "今、手元にお金はいくらありますか。"


def test_a_language_without_sentences_gets_an_empty_list():
    assert BOOK.sentences("xx") == []
    assert BOOK.sentences(EASY) == []


def test_whatever_stands_in_the_list_is_found_unless_a_slot_is_open():
    for japanese, said in BOOK.sentences("vi"):
        assert BOOK.lookup(japanese, "vi") == ("" if open_slots(japanese) else said)


def test_a_slot_filled_at_the_desk_is_said_in_the_language():
    asked = "〔D5〕の T14 はいかがですか"
    assert BOOK.lookup(asked, "vi") == "Vào D5 lúc T14 anh/chị đến được không?"
    assert BOOK.lookup("D5の{time}はいかがですか。", "vi") == ""
    assert BOOK.lookup("D5の夕方はいかがですか。", "vi") == ""


def test_without_a_rewording_figures_are_understood():
    book = Prepared(PhraseTable(PHRASES))
    assert (
        book.lookup("面談は３０分くらいかかります。", "en") == "The meeting takes about 30 minutes."
    )
    assert book.lookup("12月5日までにお返事します。", "en") == ""


# --- what is refused ---------------------------------------------------------------------------

TEXTS = {"ja": ["{date}です。", "{date}ですよ。"], "vi": ["Ngày {date}."]}
GOOD = {
    "key": "a.b",
    "side": "counselor",
    "review": "draft 2026-11-25",
    "texts": TEXTS,
}


@pytest.fixture
def read(tmp_path):
    """Write the lines and read them: `read(one, another)` → keys, problems."""

    def made(*lines):
        path = tmp_path / "phrasebook.jsonl"
        words = [line if isinstance(line, str) else json.dumps(line) for line in lines]
        path.write_text("\n".join(words), encoding="utf-8")
        phrases, problems = read_phrases(path)
        return [phrase.key for phrase in phrases], problems

    return made


def test_a_good_line_has_no_problem(read):
    assert read(GOOD) == (["a.b"], [])


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"side": "bot"}, "unknown side bot"),
        ({"review": "checked 2026-11-25"}, "unknown review state checked"),
        ({"review": ""}, "are words"),
        ({"key": None}, "are words"),
        ({"texts": {"vi": ["Chào."]}}, "needs Japanese words"),
        ({"texts": {"ja": []}}, "needs Japanese words"),
        ({"texts": {"ja": ["はい。"], "vi": []}}, "vi has no words"),
        ({"texts": {"ja": ["はい。"], "xx": ["Yes."]}}, "unknown language xx"),
        ({"texts": {"ja": ["はい。"], "vi": "Vâng."}}, "are a list"),
        ({"texts": {"ja": ["はい。"], "vi": [" "]}}, "are words"),
        ({"texts": {"ja": ["はい。"], "vi": [3]}}, "are words"),
        ({"texts": {"ja": ["{date}です。"], "vi": ["Vâng."]}}, "vi has other slots"),
        ({"texts": {"ja": ["{date}です。"], "vi": ["{time}"]}}, "vi has other slots"),
        ({"texts": {"ja": ["{date}です。", "です。"]}}, "ja has other slots"),
        ({"texts": {"ja": ["{days}です。"]}}, "unknown slot days"),
        ({"texts": None}, "AttributeError"),
    ],
)
def test_a_wrong_line_is_left_out_and_told_with_its_number(read, change, told):
    keys, problems = read(GOOD, {**GOOD, "key": "c.d", **change})
    assert keys == ["a.b"]
    assert any(told in problem for problem in problems)
    assert all(problem.startswith("phrasebook.jsonl: line 2: ") for problem in problems)


def test_a_key_stands_once(read):
    keys, problems = read(GOOD, GOOD)
    assert keys == ["a.b"]
    assert problems == ["phrasebook.jsonl: line 2: a.b stands twice"]


@pytest.mark.parametrize("line", ["{", "[]", '{"key": "a"}', "3"])
def test_a_line_that_is_no_sentence_is_told(read, line):
    keys, problems = read(line, GOOD)
    assert keys == ["a.b"]
    assert len(problems) == 1
    assert problems[0].startswith("phrasebook.jsonl: line 1: ")


def test_every_problem_of_a_line_is_told(read):
    wrong = {**GOOD, "side": "bot", "texts": {**TEXTS, "xx": ["no slot"]}}
    _, problems = read(wrong)
    assert len(problems) == 3
