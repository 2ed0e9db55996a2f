"""What every channel must do; a channel's own test module subclasses ChannelContract."""

from typing import Protocol

import pytest

from bot.core.model import Author, Bubble, Inbound, Provenance
from bot.errors import DeliveryError
from bot.service.records import Message
from tests.support.service_tools import phrase


class ChannelUnderTest(Protocol):
    """A channel before stores in memory; deliveries return the HTTP status they were answered."""

    text_limit: int
    """The most units of text that one message of the channel holds."""

    @property
    def received(self) -> list[Inbound]:
        """Everything that went on to the use cases."""

    def says(self, text: str, *, delivery: str) -> int:
        """The resident writes; the same `delivery` is the same message once more."""

    def forged(self, text: str) -> int:
        """Somebody without signature, key or token of ours says it is the resident."""

    def unknown(self) -> int:
        """Something arrives that the channel may bring and we do not know."""

    def too_much(self) -> int:
        """More bytes than anybody writes."""

    def broken(self) -> list[int]:
        """Several bodies that are none, rightly signed where the channel signs."""

    def messages(self) -> list[Message]:
        """What is kept of the resident, in the newest conversation."""

    def shown(self, bubbles: list[Bubble]) -> list[str]:
        """The texts of the messages by which the channel shows these bubbles."""

    def failures(self) -> dict[str, DeliveryError | None]:
        """What the channel's sender raises, by what went wrong; {} where nothing is handed over."""

    def unsend(self, delivery: str) -> bool:
        """The resident takes a message back; False where the channel knows no such thing."""


class ChannelContract:
    """Runs on the `channel` fixture of the subclass."""

    @pytest.fixture
    def channel(self) -> ChannelUnderTest:
        raise NotImplementedError

    def own(self, channel: ChannelUnderTest) -> list[str]:
        return [each.text for each in channel.messages() if each.author is Author.RESIDENT]

    # --- what comes in -------------------------------------------------------------------------

    def test_what_a_resident_writes_is_kept_and_answered(self, channel):
        assert channel.says("こんにちは", delivery="d1") in {200, 303}
        assert self.own(channel)[-1] == "こんにちは"
        assert channel.messages()[-1].author is Author.BOT

    def test_what_is_forged_is_refused_and_nothing_is_stored(self, channel):
        assert channel.forged("にせもの") in {400, 401, 403}
        assert channel.received == []

    def test_a_second_delivery_changes_nothing(self, channel):
        channel.says("こんにちは", delivery="d1")
        before = channel.messages()
        assert channel.says("こんにちは", delivery="d1") in {200, 303}
        assert channel.messages() == before

    def test_the_same_words_again_are_another_message(self, channel):
        channel.says("こんにちは", delivery="d1")
        channel.says("こんにちは", delivery="d2")
        assert self.own(channel)[-2:] == ["こんにちは", "こんにちは"]

    def test_what_is_unknown_is_answered_and_breaks_nothing(self, channel):
        assert channel.unknown() == 200
        assert channel.says("こんにちは", delivery="d1") in {200, 303}
        assert self.own(channel)[-1] == "こんにちは"

    def test_what_is_no_message_is_refused_and_nothing_is_stored(self, channel):
        assert set(channel.broken()) == {400}
        assert channel.received == []

    def test_more_than_anybody_writes_is_refused(self, channel):
        assert channel.too_much() == 413
        assert channel.received == []

    def test_characters_no_store_takes_are_left_out(self, channel):
        channel.says("a\x00b\x1bc\n🍚", delivery="d1")
        assert self.own(channel)[-1] == "abc\n🍚"

    def test_an_unsent_message_disappears(self, channel):
        channel.says("ひみつ", delivery="d1")
        if channel.unsend("d1"):
            assert "ひみつ" not in repr(channel.messages())
            assert any(each.unsent_at for each in channel.messages())

    # --- what goes out -------------------------------------------------------------------------

    def test_every_word_of_a_long_answer_is_shown_in_pieces_the_channel_takes(self, channel):
        words = "相談員からの長い返事です。" * 900
        bubble = Bubble(
            words, "ja", author=Author.COUNSELOR, sender_name=phrase("bot.counselor_name")
        )
        pieces = channel.shown([bubble])
        assert words in "".join(pieces)
        assert all(len(each.encode("utf-16-le")) // 2 <= channel.text_limit for each in pieces)

    def test_a_translation_stands_beside_its_original_and_its_label(self, channel):
        bubble = Bubble(
            "Anh/chị khỏe không?",
            "vi",
            provenance=Provenance.MACHINE,
            author=Author.COUNSELOR,
            sender_name="Nhân viên tư vấn",
            original="お元気ですか。",
            original_lang="ja",
            note=phrase("bot.machine_label", "vi"),
        )
        shown = "\n".join(channel.shown([bubble]))
        for words in (bubble.text, bubble.original, bubble.note):
            assert words in shown

    def test_what_is_translated_in_part_says_so_beside_the_whole_original(self, channel):
        bubble = Bubble(
            "Ngày mai anh/chị đến nhé. 印鑑は要りません。",
            "vi",
            provenance=Provenance.PARTLY,
            author=Author.COUNSELOR,
            sender_name=phrase("bot.counselor_name", "vi"),
            original="明日、来てください。印鑑は要りません。",
            original_lang="ja",
            note=phrase("bot.partly_label", "vi"),
        )
        assert bubble.note != phrase("bot.partly_label", "ja"), "in the resident's language"
        shown = "\n".join(channel.shown([bubble]))
        beside = (bubble.original, bubble.note)
        assert all(shown.index(words) > shown.index(bubble.text) for words in beside)

    def test_a_failed_delivery_says_what_may_have_happened(self, channel):
        expected = {
            "not connected": "delivery_failed",
            "no answer": "delivery_unknown",
            "slow down": "delivery_limited",
            "refused": "delivery_refused",
            "arrived before": "",
        }
        raised = channel.failures()
        codes = {what: error.code if error else "" for what, error in raised.items()}
        assert codes in ({}, expected)
