"""A self-check of somebody whom a counselor knows: only what was promised vanishes."""

import pytest

from bot.core.model import Author, InboundKind, Level
from bot.service.forgetting import ABANDONED_MS, forget_abandoned
from tests.support.dialogs import DIALOG
from tests.support.self_checks import TYPED, StoredOffice, checked
from tests.support.service_tools import Office
from tests.support.toy_engine import ToyEngine


@pytest.fixture(params=["memory", "sqlite"])
def office(request, tmp_path):
    if request.param == "memory":
        yield Office()
        return
    made = StoredOffice(url=f"sqlite:///{tmp_path / 'tsunagi.sqlite3'}")
    yield made
    made.store.close()


def forget_after_a_day(office):
    office.now += ABANDONED_MS + 1
    return forget_abandoned(transaction=office.transaction, desk=office.desk, now=office.clock)


def in_danger_then_checked(office):
    """Somebody whose danger is in the queue begins again, and does the check instead."""
    anh = office.person().begins("vi")
    anh.taps("SAFE_SUICIDE", "DONE").taps("S1_YES")
    said = [each.text for each in anh.messages if each.text]
    anh.taps("STOP").says("restart")
    assert anh.state.node == "START"
    anh.taps("START_CHECK").says(TYPED).taps("CK_FOOD", "DONE")
    return anh, said


def test_erasing_the_check_keeps_what_was_said_before_it(office):
    anh, said = in_danger_then_checked(office)
    level = anh.conversation.level
    anh.taps("CHECK_CLOSE")
    kept = [each.text for each in anh.messages]
    assert set(said) <= set(kept)
    assert TYPED not in kept
    assert anh.conversation.level == level == Level.U4
    assert anh.conversation.assessment


def test_a_check_of_somebody_a_counselor_knows_is_not_swept_away(office):
    anh, said = in_danger_then_checked(office)
    assert forget_after_a_day(office) == 0
    assert set(said) <= {each.text for each in anh.messages}


def test_a_check_left_in_the_language_menu_is_swept_away_too(office):
    anh = checked(office.person()).taps("LANG")
    assert anh.state.node == DIALOG.start
    assert forget_after_a_day(office) == 1
    assert anh.messages == []


def test_a_message_that_vanishes_while_it_is_translated_harms_nothing(office):
    anh = office.person().does(InboundKind.FOLLOW)
    anh.taps("vi").taps("START_CHECK").says(TYPED)
    written = [each for each in anh.messages if each.author is Author.RESIDENT]
    assert written[-1].text == TYPED
    anh.taps("CK_FOOD", "DONE")
    translator = ToyEngine(meanwhile=lambda: anh.taps("CHECK_CLOSE"))
    assert office.translate(translator) is None
    assert translator.tries == 1
