"""`tsunagi models eval` measures a direction, tells the figures and keeps them for `list`."""

import json
import os
import re

import pytest
from click.testing import CliRunner

from bot.cli import main

ROW = re.compile(
    r"^vi>ja +(everyday|consultation) +(\d+)  +([\d.]+)  +([\d.]+) +(\d+%|–) +(\d+%|–) +(\d+%)"
    r" +([\d.]+|–) +(\d+)  compact 1\.0 \(vi→ja\)$"
)


@pytest.fixture
def tsunagi(tmp_path, monkeypatch):
    """Call the program in a data folder of the test's own."""
    monkeypatch.setenv("TSUNAGI_VAR_DIR", str(tmp_path / "var"))
    monkeypatch.delenv("TSUNAGI_MODE", raising=False)
    mask = os.umask(0o022)
    yield lambda *arguments: CliRunner().invoke(main, ["models", *arguments])
    os.umask(mask)


def figures_listed(done):
    """What `list` shows of the package for Vietnamese to Japanese."""
    rows = [line.split("  ") for line in done.stdout.splitlines() if line.startswith("vi → ja ")]
    package, _way = [[cell.strip() for cell in row if cell.strip()] for row in rows]
    assert package[1] == "compact 1.0"
    return package[5]


def test_a_measured_direction_is_told_kept_and_listed(tsunagi, tmp_path):
    assert figures_listed(tsunagi("list")) == "-"
    done = tsunagi("eval", "vi_ja", "--lines", "10")
    assert done.exit_code == 0, done.stderr
    head, *rows, memory = done.stdout.splitlines()
    assert head.split()[:5] == ["direction", "set", "texts", "chrF", "BLEU"]
    found = {}
    for row in rows:
        match = ROW.match(row)
        assert match, row
        found[match[1]] = match
    assert list(found) == ["everyday", "consultation"]
    assert found["everyday"][2] == "10"
    assert re.fullmatch(r"memory of this process: \d+ MB", memory)
    assert all(float(each[3]) > 5 for each in found.values())

    kept = json.loads((tmp_path / "var" / "models-eval.json").read_bytes())
    [entry] = kept["vi>ja"]
    chrf, bleu = found["everyday"][3], found["everyday"][4]
    assert list(kept) == ["vi>ja"]
    assert entry["package"] == "compact 1.0"
    assert (entry["chrf"], entry["bleu"]) == (float(chrf), float(bleu))
    assert figures_listed(tsunagi("list")) == f"{chrf}/{bleu}"


@pytest.mark.parametrize("direction", ["xx_ja", "vi_xx", "vi_vi"])
def test_a_direction_that_no_package_serves_is_an_error_that_says_so(tsunagi, tmp_path, direction):
    done = tsunagi("eval", direction)
    assert done.exit_code == 1
    assert "Error: No direction was measured: is a package installed for it?" in done.stderr
    assert not (tmp_path / "var" / "models-eval.json").exists()


@pytest.mark.parametrize("direction", ["vija", "_ja", "vi_", "vi-ja"])
def test_what_is_no_direction_is_told_how_to_write_one(tsunagi, direction):
    done = tsunagi("eval", direction)
    assert done.exit_code == 2
    assert f"{direction}: write it like vi_ja" in done.stderr


def test_a_folder_of_sets_that_is_not_there_is_named(tsunagi, tmp_path):
    done = tsunagi("eval", "vi_ja", "--sets", str(tmp_path / "none"))
    assert done.exit_code == 2
    assert "none" in done.stderr
