"""What is found in a folder of translation packages, and what is refused."""

import stat
import zipfile

import pytest

from bot.adapters.translation.packages import find_packages
from tests.support.packs import PACK, put_archive, put_pack, put_package


@pytest.fixture
def models(tmp_path):
    folder = tmp_path / "models"
    folder.mkdir()
    return folder


def test_an_archive_is_unpacked_once(models, tmp_path):
    put_archive(models / "ja_en.argosmodel", "ja_en")
    found, problems = find_packages([models], tmp_path)
    assert ([package.name for package in found], problems) == (["argos ja_en 1.0"], [])
    assert not found[0].drafts_only
    unpacked = list((tmp_path / "argos-packages").iterdir())
    assert unpacked == [found[0].folder]
    assert find_packages([models], tmp_path) == (found, [])
    assert list((tmp_path / "argos-packages").iterdir()) == unpacked


def test_a_changed_archive_is_unpacked_anew(models, tmp_path):
    archive = put_archive(models / "ja_en.argosmodel", "ja_en")
    find_packages([models], tmp_path)
    put_archive(archive, "ja_en", package_version="1.1")
    found, _ = find_packages([models], tmp_path)
    assert [package.version for package in found] == ["1.1"]


def test_a_pack_that_moved_is_linked_anew(models, tmp_path):
    put_pack(models / "compact", "ja_en")
    find_packages([models], tmp_path)
    (models / "compact").rename(models.parent / "compact")
    found, _ = find_packages([models.parent / "compact"], tmp_path)
    assert (found[0].folder / "metadata.json").is_file()


def test_a_broken_package_is_named_and_hides_no_other(models, tmp_path):
    put_package(models / "good", "ja_en")
    put_package(models / "no-model", "en_ja").joinpath("model").unlink()
    put_package(models / "no-tokenizer", "en_ja").joinpath("sentencepiece.model").unlink()
    put_package(models / "not-json", "en_ja").joinpath("metadata.json").write_text("{")
    put_package(models / "nameless", "en_ja", from_code=None)
    put_package(models / "odd-use", "en_ja").joinpath("use.json").write_text('{"use": "all"}')
    put_package(models / "not-for-translation", "en_ja", type="sbd")
    put_pack(models / "pack", "ja_vi").joinpath("ja_ko").mkdir()
    (models / "pack" / "ja_ko" / "metadata.json").write_text("[]")
    (models / "stray").mkdir()
    (models / "no-zip.argosmodel").write_bytes(b"PK")
    (models / "README.md").write_text("left alone")
    found, problems = find_packages([models], tmp_path / "var")
    assert [package.name for package in found] == ["argos ja_en 1.0", "pack 1.0"]
    assert [problem.split(":")[0] for problem in problems] == [
        *("nameless", "no-model", "no-tokenizer", "no-zip.argosmodel", "not-json"),
        *("odd-use", "pack/ja_ko", "stray"),
    ]
    assert str(tmp_path) not in "".join(problems)


@pytest.mark.parametrize(
    ("told", "members"),
    [
        ("leads out of it", {"../ja_en/metadata.json": "{}"}),
        ("leads out of it", {"/ja_en/metadata.json": "{}"}),
        ("leads out of it", {"ja_en/metadata.json": "{}", "ja_en/../../out": "x"}),
        ("exactly one folder", {"ja_en/metadata.json": "{}", "en_ja/metadata.json": "{}"}),
        ("no metadata.json", {"ja_en/README.md": "no metadata"}),
        ("leads out of it", {"ja_en/metadata.json": "{}", "ja_en/model/link": None}),
    ],
    ids=["up", "absolute", "up-inside", "two-folders", "no-metadata", "link"],
)
def test_an_archive_that_reaches_out_of_its_folder_is_refused(models, tmp_path, told, members):
    with zipfile.ZipFile(models / "bad.argosmodel", "w") as opened:
        for name, text in members.items():
            member = zipfile.ZipInfo(name)
            if text is None:
                member.external_attr = (stat.S_IFLNK | 0o777) << 16
            opened.writestr(member, text or "/etc/passwd")
    found, problems = find_packages([models], tmp_path / "var")
    assert found == []
    (problem,) = problems
    assert told in problem
    assert [path for path in (tmp_path / "var").rglob("*") if path.is_file()] == []


def test_a_folder_that_is_itself_a_pack_is_taken(tmp_path):
    found, problems = find_packages([PACK], tmp_path)
    assert (len(found), problems) == (42, [])
    assert all(package.drafts_only for package in found)


def test_packages_of_several_folders_are_found_and_a_missing_folder_is_said(models, tmp_path):
    put_package(models / "mine", "ja_en")
    found, problems = find_packages([PACK, models, tmp_path / "none"], tmp_path / "var")
    assert len(found) == 43
    assert {each.origin.name for each in found} == {"compact", "mine"}
    assert problems == ["none: no such folder of translation packages, or not readable"]


def test_two_packs_of_one_name_do_not_get_into_each_other_s_way(models, tmp_path):
    for place in (models, tmp_path / "more"):
        place.mkdir(exist_ok=True)
        put_pack(place / "compact", "ja_en")
    found, _ = find_packages([models, tmp_path / "more"], tmp_path / "var")
    assert len({each.folder for each in found}) == 2


def test_an_installation_under_way_is_not_a_package(models, tmp_path):
    put_package(models / ".installing-x", "ja_en")
    put_archive(models / ".half.argosmodel", "ja_en")
    assert find_packages([models], tmp_path / "var") == ([], [])
