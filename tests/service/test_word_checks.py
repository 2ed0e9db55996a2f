"""What the desk may not write into glossary and phrasebook, and that nothing is lost by it."""

import pytest

from bot.service.word_checks import Problem, Wish, WordsRefusedError
from bot.service.words import PHRASE, TERM
from tests.support.small_wordbook import FOOD, FOOD_VI, MEET, MEET_VI, small_wordbook, wish

MANY = "|".join(letter * 400 for letter in "abcdefgh")
"""Wordings that are short enough each, and too much together."""


@pytest.fixture
def sato(office):
    return office.counselor().id


@pytest.fixture
def linh(office):
    return office.counselor("linh", "Linh").id


@pytest.fixture
def book(office):
    return small_wordbook(office.transaction, office.clock)


def problems(caught):
    return {lang: each.code for lang, each in caught.value.problems.items()}


# --- new entries --------------------------------------------------------------------------------


@pytest.mark.parametrize("wishes", [{}, {"ja": Wish("  ")}, {"vi": Wish("không")}])
def test_a_new_entry_needs_japanese(book, sato, wishes):
    for kind in (TERM, PHRASE):
        with pytest.raises(WordsRefusedError) as caught:
            book.add(sato, kind, wishes, new_id="1")
        assert problems(caught) == {"ja": "missing"}


def test_the_same_japanese_is_not_added_twice(book, sato):
    with pytest.raises(WordsRefusedError) as caught:
        book.add(sato, PHRASE, {"ja": Wish("食べものはありますか")}, new_id="1")
    assert caught.value.problems == {"ja": Problem("twice", "food.any")}
    with pytest.raises(WordsRefusedError) as caught:
        book.add(sato, TERM, {"ja": Wish("保護|生保")}, new_id="1")
    assert caught.value.problems == {"ja": Problem("twice", "生活保護")}
    # What residents say, counselors may say too.
    book.add(sato, PHRASE, {"ja": Wish("断られました。")}, new_id="1")


def test_a_term_that_was_taken_away_is_brought_back_and_not_added_again(book, sato):
    book.take_away(sato, TERM, "相談")
    with pytest.raises(WordsRefusedError) as caught:
        book.add(sato, TERM, {"ja": Wish("相談")}, new_id="1")
    assert caught.value.problems == {"ja": Problem("twice", "相談")}


# --- what is refused -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "key", "wishes", "found"),
    [
        (PHRASE, "meet", {"vi": ("Gặp nhé?", MEET_VI)}, {"vi": "slots"}),
        (PHRASE, "meet", {"vi": ("Gặp {date} {date}?", MEET_VI)}, {"vi": "slots"}),
        (PHRASE, "meet", {"vi": ("Gặp {date}?|Gặp nhé?", MEET_VI)}, {"vi": "slots"}),
        (PHRASE, "food.any", {"vi": ("Gặp 〔日付〕?", FOOD_VI)}, {"vi": "no_slots"}),
        (PHRASE, "food.any", {"vi": ("Ở 〔住所〕?", FOOD_VI)}, {"vi": "unknown_slot"}),
        (PHRASE, "food.any", {"vi": ("Ở {address}?", FOOD_VI)}, {"vi": "unknown_slot"}),
        (PHRASE, "food.any", {"vi": ("Ở 〔日付?", FOOD_VI)}, {"vi": "unknown_slot"}),
        (PHRASE, "meet", {"ja": ("会えますか。", MEET)}, {"vi": "no_slots"}),
        (PHRASE, "meet", {"ja": ("{date}に会えます。|いつ会えますか。", MEET)}, {"ja": "uneven"}),
        (PHRASE, "meet", {"ja": ("{date}日", MEET)}, {"ja": "short"}),
        (PHRASE, "food.any", {"ja": ("お金が必ずもらえます。", FOOD)}, {"ja": "promises"}),
        (PHRASE, "food.any", {"vi": ("Anh chắc chắn được.", FOOD_VI)}, {"vi": "promises"}),
        (PHRASE, "food.any", {"ja": ("", FOOD)}, {"ja": "empty"}),
        (PHRASE, "food.any", {"ja": (" | ", FOOD)}, {"ja": "empty"}),
        (PHRASE, "food.any", {"vi": ("a" * 501, FOOD_VI)}, {"vi": "long"}),
        (PHRASE, "food.any", {"vi": (MANY, FOOD_VI)}, {"vi": "long"}),
        (PHRASE, "food.any", {"xx": ("hello", "")}, {"xx": "language"}),
        (PHRASE, "food.any", {"ja-easy": ("hello", "")}, {"ja-easy": "language"}),
        (PHRASE, "food.any", {"ja": (MEET, FOOD)}, {"ja": "twice", "vi": "slots", "en": "slots"}),
        (TERM, "相談", {"vi": ("~tư vấn", "tư vấn")}, {"vi": "mark"}),
        (TERM, "相談", {"vi": ("～tư vấn", "tư vấn")}, {"vi": "mark"}),
        (TERM, "相談", {"vi": ("a" * 101, "tư vấn")}, {"vi": "long"}),
        (TERM, "相談", {"ja": ("生活保護", "相談")}, {"ja": "twice"}),
    ],
)  # fmt: skip
def test_what_is_wrong_is_refused_beside_its_language_and_nothing_is_stored(
    book, sato, office, kind, key, wishes, found
):
    with pytest.raises(WordsRefusedError) as caught:
        book.edit(sato, kind, key, {lang: Wish(*each) for lang, each in wishes.items()})
    assert problems(caught) == found
    with office.transaction() as work:
        assert work.word_edits.last_id() == 0


def test_good_words_beside_wrong_ones_are_not_stored_either(book, sato):
    wishes = {"en": Wish("Any food?", "Food?"), "vi": Wish("Ở 〔住所〕?", FOOD_VI)}
    with pytest.raises(WordsRefusedError) as caught:
        book.edit(sato, PHRASE, "food.any", wishes)
    assert problems(caught) == {"vi": "unknown_slot"}
    assert book.lookup(FOOD, "en") == "Food?"
    assert book.history(PHRASE, "food.any") == []


@pytest.mark.parametrize(
    ("kind", "key", "lang", "text"),
    [
        (PHRASE, "food.any", "vi", "a" * 500),
        (PHRASE, "meet", "ja", "〔日付〕に会えますか。|お会いできるのは〔日付〕ですか。"),
        (PHRASE, "told.no", "ja", "必ずもらえると言われたのに、断られました。"),
        (TERM, "相談", "vi", "tư vấn|~hỏi"),
        (TERM, "相談", "vi", "a" * 100),
    ],
)
def test_what_is_right_is_taken(book, sato, kind, key, lang, text):
    book.edit(sato, kind, key, wish(book, kind, key, lang, text))
    assert book.find(kind, key).texts[lang] == text.replace("〔日付〕", "{date}")


def test_nobody_confirms_words_that_are_not_there(book, sato):
    with pytest.raises(WordsRefusedError) as caught:
        book.edit(sato, PHRASE, "meet", wish(book, PHRASE, "meet", "en", "", reviewed=True))
    assert problems(caught) == {"en": "untold"}


def test_lines_wide_bars_and_repeated_wordings_are_put_in_order(book, sato):
    typed = " Có gì ăn không?\r\n Nói đi. ｜ Đói không?|Đói không?|\x00"
    book.edit(sato, PHRASE, "food.any", wish(book, PHRASE, "food.any", "vi", typed))
    assert book.find(PHRASE, "food.any").texts["vi"] == "Có gì ăn không? Nói đi.|Đói không?"


# --- two counselors at once ----------------------------------------------------------------------


def test_who_did_not_see_the_newest_words_is_told_and_overwrites_nothing(book, sato, linh):
    old = FOOD_VI
    book.edit(linh, PHRASE, "food.any", {"vi": Wish("Anh có đồ ăn không?", old)})
    for stale in (Wish("Chị có đồ ăn không?", old), Wish(old, old, reviewed=True)):
        with pytest.raises(WordsRefusedError) as caught:
            book.edit(sato, PHRASE, "food.any", {"vi": stale})
        assert caught.value.problems == {"vi": Problem("overtaken", "Anh có đồ ăn không?")}
    book.edit(sato, PHRASE, "food.any", {"vi": Wish(old, old), "en": Wish("Any food?", "Food?")})
    assert book.lookup(FOOD, "vi") == "Anh có đồ ăn không?"
    assert book.lookup(FOOD, "en") == "Any food?"
