"""POST /line/webhook: verify, parse, store, answer 200."""

import json
from collections.abc import Callable, Iterable

import structlog
from flask import Blueprint, request
from flask.typing import ResponseReturnValue
from linebot.v3.webhook import UnknownEvent, WebhookParser

from bot.core.model import Inbound
from bot.service.ports import Clock
from handlers.line.events import from_unknown, to_inbound

MAX_BODY = 1_000_000
"""Bytes; LINE's own bodies are far below."""

log = structlog.get_logger(__name__)


def make_blueprint(
    *, channel_secret: str, receive: Callable[[Iterable[Inbound]], None], now: Clock
) -> Blueprint:
    """Return the webhook of one LINE channel.

    A wrong or missing signature, or a body that is no webhook, gets 400 and stores nothing; a body
    over MAX_BODY gets 413. Whatever else carries the right signature is answered 200 once its
    events are stored: unknown kinds too, since LINE adds new ones without notice.
    """
    blueprint = Blueprint("line", __name__)
    parser = WebhookParser(channel_secret)

    @blueprint.post("/line/webhook")
    def webhook() -> ResponseReturnValue:
        received_at = now()
        request.max_content_length = MAX_BODY
        signature = request.headers.get("X-Line-Signature", "")
        body = _verified(parser, request.get_data(), signature)
        if body is None:
            log.warning("webhook_refused", status=400)
            return "bad signature", 400
        inbounds = _inbounds(parser, body, signature, received_at)
        if inbounds is None:
            log.warning("webhook_malformed", status=400)
            return "not a webhook", 400
        if inbounds:
            receive(inbounds)
        return "", 200

    return blueprint


def _verified(parser: WebhookParser, raw: bytes, signature: str) -> str | None:
    """Return the body as text if it carries the channel's signature."""
    try:
        body = raw.decode("utf-8")
    except UnicodeDecodeError:
        return None
    return body if parser.signature_validator.validate(body, signature) else None


def _inbounds(
    parser: WebhookParser, body: str, signature: str, received_at: int
) -> list[Inbound] | None:
    """Return the events of a body, None where it is no webhook at all.

    Events the SDK does not know are read from their JSON. An unknown `mode` makes the SDK refuse a
    whole batch: then every event is.
    """
    try:
        raw_events = json.loads(body)["events"]
    except (ValueError, KeyError, TypeError, RecursionError):
        return None
    if not isinstance(raw_events, list):
        return None
    try:
        events = parser.parse(body, signature)
    except Exception:  # noqa: BLE001  # pydantic's and the SDK's own errors, of several versions
        events = [None] * len(raw_events)
    inbounds: list[Inbound] = []
    for event, raw in zip(events, raw_events, strict=True):
        if event is None or isinstance(event, UnknownEvent):
            inbound = from_unknown(raw, received_at) if isinstance(raw, dict) else None
        else:
            inbound = to_inbound(event, received_at)
        if inbound is not None:
            inbounds.append(inbound)
    return inbounds
