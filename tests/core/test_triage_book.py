"""What the dialog files promise of the rules, and that the table in the docs says what is true."""

import re
from pathlib import Path

import pytest

from bot.authoring.loader import Promise, load_book
from bot.core.answers import Answer
from bot.core.dialog import Ask
from bot.core.triage import assess
from bot.core.triage_rules import RULES
from tests.support.triage_answers import TODAY, flags

ROOT = Path(__file__).parents[2]
BOOK = load_book(ROOT / "dialogs")
TESTS = "\n".join(
    path.read_text(encoding="utf-8") for path in sorted(Path(__file__).parent.glob("test_triage*"))
)
ROW = re.compile(r"^\| (\d+) \| (RF_\w+) \|.*\| ([^|]+) \|$", re.MULTILINE)


def named(promise: Promise) -> str:
    told = (code for codes in promise.answers.values() for code in codes)
    return "-".join((promise.flag, *told))


def assessed(promise: Promise, more: dict[str, Answer]) -> dict[str, str]:
    answers = {question: Answer(codes) for question, codes in promise.answers.items()}
    return flags(
        assess({**more, **answers}, lang=promise.lang, today=TODAY, parameters=BOOK.triage)
    )


@pytest.mark.parametrize("promise", BOOK.promises, ids=named)
def test_the_answers_of_a_promise_raise_its_flag(promise):
    assert promise.flag in assessed(promise, {})


@pytest.mark.parametrize("promise", BOOK.promises, ids=named)
def test_a_promise_holds_where_everything_else_is_skipped(promise):
    skipped = {
        node.id: Answer((node.skip_code,))
        for node in BOOK.dialog.nodes.values()
        if isinstance(node, Ask) and node.skip_code
    }
    assert promise.flag in assessed(promise, skipped)


def test_every_flag_that_answers_can_raise_is_promised():
    assert {rule.flag for rule in RULES} - {promise.flag for promise in BOOK.promises} == {
        "RF_ABUSIVE_USER"
    }


def test_every_answer_that_brings_extra_cards_is_one_of_the_dialog():
    for extra in BOOK.triage.extra:
        for question, codes in (*extra.answers, *extra.unless):
            node = BOOK.dialog.nodes[question]
            assert isinstance(node, Ask)
            assert codes <= {option.code for option in node.options}


def test_the_table_in_the_docs_names_for_each_of_the_33_flags_tests_that_exist():
    docs = (ROOT / "docs" / "triage.md").read_text(encoding="utf-8")
    rows = ROW.findall(docs)
    assert [(int(number), flag) for number, flag, _ in rows] == [
        (number, rule.flag) for number, rule in enumerate(RULES, start=1)
    ]
    assert len(rows) == 33
    for _, flag, proof in rows:
        named = re.findall(r"`(\w+)`", proof)
        assert named, flag
        for test in named:
            assert f"def test_{test}(" in TESTS, f"{flag}: {test}"
