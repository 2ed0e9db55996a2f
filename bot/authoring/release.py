"""A release of the dialog: its name by content, and all that a conversation needs, packed."""

import json
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path, PurePosixPath

from bot.core.model import Lang, Text
from bot.errors import DialogInvalidError
from bot.service.ports import Renderer

HOTLINES = "hotlines.yaml"
OUTSIDE = (HOTLINES, "migrations.yaml", "forbidden.yaml")
"""Files of the folder that are no part of a release.

A wrong telephone number must change for everybody at once; a migration map is about releases, and
forbidden forms are about writing.
"""

LINE_WORDS = "hotlines."
"""Addresses of the words of telephone lines, which are left out with their file."""

FORMAT = 1


@dataclass(frozen=True, slots=True)
class Served:
    """What residents read: `words` by language on offer and address, placeholders unfilled.

    `furigana` are the easy Japanese sentences with their readings, by address.
    """

    words: Mapping[Lang, Mapping[str, str]]
    furigana: Mapping[str, str]

    def over(self, other: "Served") -> "Served":
        """Return these words, and those of `other` for the addresses that have none here."""
        words = {lang: {**other.words.get(lang, {}), **own} for lang, own in self.words.items()}
        return Served(words, {**other.furigana, **self.furigana})


def release_files(folder: Path) -> dict[str, str]:
    """Return the dialog files under `folder` that make a release: path → content, sorted.

    Line ends are made equal, so that a checkout on another system is the same release. Bytes that
    are no UTF-8 are replaced: the loader refuses such a file by itself.
    """
    paths = sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*.yaml"))
    return {
        name: (folder / name).read_bytes().decode("utf-8", "replace").replace("\r\n", "\n")
        for name in paths
        if name not in OUTSIDE
    }


def release_hash(folder: Path) -> str:
    """Return twelve hexadecimal digits that change with every dialog file of a release."""
    told = json.dumps(release_files(folder), ensure_ascii=False)
    return sha256(told.encode()).hexdigest()[:12]


def served_by(renderer: Renderer, texts: Mapping[str, Text]) -> Served:
    """Return every sentence as it is served, in the languages on offer; fallbacks left out."""
    words: dict[Lang, dict[str, str]] = {}
    furigana: dict[str, str] = {}
    bare = [Text(address, text.source) for address, text in texts.items()]
    for lang in renderer.languages():
        own = words.setdefault(lang, {})
        for text in bare:
            rendered = renderer.render(text, lang)
            if not rendered.fallback:
                own[text.address] = rendered.text
                if rendered.ruby:
                    furigana[text.address] = rendered.ruby
    return Served(words, furigana)


def pack(folder: Path, served: Served) -> bytes:
    """Return the dialog files under `folder` and the served words, compressed.

    The same content gives the same bytes.
    """
    words = {
        lang: {each: said for each, said in own.items() if not each.startswith(LINE_WORDS)}
        for lang, own in served.words.items()
    }
    content = {
        "format": FORMAT,
        "files": release_files(folder),
        "words": words,
        "furigana": served.furigana,
    }
    return zlib.compress(json.dumps(content, ensure_ascii=False).encode())


def unpack(packed: bytes, folder: Path) -> Served:
    """Write the dialog files of `pack` below `folder` and return what was served.

    Raises DialogInvalidError for a content that is not ours or that a newer program wrote.
    """
    try:
        content = json.loads(zlib.decompress(packed))
        files: dict[str, str] = content["files"]
        served = Served(content["words"], content["furigana"])
    except (zlib.error, ValueError, KeyError, TypeError) as error:
        raise DialogInvalidError([f"a stored release cannot be read: {error}"]) from error
    if content.get("format") != FORMAT:
        raise DialogInvalidError(["a stored release is in a format of another program version"])
    for name, text in files.items():
        inside = PurePosixPath(name)
        if inside.is_absolute() or ".." in inside.parts:
            raise DialogInvalidError([f"a stored release has a file outside its folder: {name}"])
        path = folder / inside
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return served
