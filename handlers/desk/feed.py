"""`/desk/events`: what changed, as server-sent events that carry ids and never words."""

import json
from collections.abc import Iterator

from flask import Blueprint, Response, g, request
from flask.typing import ResponseReturnValue

from bot.service import Services

BEAT_SECONDS = 20.0
STREAM_MS = 5 * 60_000
"""A stream ends after this and the browser opens the next one: no thread is held for ever."""


def add_routes(blueprint: Blueprint, services: Services) -> None:
    """Add the feed that every open console follows."""

    @blueprint.get("/events")
    def events() -> ResponseReturnValue:
        response = Response(
            follow(services, token=g.token, after=_after(services)), mimetype="text/event-stream"
        )
        response.headers["X-Accel-Buffering"] = "no"
        return response


def follow(services: Services, *, token: str, after: int) -> Iterator[str]:
    """Yield updates with ids above `after`, and a beat at least every BEAT_SECONDS.

    Ends after STREAM_MS, and as soon as the sign-in has ended or the process is stopping.
    """
    ends_at = services.now() + STREAM_MS
    yield "retry: 1000\nevent: beat\ndata: {}\n\n"
    while services.now() < ends_at and not services.closing():
        updates = services.reading.updates(after)
        if updates:
            after = updates[-1].id
            changed = [[each.conversation_id, each.kind] for each in updates]
            data = json.dumps(changed, separators=(",", ":"))
            yield f"id: {after}\nevent: update\ndata: {data}\n\n"
            continue
        services.wait_for_update(after, BEAT_SECONDS)
        if services.reading.last_update() > after:
            continue
        if services.closing() or services.signing_in.who(token) is None:
            return
        yield "event: beat\ndata: {}\n\n"


def _after(services: Services) -> int:
    """Return where to go on: the browser's own memory, else the page's, else now."""
    newest = services.reading.last_update()
    told = request.headers.get("Last-Event-ID") or request.args.get("after", "")
    return min(int(told), newest) if told.isascii() and told.isdigit() else newest
