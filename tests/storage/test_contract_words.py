"""What every store promises about the translation memory and the desk's own words."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

from bot.core.model import Provenance, Sentence
from bot.service.records import Approved, WordEdit
from tests.storage.builders import NEPALI, conversation, counselor, message

WHOLE = Sentence(
    NEPALI,
    "家賃は55,000円です。",
    Provenance.DOUBTED,
    origin="compact 1.0 (ne→en→ja)",
    reviewed=False,
    score=-0.375,
    doubts=("numbers:55000", "negation"),
    back="भाडा ५५,००० हो।",
    gap="\n\n",
)


def approved(by: int, source: str = "Tôi đói.", target: str = "おなかがすきました。", **changes):
    key = source.lower().strip(".")
    return replace(Approved("vi", "ja", key, source, target, by, 100), **changes)


def edit(by: int, key: str = "生活保護", lang: str = "vi", text: str = "trợ cấp", **changes):
    return replace(
        WordEdit("term", key, lang, text, reviewed=False, counselor_id=by, at=1), **changes
    )


# --- sentences of a message ----------------------------------------------------------------------


def test_the_sentences_of_a_message_are_kept_with_every_field(stores):
    sentences = (WHOLE, Sentence("090-1234-5678", provenance=Provenance.HUMAN))
    with stores.transaction() as work:
        talk = conversation(work)
        [added] = work.messages.add([message(talk.id, sentences=sentences)])
        [plain] = work.messages.add([message(talk.id)])
        work.messages.save(replace(work.messages.get(plain), sentences=(WHOLE,)))
    with stores.reading() as work:
        assert work.messages.get(added).sentences == sentences
        assert work.messages.get(plain).sentences == (WHOLE,)


def test_a_message_whose_sentences_nobody_has_looked_at_has_none(stores):
    with stores.transaction() as work:
        talk = conversation(work)
        [added] = work.messages.add([message(talk.id)])
        assert work.messages.get(added).sentences == ()


# --- translation memory --------------------------------------------------------------------------


def test_an_approved_translation_is_kept_with_every_field(stores):
    with stores.transaction() as work:
        by = counselor(work).id
        whole = approved(by, NEPALI, "「家」が ない 🏠", machine="家は熱い", engine="toy (ne→ja)")
        work.memory.add(whole)
    with stores.reading() as work:
        [kept] = work.memory.all()
        assert kept == replace(whole, id=kept.id)
        assert kept.id > 0


def test_the_newest_translation_of_a_sentence_is_the_one_that_is_found(stores):
    with stores.transaction() as work:
        by = counselor(work).id
        for target in ("はらへった。", "空腹です。", "おなかがすきました。"):
            work.memory.add(approved(by, target=target))
        found = work.memory.lookup("vi", "ja", {"tôi đói"})
        assert found["tôi đói"].target == "おなかがすきました。"


def test_only_sentences_that_were_asked_for_are_found_and_in_one_direction_only(stores):
    with stores.transaction() as work:
        by = counselor(work).id
        work.memory.add(approved(by))
        work.memory.add(approved(by, "Tôi lạnh.", "さむいです。"))
        work.memory.add(approved(by, target_lang="en", target="I am hungry."))
        found = work.memory.lookup("vi", "ja", ["tôi đói", "tôi đói", "tôi mệt"])
        assert {key: each.target for key, each in found.items()} == {
            "tôi đói": "おなかがすきました。"
        }
        assert work.memory.lookup("ja", "vi", {"tôi đói"}) == {}
        assert work.memory.lookup("vi", "ja", ()) == {}


def test_all_translations_come_page_by_page_the_oldest_first(stores):
    with stores.transaction() as work:
        by = counselor(work).id
        for number in range(5):
            work.memory.add(approved(by, f"Câu {number}."))
    with stores.reading() as work:
        first = work.memory.all(limit=3)
        rest = work.memory.all(after=first[-1].id)
        assert [each.source for each in first + rest] == [f"Câu {n}." for n in range(5)]
        assert work.memory.all(after=rest[-1].id) == []


def test_after_a_translation_is_removed_the_one_before_it_stands_again(stores):
    with stores.transaction() as work:
        by = counselor(work).id
        work.memory.add(approved(by, target="前の訳"))
        work.memory.add(approved(by, target="まちがった訳"))
        work.memory.remove(work.memory.lookup("vi", "ja", {"tôi đói"})["tôi đói"].id)
        assert work.memory.lookup("vi", "ja", {"tôi đói"})["tôi đói"].target == "前の訳"
        work.memory.remove(404)
        assert len(work.memory.all()) == 1


# --- glossary and phrasebook ---------------------------------------------------------------------


def test_without_changes_there_is_no_newest_one(stores):
    with stores.reading() as work:
        assert work.word_edits.last_id() == 0
        assert work.word_edits.standing() == []
        assert work.word_edits.history("term", "生活保護") == []


def test_a_change_is_kept_with_every_field(stores):
    with stores.transaction() as work:
        by = counselor(work).id
        whole = edit(
            by, 'a/b?c=..&"|', "my", "ဆို|လို", kind="phrase", reviewed=True, at=1_700_000_000_001
        )
        work.word_edits.lock()
        work.word_edits.add(whole)
    with stores.reading() as work:
        [kept] = work.word_edits.standing()
        assert kept == replace(whole, id=work.word_edits.last_id())


def test_the_newest_change_of_each_kind_key_and_language_stands(stores):
    with stores.transaction() as work:
        by = counselor(work).id
        work.word_edits.lock()
        for change in (
            edit(by, text="old"),
            edit(by, lang="en", text="English"),
            edit(by, kind="phrase", text="of a sentence"),
            edit(by, key="家賃", text="of another key"),
            edit(by, text="new"),
        ):
            work.word_edits.add(change)
    with stores.reading() as work:
        standing = work.word_edits.standing()
        assert [each.text for each in standing] == [
            "English",
            "of a sentence",
            "of another key",
            "new",
        ]
        assert work.word_edits.last_id() == standing[-1].id


def test_the_history_of_an_entry_holds_all_its_changes_the_newest_first(stores):
    with stores.transaction() as work:
        by = counselor(work).id
        work.word_edits.lock()
        for text in ("one", "two", ""):
            work.word_edits.add(edit(by, text=text))
        work.word_edits.add(edit(by, lang="en", text="three"))
        work.word_edits.add(edit(by, kind="phrase", text="of a sentence"))
        work.word_edits.add(edit(by, key="家賃", text="of another key"))
    with stores.reading() as work:
        history = work.word_edits.history("term", "生活保護")
        assert [each.text for each in history] == ["three", "", "two", "one"]
        assert work.word_edits.history("term", "生活保護", limit=2) == history[:2]


def test_who_changes_words_at_the_same_time_waits_for_the_one_before(
    sql_store, threads: ThreadPoolExecutor
):
    """Whoever reads a change with id 2 has read the one with id 1: nothing is overlooked."""
    with sql_store.transaction() as work:
        by = counselor(work).id
    first_has_it, orders = threading.Event(), []

    def first() -> None:
        with sql_store.transaction() as work:
            work.word_edits.lock()
            work.word_edits.add(edit(by, text="first"))
            first_has_it.set()
            time.sleep(0.2)
            orders.append("first")

    def second() -> None:
        first_has_it.wait()
        with sql_store.transaction() as work:
            work.word_edits.lock()
            orders.append("second")
            assert [each.text for each in work.word_edits.standing()] == ["first"]
            work.word_edits.add(edit(by, text="second"))

    for done in [threads.submit(first), threads.submit(second)]:
        done.result()
    assert orders == ["first", "second"]
