"""Stand-ins for consents and for the versions of the dialog, in dicts."""

from dataclasses import replace

from bot.service.records import Consent, Release
from tests.support.memory_tables import Tables, next_id


class MemoryConsents:
    def __init__(self, tables: Tables) -> None:
        self._rows = tables.consents

    def add(self, consent: Consent) -> None:
        new_id = next_id(self._rows)
        self._rows[new_id] = replace(consent, id=new_id)

    def withdraw(self, conversation_id: int, item: str, *, at: int) -> None:
        for each in self.of(conversation_id):
            if each.item == item and each.given and each.withdrawn_at is None:
                self._rows[each.id] = replace(each, withdrawn_at=at)

    def of(self, conversation_id: int) -> list[Consent]:
        return [each for each in self._rows.values() if each.conversation_id == conversation_id]


class MemoryReleases:
    def __init__(self, tables: Tables) -> None:
        self._rows = tables.releases

    def add(self, version: str, packed: bytes, *, at: int) -> None:
        known = self.get(version)
        release = Release(version, at) if known is None else replace(known, retired_at=None)
        self._rows[version] = release, packed

    def get(self, version: str) -> Release | None:
        return self._rows[version][0] if version in self._rows else None

    def packed(self, version: str) -> bytes | None:
        return self._rows[version][1] if version in self._rows else None

    def all(self) -> list[Release]:
        releases = [release for release, _ in self._rows.values()]
        return sorted(releases, key=lambda each: (each.created_at, each.version))

    def retire(self, version: str, *, at: int) -> None:
        release, packed = self._rows[version]
        if release.retired_at is None:
            self._rows[version] = replace(release, retired_at=at), packed
