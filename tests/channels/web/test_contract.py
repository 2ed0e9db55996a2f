"""The web chat keeps the contract of every channel."""

import pytest

from bot.core.model import Author, Bubble, Channel, Inbound, Provenance
from bot.errors import DeliveryError
from bot.service.records import Message
from tests.channels.contract import ChannelContract
from tests.channels.web.office import an_app, an_office
from tests.channels.web.resident import Resident


class WebUnderTest:
    """Implements ChannelUnderTest; the nonce of a form is the delivery's name."""

    text_limit = 10**9

    def __init__(self) -> None:
        self.office = an_office()
        self.resident = Resident(an_app(self.office))

    @property
    def received(self) -> list[Inbound]:
        return self.office.received

    def says(self, text: str, *, delivery: str) -> int:
        form = self.resident.open().form("/chat/say", text=text, nonce=delivery)
        return self.resident.post("/chat/say", form).status_code

    def forged(self, text: str) -> int:
        form = self.resident.open().form("/chat/say", text=text, key="0" * 64)
        return self.resident.post("/chat/say", form).status_code

    def unknown(self) -> int:
        return self.resident.get("/chat?somethingNew=1&src=%00").status_code

    def too_much(self) -> int:
        form = self.resident.open().form("/chat/say", text="a" * 70_000)
        return self.resident.post("/chat/say", form).status_code

    def broken(self) -> list[int]:
        form = self.resident.open().form("/chat/say", text="やあ")
        broken = [{**form, "nonce": ""}, {**form, "nonce": "a b"}, {**form, "text": " "}, {}]
        return [self.resident.post("/chat/say", each).status_code for each in broken]

    def messages(self) -> list[Message]:
        with self.office.transaction() as work:
            found = work.residents.find(Channel.WEB, self.resident.address)
            assert found is not None
            conversation = work.conversations.latest(found.id)
            assert conversation is not None
            return work.messages.of(conversation.id)

    def shown(self, bubbles: list[Bubble]) -> list[str]:
        self.resident.begin("vi")
        conversation = self.messages()[0].conversation_id
        with self.office.transaction() as work:
            for each in bubbles:
                translated = bool(each.original)
                answer = Message(
                    conversation,
                    Author.COUNSELOR,
                    each.original if translated else each.text,
                    "ja",
                    self.office.now[0],
                    other=each.text if translated else "",
                    other_lang=each.lang,
                    provenance=each.provenance if translated else Provenance.HUMAN,
                )
                work.messages.add([answer])
        lines = self.resident.open().page.all("li")
        return [each.text for each in lines[-len(bubbles) :]]

    def failures(self) -> dict[str, DeliveryError | None]:
        return {}

    def unsend(self, delivery: str) -> bool:  # noqa: ARG002
        return False


class TestWeb(ChannelContract):
    @pytest.fixture
    def channel(self) -> WebUnderTest:
        return WebUnderTest()
