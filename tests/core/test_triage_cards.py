"""Which cards an assessment suggests, in which order, and which it never does."""

import pytest

from tests.support.triage_answers import PARAMETERS, cards, told

LOANS = {"LOAN_SMALL", "LOAN_GENERAL", "LOAN_EDU", "LOAN_WELFARE"}


def test_every_pressing_flag_gets_its_best_card_before_any_gets_a_second():
    assessment = told(Q1="SAFE_NO_BED", Q3="C07", Q4="FOOD_NONE")
    assert assessment.suggestions == (
        ("SHELTER", "RF_HOMELESS_TONIGHT"),
        ("FOOD", "RF_NO_FOOD_TODAY"),
        ("SEIHO", "RF_HOMELESS_TONIGHT"),
        ("LEGAL", "RF_HOMELESS_TONIGHT"),
        ("HELLOWORK", "C07"),
        ("WORK_PREP", "C07"),
    )


def test_cards_of_the_higher_level_come_first_and_the_topic_after_the_flags():
    assessment = told(Q3="C07", Q4="FOOD_1_2", Q8="UTIL_STOP_E")
    assert cards(assessment)[:3] == ["UTILITY", "FOOD", "HELLOWORK"]


def test_a_card_stands_once_with_its_most_pressing_reason():
    assessment = told(Q3="C15", Q4="FOOD_NONE")
    assert assessment.suggestions == (("FOOD", "RF_NO_FOOD_TODAY"),)


def test_all_cards_are_told_and_the_display_shows_the_first_ones():
    assert PARAMETERS.cards_at_most == 3
    assert len(cards(told(Q7="HOME_LATE2", Q5="M0", Q6="NEXT_NONE"))) > 3


def test_the_topic_called_the_worst_goes_before_the_others():
    assert cards(told(Q3="C12,C08", Q3_MAIN="C08")) == ["LABOUR"]
    assert cards(told(Q3="C12,C08", Q3_MAIN="SKIP")) == ["ELDER", "LABOUR"]


@pytest.mark.parametrize("debt", ["DEBT_HARD", "DEBT_COURT", "DEBT_THREAT"])
def test_no_loan_is_shown_to_a_person_in_debt(debt):
    low = {"Q3": "C01,C02", "Q5": "M4", "Q6": "NEXT_NONE", "Q9": "HH_PARTNER", "Q9_N": "N2"}
    student = {"Q10": "WORK_LOST,WORK_STUDENT", "ST_FEE": "ST_FEE_HARD"}
    assert set(cards(told(**low, **student))) >= LOANS
    assert LOANS.isdisjoint(cards(told(**low, **student, Q12b=debt)))


def test_no_loan_is_shown_where_debt_is_the_topic_and_the_question_was_skipped():
    assessment = told(Q3="C06", Q5="M3", Q6="NEXT_8_14", Q12b="SKIP")
    assert cards(assessment) == ["BUDGET", "SELF_RELIANCE", "LEGAL", "CONSUMER"]


def test_what_a_status_seldom_covers_comes_after_the_other_cards():
    poor = {"Q5": "M0", "lang": "vi"}
    assert cards(told(**poor, Q12a="STU")) == ["FOOD", "SELF_RELIANCE", "SEIHO"]
    assert cards(told(**poor, Q12a="PR")) == ["FOOD", "SEIHO", "SELF_RELIANCE"]
    assert cards(told(**poor, Q12a="NOSAY")) == ["FOOD", "SEIHO", "SELF_RELIANCE"]


def test_nothing_is_refused_for_a_status():
    poor = {"Q3": "C02,C07", "Q5": "M3", "Q6": "NEXT_NONE", "Q9": "HH_CHILD", "Q10": "WORK_LOST"}
    without = set(cards(told(lang="en", **poor, Q12a="PR")))
    assert without - set(cards(told(lang="en", **poor, Q12a="NONE"))) == set()


def test_the_matrix_moves_legal_aid_and_training_back_for_a_short_stay():
    answers = {"Q3": "C03", "Q5": "M0", "Q7": "HOME_LOCKED", "Q10": "WORK_LOST"}
    shown = cards(told(lang="en", **answers, Q12a="TEMP"))
    late = {"LEGAL", "SEIHO", "HOUSING_RENT", "HELLOWORK", "JOB_TRAINING_BENEFIT", "LOAN_GENERAL"}
    assert late <= set(shown[-len(late) - 1 :])
    assert cards(told(lang="en", **answers, Q12a="LTR")).index("LEGAL") < 3


def test_children_of_the_household_bring_cards_only_where_money_is_short():
    low = {"Q5": "M2", "Q6": "NEXT_8_14"}
    for_children = {"SCHOOL_AID", "CHILD_REARING_ALLOW"}
    assert for_children <= set(cards(told(**low, Q9="HH_CHILD")))
    assert "CHILD_REARING_ALLOW" not in cards(told(**low, Q9="HH_PARTNER,HH_CHILD"))
    assert for_children.isdisjoint(cards(told(Q4="FOOD_1_2", Q9="HH_CHILD")))
    assert ("SCHOOL_AID", "RF_MONEY_CRITICAL") in told(**low, Q9="HH_CHILD").suggestions


def test_lost_work_brings_help_with_rent_and_the_search():
    assert cards(told(Q3="C07", Q10="WORK_LOST"))[:1] == ["HELLOWORK"]
    assert "HOUSING_RENT" in cards(told(Q3="C07", Q10="WORK_LOST"))
    assert "HOUSING_RENT" not in cards(told(Q3="C07", Q10="WORK_REG"))


@pytest.mark.parametrize(
    ("topic", "first"),
    [
        ("C10", "CHILD_CONSULT"),
        ("C12", "CHILD_CONSULT"),
        ("C14", "CHILD_LINE"),
        ("C15", "CHILD_CONSULT"),
        ("Y_PREG", "PREGNANCY"),
    ],
)
def test_a_minor_is_shown_cards_for_children(topic, first):
    assert cards(told(Q2="WHO_MINOR", Q3Y=topic))[0] == first


def test_trouble_with_friends_brings_the_school_and_a_line_for_children():
    shown = told(Q2="WHO_MINOR", Q3Y="Y_FRIENDS").suggestions
    assert ("SCHOOL_OFFICE", "RF_MINOR") in shown
    assert ("CHILD_HELP", "RF_MINOR") in shown


def test_a_minor_is_shown_no_loan_and_nothing_for_grown_ups():
    answers = {"Q3Y": "C03,C14", "Q5": "M0", "Q7": "HOME_NONE", "Q10": "WORK_LOST"}
    shown = set(cards(told(Q2="WHO_MINOR", **answers)))
    assert shown.isdisjoint(PARAMETERS.not_for_minors)
    assert LOANS | {"SEIHO", "HELLOWORK"} <= PARAMETERS.not_for_minors
    assert {"SHELTER", "FOOD"} <= shown


def test_every_topic_of_adults_and_of_minors_brings_a_card_with_the_topic_as_its_reason():
    for topics in (PARAMETERS.topic_cards, PARAMETERS.youth_topic_cards):
        for topic, suggested in topics.items():
            assert suggested
            assert {each.why for each in suggested} == {topic}
