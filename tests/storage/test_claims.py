"""Two counselors never hold the same conversation, however close together they claim it."""

import itertools
import threading
from collections.abc import Callable
from pathlib import Path

from bot.adapters.storage import Store
from bot.authoring.loader import load_book
from bot.core.model import Lang, Rendered, Text
from bot.errors import AlreadyTakenError
from bot.service.counseling import Counseling
from bot.service.journal import Desk
from tests.storage.builders import conversation, counselor

PATIENCE = 20.0


class SourceRenderer:
    """Implements ports.Renderer: every sentence in its source language."""

    def render(self, text: Text, lang: Lang) -> Rendered:
        return Rendered(text.source, lang)

    def languages(self) -> dict[Lang, str]:
        return {"ja": "日本語"}

    def language_of(self, typed: str) -> Lang:
        return "ja" if typed == "日本語" else ""


class NoPhrases:
    """Implements ports.Phrasebook with nothing in it."""

    def lookup(self, japanese: str, lang: Lang) -> str:  # noqa: ARG002
        return ""

    def sentences(self, lang: Lang) -> list[tuple[str, str]]:  # noqa: ARG002
        return []


def test_counselors_who_claim_at_the_same_time_never_both_succeed(postgres_store, threads):
    store: Store = postgres_store
    dialog = load_book(Path(__file__).parents[2] / "dialogs").dialog
    numbers = itertools.count()
    desk = Desk(dialog, SourceRenderer(), lambda: f"id-{next(numbers)}")
    counseling = Counseling(store.transaction, desk, lambda: 5_000, NoPhrases())
    with store.transaction() as work:
        team = [counselor(work, f"login{number}").id for number in range(6)]
        waiting = {"lang": "ja", "reason": "asked", "waiting_since": 1}
        talks = [conversation(work, f"U{number}", **waiting).id for number in range(5)]
    together = threading.Barrier(len(team))

    def claim(by: int) -> list[int]:
        won = []
        for talk in talks:
            together.wait(PATIENCE)
            if _succeeds(lambda talk=talk: counseling.claim(by, talk)):  # type: ignore[misc]
                won.append(talk)
        return won

    claims = [threads.submit(claim, by) for by in team]
    won = {by: future.result(timeout=PATIENCE) for by, future in zip(team, claims, strict=True)}
    assert sorted(talk for wins in won.values() for talk in wins) == talks
    with store.reading() as work:
        for by, wins in won.items():
            for talk in wins:
                assert work.conversations.get(talk).counselor_id == by
                assert [line.what for line in work.trail.of(talk)] == ["claimed"]


def _succeeds(claim: Callable[[], object]) -> bool:
    try:
        claim()
    except AlreadyTakenError:
        return False
    return True
