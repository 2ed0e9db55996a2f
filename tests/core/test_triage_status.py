"""The red flags of residence, study, work and debt, at their boundaries."""

import pytest

from tests.support.triage_answers import TODAY, flags, in_days, told

# --- residence --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("by", "expected"),
    [
        (in_days(-1), {"RF_VISA_EXPIRED": "U2"}),
        ("PAST", {"RF_VISA_EXPIRED": "U2"}),
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
    assert flags(told(lang="en", Q12a="NONE")) == {"RF_VISA_EXPIRED": "U2"}
    for by in (in_days(-5), "PAST"):
        assessment = told(lang="en", Q12a="WORK", Q12a_DATE=by)
        assert flags(assessment) == {"RF_VISA_EXPIRED": "U2"}
        assert assessment.deadline is None


@pytest.mark.parametrize("renewal", ["V_RENEW_YES", "V_RENEW_NO", "V_RENEW_UNSURE"])
def test_a_renewal_that_was_applied_for_is_told_and_lowers_nothing(renewal):
    (hit,) = told(lang="en", Q12a="DEP", Q12a_DATE="IN_7", V_RENEW=renewal).hits
    assert hit.level.name == "U3"
    assert hit.inputs["V_RENEW"] == renewal


def test_saying_nothing_about_the_status_raises_nothing():
    assert flags(told(lang="en", Q12a="NOSAY")) == {}


@pytest.mark.parametrize("by", ["IN_7", "PAST"])
def test_a_date_of_a_status_that_does_not_end_does_not_count(by):
    assert flags(told(lang="en", Q12a="PR", Q12a_DATE=by)) == {}


# --- study ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("by", "fired"),
    [
        (in_days(-1), True),
        (in_days(30), True),
        (in_days(31), False),
        ("IN_7", True),
        ("IN_30", True),
        ("LATER", False),
        ("SKIP", True),
    ],
)
def test_tuition_that_is_hard_to_pay_endangers_the_enrolment_within_30_days_or_without_a_date(
    by, fired
):
    answers = {"Q10": "WORK_STUDENT", "ST_FEE": "ST_FEE_HARD", "ST_DATE": by}
    assert flags(told(**answers)) == ({"RF_STUDENT_ENROL": "U2"} if fired else {})


@pytest.mark.parametrize("by", ["IN_7", "LATER", "SKIP"])
def test_a_letter_that_ends_the_enrolment_counts_whatever_the_date(by):
    answers = {"Q10": "WORK_STUDENT", "ST_FEE": "ST_FEE_LETTER", "ST_DATE": by}
    assert flags(told(**answers)) == {"RF_STUDENT_ENROL": "U2"}


def test_tuition_that_can_be_paid_or_was_not_told_is_no_flag():
    for fee in ("ST_FEE_OK", "SKIP"):
        assert flags(told(Q10="WORK_STUDENT", ST_FEE=fee)) == {}


def test_the_date_of_the_tuition_is_a_deadline():
    assessment = told(ST_FEE="ST_FEE_HARD", ST_DATE=in_days(0))
    assert assessment.deadline == TODAY.isoformat()


# --- work -------------------------------------------------------------------------------------


@pytest.mark.parametrize("months", ["W_M1", "W_M2", "W_M3", "SKIP"])
def test_wages_unpaid_for_a_month_or_for_months_not_told_are_u2(months):
    answers = {"Q10": "WORK_TROUBLE", "W_WHAT": "W_UNPAID,W_FIRED", "W_MONTHS": months}
    assert flags(told(**answers)) == {"RF_WAGE_UNPAID": "U2"}


@pytest.mark.parametrize(
    "answers",
    [
        {"W_WHAT": "W_UNPAID", "W_MONTHS": "W_M0"},
        {"W_WHAT": "W_UNPAID"},
        {"W_WHAT": "W_FIRED,W_HARASS", "W_MONTHS": "W_M2"},
    ],
)
def test_less_than_a_month_or_other_trouble_is_no_unpaid_wage(answers):
    assert flags(told(Q10="WORK_TROUBLE", **answers)) == {}


@pytest.mark.parametrize("sign", ["W_DOCS", "W_LOCKED", "W_THREAT"])
def test_papers_taken_no_way_out_or_threats_at_work_are_exploitation(sign):
    assert flags(told(Q3="C08", W_WHAT=f"W_INJURED,{sign}")) == {"RF_LABOUR_EXPLOIT": "U3"}


@pytest.mark.parametrize("what", ["W_NONE", "W_FIRED,W_INJURED,W_HARASS", "SKIP"])
def test_a_dispute_at_work_is_not_exploitation(what):
    assessment = told(Q3="C08", Q10="WORK_TROUBLE", W_WHAT=what)
    assert flags(assessment) == {}
    assert assessment.level.name == "U1"


# --- debt -------------------------------------------------------------------------------------


def test_debt_that_is_hard_to_pay_is_u1():
    assert flags(told(Q12b="DEBT_HARD")) == {"RF_DEBT": "U1"}
    assert flags(told(Q12b="DEBT_OK,DEBT_SPECIAL_LOAN")) == {}


def test_three_lenders_are_a_debt_that_is_hard_to_pay():
    with_letter = {"Q12b": "DEBT_COURT"}
    expected = {"RF_DEBT": "U1", "RF_SEIZURE": "U2"}
    assert flags(told(**with_letter, DB_LENDERS="DB_L3")) == expected
    for fewer in ("DB_L1", "DB_L2", "DB_L_UNKNOWN"):
        assert flags(told(**with_letter, DB_LENDERS=fewer)) == {"RF_SEIZURE": "U2"}


def test_a_letter_of_seizure_is_u2():
    assert flags(told(Q12b="DEBT_COURT")) == {"RF_SEIZURE": "U2"}
    assert "RF_SEIZURE" not in flags(told(Q12b="DEBT_HARD"))


def test_the_date_of_a_letter_of_seizure_is_a_deadline_and_changes_no_level():
    for by in ("IN_7", "LATER", "SKIP"):
        assert flags(told(Q12b="DEBT_COURT", DB_DATE=by)) == {"RF_SEIZURE": "U2"}
    assert told(Q12b="DEBT_COURT", DB_DATE="IN_7").deadline == "2026-12-02"


def test_threats_over_debt_are_u3():
    assert flags(told(Q12b="DEBT_THREAT")) == {"RF_DEBT_THREAT": "U3"}
    assert "RF_DEBT_THREAT" not in flags(told(Q12b="DEBT_HARD,DEBT_COURT"))
