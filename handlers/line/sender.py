"""Hands a parcel to LINE: by reply token while it lives, else by push with a retry key."""

import json
from collections.abc import Callable

import structlog
import urllib3

from bot.errors import (
    DeliveryError,
    DeliveryLimitedError,
    DeliveryRefusedError,
    DeliveryUnknownError,
    QuotaSpentError,
    ReplyTokenSpentError,
)
from bot.service.records import Parcel
from handlers.line.messages import to_messages

LINE_API_HOST = "https://api.line.me"
CONNECT_SECONDS = 3.0
READ_SECONDS = 10.0

log = structlog.get_logger(__name__)


class LineSender:
    """Implements ports.Sender.

    Plain JSON over kept connections instead of the SDK's client: the same call at a third of the
    cost, and its errors are told apart here anyway (docs/adr/0004). `host` may be a callable,
    since the pretend LINE's port is known only once the server listens.
    """

    def __init__(
        self,
        *,
        host: str | Callable[[], str],
        access_token: str,
        connections: int = 32,
        read_seconds: float = READ_SECONDS,
    ) -> None:
        self._host = host if callable(host) else lambda: host
        self._headers = {
            "Authorization": f"Bearer {access_token}",
            "Content-Type": "application/json",
        }
        self._http = urllib3.PoolManager(
            num_pools=4,
            maxsize=connections,
            block=False,
            retries=False,
            timeout=urllib3.Timeout(connect=CONNECT_SECONDS, read=read_seconds),
        )

    def send(self, parcel: Parcel, *, now: int) -> None:
        """Hand the parcel over once (see ports.Sender for what is raised)."""
        messages = to_messages(parcel.bubbles)
        if not messages:
            return
        if parcel.reply_token and now < parcel.reply_until:
            self._reply(parcel, messages)
        else:
            self._push(parcel, messages)

    def _reply(self, parcel: Parcel, messages: list[dict[str, object]]) -> None:
        status, body = self._post(
            "reply", {"replyToken": parcel.reply_token, "messages": messages}, {}, parcel
        )
        if status == 200:  # noqa: PLR2004
            return
        if status == 400:  # noqa: PLR2004
            # The token is spent or too old, or the messages are wrong: the push will tell.
            raise ReplyTokenSpentError
        _raise_for(status, body)

    def _push(self, parcel: Parcel, messages: list[dict[str, object]]) -> None:
        status, body = self._post(
            "push",
            {"to": parcel.address, "messages": messages},
            {"X-Line-Retry-Key": parcel.retry_key},
            parcel,
        )
        if status in {200, 409}:
            # 409: this key was accepted before, so the parcel has arrived.
            return
        _raise_for(status, body)

    def _post(
        self, what: str, payload: dict[str, object], headers: dict[str, str], parcel: Parcel
    ) -> tuple[int, bytes]:
        body = json.dumps(payload, ensure_ascii=False, separators=(",", ":")).encode()
        url = f"{self._host()}/v2/bot/message/{what}"
        try:
            response = self._http.request(
                "POST", url, body=body, headers={**self._headers, **headers}
            )
        except urllib3.exceptions.HTTPError as error:
            _log(what, parcel, 0, "", type(error).__name__)
            if isinstance(error, _NOTHING_LEFT):
                raise DeliveryError from None
            # The request may have left: its outcome is unknown.
            raise DeliveryUnknownError from None
        request_id = response.headers.get("x-line-request-id", "")
        _log(what, parcel, response.status, request_id, "")
        return response.status, response.data


_NOTHING_LEFT = (
    urllib3.exceptions.NewConnectionError,
    urllib3.exceptions.ConnectTimeoutError,
)
"""No connection was made, so nothing can have arrived."""


def _log(what: str, parcel: Parcel, status: int, request_id: str, code: str) -> None:
    """Keep what LINE asks for when something has to be looked into: ids, never words."""
    log.info(
        "line_called",
        what=what,
        parcel=parcel.id,
        status=status,
        request_id=request_id,
        code=code,
    )


def _raise_for(status: int, body: bytes) -> None:
    if status == 429:  # noqa: PLR2004
        if b"monthly limit" in body:
            raise QuotaSpentError
        raise DeliveryLimitedError
    if status >= 500:  # noqa: PLR2004
        raise DeliveryUnknownError
    raise DeliveryRefusedError
