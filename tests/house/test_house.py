"""Rules about the files themselves: sizes, numbers, words that have no place here."""

import re
import subprocess
from pathlib import Path

import pytest

from bot.cli import main

ROOT = Path(__file__).parents[2]
MOST_LINES = 300
SOURCES = {".py", ".js", ".css", ".html"}
FOLDERS = ("bot", "handlers", "deploy", "tests")

MACHINE_PATH = re.compile(r"(?<![\w.~-])/(?:work|tmp|home|root)/\w")
REGISTRY = re.compile(r"https?://[^\s/)\"']*(?:pypi|pythonhosted|npmjs|artifactory|mirror)")
UNFINISHED = re.compile(r"\b(?:TODO|FIXME|XXX)\b")
PATCHING = re.compile(r"unittest\.mock|unittest import mock|import mock\b|\bmocker\.")
THIS_FILE = "tests/house/test_house.py"
"""It has to spell out what it looks for."""


def files() -> list[Path]:
    """What belongs to the project: tracked, or new and not ignored."""
    listed = subprocess.run(
        [
            "git",
            "-c",
            "safe.directory=*",
            "ls-files",
            "--cached",
            "--others",
            "--exclude-standard",
            "-z",
        ],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    return [path for name in listed.split("\0") if name and (path := ROOT / name).is_file()]


def texts() -> list[tuple[str, str]]:
    """Name and text of every file of the project that is text."""
    found = []
    for path in files():
        content = path.read_bytes()
        if b"\0" not in content:
            found.append((path.relative_to(ROOT).as_posix(), content.decode("utf-8")))
    return found


def places_of(pattern: re.Pattern[str], names: str = "") -> list[str]:
    """Where a pattern stands: `name:line` of each hit in files whose name ends with `names`."""
    return [
        f"{name}:{number}"
        for name, text in texts()
        if name.endswith(names) and name != THIS_FILE
        for number, line in enumerate(text.splitlines(), start=1)
        if pattern.search(line)
    ]


def test_no_source_file_has_more_than_300_lines():
    long = {
        name: count
        for name, text in texts()
        if Path(name).suffix in SOURCES
        and name.startswith(FOLDERS)
        and (count := len(text.splitlines())) > MOST_LINES
    }
    assert long == {}


def test_every_decision_has_a_number_of_its_own_without_gaps():
    names = sorted(path.name for path in (ROOT / "docs" / "adr").iterdir())
    assert [name[:5] for name in names] == [f"{number:04}-" for number in range(1, len(names) + 1)]


def test_every_decision_says_its_status_context_decision_and_consequences():
    for path in sorted((ROOT / "docs" / "adr").iterdir()):
        text = path.read_text(encoding="utf-8")
        assert text.startswith(f"# {path.name[:4]}. "), path.name
        parts = re.findall(r"^(Status: |## \w+)", text, re.MULTILINE)
        assert parts == ["Status: ", "## Context", "## Decision", "## Consequences"], path.name


@pytest.mark.parametrize(
    ("pattern", "found", "left"),
    [
        (MACHINE_PATH, "see /home/somebody/file", "GET /work, docs/home/page"),
        (REGISTRY, "https://files.pythonhosted.org/x", "https://keepachangelog.com/en/"),
        (UNFINISHED, "# TODO: later", "# done"),
        (PATCHING, "from unittest import mock", "import mockingbird"),
    ],
)
def test_the_rules_about_words_find_what_they_look_for_and_no_more(pattern, found, left):
    assert pattern.search(found)
    assert not pattern.search(left)


@pytest.mark.parametrize(
    ("what", "pattern"),
    [("a path of somebody's machine", MACHINE_PATH), ("a registry", REGISTRY)],
)
def test_no_file_names_somebody_s_machine_or_a_registry(what, pattern):
    assert places_of(pattern) == [], what


def test_nothing_is_left_for_later_in_a_comment():
    assert places_of(UNFINISHED) == []


def test_stand_ins_are_whole_and_nothing_is_patched():
    assert places_of(PATCHING, ".py") == []


def test_every_make_target_that_a_document_names_exists():
    phony = re.search(r"^\.PHONY: (.+)$", (ROOT / "Makefile").read_text(), re.MULTILINE)
    assert phony is not None
    targets = set(phony[1].split())
    for name, text in texts():
        if name.endswith(".md"):
            in_code = "\n".join(re.findall(r"```.*?```|`[^`\n]+`", text, re.DOTALL))
            named = set(re.findall(r"\bmake ([a-z][a-z0-9-]*)", in_code))
            assert named <= targets, name


def test_every_file_that_a_document_links_to_exists():
    for name, text in texts():
        if name.endswith(".md"):
            for target in re.findall(r"\]\(([^)#\s]+)\)", text):
                if "://" not in target:
                    assert (ROOT / name).parent.joinpath(target).exists(), f"{name}: {target}"


def test_every_source_file_that_a_document_names_exists():
    for name, text in texts():
        if name.endswith(".md"):
            for target in re.findall(
                r"`((?:bot|handlers|deploy|dialogs|tests|docs)/[\w./-]+)`", text
            ):
                assert (ROOT / target).exists(), f"{name}: {target}"


def test_every_tsunagi_command_that_a_document_names_exists():
    for name, text in texts():
        if name.endswith(".md"):
            in_code = "\n".join(re.findall(r"```.*?```|`[^`\n]+`", text, re.DOTALL))
            named = set(re.findall(r"\btsunagi ([a-z][a-z0-9-]*)", in_code))
            assert named <= set(main.commands), name
