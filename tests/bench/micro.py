"""The bare limits: the engine, the triage, a whole turn and the commit, each without the web."""

import sqlite3
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar

from bot.adapters.schema import migrate
from bot.adapters.storage import open_store
from bot.core.engine import begin, take
from bot.core.events import Assessed
from bot.core.model import Bubble, Channel, Inbound, InboundKind, Lang, Pick
from bot.core.moves import Context, Turn
from bot.core.state import State
from bot.core.triage import assess
from bot.core.understanding import Words
from bot.service.accepting import accept
from bot.service.journal import Desk, bubbles_of
from bot.service.turns import TurnTools, run_turn
from handlers.line.messages import to_messages
from handlers.wiring import Content, make_context, new_id, now_ms
from tests.bench.residents import Offer, Walk

REPEATS = 5
"""The best of so many rounds: other programs can only make a round slower."""

Item = TypeVar("Item")
Step = tuple[State, Pick]


@dataclass(frozen=True, slots=True)
class _Player:
    """The engine with its content, without a store."""

    content: Content
    context: Callable[[], Context]

    def words(self, lang: Lang) -> Words:
        return lambda text: self.content.catalogs.render(text, lang).text

    def take(self, step: Step) -> Turn:
        state, pick = step
        return take(self.content.book.dialog, state, pick, context=self.context(), words=self.words)

    def spoken(self, turn: Turn) -> list[tuple[Bubble, Bubble]]:
        return bubbles_of(
            turn.events,
            turn.state,
            dialog=self.content.book.dialog,
            renderer=self.content.catalogs,
        )

    def walk(self, number: int) -> Iterator[tuple[Step, Turn]]:
        """Yield every step of one resident's screening and what followed."""
        walk = Walk(number)
        turn = begin(self.content.book.dialog, "bench")
        while (tap := walk.choose(offers_of(self.spoken(turn)))) is not None:
            step = (turn.state, Pick(tap.session, tap.question, (tap.code,)))
            turn = self.take(step)
            yield step, turn


def offers_of(spoken: list[tuple[Bubble, Bubble]]) -> list[Offer]:
    """Return what can be chosen, without the choices that are picked already."""
    return [
        Offer(bubble.session, each.question, each.code)
        for bubble, _ in spoken
        for each in bubble.choices
        if each.kind != "picked"
    ]


def measure(folder: Path, content: Content, *, rounds: int) -> dict[str, float]:
    """Return microseconds of each part, best of several repeats; `folder` takes databases."""
    player = _Player(content, make_context(content, "Asia/Tokyo"))
    languages = len(content.catalogs.languages())
    played = [each for number in range(languages) for each in player.walk(number)]
    steps = [step for step, _ in played]
    turns = [turn for _, turn in played]
    spoken = [player.spoken(turn) for turn in turns]
    full = [turn for turn in turns if any(isinstance(each, Assessed) for each in turn.events)]
    context = player.context()

    def triage(turn: Turn) -> object:
        state = turn.state
        return assess(
            state.answers,
            lang=state.lang,
            today=context.today,
            parameters=content.book.triage,
            detected=state.detected,
        )

    return {
        "turns_in_a_walk": len(steps) / languages,
        "engine_us": _best(player.take, steps, rounds),
        "wording_us": _best(player.spoken, turns, rounds),
        "line_messages_us": _best(
            lambda each: to_messages([ours for ours, _ in each]), spoken, rounds
        ),
        "triage_us": _best(triage, full[-languages:], rounds * 10),
        "turn_on_sqlite_us": _turns_on_sqlite(folder / "turns.sqlite3", player, rounds),
        "commit_us": _commits(folder / "commits.sqlite3", rounds),
    }


def _best(act: Callable[[Item], object], items: list[Item], rounds: int) -> float:
    best = float("inf")
    for _ in range(REPEATS):
        begun = time.perf_counter()
        for _ in range(rounds):
            for item in items:
                act(item)
        best = min(best, (time.perf_counter() - begun) / (rounds * len(items)))
    return best * 1e6


def _turns_on_sqlite(file: Path, player: _Player, rounds: int) -> float:
    """Return microseconds of storing an event and giving it its turn: two durable commits."""
    store = open_store(f"sqlite:///{file}")
    migrate(store.engine)
    desk = Desk(player.content.book.dialog, player.content.catalogs, new_id)
    tools = TurnTools(store.transaction, desk, now_ms, player.context)
    best = float("inf")
    for resident in range(REPEATS * rounds):
        walk = Walk(resident)
        address = f"U{resident:032x}"
        inbound = Inbound(
            Channel.LINE, address, "", now_ms(), now_ms(), InboundKind.FOLLOW, reply_token="t"
        )
        tap: Offer | None = None
        count, begun = 0, time.perf_counter()
        while True:
            pick = Pick(tap.session, tap.question, (tap.code,)) if tap is not None else None
            kind = InboundKind.PICK if pick is not None else InboundKind.FOLLOW
            event = replace(inbound, event_id=f"{resident}-{count}", kind=kind, pick=pick)
            accept([event], transaction=store.transaction)
            outcome = run_turn(Channel.LINE, address, tools=tools)
            count += 1
            assert outcome.parcel is not None
            tap = walk.choose(offers_of([(each, each) for each in outcome.parcel.bubbles]))
            if tap is None:
                break
            with store.transaction() as work:
                work.outbox.sent([outcome.parcel.id], at=now_ms())
        best = min(best, (time.perf_counter() - begun) / count)
    store.close()
    return best * 1e6


def _commits(file: Path, rounds: int) -> float:
    """Return microseconds of one row in one durable commit (WAL, full sync)."""
    connection = sqlite3.connect(file, isolation_level=None)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")
    connection.execute("CREATE TABLE event (id INTEGER PRIMARY KEY, body TEXT)")

    def commit(body: str) -> None:
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("INSERT INTO event (body) VALUES (?)", (body,))
        connection.execute("COMMIT")

    best = _best(commit, ["x" * 400] * 50, rounds)
    connection.close()
    return best
