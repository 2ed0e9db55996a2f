"""A LINE channel in memory: signed bodies go in at the webhook, the stores keep what came."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from flask import Flask
from werkzeug.test import TestResponse

from bot.core.model import Channel, Inbound
from handlers.line.webhook import make_blueprint
from handlers.sim import webhooks
from tests.support.service_tools import Office, Person

SECRET = "8c570fa6dd201bb328f1c1eac23a96d8"
DESTINATION = "U" + "b0" * 16
ANH = "U" + "a1" * 16


def an_app(receive: Callable[..., None], now: Callable[[], int]) -> Flask:
    app = Flask(__name__)
    app.register_blueprint(make_blueprint(channel_secret=SECRET, receive=receive, now=now))
    return app


@dataclass
class LineChannel:
    """The webhook before an office; `received` is everything that was handed to the stores."""

    office: Office = field(default_factory=Office)
    received: list[Inbound] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.client = an_app(self._receive, self.office.clock).test_client()
        self.events = webhooks.WebhookEvents(
            now=lambda: self.office.now / 1_000, new_event_id=self.office.new_id
        )

    def _receive(self, inbounds: Any) -> None:
        given = list(inbounds)
        self.received.extend(given)
        self.office.receive(*given)

    def person(self, address: str = ANH) -> Person:
        return self.office.person(address)

    def post(self, body: bytes, signature: str | None = None, **headers: str) -> TestResponse:
        """Post a body, rightly signed unless told."""
        signed = webhooks.sign(SECRET, body) if signature is None else signature
        sent = {"X-Line-Signature": signed, **headers}
        return self.client.post("/line/webhook", data=body, headers=sent)

    def deliver(self, *events: dict[str, Any]) -> int:
        return self.post(webhooks.body(DESTINATION, *events)).status_code

    def text(self, words: str, *, message_id: str = "1001", user: str = ANH) -> dict[str, Any]:
        content = webhooks.text_content(message_id, words, quote_token="q")
        return self.events.message(webhooks.user(user), content, reply_token="token-1")

    def stored(self, user: str = ANH) -> bool:
        with self.office.transaction() as work:
            return work.residents.find(Channel.LINE, user) is not None
