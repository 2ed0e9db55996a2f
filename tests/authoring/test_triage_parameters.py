"""The triage file: what is read from it, and that a wrong one is refused with every problem."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.authoring.triage_parameters import FLAGS, load_triage_parameters
from bot.core.triage_parameters import TriageParameters
from bot.errors import DialogInvalidError

DIALOGS = Path(__file__).parents[2] / "dialogs"
Loader = Callable[..., TriageParameters]


@pytest.fixture
def load_changed(tmp_path: Path) -> Loader:
    """Load a copy of the real file after replacing pieces of its text (old, new, old, new, …)."""

    def load(*pieces: str) -> TriageParameters:
        for name in ("programmes.yaml", "hotlines.yaml"):
            shutil.copy(DIALOGS / name, tmp_path / name)
        text = (DIALOGS / "triage.yaml").read_text(encoding="utf-8")
        for old, new in zip(pieces[::2], pieces[1::2], strict=True):
            assert old in text
            text = text.replace(old, new, 1)
        (tmp_path / "triage.yaml").write_text(text, encoding="utf-8")
        return load_triage_parameters(tmp_path / "triage.yaml")

    return load


def problems_of(load: Callable[[], TriageParameters]) -> list[str]:
    with pytest.raises(DialogInvalidError) as refusal:
        load()
    return refusal.value.problems


def test_the_file_holds_the_figures_of_the_rule_table():
    parameters = load_triage_parameters(DIALOGS / "triage.yaml")
    assert parameters.critical_yen_per_person == 1000
    assert (parameters.critical_yen_per_day, parameters.low_yen_per_day) == (500, 1000)
    assert parameters.yen_of["M4"] == 30000
    assert parameters.days_of["NEXT_NONE"] == 30
    assert (parameters.eviction_imminent_days, parameters.eviction_risk_days) == (7, 60)
    visa = (parameters.visa_today_days, parameters.visa_soon_days, parameters.visa_later_days)
    assert visa == (7, 30, 90)
    assert (parameters.medicine_days, parameters.tuition_days) == (3, 30)


def test_each_of_the_33_flags_has_a_row_in_japanese_with_its_figures_filled_in():
    rows = load_triage_parameters(DIALOGS / "triage.yaml").rows
    assert tuple(rows) == FLAGS
    assert len(rows) == 33
    assert "500円" in rows["RF_MONEY_CRITICAL"].rule
    assert not any("{" in row.rule for row in rows.values())


def test_supervisors_can_change_a_figure_and_the_row_says_so(load_changed):
    parameters = load_changed("critical_yen_per_day: 500 ", "critical_yen_per_day: 700 ")
    assert parameters.critical_yen_per_day == 700
    assert "700円" in parameters.rows["RF_MONEY_CRITICAL"].rule


def test_supervisors_can_say_that_an_unknown_week_of_pregnancy_is_not_late(load_changed):
    parameters = load_changed("is_no_care: true", "is_no_care: false")
    assert parameters.pregnancy_unknown_is_no_care is False


def test_a_card_carries_its_flag_or_topic_as_the_reason(load_changed):
    parameters = load_changed()
    assert parameters.rows["RF_FOOD_LOW"].suggest == (("FOOD", "RF_FOOD_LOW"),)
    assert parameters.topic_cards["C08"] == (("LABOUR", "C08"),)
    assert parameters.youth_topic_cards["C10"] == (("CHILD_CONSULT", "C10"),)
    school = next(each for each in parameters.extra if ("Q9", {"HH_CHILD"}) in each.answers)
    assert school.reasons["C03"] == (("SCHOOL_AID", "C03"), ("HOHOEMI", "C03"))


def test_the_matrix_of_statuses_is_turned_round_so_that_a_status_names_its_cards(load_changed):
    parameters = load_changed()
    assert "LEGAL" in parameters.seldom_with["TEMP"]
    assert "LEGAL" not in parameters.seldom_with["STU"]
    assert not parameters.seldom_with["PR"]


def test_all_problems_of_the_shape_are_told_at_once(load_changed):
    problems = problems_of(
        lambda: load_changed(
            "critical_yen_per_day: 500 ",
            "critical_yen_per_day: many ",
            "at_most: 3",
            "at_most: 0",
            "eviction_risk: 60",
            "evicton_risk: 60",
        )
    )
    places = {problem.split(": ")[1] for problem in problems}
    assert places == {
        "money.critical_yen_per_day",
        "cards.at_most",
        "dates.eviction_risk",
        "dates.evicton_risk",
    }


def test_all_names_that_do_not_exist_are_told_at_once(load_changed):
    problems = problems_of(
        lambda: load_changed(
            "yen_of: {M0: 0,",
            "yen_of: {M9: 0,",
            "medicine_days_of: {M_D3: 0,",
            "medicine_days_of: {M_D2: 0,",
            "C07: [HELLOWORK, ",
            "C07: [HELLO_WORK, ",
            "    C16: [CHILD_CONSULT,",
            "    C17: [CHILD_KONSULT,",
            "RF_FOOD_LOW:",
            "RF_FOOD_LITTLE:",
            "{low_yen_per_day}円",
            "{low_yen}円",
            "HELLOWORK: [STU,",
            "HELLOWORK: [STUDENT,",
            "no_loans_with: [RF_DEBT,",
            "no_loans_with: [RF_DEPT,",
            "    - LOAN_SMALL",
            "    - LOAN_TINY",
            "cards: [SCHOOL_AID,",
            "cards: [SCHOOL_HELP,",
            "reasons: [RF_STUDENT_ENROL]",
            "reasons: [RF_STUDENT]",
        )
    )
    assert problems == [
        "triage.yaml: money.yen_of: M0 is missing",
        "triage.yaml: money.yen_of: M9 is unknown",
        "triage.yaml: dates.medicine_days_of: M_D3 is missing",
        "triage.yaml: dates.medicine_days_of: M_D2 is unknown",
        "triage.yaml: cards.youth_topics: C16 is missing",
        "triage.yaml: cards.youth_topics: C17 is unknown",
        "triage.yaml: flags: RF_FOOD_LOW is missing",
        "triage.yaml: flags: RF_FOOD_LITTLE is unknown",
        "triage.yaml: cards.not_for_minors: no card LOAN_TINY",
        "triage.yaml: cards.topics.C07: no card HELLO_WORK",
        "triage.yaml: cards.youth_topics.C17: no card CHILD_KONSULT",
        "triage.yaml: cards.extra.0: no card SCHOOL_HELP",
        "triage.yaml: cards.no_loans_with: no flag or topic RF_DEPT",
        "triage.yaml: cards.extra.6: no flag or topic RF_STUDENT",
        "triage.yaml: cards.seldom_for.HELLOWORK: no residence status STUDENT",
        "triage.yaml: flags.RF_MONEY_LOW.rule: a {figure} in the text is unknown",
    ]


@pytest.mark.parametrize(
    ("old", "new", "place"),
    [
        ("low_yen_per_day: 1000", "low_yen_per_day: 400", "money"),
        ("eviction_risk: 60", "eviction_risk: 6", "dates"),
        ("{today: 7, soon: 30,", "{today: 31, soon: 30,", "dates.visa"),
    ],
)
def test_figures_that_contradict_one_another_are_refused(load_changed, old, new, place):
    (problem,) = problems_of(lambda: load_changed(old, new))
    assert problem.startswith(f"triage.yaml: {place}: ")


def test_a_key_that_stands_twice_is_refused(load_changed):
    (problem,) = problems_of(
        lambda: load_changed("eviction_risk: 60", "eviction_imminent: 9\n  eviction_risk: 60")
    )
    assert "eviction_imminent stands twice" in problem


def test_a_missing_or_broken_file_is_a_problem_and_not_a_crash(tmp_path):
    (tmp_path / "triage.yaml").write_text("money: [", encoding="utf-8")
    (tmp_path / "hotlines.yaml").write_text("- 110", encoding="utf-8")
    problems = problems_of(lambda: load_triage_parameters(tmp_path / "triage.yaml"))
    assert len(problems) == 3
    assert "programmes.yaml: the file is missing" in problems
    assert "hotlines.yaml: must be a mapping" in problems
