"""What the desk changes in glossary and phrasebook: who stands for it, and where it is used."""

import threading

import pytest

from bot.core.model import Provenance
from bot.core.translation.phrases import COUNSELOR
from bot.errors import MoveNotAllowedError
from bot.service.interpreting import Interpreter, Request
from bot.service.word_checks import Wish, WordsNotFoundError
from bot.service.words import PHRASE, TERM
from tests.support.small_wordbook import FOOD, FOOD_VI, REVIEWED, small_wordbook, wish
from tests.support.toy_engine import AsWritten, ToyEngine

LATER = 3_600_000


@pytest.fixture
def sato(office):
    return office.counselor().id


@pytest.fixture
def linh(office):
    return office.counselor("linh", "Linh").id


@pytest.fixture
def book(office):
    return small_wordbook(office.transaction, office.clock)


# --- what stands ---------------------------------------------------------------------------------


def test_without_changes_the_files_stand(book):
    assert book.lookup(FOOD, "vi") == FOOD_VI
    assert book.find(PHRASE, "food.any").states["vi"] == REVIEWED
    assert book.find(TERM, "生活保護").texts["ja"] == "生活保護|生保"
    assert book.find(TERM, "家賃") is None


def test_a_change_is_used_at_once_by_everybody_who_looks(book, sato):
    before = book.knowledge()
    book.edit(sato, PHRASE, "food.any", wish(book, PHRASE, "food.any", "vi", "Anh có đồ ăn không?"))
    assert book.lookup(FOOD, "vi") == "Anh có đồ ăn không?"
    assert (FOOD, "Anh có đồ ăn không?") in book.sentences("vi")
    assert book.lookup(FOOD, "en") == "Food?"
    assert book.knowledge() is not before
    assert book.knowledge() is book.knowledge()


def test_the_worker_translates_with_the_new_words_from_the_next_message_on(book, sato):
    engine = ToyEngine()
    interpreter = Interpreter(engine, book.knowledge, AsWritten())
    request = Request(FOOD, "ja", "vi", outgoing=True)

    def said():
        [made] = interpreter.interpret([request], lambda *_: {})
        return [(each.text, each.provenance, each.reviewed) for each in made.sentences]

    assert said() == [(FOOD_VI, Provenance.PHRASE, True)]
    changes = wish(book, PHRASE, "food.any", "vi", "Anh có đồ ăn không?")
    book.edit(sato, PHRASE, "food.any", changes)
    assert said() == [("Anh có đồ ăn không?", Provenance.PHRASE, False)]
    book.take_away(sato, PHRASE, "food.any")
    [(text, provenance, _)] = said()
    assert (text == "Anh có đồ ăn không?", provenance) == (False, Provenance.MACHINE)
    assert engine.asked


def test_a_term_of_the_desk_is_enforced_by_the_worker(book, sato):
    engine = ToyEngine(says={"住居確保給付金を申請する。": "Xin tiền thuê nhà."})
    interpreter = Interpreter(engine, book.knowledge, AsWritten())
    request = Request("住居確保給付金を申請する。", "ja", "vi")

    def doubts():
        [made] = interpreter.interpret([request], lambda *_: {})
        return [each.doubts for each in made.sentences]

    assert doubts() == [()]
    new = {"ja": Wish("住居確保給付金"), "vi": Wish("trợ cấp nhà ở")}
    assert book.add(sato, TERM, new, new_id="1") == "住居確保給付金"
    assert doubts() == [("term:住居確保給付金",)]


def test_what_the_files_know_beside_the_words_stays(book, sato):
    book.edit(sato, TERM, "生活保護", wish(book, TERM, "生活保護", "vi", "trợ cấp xã hội"))
    term = book.knowledge().glossary.terms[0]
    assert (term.reading, term.easy, term.enforced) == ("せいかつほご", "くらしを たすける", True)
    assert term.words["vi"] == ("trợ cấp xã hội",)
    assert book.knowledge().glossary.terms[1].enforced is False


# --- who stands for it ---------------------------------------------------------------------------


def test_new_words_are_a_draft_until_somebody_who_reads_them_says_so(book, sato, linh, office):
    book.edit(sato, PHRASE, "meet", wish(book, PHRASE, "meet", "vi", "Gặp vào {date} nhé?"))
    assert book.find(PHRASE, "meet").states["vi"] == "draft 2026-11-25"
    office.now += 24 * LATER
    as_it_is = book.find(PHRASE, "meet").texts["vi"]
    book.edit(linh, PHRASE, "meet", {"vi": Wish(as_it_is, as_it_is, reviewed=True)})
    assert book.find(PHRASE, "meet").states["vi"] == "reviewed by Linh 2026-11-26"
    book.edit(sato, PHRASE, "meet", wish(book, PHRASE, "meet", "vi", "Gặp {date} được không?"))
    assert book.find(PHRASE, "meet").states["vi"] == "draft 2026-11-26"


def test_only_what_changed_is_stored(book, sato, office):
    seen = book.find(PHRASE, "food.any").texts
    wishes = {lang: Wish(text, text) for lang, text in seen.items()}
    book.edit(sato, PHRASE, "food.any", wishes | {"en": Wish("Any food?", "Food?")})
    with office.transaction() as work:
        [stored] = work.word_edits.standing()
    assert (stored.lang, stored.text, stored.reviewed, stored.counselor_id) == (
        "en", "Any food?", False, sato,
    )  # fmt: skip
    assert book.find(PHRASE, "food.any").states["vi"] == REVIEWED


def test_a_form_in_which_nothing_changed_is_refused(book, sato, office):
    seen = book.find(PHRASE, "food.any").texts
    with pytest.raises(MoveNotAllowedError):
        book.edit(sato, PHRASE, "food.any", {lang: Wish(f" {t} ", t) for lang, t in seen.items()})
    with office.transaction() as work:
        assert work.word_edits.last_id() == 0


def test_new_japanese_words_take_the_reviews_of_the_other_languages_away(book, linh, sato):
    changes = wish(book, PHRASE, "food.any", "ja", "家に食べものはありますか。")
    confirmed = wish(book, PHRASE, "food.any", "en", "Food?", reviewed=True)
    book.edit(sato, PHRASE, "food.any", changes | confirmed)
    words = book.find(PHRASE, "food.any")
    assert words.texts["vi"] == FOOD_VI
    assert words.states["vi"] == "draft 2026-11-25"
    assert words.states["en"] == "reviewed by 佐藤 2026-11-25"
    assert [each.edit.lang for each in book.history(PHRASE, "food.any")] == ["vi", "en", "ja"]
    assert linh


def test_confirming_the_japanese_takes_no_review_away(book, sato):
    book.edit(sato, PHRASE, "food.any", wish(book, PHRASE, "food.any", "ja", FOOD, reviewed=True))
    assert book.find(PHRASE, "food.any").states["vi"] == REVIEWED


# --- history -------------------------------------------------------------------------------------


def test_the_history_tells_who_changed_which_language_when(book, sato, linh, office):
    book.edit(sato, PHRASE, "meet", wish(book, PHRASE, "meet", "vi", "Gặp vào {date} nhé?"))
    office.now += LATER
    book.edit(linh, PHRASE, "meet", wish(book, PHRASE, "meet", "en", "{date}?", reviewed=True))
    book.edit(linh, PHRASE, "food.any", wish(book, PHRASE, "food.any", "en", "Any food?"))
    assert [
        (each.who, each.edit.lang, each.edit.text, each.edit.reviewed, each.edit.at)
        for each in book.history(PHRASE, "meet")
    ] == [
        ("Linh", "en", "{date}?", True, office.now),
        ("佐藤", "vi", "Gặp vào {date} nhé?", False, office.now - LATER),
    ]
    assert book.history(PHRASE, "told.no") == []


# --- taking away ---------------------------------------------------------------------------------


def test_an_entry_that_was_taken_away_is_used_nowhere_and_can_be_brought_back(book, sato):
    book.take_away(sato, PHRASE, "food.any")
    assert book.lookup(FOOD, "vi") == ""
    assert "food.any" not in [each.key for each in book.words(PHRASE)]
    [gone] = book.words(PHRASE, taken_away=True)
    assert (gone.key, gone.japanese, gone.taken_away) == ("food.any", FOOD, True)
    with pytest.raises(MoveNotAllowedError):
        book.take_away(sato, PHRASE, "food.any")
    book.edit(sato, PHRASE, "food.any", {"ja": Wish(FOOD)})
    assert book.lookup(FOOD, "vi") == FOOD_VI
    assert book.find(PHRASE, "food.any").states["vi"] == REVIEWED


def test_what_the_desk_added_and_took_away_keeps_its_last_japanese(book, sato):
    key = book.add(sato, PHRASE, {"ja": Wish("傘はありますか。")}, new_id="7")
    book.edit(sato, PHRASE, key, wish(book, PHRASE, key, "ja", "傘をお持ちですか。"))
    book.take_away(sato, PHRASE, key)
    assert book.find(PHRASE, key).japanese == "傘をお持ちですか。"
    assert book.words(PHRASE, "お持ち", taken_away=True)


def test_words_of_one_language_can_be_emptied(book, sato):
    book.edit(sato, PHRASE, "food.any", wish(book, PHRASE, "food.any", "en", ""))
    assert book.lookup(FOOD, "en") == ""
    assert "en" not in book.find(PHRASE, "food.any").states


@pytest.mark.parametrize("kind", [TERM, PHRASE])
def test_nobody_changes_what_is_not_there(book, sato, kind):
    with pytest.raises(WordsNotFoundError):
        book.edit(sato, kind, "nothing", {"vi": Wish("a")})
    with pytest.raises(WordsNotFoundError):
        book.take_away(sato, kind, "nothing")


# --- new entries ---------------------------------------------------------------------------------


def test_a_new_sentence_is_the_counselors_and_gets_a_key_of_its_own(book, sato):
    new = {
        "ja": Wish("〔日付〕に来てください。"),
        "vi": Wish("Hãy đến ngày 〔日付〕.", "", reviewed=True),
    }
    key = book.add(sato, PHRASE, new, new_id="0001")
    words = book.find(PHRASE, key)
    assert (key, words.side) == ("desk.0001", COUNSELOR)
    assert words.texts == {"ja": "{date}に来てください。", "vi": "Hãy đến ngày {date}."}
    assert words.states["vi"] == "reviewed by 佐藤 2026-11-25"
    assert ("〔日付〕に来てください。", "Hãy đến ngày 〔日付〕.") in book.sentences("vi")


# --- many at once -------------------------------------------------------------------------------


def test_many_may_look_while_others_change(book, sato):
    texts = [f"Câu {number}?" for number in range(20)]
    seen: set[str] = set()
    done = threading.Event()

    def look() -> None:
        while not done.is_set():
            seen.add(book.lookup(FOOD, "vi"))

    reader = threading.Thread(target=look)
    reader.start()
    for text in texts:
        book.edit(sato, PHRASE, "food.any", wish(book, PHRASE, "food.any", "vi", text))
    done.set()
    reader.join()
    assert seen <= {FOOD_VI, *texts}
    assert book.lookup(FOOD, "vi") == texts[-1]


# --- search --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "search", "keys"),
    [
        (TERM, "", ["生活保護", "相談"]),
        (TERM, "生保", ["生活保護"]),
        (TERM, "TƯ VẤN", ["相談"]),
        (PHRASE, "có đồ", ["food.any"]),
        (PHRASE, "〔日付〕に", ["meet"]),
        (PHRASE, "日付", ["meet"]),
        (PHRASE, "ＦＯＯＤ", ["food.any"]),
        (PHRASE, "生活保護", []),
    ],
)
def test_entries_are_found_by_what_they_say_in_any_language(book, kind, search, keys):
    assert [each.key for each in book.words(kind, search)] == keys
