"""The red flags of body, pregnancy, age and withdrawal, and what does not raise them."""

from dataclasses import replace

import pytest

from bot.core.answers import Answer
from bot.core.model import Level
from bot.core.triage import assess
from tests.support.triage_answers import PARAMETERS, TODAY, flags, told

# --- illness ----------------------------------------------------------------------------------


def test_sudden_illness_is_u4():
    assert flags(told(Q1="SAFE_ILL_NOW")) == {"RF_MEDICAL_NOW": "U4"}


@pytest.mark.parametrize("sign", ["M_CHEST", "M_BREATH", "M_BLEED", "M_FAINT", "M_SIDE"])
def test_a_sign_of_an_emergency_is_u4(sign):
    (hit,) = told(Q11="BM_TREATED", M_NOW=sign).hits
    assert (hit.level, hit.source, hit.inputs) == (Level.U4, "answers", {"M_NOW": sign})
    assert flags(told(Q11="BM_TREATED", M_NOW="M_NONE")) == {}


@pytest.mark.parametrize("sign", ["PG_PAIN", "PG_BLEED", "PG_WATER"])
def test_pain_blood_or_water_in_pregnancy_is_an_emergency_beside_the_pregnancy(sign):
    expected = {"RF_MEDICAL_NOW": "U4", "RF_PREGNANCY": "U2"}
    assert flags(told(Q11="BM_PREGNANT", PG_NOW=sign)) == expected
    assert flags(told(Q11="BM_PREGNANT", PG_NOW="PG_NONE")) == {"RF_PREGNANCY": "U2"}


def test_a_text_about_an_emergency_asks_first_and_counts_as_a_yes_where_that_is_skipped():
    assert flags(told(("medical",))) == {}
    assert flags(told(("medical",), M_NOW="M_NONE")) == {}
    assert flags(told(M_NOW="SKIP")) == {}
    (hit,) = told(("medical",), M_NOW="SKIP").hits
    assert (hit.level, hit.source) == (Level.U4, "text")
    assert hit.inputs == {"detector": "medical", "M_NOW": "SKIP"}


@pytest.mark.parametrize("code", ["BM_UNTREATED", "BM_NOMED"])
def test_illness_without_a_doctor_or_medicine_is_u2(code):
    assert flags(told(Q11=code)) == {"RF_MEDICAL_UNTREATED": "U2"}
    assert flags(told(Q11="BM_TREATED")) == {}


@pytest.mark.parametrize("drug", ["M_INSULIN", "M_EPILEPSY", "M_MENTAL"])
@pytest.mark.parametrize(
    ("days", "level"),
    [("M_D3", "U3"), ("=3", "U3"), ("SKIP", "U3"), ("=4", "U2"), ("M_D7", "U2"), ("M_D8", "U2")],
)
def test_medicine_one_cannot_be_without_is_u3_for_3_days_or_days_not_told(drug, days, level):
    answers = {"Q11": "BM_NOMED", "M_DRUG": f"M_OTHER,{drug}", "M_DAYS": days}
    assert flags(told(**answers)) == {"RF_MEDICAL_UNTREATED": level}


@pytest.mark.parametrize("answers", [{"M_DRUG": "M_OTHER"}, {"M_DRUG": "SKIP"}, {}])
def test_other_medicine_or_medicine_not_told_stays_u2(answers):
    assert flags(told(Q11="BM_NOMED", M_DAYS="M_D3", **answers)) == {"RF_MEDICAL_UNTREATED": "U2"}


def test_medicine_is_u2_before_its_days_were_asked():
    assert flags(told(Q11="BM_NOMED", M_DRUG="M_INSULIN")) == {"RF_MEDICAL_UNTREATED": "U2"}


# --- pregnancy --------------------------------------------------------------------------------


@pytest.mark.parametrize("pregnant", [{"Q11": "BM_PREGNANT"}, {"Q11": "BM_PREGNANT,BM_TREATED"}])
@pytest.mark.parametrize("weeks", ["PG_W11", "PG_W22", "SKIP"])
def test_a_pregnancy_without_check_ups_is_u3_in_any_week(pregnant, weeks):
    answers = {**pregnant, "PG_CARE": "PG_CARE_NO", "PG_WEEKS": weeks}
    assert flags(told(**answers)) == {"RF_PREGNANCY_NO_CARE": "U3"}


@pytest.mark.parametrize(
    ("weeks", "expected"),
    [
        ("PG_W11", {"RF_PREGNANCY": "U2"}),
        ("PG_W21", {"RF_PREGNANCY": "U2"}),
        ("PG_W22", {"RF_PREGNANCY_NO_CARE": "U3"}),
        ("PG_W_UNKNOWN", {"RF_PREGNANCY_NO_CARE": "U3"}),
        ("SKIP", {"RF_PREGNANCY_NO_CARE": "U3"}),
    ],
)
def test_check_ups_not_told_count_as_none_from_22_weeks_or_an_unknown_week(weeks, expected):
    assert flags(told(Q11="BM_PREGNANT", PG_CARE="SKIP", PG_WEEKS=weeks)) == expected


def test_supervisors_can_say_that_an_unknown_week_is_not_late():
    parameters = replace(PARAMETERS, pregnancy_unknown_is_no_care=False)
    answers = {"Q11": "BM_PREGNANT", "PG_CARE": "SKIP"}

    def flags_at(weeks: str) -> dict[str, str]:
        put = {**answers, "PG_WEEKS": weeks}
        coded = {question: Answer((code,)) for question, code in put.items()}
        return flags(assess(coded, lang="ja", today=TODAY, parameters=parameters))

    assert flags_at("SKIP") == {"RF_PREGNANCY": "U2"}
    assert flags_at("PG_W22") == {"RF_PREGNANCY_NO_CARE": "U3"}


@pytest.mark.parametrize(
    "answers",
    [
        {},
        {"PG_CARE": "PG_CARE_YES"},
        {"PG_CARE": "PG_CARE_YES", "PG_WEEKS": "PG_W22", "PG_PLACE": "PG_PLACE_NO"},
        {"PG_CARE": "SKIP"},
    ],
)
def test_a_pregnancy_with_check_ups_or_before_they_were_asked_is_u2(answers):
    assert flags(told(Q11="BM_PREGNANT", **answers)) == {"RF_PREGNANCY": "U2"}


def test_a_minor_who_may_be_pregnant_is_pregnant_for_the_rules():
    answers = {"Q2": "WHO_MINOR", "Q3Y": "Y_PREG"}
    assert flags(told(**answers)) == {"RF_PREGNANCY": "U2", "RF_MINOR": "U2"}
    no_care = flags(told(**answers, PG_CARE="PG_CARE_NO"))
    assert no_care == {"RF_PREGNANCY_NO_CARE": "U3", "RF_MINOR": "U2"}


def test_check_ups_of_nobody_who_is_pregnant_raise_nothing():
    assert flags(told(Q11="BM_OK", PG_CARE="PG_CARE_NO")) == {}


# --- age --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "answers",
    [
        {"Q3Y": "C10"},
        {"Q3Y": "Y_FRIENDS"},
        {"Q3Y": "SKIP"},
        {"Q3": "C10"},
        {"Q7": "HOME_LATE1"},
        {"YC_DO": "YC_HOUSE", "YC_OFTEN": "YC_DAILY"},
    ],
)
def test_a_minor_with_any_need_is_at_least_u2(answers):
    assessment = told(Q2="WHO_MINOR", **answers)
    assert flags(assessment)["RF_MINOR"] == "U2"
    assert assessment.level is Level.U2
    assert assessment.modifiers == ("VM_MINOR",)


def test_a_minor_with_only_a_question_is_known_as_a_minor_and_stays_u0():
    assessment = told(Q2="WHO_MINOR", Q3Y="INFO")
    assert flags(assessment) == {"RF_MINOR": "U0"}
    assert assessment.level is Level.U0
    assert "RF_MINOR" not in flags(told(Q2="WHO_SELF", Q3="INFO"))


CARE = ("YC_CARE", "YC_SIBLING", "YC_HOUSE", "YC_INTERPRET", "YC_LISTEN", "YC_WORK")


@pytest.mark.parametrize("care", CARE)
@pytest.mark.parametrize("much", [{"YC_OFTEN": "YC_DAILY"}, {"YC_SCHOOL": "YC_SCHOOL_YES"}])
def test_care_every_day_or_at_the_price_of_school_is_a_young_carer(care, much):
    assert flags(told(Q2="WHO_MINOR", Q3Y="C12", YC_DO=care, **much))["RF_YOUNG_CARER"] == "U2"


@pytest.mark.parametrize(
    "answers",
    [
        {"YC_DO": "YC_CARE", "YC_OFTEN": "YC_WEEKLY", "YC_SCHOOL": "YC_SCHOOL_NO"},
        {"YC_DO": "YC_CARE", "YC_OFTEN": "SKIP", "YC_SCHOOL": "SKIP"},
        {"YC_DO": "YC_NONE"},
    ],
)
def test_a_minor_who_helps_now_and_then_is_no_young_carer(answers):
    assert "RF_YOUNG_CARER" not in flags(told(Q2="WHO_MINOR", Q3Y="C12", **answers))


@pytest.mark.parametrize(
    "age", [{}, {"HK_AGE": "SKIP"}, {"HK_AGE": "HK_A39"}, {"HK_AGE": "HK_A40"}]
)
def test_withdrawal_of_an_adult_is_u1(age):
    assert flags(told(Q2="WHO_FAMILY", Q3="C13", **age)) == {"RF_HIKIKOMORI": "U1"}


def test_withdrawal_of_a_minor_or_of_a_child_under_15_is_not_the_flag_of_adults():
    assert flags(told(Q2="WHO_MINOR", Q3Y="C13")) == {"RF_MINOR": "U2"}
    assert flags(told(Q2="WHO_FAMILY", Q3="C13", HK_AGE="HK_A14")) == {}


OLD = {"Q2": "WHO_FAMILY", "Q3": "C13", "HK_AGE": "HK_A40", "HK_PARENT": "HK_P70"}


@pytest.mark.parametrize(
    ("answers", "level"),
    [
        ({}, "U1"),
        ({"HK_PARENT": "HK_P75"}, "U1"),
        ({"HK_CHANGE": "HK_C_NONE"}, "U1"),
        ({"HK_CHANGE": "SKIP"}, "U1"),
        ({"HK_CHANGE": "HK_C_ILL"}, "U2"),
        ({"HK_CHANGE": "HK_C_CARE"}, "U2"),
        ({"HK_CHANGE": "HK_C_MONEY"}, "U2"),
        ({"HK_CHANGE": "HK_C_DEATH"}, "U2"),
    ],
)
def test_a_parent_of_70_with_a_child_of_40_is_u1_and_u2_where_something_changed(answers, level):
    assert flags(told(**{**OLD, **answers}))["RF_8050"] == level


@pytest.mark.parametrize(
    "answers",
    [
        {"HK_PARENT": "HK_P69"},
        {"HK_PARENT": "HK_P_NONE"},
        {"HK_PARENT": "SKIP"},
        {"HK_AGE": "HK_A39"},
    ],
)
def test_a_younger_parent_or_child_is_not_8050(answers):
    assert flags(told(**{**OLD, **answers})) == {"RF_HIKIKOMORI": "U1"}


@pytest.mark.parametrize("work", ["WORK_REG", "WORK_PART", "WORK_SELF"])
def test_who_works_and_speaks_for_oneself_is_not_8050(work):
    mine = {**OLD, "Q2": "WHO_SELF"}
    assert "RF_8050" not in flags(told(**mine, Q10=work))
    assert "RF_8050" in flags(told(**mine, Q10="WORK_NONE"))
    assert "RF_8050" in flags(told(**OLD, Q10=work)), "the work of the one who writes"


# --- insults ----------------------------------------------------------------------------------


def test_repeated_insults_are_a_u0_flag_from_the_text_and_lower_nothing():
    _, hit = told(("abuse",), Q4="FOOD_NONE").hits
    assert (hit.flag, hit.level, hit.source) == ("RF_ABUSIVE_USER", Level.U0, "text")
    assert told(("abuse",), Q4="FOOD_NONE").level is Level.U3
    assert "RF_ABUSIVE_USER" not in flags(told(("hunger",)))
