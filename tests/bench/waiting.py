"""How long a resident's words wait for their translation while those of others wait too.

`translate_waiting` on a SQLite file, with the real interpreter: every commit is included.
"""

import itertools
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bot.adapters.schema import migrate
from bot.adapters.storage import Store, open_store
from bot.core.conversation import Conversation
from bot.core.model import Author, Channel, Lang, Level, Provenance
from bot.service.interpreting import Interpreter
from bot.service.ports import Work
from bot.service.records import Message
from bot.service.translating import translate_waiting
from handlers.wiring import Content, make_desk, now_ms
from tests.bench.figures import percentile

OTHERS = 20
SENTENCES_IN_A_MESSAGE = 3
LANG: Lang = "vi"
SHARES = (("best", 0.0), ("p50", 0.50), ("p95", 0.95), ("max", 1.0))
"""On a busy machine the best says most: other programs can only make a round slower."""


def measure(
    folder: Path,
    content: Content,
    interpreter: Interpreter,
    said: Sequence[str],
    *,
    rounds: int,
    others: int = OTHERS,
) -> dict[str, Any]:
    """Return milliseconds from "stored" to "words written down" of a message of three sentences.

    `calm`: it comes while `others` wait. `urgent`: one of level U4 comes then. `urgent_late`: it
    comes just after the worker took the others. `said` are sentences in LANG, used in turns.
    `urgent_was_first`: in every round no other message was written down before the urgent one.
    """
    queue = Queue(open_store(f"sqlite:///{folder / 'waiting.sqlite3'}"), content, interpreter, said)
    figures: dict[str, Any] = {
        "rounds": rounds,
        "others": others,
        "sentences_in_a_message": SENTENCES_IN_A_MESSAGE,
        "urgent_was_first": True,
    }
    found: dict[str, list[Arrival]] = {"calm": [], "urgent": [], "urgent_late": []}
    queue.arrival(2, Level.U4, late=False)  # reads what is read at first use
    for _ in range(rounds):
        found["calm"].append(queue.arrival(others, Level.U1, late=False))
        found["urgent"].append(queue.arrival(others, Level.U4, late=False))
        found["urgent_late"].append(queue.arrival(others, Level.U4, late=True))
    queue.store.close()
    for name, arrivals in found.items():
        seconds = [each.seconds for each in arrivals]
        figures[f"{name}_ms"] = {
            label: round(percentile(seconds, share), 1) for label, share in SHARES
        }
    figures["urgent_was_first"] = all(each.before == 0 for each in found["urgent"])
    return figures


@dataclass(frozen=True, slots=True)
class Arrival:
    """How long one message waited, and how many others were written down before it."""

    seconds: float
    before: int


@dataclass
class Queue:
    """Residents whose messages wait, and the worker that translates them."""

    store: Store
    content: Content
    interpreter: Interpreter
    said: Sequence[str]
    after_claim: Callable[[], None] | None = None
    own: int = 0
    written_at: float = 0.0
    people: dict[Level, list[int]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        migrate(self.store.engine)
        self.desk = make_desk(self.content, deliver_inline=False)
        self.sentences = itertools.cycle(self.said)
        self.addresses = itertools.count(1)

    def arrival(self, others: int, level: Level, *, late: bool) -> Arrival:
        """Let `others` wait and one message of `level` come; translate until nothing waits."""
        with self.store.transaction() as work:
            for number in range(others):
                self._add(work, self._person(work, Level.U1, number))
        with self.store.reading() as work:
            seen = work.updates.last_id()
        self.own, self.written_at = 0, 0.0
        stored_at: list[float] = []

        def come() -> None:
            with self.store.transaction() as work:
                place = others if level is Level.U1 else 0
                own = self._add(work, self._person(work, level, place))
            self.own = own
            stored_at.append(time.perf_counter())

        self.after_claim = come if late else None
        if not late:
            come()
        while self._translate():
            pass
        assert self.written_at, "the message was never written down"
        with self.store.reading() as work:
            written = [each.conversation_id for each in work.updates.after(seen, resident_id=None)]
            mine = work.messages.get(self.own).conversation_id
        return Arrival(self.written_at - stored_at[0], written.index(mine))

    def _translate(self) -> bool:
        return translate_waiting(
            transaction=self._transaction,
            interpreter=self.interpreter,
            desk=self.desk,
            now=now_ms,
            detectors=self.content.book.detectors,
        ).did

    @contextmanager
    def _transaction(self) -> Iterator[Work]:
        """Give the worker a transaction, and look after each commit whether the words are there."""
        with self.store.transaction() as work:
            yield work
        at = time.perf_counter()
        if self.after_claim is not None:
            come, self.after_claim = self.after_claim, None
            come()
        elif self.own and not self.written_at:
            with self.store.reading() as work:
                waits = work.messages.get(self.own).provenance is Provenance.WAITING
            self.written_at = 0.0 if waits else at

    def _person(self, work: Work, level: Level, number: int) -> int:
        known = self.people.setdefault(level, [])
        while len(known) <= number:
            address = f"U{next(self.addresses):032x}"
            resident = work.residents.lock(Channel.LINE, address, at=now_ms())
            new = Conversation(resident.id, now_ms(), lang=LANG, level=level)
            known.append(work.conversations.add(new).id)
        return known[number]

    def _add(self, work: Work, conversation_id: int) -> int:
        text = " ".join(next(self.sentences) for _ in range(SENTENCES_IN_A_MESSAGE))
        message = Message(
            *(conversation_id, Author.RESIDENT, text, LANG, now_ms()),
            other_lang="ja",
            provenance=Provenance.WAITING,
        )
        return work.messages.add([message])[0]
