"""Values ↔ the JSON that rows hold."""

import json
from dataclasses import fields
from typing import Any

from bot.core.model import (
    Author,
    Bubble,
    Channel,
    Choice,
    Inbound,
    InboundKind,
    Pick,
    Provenance,
    Sentence,
)

_BUBBLE = tuple(each.name for each in fields(Bubble))
_CHOICE = tuple(each.name for each in fields(Choice))


def dumps(value: object) -> str:
    """Return compact JSON, readable in every script."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def loads(text: str) -> Any:
    """Return the value of JSON text."""
    return json.loads(text)


def inbound_to_text(inbound: Inbound) -> str:
    """Return the payload of an event; what has its own column or its default is left out."""
    payload: dict[str, object] = {}
    for name in ("text", "message_id", "reply_token", "lang_hint", "source_code"):
        if getattr(inbound, name):
            payload[name] = getattr(inbound, name)
    if inbound.pick is not None:
        pick = inbound.pick
        payload["pick"] = [pick.session, pick.question, list(pick.codes)]
    if not inbound.answerable:
        payload["silent"] = True
    return dumps(payload)


def inbound_from_row(row: Any) -> Inbound:
    """Return the event of an inbound_event row."""
    payload = loads(row.payload)
    pick = payload.get("pick")
    return Inbound(
        Channel(row.channel),
        row.address,
        row.event_id,
        row.occurred_at,
        row.received_at,
        InboundKind(row.kind),
        text=payload.get("text", ""),
        pick=Pick(pick[0], pick[1], tuple(pick[2])) if pick else None,
        message_id=payload.get("message_id", ""),
        reply_token=payload.get("reply_token", ""),
        lang_hint=payload.get("lang_hint", ""),
        source_code=payload.get("source_code", ""),
        answerable=not payload.get("silent", False),
    )


def bubbles_to_text(bubbles: tuple[Bubble, ...]) -> str:
    """Return bubbles as JSON."""
    # Not dataclasses.asdict: it copies deeply, which costs more than the statement that follows.
    return dumps(
        [
            {
                **{name: getattr(each, name) for name in _BUBBLE},
                "choices": [
                    {name: getattr(choice, name) for name in _CHOICE} for choice in each.choices
                ],
            }
            for each in bubbles
        ]
    )


def bubbles_from_text(text: str) -> tuple[Bubble, ...]:
    """Return the bubbles of `bubbles_to_text`; '' (already handed over) gives none."""
    if not text:
        return ()
    return tuple(
        Bubble(
            **{
                **each,
                "provenance": Provenance(each["provenance"]),
                "author": Author(each["author"]),
                "choices": tuple(Choice(**choice) for choice in each["choices"]),
            }
        )
        for each in loads(text)
    )


def sentences_to_text(sentences: tuple[Sentence, ...]) -> str:
    """Return sentences as JSON without the fields that say nothing; '' for none."""
    if not sentences:
        return ""
    return dumps([dict(_said(each)) for each in sentences])


def sentences_from_text(text: str) -> tuple[Sentence, ...]:
    """Return what sentences_to_text wrote."""
    if not text:
        return ()
    return tuple(
        Sentence(
            **{
                **row,
                "provenance": Provenance(row["provenance"]),
                "doubts": tuple(row.get("doubts", ())),
            }
        )
        for row in loads(text)
    )


def _said(sentence: Sentence) -> list[tuple[str, object]]:
    pairs = [(each.name, getattr(sentence, each.name), each.default) for each in fields(sentence)]
    return [
        (name, value)
        for name, value, default in pairs
        if value != default or name in {"source", "provenance"}
    ]
