"""A release has its name by its content, and comes back from the store as it was served."""

import json
import re
import shutil
import zlib
from dataclasses import replace
from pathlib import Path

import pytest

from bot.authoring.release import (
    OUTSIDE,
    Served,
    pack,
    release_files,
    release_hash,
    served_by,
    unpack,
)
from bot.config import Settings
from bot.errors import DialogInvalidError
from handlers.runtime import Tasks
from handlers.wiring import build, load_content, make_versions, packed_release
from tests.fakes import memory_transaction
from tests.support.dialogs import DIALOGS

SERVED = Served({"ja": {"a.b": "はい"}, "vi": {"a.b": "Có"}}, {})


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    shutil.copytree(DIALOGS, tmp_path / "dialogs")
    return tmp_path / "dialogs"


def change(path: Path, old: str, new: str) -> None:
    words = path.read_text(encoding="utf-8")
    assert old in words
    path.write_text(words.replace(old, new, 1), encoding="utf-8")


def all_files(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8")
        for path in folder.rglob("*.yaml")
    }


# --- the name ------------------------------------------------------------------------------------


def test_the_name_changes_with_every_file_that_shapes_the_flow_or_its_words(folder):
    before = release_hash(folder)
    names = release_files(folder)
    assert {"screening.yaml", "phrases.yaml", "programmes.yaml", "triage.yaml"} <= set(names)
    assert any("detectors" in name for name in names)
    for name, words in names.items():
        (folder / name).write_text(words + "# one more line\n", encoding="utf-8")
        assert release_hash(folder) != before, name
        (folder / name).write_text(words, encoding="utf-8")
    assert release_hash(folder) == before


def test_the_name_changes_with_a_file_that_comes_goes_or_is_renamed(folder):
    seen = {release_hash(folder)}
    extra = folder / "branches" / "extra.yaml"
    extra.parent.mkdir(exist_ok=True)
    extra.write_text("a: b\n", encoding="utf-8")
    seen.add(release_hash(folder))
    extra.rename(extra.with_name("other.yaml"))
    seen.add(release_hash(folder))
    assert len(seen) == 3


def test_telephone_numbers_and_migration_maps_are_no_part_of_the_name(folder):
    before = release_hash(folder)
    (folder / "migrations.yaml").write_text("[]\n", encoding="utf-8")
    with (folder / "hotlines.yaml").open("a", encoding="utf-8") as file:
        file.write("# checked again\n")
    assert release_hash(folder) == before


def test_line_ends_of_another_system_do_not_change_the_name(folder):
    before = release_hash(folder)
    path = folder / "screening.yaml"
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert release_hash(folder) == before


# --- packing -------------------------------------------------------------------------------------


def test_what_was_packed_comes_back(folder, tmp_path):
    served = unpack(pack(folder, SERVED), tmp_path / "again")
    assert served == SERVED
    expected = all_files(folder)
    for outside in OUTSIDE:
        del expected[outside]
    assert all_files(tmp_path / "again") == expected
    assert release_hash(tmp_path / "again") == release_hash(folder)


def test_the_same_content_is_packed_to_the_same_bytes(folder):
    assert pack(folder, SERVED) == pack(folder, SERVED)
    assert pack(folder, SERVED) != pack(folder, Served({"ja": {"a.b": "いいえ"}}, {}))


def test_words_of_telephone_lines_stay_out_of_a_release(folder, tmp_path):
    lines = Served({"ja": {"hotlines.X.hours": "24時間", "a.b": "はい"}}, {})
    assert unpack(pack(folder, lines), tmp_path / "again").words == {"ja": {"a.b": "はい"}}


@pytest.mark.parametrize(
    "packed",
    [
        b"",
        b"no zlib",
        zlib.compress(b"no JSON"),
        zlib.compress(b"[]"),
        zlib.compress(b"{}"),
        zlib.compress(b'{"format": 99, "files": {}, "words": {}, "furigana": {}}'),
    ],
)
def test_a_content_that_is_not_ours_is_refused(packed, tmp_path):
    with pytest.raises(DialogInvalidError):
        unpack(packed, tmp_path)


@pytest.mark.parametrize("name", ["../outside.yaml", "/outside.yaml", "a/../../outside.yaml"])
def test_a_file_outside_the_folder_is_refused(name, tmp_path):
    content = {"format": 1, "files": {name: "a: b"}, "words": {}, "furigana": {}}
    with pytest.raises(DialogInvalidError):
        unpack(zlib.compress(json.dumps(content).encode()), tmp_path / "folder")
    assert not (tmp_path / "outside.yaml").exists()


def test_words_of_a_release_go_before_those_that_are_lent_to_it():
    lent = Served({"ja": {"a.b": "うん", "c.d": "新しい"}, "en": {"a.b": "Yes"}}, {"c.d": "x"})
    assert SERVED.over(lent) == Served(
        {"ja": {"a.b": "はい", "c.d": "新しい"}, "vi": {"a.b": "Có"}}, {"c.d": "x"}
    )


def test_a_process_stores_its_version_when_it_starts_and_a_second_one_finds_it(content, tmp_path):
    settings = Settings(database_url=f"sqlite:///{tmp_path / 'tsunagi.sqlite3'}")
    stored = []
    for _ in range(2):
        program = build(settings, Tasks(0), content=content)
        with program.store.reading() as work:
            [release] = work.releases.all()
            stored.append((release, work.releases.packed(release.version)))
        program.store.close()
    assert stored[0] == stored[1]
    assert stored[0][0].version == content.book.dialog.version


# --- the real content ----------------------------------------------------------------------------


@pytest.fixture(scope="module")
def content():
    return load_content()


def found(content, version: str, packed: bytes):
    transaction = memory_transaction()
    with transaction() as work:
        work.releases.add(version, packed, at=1)
        return make_versions(content).find(work, version)


def test_a_stored_version_speaks_the_words_it_was_released_with_in_every_language(content):
    version = content.book.dialog.version
    served = served_by(content.catalogs, content.book.texts)
    assert set(served.words) == set(content.catalogs.languages())
    flow = found(content, version, packed_release(content))
    assert flow is not None
    assert flow.dialog == content.book.dialog
    assert flow.renderer.languages() == content.catalogs.languages()
    for lang in served.words:
        for text in content.book.texts.values():
            assert flow.renderer.render(text, lang) == content.catalogs.render(text, lang)
    assert set(flow.detectors) == set(content.book.detectors)


def test_a_stored_version_keeps_its_words_when_the_present_ones_are_others(content):
    served = served_by(content.catalogs, content.book.texts)
    address = next(iter(content.book.dialog.phrases.values())).address
    told = {lang: {**own, address: f"then-{lang}"} for lang, own in served.words.items()}
    flow = found(content, "1-then", pack(content.dialogs, replace(served, words=told)))
    assert flow is not None
    text = content.book.texts[address]
    for lang in served.words:
        if lang != "ja":
            assert flow.renderer.render(text, lang).text == f"then-{lang}"
    assert flow.dialog.version == "1-then"


def test_a_stored_version_says_the_present_telephone_numbers(content, folder):
    packed = packed_release(content)
    present = replace(content, dialogs=folder)
    path = folder / "hotlines.yaml"
    words = path.read_text(encoding="utf-8")
    number = re.search(r'POLICE_EMERGENCY:\s*\{?\s*.*?number: "([^"]+)"', words, re.DOTALL)
    assert number is not None
    change(path, number[0], number[0].replace(f'"{number[1]}"', '"999"'))
    flow = found(present, content.book.dialog.version, packed)
    assert flow is not None
    start = flow.dialog.nodes["START"]
    for lang in content.catalogs.languages():
        said = flow.renderer.render(start.text, lang).text
        assert "999" in said
        assert f"{number[1]}" not in said


def test_a_version_that_names_a_number_which_is_verified_no_longer_is_of_no_use(content, folder):
    packed = packed_release(content)
    path = folder / "hotlines.yaml"
    words = path.read_text(encoding="utf-8")
    path.write_text(words.replace("status: stable", "status: unverified"), encoding="utf-8")
    present = replace(content, dialogs=folder)
    assert found(present, content.book.dialog.version, packed) is None
