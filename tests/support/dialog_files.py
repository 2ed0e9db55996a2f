"""Copies of the dialog files with one thing changed, to see what is refused."""

import shutil
from pathlib import Path

import pytest

from bot.authoring.loader import load_book
from bot.errors import DialogInvalidError
from tests.support.dialogs import DIALOGS


class DialogFiles:
    """A folder of dialog files of a test's own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        shutil.copytree(DIALOGS, folder, dirs_exist_ok=True)

    def change(self, name: str, old: str, new: str) -> "DialogFiles":
        """Replace the one place where `old` stands in the file."""
        path = self.folder / f"{name}.yaml"
        words = path.read_text(encoding="utf-8")
        assert words.count(old) == 1, f"{old!r} stands {words.count(old)} times in {name}.yaml"
        path.write_text(words.replace(old, new), encoding="utf-8")
        return self

    def add(self, name: str, words: str) -> "DialogFiles":
        """Add lines at the end of a file."""
        path = self.folder / f"{name}.yaml"
        path.write_text(path.read_text(encoding="utf-8").rstrip() + "\n" + words, encoding="utf-8")
        return self

    def load(self):
        return load_book(self.folder)

    def problems(self) -> list[str]:
        """Load the files and return what they are refused for."""
        with pytest.raises(DialogInvalidError) as refused:
            self.load()
        assert refused.value.problems
        return refused.value.problems
