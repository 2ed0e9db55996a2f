"""The bare endpoint: checks the signature, commits one row durably, answers 200. Nothing else.

`python -m tests.bench.floor PORT THREADS FILE SECRET` runs it under the program's server settings.
"""

import base64
import hmac
import json
import sqlite3
import sys
import threading
from typing import Any

from flask import Flask, request
from gunicorn.app.base import BaseApplication

from tests.bench.load import PATH


def make_app(file: str, secret: str) -> Flask:
    """Return the bare endpoint over a SQLite file (WAL, full sync: as durable as the program)."""
    connection = sqlite3.connect(file, check_same_thread=False, isolation_level=None)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")
    connection.execute("CREATE TABLE IF NOT EXISTS event (id TEXT PRIMARY KEY, body BLOB)")
    lock = threading.Lock()
    app = Flask(__name__, static_folder=None)

    @app.get("/readyz")
    def ready() -> str:
        return "ok"

    @app.post(PATH)
    def webhook() -> tuple[str, int]:
        body = request.get_data()
        signature = base64.b64encode(hmac.digest(secret.encode(), body, "sha256")).decode()
        if not hmac.compare_digest(signature, request.headers.get("X-Line-Signature", "")):
            return "bad signature", 400
        rows = [(each["webhookEventId"], body) for each in json.loads(body)["events"]]
        with lock:
            connection.execute("BEGIN IMMEDIATE")
            connection.executemany("INSERT OR IGNORE INTO event VALUES (?, ?)", rows)
            connection.execute("COMMIT")
        return "", 200

    return app


class _Server(BaseApplication):  # type: ignore[misc]  # gunicorn is untyped
    def __init__(self, port: int, threads: int, file: str, secret: str) -> None:
        self._options: dict[str, Any] = {
            "bind": f"127.0.0.1:{port}",
            "workers": 1,
            "worker_class": "gthread",
            "threads": threads,
            "worker_connections": 2_000,
            "keepalive": 75,
            "graceful_timeout": 1,
            "loglevel": "warning",
            "accesslog": None,
            "control_socket_disable": True,
        }
        self._file, self._secret = file, secret
        super().__init__()

    def load_config(self) -> None:
        for key, value in self._options.items():
            self.cfg.set(key, value)

    def load(self) -> Flask:
        return make_app(self._file, self._secret)


if __name__ == "__main__":
    _Server(int(sys.argv[1]), int(sys.argv[2]), sys.argv[3], sys.argv[4]).run()
