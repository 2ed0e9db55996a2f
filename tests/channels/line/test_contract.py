"""LINE keeps the contract of every channel."""

from collections.abc import Iterator

import pytest

from bot.core.model import Bubble, Channel
from bot.errors import DeliveryError
from bot.service.records import Message, Parcel
from handlers.line.messages import MAX_TEXT, to_messages
from handlers.line.sender import LineSender
from handlers.line.webhook import MAX_BODY
from handlers.sim import webhooks
from tests.channels.contract import ChannelContract
from tests.channels.line.line_channel import ANH, DESTINATION, LineChannel
from tests.support.line_api import LineApi, running_line_api
from tests.support.server import free_port


class LineUnderTest(LineChannel):
    """Implements ChannelUnderTest; the message id is the delivery's name."""

    text_limit = MAX_TEXT

    def __init__(self, api: LineApi) -> None:
        super().__init__()
        self.api = api
        self.said: dict[str, webhooks.Event] = {}

    def says(self, text: str, *, delivery: str) -> int:
        event = self.said.setdefault(delivery, self.text(text, message_id=delivery))
        return self.deliver(event)

    def forged(self, text: str) -> int:
        return self.post(webhooks.body(DESTINATION, self.text(text)), "x" * 44).status_code

    def unknown(self) -> int:
        return self.deliver(self.events.unknown(webhooks.user(ANH)))

    def too_much(self) -> int:
        return self.post(b" " * (MAX_BODY + 1)).status_code

    def broken(self) -> list[int]:
        bodies = (b"", b"\xff", b"[]", b"{}", b'{"events": 1}', b"[" * 100_000)
        return [self.post(each).status_code for each in bodies]

    def messages(self) -> list[Message]:
        return self.person().messages

    def shown(self, bubbles: list[Bubble]) -> list[str]:
        return [each["text"] for each in to_messages(bubbles)]

    def unsend(self, delivery: str) -> bool:
        return self.deliver(self.events.unsend(webhooks.user(ANH), delivery)) == 200

    def failures(self) -> dict[str, DeliveryError | None]:
        api = self.api
        api.plan(endpoint="push", failures=["drop_connection", "429"])
        there = LineSender(host=api.url, access_token=api.access_token)
        nowhere = LineSender(host=f"http://127.0.0.1:{free_port()}", access_token="x")
        stranger = LineSender(host=api.url, access_token="another")
        first, second = self.parcel(), self.parcel()
        return {
            "not connected": self.tried(nowhere, first),
            "no answer": self.tried(there, first),
            "slow down": self.tried(there, first),
            "refused": self.tried(stranger, first),
            "arrived before": self.tried(there, second) or self.tried(there, second),
        }

    def parcel(self) -> Parcel:
        bubbles = (Bubble("こんにちは", "ja"),)
        return Parcel(1, Channel.LINE, ANH, bubbles, self.office.new_id(), self.office.now)

    def tried(self, sender: LineSender, parcel: Parcel) -> DeliveryError | None:
        try:
            sender.send(parcel, now=self.office.now)
        except DeliveryError as error:
            return error
        return None


class TestLine(ChannelContract):
    @pytest.fixture
    def channel(self) -> Iterator[LineUnderTest]:
        with running_line_api() as api:
            yield LineUnderTest(api)
