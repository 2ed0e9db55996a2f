"""A counselor puts a translation right: for the resident, for later, and on the record."""

import pytest

from bot.core.model import Channel, InboundKind, Provenance
from bot.core.translation.knowledge import memory_key
from bot.errors import MoveNotAllowedError, NotFoundError, NotYoursError
from tests.support.service_tools import Office, phrase
from tests.support.toy_engine import ToyEngine

SAID = "Tôi đói. Tôi lạnh lắm."
RIGHT = "おなかがすいています。"


@pytest.fixture
def office():
    return Office()


@pytest.fixture
def counselor(office):
    return office.counselor()


@pytest.fixture
def held(office, counselor):
    """A conversation in Vietnamese, held by the counselor, with a translated message."""
    anh = office.person().asks_for_a_person("vi")
    office.counseling.claim(counselor.id, anh.conversation.id)
    anh.says(SAID, message_id="m1")
    office.translate()
    return anh


def correct(office, counselor, held, words, message=None, **more):
    message = message or held.own[-1]
    more.setdefault("remember", True)
    return office.correcting.correct(counselor.id, held.conversation.id, message.id, words, **more)


def memory(office):
    with office.transaction() as work:
        return work.memory.all()


def test_a_corrected_sentence_stands_beside_the_others(office, counselor, held):
    assert correct(office, counselor, held, {0: RIGHT}) is None
    first, second = held.own[-1].sentences
    assert (first.text, first.provenance, first.origin) == (RIGHT, Provenance.MEMORY, "佐藤")
    assert second.provenance is Provenance.MACHINE
    assert held.own[-1].other == RIGHT + second.text
    assert held.own[-1].provenance is Provenance.MACHINE, "the weakest of its sentences"


def test_a_correction_is_remembered_with_what_it_replaced(office, counselor, held):
    machine = held.own[-1].sentences[0].text
    correct(office, counselor, held, {0: RIGHT})
    [kept] = memory(office)
    assert (kept.source_lang, kept.target_lang) == ("vi", "ja")
    assert (kept.source, kept.key) == ("Tôi đói.", memory_key("tôi đói"))
    assert (kept.target, kept.machine, kept.engine) == (RIGHT, machine, "toy (vi→ja)")
    assert (kept.counselor_id, kept.at) == (counselor.id, office.now)


def test_the_next_resident_who_says_so_is_not_left_to_the_machine(office, counselor, held):
    correct(office, counselor, held, {0: RIGHT})
    bina = office.person("U" + "2" * 32).asks_for_a_person("vi").says("tôi ĐÓI")
    engine = ToyEngine()
    office.translate(engine)
    [said] = bina.own[-1].sentences
    assert (said.text, said.provenance, said.origin) == (RIGHT, Provenance.MEMORY, "佐藤")
    assert engine.tries == 0


def test_a_correction_may_be_kept_out_of_the_memory(office, counselor, held):
    correct(office, counselor, held, {0: RIGHT}, remember=False)
    assert held.own[-1].sentences[0].text == RIGHT
    assert memory(office) == []


def test_a_sentence_with_a_telephone_number_never_goes_into_the_memory(office, counselor, held):
    held.says("Gọi cho tôi 090-1234-5678 nhé.")
    office.translate()
    correct(office, counselor, held, {0: "090-1234-5678に電話してください。"})
    assert held.own[-1].sentences[0].provenance is Provenance.MEMORY
    assert memory(office) == []


def test_a_translation_that_is_right_can_be_approved_as_it_is(office, counselor, held):
    before = held.own[-1].sentences[1].text
    assert correct(office, counselor, held, {}, approved=[1]) is None
    assert held.own[-1].sentences[1].provenance is Provenance.MEMORY
    assert [each.target for each in memory(office)] == [before]


@pytest.mark.parametrize("words", [{}, {0: "  "}, {7: "何か"}])
def test_nothing_changed_is_said_so(office, counselor, held, words):
    with pytest.raises(MoveNotAllowedError):
        correct(office, counselor, held, words)
    assert memory(office) == []


def test_an_overlong_text_is_refused(office, counselor, held):
    with pytest.raises(MoveNotAllowedError):
        correct(office, counselor, held, {0: "あ" * 2001})


def test_the_case_remembers_who_corrected(office, counselor, held):
    correct(office, counselor, held, {0: RIGHT})
    conversation, message = held.conversation.id, held.own[-1].id
    with office.transaction() as work:
        last = work.trail.of(conversation)[-1]
    assert (last.what, last.counselor_id) == ("corrected", counselor.id)
    assert last.detail == {"message": str(message)}


# --- a counselor's own words ---------------------------------------------------------------------


@pytest.fixture
def answered(office, counselor, held):
    office.counseling.reply(counselor.id, held.conversation.id, "明日、来てください。")
    office.translate()
    office.said(held)
    return [each for each in held.messages if each.author.value == "counselor"][-1]


def test_a_corrected_answer_reaches_the_resident_once_more(office, counselor, held, answered):
    parcel = correct(office, counselor, held, {0: "Ngày mai anh/chị đến nhé."}, answered)
    assert parcel is not None
    [bubble] = parcel.bubbles
    assert (bubble.text, bubble.lang) == ("Ngày mai anh/chị đến nhé.", "vi")
    assert bubble.original == "明日、来てください。"
    assert bubble.note == phrase("bot.corrected_label", "vi")


def test_an_answer_that_is_approved_as_it_is_is_not_sent_again(office, counselor, held, answered):
    assert correct(office, counselor, held, {}, answered, approved=[0]) is None


def test_only_who_holds_the_case_corrects_what_was_sent(office, held, answered):
    other = office.counselor("tanaka", "田中")
    with pytest.raises(NotYoursError):
        correct(office, other, held, {0: "Khác"}, answered)


def test_on_the_web_the_page_shows_the_corrected_words(office, counselor):
    visitor = office.person("hash", Channel.WEB).asks_for_a_person("vi")
    office.counseling.claim(counselor.id, visitor.conversation.id)
    office.counseling.reply(counselor.id, visitor.conversation.id, "明日、来てください。")
    office.translate()
    sent = [each for each in visitor.messages if each.author.value == "counselor"][-1]
    assert correct(office, counselor, visitor, {0: "Ngày mai đến nhé."}, sent) is None
    assert office.reading.thread("hash").lines[-1].bubble.text == "Ngày mai đến nhé."


# --- what cannot be corrected --------------------------------------------------------------------


def test_what_was_unsent_is_gone(office, counselor, held):
    message = held.own[-1]
    held.does(InboundKind.UNSEND, message_id="m1")
    assert held.own[-1].sentences == ()
    with pytest.raises(NotFoundError):
        correct(office, counselor, held, {0: RIGHT}, message)


def test_a_message_of_another_case_is_not_found(office, counselor, held):
    other = office.person("U" + "3" * 32).asks_for_a_person("vi")
    with pytest.raises(NotFoundError):
        correct(office, counselor, other, {0: RIGHT}, held.own[-1])


def test_fixed_words_have_no_translation_to_correct(office, counselor, held):
    fixed = next(each for each in held.messages if each.author.value == "bot")
    with pytest.raises(NotFoundError):
        correct(office, counselor, held, {0: RIGHT}, fixed)
