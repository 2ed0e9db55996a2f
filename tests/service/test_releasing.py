"""A retired version lets nobody fall: by map, by the same question, anew, or to a person."""

import pytest

from bot.core.model import Holder, InboundKind
from bot.errors import MoveNotAllowedError, NotFoundError
from bot.service.moving import Fate, How, MigrationMap
from tests.support.dialogs import DIALOG
from tests.support.service_tools import phrase
from tests.support.versions import Releases, renamed, reworded, version, words_of

OLD = DIALOG.version
REWORDED = reworded("2-reworded", "Q5")
RENAMED = renamed("2-renamed", "Q5", "Q5B")


@pytest.fixture
def releases(office) -> Releases:
    made = Releases(office)
    made.deploy(DIALOG)
    return made


# --- retiring ------------------------------------------------------------------------------------


def test_an_unchanged_question_is_answered_on_the_current_version(releases, anh):
    anh.begins().goes_to("Q5")
    releasing = releases.deploy(version("2-same"))
    assert releasing.retire(OLD).fates == {How.GOES_ON: 1}
    anh.taps("M5")
    assert (anh.state.version, anh.state.answers["Q5"].codes) == ("2-same", ("M5",))
    assert not anh.conversation.in_queue


def test_a_changed_question_brings_the_resident_into_the_queue_at_once_and_says_so(
    releases, anh, office
):
    anh.begins().goes_to("Q5")
    office.said(anh)
    releasing = releases.deploy(REWORDED)
    plan = releasing.retire(OLD)
    assert (plan.fates, plan.persons_by_question) == ({How.PERSON: 1}, {"Q5": 1})
    conversation = anh.conversation
    assert (conversation.in_queue, conversation.reason) == (True, "stuck")
    assert office.said(anh) == [phrase("bot.stuck")]
    assert (anh.state.version, anh.state.node) == ("2-reworded", DIALOG.chat)
    anh.taps("CONTINUE")
    assert words_of(REWORDED) in anh.answers[-1]


def test_a_question_that_is_gone_brings_the_resident_into_the_queue(releases, anh):
    anh.begins().goes_to("Q5")
    releasing = releases.deploy(RENAMED)
    releasing.retire(OLD)
    assert (anh.conversation.in_queue, anh.state.node) == (True, DIALOG.chat)
    assert "CONTINUE" not in anh.offered
    assert "Q2" in anh.state.answers


def test_a_map_leads_to_the_present_place_and_the_button_on_show_still_answers(releases, anh):
    anh.begins().goes_to("Q5")
    session = anh.state.session
    names = MigrationMap(OLD, {"Q5": "Q5B"}, {"Q5": {"M5": "M0"}})
    releasing = releases.deploy(RENAMED, names)
    assert releasing.retire(OLD).fates == {How.MAPPED: 1}
    anh.taps("M5", question="Q5", session=session)
    assert anh.state.answers["Q5B"].codes == ("M0",)
    assert (anh.state.version, "Q5" in anh.state.answers) == ("2-renamed", False)
    assert not anh.conversation.in_queue


def test_a_typed_answer_to_a_mapped_question_is_kept_with_its_fixed_words(releases, anh):
    anh.begins().goes_to("Q5")
    names = MigrationMap(OLD.partition("-")[0], {"Q5": "Q5B"})
    releases.deploy(RENAMED, names).retire(OLD)
    anh.says("1")
    assert "Q5B" in anh.state.answers
    assert anh.own[-1].other not in {"", "1"}


def test_answers_given_before_a_map_are_called_by_their_present_names(releases, anh):
    anh.begins().goes_to("Q5").taps("M0")
    names = MigrationMap(OLD, {"Q5": "Q5B"})
    releases.deploy(RENAMED, names).retire(OLD)
    anh.taps("WHY")
    assert anh.state.answers["Q5B"].codes == ("M0",)
    assert "Q5B" in anh.state.trail


def test_buttons_of_the_old_version_are_answered_politely_after_the_move(releases, anh):
    anh.begins().goes_to("Q5")
    session = anh.state.session
    releases.deploy(RENAMED, MigrationMap(OLD, {"Q5": "Q5B"})).retire(OLD)
    anh.taps("M5", question="Q5", session=session)
    here = anh.state.node
    for question, code in (("Q5", "M0"), ("Q2", "WHO_PRO")):
        anh.taps(code, question=question, session=session)
        assert anh.answers[-1].startswith(phrase("bot.old_button"))
        assert anh.state.node == here
    assert anh.state.answers["Q5B"].codes == ("M5",)


def test_a_dry_run_changes_nothing(releases, anh):
    anh.begins().goes_to("Q5")
    releasing = releases.deploy(REWORDED)
    before = anh.conversation
    assert releasing.plan(OLD).fates == {How.PERSON: 1}
    assert anh.conversation == before
    anh.taps("M0")
    assert anh.state.version == OLD


def test_who_has_told_nothing_yet_begins_anew_instead_of_filling_the_queue(releases, anh):
    anh.does(InboundKind.FOLLOW).taps("ja")
    releasing = releases.deploy(reworded("2-start", "START"))
    assert releasing.retire(OLD).fates == {How.ANEW: 1}
    anh.taps("START_OK")
    assert (anh.state.node, anh.state.version) == ("START", "2-start")
    assert anh.answers[-1].startswith("2-start")
    assert not anh.conversation.in_queue


def test_who_stopped_is_left_alone_until_they_write(releases, anh, office):
    anh.begins().goes_to("Q5").taps("STOP")
    office.said(anh)
    plan = releases.deploy(REWORDED).retire(OLD)
    assert (plan.fates, plan.stopped) == ({}, 1)
    assert (office.said(anh), anh.conversation.in_queue) == ([], False)
    anh.says("こんにちは")
    assert (office.said(anh), anh.conversation.in_queue) == ([phrase("bot.stuck")], True)


def test_a_conversation_that_a_counselor_holds_is_not_disturbed(releases, anh, office):
    anh.begins().goes_to("Q5").taps("HUMAN")
    counselor = office.counselor()
    office.counseling.claim(counselor.id, anh.conversation.id)
    office.said(anh)
    plan = releases.deploy(RENAMED).retire(OLD)
    assert (plan.fates, plan.held) == ({}, 1)
    anh.says("まだいますか")
    assert office.said(anh) == []
    assert anh.conversation.holder is Holder.COUNSELOR
    office.counseling.hand_back(counselor.id, anh.conversation.id)
    anh.says("ありがとう")
    assert (anh.state.version, anh.conversation.reason) == ("2-renamed", "asked")


def test_coming_back_to_a_lost_question_leads_to_a_person(releases, anh):
    anh.begins().goes_to("Q5").taps("STOP")
    releases.deploy(RENAMED).retire(OLD)
    anh.does(InboundKind.FOLLOW)
    assert (anh.conversation.in_queue, anh.answers[-1]) == (True, phrase("bot.stuck"))


@pytest.mark.parametrize("dialog", [REWORDED, RENAMED])
def test_a_cry_for_help_at_a_lost_question_is_heard(releases, anh, dialog):
    anh.begins().goes_to("Q5").taps("STOP")
    releases.deploy(dialog).retire(OLD)
    anh.says("もう死にたい")
    assert "suicide" in anh.state.detected
    assert (anh.conversation.in_queue, anh.state.node != DIALOG.chat) == (True, True)
    assert phrase("bot.stuck") not in anh.answers


def test_stop_at_a_lost_question_stops(releases, anh):
    anh.begins().goes_to("Q5").taps("STOP")
    releases.deploy(RENAMED).retire(OLD)
    anh.taps("STOP", question="Q5")
    assert anh.state.stopped


def test_the_current_version_is_never_retired(releases):
    with pytest.raises(MoveNotAllowedError):
        releases.deploy(REWORDED).retire("2-reworded")


def test_a_version_that_nobody_knows_cannot_be_retired(releases):
    with pytest.raises(NotFoundError):
        releases.deploy(REWORDED).plan("9-nowhere")


def test_a_version_that_is_started_again_is_served_again(releases, anh):
    anh.begins().goes_to("Q5")
    releases.deploy(version("2-same")).retire(OLD)
    releases.deploy(DIALOG)
    assert {each.version: each.retired for each in releases.deploy(REWORDED).overview()} == {
        OLD: False,
        "2-same": False,
        "2-reworded": False,
    }
    anh.taps("M0")
    assert anh.state.version == OLD


# --- the overview --------------------------------------------------------------------------------


def test_the_overview_counts_who_waits_on_a_changed_or_missing_question(releases, office):
    first, second, third = (office.person("U" + f"{n}" * 32) for n in range(3, 6))
    first.begins().goes_to("Q5")
    second.begins().goes_to("Q5")
    third.begins()
    releasing = releases.deploy(renamed("2-both", "Q5", "Q5B", reworded("x", third.state.node)))
    office.person().begins()
    old, new = releasing.overview()
    assert (old.version, old.residents, old.current, old.usable) == (OLD, 3, False, True)
    assert old.waiting == {"Q5": {Fate.REMOVED: 2}, third.state.node: {Fate.CHANGED: 1}}
    assert (new.version, new.residents, new.current, new.waiting) == ("2-both", 1, True, {})


def test_closed_conversations_are_not_counted(releases, anh, office):
    anh.asks_for_a_person()
    counselor = office.counselor()
    office.counseling.claim(counselor.id, anh.conversation.id)
    office.counseling.close(counselor.id, anh.conversation.id)
    assert [each.residents for each in releases.deploy(REWORDED).overview()] == [0, 0]
