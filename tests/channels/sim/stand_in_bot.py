"""A small bot behind the pretend LINE: a real server that answers webhooks over the API."""

import contextlib
import itertools
import json
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import urllib3
from flask import Flask, request
from linebot.v3.webhook import WebhookParser
from werkzeug.serving import WSGIRequestHandler, make_server

from handlers.sim import API_PREFIX, make_blueprints
from handlers.sim.messaging_api import MessagingApi

SECRET = "the-channel-secret"
TOKEN = "the-access-token"
POLL_S = 0.02  # how soon the server notices that it shall stop


@dataclass
class Bot:
    """What it received, and what it shall answer: messages by the text or data received."""

    url: str = ""
    api: MessagingApi | None = None
    events: list[dict[str, Any]] = field(default_factory=list)
    answers: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    webhook_status: int = 200

    def take(self, event: dict[str, Any]) -> None:
        self.events.append(event)
        message = event.get("message", {})
        said = event.get("postback", {}).get("data") or message.get("text") or event["type"]
        messages = self.answers.get(said)
        if messages and "replyToken" in event:
            self.call("/v2/bot/message/reply", replyToken=event["replyToken"], messages=messages)

    def call(self, path: str, **payload: Any) -> int:
        answer = urllib3.request(
            "POST",
            f"{self.url}{API_PREFIX}{path}",
            json=payload,
            headers={"Authorization": f"Bearer {TOKEN}"},
            retries=False,
        )
        return answer.status


class _QuietHandler(WSGIRequestHandler):
    def log(self, type: str, message: str, *args: object) -> None:
        """Keep the test output free of access lines."""


@contextlib.contextmanager
def running_bot() -> Iterator[Bot]:
    """Run one Flask app that is both the bot and the pretend LINE, as in demo mode."""
    bot = Bot()
    numbers = itertools.count(1)
    app = Flask(__name__)
    blueprints, bot.api = make_blueprints(
        channel_secret=SECRET,
        access_token=TOKEN,
        base_url=lambda: bot.url,
        now=time.time,
        new_token=lambda: f"{next(numbers):032x}",
    )
    for blueprint in blueprints:
        app.register_blueprint(blueprint)
    parser = WebhookParser(SECRET)

    @app.post("/line/webhook")
    def webhook() -> tuple[str, int]:
        body = request.get_data(as_text=True)
        parser.parse(body, request.headers["x-line-signature"])
        for event in json.loads(body)["events"]:
            bot.take(event)
        return "", bot.webhook_status

    server = make_server("127.0.0.1", 0, app, threaded=True, request_handler=_QuietHandler)
    bot.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, args=(POLL_S,), daemon=True)
    thread.start()
    try:
        yield bot
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
