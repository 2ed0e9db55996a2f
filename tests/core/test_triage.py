"""The red flags of suicide, violence and abuse, and the answers that do not raise them."""

import pytest

from bot.core.model import Level
from tests.support.triage_answers import flags, told

# --- suicide ----------------------------------------------------------------------------------


@pytest.mark.parametrize("answers", [{"S1": "S1_YES"}, {"S2": "S2_YES"}])
def test_a_yes_to_now_or_to_a_plan_is_acute_and_replaces_the_lower_flag(answers):
    assessment = told(Q1="SAFE_SUICIDE", **answers)
    assert flags(assessment) == {"RF_SUICIDE_ACUTE": "U4"}
    assert assessment.level is Level.U4


def test_a_text_that_tells_when_or_how_is_acute_and_no_answer_takes_it_back():
    assessment = told(("suicide", "suicide_acute"), S1="S1_NO", S2="S2_NO")
    (hit,) = assessment.hits
    assert (hit.flag, hit.level, hit.source) == ("RF_SUICIDE_ACUTE", Level.U4, "text")
    assert (hit.rule, hit.inputs) == ("text:suicide_acute", {"detector": "suicide_acute"})


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


@pytest.mark.parametrize("answers", [{"T_DANGER": "T_SUI"}, {"Q11": "BM_SUI"}])
def test_thoughts_of_dying_of_another_person_are_u3_too(answers):
    assert flags(told(Q2="WHO_OTHER", T_WHO="T_ADULT", **answers)) == {"RF_SUICIDE": "U3"}


def test_a_text_that_sounds_like_suicide_raises_to_u3_and_says_that_it_was_the_text():
    (hit,) = told(("suicide",), Q1="SAFE_OK", S1="S1_NO", S2="S2_NO").hits
    assert (hit.flag, hit.level, hit.source) == ("RF_SUICIDE", Level.U3, "text")


def test_a_tapped_answer_is_named_as_the_source_before_the_text():
    (hit,) = told(("suicide",), Q1="SAFE_SUICIDE").hits
    assert hit.source == "answers"


def test_low_spirits_and_denied_questions_alone_raise_no_flag_of_suicide():
    assert flags(told(Q1="SAFE_OK", Q11="BM_LOW", S1="S1_NO", S2="S2_NO")) == {}


# --- violence ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "answers",
    [{"Q1": "SAFE_VIOLENCE_NOW"}, {"Q2": "WHO_OTHER", "T_DANGER": "T_NOW"}]
    + [{"D2": code} for code in ("D2_HURT", "D2_WEAPON", "D2_CHOKE", "D2_THREAT")],
)
def test_violence_now_or_any_sign_of_deadly_violence_is_u4(answers):
    assert flags(told(**answers)) == {"RF_VIOLENCE_NOW": "U4"}


def test_violence_without_a_sign_of_danger_to_life_is_not_violence_now():
    assert "RF_VIOLENCE_NOW" not in flags(told(Q1="SAFE_VIOLENCE", D2="D2_NONE"))


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


@pytest.mark.parametrize("who", [{"T_WHO": "T_ADULT"}, {"T_WHO": "SKIP"}, {}])
def test_an_adult_or_somebody_unknown_who_is_hurt_counts_as_a_survivor(who):
    assert flags(told(Q2="WHO_PRO", T_DANGER="T_HURT", **who)) == {"RF_DV": "U3"}


@pytest.mark.parametrize("danger", ["T_NONE", "T_NEGLECT,T_MONEY"])
def test_an_adult_who_is_not_hurt_is_no_flag_of_violence(danger):
    assert flags(told(Q2="WHO_PRO", T_WHO="T_ADULT", T_DANGER=danger)) == {}


def test_a_text_that_tells_of_violence_raises_the_flag_even_if_the_questions_are_denied():
    (hit,) = told(("violence",), Q1="SAFE_OK", D2="D2_NONE").hits
    assert (hit.flag, hit.level, hit.source) == ("RF_DV", Level.U3, "text")


# --- children ---------------------------------------------------------------------------------

HARM = ("K1_HURT", "K1_ALONE", "K1_UNFED", "K1_LOCKED", "K1_SEXUAL", "K1_ME")


@pytest.mark.parametrize("harm", HARM)
def test_a_child_in_danger_now_is_u4(harm):
    answers = {"Q1": "SAFE_CHILD", "K1": harm, "K_NOW": "K_NOW_YES"}
    assert flags(told(**answers)) == {"RF_CHILD_ABUSE": "U4"}


@pytest.mark.parametrize("harm", HARM)
@pytest.mark.parametrize("now", ["K_NOW_BEFORE", "K_NOW_UNSURE", "SKIP"])
def test_a_child_that_was_hurt_before_or_nobody_knows_when_is_u3(harm, now):
    answers = {"Q1": "SAFE_CHILD", "K1": harm, "K_NOW": now}
    assert flags(told(**answers)) == {"RF_CHILD_ABUSE": "U3"}


def test_a_child_that_is_hurt_is_u3_before_it_was_asked_whether_it_is_now():
    (hit,) = told(Q1="SAFE_CHILD", K1="K1_HURT,K1_UNFED").hits
    assert (hit.level, hit.inputs) == (Level.U3, {"K1": "K1_HURT,K1_UNFED"})


@pytest.mark.parametrize(
    ("now", "level"), [("K_NOW_UNSURE", "U4"), ("SKIP", "U4"), ("K_NOW_BEFORE", "U3")]
)
def test_a_hurt_child_with_the_person_who_frightens_it_is_in_danger_unless_it_was_before(
    now, level
):
    answers = {"K1": "K1_HURT", "K_NOW": now, "K_WITH": "K_W_HARM"}
    assert flags(told(**answers)) == {"RF_CHILD_ABUSE": level}


def test_a_worry_about_a_child_that_is_not_explained_counts_as_hurt_before():
    assert flags(told(Q1="SAFE_CHILD", K1="SKIP")) == {"RF_CHILD_ABUSE": "U3"}


def test_a_worry_about_a_child_alone_raises_nothing_before_the_question_is_answered():
    assert flags(told(Q1="SAFE_CHILD")) == {}
    assert flags(told(Q1="SAFE_CHILD", K1="K1_NONE")) == {}
    assert flags(told(Q1="SAFE_OK", K1="SKIP")) == {}


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


def test_children_in_a_home_are_no_flag_without_violence():
    assert flags(told(D2="D2_NONE", D3="D3_YES")) == {}


def test_a_text_about_violence_is_the_source_where_children_are_there():
    _, hit = told(("violence",), D3="D3_YES").hits
    assert hit.flag == "RF_CHILD_ABUSE"
    assert (hit.level, hit.source) == (Level.U3, "text")


@pytest.mark.parametrize("topic", [{"Q3": "C14"}, {"Q3Y": "C14"}])
def test_a_minor_in_a_home_with_violence_is_the_child_of_the_flag(topic):
    assert flags(told(Q2="WHO_MINOR", **topic)) == {
        "RF_DV": "U3",
        "RF_CHILD_ABUSE": "U3",
        "RF_MINOR": "U2",
    }


@pytest.mark.parametrize("danger", ["T_HURT", "T_NEGLECT", "T_MONEY"])
def test_another_familys_child_that_is_hurt_or_neglected_is_u3_and_u4_if_now(danger):
    answers = {"Q2": "WHO_PRO", "T_WHO": "T_CHILD"}
    assert flags(told(**answers, T_DANGER=danger)) == {"RF_CHILD_ABUSE": "U3"}
    assert flags(told(**answers, T_DANGER=f"T_NOW,{danger}")) == {
        "RF_VIOLENCE_NOW": "U4",
        "RF_CHILD_ABUSE": "U4",
    }
    assert flags(told(**answers, T_DANGER="T_NONE")) == {}


# --- people who depend on others --------------------------------------------------------------


@pytest.mark.parametrize("who", ["T_ELDER", "T_ELDER75", "T_DISABLED"])
@pytest.mark.parametrize("danger", ["T_HURT", "T_NEGLECT", "T_MONEY"])
def test_an_elder_or_disabled_person_hurt_neglected_or_robbed_is_u3(who, danger):
    (hit,) = told(Q2="WHO_OTHER", T_WHO=who, T_DANGER=danger).hits
    assert (hit.level, hit.inputs) == (Level.U3, {"T_WHO": who, "T_DANGER": danger})
    assert flags(told(Q2="WHO_OTHER", T_WHO=who, T_DANGER="T_NONE")) == {}


@pytest.mark.parametrize("danger", ["T_HURT", "T_NEGLECT", "T_MONEY"])
def test_a_family_member_in_care_who_is_hurt_neglected_or_robbed_is_u3(danger):
    answers = {"Q2": "WHO_FAMILY", "Q3": "C12", "T_DANGER": danger}
    assert flags(told(**answers)) == {"RF_ELDER_DIS_ABUSE": "U3"}
    assert flags(told(**{**answers, "T_DANGER": "T_NONE"})) == {}
    assert flags(told(**{**answers, "Q3": "C10"})) == {}


@pytest.mark.parametrize("danger", ["T_NEGLECT", "T_MONEY"])
def test_neglect_of_somebody_whose_age_was_skipped_counts_as_of_one_who_depends_on_others(danger):
    answers = {"Q2": "WHO_OTHER", "T_DANGER": danger}
    assert flags(told(**answers, T_WHO="SKIP")) == {"RF_ELDER_DIS_ABUSE": "U3"}
    assert flags(told(**answers, T_WHO="T_ADULT")) == {}
