"""Nothing ever lowers the level: not one more answer, not a skipped one, not a text detector."""

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.answers import Answer
from bot.core.model import Level
from bot.core.triage import assess
from tests.support.triage_answers import PARAMETERS, TODAY

MULTI = {
    "Q1": "SAFE_VIOLENCE_NOW SAFE_VIOLENCE SAFE_SUICIDE SAFE_ILL_NOW SAFE_NO_BED SAFE_CHILD",
    "Q3": "C01 C03 C06 C08 C11 C12 C13 C14 C15 C16",
    "Q3Y": "C01 C10 C12 C13 C14 C15 Y_FRIENDS Y_PREG",
    "Q7": "HOME_LATE1 HOME_LATE2 HOME_NOTICE HOME_DATE HOME_LOCKED HOME_NONE HOME_UNSAFE",
    "Q8": "UTIL_STOP_E UTIL_STOP_G UTIL_STOP_W UTIL_STOP_P UTIL_NOTICE",
    "Q9": "HH_PARTNER HH_CHILD HH_BABY HH_PARENT HH_PARENT65 HH_SIBLING HH_CARE HH_OTHER",
    "Q10": "WORK_LOST WORK_NONE WORK_STUDENT WORK_TROUBLE",
    "Q11": "BM_TREATED BM_UNTREATED BM_NOMED BM_PREGNANT BM_LOW BM_SUI",
    "Q12b": "DEBT_HARD DEBT_THREAT DEBT_COURT DEBT_SPECIAL_LOAN",
    "D2": "D2_HURT D2_WEAPON D2_CHOKE D2_THREAT",
    "K1": "K1_HURT K1_ALONE K1_UNFED K1_LOCKED K1_SEXUAL K1_ME",
    "T_DANGER": "T_NOW T_HURT T_NEGLECT T_MONEY T_SUI",
    "M_NOW": "M_CHEST M_BREATH M_BLEED M_FAINT M_SIDE",
    "M_DRUG": "M_INSULIN M_EPILEPSY M_MENTAL M_OTHER",
    "PG_NOW": "PG_PAIN PG_BLEED PG_WATER",
    "EV_PAPER": "EV_DUN EV_CANCEL EV_COURT EV_BAILIFF EV_UNSURE",
    "W_WHAT": "W_UNPAID W_FIRED W_INJURED W_HARASS W_THREAT W_DOCS W_LOCKED",
    "HK_CHANGE": "HK_C_ILL HK_C_CARE HK_C_MONEY HK_C_DEATH",
    "YC_DO": "YC_CARE YC_SIBLING YC_HOUSE YC_INTERPRET YC_LISTEN YC_WORK",
}
# Without the codes that reassure: they say that a date is far, that the person works, that a child
# is under 15 or was hurt before, which an open answer does not.
SINGLE = {
    "Q5": "M0 M1 M2 M3 M4 M5",
    "Q4": "FOOD_NONE FOOD_1_2 FOOD_WEEK FOOD_OK",
    "Q6": "NEXT_0_3 NEXT_4_7 NEXT_8_14 NEXT_15_30 NEXT_NONE",
    "Q7_DATE": "IN_7 IN_30 IN_60",
    "Q8_DATE": "IN_7",
    "Q9_N": "N2 N3 N4 N5 N6",
    "Q12a": "PR WORK STU NONE",
    "Q12a_DATE": "PAST IN_7 IN_30 IN_90 LATER",
    "S1": "S1_YES S1_NO",
    "S2": "S2_YES S2_NO",
    "S3": "S3_WITH S3_CALL S3_ALONE",
    "D3": "D3_YES D3_NO",
    "K_NOW": "K_NOW_YES K_NOW_UNSURE",
    "K_WITH": "K_W_ME K_W_SAFE K_W_HARM K_W_ALONE K_W_UNKNOWN",
    "T_WHO": "T_CHILD T_ADULT T_ELDER T_ELDER75 T_DISABLED",
    "M_DAYS": "M_D3 M_D7 M_D8",
    "PG_CARE": "PG_CARE_NO PG_CARE_YES",
    "PG_WEEKS": "PG_W11 PG_W21 PG_W22 PG_W_UNKNOWN",
    "EV_MONTHS": "EV_M0 EV_M1 EV_M2 EV_M3",
    "W_MONTHS": "W_M0 W_M1 W_M2 W_M3",
    "ST_FEE": "ST_FEE_OK ST_FEE_HARD ST_FEE_LETTER",
    "ST_DATE": "IN_7 IN_30",
    "DB_LENDERS": "DB_L1 DB_L2 DB_L3 DB_L_UNKNOWN",
    "DB_DATE": "IN_7 IN_30 LATER",
    "HK_AGE": "HK_A39 HK_A40",
    "HK_PARENT": "HK_P_NONE HK_P69 HK_P70 HK_P75",
    "YC_OFTEN": "YC_DAILY YC_WEEKLY YC_SOMETIMES",
    "YC_SCHOOL": "YC_SCHOOL_YES YC_SCHOOL_NO",
}
DETECTORS = ("suicide", "suicide_acute", "violence", "medical", "hunger", "abuse", "unheard-of")
SKIPS = {"Q5": "MX", "Q12a": "NOSAY", "Q12a_DATE": "NOSAY"}
NO_FOLLOW_UP_BEFORE = {"Q12a_DATE": "Q12a"}


@st.composite
def conversations(draw: st.DrawFn) -> dict[str, Answer]:
    """Any mixture of answers, skipped and open questions, whether or not the dialog allows it."""
    who = draw(st.sampled_from(["WHO_SELF", "WHO_FAMILY", "WHO_OTHER", "WHO_PRO", "WHO_MINOR"]))
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
@given(conversations(), st.sampled_from(DETECTORS))
def test_a_text_detector_never_lowers_the_level(answers, detector):
    assert level_of(answers, (detector,)) >= level_of(answers)


@settings(deadline=None)
@given(conversations(), st.lists(st.sampled_from(DETECTORS), unique=True))
def test_the_level_is_never_below_any_hit_and_every_hit_tells_its_rule_and_inputs(
    answers, detected
):
    found = assess(answers, lang="en", today=TODAY, parameters=PARAMETERS, detected=detected)
    assert found.level == max([Level.U1, *(hit.level for hit in found.hits)])
    for hit in found.hits:
        assert hit.rule
        assert hit.inputs
        assert hit.source == "answers" or "detector" in hit.inputs
