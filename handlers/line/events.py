"""LINE's webhook events → our Inbound; pure."""

import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qs, urlencode

from linebot.v3.webhooks import (
    Event,
    FollowEvent,
    MessageEditedEvent,
    MessageEvent,
    PostbackEvent,
    StickerMessageContent,
    TextMessageContent,
    UnfollowEvent,
    UnsendEvent,
)

from bot.core.model import Channel, Inbound, InboundKind, Pick

STANDBY = "standby"
"""Another channel has chat control: record, send nothing (LINE: module chat control)."""

MAX_POSTBACK_DATA = 300
MAX_ID = 100
"""Characters; LINE's own ids have at most 68 (a user seen by a module channel)."""

MAX_TOKEN = 300
LATEST = 2**53

NO_PICK = Pick("", "", ())
"""A tap on a button that is not ours: answered like an old button, with the question of now."""

_UNSEEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")
"""Control characters and halves of surrogate pairs: no reader sees them, no database takes them."""

Meaning = tuple[InboundKind, dict[str, Any]]


def pick_data(session: str, question: str, code: str) -> str:
    """Return the postback data of a choice: `s`, `q`, `a`, URL-encoded (outer contract)."""
    return urlencode({"s": session, "q": question, "a": code})


def pick_of(data: str) -> Pick | None:
    """Return the choice that postback data names, or None for data that is not ours."""
    if len(data) > MAX_POSTBACK_DATA:
        return None
    try:
        fields = parse_qs(_seen(data), keep_blank_values=True, max_num_fields=10)
    except ValueError:
        return None
    if not {"s", "q", "a"} <= fields.keys():
        return None
    session, question, answer = (_seen(fields[name][0]) for name in ("s", "q", "a"))
    codes = tuple(filter(None, answer.split(",")))
    return Pick(session, question, codes) if codes else None


def to_inbound(event: Event, received_at: int) -> Inbound | None:
    """Return the event in the words every channel shares.

    None for events without a single person (groups, rooms, missing user id): there is nobody to
    answer. Kinds that mean nothing to us become OTHER.
    """
    mode = getattr(event, "mode", None)
    return _inbound(
        {
            "chat": getattr(event.source, "type", None),
            "userId": getattr(event.source, "user_id", None),
            "webhookEventId": event.webhook_event_id,
            "timestamp": event.timestamp,
            "replyToken": getattr(event, "reply_token", None),
            "mode": getattr(mode, "value", mode),
        },
        _meaning(event),
        received_at,
    )


def from_unknown(raw: Mapping[str, Any], received_at: int) -> Inbound | None:
    """Return an event the SDK could not type (UnknownEvent) from its JSON.

    The SDK loses whole events for a new sticker type, a standby follow without reply token or an
    unknown mode; what we need of them is read here.
    """
    source = raw.get("source")
    if not isinstance(source, dict):
        return None
    fields = {**raw, "chat": source.get("type"), "userId": source.get("userId")}
    return _inbound(fields, _raw_meaning(raw), received_at)


def _inbound(fields: Mapping[str, Any], meaning: Meaning, received_at: int) -> Inbound | None:
    address, event_id = _id(fields.get("userId")), _id(fields.get("webhookEventId"))
    if fields.get("chat") != "user" or not address or not event_id:
        return None
    kind, details = meaning
    time: Any = fields.get("timestamp")
    known = isinstance(time, int) and 0 < time < LATEST
    return Inbound(
        Channel.LINE,
        address,
        event_id,
        int(time) if known else received_at,
        received_at,
        kind,
        reply_token=_id(fields.get("replyToken"), MAX_TOKEN),
        answerable=fields.get("mode") != STANDBY,
        **details,
    )


def _meaning(event: Event) -> Meaning:
    match event:
        case MessageEvent(message=TextMessageContent() as message):
            return _text(message.text, message.id)
        case MessageEvent(message=StickerMessageContent() as message):
            return InboundKind.STICKER, {"message_id": _id(message.id)}
        case MessageEvent():
            return InboundKind.MEDIA, {"message_id": _id(event.message.id)}
        case MessageEditedEvent():
            return InboundKind.EDIT, {}
        case PostbackEvent():
            return _postback(event.postback.data, event.postback.params)
        case FollowEvent():
            return InboundKind.FOLLOW, {}
        case UnfollowEvent():
            return InboundKind.UNFOLLOW, {}
        case UnsendEvent():
            return InboundKind.UNSEND, {"message_id": _id(event.unsend.message_id)}
        case _:
            return InboundKind.OTHER, {}


def _raw_meaning(raw: Mapping[str, Any]) -> Meaning:
    message, postback, unsend = (_part(raw, name) for name in ("message", "postback", "unsend"))
    message_id = {"message_id": _id(message.get("id"))}
    match raw.get("type"), message.get("type"):
        case "message", "text" if isinstance(message.get("text"), str):
            return _text(message["text"], message.get("id"))
        case "message", "sticker":
            return InboundKind.STICKER, message_id
        case "message", _:
            return InboundKind.MEDIA, message_id
        case "messageEdited", _:
            return InboundKind.EDIT, {}
        case "postback", _ if isinstance(postback.get("data"), str):
            return _postback(postback["data"], postback.get("params"))
        case "follow", _:
            return InboundKind.FOLLOW, {}
        case "unfollow", _:
            return InboundKind.UNFOLLOW, {}
        case "unsend", _ if _id(unsend.get("messageId")):
            return InboundKind.UNSEND, {"message_id": _id(unsend["messageId"])}
        case _:
            return InboundKind.OTHER, {}


def _text(words: str, message_id: object) -> Meaning:
    return InboundKind.TEXT, {"text": _seen(words), "message_id": _id(message_id)}


def _postback(data: str, params: object) -> Meaning:
    if isinstance(params, dict) and "newRichMenuAliasId" in params:
        # The person leafed through a rich menu; nothing was asked of us.
        return InboundKind.OTHER, {}
    return InboundKind.PICK, {"pick": pick_of(data) or NO_PICK}


def _part(raw: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    part = raw.get(name)
    return part if isinstance(part, dict) else {}


def _seen(words: str) -> str:
    return _UNSEEN.sub("", words)


def _id(value: object, limit: int = MAX_ID) -> str:
    """Return an id as it is stored, '' for what LINE would never use as one."""
    return value if isinstance(value, str) and len(value) <= limit and value.isprintable() else ""
