"""A server of translation packages on the loopback, with failures on order."""

import contextlib
import threading
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from werkzeug.serving import WSGIRequestHandler, make_server
from werkzeug.wrappers import Request, Response

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment


@dataclass
class ModelServer:
    """What it has under which path, and what was asked.

    `breaking` are paths whose answer stops in the middle, `unsaid` those without a length,
    `moved` leads from one path to another address.
    """

    url: str = ""
    files: dict[str, bytes] = field(default_factory=dict)
    moved: dict[str, str] = field(default_factory=dict)
    statuses: dict[str, int] = field(default_factory=dict)
    breaking: set[str] = field(default_factory=set)
    unsaid: set[str] = field(default_factory=set)
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)

    @property
    def paths(self) -> list[str]:
        return [path for path, _ in self.asked]

    def __call__(self, environ: "WSGIEnvironment", start: "StartResponse") -> Iterable[bytes]:
        request = Request(environ)
        # A proxy is asked for whole addresses.
        path = request.path if request.path in self.files else environ["RAW_URI"]
        self.asked.append((path, dict(request.headers)))
        return self._answer(path)(environ, start)

    def _answer(self, path: str) -> Response:
        if path in self.moved:
            return Response(status=302, headers={"Location": self.moved[path]})
        if path in self.statuses or path not in self.files:
            return Response("sorry", self.statuses.get(path, 404))
        content = self.files[path]
        if path in self.breaking:
            half = Response(iter([content[: len(content) // 2]]))
            half.headers["Content-Length"] = str(len(content))
            return half
        return Response(iter([content])) if path in self.unsaid else Response(content)


class _QuietHandler(WSGIRequestHandler):
    def log(self, type: str, message: str, *args: object) -> None:
        """Keep the test output free of access lines."""


@contextlib.contextmanager
def running_model_server() -> Iterator[ModelServer]:
    """Run it on a free port; `url` has no slash at the end."""
    shop = ModelServer()
    server = make_server("127.0.0.1", 0, shop, threaded=True, request_handler=_QuietHandler)
    shop.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), name="models", daemon=True)
    thread.start()
    try:
        yield shop
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
