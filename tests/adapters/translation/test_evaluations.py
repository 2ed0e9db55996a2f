"""What an evaluation found is kept, and a broken file of it stops nothing."""

import json
from concurrent.futures import ThreadPoolExecutor

import pytest

from bot.adapters.translation.evaluations import (
    EVALUATIONS,
    Evaluation,
    chrf_by_package,
    read_evaluations,
    write_evaluations,
)
from bot.adapters.translation.packages import find_packages
from bot.adapters.translation.routes import figure_key
from tests.support.packs import MODELS

COMPACT = Evaluation("compact 1.0", 31.5, 12.25)
ARGOS = Evaluation("argos vi_ja 1.9", 28.0, 10.0)


def test_what_was_written_is_read(tmp_path):
    var = tmp_path / "not made yet"
    write_evaluations(var, [("vi>ja", COMPACT), ("ja>vi", COMPACT), ("vi>ja", ARGOS)])
    assert read_evaluations(var) == {"vi>ja": [COMPACT, ARGOS], "ja>vi": [COMPACT]}


def test_a_new_evaluation_takes_the_place_of_the_packages_old_one(tmp_path):
    write_evaluations(tmp_path, [("vi>ja", COMPACT), ("vi>ja", ARGOS), ("ja>vi", COMPACT)])
    better = Evaluation("compact 1.0", 40.0, 20.0)
    write_evaluations(tmp_path, [("vi>ja", better)])
    assert read_evaluations(tmp_path) == {"vi>ja": [ARGOS, better], "ja>vi": [COMPACT]}


def test_another_version_is_another_package(tmp_path):
    newer = Evaluation("compact 1.1", 40.0, 20.0)
    write_evaluations(tmp_path, [("vi>ja", COMPACT)])
    write_evaluations(tmp_path, [("vi>ja", newer)])
    assert read_evaluations(tmp_path) == {"vi>ja": [COMPACT, newer]}


def test_without_a_file_there_are_no_evaluations(tmp_path):
    assert read_evaluations(tmp_path / "none") == {}


@pytest.mark.parametrize("content", ["", "no JSON", "[]", '"text"', "{", b"\xff\xfe", "null"])
def test_a_broken_file_is_as_none_and_is_written_anew(tmp_path, content):
    content = content if isinstance(content, bytes) else content.encode()
    (tmp_path / EVALUATIONS).write_bytes(content)
    assert read_evaluations(tmp_path) == {}
    write_evaluations(tmp_path, [("vi>ja", COMPACT)])
    assert read_evaluations(tmp_path) == {"vi>ja": [COMPACT]}


def test_what_is_malformed_is_left_out_and_hides_nothing(tmp_path):
    whole = {"package": "compact 1.0", "chrf": 31.5, "bleu": 12.25}
    content = {
        "vi>ja": [whole, whole | {"chrf": "31"}, {"package": "x"}, "text", None],
        "ja>vi": "nothing",
        "ne>ja": [],
    }
    (tmp_path / EVALUATIONS).write_text(json.dumps(content), encoding="utf-8")
    assert read_evaluations(tmp_path) == {"vi>ja": [COMPACT], "ne>ja": []}


def test_a_write_that_fails_leaves_the_old_file_whole(tmp_path):
    write_evaluations(tmp_path, [("vi>ja", COMPACT)])
    (tmp_path / f".{EVALUATIONS}").mkdir()  # nothing can be written there
    with pytest.raises(OSError, match="directory"):
        write_evaluations(tmp_path, [("vi>ja", ARGOS)])
    assert read_evaluations(tmp_path) == {"vi>ja": [COMPACT]}


def test_a_reader_never_meets_half_a_file(tmp_path):
    many = [(f"d{number}>ja", COMPACT) for number in range(300)]
    write_evaluations(tmp_path, many)

    def write():
        for _ in range(40):
            write_evaluations(tmp_path, many)
        return True

    with ThreadPoolExecutor(1) as thread:
        writing = thread.submit(write)
        seen = []
        while not writing.done():
            seen.append(len(read_evaluations(tmp_path)))
        assert writing.result()
    assert set(seen) == {300}
    assert [each.name for each in tmp_path.iterdir()] == [EVALUATIONS]


def test_figures_carry_the_names_by_which_packages_are_chosen(tmp_path):
    packages, _ = find_packages([MODELS], tmp_path)
    package = next(each for each in packages if (each.source, each.target) == ("vi", "ja"))
    write_evaluations(tmp_path, [("vi>ja", Evaluation(package.name, 31.5, 12.25))])
    assert chrf_by_package(read_evaluations(tmp_path)) == {figure_key(package): 31.5}
