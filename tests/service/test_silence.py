"""When the bot says nothing, or no longer: unsent messages, blocks, counselors, standby."""

import pytest

from bot.core.model import Holder, InboundKind, Pick, Provenance
from bot.service.journal import INLINE_LEASE_MS
from tests.support.service_tools import phrase
from tests.support.toy_engine import made_up

# --- unsent messages -----------------------------------------------------------------------------


def test_an_unsent_message_disappears_with_its_translation(office, anh):
    anh.asks_for_a_person("vi").says("Tôi tên là Anh", message_id="m1")
    office.translate()
    assert anh.own[-1].other == made_up("Tôi tên là Anh", "vi", "ja")
    anh.does(InboundKind.UNSEND, message_id="m1")
    gone = anh.own[-1]
    assert (gone.text, gone.other, gone.provenance) == ("", "", Provenance.FIXED)
    assert gone.unsent_at == office.now
    counselor = office.counselor()
    assert "Anh" not in repr(office.reading.case(counselor.id, anh.conversation.id))


def test_a_message_that_comes_after_its_unsend_is_never_kept(office, anh):
    anh.begins()
    text = anh.event(InboundKind.TEXT, text="ひみつ", message_id="m1")
    anh.does(InboundKind.UNSEND, message_id="m1")
    office.receive(text)
    assert "ひみつ" not in repr(anh.messages)
    assert anh.own[-1].unsent_at is not None


def test_an_unsent_message_of_a_closed_case_disappears_too(office, anh):
    anh.asks_for_a_person().says("ひみつ", message_id="m1")
    counselor = office.counselor()
    case = anh.conversation.id
    office.counseling.claim(counselor.id, case)
    office.counseling.close(counselor.id, case)
    anh.does(InboundKind.UNSEND, message_id="m1")
    assert anh.conversation.id == case, "an unsend opens no conversation"
    assert "ひみつ" not in repr(anh.messages)


def test_an_unsend_by_somebody_unknown_is_remembered_without_a_word_to_them(office, anh):
    anh.does(InboundKind.UNSEND, message_id="m1")
    assert office.outcomes[-1].parcel is None
    assert anh.answers == []


def test_an_unsent_message_is_not_translated_any_more(office, anh):
    anh.asks_for_a_person("vi").says("Tôi tên là Anh", message_id="m1")
    anh.does(InboundKind.UNSEND, message_id="m1")
    office.translate()
    assert anh.own[-1].other == ""


# --- blocking ------------------------------------------------------------------------------------


def test_a_block_drops_what_waits_and_stops_every_push(office, anh):
    anh.begins()
    office.now += INLINE_LEASE_MS
    anh.does(InboundKind.UNFOLLOW)
    assert office.deliver({}) == []
    anh.does(InboundKind.OTHER)
    assert not anh.resident.following
    parcels = {each.parcel_id for each in anh.messages if each.parcel_id}
    with office.transaction() as work:
        assert set(work.outbox.states(parcels).values()) == {("dropped", "blocked")}


def test_a_resident_who_comes_back_goes_on_where_they_were(office, anh):
    anh.begins("en").does(InboundKind.UNFOLLOW).does(InboundKind.FOLLOW)
    assert anh.resident.following
    assert anh.answers[-2] == phrase("bot.welcome_back", "en")
    assert anh.state.node == "Q1"
    assert office.outcomes[-1].parcel is not None


def test_whoever_writes_has_not_blocked_us(office, anh):
    """The follow event may be lost, or a late unfollow may come after it."""
    anh.begins().does(InboundKind.UNFOLLOW)
    anh.says("1")
    assert anh.resident.following
    assert office.outcomes[-1].parcel is not None


# --- when the bot is silent ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "more"),
    [
        (InboundKind.TEXT, {"text": "1"}),
        (InboundKind.PICK, {"pick": Pick("s", "Q1", ("HUMAN",))}),
        (InboundKind.STICKER, {}),
        (InboundKind.MEDIA, {}),
        (InboundKind.FOLLOW, {}),
        (InboundKind.EDIT, {}),
    ],
)
def test_what_comes_in_standby_is_stored_and_never_answered(office, anh, kind, more):
    anh.begins()
    answers, state, heard = anh.answers, anh.state, len(anh.own)
    anh.does(kind, answerable=False, **more)
    assert office.outcomes[-1].parcel is None
    assert (anh.answers, anh.state) == (answers, state)
    assert len(anh.own) == heard + (kind is not InboundKind.FOLLOW)


def test_the_bot_is_silent_while_a_counselor_holds_the_conversation(office, anh):
    anh.asks_for_a_person()
    office.counseling.claim(office.counselor().id, anh.conversation.id)
    answers, outcomes = anh.answers, len(office.outcomes)
    anh.says("こんにちは").does(InboundKind.STICKER).does(InboundKind.MEDIA).does(InboundKind.EDIT)
    anh.taps("RESTART").does(InboundKind.FOLLOW)
    assert anh.answers == answers
    assert all(each.parcel is None for each in office.outcomes[outcomes:])
    assert [each.kind for each in anh.own[-5:]] == ["text", "sticker", "media", "edit", "pick"]
    assert anh.conversation.holder is Holder.COUNSELOR


def test_words_after_the_end_open_a_new_conversation_with_a_way_to_a_person(office, anh):
    anh.asks_for_a_person("en")
    counselor = office.counselor()
    first = anh.conversation.id
    office.counseling.claim(counselor.id, first)
    office.counseling.close(counselor.id, first)
    anh.says("Hello again")
    assert anh.conversation.id != first
    assert anh.conversation.lang == "en"
    assert anh.own[-1].text == "Hello again"
    assert {"HUMAN", "RESTART"} <= set(anh.offered)
    with office.transaction() as work:
        assert work.conversations.get(first).holder is Holder.CLOSED
