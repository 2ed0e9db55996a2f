"""Stand-ins for the translation memory and the desk's own words, in dicts."""

from collections.abc import Collection
from dataclasses import replace

from bot.core.model import Lang
from bot.service.records import Approved, WordEdit
from tests.support.memory_tables import Tables, next_id


class MemoryOfTranslations:
    def __init__(self, tables: Tables) -> None:
        self._rows = tables.approved

    def add(self, approved: Approved) -> None:
        new_id = next_id(self._rows)
        self._rows[new_id] = replace(approved, id=new_id)

    def lookup(
        self, source_lang: Lang, target_lang: Lang, keys: Collection[str]
    ) -> dict[str, Approved]:
        return {
            each.key: each
            for each in self._rows.values()
            if (each.source_lang, each.target_lang) == (source_lang, target_lang)
            and each.key in keys
        }

    def all(self, *, after: int = 0, limit: int = 1_000) -> list[Approved]:
        return [each for each in self._rows.values() if each.id > after][:limit]

    def remove(self, approved_id: int) -> None:
        self._rows.pop(approved_id, None)


class MemoryWordEdits:
    def __init__(self, tables: Tables) -> None:
        self._rows = tables.word_edits

    def lock(self) -> None:
        """Only one transaction is open at a time."""

    def add(self, edit: WordEdit) -> None:
        new_id = next_id(self._rows)
        self._rows[new_id] = replace(edit, id=new_id)

    def last_id(self) -> int:
        return max(self._rows, default=0)

    def standing(self) -> list[WordEdit]:
        newest = {(each.kind, each.key, each.lang): each for each in self._rows.values()}
        return sorted(newest.values(), key=lambda each: each.id)

    def history(self, kind: str, key: str, *, limit: int = 1_000) -> list[WordEdit]:
        found = [each for each in self._rows.values() if (each.kind, each.key) == (kind, key)]
        return sorted(found, key=lambda each: -each.id)[:limit]
