"""What was typed in Zawgyi is heard, stored and translated as Unicode."""

from dataclasses import replace

import pytest

from bot.adapters.zawgyi import readable
from bot.core.model import Author, Provenance
from tests.support.service_tools import Office
from tests.support.toy_engine import ToyEngine

CRY = "ေသခ်င္တယ္"
CRY_UNICODE = "သေချင်တယ်"
PLAIN = "အလုပ္မရွိဘူး။ ပိုက္ဆံ မရွိဘူး"
PLAIN_UNICODE = "အလုပ်မရှိဘူး။ ပိုက်ဆံ မရှိဘူး"


@pytest.fixture
def office() -> Office:
    """An office whose turns read Zawgyi, as the running program's do."""
    made = Office()
    made.tools = replace(made.tools, readable=readable)
    return made


@pytest.fixture
def anh(office):
    return office.person()


def test_the_cry_of_these_tests_is_really_written_in_another_way():
    assert readable(CRY) == CRY_UNICODE != CRY


def test_a_cry_in_zawgyi_is_heard_and_asked_about(anh):
    anh.begins("my").says(CRY)
    assert anh.state.node == "S1"
    assert anh.state.detected == ("suicide",)
    assert anh.conversation.in_queue


def test_without_conversion_nobody_would_hear_it():
    anh = Office().person().begins("my").says(CRY)
    assert anh.state.detected == ()


def test_unicode_is_heard_in_the_same_way(anh):
    anh.begins("my").says(CRY_UNICODE)
    assert anh.state.detected == ("suicide",)
    assert anh.own[-1].text == CRY_UNICODE


@pytest.mark.parametrize(("typed", "kept"), [(CRY, CRY_UNICODE), (PLAIN, PLAIN_UNICODE)])
def test_the_record_holds_unicode_only(office, anh, typed, kept):
    anh.asks_for_a_person("my").says(typed, message_id="m1")
    assert (anh.own[-1].text, anh.own[-1].external_id) == (kept, "m1")
    assert typed not in repr(anh.messages)
    with office.transaction() as work:
        assert work.inbox.next_for(anh.channel, anh.address, now=office.now) is None


def test_the_translation_is_made_from_unicode(office, anh):
    anh.asks_for_a_person("my").says(PLAIN)
    engine = ToyEngine(pairs=(("my", "ja"),))
    office.translate(engine)
    assert " ".join(engine.asked[0]) == PLAIN_UNICODE
    assert anh.own[-1].provenance is Provenance.MACHINE


def test_a_counselor_reads_unicode(office, anh):
    anh.asks_for_a_person("my").says(PLAIN)
    case = office.reading.case(office.counselor().id, anh.conversation.id)
    written = [line.message.text for line in case.lines if line.message.author is Author.RESIDENT]
    assert written[-1] == PLAIN_UNICODE


def test_a_label_typed_in_zawgyi_is_an_answer(anh):
    import icu  # noqa: PLC0415  # not on every platform

    anh.begins("my")
    label = next(each["label"] for each in anh.messages[-1].choices if each["a"] == "SAFE_OK")
    typed = icu.Transliterator.createInstance("my-Zawgyi").transliterate(label)
    assert typed != label
    anh.says(typed)
    assert anh.state.answers["Q1"].codes == ("SAFE_OK",)
