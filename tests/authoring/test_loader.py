"""Dialog files: what is read from them, and what they are refused for."""

from dataclasses import replace

import pytest

from bot.core.dialog import Ask
from tests.support.dialog_files import DialogFiles
from tests.support.dialogs import BOOK

UNUSED = """
  ALONE:
    kind: say
    text: だれも来ません。
    next: CHAT
"""


@pytest.fixture
def files(tmp_path):
    return DialogFiles(tmp_path)


def test_the_files_as_they_are_can_be_loaded(files):
    book = files.load()
    assert replace(book, detectors=BOOK.detectors) == BOOK
    assert set(book.detectors) == set(BOOK.detectors)


def test_every_sentence_has_an_address_and_numbers_are_filled_in():
    start = BOOK.texts["screening.START.text"]
    assert start.args["POLICE_EMERGENCY"] == "110"
    assert BOOK.texts["screening.Q1.SAFE_OK"].source == "安全です"
    assert "screening.Q1.SAFE_OK" in BOOK.labels
    assert "screening.Q1.text" not in BOOK.labels
    assert BOOK.notes["screening.LANG.text"].startswith("Shown in every language")


def test_the_version_follows_the_content(files):
    before = files.load().dialog.version
    assert (
        files.change("branches/questions", "label: 安全です", "label: 安全だ").load().dialog.version
        != before
    )


def test_no_stays_a_word(files):
    book = files.change("branches/questions", "label: 自分のこと", "label: no").load()
    node = book.dialog.nodes["Q2"]
    assert isinstance(node, Ask)
    assert node.options[0].label.source == "no"


def test_no_may_even_be_the_code_of_an_answer(files):
    book = files.change(
        "branches/violence", "{code: D3_NO, label: いいえ}", "{code: no, label: いいえ}"
    ).load()
    node = book.dialog.nodes["D3"]
    assert isinstance(node, Ask)
    assert [option.code for option in node.options] == ["D3_YES", "no"]


@pytest.mark.parametrize(
    ("name", "old", "new", "problem"),
    [
        (
            "screening",
            "title: はじめての相談",
            "title: はじめての相談\ncolour: red",
            "screening.yaml: colour: Extra inputs are not permitted",
        ),
        (
            "branches/questions",
            "{code: SAFE_OK, label: 安全です, only: true}",
            "{code: SAFE_OK, label: 安全です, onyl: true}",
            "branches/questions.yaml: nodes.Q1.ask.options.0.onyl: Extra inputs are not permitted",
        ),
        (
            "branches/questions",
            "    type: one\n    value: yen",
            "    type: one\n    value: dollar",
            "branches/questions.yaml: nodes.Q5.ask.value: Input should be",
        ),
        (
            "branches/child",
            "    next: K2\n",
            "    next: K9\n",
            "screening.K_NOW: leads to the unknown node K9",
        ),
        (
            "screening",
            "when: {Q1: [SAFE_ILL_NOW]}, goto: CRISIS_MEDICAL}",
            "when: {Q1: [SAFE_ILL_NOW]}, goto: CRISIS_MEDIC}",
            "screening: interrupt medical_now leads to the unknown node CRISIS_MEDIC",
        ),
        (
            "screening",
            "when: {Q1: [SAFE_ILL_NOW]}",
            "when: {Q1: [SAFE_ILL]}",
            "screening: interrupt medical_now: Q1 has no answer SAFE_ILL",
        ),
        (
            "branches/questions",
            "    when: {Q8: [UTIL_NOTICE]}",
            "    when: {Q77: [UTIL_NOTICE]}",
            "screening.Q8_DATE: looks at the unknown question Q77",
        ),
        (
            "branches/questions",
            "    when: {Q8: [UTIL_NOTICE]}",
            "    when: {Q8: UTIL_NOTICE}",
            "branches/questions.yaml: nodes.Q8_DATE: `Q8` takes a list of codes",
        ),
        (
            "branches/questions",
            "    when: {Q8: [UTIL_NOTICE]}",
            "    when: {not: [{Q8: [UTIL_NOTICE]}, {Q8: [UTIL_OK]}]}",
            "branches/questions.yaml: nodes.Q8_DATE: `not` takes conditions",
        ),
        (
            "screening",
            "when: {Q1: [SAFE_VIOLENCE_NOW]}",
            "when: {}",
            "screening.yaml: interrupts.violence_now: an empty condition",
        ),
        (
            "screening",
            "{detected: [suicide, suicide_acute]}",
            "{detected: [suicid]}",
            "screening: interrupt suicide: no detector suicid",
        ),
        (
            "branches/questions",
            "label: 安全です,",
            "label: わたしもかぞくもみんなほんとうにあんぜんです,",
            "screening.Q1.SAFE_OK: the label has 22 graphemes, at most 20",
        ),
        (
            "phrases",
            "{text: もどる,",
            "{text: ひとつまえのしつもんにもどりたいとおもいます,",
            "phrases.control.BACK: the label has 22 graphemes, at most 20",
        ),
        (
            "branches/questions",
            "text: 食べるものはありますか。",
            "text: " + "食べるものはありますか。" * 6,
            "screening.Q4: the question has 72 characters, at most 60",
        ),
        (
            "screening",
            "goto: SUI_LISTEN\n",
            "goto: CRISIS_HANDED\n",
            "screening.CRISIS_HANDED: can be reached without safety words in front",
        ),
        (
            "branches/questions",
            "{code: M1, low: 1000",
            "{code: M0, low: 1000",
            "screening.Q5: the code M0 stands twice",
        ),
        (
            "branches/questions",
            "{code: WHO_PRO, label",
            "{code: HUMAN, label",
            "screening.Q2: HUMAN is the name of a control",
        ),
        (
            "branches/questions",
            "    of: Q3\n",
            "",
            "branches/questions.yaml: nodes.Q3_MAIN: give either options or `of`",
        ),
        (
            "branches/questions",
            "    of: Q3\n",
            "    of: K3\n",
            "screening.Q3_MAIN: `of` names no question",
        ),
        ("screening", "start: LANG", "start: START", "screening: start must be the language menu"),
        (
            "screening",
            "human: HUMAN_ASKED",
            "human: NOT_SENT",
            "screening: human must be a hand_over",
        ),
        ("screening", "chat: CHAT", "chat: NOT_SENT", "screening: chat must be a chat"),
        (
            "screening",
            "stop: STOPPED",
            "stop: NOWHERE",
            "screening.yaml: stop: no node of kind stop",
        ),
        (
            "screening",
            "      U3: 今日のうちに手を打ったほうがよいことがあります。\n",
            "",
            "screening.yaml: nodes.RESULT: no words for U3",
        ),
        (
            "hotlines",
            'status: stored, checked: "2024-01-01"',
            "status: unverified",
            "screening.DV_SAFETY.text: the telephone number {DV_PLUS} is not verified",
        ),
        (
            "branches/child",
            "{CHILD_LINE}（24時間・無料）は、親も",
            "{CHILD_CARE}（24時間・無料）は、親も",
            "screening.CHILD_ME.text: the telephone number {CHILD_CARE} is unknown",
        ),
        ("phrases", "  Q12b: 借金\n", "", "phrases.yaml: topic.Q12b is missing"),
        (
            "phrases",
            "  SKIP: {text: 答えない, typed: [スキップ, 飛ばす, パス, skip]}\n",
            "",
            "phrases.yaml: control.SKIP is missing",
        ),
        ("screening", "chat: CHAT", "chat: CHAT\nchat: CHAT", "screening.yaml: "),
        ("phrases", "  title: くらしの相談", "  title: a\n  title: b", "title stands twice"),
        ("screening", "spec: 1", "spec: [", "screening.yaml: "),
        (
            "programmes",
            'last_checked: "2016-04-01"',
            "last_checked: soon",
            "programmes.yaml: YOUTH",
        ),
        ("detectors/suicide", "\nwords:", "\nwrods:", "detectors/suicide.yaml: wrods"),
        (
            "branches/debt",
            "branch: debt",
            "branch: depth",
            "branches/debt.yaml: branch: must be debt",
        ),
        ("screening", "  - debt\n", "", "branches/debt.yaml: not named in screening.yaml"),
        (
            "branches/debt",
            "  DB_NEW:\n    kind",
            "  Q5:\n    kind",
            "branches/debt.yaml: nodes.Q5: stands in another file already",
        ),
        ("triage", "eviction_risk: 60", "eviction_risk: many", "triage.yaml: dates.eviction_risk"),
    ],
)
def test_a_mistake_is_refused_and_its_place_is_named(files, name, old, new, problem):
    problems = files.change(name, old, new).problems()
    assert any(problem in each for each in problems), problems


def test_a_folder_without_detectors_is_refused(files):
    for path in (files.folder / "detectors").glob("*.yaml"):
        path.unlink()
    assert "detectors/: no detectors" in files.problems()


def test_a_node_nobody_can_reach_is_refused(files):
    problems = files.add("screening", UNUSED).problems()
    assert "screening.ALONE: cannot be reached" in problems


def test_several_mistakes_in_several_files_are_told_at_once(files):
    files.change("screening", "title: はじめての相談", "titel: はじめての相談")
    files.change("screening", "chat: CHAT\n", "")
    files.change("hotlines", 'status: stable, source: "警察（緊急通報）"', 'source: "警察"')
    files.change("programmes", "  reading: はろーわーく\n", "")
    places = {problem.split(":")[0] for problem in files.problems()}
    assert places == {"screening.yaml", "hotlines.yaml", "programmes.yaml"}
    assert len(files.problems()) >= 4


def test_several_mistakes_in_the_graph_are_told_at_once(files):
    files.change("branches/child", "    next: K2\n", "    next: K9\n")
    files.change("screening", "goto: CRISIS_PREGNANCY}", "goto: CRISIS_PREG}")
    assert len(files.problems()) == 2


@pytest.mark.parametrize(
    "name", ["screening", "phrases", "hotlines", "programmes", "branches/debt", "triage"]
)
def test_a_file_that_is_missing_or_empty_is_refused_with_its_name(files, name):
    path = files.folder / f"{name}.yaml"
    path.unlink()
    assert any(f"{name}.yaml: the file is missing" in each for each in files.problems())
    path.write_text("# nothing\n", encoding="utf-8")
    assert any(each.startswith(f"{name}.yaml: ") for each in files.problems())
    path.write_bytes(b"\xff\xfe\x00")
    assert any(each.startswith(f"{name}.yaml: ") for each in files.problems())
