"""Carries signed webhook bodies to the bot over HTTP, as the LINE platform does."""

import time
from collections.abc import Callable
from dataclasses import dataclass

import urllib3

from handlers.sim import webhooks
from handlers.sim.webhooks import Event

WEBHOOK_PATH = "/line/webhook"
_TIMEOUT = urllib3.Timeout(connect=2.0, read=10.0)


@dataclass(frozen=True)
class Receipt:
    """How the bot took a webhook; `status` None means it could not be reached or was too slow."""

    event_type: str
    event_id: str
    status: int | None
    took_ms: int


class Postman:
    """Posts to `<base_url()>/line/webhook`; the address is asked for at each call."""

    def __init__(
        self, *, channel_secret: str, destination: str, base_url: Callable[[], str]
    ) -> None:
        self._channel_secret = channel_secret
        self._destination = destination
        self._base_url = base_url
        self._http = urllib3.PoolManager(maxsize=8)

    def deliver(self, event: Event) -> Receipt:
        """Sign and post one event, once; LINE itself waits 2 seconds, this waits 10."""
        body = webhooks.body(self._destination, event)
        headers = {
            "Content-Type": "application/json; charset=utf-8",
            "User-Agent": "LineBotWebhook/2.0",
            "x-line-signature": webhooks.sign(self._channel_secret, body),
        }
        began = time.monotonic()
        status = None
        try:
            answer = self._http.request(
                "POST",
                self._base_url().rstrip("/") + WEBHOOK_PATH,
                body=body,
                headers=headers,
                timeout=_TIMEOUT,
                retries=False,
                redirect=False,
            )
            status = answer.status
        except urllib3.exceptions.HTTPError:
            pass  # The receipt says so: the developer strip is where failures are read.
        took_ms = round((time.monotonic() - began) * 1000)
        return Receipt(event["type"], event["webhookEventId"], status, took_ms)
