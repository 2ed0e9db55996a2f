"""The whole program, built to kill itself (SIGKILL) at one step of one turn: for crash tests.

Argument: the step. The kill happens at the first event whose text or choice asks for it, so that
the turns before it run undisturbed: a webhook that carries the mark of `MARK`.
"""

import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from gunicorn.app.base import BaseApplication

from bot import logs
from bot.adapters.storage import Store, open_store
from bot.config import load_settings
from bot.core.model import Inbound
from bot.service.ports import Work
from bot.service.records import Parcel
from handlers.runtime import Tasks
from handlers.wiring import build, make_sender

MARK = "KILL"
STEPS = (
    "before_accept_commit",
    "after_accept_commit",
    "in_turn",
    "after_turn_commit",
    "after_send",
    "after_settle",
)


def die() -> None:
    """End this process as a power cut would."""
    Path(os.environ["CRASH_NOTE"]).write_text("died", encoding="utf-8")
    os.kill(os.getpid(), signal.SIGKILL)


class Fuse:
    """Follows the marked event through the steps and kills the process at the chosen one."""

    def __init__(self, step: str) -> None:
        self.step = step
        self.armed_parcels: set[int] = set()

    def store(self, inner: Store) -> Store:
        @contextmanager
        def transaction() -> Iterator[Work]:
            watch = _Watch()
            with inner.transaction() as work:
                yield watch.wrap(work)
                if watch.accepted and self.step == "before_accept_commit":
                    die()
                if watch.turned and self.step == "in_turn":
                    die()
            self.armed_parcels |= watch.parcels if watch.turned else set()
            if watch.accepted and self.step == "after_accept_commit":
                die()
            if watch.turned and self.step == "after_turn_commit":
                die()
            if watch.settled & self.armed_parcels and self.step == "after_settle":
                die()

        return replace(inner, transaction=transaction)


class _Watch:
    """Sees what one transaction does with the marked event."""

    def __init__(self) -> None:
        self.accepted = False
        self.turned = False
        self.parcels: set[int] = set()
        self.settled: set[int] = set()

    def wrap(self, work: Any) -> Any:
        watch = self
        add, next_for = work.inbox.add, work.inbox.next_for
        add_parcel, sent = work.outbox.add, work.outbox.sent

        def watched_add(inbound: Inbound) -> bool:
            new = add(inbound)
            watch.accepted |= new and MARK in inbound.text
            return bool(new)

        def watched_next(*args: Any, **kwargs: Any) -> Any:
            item = next_for(*args, **kwargs)
            watch.turned |= item is not None and MARK in item.inbound.text
            return item

        def watched_parcel(*args: Any, **kwargs: Any) -> Any:
            result = add_parcel(*args, **kwargs)
            watch.parcels.add(result[0])
            return result

        def watched_sent(ids: Any, **kwargs: Any) -> Any:
            result = sent(ids, **kwargs)
            watch.settled |= set(ids)
            return result

        work.inbox.add, work.inbox.next_for = watched_add, watched_next
        work.outbox.add, work.outbox.sent = watched_parcel, watched_sent
        return work


class DyingSender:
    """Sends, and dies before the outcome can be written down."""

    def __init__(self, inner: Any, fuse: Fuse) -> None:
        self._inner = inner
        self._fuse = fuse

    def send(self, parcel: Parcel, *, now: int) -> None:
        self._inner.send(parcel, now=now)
        if parcel.id in self._fuse.armed_parcels and self._fuse.step == "after_send":
            die()


class _App(BaseApplication):  # type: ignore[misc]
    def __init__(self, settings: Any, step: str) -> None:
        self._settings = settings
        self._step = step
        super().__init__()

    def load_config(self) -> None:
        for key, value in {
            "bind": f"127.0.0.1:{self._settings.port}",
            "workers": 1,
            "worker_class": "gthread",
            "threads": 16,
            "loglevel": "error",
            "control_socket_disable": True,
            # The arbiter would bring a killed process back at once; here it shall stay dead.
            "child_exit": lambda server, _worker: os._exit(9) if server else None,
        }.items():
            self.cfg.set(key, value)

    def load(self) -> Any:
        fuse = Fuse(self._step)
        store = fuse.store(open_store(self._settings.database))
        sender = DyingSender(make_sender(self._settings), fuse)
        program = build(self._settings, Tasks.ALL, store=store, sender=sender)
        program.runtime.start()
        return program.app()


if __name__ == "__main__":
    logs.configure(strict=True)
    _App(load_settings(), sys.argv[1]).run()
