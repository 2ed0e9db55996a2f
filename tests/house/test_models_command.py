"""`tsunagi models` as an operator uses it: look, install, check, remove."""

import json
import os
import subprocess
import sys
from hashlib import sha256
from pathlib import Path

import pytest

from bot.cli import main
from bot.cli_models import models
from tests.support.model_server import running_model_server
from tests.support.packs import PACK, put_small

ROOT = Path(__file__).parents[2]


@pytest.fixture
def tsunagi_models(tmp_path):
    """Call the command in a data folder of the test's own."""

    def call(*arguments, **settings):
        env = {
            "PATH": os.environ["PATH"],
            "LANG": "C.UTF-8",
            "TSUNAGI_VAR_DIR": str(tmp_path / "var"),
            **{f"TSUNAGI_{name.upper()}": str(value) for name, value in settings.items()},
        }
        return subprocess.run(
            [
                *(sys.executable, "-c"),
                "import sys; from bot.cli_models import models; models(sys.argv[1:])",
                *arguments,
            ],
            cwd=ROOT,
            env=env,
            capture_output=True,
            text=True,
            check=False,
        )

    return call


def row(done, start):
    """The cells of the table rows that begin so."""
    return [line.split("  ") for line in done.stdout.splitlines() if line.startswith(start + " ")]


def cells(done, start):
    return [[cell.strip() for cell in each if cell.strip()] for each in row(done, start)]


BUNDLED = json.loads((PACK / "installed.json").read_bytes())["files"]["model/model.bin"]


def test_the_group_is_part_of_the_program():
    assert main.commands["models"] is models
    assert set(models.commands) >= {"list", "install", "remove"}


def test_a_demo_shows_the_bundled_pack_and_the_way_of_every_language(tsunagi_models):
    done = tsunagi_models("list")
    assert done.returncode == 0, done.stderr
    assert cells(done, "vi → ja") == [
        ["vi → ja", "compact 1.0", "counselors only", "30", BUNDLED[:12], "-", "compact"],
        ["vi → ja", "vi→ja", "direct", "compact 1.0", "counselors only"],
    ]
    assert cells(done, "ja → zh-Hant") == [
        ["ja → zh-Hant", "ja→zh", "direct", "compact 1.0", "counselors only"]
    ]
    assert "no translation" not in done.stdout


def test_an_installed_package_is_listed_used_by_a_pivot_checked_and_removed(
    tsunagi_models, tmp_path
):
    first, second = put_small(tmp_path / "a.zip"), put_small(tmp_path / "b.zip", "en_ja")
    digest = sha256(first.read_bytes()).hexdigest()
    done = tsunagi_models("install", str(first), "--sha256", digest)
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("installed translate-vi_en-1.9 (vi→en)\n")
    assert f"SHA-256 of the archive {digest}\nshown to everybody\n" in done.stdout
    assert tsunagi_models("install", str(second)).returncode == 0
    assert tsunagi_models("install", str(second)).stdout.startswith("replaced translate-en_ja-1.9")

    listed = tsunagi_models("list")
    model = sha256(b"weights of vi_en").hexdigest()[:12]
    assert cells(listed, "vi → en")[-1] == [
        *("vi → en", "argos vi_en 1.9", "everybody", "0", model, "-", "translate-vi_en-1.9")
    ]
    assert cells(listed, "vi → ja")[-1] == [
        *("vi → ja", "vi→en→ja", "by en", "argos vi_en 1.9 + argos en_ja 1.9", "everybody")
    ]

    fine = tsunagi_models("list", "--verify")
    assert fine.returncode == 0, fine.stderr
    assert "Every file with a record is as it was installed." in fine.stdout
    weights = sha256((PACK / "model" / "model.bin").read_bytes()).hexdigest()
    assert cells(fine, "ja → vi")[0][4] == weights[:12]

    place = tmp_path / "var" / "models" / "translate-vi_en-1.9"
    (place / "model" / "model.bin").write_bytes(b"other weights")
    assert tsunagi_models("list").returncode == 0
    changed = tsunagi_models("list", "--verify")
    assert changed.returncode == 1
    assert "installation:\n- translate-vi_en-1.9: model/model.bin\n" in changed.stdout

    removed = tsunagi_models("remove", "translate-vi_en-1.9")
    assert removed.returncode == 0, removed.stderr
    assert not place.exists()
    again = tsunagi_models("remove", "translate-vi_en-1.9")
    assert (again.returncode, again.stdout) == (1, "")
    assert "holds no translate-vi_en-1.9" in again.stderr


def test_a_direction_comes_from_the_index_that_the_settings_name(tsunagi_models, tmp_path):
    with running_model_server() as shop:
        shop.files["/p"] = put_small(tmp_path / "a.zip").read_bytes()
        shop.files["/index"] = json.dumps(
            [{"from_code": "vi", "to_code": "en", "links": [f"{shop.url}/p"]}]
        ).encode()
        done = tsunagi_models("install", "vi_en", argos_index=f"{shop.url}/index")
        assert done.returncode == 0, done.stderr
        assert shop.paths == ["/index", "/p"]
        assert done.stderr == "Reading\n"
        refused = tsunagi_models("install", f"{shop.url}/none")
    assert (refused.returncode, refused.stdout) == (1, "")
    assert "Error: http://127.0.0.1" in refused.stderr
    assert "look up its present address" in refused.stderr


def test_figures_of_the_evaluation_are_shown_and_choose_the_package(tsunagi_models, tmp_path):
    for version in ("1.9", "2.0"):
        put_small(tmp_path / "a.zip", "vi_ja", package_version=version)
        assert tsunagi_models("install", str(tmp_path / "a.zip")).returncode == 0
    (tmp_path / "var" / "models-eval.json").write_text(
        json.dumps(
            {
                "vi>ja": [
                    {"package": "argos vi_ja 1.9", "chrf": 41.25, "bleu": 30},
                    {"package": "argos vi_ja 2.0", "chrf": 12, "bleu": 9.5},
                    {"package": "broken"},
                ],
                "ja>vi": "broken",
            }
        )
    )
    done = tsunagi_models("list")
    figures = {each[1]: each[5] for each in cells(done, "vi → ja")[:-1]}
    assert figures == {
        "compact 1.0": "-",
        "argos vi_ja 1.9": "41.2/30.0",
        "argos vi_ja 2.0": "12.0/9.5",
    }
    assert cells(done, "vi → ja")[-1][3] == "argos vi_ja 1.9"
    (tmp_path / "var" / "models-eval.json").write_text("{")
    assert cells(tsunagi_models("list"), "vi → ja")[-1][3] == "argos vi_ja 2.0"


def test_production_has_no_test_model_and_says_what_cannot_be_translated_or_used(
    tsunagi_models, tmp_path
):
    production = {
        "mode": "production",
        "secret_key": "0123456789abcdef0123456789abcdef",
        "line_channel_secret": "channel-secret",
        "line_channel_access_token": "channel-token",
        "base_url": "https://soudan.example",
    }
    empty = tsunagi_models("list", **production)
    assert empty.returncode == 0, empty.stderr
    assert "No package is installed" in empty.stdout
    assert "models: no such folder" in empty.stdout
    assert cells(empty, "vi → ja") == [["vi → ja", "-", "no translation", "-", "-"]]

    assert tsunagi_models("install", str(PACK), **production).returncode == 0
    (tmp_path / "var" / "models" / "stray").mkdir()
    done = tsunagi_models("list", **production)
    assert cells(done, "vi → ja") == [
        [
            *("vi → ja", "compact 1.0", "nobody here", "30"),
            cells(done, "vi → ja")[0][4],
            "-",
            "compact-1.0",
        ],
        ["vi → ja", "-", "no translation", "-", "-"],
    ]
    assert "Not usable:\n- stray: no metadata.json" in done.stdout
