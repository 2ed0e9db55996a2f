"""The real program as a process of its own, for tests that start, kill and restart it."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

import urllib3
from sqlalchemy import create_engine, text
from sqlalchemy.pool import NullPool

CHANNEL_SECRET = "test-channel-secret"
START_SECONDS = 40.0
POLL_SECONDS = 0.05
HTTP = urllib3.PoolManager(retries=False, timeout=10.0)


def free_port() -> int:
    """Return a port nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_until(check, seconds: float = 20.0, what: str = "condition"):
    """Return the first true value of `check`; AssertionError after `seconds`."""
    deadline = time.monotonic() + seconds
    while True:
        value = check()
        if value:
            return value
        assert time.monotonic() < deadline, f"{what}: not within {seconds} s"
        time.sleep(POLL_SECONDS)


@dataclass
class Server:
    """One process. `command` are the words after the interpreter."""

    command: list[str]
    port: int
    env: Mapping[str, str]
    log: Path
    process: subprocess.Popen[bytes] | None = None
    extra: dict[str, str] = field(default_factory=dict)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self, *, ready: bool = True) -> None:
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, *self.command],
                env={**os.environ, **self.env, **self.extra},
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        if ready:
            self.wait_ready()

    def wait_ready(self) -> None:
        wait_until(self._answers, START_SECONDS, f"start of {self.command} ({self.log})")

    def _answers(self) -> bool:
        assert self.process is not None
        assert self.process.poll() is None, self.log.read_text(errors="replace")[-3_000:]
        try:
            return HTTP.request("GET", f"{self.url}/readyz").status == 200
        except urllib3.exceptions.HTTPError:
            return False

    def kill(self) -> None:
        """kill -9 for every process of it."""
        if self.process is not None:
            with suppress(ProcessLookupError):
                os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait(10)
            self.process = None

    def wait_dead(self, seconds: float = 20.0) -> None:
        """Wait until the process has died by itself, and clear away what is left of it."""
        process = self.process
        assert process is not None
        wait_until(lambda: not self._listens() or process.poll() is not None, seconds, "death")
        self.kill()

    def _listens(self) -> bool:
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", self.port)) == 0

    def stop(self) -> int:
        """Stop it as Ctrl-C does; return the exit status."""
        assert self.process is not None
        os.killpg(self.process.pid, signal.SIGINT)
        status = self.process.wait(20)
        self.process = None
        return status


def environment(var_dir: Path, port: int, **settings: str) -> dict[str, str]:
    """Return the settings of a demo server with a LINE channel of its own."""
    values = {
        "MODE": "demo",
        "VAR_DIR": str(var_dir),
        "PORT": str(port),
        "LINE_CHANNEL_SECRET": CHANNEL_SECRET,
        "LINE_CHANNEL_ACCESS_TOKEN": "test-access-token",
        **settings,
    }
    return {f"TSUNAGI_{name}": value for name, value in values.items()}


@contextmanager
def running_server(
    var_dir: Path, *, command: list[str] | None = None, ready: bool = True, **settings: str
) -> Iterator[Server]:
    """Run `tsunagi serve` (or another command) until the block ends."""
    port = free_port()
    server = Server(
        command or ["-m", "bot", "serve"],
        port,
        environment(var_dir, port, **settings),
        var_dir.parent / f"server-{port}.log",
    )
    try:
        server.start(ready=ready)
        yield server
    finally:
        server.kill()


def nothing_unsent(database: str) -> bool:
    """Tell whether every parcel has its outcome written down."""
    engine = create_engine(database, poolclass=NullPool)
    with engine.connect() as connection:
        left = connection.execute(text("SELECT count(*) FROM parcel WHERE status = 'due'"))
        return bool(left.scalar_one() == 0)
