"""Webhook bodies as the LINE platform builds and signs them, for every kind of event."""

import base64
import hashlib
import hmac
import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

Event = dict[str, Any]
Source = dict[str, str]
Content = dict[str, Any]

_CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_ULID_TIME_CHARS = 10
_ULID_RANDOM_CHARS = 16


def sign(secret: str, body: bytes) -> str:
    """Return the `x-line-signature` of `body`: base64 of HMAC-SHA256 over the raw bytes."""
    return base64.b64encode(hmac.digest(secret.encode(), body, hashlib.sha256)).decode()


def body(destination: str, *events: Event) -> bytes:
    """Return one webhook body; without events it is LINE's connection check."""
    envelope = {"destination": destination, "events": list(events)}
    return json.dumps(envelope, ensure_ascii=False, separators=(",", ":")).encode()


def ulid(at_ms: int, seed: str) -> str:
    """Return a ULID: the time in ms, then 80 bits drawn from `seed` (same seed, same id)."""
    bits = int.from_bytes(hashlib.sha256(seed.encode()).digest()[:10], "big")
    return _crockford(at_ms, _ULID_TIME_CHARS) + _crockford(bits, _ULID_RANDOM_CHARS)


def _crockford(number: int, length: int) -> str:
    return "".join(_CROCKFORD[(number >> (5 * place)) & 31] for place in reversed(range(length)))


def user(user_id: str | None) -> Source:
    """Return the source of a one-to-one chat; no id where the person gave no profile consent."""
    return {"type": "user"} | ({"userId": user_id} if user_id else {})


def group(group_id: str, user_id: str | None = None) -> Source:
    """Return a group chat as source; LINE names the user on message events only."""
    return {"type": "group", "groupId": group_id} | ({"userId": user_id} if user_id else {})


def room(room_id: str, user_id: str | None = None) -> Source:
    """Return a multi-person chat as source."""
    return {"type": "room", "roomId": room_id} | ({"userId": user_id} if user_id else {})


def redelivered(event: Event) -> Event:
    """Return the same event as LINE sends it again: everything equal but `isRedelivery`."""
    return event | {"deliveryContext": {"isRedelivery": True}}


def as_standby(event: Event) -> Event:
    """Return the event as a channel without chat control sees it: standby, no reply token."""
    return {key: value for key, value in event.items() if key != "replyToken"} | {"mode": "standby"}


def text_content(
    message_id: str, text: str, *, quote_token: str, mark_as_read_token: str | None = None
) -> Content:
    """Return the `message` of a text; `messageEdited` events leave out the mark-as-read token."""
    content = {"id": message_id, "type": "text", "quoteToken": quote_token, "text": text}
    return content | ({"markAsReadToken": mark_as_read_token} if mark_as_read_token else {})


def sticker_content(
    message_id: str,
    *,
    quote_token: str,
    package_id: str = "446",
    sticker_id: str = "1988",
    resource_type: str = "STATIC",
    keywords: tuple[str, ...] = (),
) -> Content:
    """Return the `message` of a sticker; LINE adds new resource types without notice."""
    content: Content = {
        "id": message_id,
        "type": "sticker",
        "quoteToken": quote_token,
        "packageId": package_id,
        "stickerId": sticker_id,
        "stickerResourceType": resource_type,
    }
    return content | ({"keywords": list(keywords)} if keywords else {})


def image_content(
    message_id: str, *, quote_token: str, image_set: tuple[str, int, int] | None = None
) -> Content:
    """Return the `message` of an image; `image_set` is (id, index, total) of images sent at once.

    Old Android phones leave out index and total: pass zeros for that.
    """
    content: Content = {
        "id": message_id,
        "type": "image",
        "quoteToken": quote_token,
        "contentProvider": {"type": "line"},
    }
    if image_set is None:
        return content
    set_id, index, total = image_set
    numbers = {"index": index, "total": total} if total else {}
    return content | {"imageSet": {"id": set_id} | numbers}


def video_content(message_id: str, *, quote_token: str, duration_ms: int = 60_000) -> Content:
    """Return the `message` of a video that LINE stores."""
    return {
        "id": message_id,
        "type": "video",
        "quoteToken": quote_token,
        "duration": duration_ms,
        "contentProvider": {"type": "line"},
    }


def audio_content(message_id: str, *, duration_ms: int = 60_000) -> Content:
    """Return the `message` of a voice message; it has no quote token."""
    return {
        "id": message_id,
        "type": "audio",
        "duration": duration_ms,
        "contentProvider": {"type": "line"},
    }


def file_content(message_id: str, *, name: str, size: int) -> Content:
    """Return the `message` of a file; `size` in bytes."""
    return {"id": message_id, "type": "file", "fileName": name, "fileSize": size}


def location_content(
    message_id: str,
    *,
    latitude: float,
    longitude: float,
    title: str | None = None,
    address: str | None = None,
) -> Content:
    """Return the `message` of a location; absent names are absent properties."""
    content: Content = {"id": message_id, "type": "location"}
    content |= {"title": title} if title else {}
    content |= {"address": address} if address else {}
    return content | {"latitude": latitude, "longitude": longitude}


@dataclass(frozen=True)
class WebhookEvents:
    """Builds events; each has a new id from `new_event_id` and the time of `now` (seconds)."""

    now: Callable[[], float]
    new_event_id: Callable[[], str]

    def message(self, source: Source, content: Content, *, reply_token: str) -> Event:
        return self._event("message", source, reply_token, {"message": content})

    def message_edited(self, source: Source, content: Content, *, reply_token: str) -> Event:
        """Group chats only; same message id as the text it replaces, another reply token."""
        return self._event("messageEdited", source, reply_token, {"message": content})

    def unsend(self, source: Source, message_id: str) -> Event:
        return self._event("unsend", source, None, {"unsend": {"messageId": message_id}})

    def follow(self, source: Source, *, reply_token: str, is_unblocked: bool = False) -> Event:
        details = {"follow": {"isUnblocked": is_unblocked}}
        return self._event("follow", source, reply_token, details)

    def unfollow(self, source: Source) -> Event:
        return self._event("unfollow", source, None)

    def postback(
        self, source: Source, data: str, *, reply_token: str, params: dict[str, str] | None = None
    ) -> Event:
        """`params` comes from date pickers and rich menu switches only."""
        details = {"data": data} | ({"params": params} if params else {})
        return self._event("postback", source, reply_token, {"postback": details})

    def join(self, source: Source, *, reply_token: str) -> Event:
        return self._event("join", source, reply_token)

    def leave(self, source: Source) -> Event:
        return self._event("leave", source, None)

    def member_joined(self, source: Source, *user_ids: str, reply_token: str) -> Event:
        details = {"joined": {"members": [user(each) for each in user_ids]}}
        return self._event("memberJoined", source, reply_token, details)

    def member_left(self, source: Source, *user_ids: str) -> Event:
        details = {"left": {"members": [user(each) for each in user_ids]}}
        return self._event("memberLeft", source, None, details)

    def beacon(
        self, source: Source, *, reply_token: str, hwid: str = "d41d8cd98f", kind: str = "enter"
    ) -> Event:
        return self._event("beacon", source, reply_token, {"beacon": {"hwid": hwid, "type": kind}})

    def account_link(self, source: Source, nonce: str, *, reply_token: str) -> Event:
        details = {"link": {"result": "ok", "nonce": nonce}}
        return self._event("accountLink", source, reply_token, details)

    def account_link_failed(self, nonce: str) -> Event:
        """Return a failed link: the one event without a source, and without a reply token."""
        return self._event(
            "accountLink", None, None, {"link": {"result": "failed", "nonce": nonce}}
        )

    def video_play_complete(self, source: Source, tracking_id: str, *, reply_token: str) -> Event:
        details = {"videoPlayComplete": {"trackingId": tracking_id}}
        return self._event("videoPlayComplete", source, reply_token, details)

    def membership(
        self, source: Source, *, reply_token: str, kind: str = "joined", membership_id: int = 3189
    ) -> Event:
        details = {"membership": {"type": kind, "membershipId": membership_id}}
        return self._event("membership", source, reply_token, details)

    def unknown(self, source: Source, type: str = "somethingNew") -> Event:
        """Return an event of a type from the future: bots must answer 200 and go on."""
        return self._event(type, source, None, {type: {"whatever": ["comes", "later"]}})

    def _event(
        self,
        type: str,
        source: Source | None,
        reply_token: str | None,
        details: dict[str, Any] | None = None,
    ) -> Event:
        event: Event = {"type": type}
        event |= details or {}
        event |= {
            "webhookEventId": self.new_event_id(),
            "deliveryContext": {"isRedelivery": False},
            "timestamp": int(self.now() * 1000),
        }
        event |= {"source": source} if source else {}
        event |= {"replyToken": reply_token} if reply_token else {}
        return event | {"mode": "active"}
