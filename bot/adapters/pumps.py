"""Threads that run turns, deliveries and translations the moment there is work."""

import queue
import threading
from collections.abc import Callable, Iterable, Mapping

import structlog

from bot.core.model import Channel
from bot.service.answering import Outcome
from bot.service.outbox import Settled, attempt, claim, settle
from bot.service.ports import Clock, Sender, Transaction
from bot.service.records import Parcel

Person = tuple[Channel, str]
SETTLE_AT_MOST = 200
STOP_SECONDS = 5.0

log = structlog.get_logger(__name__)


class Pulse:
    """Wakes whoever waits for news: open pages in this process."""

    def __init__(self) -> None:
        self._condition = threading.Condition()
        self._beats = 0
        self._closed = False

    def beat(self) -> None:
        """Tell everybody that something was committed."""
        with self._condition:
            self._beats += 1
            self._condition.notify_all()

    def close(self) -> None:
        """Let nobody wait any longer: the process is stopping."""
        with self._condition:
            self._closed = True
            self._condition.notify_all()

    @property
    def closed(self) -> bool:
        """Tell whether the process is stopping."""
        return self._closed

    @property
    def beats(self) -> int:
        """The number of beats so far, to pass to `wait`."""
        return self._beats

    def wait(self, seen: int, seconds: float) -> None:
        """Return on the first beat after `seen`, at closing time or after `seconds`."""
        with self._condition:
            self._condition.wait_for(lambda: self._beats != seen or self._closed, seconds)


class TurnPump:
    """Runs turns. One person is never handled twice at once; different people run in parallel."""

    def __init__(
        self, run: Callable[[Channel, str], Outcome], after: Callable[[Outcome], None], threads: int
    ) -> None:
        self._run = run
        self._after = after
        self._queue: queue.SimpleQueue[Person | None] = queue.SimpleQueue()
        self._lock = threading.Lock()
        self._queued: set[Person] = set()
        self._running: set[Person] = set()
        self._again: set[Person] = set()
        self._threads = [
            threading.Thread(target=self._loop, name=f"turns-{number}", daemon=True)
            for number in range(threads)
        ]

    def start(self) -> None:
        """Start the threads."""
        for thread in self._threads:
            thread.start()

    def put(self, persons: Iterable[Person]) -> None:
        """Ask for turns; a person already waiting for one is not queued twice."""
        for person in persons:
            with self._lock:
                if person in self._queued:
                    continue
                self._queued.add(person)
            self._queue.put(person)

    def stop(self) -> None:
        """End after the running turns. What waits is durable and goes on at the next start."""
        for _ in self._threads:
            self._queue.put(None)
        for thread in self._threads:
            if thread.is_alive():
                thread.join(STOP_SECONDS)

    def _loop(self) -> None:
        while (person := self._queue.get()) is not None:
            with self._lock:
                self._queued.discard(person)
                if person in self._running:
                    # Whoever runs this person now asks for another turn when it ends.
                    self._again.add(person)
                    continue
                self._running.add(person)
            try:
                while (outcome := self._run(*person)).did:
                    self._after(outcome)
            except Exception as error:  # noqa: BLE001  # the store is away: the sweep tries again
                log.warning("turn_not_run", code=type(error).__name__)
            finally:
                with self._lock:
                    self._running.discard(person)
                    again = person in self._again
                    self._again.discard(person)
                if again:
                    self.put([person])


class DeliveryPump:
    """Hands parcels over with several senders, and settles their outcomes in batches."""

    def __init__(
        self,
        *,
        transaction: Transaction,
        senders: Mapping[Channel, Sender],
        now: Clock,
        settled: Callable[[], None],
        threads: int,
    ) -> None:
        self._transaction = transaction
        self._senders = senders
        self._now = now
        self._settled = settled
        self._capacity = threads * 4
        self._queue: queue.SimpleQueue[Parcel | None] = queue.SimpleQueue()
        self._results: queue.SimpleQueue[Settled | str] = queue.SimpleQueue()
        self._in_hand = 0
        self._lock = threading.Lock()
        self._threads = [
            threading.Thread(target=self._send, name=f"send-{number}", daemon=True)
            for number in range(threads)
        ]
        self._settler = threading.Thread(target=self._settle, name="settle", daemon=True)

    def start(self) -> None:
        """Start the threads."""
        for thread in (*self._threads, self._settler):
            thread.start()

    def put(self, parcel: Parcel) -> None:
        """Deliver a parcel that is leased to this process."""
        with self._lock:
            self._in_hand += 1
        self._queue.put(parcel)

    def sweep(self) -> None:
        """Look for due parcels soon."""
        self._results.put("sweep")

    def stop(self) -> None:
        """End after the parcels in hand; others stay in the outbox for the next start."""
        for _ in self._threads:
            self._queue.put(None)
        for thread in self._threads:
            if thread.is_alive():
                thread.join(STOP_SECONDS)
        self._results.put("stop")
        if self._settler.is_alive():
            self._settler.join(STOP_SECONDS)

    def _send(self) -> None:
        while (parcel := self._queue.get()) is not None:
            self._results.put(attempt(parcel, senders=self._senders, now=self._now))

    def _settle(self) -> None:
        stopping = False
        while not stopping:
            items = [self._results.get()]
            while not self._results.empty() and len(items) < SETTLE_AT_MOST:
                items.append(self._results.get())
            stopping = "stop" in items
            results = [each for each in items if isinstance(each, Settled)]
            try:
                again = self._write_down(results)
                if ("sweep" in items or again) and not stopping:
                    self._claim()
            except Exception as error:  # noqa: BLE001  # the store is away: leases run out by themselves
                log.warning("delivery_not_settled", code=type(error).__name__)

    def _write_down(self, results: list[Settled]) -> bool:
        if not results:
            return False
        with self._lock:
            self._in_hand -= len(results)
        more = settle(results, transaction=self._transaction, now=self._now)
        self._settled()
        now = self._now()
        return bool(more) or any(each.outcome == "again" and each.due_at <= now for each in results)

    def _claim(self) -> None:
        with self._lock:
            free = self._capacity - self._in_hand
        if free <= 0:
            return
        for parcel in claim(transaction=self._transaction, now=self._now, limit=free):
            self.put(parcel)


class WorkPump:
    """One thread that drains `step` (True: there may be more) whenever it is nudged."""

    def __init__(self, name: str, step: Callable[[], bool]) -> None:
        self._name = name
        self._step = step
        self._wake = threading.Event()
        self._stopping = False
        self._thread = threading.Thread(target=self._loop, name=name, daemon=True)

    def start(self) -> None:
        """Start the thread."""
        self._thread.start()

    def nudge(self) -> None:
        """There may be work."""
        self._wake.set()

    def stop(self) -> None:
        """End after the step that runs now."""
        self._stopping = True
        self._wake.set()
        if self._thread.is_alive():
            self._thread.join(STOP_SECONDS)

    def _ending(self) -> bool:
        return self._stopping

    def _loop(self) -> None:
        while True:
            self._wake.wait()
            self._wake.clear()
            if self._ending():
                return
            try:
                while self._step() and not self._ending():
                    pass
            except Exception as error:  # noqa: BLE001  # the next nudge or tick tries again
                log.warning("work_failed", pump=self._name, code=type(error).__name__)
