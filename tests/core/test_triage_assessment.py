"""What an assessment says as a whole: level, deadline, modifiers, what is open, and its JSON."""

import json

import pytest

from bot.core.answers import Answer
from bot.core.model import Level
from bot.core.triage import assess
from tests.support.triage_answers import PARAMETERS, TODAY, told


def test_the_level_is_the_highest_of_the_hits():
    assert told(Q4="FOOD_1_2", Q7="HOME_LATE1", Q8="UTIL_STOP_W").level is Level.U3


def test_a_topic_without_a_flag_is_u1():
    assert told(Q1="SAFE_OK", Q3="C09").level is Level.U1


def test_only_a_question_is_u0():
    assert told(Q1="SAFE_OK", Q3="INFO").level is Level.U0


@pytest.mark.parametrize("checked", ["CK_NONE", "CK_FOOD,CK_HOME,CK_DEBT"])
def test_the_self_check_raises_nothing_and_is_no_reason_to_expect_nothing(checked):
    assessment = told(START="START_CHECK", CHECK=checked, CHECK_NEXT="CHECK_LATER")
    assert (assessment.level, assessment.hits) == (Level.U1, ())
    assert assessment.suggestions == ()


def test_only_a_question_with_a_worry_about_a_child_is_u1():
    assert told(Q1="SAFE_CHILD", K1="K1_NONE", Q3="INFO").level is Level.U1


def test_a_resident_of_whom_nothing_is_known_is_u1():
    assert told().level is Level.U1
    assert told(Q1="SKIP", Q2="SKIP", Q3="SKIP").level is Level.U1


def test_the_earliest_date_of_the_hits_is_the_deadline_and_a_band_counts_as_its_last_day():
    assessment = told(
        lang="en",
        Q7="HOME_DATE",
        Q7_DATE="IN_60",
        Q8="UTIL_NOTICE",
        Q8_DATE="IN_30",
        Q12a="DEP",
        Q12a_DATE="IN_90",
    )
    assert assessment.deadline == "2026-12-25"
    notice = next(hit for hit in assessment.hits if hit.flag == "RF_UTILITY_NOTICE")
    assert notice.inputs["Q8_DATE"] == "IN_30"
    assert notice.inputs["days"] == 30


def test_without_a_date_there_is_no_deadline():
    assert told(Q7="HOME_DATE", Q7_DATE="SKIP").deadline is None


def test_modifiers_tell_who_is_in_the_household_and_in_what_state():
    assessment = told(
        Q8="UTIL_STOP_P", Q9="HH_PARTNER,HH_BABY", Q11="BM_TREATED,BM_PREGNANT", S3="S3_ALONE"
    )
    expected = ("VM_BABY", "VM_PREGNANT", "VM_ALONE", "VM_ILL", "VM_NO_PHONE")
    assert assessment.modifiers == expected


@pytest.mark.parametrize(
    ("answers", "modifier"),
    [
        ({"Q2": "WHO_MINOR"}, "VM_MINOR"),
        ({"T_WHO": "T_CHILD"}, "VM_MINOR"),
        ({"T_WHO": "T_ELDER75"}, "VM_75"),
        ({"HK_PARENT": "HK_P75"}, "VM_75"),
        ({"Q3Y": "Y_PREG"}, "VM_PREGNANT"),
        ({"M_NOW": "M_FAINT"}, "VM_ILL"),
        ({"Q9": "HH_ALONE"}, "VM_ALONE"),
    ],
)
def test_answers_of_branches_set_modifiers_too(answers, modifier):
    assert told(**answers).modifiers == (modifier,)


def test_younger_elders_and_parents_are_no_modifier():
    assert told(T_WHO="T_ELDER", HK_PARENT="HK_P70").modifiers == ()


def test_the_worst_topic_is_the_primary_one_and_a_single_topic_needs_no_asking():
    assert told(Q3="C03,C11", Q3_MAIN="C11").primary == "C11"
    assert told(Q3="C03").primary == "C03"
    assert told(Q3="C03,C11", Q3_MAIN="SKIP").primary is None
    assert told(Q3="C03,C11", Q3_MAIN="SKIP").categories == ("C03", "C11")
    assert told(Q3="INFO").categories == ()


def test_topics_of_a_minor_are_categories_where_adults_have_the_same():
    several = told(Q2="WHO_MINOR", Q3Y="C10,Y_FRIENDS,Y_PREG")
    assert (several.categories, several.primary) == (("C10",), None)
    alone = told(Q2="WHO_MINOR", Q3Y="C13")
    assert (alone.categories, alone.primary) == (("C13",), "C13")


def test_skipped_questions_are_not_asked_and_the_twelfth_is_the_one_of_the_language():
    everything = {f"Q{number}": "SKIP" for number in range(1, 12)}
    asking_order = ("Q1", "Q2", "Q3", "Q5", "Q4", "Q6", "Q7", "Q8", "Q9", "Q10", "Q11")
    assert told(**everything).not_asked == (*asking_order, "Q12b")
    assert told(lang="ja-easy").not_asked == (*asking_order, "Q12a")


def test_the_topic_is_known_where_a_minor_told_it_and_open_where_it_was_skipped():
    assert "Q3" not in told(Q2="WHO_MINOR", Q3Y="C10").not_asked
    assert "Q3" in told(Q2="WHO_MINOR", Q3Y="SKIP").not_asked


def test_the_question_of_debt_is_missed_only_where_it_would_have_been_put():
    assert "Q12b" not in told(lang="vi", Q12a="STU").not_asked
    assert "Q12b" in told(lang="vi", Q12a="STU", Q3="C06").not_asked
    assert told(lang="ja", Q12b="DEBT_NO").not_asked[-1] == "Q11"


def test_the_json_is_the_worked_example_of_the_rule_table():
    """Word for word, but for the cards: the example names the first, we name all."""
    answers = {
        "Q1": Answer(("SAFE_OK",)),
        "Q2": Answer(("WHO_SELF",)),
        "Q3": Answer(("C03", "C11")),
        "Q3_MAIN": Answer(("C11",)),
        "Q5": Answer(("M4",)),
        "Q4": Answer(("FOOD_WEEK",)),
        "Q6": Answer(("NEXT_8_14",)),
        "Q7": Answer(("HOME_OK",)),
        "Q8": Answer(("SKIP",)),
        "Q9": Answer(("HH_PARTNER", "HH_BABY")),
        "Q9_N": Answer(("N3",)),
        "Q10": Answer(("WORK_PART",)),
        "Q11": Answer(("BM_OK",)),
        "Q12a": Answer(("LTR",)),
        "Q12a_DATE": Answer(("LATER",)),
    }
    assessment = assess(answers, lang="th", today=TODAY, parameters=PARAMETERS, mt_used=True)
    figures = {"n": 3, "y": 30000, "d": 14, "ppd": 714}
    shown = json.loads(json.dumps(assessment.as_json()))
    suggestions = shown.pop("suggestions")
    assert suggestions[0] == {"programme": "BUDGET", "why": "RF_MONEY_LOW"}
    assert shown == {
        "level": "U2",
        "hits": [
            {
                "flag": "RF_MONEY_LOW",
                "level": "U2",
                "rule": "ppd<1000",
                "inputs": {"Q5": "M4", "Q6": "NEXT_8_14", **figures},
                "source": "answers",
            }
        ],
        "modifiers": ["VM_BABY"],
        "deadline": None,
        "categories": ["C03", "C11"],
        "primary": "C11",
        "not_asked": ["Q8"],
        "lang": "th",
        "mt_used": True,
    }
