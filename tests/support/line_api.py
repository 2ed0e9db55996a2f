"""The stand-in of LINE's Messaging API as a server of its own, with failures on order."""

import contextlib
import io
import itertools
import socket
import threading
import time
from collections import defaultdict, deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

from flask import Flask
from werkzeug.serving import WSGIRequestHandler, make_server
from werkzeug.wrappers import Request, Response

from handlers.sim.api_blueprint import make_api_blueprint
from handlers.sim.messaging_api import MessagingApi

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

ACCESS_TOKEN = "test-access-token"
POLL_S = 0.02  # how soon the server notices that it shall stop

Failure = Literal[
    "500_before",  # not accepted, answered 500
    "500_after",  # accepted, answered 500
    "timeout_after",  # accepted, the answer held back for `hold_s`
    "429",  # not accepted, rate limit
    "400_token",  # not accepted, "Invalid reply token"
    "drop_connection",  # not accepted, the line breaks without an answer
    "drop_after",  # accepted, the line breaks without an answer
]
_REFUSALS = {
    "500_before": (500, "Internal server error"),
    "500_after": (500, "Internal server error"),
    "429": (429, "The API rate limit has been exceeded. Try again later."),
    "400_token": (400, "Invalid reply token"),
}


@dataclass(frozen=True)
class Call:
    """One request that reached the stand-in, and what it was answered (None: broken line)."""

    endpoint: str
    payload: dict[str, Any]
    retry_key: str | None
    status: int | None


@dataclass
class LineApi:
    """What a test sees: where the stand-in is, what reached whom, what shall go wrong next."""

    url: str
    api: MessagingApi
    calls: list[Call] = field(default_factory=list)
    _plans: dict[str, deque[tuple[Failure, float]]] = field(
        default_factory=lambda: defaultdict(deque)
    )
    _closing: threading.Event = field(default_factory=threading.Event)

    @property
    def access_token(self) -> str:
        return ACCESS_TOKEN

    def sent(self, user_id: str) -> list[dict[str, Any]]:
        """Return the message objects that reached this person, oldest first."""
        return [entry.message for entry in self.api.phones.delivered(user_id)]

    def texts(self, user_id: str) -> list[str]:
        """Return the texts among them; of Flex and templates, the altText."""
        return [str(each.get("text") or each.get("altText")) for each in self.sent(user_id)]

    def wait_for(self, user_id: str, count: int, timeout_s: float = 5.0) -> list[dict[str, Any]]:
        """Wait until `count` messages reached the person; AssertionError where they do not."""
        found = self.api.phones.wait_for_delivered(user_id, count, timeout_s)
        assert len(found) >= count, f"{len(found)} of {count} messages after {timeout_s} s"
        return [entry.message for entry in found]

    def add_friend(self, user_id: str) -> None:
        self.api.phones.befriend(user_id)

    def reply_token(self, user_id: str, token: str | None = None) -> str:
        """Register a reply token, as LINE does with each webhook; valid for one minute.

        A person never seen before becomes a friend.
        """
        if self.api.phones.person(user_id) is None:
            self.add_friend(user_id)
        return self.api.phones.issue_reply_token(user_id, token)

    def plan(self, *, endpoint: str, failures: Iterable[Failure], hold_s: float = 3.0) -> None:
        """Let the next calls of "reply" or "push" go wrong, one failure each, in this order."""
        self._plans[endpoint].extend((each, hold_s) for each in failures)

    def fail_next(self, kind: Failure, *, hold_s: float = 3.0) -> None:
        """Let the next reply or push go wrong, whichever comes first."""
        self._plans["any"].append((kind, hold_s))

    def next_failure(self, endpoint: str) -> tuple[Failure | None, float]:
        for name in (endpoint, "any"):
            with contextlib.suppress(IndexError):
                return self._plans[name].popleft()
        return None, 0.0

    def hold(self, seconds: float) -> None:
        """Wait, unless the server is being closed."""
        self._closing.wait(seconds)

    def close(self) -> None:
        self._closing.set()


@dataclass
class _FailingOnOrder:
    """WSGI middleware that carries out the plans and keeps the list of calls."""

    app: Flask
    line: LineApi

    def __call__(self, environ: "WSGIEnvironment", start: "StartResponse") -> Iterable[bytes]:
        request = Request(environ)
        endpoint = request.path.rpartition("/")[2]
        if request.method != "POST" or endpoint not in {"reply", "push"}:
            return self.app(environ, start)
        environ["wsgi.input"] = io.BytesIO(request.get_data())  # read here, and again by the app
        payload = request.get_json(silent=True) or {}
        failure, hold_s = self.line.next_failure(endpoint)
        accepted = failure in {None, "500_after", "timeout_after", "drop_after"}
        answer = Response.from_app(self.app, environ) if accepted else Response(status=500)
        if failure in _REFUSALS:
            status, message = _REFUSALS[failure]
            answer = Response(f'{{"message": "{message}"}}', status, mimetype="application/json")
        broken = failure in {"drop_connection", "drop_after"}
        self.line.calls.append(
            Call(
                endpoint,
                payload,
                request.headers.get("X-Line-Retry-Key"),
                None if broken else answer.status_code,
            )
        )
        if broken:
            environ["werkzeug.socket"].shutdown(socket.SHUT_RDWR)
            raise ConnectionResetError
        if failure == "timeout_after":
            self.line.hold(hold_s)
        return answer(environ, start)


class _QuietHandler(WSGIRequestHandler):
    def log(self, type: str, message: str, *args: object) -> None:
        """Keep the test output free of access lines."""


@contextlib.contextmanager
def running_line_api(
    *, monthly_limit: int | None = None, strangers_are_friends: bool = True
) -> Iterator[LineApi]:
    """Run the stand-in on a free loopback port; `url` is what a bot takes as LINE's host.

    Any user id counts as a friend unless `strangers_are_friends` is False; reply tokens must be
    registered with `reply_token`.
    """
    numbers = itertools.count(1)
    api = MessagingApi(
        access_token=ACCESS_TOKEN,
        now=time.time,
        new_token=lambda: f"{next(numbers):032x}",
        monthly_limit=monthly_limit,
        strangers_are_friends=strangers_are_friends,
    )
    app = Flask(__name__)
    app.register_blueprint(make_api_blueprint(api, url_prefix=""))
    line = LineApi(url="", api=api)
    server = make_server(
        "127.0.0.1",
        0,
        _FailingOnOrder(app, line),
        threaded=True,
        request_handler=_QuietHandler,
    )
    line.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(
        target=server.serve_forever, args=(POLL_S,), name="line-api", daemon=True
    )
    thread.start()
    try:
        yield line
    finally:
        line.close()
        server.shutdown()
        server.server_close()
        thread.join()
