"""A message gets the words its other reader needs, and says honestly where there are none."""

from dataclasses import replace

import pytest

from bot.core.model import Author, Channel, InboundKind, Provenance
from bot.errors import TranslationError
from bot.service.translating import AT_ONCE, CLAIM_MS, MAX_ATTEMPTS, RETRY_MS
from tests.support.service_tools import Sink, phrase
from tests.support.toy_engine import ToyEngine, made_up


class Poisoned(ToyEngine):
    """Breaks on one sentence."""

    def __init__(self, poison):
        super().__init__()
        self.poison = poison

    def translate(self, sentences, route, *, alternatives=1):
        if self.poison in sentences:
            raise TranslationError
        return super().translate(sentences, route, alternatives=alternatives)


@pytest.fixture
def counselor(office):
    return office.counselor()


@pytest.fixture
def held(office, anh, counselor):
    """A conversation in Vietnamese, held by the counselor."""
    anh.asks_for_a_person("vi")
    office.counseling.claim(counselor.id, anh.conversation.id)
    office.said(anh)
    return anh


JAPANESE = made_up("Tôi đói", "vi", "ja")
ASKED = "お元気ですか。"
VIETNAMESE = made_up(ASKED, "ja", "vi")


def reply(office, counselor, held, text=ASKED):
    return office.counseling.reply(counselor.id, held.conversation.id, text)


def the_answer(held):
    return [each for each in held.messages if each.author is Author.COUNSELOR][-1]


# --- for the counselor -------------------------------------------------------------------------


def test_a_residents_text_gets_japanese_marked_as_machine_made(office, held):
    held.says("Tôi đói")
    assert office.translate() is None
    said = held.own[-1]
    assert (said.text, said.other, said.other_lang) == ("Tôi đói", JAPANESE, "ja")
    assert (said.provenance, said.engine) == (Provenance.MACHINE, "toy (vi→ja)")


def test_a_draft_of_a_test_model_stays_marked_for_the_counselor(office, held):
    held.says("Tôi đói")
    office.translate(ToyEngine(drafts_only=True))
    assert held.own[-1].provenance is Provenance.DRAFT
    assert held.own[-1].other == JAPANESE


def test_without_a_package_the_record_says_so(office, held):
    held.says("Tôi đói")
    office.translate(ToyEngine(pairs=()))
    assert (held.own[-1].provenance, held.own[-1].other) == (Provenance.NONE, "")


def test_what_needs_no_translation_is_left_as_it_is(office, held):
    held.says("090-1234-5678")
    engine = ToyEngine()
    office.translate(engine)
    assert (held.own[-1].provenance, held.own[-1].other) == (Provenance.HUMAN, "")
    assert engine.tries == 0


def test_open_pages_are_told_when_the_words_are_there(office, held):
    held.says("Tôi đói")
    before = office.reading.last_update()
    office.translate()
    assert [each.kind for each in office.reading.updates(before)] == ["message"]
    office.translate()
    assert len(office.reading.updates(before)) == 1


# --- for the resident --------------------------------------------------------------------------


def test_an_answer_goes_out_translated_and_labelled_beside_the_original(office, held, counselor):
    assert reply(office, counselor, held) is None
    parcel = office.translate()
    assert parcel is not None
    [bubble] = parcel.bubbles
    assert (bubble.text, bubble.lang) == (VIETNAMESE, "vi")
    assert (bubble.original, bubble.original_lang) == ("お元気ですか。", "ja")
    assert bubble.note == phrase("bot.machine_label", "vi")
    assert bubble.sender_name == phrase("bot.counselor_name", "vi")
    assert the_answer(held).parcel_id == parcel.id


@pytest.mark.parametrize(
    "translator",
    [ToyEngine(drafts_only=True), ToyEngine(pairs=()), ToyEngine(breaks=99)],
    ids=["draft", "no package", "broken"],
)
def test_without_words_to_rely_on_the_resident_gets_the_japanese_and_a_note(
    office, held, counselor, translator
):
    reply(office, counselor, held)
    parcel = None
    for _ in range(MAX_ATTEMPTS):
        parcel = parcel or office.translate(translator)
        office.now += RETRY_MS
    assert parcel is not None
    [bubble] = parcel.bubbles
    assert (bubble.text, bubble.lang, bubble.original) == ("お元気ですか。", "ja", "")
    assert bubble.note == phrase("bot.japanese_only", "vi")
    assert VIETNAMESE not in repr(parcel)


def test_a_draft_is_shown_to_no_resident_on_the_web_either(office):
    visitor = office.person("hash", Channel.WEB).asks_for_a_person("vi")
    counselor = office.counselor()
    office.counseling.claim(counselor.id, visitor.conversation.id)
    office.counseling.reply(counselor.id, visitor.conversation.id, "お元気ですか。")
    assert office.translate(ToyEngine(drafts_only=True)) is None
    thread = office.reading.thread("hash")
    assert thread.lines[-1].bubble.text == "お元気ですか。"
    assert VIETNAMESE not in repr(thread)


def test_an_answer_of_digits_goes_out_without_a_label(office, held, counselor):
    reply(office, counselor, held, "03-1234-5678")
    parcel = office.translate()
    assert parcel is not None
    assert (parcel.bubbles[0].text, parcel.bubbles[0].note) == ("03-1234-5678", "")


def test_nothing_is_sent_to_somebody_who_blocked_us_meanwhile(office, held, counselor):
    reply(office, counselor, held)
    held.does(InboundKind.UNFOLLOW)
    assert office.translate() is None
    assert the_answer(held).provenance is Provenance.MACHINE


def test_an_answer_waits_behind_what_was_sent_before(office, held, counselor):
    office.counseling.reply(counselor.id, held.conversation.id, "食べものはありますか。")
    reply(office, counselor, held)
    assert office.translate() is None, "an earlier parcel is on its way: the worker takes both"
    sink = Sink()
    office.deliver({Channel.LINE: sink})
    assert [each.bubbles[0].provenance for each in sink.parcels] == [
        Provenance.PHRASE,
        Provenance.MACHINE,
    ]


# --- order, failures and races -----------------------------------------------------------------


def test_the_most_urgent_conversation_comes_first(office, anh):
    anh.asks_for_a_person("vi").says("Tôi đói")
    bina = office.person("U" + "2" * 32).begins("vi").taps("SAFE_ILL_NOW", "DONE").says("Cứu tôi")
    assert bina.conversation.level > anh.conversation.level
    engine = ToyEngine()
    office.translate(engine)
    assert engine.asked == [("Cứu tôi",)], "and waits for nobody else"
    office.translate(engine)
    assert engine.asked[1:] == [("Tôi đói",)]


def test_all_that_waits_goes_through_the_engine_together(office):
    people = [office.person("U" + str(number) * 32).asks_for_a_person("vi") for number in range(9)]
    for number, person in enumerate(people):
        person.says(f"Tôi đói {number}. Tôi lạnh {number}.")
    engine = ToyEngine()
    office.translate(engine)
    assert [len(each) for each in engine.asked] == [18]
    assert all(each.own[-1].provenance is Provenance.MACHINE for each in people)


def test_more_than_a_batch_waits_for_the_next(office):
    for number in range(AT_ONCE + 1):
        office.person(f"U{number:032}").asks_for_a_person("vi").says("Tôi đói")
    engine = ToyEngine()
    office.translate(engine)
    office.translate(engine)
    assert [len(each) for each in engine.asked] == [AT_ONCE, 1]


def test_a_text_that_breaks_the_engine_spoils_no_other(office, held):
    bina = office.person("U" + "2" * 32).asks_for_a_person("vi")
    held.says("Tôi đói")
    bina.says("Tôi lạnh")
    poisoned = Poisoned("Tôi đói")
    office.translate(poisoned)
    assert bina.own[-1].provenance is Provenance.MACHINE
    assert held.own[-1].provenance is Provenance.WAITING


def test_a_broken_engine_is_tried_as_often_as_promised(office, held):
    held.says("Tôi đói")
    broken = ToyEngine(breaks=99)
    for tries in range(1, MAX_ATTEMPTS):
        office.translate(broken)
        assert (broken.tries, held.own[-1].provenance) == (tries, Provenance.WAITING)
        office.translate(broken)
        assert broken.tries == tries, "not before its pause is over"
        office.now += RETRY_MS
    office.translate(broken)
    assert (broken.tries, held.own[-1].provenance) == (MAX_ATTEMPTS, Provenance.NONE)


def test_an_engine_that_recovers_gives_its_words(office, held):
    held.says("Tôi đói")
    shaky = ToyEngine(breaks=MAX_ATTEMPTS - 1)
    for _ in range(MAX_ATTEMPTS):
        office.translate(shaky)
        office.now += RETRY_MS
    assert held.own[-1].provenance is Provenance.MACHINE


def test_a_text_that_kills_the_engine_is_not_tried_for_ever(office, held):
    held.says("Tôi đói")
    deadly = ToyEngine(crashes=99)
    for _ in range(MAX_ATTEMPTS):
        with pytest.raises(MemoryError):
            office.translate(deadly)
        office.now += CLAIM_MS
    office.translate(deadly)
    assert (deadly.tries, held.own[-1].provenance) == (MAX_ATTEMPTS, Provenance.NONE)


def test_a_second_worker_leaves_a_message_alone_that_is_being_translated(office, held):
    held.says("Tôi đói")
    second = ToyEngine()
    office.translate(ToyEngine(meanwhile=lambda: office.translate(second)))
    assert second.tries == 0
    assert held.own[-1].provenance is Provenance.MACHINE


def test_what_was_unsent_during_the_translation_stays_gone(office, held):
    held.says("Tôi đói", message_id="m1")
    office.translate(ToyEngine(meanwhile=lambda: held.does(InboundKind.UNSEND, message_id="m1")))
    assert (held.own[-1].text, held.own[-1].other) == ("", "")


def test_what_got_its_words_meanwhile_keeps_them(office, held):
    held.says("Tôi đói")

    def somebody_else_was_faster():
        with office.transaction() as work:
            done = replace(held_message, other="先の訳", provenance=Provenance.MACHINE)
            work.messages.save(done)

    held_message = held.own[-1]
    office.translate(ToyEngine(meanwhile=somebody_else_was_faster))
    assert held.own[-1].other == "先の訳"
