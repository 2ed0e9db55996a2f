"""Translations that are invented, and what the detectors make of them."""

from dataclasses import dataclass
from typing import Any

from bot.core.model import Lang, Translation
from bot.service.translating import translate_one
from tests.support.dialogs import BOOK
from tests.support.service_tools import Office, Person, ToyTranslator

QUIET = "Trời hôm nay đẹp quá"
"""Vietnamese that no detector hears; its translations here are invented."""

CRY = "もう死にたいです。"
HUNGRY = "三日間、何も食べていません。"
INSULT = "ばか野郎、死ね"


@dataclass
class Inventing(ToyTranslator):
    """Gives every text the same Japanese, and marks nothing."""

    japanese: str = CRY

    def translate(self, text: str, source: Lang, target: Lang) -> Translation | None:
        made = super().translate(text, source, target)
        return made and Translation(
            self.japanese, made.engine, made.route, drafts_only=made.drafts_only
        )


def hear(office: Office, japanese: str = CRY, **more: Any) -> Any:
    """Translate one message; return the person whose turn waits, or None."""
    return translate_one(
        transaction=more.pop("transaction", office.transaction),
        translator=Inventing(japanese=japanese, **more),
        desk=office.desk,
        now=office.clock,
        detectors=BOOK.detectors,
    ).overheard


def waiting(office: Office, person: Person) -> Any:
    """The event that waits for its turn, if there is one."""
    with office.transaction() as work:
        stored = work.inbox.next_for(person.channel, person.address, now=office.now)
    return stored.inbound if stored is not None else None
