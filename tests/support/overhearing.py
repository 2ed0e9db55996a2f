"""Translations that are invented, and what the detectors make of them."""

from collections.abc import Sequence
from typing import Any

from bot.core.translation.engines import Candidate, Route
from bot.service.translating import translate_waiting
from tests.support.dialogs import BOOK
from tests.support.service_tools import Office, Person
from tests.support.toy_engine import ToyEngine, toy_interpreter

QUIET = "Trời hôm nay đẹp quá"
"""Vietnamese that no detector hears; its translations here are invented."""

CRY = "もう死にたいです。"
HUNGRY = "三日間、何も食べていません。"
INSULT = "ばか野郎、死ね"


class Inventing(ToyEngine):
    """Gives every text the same Japanese."""

    def __init__(self, japanese: str, **more: Any) -> None:
        super().__init__(**more)
        self.japanese = japanese

    def translate(
        self, sentences: Sequence[str], route: Route, *, alternatives: int = 1
    ) -> list[list[Candidate]]:
        made = super().translate(sentences, route, alternatives=alternatives)
        return [[Candidate(self.japanese, -0.2)] for _ in made]


def hear(office: Office, japanese: str = CRY, **more: Any) -> Any:
    """Translate what waits; return the person whose turn waits, or None."""
    done = translate_waiting(
        transaction=more.pop("transaction", office.transaction),
        interpreter=toy_interpreter(Inventing(japanese, **more)),
        desk=office.desk,
        now=office.clock,
        detectors=BOOK.detectors,
    )
    return next(iter(done.overheard), None)


def waiting(office: Office, person: Person) -> Any:
    """The event that waits for its turn, if there is one."""
    with office.transaction() as work:
        stored = work.inbox.next_for(person.channel, person.address, now=office.now)
    return stored.inbound if stored is not None else None
