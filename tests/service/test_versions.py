"""A running conversation stays on the version of the dialog that it began with."""

from dataclasses import replace

import pytest

from bot.errors import DialogInvalidError
from bot.service.flows import KEPT, Versions
from tests.support.dialogs import DIALOG
from tests.support.service_tools import phrase
from tests.support.versions import Releases, flow_of, renamed, reworded, version, words_of

OLD = DIALOG.version
REWORDED = reworded("2-reworded", "Q5")
RENAMED = renamed("2-renamed", "Q5", "Q5B")


@pytest.fixture
def releases(office) -> Releases:
    made = Releases(office)
    made.deploy(DIALOG)
    return made


def put_on(office, person, **changes) -> None:
    """Let a person's stored state be another one."""
    conversation = person.conversation
    state = {**conversation.state, **changes}
    with office.transaction() as work:
        work.conversations.save(replace(conversation, state=state))


# --- a running conversation ----------------------------------------------------------------------


def test_a_running_conversation_goes_on_with_the_questions_and_words_it_began_with(releases, anh):
    anh.begins().goes_to("Q2")
    releases.deploy(REWORDED)
    anh.goes_to("Q5")
    assert words_of(DIALOG) in anh.answers[-1]
    assert words_of(REWORDED) not in anh.answers[-1]
    anh.taps("M0")
    assert (anh.state.version, anh.state.answers["Q5"].codes) == (OLD, ("M0",))
    assert releases.rebuilt == [OLD]


def test_a_question_that_is_gone_is_still_asked_of_those_who_began_with_it(releases, anh):
    anh.begins().goes_to("Q5")
    releases.deploy(RENAMED)
    anh.taps("M0")
    assert anh.own[-1].text not in {"", "M0"}
    assert (anh.state.version, anh.state.answers["Q5"].codes) == (OLD, ("M0",))


def test_a_new_conversation_begins_on_the_new_version(releases, anh, office):
    anh.begins()
    bina = office.person("U" + "2" * 32)
    releases.deploy(REWORDED)
    bina.begins().goes_to("Q5")
    assert words_of(REWORDED) in bina.answers[-1]
    assert (anh.state.version, bina.state.version) == (OLD, "2-reworded")


def test_who_begins_again_does_so_on_the_new_version(releases, anh):
    anh.begins().goes_to("Q5")
    releases.deploy(REWORDED)
    anh.says("restart")
    assert (anh.state.version, anh.state.node, anh.state.lang) == ("2-reworded", "START", "ja")
    anh.taps("START_OK").goes_to("Q5")
    assert words_of(REWORDED) in anh.answers[-1]


def test_a_conversation_on_the_current_version_asks_no_store_for_versions(office, anh):
    class NoVersions(Versions):
        def find(self, work, version):
            raise AssertionError(work, version)

    office.tools = replace(office.tools, desk=replace(office.desk, versions=NoVersions()))
    anh.begins().goes_to("Q5")
    assert anh.state.version == OLD


def test_a_case_is_read_in_the_words_it_was_asked_in(releases, anh, office):
    anh.begins().goes_to("Q5").taps("M0").taps("HUMAN")
    releases.deploy(REWORDED)
    counselor = office.counselor()
    case = office.reading.case(counselor.id, anh.conversation.id)
    [asked] = [each.asked for each in case.answers if each.question == "Q5"]
    assert asked == words_of(DIALOG)


def test_a_conversation_that_is_handed_back_goes_on_with_its_version(releases, anh, office):
    anh.begins().goes_to("Q5").taps("HUMAN")
    counselor = office.counselor()
    office.counseling.claim(counselor.id, anh.conversation.id)
    releases.deploy(RENAMED)
    office.counseling.hand_back(counselor.id, anh.conversation.id)
    anh.taps("CONTINUE")
    assert (anh.state.version, anh.state.node) == (OLD, "Q5")
    assert words_of(DIALOG) in anh.answers[-1]


# --- versions that cannot be had -----------------------------------------------------------------


def test_a_conversation_of_an_unknown_version_goes_on_where_its_place_exists(office, anh):
    anh.begins().goes_to("Q5")
    put_on(office, anh, version="0-forgotten")
    anh.taps("M0")
    assert (anh.state.version, anh.state.answers["Q5"].codes) == (OLD, ("M0",))


def test_a_conversation_of_an_unknown_version_whose_place_is_gone_is_handed_over(office, anh):
    anh.begins().goes_to("Q5")
    put_on(office, anh, version="0-forgotten", node="Q5_GONE")
    anh.says("5000")
    assert (anh.conversation.in_queue, anh.answers[-1]) == (True, phrase("bot.stuck"))


def test_a_version_that_can_be_used_no_longer_counts_as_unknown_and_is_tried_once(releases, anh):
    anh.begins().goes_to("Q5")
    releasing = releases.deploy(version("2-same"))
    tries = []

    def refuse(name, _packed):
        tries.append(name)
        raise DialogInvalidError(["a number was withdrawn"])

    office = releases.office
    office.desk = replace(office.desk, versions=Versions(refuse))
    office.tools = replace(office.tools, desk=office.desk)
    releasing = replace(releasing, desk=office.desk)
    assert {each.version: each.usable for each in releasing.overview()} == {
        OLD: False,
        "2-same": True,
    }
    anh.taps("M0")
    assert (anh.state.version, tries) == ("2-same", [OLD])


def test_a_process_keeps_only_the_versions_it_used_last(office):
    made: list[str] = []

    def rebuild(name, _packed):
        made.append(name)
        return flow_of(version(name))

    versions = Versions(rebuild)
    names = [f"1-{number}" for number in range(KEPT + 1)]
    with office.transaction() as work:
        for name in names:
            work.releases.add(name, b"", at=1)
        for name in (*names, names[-1], names[0]):
            found = versions.find(work, name)
            assert found is not None
            assert found.dialog.version == name
    assert made == [*names, names[0]]
