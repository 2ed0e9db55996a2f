"""A stand-in of a LibreTranslate server, whole over HTTP, with failures on order."""

import contextlib
import threading
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from flask import Flask, Response, jsonify, request
from werkzeug.serving import WSGIRequestHandler, make_server

KEY = "test-api-key"
CODES = ("en", "ja", "ko", "vi", "zh-Hans", "zh-Hant", "pt", "pt-BR", "tl")


@dataclass
class LibreTranslate:
    """What the server offers, what it was asked, and what goes wrong next.

    `offered` is what GET /languages answers. `failures` are answers given instead of the next
    ones, one each: status, headers, body. `hold_s` is how long each translation takes.
    """

    url: str = ""
    key: str = ""
    offered: Any = field(default_factory=lambda: offering(CODES))
    knows_alternatives: bool = True
    failures: deque[tuple[int, dict[str, str], str]] = field(default_factory=deque)
    hold_s: float = 0.0
    asked: list[tuple[str, str, dict[str, Any] | None]] = field(default_factory=list)
    closing: threading.Event = field(default_factory=threading.Event)

    @property
    def questions(self) -> list[dict[str, Any]]:
        """The bodies of the requests for translations: all that left the asking machine."""
        return [body for _, _, body in self.asked if body is not None]

    def fail(self, status: int, body: str = "", **headers: str) -> None:
        """Answer the next request so; `Retry_After` stands for Retry-After."""
        self.failures.append(
            (status, {name.replace("_", "-"): value for name, value in headers.items()}, body)
        )


def offering(codes: tuple[str, ...]) -> list[dict[str, Any]]:
    """GET /languages of a server that translates between all of these."""
    return [
        {"code": code, "name": code, "targets": [other for other in codes if other != code]}
        for code in codes
    ]


def _app(server: LibreTranslate) -> Flask:
    app = Flask(__name__)

    @app.before_request
    def watch() -> Response | None:
        server.asked.append((request.method, request.path, request.get_json(silent=True)))
        if server.failures:
            status, headers, body = server.failures.popleft()
            return Response(body, status, headers)
        return None

    @app.get("/languages")
    def languages() -> Response:
        return jsonify(server.offered)

    @app.post("/translate")
    def translate() -> tuple[Response, int]:
        server.closing.wait(server.hold_s)
        asked = request.get_json()
        if server.key and asked.get("api_key") != server.key:
            return jsonify(error="Please contact the server operator to get an API key"), 403
        targets = {each["code"]: each.get("targets", CODES) for each in server.offered}
        if asked["target"] not in targets.get(asked["source"], ()):
            return jsonify(error=f"{asked['source']} is not supported"), 400
        if not isinstance(asked["q"], list) or asked["format"] != "text":
            return jsonify(error="this stand-in takes lists of plain text"), 400
        answer: dict[str, Any] = {
            "translatedText": [_translation(text, asked["target"], 0) for text in asked["q"]]
        }
        if server.knows_alternatives and asked.get("alternatives"):
            answer["alternatives"] = [
                [
                    _translation(text, asked["target"], number)
                    for number in range(1, asked["alternatives"] + 1)
                ]
                for text in asked["q"]
            ]
        return jsonify(answer), 200

    return app


def _translation(text: str, target: str, number: int) -> str:
    return f"{target}{number or ''}: {text[::-1]}"


class _QuietHandler(WSGIRequestHandler):
    protocol_version = "HTTP/1.1"

    def log(self, type: str, message: str, *args: object) -> None:
        """Keep the test output free of access lines."""


@contextlib.contextmanager
def running_libretranslate(key: str = "") -> Iterator[LibreTranslate]:
    """Run it on a free loopback port; with `key`, it asks for one."""
    libretranslate = LibreTranslate(key=key)
    server = make_server(
        "127.0.0.1", 0, _app(libretranslate), threaded=True, request_handler=_QuietHandler
    )
    libretranslate.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(
        target=server.serve_forever, args=(0.02,), name="libretranslate", daemon=True
    )
    thread.start()
    try:
        yield libretranslate
    finally:
        libretranslate.closing.set()
        server.shutdown()
        server.server_close()
        thread.join()
