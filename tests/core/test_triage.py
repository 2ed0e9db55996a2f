"""The red flags of life, body, status, debt and age, and the answers that do not raise them."""

from dataclasses import replace

import pytest

from bot.core.answers import Answer
from bot.core.model import Level
from bot.core.triage import assess
from tests.support.triage_answers import PARAMETERS, TODAY, flags, in_days, told


@pytest.mark.parametrize("answers", [{"S1": "S1_YES"}, {"S2": "S2_YES"}])
def test_a_yes_to_now_or_to_a_plan_is_acute_and_replaces_the_lower_flag(answers):
    assessment = told(Q1="SAFE_SUICIDE", **answers)
    assert flags(assessment) == {"RF_SUICIDE_ACUTE": "U4"}
    assert assessment.level is Level.U4


@pytest.mark.parametrize(
    "answers",
    [
        {"Q1": "SAFE_SUICIDE"},
        {"Q11": "BM_SUI"},
        {"Q1": "SAFE_SUICIDE", "S1": "S1_NO", "S2": "S2_NO"},
        {"Q1": "SAFE_SUICIDE", "S1": "SKIP", "S2": "SKIP"},
    ],
)
def test_thoughts_of_dying_stay_u3_whether_the_next_questions_are_denied_or_skipped(answers):
    assert flags(told(**answers)) == {"RF_SUICIDE": "U3"}


def test_a_text_that_sounds_like_suicide_raises_to_u3_and_says_that_it_was_the_text():
    (hit,) = told(("suicide",), Q1="SAFE_OK", S1="S1_NO", S2="S2_NO").hits
    assert (hit.flag, hit.level, hit.source) == ("RF_SUICIDE", Level.U3, "text")


def test_a_tapped_answer_is_named_as_the_source_before_the_text():
    (hit,) = told(("suicide",), Q1="SAFE_SUICIDE").hits
    assert hit.source == "answers"


@pytest.mark.parametrize(
    "answers",
    [{"Q1": "SAFE_VIOLENCE_NOW"}]
    + [{"D2": code} for code in ("D2_HURT", "D2_WEAPON", "D2_CHOKE", "D2_THREAT")],
)
def test_violence_now_or_any_sign_of_deadly_violence_is_u4(answers):
    assert flags(told(**answers)) == {"RF_VIOLENCE_NOW": "U4"}


@pytest.mark.parametrize(
    "answers",
    [
        {"Q1": "SAFE_VIOLENCE"},
        {"Q3": "C14"},
        {"Q2": "WHO_SELF", "Q3": "C14"},
        {"Q2": "SKIP", "Q3": "C14"},
        {"Q2": "WHO_FAMILY", "Q3": "C14"},
        {"Q7": "HOME_UNSAFE"},
        {"Q1": "SAFE_VIOLENCE", "D2": "D2_NONE"},
    ],
)
def test_fear_at_home_is_u3_unless_it_is_known_to_be_about_another_person(answers):
    assert flags(told(**answers)) == {"RF_DV": "U3"}


@pytest.mark.parametrize("who", ["WHO_OTHER", "WHO_PRO"])
def test_abuse_as_a_topic_of_another_person_is_not_the_flag_of_a_survivor(who):
    assert flags(told(Q2=who, Q3="C14")) == {}


def test_a_text_that_tells_of_violence_raises_the_flag_even_if_the_questions_are_denied():
    (hit,) = told(("violence",), Q1="SAFE_OK", D2="D2_NONE").hits
    assert (hit.flag, hit.level, hit.source) == ("RF_DV", Level.U3, "text")


def test_a_child_in_danger_now_is_u4():
    assert flags(told(Q1="SAFE_CHILD", K1="CHILD_NOW")) == {"RF_CHILD_ABUSE": "U4"}


def test_a_child_that_was_hurt_before_is_u3():
    assert flags(told(Q1="SAFE_CHILD", K1="CHILD_BEFORE")) == {"RF_CHILD_ABUSE": "U3"}


def test_a_worry_about_a_child_that_is_not_explained_counts_as_hurt_before():
    assert flags(told(Q1="SAFE_CHILD", K1="SKIP")) == {"RF_CHILD_ABUSE": "U3"}


def test_a_worry_about_a_child_alone_raises_nothing_before_the_question_is_answered():
    assert flags(told(Q1="SAFE_CHILD")) == {}
    assert flags(told(Q1="SAFE_CHILD", K1="CHILD_NO")) == {}


@pytest.mark.parametrize(
    ("answers", "level"),
    [
        ({"Q1": "SAFE_VIOLENCE"}, "U3"),
        ({"Q3": "C14"}, "U3"),
        ({"Q2": "WHO_OTHER", "Q3": "C14"}, "U3"),
        ({"Q7": "HOME_UNSAFE"}, "U3"),
        ({"Q1": "SAFE_VIOLENCE_NOW"}, "U4"),
        ({"D2": "D2_CHOKE"}, "U4"),
    ],
)
def test_children_in_a_home_with_violence_are_a_flag_of_their_own(answers, level):
    assert flags(told(**answers, D3="D3_YES"))["RF_CHILD_ABUSE"] == level
    assert "RF_CHILD_ABUSE" not in flags(told(**answers, D3="D3_NO"))


def test_a_minor_in_a_home_with_violence_is_the_child_of_the_flag():
    assert flags(told(Q2="WHO_MINOR", Q3="C14")) == {
        "RF_DV": "U3",
        "RF_CHILD_ABUSE": "U3",
        "RF_MINOR": "U2",
    }


def test_sudden_illness_is_u4():
    assert flags(told(Q1="SAFE_ILL_NOW")) == {"RF_MEDICAL_NOW": "U4"}


@pytest.mark.parametrize("code", ["BM_UNTREATED", "BM_NOMED"])
def test_illness_without_a_doctor_or_medicine_is_u2(code):
    assert flags(told(Q11=code)) == {"RF_MEDICAL_UNTREATED": "U2"}


@pytest.mark.parametrize("codes", ["BM_PREGNANT", "BM_PREGNANT,BM_TREATED"])
def test_a_pregnancy_counts_as_without_care_while_care_is_not_asked(codes):
    assert flags(told(Q11=codes)) == {"RF_PREGNANCY_NO_CARE": "U3"}


def test_a_pregnancy_is_u2_where_supervisors_say_that_unknown_care_counts_as_care():
    parameters = replace(PARAMETERS, pregnancy_unknown_is_no_care=False)
    answers = {"Q11": Answer(("BM_PREGNANT",))}
    assessment = assess(answers, lang="ja", today=TODAY, parameters=parameters)
    assert flags(assessment) == {"RF_PREGNANCY": "U2"}


@pytest.mark.parametrize(
    ("by", "expected"),
    [
        (in_days(-1), {"RF_VISA_EXPIRED": "U2"}),
        (in_days(0), {"RF_VISA_EXPIRING": "U3"}),
        (in_days(7), {"RF_VISA_EXPIRING": "U3"}),
        (in_days(8), {"RF_VISA_EXPIRING": "U2"}),
        (in_days(30), {"RF_VISA_EXPIRING": "U2"}),
        (in_days(31), {"RF_VISA_EXPIRING": "U1"}),
        (in_days(90), {"RF_VISA_EXPIRING": "U1"}),
        (in_days(91), {}),
        ("IN_7", {"RF_VISA_EXPIRING": "U3"}),
        ("IN_30", {"RF_VISA_EXPIRING": "U2"}),
        ("IN_90", {"RF_VISA_EXPIRING": "U1"}),
        ("LATER", {}),
        ("NOSAY", {}),
    ],
)
def test_a_status_is_urgent_by_the_days_until_it_expires(by, expected):
    assert flags(told(lang="vi", Q12a="STU", Q12a_DATE=by)) == expected


def test_no_valid_status_is_u2_and_brings_no_deadline():
    assessment = told(lang="en", Q12a="NONE")
    assert flags(assessment) == {"RF_VISA_EXPIRED": "U2"}
    assert told(lang="en", Q12a="WORK", Q12a_DATE=in_days(-5)).deadline is None


def test_saying_nothing_about_the_status_raises_nothing():
    assert flags(told(lang="en", Q12a="NOSAY")) == {}
    assert flags(told(lang="en", Q12a="PR", Q12a_DATE="IN_7")) == {}


def test_debt_that_is_hard_to_pay_is_u1():
    assert flags(told(Q12b="DEBT_HARD")) == {"RF_DEBT": "U1"}
    assert flags(told(Q12b="DEBT_OK,DEBT_SPECIAL_LOAN")) == {}


def test_a_letter_of_seizure_is_u2():
    assert flags(told(Q12b="DEBT_COURT")) == {"RF_SEIZURE": "U2"}


def test_threats_over_debt_are_u3():
    assert flags(told(Q12b="DEBT_THREAT")) == {"RF_DEBT_THREAT": "U3"}


@pytest.mark.parametrize("answers", [{"Q3": "C10"}, {"Q3": "SKIP"}, {"Q7": "HOME_LATE1"}])
def test_a_minor_with_any_need_is_at_least_u2(answers):
    assessment = told(Q2="WHO_MINOR", **answers)
    assert flags(assessment)["RF_MINOR"] == "U2"
    assert assessment.level is Level.U2
    assert assessment.modifiers == ("VM_MINOR",)


def test_a_minor_with_only_a_question_is_known_as_a_minor_and_stays_u0():
    assessment = told(Q2="WHO_MINOR", Q3="INFO")
    assert flags(assessment) == {"RF_MINOR": "U0"}
    assert assessment.level is Level.U0


def test_withdrawal_of_an_adult_is_u1_and_of_a_minor_a_need_of_a_minor():
    assert flags(told(Q2="WHO_FAMILY", Q3="C13")) == {"RF_HIKIKOMORI": "U1"}
    assert flags(told(Q2="WHO_MINOR", Q3="C13")) == {"RF_MINOR": "U2"}


def test_a_dispute_at_work_raises_no_flag_before_it_is_asked_what_happened():
    assessment = told(Q3="C08", Q10="WORK_TROUBLE")
    assert flags(assessment) == {}
    assert assessment.level is Level.U1
