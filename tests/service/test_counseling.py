"""What a counselor may do with a conversation, and what the resident is told."""

import pytest

from bot.core.model import Author, Channel, Holder, InboundKind, Level, Provenance
from bot.errors import (
    AlreadyTakenError,
    MoveNotAllowedError,
    NotFoundError,
    NotYoursError,
    SlotOpenError,
)
from bot.service.counseling import REPLY_LIMIT
from bot.service.records import Counselor
from tests.support.service_tools import Office, Person, phrase

NOBODY = 999


@pytest.fixture
def sato(office):
    return office.counselor()


@pytest.fixture
def tanaka(office):
    return office.counselor("tanaka", "田中")


@pytest.fixture
def waiting(anh: Person) -> Person:
    """A Vietnamese resident who asked for a person."""
    return anh.asks_for_a_person("vi")


@pytest.fixture
def held(office: Office, waiting: Person, sato: Counselor) -> Person:
    office.counseling.claim(sato.id, waiting.conversation.id)
    office.said(waiting)
    return waiting


def trail(office: Office, person: Person) -> list[str]:
    conversation = person.conversation.id
    with office.transaction() as work:
        return [each.what for each in work.trail.of(conversation)]


# --- claiming ----------------------------------------------------------------------------------


def test_a_claim_takes_the_case_out_of_the_queue_and_tells_the_resident(office, waiting, sato):
    office.said(waiting)
    before = office.reading.last_update()
    parcel = office.counseling.claim(sato.id, waiting.conversation.id)
    assert parcel is not None
    assert [each.text for each in parcel.bubbles] == [phrase("bot.counselor_joined", "vi")]
    conversation = waiting.conversation
    assert (conversation.holder, conversation.counselor_id) == (Holder.COUNSELOR, sato.id)
    assert conversation.waiting_since is None
    assert [each.kind for each in office.reading.updates(before)] == ["queue"]
    assert trail(office, waiting)[-1] == "claimed"


def test_a_second_counselor_cannot_take_the_same_case(office, held, tanaka):
    with pytest.raises(AlreadyTakenError):
        office.counseling.claim(tanaka.id, held.conversation.id)
    assert held.conversation.counselor_id != tanaka.id


def test_claiming_what_one_already_holds_says_nothing_twice(office, held, sato):
    before = held.messages
    assert office.counseling.claim(sato.id, held.conversation.id) is None
    assert held.messages == before


def test_a_closed_case_cannot_be_claimed(office, held, sato, tanaka):
    office.counseling.close(sato.id, held.conversation.id)
    with pytest.raises(MoveNotAllowedError):
        office.counseling.claim(tanaka.id, held.conversation.id)


def test_a_conversation_nobody_was_asked_into_cannot_be_claimed(office, anh, sato):
    anh.begins()
    for conversation in (anh.conversation.id, NOBODY):
        with pytest.raises(NotFoundError):
            office.counseling.claim(sato.id, conversation)
    with pytest.raises(NotFoundError):
        office.counseling.claim(NOBODY, anh.conversation.id)


# --- answering ---------------------------------------------------------------------------------


@pytest.mark.parametrize("lang", ["ja", "ja-easy"])
def test_a_resident_who_reads_japanese_gets_the_words_at_once(office, anh, sato, lang):
    anh.asks_for_a_person(lang)
    office.counseling.claim(sato.id, anh.conversation.id)
    office.said(anh)
    parcel = office.counseling.reply(sato.id, anh.conversation.id, "  お元気ですか。\n")
    assert parcel is not None
    [bubble] = parcel.bubbles
    assert (bubble.text, bubble.original, bubble.note) == ("お元気ですか。", "", "")
    assert (bubble.author, bubble.sender_name) == (
        Author.COUNSELOR,
        phrase("bot.counselor_name", lang),
    )
    message = anh.messages[-1]
    assert (message.provenance, message.counselor_id) == (Provenance.HUMAN, sato.id)
    assert message.parcel_id == parcel.id


def test_a_prepared_sentence_goes_out_in_the_residents_language_at_once(office, held, sato):
    parcel = office.counseling.reply(sato.id, held.conversation.id, "食べものはありますか。")
    assert parcel is not None
    [bubble] = parcel.bubbles
    assert (bubble.text, bubble.lang) == ("Anh/chị có đồ ăn không?", "vi")
    assert bubble.original == "食べものはありますか。"
    assert bubble.note == phrase("bot.phrase_label", "vi")
    assert held.messages[-1].provenance is Provenance.PHRASE


def test_anything_else_waits_for_a_translation(office, held, sato):
    assert office.counseling.reply(sato.id, held.conversation.id, "お元気ですか。") is None
    assert held.messages[-1].provenance is Provenance.WAITING
    assert office.said(held) == []


def test_a_resident_who_chose_no_language_gets_the_japanese_with_a_note(office, anh, sato):
    anh.does(InboundKind.FOLLOW).taps("HUMAN")
    assert anh.conversation.lang == ""
    office.counseling.claim(sato.id, anh.conversation.id)
    office.said(anh)
    office.counseling.reply(sato.id, anh.conversation.id, "お元気ですか。")
    parcel = office.translate()
    assert parcel is not None
    assert parcel.bubbles[0].text == "お元気ですか。"
    assert parcel.bubbles[0].note == phrase("bot.japanese_only")


def test_the_same_form_twice_says_it_once(office, held, sato):
    conversation = held.conversation.id
    office.counseling.reply(sato.id, conversation, "食べものはありますか。", nonce="n1")
    before = held.messages
    assert office.counseling.reply(sato.id, conversation, "違う文", nonce="n1") is None
    assert held.messages == before
    office.counseling.reply(sato.id, conversation, "食べものはありますか。", nonce="n2")
    assert len(held.messages) == len(before) + 1


def test_an_answer_is_refused_when_the_claim_was_lost(office, held, sato, tanaka):
    conversation = held.conversation.id
    for act in (
        lambda: office.counseling.reply(tanaka.id, conversation, "こんにちは"),
        lambda: office.counseling.hand_back(tanaka.id, conversation),
        lambda: office.counseling.requeue(tanaka.id, conversation),
        lambda: office.counseling.close(tanaka.id, conversation),
    ):
        with pytest.raises(NotYoursError):
            act()
    office.counseling.requeue(sato.id, conversation)
    office.counseling.claim(tanaka.id, conversation)
    before = held.messages
    with pytest.raises(NotYoursError):
        office.counseling.reply(sato.id, conversation, "こんにちは")
    assert held.messages == before


@pytest.mark.parametrize("text", ["", " \n　", "あ" * (REPLY_LIMIT + 1)])
def test_an_empty_or_endless_answer_is_refused(office, held, sato, text):
    with pytest.raises(MoveNotAllowedError):
        office.counseling.reply(sato.id, held.conversation.id, text)


@pytest.mark.parametrize(
    "text",
    [
        "〔日付〕の14:00はいかがですか。",
        "12月5日の{time}はいかがですか。",
        "はい。\n〔金額〕円です。",
    ],
)
def test_an_answer_with_an_open_slot_is_refused_and_nothing_is_kept(office, held, sato, text):
    before = held.messages
    with pytest.raises(SlotOpenError):
        office.counseling.reply(sato.id, held.conversation.id, text)
    assert held.messages == before


def test_an_open_slot_is_refused_for_a_resident_who_reads_japanese_too(office, anh, sato):
    anh.asks_for_a_person("ja")
    office.counseling.claim(sato.id, anh.conversation.id)
    with pytest.raises(SlotOpenError):
        office.counseling.reply(sato.id, anh.conversation.id, "〔場所〕で待っています。")


def test_brackets_around_words_of_ones_own_are_no_open_slot(office, held, sato):
    office.counseling.reply(sato.id, held.conversation.id, "書類〔A〕を持ってきてください。")
    assert held.messages[-1].text == "書類〔A〕を持ってきてください。"


def test_an_answer_as_long_as_allowed_is_taken(office, held, sato):
    office.counseling.reply(sato.id, held.conversation.id, "あ" * REPLY_LIMIT)
    assert len(held.messages[-1].text) == REPLY_LIMIT


def test_an_answer_to_somebody_who_blocked_us_is_kept_but_not_sent(office, held, sato):
    held.does(InboundKind.UNFOLLOW)
    conversation = held.conversation.id
    assert office.counseling.reply(sato.id, conversation, "食べものはありますか。") is None
    assert held.messages[-1].parcel_id is None
    assert office.counseling.close(sato.id, conversation) is None
    assert office.said(held) == []


def test_an_answer_on_the_web_needs_no_parcel(office, sato):
    visitor = office.person("hash", Channel.WEB).asks_for_a_person("ja")
    office.counseling.claim(sato.id, visitor.conversation.id)
    assert office.counseling.reply(sato.id, visitor.conversation.id, "こんにちは") is None
    assert visitor.messages[-1].text == "こんにちは"


def test_every_answer_is_told_to_open_pages_and_kept_in_the_trail(office, held, sato):
    before = office.reading.last_update()
    office.counseling.reply(sato.id, held.conversation.id, "お元気ですか。")
    assert [each.kind for each in office.reading.updates(before)] == ["message"]
    assert trail(office, held)[-1] == "replied"


# --- letting go --------------------------------------------------------------------------------


def test_handed_back_the_resident_is_told_and_goes_on_with_the_bot(office, held, sato):
    parcel = office.counseling.hand_back(sato.id, held.conversation.id)
    assert parcel is not None
    [bubble] = parcel.bubbles
    assert bubble.text == phrase("bot.counselor_left", "vi")
    assert {"HUMAN", "CONTINUE", "RESTART"} <= {each.code for each in bubble.choices}
    conversation = held.conversation
    assert (conversation.holder, conversation.in_queue) == (Holder.BOT, False)
    held.says("Xin chào")
    assert {"HUMAN", "RESTART"} <= set(held.offered)
    held.taps("CONTINUE")
    assert held.state.node == "Q1"
    held.taps("HUMAN")
    assert held.conversation.in_queue


def test_requeued_the_case_waits_for_another_one_and_the_resident_notices_nothing(
    office, held, sato, tanaka
):
    before = held.messages
    office.counseling.requeue(sato.id, held.conversation.id)
    assert held.messages == before
    conversation = held.conversation
    assert (conversation.in_queue, conversation.waiting_since) == (True, office.now)
    assert trail(office, held)[-1] == "requeued"
    office.counseling.claim(tanaka.id, conversation.id)
    assert held.conversation.counselor_id == tanaka.id


def test_closed_the_resident_is_told_and_the_case_leaves_the_list(office, held, sato):
    parcel = office.counseling.close(sato.id, held.conversation.id)
    assert parcel is not None
    assert parcel.bubbles[0].text == phrase("bot.case_closed", "vi")
    conversation = held.conversation
    assert (conversation.holder, conversation.closed_at) == (Holder.CLOSED, office.now)
    assert office.reading.desk_list(sato.id).rows == ()
    with pytest.raises(NotYoursError):
        office.counseling.reply(sato.id, conversation.id, "もう一言")


def test_a_case_keeps_its_level_when_it_changes_hands(office, anh, sato):
    anh.begins().taps("SAFE_ILL_NOW", "DONE")
    assert anh.conversation.level is Level.U4
    office.counseling.claim(sato.id, anh.conversation.id)
    office.counseling.requeue(sato.id, anh.conversation.id)
    assert anh.conversation.level is Level.U4
