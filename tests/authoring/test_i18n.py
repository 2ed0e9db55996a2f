"""Sentences of the dialogs and the translators' catalogs."""

import pytest
from babel.messages.catalog import Catalog

from bot.authoring.i18n import ReviewShare, drift, review_shares, save, template, update
from bot.core.model import Text
from tests.support.dialogs import BOOK, LOCALES

OLD = {"a.Q.text": Text("a.Q.text", "安全ですか。"), "a.Q.YES": Text("a.Q.YES", "はい")}
NEW = OLD | {"a.Q.text": Text("a.Q.text", "いま、安全ですか。")}
NEWER = OLD | {"a.Q.text": Text("a.Q.text", "いま、家族も安全ですか。")}


def review_share(path) -> ReviewShare:
    return review_shares(path, lambda _address: "all").get("all", ReviewShare())


@pytest.fixture
def path(tmp_path):
    return tmp_path / "vi" / "LC_MESSAGES" / "residents.po"


def translated(path, texts=OLD, **words):
    """Write a catalog in which a translator did their work."""
    catalog = update(path, template(texts, {}))
    for message in catalog:
        if message.id:
            message.string = words.get(str(message.context).rpartition(".")[2], "")
            message.user_comments = ["review: reviewed Lan 2026-11-20"]
    save(path, catalog)
    return path


def entry(catalog: Catalog, address: str):
    return next(message for message in catalog if message.context == address)


def test_the_template_tells_translators_where_a_sentence_stands_and_what_to_know():
    made = template(OLD, {"a.Q.YES": "A button."})
    yes = entry(made, "a.Q.YES")
    assert (yes.id, yes.auto_comments) == ("はい", ["A button."])
    assert yes.locations == [("dialogs/a.yaml", None)]
    assert {message.context for message in made if message.id} == set(OLD)


def test_a_new_catalog_has_every_sentence_and_no_translation(path):
    save(path, update(path, template(OLD, {})))
    assert review_share(path).total == 2
    assert review_share(path).translated == 0
    assert drift(path, OLD) == []


def test_an_update_without_a_change_keeps_everything(path):
    translated(path, text="An toàn không?", YES="Có")
    before = path.read_bytes()
    save(path, update(path, template(OLD, {})))
    assert path.read_bytes() == before
    assert (review_share(path).translated, review_share(path).reviewed) == (2, 2)


def test_a_changed_source_makes_its_entry_fuzzy_and_keeps_the_old_source_and_the_review(path):
    translated(path, text="An toàn không?", YES="Có")
    assert drift(path, NEW) == ["a.Q.text"]
    merged = update(path, template(NEW, {}))
    changed = entry(merged, "a.Q.text")
    assert changed.fuzzy
    assert (changed.id, changed.string) == ("いま、安全ですか。", "An toàn không?")
    assert list(changed.previous_id) == ["安全ですか。"]
    assert changed.user_comments == ["review: reviewed Lan 2026-11-20"]
    assert not entry(merged, "a.Q.YES").fuzzy
    save(path, merged)
    assert drift(path, NEW) == []
    assert (review_share(path).translated, review_share(path).reviewed) == (1, 1)


def test_a_fuzzy_entry_stays_fuzzy_and_remembers_the_source_it_translates(path):
    translated(path, text="An toàn không?", YES="Có")
    for texts in (NEW, NEW, NEWER):
        changed = entry(update(path, template(texts, {})), "a.Q.text")
        assert changed.fuzzy
        assert list(changed.previous_id) == ["安全ですか。"]
        assert changed.user_comments == ["review: reviewed Lan 2026-11-20"]
        save(path, update(path, template(texts, {})))


def test_an_old_source_of_several_lines_is_kept_as_it_was(path):
    lines = {"a.Q.text": Text("a.Q.text", "一行目です。\n" + "二行目です。" * 30)}
    translated(path, lines, text="Dài")
    for texts in (NEW, NEWER):
        changed = entry(update(path, template(texts, {})), "a.Q.text")
        assert list(changed.previous_id) == [lines["a.Q.text"].source]
        save(path, update(path, template(texts, {})))


def test_a_changed_source_without_a_translation_is_just_open(path):
    translated(path, YES="Có")
    assert not entry(update(path, template(NEW, {})), "a.Q.text").fuzzy


def test_a_sentence_that_is_gone_leaves_the_catalog(path):
    translated(path, text="An toàn không?", YES="Có")
    only = {"a.Q.YES": OLD["a.Q.YES"]}
    assert drift(path, only) == ["a.Q.text (no longer used)"]
    assert [m.context for m in update(path, template(only, {})) if m.id] == ["a.Q.YES"]


@pytest.mark.parametrize("lang", ["ja_easy", "en", "vi", "ne"])
def test_the_catalogs_are_in_step_with_the_dialogs(lang):
    catalog = LOCALES / lang / "LC_MESSAGES" / "residents.po"
    assert drift(catalog, BOOK.texts) == []
    share = review_share(catalog)
    assert share.total == len(BOOK.texts)
