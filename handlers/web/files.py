"""The page's own files, at addresses that change with what is in them."""

import hashlib
from pathlib import Path

from flask import Blueprint, Response, send_from_directory, url_for

KEPT_SECONDS = 7 * 86_400
"""How long a browser keeps a file without asking again."""


class Files:
    """The files of a folder under one version: a digest of them all, the first part of a path.

    Scripts name each other relatively (`./page.js`), so that all come from the same version and a
    browser may keep them for long.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        digest = hashlib.sha256()
        for each in sorted(folder.iterdir()):
            digest.update(each.name.encode() + b"\0" + each.read_bytes())
        self._version = digest.hexdigest()[:12]

    def address(self, name: str) -> str:
        """Return where a page finds the file."""
        return url_for("chat.static", filename=f"{self._version}/{name}")

    def add_route(self, blueprint: Blueprint) -> None:
        """Serve the files. An address of another version gives what is there now, for once."""

        @blueprint.get("/static/<path:filename>")
        def static(filename: str) -> Response:
            version, _, name = filename.partition("/")
            kept = KEPT_SECONDS if version == self._version else 0
            return send_from_directory(self._folder, name, max_age=kept)
