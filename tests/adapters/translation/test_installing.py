"""Packages are installed whole or not at all, and what was installed is written down."""

import json
import os
import zipfile
from hashlib import sha256

import pytest

from bot.adapters.translation.archives import LARGEST, MOST_MEMBERS
from bot.adapters.translation.contents import DRAFTS_ONLY
from bot.adapters.translation.installing import install, remove
from bot.adapters.translation.packages import find_packages
from bot.adapters.translation.records import changed_files, read_record
from bot.errors import InstallationError
from tests.support.packs import PACK, put_small

AT = "2026-11-25T04:00:00+00:00"
NAME = "translate-vi_en-1.9"


@pytest.fixture
def models(tmp_path):
    return tmp_path / "models"


@pytest.fixture
def put(models):
    """Install with what a command would pass."""

    def call(source, **options):
        return install(str(source), models, installed_at=AT, index="http://127.0.0.1:9/", **options)

    return call


def names(models):
    return sorted(entry.name for entry in models.iterdir() if entry.name != ".lock")


def refusal(put, source, **options):
    with pytest.raises(InstallationError) as refused:
        put(source, **options)
    return str(refused.value)


@pytest.mark.parametrize("suffix", [".argosmodel", ".zip"])
def test_an_archive_is_put_in_place_with_a_record_of_what_it_was(models, put, tmp_path, suffix):
    archive = put_small(tmp_path / f"download{suffix}")
    seen = []
    done = put(archive, progress=lambda *counts: seen.append(counts))
    assert (done.name, done.replaced, done.drafts_only) == (NAME, False, False)
    assert names(models) == [NAME]
    size = archive.stat().st_size
    assert seen[-1] == (size, size)
    record = done.record
    assert read_record(models / NAME) == record
    assert (record.source, record.installed_at) == (str(archive), AT)
    assert record.archive_sha256 == sha256(archive.read_bytes()).hexdigest()
    assert record.model_sha256 == sha256(b"weights of vi_en").hexdigest()
    files = [file for file in (models / NAME).rglob("*") if file.is_file()]
    assert record.bytes == sum(
        file.stat().st_size for file in files if file.name != "installed.json"
    )
    found, problems = find_packages([models], tmp_path / "var")
    assert ([each.name for each in found], problems) == (["argos vi_en 1.9"], [])


def test_a_changed_or_missing_file_is_found(put, tmp_path):
    done = put(put_small(tmp_path / "a.zip"))
    assert changed_files(done.folder, done.record) == []
    (done.folder / "model" / "model.bin").write_bytes(b"other weights")
    (done.folder / "README.md").unlink()
    assert sorted(changed_files(done.folder, done.record)) == ["README.md", "model/model.bin"]


def test_the_same_version_is_replaced_and_another_stays_beside_it(models, put, tmp_path):
    put(put_small(tmp_path / "a.zip"))
    again = put(put_small(tmp_path / "b.zip", more={"NEWS.md": "trained anew"}))
    assert again.replaced
    assert (models / NAME / "NEWS.md").exists()
    put(put_small(tmp_path / "c.zip", package_version="1.10"))
    assert names(models) == ["translate-vi_en-1.10", NAME]


def test_a_copy_of_the_same_version_put_there_by_hand_is_replaced_too(models, put, tmp_path):
    models.mkdir()
    with zipfile.ZipFile(put_small(tmp_path / "a.zip")) as opened:
        opened.extractall(models)
    assert names(models) == ["translate-vi_en"]
    assert put(tmp_path / "a.zip").replaced
    assert names(models) == [NAME]


def test_a_folder_is_copied_with_its_rule_of_use(put, tmp_path):
    with zipfile.ZipFile(
        put_small(tmp_path / "a.zip", more={"use.json": f'{{"use": "{DRAFTS_ONLY}"}}'})
    ) as opened:
        opened.extractall(tmp_path)
    done = put(tmp_path / "translate-vi_en")
    assert (done.name, done.drafts_only, done.record.archive_sha256) == (NAME, True, "")
    assert done.record.files["sentencepiece.model"] == sha256(b"pieces").hexdigest()


def test_the_compact_pack_is_copied_whole_and_keeps_its_name(models, put, tmp_path):
    done = put(PACK)
    assert (done.name, len(done.headings), done.drafts_only) == ("compact-1.0", 42, True)
    found, problems = find_packages([PACK, models], tmp_path / "var")
    assert (len(found), problems) == (84, [])
    assert {each.name for each in found} == {"compact 1.0"}
    assert len({each.folder for each in found}) == 84


def test_a_pack_in_an_archive_is_installed_as_a_pack(models, put, tmp_path):
    with zipfile.ZipFile(tmp_path / "pack.zip", "w") as opened:
        for name in (
            "sentencepiece.model",
            "use.json",
            "ja_vi/metadata.json",
            "vi_ja/metadata.json",
        ):
            opened.write(PACK / name, f"better/{name}")
        opened.writestr("better/model/model.bin", b"weights")
    assert put(tmp_path / "pack.zip").name == "better-1.0"
    found, problems = find_packages([models], tmp_path / "var")
    assert ([each.name for each in found], problems) == (["better 1.0"] * 2, [])


def test_a_checksum_that_agrees_is_no_obstacle_and_one_that_differs_is(models, put, tmp_path):
    archive = put_small(tmp_path / "a.zip")
    digest = sha256(archive.read_bytes()).hexdigest()
    wrong = "0" * 64
    assert f"the SHA-256 is {digest}, not {wrong}" in refusal(put, archive, sha256=wrong)
    assert names(models) == []
    assert put(archive, sha256=f" {digest.upper()}\n").name == NAME
    assert "64 hexadecimal digits" in refusal(put, archive, sha256="abc")
    assert "a folder has no SHA-256" in refusal(put, models / NAME, sha256=digest)


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"without": ("metadata.json",)}, "no metadata.json in the archive"),
        ({"without": ("model/model.bin",)}, "no model/model.bin"),
        ({"without": ("sentencepiece.model",)}, "neither sentencepiece.model nor bpe.model"),
        ({"type": "sbd"}, 'its type is "sbd"'),
        ({"from_code": "../../etc"}, "malformed"),
        ({"package_version": "1/../.."}, "malformed"),
        ({"to_code": None}, "names no from_code"),
        ({"more": {"use.json": '{"use": "all"}'}}, '"use" must be'),
        ({"more": {"metadata.json": "[]"}}, "holds no object"),
        ({"more": {"../../out": "x"}}, "leads out of it"),
        ({"more": {"ReadMe.md": "x"}}, "differ by case"),
        ({"more": {"zeros": bytes(2_000_000)}}, "grows beyond measure"),
    ],
)
def test_what_is_no_usable_package_is_refused_and_nothing_changes(
    models, put, tmp_path, changes, told
):
    put(put_small(tmp_path / "good.zip"))
    before = {file: file.stat().st_mtime_ns for file in models.rglob("*")}
    bad = put_small(tmp_path / "bad.zip", **changes)
    assert told in refusal(put, bad)
    assert {file: file.stat().st_mtime_ns for file in models.rglob("*")} == before
    assert not (tmp_path / "out").exists()


def test_an_encrypted_archive_is_refused(put, tmp_path):
    content = bytearray(put_small(tmp_path / "a.zip").read_bytes())
    at = content.find(b"PK\x01\x02")
    content[at + 8] |= 1  # the flag of an encrypted member in its entry of the listing
    (tmp_path / "a.zip").write_bytes(content)
    assert "the archive is encrypted" in refusal(put, tmp_path / "a.zip")


def test_a_damaged_archive_is_refused_and_leaves_nothing(models, put, tmp_path):
    archive = put_small(tmp_path / "a.zip", more={"model/model.bin": os.urandom(100_000)})
    content = bytearray(archive.read_bytes())
    at = content.find(b"model/model.bin") + 50_000
    content[at] ^= 0xFF
    archive.write_bytes(content)
    assert "not a usable package" in refusal(put, archive)
    assert names(models) == []
    archive.write_bytes(b"<html>not found</html>")
    assert "not a zip file" in refusal(put, archive)


def listing(content, position, value):
    """Write a 4-byte number into each entry of an archive's listing."""
    at = content.find(b"PK\x01\x02")
    while at >= 0:
        content[at + position : at + position + 4] = value.to_bytes(4, "little")
        at = content.find(b"PK\x01\x02", at + 4)


def test_an_archive_or_folder_of_too_much_is_refused(put, tmp_path):
    archive = put_small(tmp_path / "a.zip")
    with zipfile.ZipFile(archive) as opened:
        opened.extractall(tmp_path)
    content = bytearray(archive.read_bytes())
    for position in (20, 24):  # packed and unpacked size
        listing(content, position, LARGEST)
    (tmp_path / "b.zip").write_bytes(content)
    assert f"more than {LARGEST} bytes" in refusal(put, tmp_path / "b.zip")
    many = {f"n/{number}": "" for number in range(MOST_MEMBERS)}
    assert "too many files" in refusal(put, put_small(tmp_path / "c.zip", more=many))
    assert "metadata.json is too large" in refusal(
        put, put_small(tmp_path / "d.zip", note=os.urandom(600_000).hex())
    )
    with (tmp_path / "translate-vi_en" / "hole").open("wb") as hole:
        hole.truncate(LARGEST + 1)
    assert f"more than {LARGEST} bytes" in refusal(put, tmp_path / "translate-vi_en")


def test_a_folder_with_a_link_is_refused(put, tmp_path):
    with zipfile.ZipFile(put_small(tmp_path / "a.zip")) as opened:
        opened.extractall(tmp_path)
    (tmp_path / "translate-vi_en" / "key").symlink_to("/etc/hostname")
    assert "holds a link" in refusal(put, tmp_path / "translate-vi_en")
    (tmp_path / "empty").mkdir()
    assert "neither a package nor a compact pack" in refusal(put, tmp_path / "empty")


def test_a_file_that_is_not_there_is_said(put, tmp_path):
    assert "no such file" in refusal(put, tmp_path / "none.argosmodel")


def test_nothing_is_installed_into_a_package(tmp_path):
    with zipfile.ZipFile(put_small(tmp_path / "a.zip")) as opened:
        opened.extractall(tmp_path)
    with pytest.raises(InstallationError, match="is itself a package"):
        install(str(tmp_path / "a.zip"), tmp_path / "translate-vi_en", installed_at=AT, index="")


def test_a_package_or_archive_is_removed_by_the_name_it_lies_under(models, put, tmp_path):
    put(put_small(tmp_path / "a.zip"))
    put_small(models / "by-hand.argosmodel", "en_vi")
    remove(NAME, models)
    assert names(models) == ["by-hand.argosmodel"]
    remove("by-hand.argosmodel", models)
    assert names(models) == []


@pytest.mark.parametrize("name", ["none", "..", "../models", ".lock", "", "/etc"])
def test_what_is_not_there_or_lies_elsewhere_is_not_removed(models, put, tmp_path, name):
    put(put_small(tmp_path / "a.zip"))
    with pytest.raises(InstallationError, match="holds no"):
        remove(name, models)
    assert names(models) == [NAME]


def test_a_record_that_came_in_the_archive_is_not_believed(put, tmp_path):
    forged = json.dumps({"source": "official", "files": {}, "bytes": 0})
    done = put(put_small(tmp_path / "a.zip", more={"installed.json": forged}))
    assert read_record(done.folder) == done.record
    assert done.record.source == str(tmp_path / "a.zip")
    assert changed_files(done.folder, done.record) == []
