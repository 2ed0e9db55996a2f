"""`tsunagi check` and `tsunagi graph` as an author uses them; broken files end with exit 1."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from click.testing import CliRunner

from bot.adapters.catalogs import Catalogs
from bot.adapters.languages import LANGUAGES
from bot.cli import main
from bot.cli_reviews import behind, hard_japanese, reviews, unsayable
from tests.support.dialogs import BOOK, CATALOGS, DIALOG, LANGS

ROOT = Path(__file__).parents[2]
DRAFTS = re.compile(r"^(\S+) +(\d+)/(\d+) translated, (\d+) reviewed \((\d+) %\)(.*)$")


@pytest.fixture
def checkout(tmp_path):
    """A checkout of a test's own, to break things in."""
    for folder in ("bot", "handlers", "dialogs", "locales"):
        shutil.copytree(
            ROOT / folder, tmp_path / folder, ignore=shutil.ignore_patterns("__pycache__")
        )
    return tmp_path


def change(path: Path, old: str, new: str) -> None:
    words = path.read_text(encoding="utf-8")
    assert words.count(old) == 1, f"{old!r} stands {words.count(old)} times in {path.name}"
    path.write_text(words.replace(old, new), encoding="utf-8")


def tsunagi(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the command of that checkout."""
    return subprocess.run(
        [sys.executable, "-m", "bot", *arguments],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(folder), "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        text=True,
        check=False,
    )


# --- what is reviewed --------------------------------------------------------------------------


def test_the_review_table_has_a_row_for_each_part_and_a_column_for_each_language():
    lines = list(reviews(BOOK, LANGS))
    codes = [each.code for each in LANGUAGES]
    assert lines[1].split() == codes
    parts = ["frame", *BOOK.branches, "phrases", "programmes", "hotlines"]
    rows = dict(line.split(maxsplit=1) for line in lines[2 : 2 + len(parts)])
    assert list(rows) == parts
    for cells in rows.values():
        assert len(re.findall(r"\d+/\d+", cells)) == len(codes)


def test_the_columns_add_up_to_every_sentence():
    lines = list(reviews(BOOK, LANGS))
    parts = 5 - 1 + len(BOOK.branches)
    cells = [re.findall(r"(\d+)/(\d+)", line) for line in lines[2 : 2 + parts]]
    for each in zip(*cells, strict=True):
        assert sum(int(total) for _, total in each) == len(BOOK.texts)


def test_each_language_says_how_much_is_reviewed_in_all():
    told = [found for line in reviews(BOOK, LANGS) if (found := DRAFTS.match(line))]
    assert [each[1] for each in told] == [each.code for each in LANGUAGES]
    for each in told:
        translated, total, reviewed, share = (int(each[number]) for number in (2, 3, 4, 5))
        assert translated == total == len(BOOK.texts)
        assert share == 100 * reviewed // total


def test_a_language_that_is_not_on_offer_is_said_to_be_hidden():
    lines = list(reviews(BOOK, [code for code in LANGS if code != "ko"]))
    hidden = [line.split()[0] for line in lines if "not on offer" in line]
    assert hidden == ["ko"]


# --- what is wrong -----------------------------------------------------------------------------


def test_the_catalogs_and_the_furigana_fit_the_dialogs():
    assert behind(BOOK) == []


def test_easy_japanese_keeps_its_rules():
    assert hard_japanese(BOOK) == []


def test_no_sentence_says_what_nobody_may_say():
    assert unsayable(BOOK, CATALOGS) == []


@pytest.mark.parametrize(
    ("lang", "words", "problem"),
    [
        ("en", "You are not eligible.", "en: screening.Q2.text: refuses: not eligible"),
        ("ja-easy", "絶対 だいじょうぶです。", "ja-easy: screening.Q2.text: promises: 絶対"),
    ],
)
def test_a_forbidden_sentence_is_told_with_its_address(lang, words, problem):
    texts = {**CATALOGS._texts, lang: {**CATALOGS._texts[lang], "screening.Q2.text": words}}
    assert unsayable(BOOK, Catalogs(texts, LANGS)) == [problem]


def test_sentences_of_a_language_that_is_not_on_offer_are_not_held_against_it():
    texts = {**CATALOGS._texts, "en": {**CATALOGS._texts["en"], "screening.Q2.text": "Cheer up"}}
    offered = tuple(code for code in LANGS if code != "en")
    assert unsayable(BOOK, Catalogs(texts, offered)) == []


# --- the commands ------------------------------------------------------------------------------


@pytest.mark.timeout(600)  # it explores the whole dialog: half a minute on a quiet machine
def test_check_prints_reviews_and_figures_and_ends_with_1_where_something_may_not_be_said(checkout):
    english = checkout / "locales" / "en" / "LC_MESSAGES" / "residents.po"
    said = CATALOGS.render(BOOK.texts["screening.Q2.text"], "en").text
    change(english, f'msgstr "{said}"', 'msgstr "You are not eligible."')
    done = tsunagi(checkout, "check")
    assert done.returncode == 1, done.stderr
    assert f"dialog {DIALOG.id} {DIALOG.version.split('-')[0]}" in done.stdout
    assert "reviewed, by part and language:" in done.stdout
    assert re.search(r"explored [\d,]+ states and [\d,]+ transitions", done.stdout)
    assert re.search(r"which stand for [\d,]+ paths", done.stdout)
    assert re.search(rf"nodes {len(DIALOG.nodes)}/{len(DIALOG.nodes)}, ", done.stdout)
    assert "sentences that nobody may say:\n- en: screening.Q2.text: refuses: not eligible" in (
        done.stdout
    )


def test_check_ends_with_1_and_names_every_problem_of_broken_dialogs(checkout):
    for name in ("debt", "housing"):
        path = checkout / "dialogs" / "branches" / f"{name}.yaml"
        words = path.read_text(encoding="utf-8")
        path.write_text(words.replace("kind: ask", "kind: aks", 1), encoding="utf-8")
    done = tsunagi(checkout, "check")
    assert (done.returncode, done.stdout) == (1, "")
    assert "The dialogs or catalogs cannot be used:" in done.stderr
    for name in ("debt", "housing"):
        assert re.search(rf"^- (branches/)?{name}\.yaml: .*aks", done.stderr, re.MULTILINE)
    assert "Traceback" not in done.stderr


def test_graph_draws_one_branch():
    done = CliRunner().invoke(main, ["graph", "--branch", "debt"])
    assert done.exit_code == 0, done.output
    picture = ET.fromstring(done.output.split("\n", 1)[1])
    assert picture.tag == "{http://www.w3.org/2000/svg}svg"
    drawn = {each.attrib["id"] for each in picture.iter() if "id" in each.attrib}
    debt = {f"node-{name}" for name, branch in DIALOG.branch_of.items() if branch == "debt"}
    assert debt
    assert debt <= drawn
    assert "node-SUI_LISTEN" not in drawn


def test_graph_writes_a_file(tmp_path):
    out = tmp_path / "debt.svg"
    done = CliRunner().invoke(main, ["graph", "--branch", "debt", "--out", str(out)])
    assert done.exit_code == 0, done.output
    assert out.read_text(encoding="utf-8").startswith("<?xml")
    assert str(out) in done.output


def test_graph_says_which_branches_there_are():
    done = CliRunner().invoke(main, ["graph", "--branch", "depts"])
    assert done.exit_code == 1
    assert "There is no branch depts; there are " in done.output
    for name in BOOK.branches:
        assert name in done.output
    assert "Traceback" not in done.output
