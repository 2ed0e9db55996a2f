"""A process at work: which threads run, and what sets them going."""

import time
from collections.abc import Callable, Iterable, Mapping
from enum import Flag, auto

import structlog
from apscheduler.schedulers.background import BackgroundScheduler

from bot.adapters.pumps import DeliveryPump, Person, Pulse, TurnPump, WorkPump
from bot.adapters.schedule import Job, start
from bot.core.model import Channel, Inbound
from bot.service.accepting import accept
from bot.service.answering import Outcome
from bot.service.forgetting import forget_abandoned
from bot.service.interpreting import Interpreter
from bot.service.ports import Sender, Transaction
from bot.service.records import Parcel
from bot.service.translating import translate_waiting
from bot.service.turns import TurnTools, run_turn

BEAT_SECONDS = 5.0
FORGET_SECONDS = 3_600.0
STALE_MS = 30_000
"""A worker that has not shown a sign of life for so long counts as gone."""

SWEEP_AT_MOST = 200
OTHERS_POLL_SECONDS = 1.0
"""How soon a page sees what another process committed."""

log = structlog.get_logger(__name__)


class Tasks(Flag):
    """What a process does. `tsunagi serve` does all; `web` and `worker` share them out."""

    TURN = auto()
    DELIVER = auto()
    TRANSLATE = auto()
    TICK = auto()
    WEB = TURN
    WORKER = TURN | DELIVER | TRANSLATE | TICK
    ALL = WORKER


class Runtime:
    """The threads of one process. Made idle; `start` sets them going, `stop` ends them cleanly."""

    def __init__(
        self,
        tasks: Tasks,
        *,
        tools: TurnTools,
        reading: Transaction,
        senders: Mapping[Channel, Sender],
        make_interpreter: Callable[[], Interpreter],
        single_process: bool,
        name: str,
    ) -> None:
        self._tasks = tasks
        self._tools = tools
        self._reading = reading
        self._make_interpreter = make_interpreter
        self._interpreter: Interpreter | None = None
        self._single_process = single_process
        self._name = name
        self._scheduler: BackgroundScheduler | None = None
        self._pulse = Pulse()
        self._deliveries = DeliveryPump(
            transaction=tools.transaction,
            senders=senders,
            now=tools.now,
            settled=self._pulse.beat,
            threads=16,
        )
        # SQLite has one writer: more than one turn at a time would only wait for it.
        self._turns = TurnPump(self._run_turn, self._after_turn, threads=1 if single_process else 4)
        self._translations = WorkPump("translate", self._translate)

    # --- life ----------------------------------------------------------------------------------

    def start(self) -> None:
        """Start the threads of this process's tasks, and take up what a dead process left."""
        if self._single_process and Tasks.DELIVER in self._tasks:
            # Nobody else can hold a lease: what a dead process had in hand goes out at once.
            with self._tools.transaction() as work:
                work.outbox.release(at=self._tools.now())
        self._turns.start()
        if Tasks.DELIVER in self._tasks:
            self._deliveries.start()
        if Tasks.TRANSLATE in self._tasks:
            self._translations.start()
            # The engine is loaded now, not when the first message waits for it.
            self._translations.nudge()
        if Tasks.TICK in self._tasks:
            quick = 0.5 if self._single_process else 0.1
            self._scheduler = start(
                [
                    Job("beat", BEAT_SECONDS, self._beat),
                    Job("sweep_turns", 1.0, self._sweep_turns),
                    Job("sweep_outbox", quick, self._deliveries.sweep),
                    Job("sweep_translations", 1.0, self._translations.nudge),
                    Job("forget_abandoned", FORGET_SECONDS, self._forget_abandoned),
                ]
            )
            self._beat()
            self._sweep_turns()

    def stop(self) -> None:
        """End cleanly: what runs is finished, what waits is durable. A second call does nothing."""
        if self._pulse.closed:
            return
        self._pulse.close()
        if self._scheduler is not None:
            self._scheduler.shutdown(wait=False)
        self._turns.stop()
        if Tasks.TRANSLATE in self._tasks:
            self._translations.stop()
        if Tasks.DELIVER in self._tasks:
            self._deliveries.stop()

    # --- what handlers call --------------------------------------------------------------------

    def receive(self, inbounds: Iterable[Inbound]) -> None:
        """Store events durably and start their turns in the background."""
        self._turns.put(accept(inbounds, transaction=self._tools.transaction))

    def receive_and_turn(self, inbounds: Iterable[Inbound]) -> None:
        """Store events durably and give them their turns before returning."""
        for person in accept(inbounds, transaction=self._tools.transaction):
            while (outcome := self._run_turn(*person)).did:
                self._after_turn(outcome)

    def deliver(self, parcel: Parcel | None) -> None:
        """Set going what a counselor's action made: delivery, translation, open pages."""
        self._pulse.beat()
        if Tasks.TRANSLATE in self._tasks:
            self._translations.nudge()
        if parcel is not None and Tasks.DELIVER in self._tasks:
            self._deliveries.put(parcel)

    def wait_for_update(self, after: int, seconds: float) -> None:
        """Return when the feed has something newer than `after`, or after `seconds`."""
        deadline = time.monotonic() + seconds
        while not self._pulse.closed:
            seen = self._pulse.beats
            with self._reading() as work:
                if work.updates.last_id() > after:
                    return
            left = deadline - time.monotonic()
            if left <= 0:
                return
            self._pulse.wait(seen, left if self._single_process else min(left, OTHERS_POLL_SECONDS))

    def is_closing(self) -> bool:
        """Tell whether the process is stopping: nobody waits for news any more."""
        return self._pulse.closed

    @staticmethod
    def is_fresh(last_beat: int, now: int) -> bool:
        """Tell whether a worker has shown a sign of life lately."""
        return now - last_beat < STALE_MS

    # --- what the threads do -------------------------------------------------------------------

    def _run_turn(self, channel: Channel, address: str) -> Outcome:
        return run_turn(channel, address, tools=self._tools)

    def _after_turn(self, outcome: Outcome) -> None:
        self._pulse.beat()
        if outcome.parcel is not None and Tasks.DELIVER in self._tasks:
            self._deliveries.put(outcome.parcel)
        if outcome.translate and Tasks.TRANSLATE in self._tasks:
            self._translations.nudge()

    def _translate(self) -> bool:
        if self._interpreter is None:
            self._interpreter = self._make_interpreter()
        done = translate_waiting(
            transaction=self._tools.transaction,
            interpreter=self._interpreter,
            desk=self._tools.desk,
            now=self._tools.now,
            detectors=self._tools.context().detectors,
        )
        self._turns.put(done.overheard)
        if done.did:
            self._pulse.beat()
        for parcel in done.parcels:
            self._deliveries.put(parcel)
        return done.did

    def _forget_abandoned(self) -> None:
        tools = self._tools
        emptied = forget_abandoned(transaction=tools.transaction, desk=tools.desk, now=tools.now)
        if emptied:
            log.info("self_checks_forgotten", conversations=emptied)
            self._pulse.beat()

    def _sweep_turns(self) -> None:
        with self._reading() as work:
            due: list[Person] = work.inbox.due(self._tools.now(), SWEEP_AT_MOST)
        self._turns.put(due)

    def _beat(self) -> None:
        with self._tools.transaction() as work:
            work.trail.beat(self._name, self._tools.now())
