"""The red flags of bed, food, money, home and utilities, at their boundaries."""

import pytest

from bot.core.answers import Answer
from bot.core.model import Level
from bot.core.triage import assess
from tests.support.triage_answers import PARAMETERS, TODAY, flags, in_days, told


def test_no_bed_tonight_is_u3():
    assert flags(told(Q1="SAFE_NO_BED")) == {"RF_HOMELESS_TONIGHT": "U3"}
    assert flags(told(Q7="HOME_NONE")) == {"RF_HOMELESS_TONIGHT": "U3"}
    assert "RF_HOMELESS_TONIGHT" not in flags(told(Q7="HOME_DATE", Q7_DATE="IN_7"))


def test_being_locked_out_is_a_matter_of_tonight_and_of_eviction():
    expected = {"RF_HOMELESS_TONIGHT": "U3", "RF_EVICTION_IMMINENT": "U3"}
    assert flags(told(Q7="HOME_LOCKED")) == expected


def test_no_food_today_is_u3_and_little_food_u2():
    assert flags(told(Q4="FOOD_NONE")) == {"RF_NO_FOOD_TODAY": "U3"}
    assert flags(told(Q4="FOOD_1_2")) == {"RF_FOOD_LOW": "U2"}
    assert flags(told(Q4="FOOD_WEEK")) == {}


def test_food_as_a_topic_alone_only_asks_for_the_answer():
    assert flags(told(Q3="C15")) == {}


@pytest.mark.parametrize(
    ("people", "yen", "fired"),
    [("", 999, True), ("", 1000, False), ("=3", 2999, True), ("=3", 3000, False)],
)
def test_less_than_1000_yen_for_each_person_is_critical(people, yen, fired):
    household = {"Q9": "HH_CHILD", "Q9_N": people} if people else {}
    assert flags(told(Q5=f"={yen}", **household)) == ({"RF_MONEY_CRITICAL": "U3"} if fired else {})


@pytest.mark.parametrize(
    ("yen", "expected"),
    [
        (9999, {"RF_MONEY_CRITICAL": "U3"}),
        (10000, {"RF_MONEY_LOW": "U2"}),
        (19999, {"RF_MONEY_LOW": "U2"}),
        (20000, {}),
    ],
)
def test_yen_for_each_person_and_day_are_critical_below_500_and_low_below_1000(yen, expected):
    answers = {"Q5": f"={yen}", "Q6": "=10", "Q9": "HH_PARTNER", "Q9_N": "N2"}
    assert flags(told(**answers)) == expected


def test_the_worked_example_of_the_rule_table_comes_out_as_printed():
    (hit,) = told(Q5="M4", Q6="NEXT_8_14", Q9="HH_PARTNER,HH_BABY", Q9_N="N3").hits
    assert (hit.flag, hit.level, hit.rule) == ("RF_MONEY_LOW", Level.U2, "ppd<1000")
    figures = {"n": 3, "y": 30000, "d": 14, "ppd": 714}
    assert hit.inputs == {"Q5": "M4", "Q6": "NEXT_8_14", **figures}


@pytest.mark.parametrize(
    ("band", "yen"),
    [("M0", 0), ("M1", 1000), ("M2", 5000), ("M3", 10000), ("M4", 30000), ("M5", 100000)],
)
def test_a_money_band_counts_as_its_lower_bound(band, yen):
    hits = told(Q5=band, Q6="NEXT_NONE", Q9="HH_OTHER", Q9_N="=200").hits
    assert [hit.inputs["y"] for hit in hits] == [yen]


@pytest.mark.parametrize(
    ("band", "days"),
    [("NEXT_0_3", 3), ("NEXT_4_7", 7), ("NEXT_8_14", 14), ("NEXT_15_30", 30), ("NEXT_NONE", 30)],
)
def test_an_income_band_counts_as_its_last_day_and_no_income_as_30_days(band, days):
    (hit,) = told(Q5="=500", Q6=band).hits
    assert hit.inputs["d"] == days


@pytest.mark.parametrize(("band", "days"), [("M0", 30), ("M1", 30), ("M2", 30), ("M3", None)])
def test_a_skipped_income_counts_as_30_days_only_where_money_is_short(band, days):
    (hit,) = told(Q5=band, Q6="SKIP", Q9="HH_OTHER", Q9_N="=11").hits
    assert (hit.flag, hit.inputs["d"]) == ("RF_MONEY_CRITICAL", days)


def test_money_by_the_day_is_not_judged_before_the_next_income_was_asked():
    assert flags(told(Q5="M2")) == {}
    assert flags(told(Q5="M2", Q6="SKIP")) == {"RF_MONEY_CRITICAL": "U3"}


def test_income_today_counts_as_one_day():
    (hit,) = told(Q5="=999", Q6="=0").hits
    assert hit.inputs["ppd"] == 999


def test_a_typed_sum_goes_before_the_band_it_falls_into():
    answers = {"Q5": Answer(("M1",), "4900"), "Q6": Answer(("NEXT_4_7",), "5")}
    assessment = assess(answers, lang="ja", today=TODAY, parameters=PARAMETERS)
    (hit,) = assessment.hits
    assert (hit.flag, hit.inputs["Q5"], hit.inputs["ppd"]) == ("RF_MONEY_LOW", "4900", 980)


def test_a_figure_or_date_that_cannot_be_read_counts_as_not_told():
    assert flags(told(Q5="=some", Q6="=soon")) == {}
    assert flags(told(Q7="HOME_DATE", Q7_DATE="=soon")) == {"RF_EVICTION_RISK": "U2"}


def test_money_that_is_not_told_raises_nothing():
    assert flags(told(Q5="MX", Q6="NEXT_NONE")) == {}


@pytest.mark.parametrize(
    ("household", "number", "people"),
    [
        ("HH_ALONE", "", 1),
        ("HH_PARTNER", "", 2),
        ("HH_CARE", "", 2),
        ("HH_PARENT", "", 2),
        ("HH_PARENT,HH_PARENT65,HH_SIBLING", "", 4),
        ("HH_PARTNER,HH_CHILD,HH_BABY", "", 3),
        ("HH_PARTNER,HH_CHILD", "SKIP", 3),
        ("HH_PARTNER,HH_CHILD", "=5", 5),
        ("HH_PARTNER,HH_CHILD", "N2", 3),
        ("HH_CHILD", "N6", 6),
        ("SKIP", "", 1),
    ],
)
def test_the_household_counts_at_least_those_who_were_named(household, number, people):
    (hit,) = told(Q5="=0", Q9=household, **({"Q9_N": number} if number else {})).hits
    assert hit.inputs["n"] == people


@pytest.mark.parametrize(
    ("by", "expected"),
    [
        (in_days(-1), {"RF_EVICTION_IMMINENT": "U3"}),
        (in_days(7), {"RF_EVICTION_IMMINENT": "U3"}),
        (in_days(8), {"RF_EVICTION_RISK": "U2"}),
        (in_days(60), {"RF_EVICTION_RISK": "U2"}),
        (in_days(61), {}),
        ("IN_7", {"RF_EVICTION_IMMINENT": "U3"}),
        ("IN_30", {"RF_EVICTION_RISK": "U2"}),
        ("IN_60", {"RF_EVICTION_RISK": "U2"}),
        ("LATER", {}),
        ("SKIP", {"RF_EVICTION_RISK": "U2"}),
    ],
)
def test_a_date_to_leave_is_imminent_within_7_days_and_a_risk_within_60(by, expected):
    assert flags(told(Q7="HOME_DATE", Q7_DATE=by)) == expected


def test_a_date_to_leave_that_nobody_knows_yet_is_a_risk():
    assert flags(told(Q7="HOME_DATE")) == {"RF_EVICTION_RISK": "U2"}


def test_a_date_of_an_answer_that_was_taken_back_does_not_count():
    assert flags(told(Q7="HOME_OK", Q7_DATE="IN_7")) == {}


@pytest.mark.parametrize("code", ["HOME_NOTICE", "HOME_LATE2"])
def test_a_letter_or_two_months_of_arrears_are_a_risk_whatever_the_date(code):
    assert flags(told(Q7=code)) == {"RF_EVICTION_RISK": "U2"}
    with_late_date = told(Q7=f"HOME_DATE,{code}", Q7_DATE="LATER")
    assert flags(with_late_date) == {"RF_EVICTION_RISK": "U2"}


@pytest.mark.parametrize("by", ["IN_7", "IN_60", "LATER", "SKIP"])
def test_a_bailiffs_notice_is_imminent_whatever_the_date(by):
    assessment = told(Q7="HOME_LATE2", EV_PAPER="EV_BAILIFF", Q7_DATE=by)
    assert flags(assessment)["RF_EVICTION_IMMINENT"] == "U3"
    assert (assessment.deadline is not None) is (by in ("IN_7", "IN_60"))


@pytest.mark.parametrize("paper", ["EV_CANCEL", "EV_COURT"])
@pytest.mark.parametrize(
    ("by", "expected"),
    [
        ("IN_7", {"RF_EVICTION_IMMINENT": "U3", "RF_EVICTION_RISK": "U2"}),
        ("IN_30", {"RF_EVICTION_RISK": "U2"}),
        ("LATER", {"RF_EVICTION_RISK": "U2"}),
        ("SKIP", {"RF_EVICTION_RISK": "U2"}),
    ],
)
def test_the_date_on_a_paper_counts_like_a_date_to_leave(paper, by, expected):
    assert flags(told(EV_PAPER=paper, Q7_DATE=by)) == expected


def test_a_date_further_off_than_60_days_is_still_the_deadline_of_a_paper():
    assessment = told(Q7="HOME_NOTICE", EV_PAPER="EV_COURT", Q7_DATE=in_days(80))
    assert assessment.deadline == "2027-02-13"


@pytest.mark.parametrize("paper", ["EV_NONE", "EV_DUN", "EV_UNSURE", "SKIP"])
def test_a_reminder_or_a_paper_nobody_can_read_adds_no_flag(paper):
    answers = {"Q7": "HOME_DATE", "Q7_DATE": "LATER", "EV_PAPER": paper}
    assert flags(told(**answers)) == {}


@pytest.mark.parametrize("months", ["EV_M2", "EV_M3"])
def test_two_months_told_later_count_like_two_months_told_first(months):
    answers = {"Q7": "HOME_DATE", "Q7_DATE": "LATER"}
    assert flags(told(**answers, EV_MONTHS=months)) == {"RF_EVICTION_RISK": "U2"}
    assert flags(told(**answers, EV_MONTHS="EV_M0")) == {}


def test_changed_locks_are_an_input_of_the_flag():
    assessment = told(Q7="HOME_LOCKED", EV_LOCKS="EV_LOCKS_YES")
    hit = next(hit for hit in assessment.hits if hit.flag == "RF_EVICTION_IMMINENT")
    assert hit.inputs == {"Q7": "HOME_LOCKED", "EV_LOCKS": "EV_LOCKS_YES"}


def test_one_month_of_arrears_is_u1():
    assert flags(told(Q7="HOME_LATE1")) == {"RF_RENT_LATE": "U1"}
    late = {"Q7": "HOME_DATE", "Q7_DATE": "LATER"}
    assert flags(told(**late, EV_MONTHS="EV_M1")) == {"RF_RENT_LATE": "U1"}
    assert flags(told(Q7="HOME_OK")) == {}


@pytest.mark.parametrize(
    ("codes", "level"),
    [
        ("UTIL_STOP_E", "U3"),
        ("UTIL_STOP_G", "U3"),
        ("UTIL_STOP_W", "U3"),
        ("UTIL_STOP_P", "U2"),
        ("UTIL_STOP_P,UTIL_STOP_G", "U3"),
    ],
)
def test_a_stopped_utility_is_u3_and_the_phone_alone_u2(codes, level):
    assert flags(told(Q8=codes)) == {"RF_UTILITY_STOPPED": level}
    assert flags(told(Q8="UTIL_OK")) == {}


@pytest.mark.parametrize(
    ("by", "level"),
    [
        (in_days(7), "U2"),
        (in_days(8), "U1"),
        ("IN_7", "U2"),
        ("IN_30", "U1"),
        ("LATER", "U1"),
        ("SKIP", "U2"),
    ],
)
def test_a_notice_is_u2_within_7_days_or_without_a_date_and_later_u1(by, level):
    assert flags(told(Q8="UTIL_NOTICE", Q8_DATE=by)) == {"RF_UTILITY_NOTICE": level}
