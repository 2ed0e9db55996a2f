"""An installation that is stopped, hindered or doubled leaves a folder of whole packages."""

import os
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from bot.adapters.translation.installing import install
from bot.adapters.translation.packages import find_packages
from bot.errors import InstallationError
from tests.support.packs import ROOT, put_small

NAME = "translate-vi_en-1.9"


@pytest.fixture
def models(tmp_path):
    return tmp_path / "models"


def put(archive, models):
    return install(str(archive), models, installed_at="", index="")


def names(models):
    return sorted(entry.name for entry in models.iterdir() if entry.name != ".lock")


CHILD = """
import os, resource, signal, sys
from pathlib import Path
from bot.adapters.translation.installing import install
from bot.errors import InstallationError

what, source, models = sys.argv[1], sys.argv[2], Path(sys.argv[3])
if what == "no room":
    resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))
if what == "no permission" and os.geteuid() == 0:
    os.seteuid(65534)
if what == "killed":
    def guard(event, arguments):  # the old package is out of its place, the new one not in it
        if event == "os.rename" and Path(arguments[0]).name == "package":
            os.kill(os.getpid(), signal.SIGKILL)
    sys.addaudithook(guard)
if what == "waits":
    def progress(done, total):
        print("reading", flush=True)
        sys.stdin.readline()
else:
    def progress(done, total): pass
try:
    install(source, models, installed_at="", index="", progress=progress)
except InstallationError as error:
    sys.exit(str(error))
"""


def child(what, source, models, **options):
    return subprocess.Popen(
        [sys.executable, "-c", CHILD, what, source, models],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        **options,
    )


def test_a_full_disk_is_said_and_leaves_nothing(models, tmp_path):
    archive = put_small(tmp_path / "a.zip", more={"model/model.bin": os.urandom(50_000)})
    with child("no room", archive, models) as process:
        _, told = process.communicate(timeout=30)
    assert told.strip() == f"no room on the disk of {models}: make some, and try again"
    assert names(models) == []


def test_a_folder_without_permission_is_said():
    with TemporaryDirectory() as place:  # pytest's own folders are closed to other users
        models = Path(place) / "models"
        archive = put_small(Path(place) / "a.zip")
        Path(place).chmod(0o755)
        # Whatever this process's umask is by now: the commands under test narrow it.
        archive.chmod(0o644)
        models.mkdir()
        models.chmod(0o555)
        with child("no permission", archive, models) as process:
            _, told = process.communicate(timeout=30)
    assert told.startswith(f"no permission for {models}/.lock: run this as the user")


def test_an_installation_killed_in_the_middle_of_a_replacement_is_mended(models, tmp_path):
    put(put_small(tmp_path / "a.zip"), models)
    with child("killed", put_small(tmp_path / "b.zip"), models) as process:
        process.communicate(timeout=30)
    assert process.returncode == -9
    (left,) = names(models)
    assert left.startswith(".installing-")
    assert find_packages([models], tmp_path / "var") == ([], [])
    seen = []
    install(
        str(put_small(tmp_path / "c.zip", "en_vi")),
        models,
        installed_at="",
        index="",
        progress=lambda *_: seen.append(names(models)),
    )
    assert left not in seen[0]
    assert NAME in seen[0]  # before room is taken for the next
    assert names(models) == ["translate-en_vi-1.9", NAME]


def test_two_installations_never_run_at_once(models, tmp_path):
    archive = put_small(tmp_path / "a.zip")
    with child("waits", archive, models) as process:
        assert process.stdout.readline() == "reading\n"
        with pytest.raises(InstallationError, match="another installation is running"):
            put(archive, models)
        assert find_packages([models], tmp_path / "var") == ([], [])
        process.communicate("go on\n", timeout=30)
    assert process.returncode == 0
    assert names(models) == [NAME]
