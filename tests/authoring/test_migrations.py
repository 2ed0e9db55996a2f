"""dialogs/migrations.yaml: maps from older versions, or every problem at once."""

import pytest

from bot.authoring.migrations import load_maps
from bot.errors import DialogInvalidError
from bot.service.moving import MigrationMap
from tests.support.dialogs import DIALOG

GOOD = """
- from: "1"
  note: Q5 was asked under another id, with one band more.
  nodes: {Q5_OLD: Q5}
  answers:
    Q5_OLD: {M9: M5}
- from: 2-0123456789ab
  nodes: {Q2: Q2}
"""


def test_without_a_file_or_with_an_empty_one_there_is_no_map(tmp_path):
    assert load_maps(tmp_path, DIALOG) == ()
    (tmp_path / "migrations.yaml").write_text("# none yet\n", encoding="utf-8")
    assert load_maps(tmp_path, DIALOG) == ()


def test_maps_are_read_in_their_order(tmp_path):
    (tmp_path / "migrations.yaml").write_text(GOOD, encoding="utf-8")
    assert load_maps(tmp_path, DIALOG) == (
        MigrationMap("1", {"Q5_OLD": "Q5"}, {"Q5_OLD": {"M9": "M5"}}),
        MigrationMap("2-0123456789ab", {"Q2": "Q2"}),
    )


@pytest.mark.parametrize(
    ("words", "problem"),
    [
        ("- from: [", "migrations.yaml: "),
        ("- nodes: {A: Q5}", "from"),
        ("- from: one", "from"),
        ("- {from: 1, places: {A: Q5}}", "places"),
        ("- {from: 1, from: 2}", "stands twice"),
        ("- {from: 1}\n- {from: 1}", "two maps for one version"),
        (f"- from: {DIALOG.version}", "present version"),
        ("- {from: 1, nodes: {Q5: NOWHERE}}", "nobody can stand at NOWHERE"),
        ("- {from: 1, nodes: {Q5: RESULT}}", "nobody can stand at RESULT"),
        ("- {from: 1, answers: {NOWHERE: {A: B}}}", "NOWHERE leads to no question"),
        ("- {from: 1, answers: {LANG: {A: B}}}", "LANG leads to no question"),
        ("- {from: 1, answers: {Q5: {A: NO_SUCH}}}", "Q5: no answer NO_SUCH"),
    ],
)
def test_a_map_that_leads_nowhere_is_refused(tmp_path, words, problem):
    (tmp_path / "migrations.yaml").write_text(words, encoding="utf-8")
    with pytest.raises(DialogInvalidError) as refused:
        load_maps(tmp_path, DIALOG)
    assert any(problem in each for each in refused.value.problems), refused.value.problems


def test_every_problem_is_listed_at_once(tmp_path):
    words = "- {from: 1, nodes: {Q5: NOWHERE, Q6: RESULT}, answers: {Q5: {A: NO_SUCH}}}"
    (tmp_path / "migrations.yaml").write_text(words, encoding="utf-8")
    with pytest.raises(DialogInvalidError) as refused:
        load_maps(tmp_path, DIALOG)
    assert len(refused.value.problems) == 3
