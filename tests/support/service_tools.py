"""The use cases on stores in memory, with the real dialog and catalogs, and people who use them."""

import itertools
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from bot.core.conversation import Conversation
from bot.core.model import Author, Channel, Inbound, InboundKind, Lang, Pick
from bot.core.moves import Context
from bot.core.state import State
from bot.core.translation.knowledge import Knowledge, knowledge_of
from bot.service.accepting import accept
from bot.service.answering import Outcome
from bot.service.correcting import Correcting
from bot.service.counseling import Counseling
from bot.service.journal import Desk
from bot.service.outbox import Settled, attempt, claim, settle
from bot.service.ports import Renderer, Sender
from bot.service.reading import Reading
from bot.service.records import Counselor, Message, Parcel, Resident
from bot.service.translating import translate_waiting
from bot.service.turns import TurnTools, run_turn
from tests.fakes import memory_transaction
from tests.support.dialogs import ANSWERS, CATALOGS, DIALOG, make_context
from tests.support.toy_engine import ToyEngine, toy_interpreter

NOON = 1_795_575_600_000
"""2026-11-25, 12:00 in Tokyo: the day of tests.support.dialogs.TODAY."""

_ids = itertools.count(1)
"""Never the same id twice in a run: the pretend LINE remembers retry keys."""


class SmallPhrasebook:
    """Implements ports.Phrasebook with one sentence."""

    def lookup(self, japanese: str, lang: Lang) -> str:
        known = {"vi": "Anh/chị có đồ ăn không?"} if japanese == "食べものはありますか。" else {}
        return known.get(lang, "")

    def sentences(self, lang: Lang) -> list[tuple[str, str]]:
        said = self.lookup("食べものはありますか。", lang)
        return [("食べものはありますか。", said)] if said else []


@dataclass
class Sink:
    """Implements ports.Sender: takes everything; `errors` are raised first, one a parcel."""

    parcels: list[Parcel] = field(default_factory=list)
    errors: list[Exception] = field(default_factory=list)

    def send(self, parcel: Parcel, *, now: int) -> None:
        if self.errors:
            raise self.errors.pop(0)
        assert now
        self.parcels.append(parcel)


@dataclass
class Office:
    """A clock that tests move, the stores, and the use cases over them."""

    now: int = NOON
    renderer: Renderer = CATALOGS
    outcomes: list[Outcome] = field(default_factory=list)
    knowledge: Knowledge = field(default_factory=lambda: knowledge_of({}, {}, (), ()))

    def __post_init__(self) -> None:
        self.transaction = memory_transaction()
        self.desk = Desk(DIALOG, self.renderer, self.new_id)
        self.tools = TurnTools(self.transaction, self.desk, self.clock, self.context)
        self.counseling = Counseling(self.transaction, self.desk, self.clock, SmallPhrasebook())
        self.reading = Reading(self.transaction, self.desk)
        self.correcting = Correcting(self.transaction, self.desk, self.clock)

    def clock(self) -> int:
        return self.now

    def new_id(self) -> str:
        return str(uuid.UUID(int=next(_ids)))

    def context(self) -> Context:
        return replace(make_context(), new_session=self.new_id)

    # --- what a process does -------------------------------------------------------------------

    def receive(self, *inbounds: Inbound) -> None:
        for channel, address in accept(inbounds, transaction=self.transaction):
            self.turns(channel, address)

    def turns(self, channel: Channel, address: str) -> None:
        """Give a person every turn that is due."""
        while (outcome := run_turn(channel, address, tools=self.tools)).did:
            self.outcomes.append(outcome)

    def turns_due(self) -> None:
        with self.transaction() as work:
            due = work.inbox.due(self.now, 100)
        for person in due:
            self.turns(*person)

    def translate(self, engine: ToyEngine | None = None) -> Parcel | None:
        """Translate what waits; return the parcel of a counselor's answer."""
        done = translate_waiting(
            transaction=self.transaction,
            interpreter=toy_interpreter(engine or ToyEngine(), self.knowledge),
            desk=self.desk,
            now=self.clock,
            detectors=self.context().detectors,
        )
        return next(iter(done.parcels), None)

    def deliver(self, senders: Mapping[Channel, Sender]) -> list[Settled]:
        """Hand over everything that is due now, one after the other, leases included."""
        with self.transaction() as work:
            work.outbox.release(at=self.now)
        settled: list[Settled] = []
        while parcels := claim(transaction=self.transaction, now=self.clock, limit=10):
            results = [attempt(each, senders=senders, now=self.clock) for each in parcels]
            settle(results, transaction=self.transaction, now=self.clock)
            settled.extend(results)
        return settled

    def said(self, person: "Person") -> list[str]:
        """Deliver everything that is due; return what reached the person just now."""
        sink = Sink()
        self.deliver({Channel.LINE: sink})
        return [
            bubble.text
            for each in sink.parcels
            if each.address == person.address
            for bubble in each.bubbles
        ]

    # --- people --------------------------------------------------------------------------------

    def counselor(self, login: str = "sato", name: str = "佐藤") -> Counselor:
        with self.transaction() as work:
            return work.team.add(Counselor(login, name, "argon2id…"))

    def person(self, address: str = "U" + "1" * 32, channel: Channel = Channel.LINE) -> "Person":
        return Person(self, address, channel)


@dataclass
class Person:
    """A resident: what they do (each a moment after the last), and what is kept of them."""

    office: Office
    address: str
    channel: Channel = Channel.LINE
    events: int = 0

    def event(self, kind: InboundKind, **more: object) -> Inbound:
        self.events += 1
        self.office.now += 1
        name = f"{self.address[-6:]}-{self.events}"
        plain = Inbound(self.channel, self.address, name, self.office.now, self.office.now, kind)
        return replace(plain, **more)  # type: ignore[arg-type]

    def does(self, kind: InboundKind, **more: object) -> "Person":
        self.office.receive(self.event(kind, **more))
        return self

    def says(self, text: str, **more: object) -> "Person":
        return self.does(InboundKind.TEXT, text=text, **more)

    def taps(self, *codes: str, question: str = "", session: str = "") -> "Person":
        state = self.state
        pick = Pick(session or state.session, question or state.node, codes)
        return self.does(InboundKind.PICK, pick=pick)

    def begins(self, lang: Lang = "ja") -> "Person":
        """Add the account, choose a language and read the start notice."""
        return self.does(InboundKind.FOLLOW).taps(lang).taps("START_OK")

    def asks_for_a_person(self, lang: Lang = "ja") -> "Person":
        return self.begins(lang).taps("HUMAN")

    def goes_to(self, question: str) -> "Person":
        """Answer quietly, question after question, until this one is put."""
        for _ in DIALOG.nodes:
            node = self.state.node
            if node == question:
                return self
            done = ["DONE"] if getattr(DIALOG.nodes[node], "many", False) else []
            self.taps(*ANSWERS[node].split(","), *done)
        raise AssertionError(f"{question} is not on the way")

    # --- what is kept --------------------------------------------------------------------------

    @property
    def resident(self) -> Resident:
        with self.office.transaction() as work:
            found = work.residents.find(self.channel, self.address)
        assert found is not None
        return found

    @property
    def conversation(self) -> Conversation:
        resident = self.resident
        with self.office.transaction() as work:
            found = work.conversations.latest(resident.id)
        assert found is not None
        return found

    @property
    def state(self) -> State:
        return State.from_json(self.conversation.state)

    @property
    def messages(self) -> list[Message]:
        conversation = self.conversation
        with self.office.transaction() as work:
            return work.messages.of(conversation.id)

    @property
    def own(self) -> list[Message]:
        return [each for each in self.messages if each.author is Author.RESIDENT]

    @property
    def answers(self) -> list[str]:
        """What the bot said, oldest first."""
        return [each.text for each in self.messages if each.author is Author.BOT]

    @property
    def offered(self) -> list[str]:
        """The codes under the newest message."""
        return [each["a"] for each in self.messages[-1].choices]


def phrase(key: str, lang: Lang = "ja") -> str:
    return CATALOGS.render(DIALOG.phrase(key), lang).text
