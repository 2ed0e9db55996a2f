"""A person on LINE, acting through real signed webhooks against a running server."""

import itertools
import time
from typing import Any
from urllib.parse import parse_qs

import urllib3

from handlers.sim import webhooks
from tests.support.line_api import LineApi
from tests.support.server import CHANNEL_SECRET, HTTP

DESTINATION = "U" + "d" * 32
_numbers = itertools.count(1)


class LineUser:
    """Acts and reads. `act` builds an event, `post` delivers it (again, if asked to)."""

    def __init__(self, url: str, api: LineApi, name: str = "a") -> None:
        self.url = url
        self.api = api
        self.user_id = "U" + f"{name}{next(_numbers)}".encode().hex().rjust(32, "0")[-32:]
        self._number = itertools.count(1)
        self._events = webhooks.WebhookEvents(
            now=lambda: int(time.time() * 1_000),
            new_event_id=lambda: f"{self.user_id[-12:]}-{next(self._number)}",
        )
        api.add_friend(self.user_id)

    @property
    def source(self) -> dict[str, Any]:
        return webhooks.user(self.user_id)

    def follow(self) -> dict[str, Any]:
        return self._events.follow(self.source, reply_token=self.token())

    def text(self, words: str) -> dict[str, Any]:
        message_id = f"m{next(_numbers)}"
        content = webhooks.text_content(message_id, words, quote_token="q")
        return self._events.message(self.source, content, reply_token=self.token())

    def tap(self, code: str) -> dict[str, Any]:
        """Tap the choice with this code among those of the newest messages."""
        for data in reversed(self.offered()):
            fields = parse_qs(data)
            if fields["a"][0] == code:
                return self.postback(data)
        raise AssertionError(f"{code} is not offered: {self.offered()}")

    def postback(self, data: str) -> dict[str, Any]:
        return self._events.postback(self.source, data, reply_token=self.token())

    def unsend(self, message_id: str) -> dict[str, Any]:
        return self._events.unsend(self.source, message_id)

    def unfollow(self) -> dict[str, Any]:
        return self._events.unfollow(self.source)

    def token(self) -> str:
        return self.api.reply_token(self.user_id)

    def post(self, *events: dict[str, Any], secret: str = CHANNEL_SECRET) -> int:
        """Deliver events in one signed body; return the status, 0 when the line broke."""
        body = webhooks.body(DESTINATION, *events)
        headers = {
            "Content-Type": "application/json",
            "X-Line-Signature": webhooks.sign(secret, body),
        }
        try:
            answer = HTTP.request("POST", f"{self.url}/line/webhook", body=body, headers=headers)
        except urllib3.exceptions.HTTPError:
            return 0
        return int(answer.status)

    def say(self, event: dict[str, Any], *, more: int = 1) -> list[dict[str, Any]]:
        """Deliver an event and wait for the answer; return all messages so far."""
        before = len(self.api.sent(self.user_id))
        assert self.post(event) == 200
        return self.api.wait_for(self.user_id, before + more, 15.0)

    def offered(self) -> list[str]:
        """Return the postback data on offer, oldest message first."""
        found: list[str] = []
        for message in self.api.sent(self.user_id):
            _collect(message, found)
        return found

    def texts(self) -> list[str]:
        return self.api.texts(self.user_id)


def _collect(value: Any, found: list[str]) -> None:
    if isinstance(value, dict):
        if value.get("type") == "postback" and isinstance(value.get("data"), str):
            found.append(value["data"])
        for each in value.values():
            _collect(each, found)
    elif isinstance(value, list):
        for each in value:
            _collect(each, found)
