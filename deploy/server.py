"""Starts the program: everything in one process, web processes, or a worker."""

import logging
import signal
import sys
import threading
from collections.abc import Callable
from typing import Any

import structlog
from flask import Flask
from gunicorn.app.base import BaseApplication

from bot.config import Settings
from bot.errors import BotError, DialogInvalidError
from handlers import DEMO_LOGINS
from handlers.runtime import Tasks
from handlers.wiring import Content, Program, build, load_content

THREADS = 400
"""Upper bound of request threads; they are made as needed. Each open page's live feed holds one."""

GRACE_SECONDS = 3

log = structlog.get_logger(__name__)


class _Server(BaseApplication):  # type: ignore[misc]  # gunicorn is untyped
    """gunicorn without a command line: our settings, our hooks."""

    def __init__(self, options: dict[str, Any], make_app: Callable[[], Flask]) -> None:
        self._options = options
        self._make_app = make_app
        super().__init__()

    def load_config(self) -> None:
        for key, value in self._options.items():
            self.cfg.set(key, value)

    def load(self) -> Flask:
        return self._make_app()


def serve_all(settings: Settings) -> None:
    """Run web and worker in one process until it is told to stop."""
    content = _content(settings)
    if settings.mode == "demo":
        _seed(settings, content)
    _serve(settings, content, Tasks.ALL, processes=1, banner=_banner(settings, content))


def serve_web(settings: Settings) -> None:
    """Run web processes. Refused on SQLite, which has one writer: use `tsunagi serve` there."""
    _need_postgresql(settings)
    content = _content(settings)
    banner = f"Tsunagi web on {settings.address}, {settings.web_processes} processes"
    _serve(settings, content, Tasks.WEB, processes=settings.web_processes, banner=banner)


def run_worker(settings: Settings) -> None:
    """Run a worker until it is told to stop."""
    _need_postgresql(settings)
    program = build(settings, Tasks.WORKER, content=_content(settings))
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    program.runtime.start()
    sys.stdout.write("Tsunagi worker at work\n")
    sys.stdout.flush()
    stop.wait()
    program.runtime.stop()


def _serve(
    settings: Settings, content: Content, tasks: Tasks, *, processes: int, banner: str
) -> None:
    programs: list[Program] = []

    def make_app() -> Flask:
        program = build(settings, tasks, content=content)
        programs.append(program)
        program.runtime.start()
        return program.app()

    def stop_runtime(_worker: object) -> None:
        for program in programs:
            program.runtime.stop()

    options = {
        "bind": f"{settings.host}:{settings.port}",
        "workers": processes,
        "worker_class": "gthread",
        "threads": THREADS,
        "worker_connections": 2_000,
        "keepalive": 75,
        "timeout": 60,
        "graceful_timeout": GRACE_SECONDS,
        "loglevel": "warning",
        "accesslog": None,
        "control_socket_disable": True,
        "worker_int": stop_runtime,
        "worker_exit": lambda _server, worker: stop_runtime(worker),
        "post_worker_init": lambda worker: _say(banner) if worker.age == 1 else None,
    }
    logging.getLogger("gunicorn.error").setLevel(logging.WARNING)
    _Server(options, make_app).run()


def _say(words: str) -> None:
    sys.stdout.write(words + "\n")
    sys.stdout.flush()


def _content(settings: Settings) -> Content:
    """Return the checked content; list every problem and exit 1 where there is any."""
    refuse_drafts = settings.mode == "production" and settings.refuse_drafts
    try:
        return load_content(refuse_drafts=refuse_drafts)
    except DialogInvalidError as error:
        sys.stderr.write("The dialogs or catalogs cannot be used:\n")
        sys.stderr.writelines(f"- {problem}\n" for problem in error.problems)
        raise SystemExit(1) from None


def _need_postgresql(settings: Settings) -> None:
    if settings.database.startswith("sqlite"):
        raise SystemExit(
            "Several processes need PostgreSQL: set TSUNAGI_DATABASE_URL=postgresql+psycopg://…, "
            "or run `tsunagi serve`, which does everything in one process on SQLite."
        )


def _seed(settings: Settings, content: Content) -> None:
    from deploy.demo import seed  # noqa: PLC0415

    program = build(settings, Tasks(0), content=content)
    try:
        seed(program)
    except BotError as error:
        raise SystemExit(f"The demo data could not be made: {error.code}") from None
    finally:
        # SQLite connections must not be carried into the processes that are forked next.
        program.store.close()


def _banner(settings: Settings, content: Content) -> str:
    here = settings.address
    lines = [
        "",
        f"Tsunagi is running ({settings.mode}) in {len(content.catalogs.languages())} languages",
        f"  database              {_shown(settings.database)}",
        f"  residents' web chat   {here}/chat",
        f"  counselors' desk      {here}/desk",
    ]
    if settings.pretends_line:
        lines.append(f"  pretend LINE phone    {here}/sim")
    else:
        lines.append(f"  LINE webhook          {here}/line/webhook")
    if settings.mode == "demo":
        logins = ", ".join(f"{login} / {password}" for login, password in DEMO_LOGINS)
        lines.append(f"  demo sign-ins         {logins}")
    lines.append("  Ctrl-C stops it; the data stays in " + str(settings.var_dir))
    return "\n".join(lines)


def _shown(url: str) -> str:
    return url.rsplit("@", maxsplit=1)[-1]
