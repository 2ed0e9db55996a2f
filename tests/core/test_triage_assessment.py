"""What an assessment says as a whole: level, deadline, cards, and that nothing ever lowers it."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.answers import Answer
from bot.core.model import Level
from bot.core.triage import assess
from tests.support.triage_answers import PARAMETERS, TODAY, cards, told


def test_the_level_is_the_highest_of_the_hits():
    assert told(Q4="FOOD_1_2", Q7="HOME_LATE1", Q8="UTIL_STOP_W").level is Level.U3


def test_a_topic_without_a_flag_is_u1():
    assert told(Q1="SAFE_OK", Q3="C09").level is Level.U1


def test_only_a_question_is_u0():
    assert told(Q1="SAFE_OK", Q3="INFO").level is Level.U0


def test_only_a_question_with_a_worry_about_a_child_is_u1():
    assert told(Q1="SAFE_CHILD", K1="CHILD_NO", Q3="INFO").level is Level.U1


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


def test_the_worst_topic_is_the_primary_one_and_a_single_topic_needs_no_asking():
    assert told(Q3="C03,C11", Q3_MAIN="C11").primary == "C11"
    assert told(Q3="C03").primary == "C03"
    assert told(Q3="C03,C11", Q3_MAIN="SKIP").primary is None
    assert told(Q3="C03,C11", Q3_MAIN="SKIP").categories == ("C03", "C11")
    assert told(Q3="INFO").categories == ()


def test_every_pressing_flag_gets_its_best_card_before_any_gets_a_second():
    assessment = told(Q1="SAFE_NO_BED", Q3="C07", Q4="FOOD_NONE")
    assert assessment.suggestions == (
        ("SHELTER", "RF_HOMELESS_TONIGHT"),
        ("FOOD", "RF_NO_FOOD_TODAY"),
        ("SEIHO", "RF_HOMELESS_TONIGHT"),
    )


def test_cards_of_the_higher_level_come_first_and_the_topic_last():
    assessment = told(Q3="C07", Q4="FOOD_1_2", Q8="UTIL_STOP_E")
    assert cards(assessment) == ["UTILITY", "FOOD", "HELLOWORK"]


def test_a_card_stands_once_with_its_most_pressing_reason():
    assessment = told(Q3="C15", Q4="FOOD_NONE")
    assert assessment.suggestions == (("FOOD", "RF_NO_FOOD_TODAY"),)


@pytest.mark.parametrize("debt", ["DEBT_HARD", "DEBT_COURT", "DEBT_THREAT"])
def test_no_loan_is_shown_to_a_person_in_debt(debt):
    low = {"Q5": "M4", "Q6": "NEXT_NONE", "Q9": "HH_PARTNER"}
    short = told(**{**low, "Q9_N": "N2"})
    assert cards(short) == ["BUDGET", "LOAN_SMALL"]
    assert "LOAN_SMALL" not in cards(told(**low, Q9_N="N2", Q12b=debt))


def test_no_loan_is_shown_where_debt_is_the_topic_and_the_question_was_skipped():
    assessment = told(Q3="C06", Q5="M3", Q6="NEXT_8_14", Q12b="SKIP")
    assert cards(assessment) == ["BUDGET", "LEGAL"]


def test_what_a_status_seldom_covers_comes_after_the_other_cards():
    poor = {"Q5": "M0", "lang": "vi"}
    assert cards(told(**poor, Q12a="STU")) == ["FOOD", "SELF_RELIANCE", "SEIHO"]
    assert cards(told(**poor, Q12a="PR")) == ["FOOD", "SEIHO", "SELF_RELIANCE"]
    assert cards(told(**poor, Q12a="NOSAY")) == ["FOOD", "SEIHO", "SELF_RELIANCE"]


def test_skipped_questions_are_not_asked_and_the_twelfth_is_the_one_of_the_language():
    everything = {f"Q{number}": "SKIP" for number in range(1, 12)}
    asking_order = ("Q1", "Q2", "Q3", "Q5", "Q4", "Q6", "Q7", "Q8", "Q9", "Q10", "Q11")
    assert told(**everything).not_asked == (*asking_order, "Q12b")
    assert told(lang="ja-easy").not_asked == (*asking_order, "Q12a")


def test_the_question_of_debt_is_missed_only_where_it_would_have_been_put():
    assert "Q12b" not in told(lang="vi", Q12a="STU").not_asked
    assert "Q12b" in told(lang="vi", Q12a="STU", Q3="C06").not_asked
    assert told(lang="ja", Q12b="DEBT_NO").not_asked[-1] == "Q11"


def test_the_json_has_the_shape_that_is_exported():
    answers = {
        "Q3": Answer(("C03", "C11")),
        "Q3_MAIN": Answer(("C11",)),
        "Q5": Answer(("M4",)),
        "Q6": Answer(("NEXT_8_14",)),
        "Q9": Answer(("HH_PARTNER", "HH_BABY")),
        "Q9_N": Answer(("N3",)),
    }
    assessment = assess(answers, lang="vi", today=TODAY, parameters=PARAMETERS, mt_used=True)
    figures = {"n": 3, "y": 30000, "d": 14, "ppd": 714}
    assert json.loads(json.dumps(assessment.as_json())) == {
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
        "suggestions": [
            {"programme": "BUDGET", "why": "RF_MONEY_LOW"},
            {"programme": "LOAN_SMALL", "why": "RF_MONEY_LOW"},
            {"programme": "SELF_RELIANCE", "why": "C11"},
        ],
        "not_asked": ["Q1", "Q2", "Q4", "Q7", "Q8", "Q10", "Q11", "Q12a"],
        "lang": "vi",
        "mt_used": True,
    }


# --- nothing lowers ---------------------------------------------------------------------------

MULTI = {
    "Q1": "SAFE_VIOLENCE_NOW SAFE_VIOLENCE SAFE_SUICIDE SAFE_ILL_NOW SAFE_NO_BED SAFE_CHILD",
    "Q3": "C01 C03 C06 C11 C13 C14 C15 C16",
    "Q7": "HOME_LATE1 HOME_LATE2 HOME_NOTICE HOME_DATE HOME_LOCKED HOME_NONE HOME_UNSAFE",
    "Q8": "UTIL_STOP_E UTIL_STOP_G UTIL_STOP_W UTIL_STOP_P UTIL_NOTICE",
    "Q9": "HH_PARTNER HH_CHILD HH_BABY HH_PARENT65 HH_CARE HH_OTHER",
    "Q10": "WORK_REG WORK_LOST WORK_NONE WORK_TROUBLE",
    "Q11": "BM_TREATED BM_UNTREATED BM_NOMED BM_PREGNANT BM_LOW BM_SUI",
    "Q12b": "DEBT_HARD DEBT_THREAT DEBT_COURT DEBT_SPECIAL_LOAN",
    "D2": "D2_HURT D2_WEAPON D2_CHOKE D2_THREAT",
}
# Without the codes that reassure: they say that a date is far, which an open answer does not.
SINGLE = {
    "Q5": "M0 M1 M2 M3 M4 M5",
    "Q4": "FOOD_NONE FOOD_1_2 FOOD_WEEK FOOD_OK",
    "Q6": "NEXT_0_3 NEXT_4_7 NEXT_8_14 NEXT_15_30 NEXT_NONE",
    "Q7_DATE": "IN_7 IN_30 IN_60",
    "Q8_DATE": "IN_7",
    "Q9_N": "N2 N3 N4 N5 N6",
    "Q12a": "PR WORK STU NONE",
    "Q12a_DATE": "IN_7 IN_30 IN_90 LATER",
    "S1": "S1_YES S1_NO",
    "S2": "S2_YES S2_NO",
    "S3": "S3_WITH S3_CALL S3_ALONE",
    "K1": "CHILD_NOW CHILD_BEFORE CHILD_NO",
    "D3": "D3_YES D3_NO",
}
SKIPS = {"Q5": "MX", "Q12a": "NOSAY", "Q12a_DATE": "NOSAY"}
NO_FOLLOW_UP_BEFORE = {"Q12a_DATE": "Q12a"}


@st.composite
def conversations(draw: st.DrawFn) -> dict[str, Answer]:
    """Any mixture of answers, skipped and open questions, whether or not the dialog allows it."""
    who = draw(st.sampled_from(["WHO_SELF", "WHO_FAMILY", "WHO_PRO", "WHO_MINOR"]))
    answers = {"Q2": Answer((who,))}
    for question, codes in MULTI.items():
        told_codes = draw(st.lists(st.sampled_from(codes.split()), unique=True, max_size=3))
        if told_codes:
            answers[question] = Answer(tuple(told_codes))
    for question, codes in SINGLE.items():
        code = draw(st.sampled_from(("", *codes.split(), SKIPS.get(question, "SKIP"))))
        if code and NO_FOLLOW_UP_BEFORE.get(question, "Q2") in answers:
            answers[question] = Answer((code,))
    return answers


def level_of(answers: dict[str, Answer], detected: tuple[str, ...] = ()) -> Level:
    return assess(answers, lang="en", today=TODAY, parameters=PARAMETERS, detected=detected).level


@settings(deadline=None)
@given(conversations(), st.data())
def test_one_more_answer_code_never_lowers_the_level(answers, data):
    open_singles = [question for question in SINGLE if question not in answers]
    question = data.draw(st.sampled_from([*MULTI, *open_singles]))
    code = data.draw(st.sampled_from((MULTI | SINGLE)[question].split()))
    before = answers[question].codes if question in answers else ()
    more = {**answers, question: Answer((*before, code))}
    assert level_of(more) >= level_of(answers)


@settings(deadline=None)
@given(conversations(), st.data())
def test_skipping_a_question_never_lowers_the_level(answers, data):
    questions = [question for question in (*MULTI, *SINGLE) if question not in answers]
    question = data.draw(st.sampled_from(questions or ["Q12c"]))
    skipped = {**answers, question: Answer((SKIPS.get(question, "SKIP"),))}
    assert level_of(skipped) >= level_of(answers)


@settings(deadline=None)
@given(conversations(), st.sampled_from(["suicide", "violence", "unheard-of"]))
def test_a_text_detector_never_lowers_the_level(answers, detector):
    assert level_of(answers, (detector,)) >= level_of(answers)
