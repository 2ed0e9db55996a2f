"""Finds translation packages on disk: Argos folders, .argosmodel archives and compact packs."""

import json
import os
import re
import shutil
import stat
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path, PurePosixPath

LARGEST = 2 * 1024**3
"""An archive that holds more bytes is refused; Argos packages have 50 to 300 MB."""

DRAFTS_ONLY = "counselor-drafts-only"
_TOKENIZERS = ("sentencepiece.model", "bpe.model")


@dataclass(frozen=True, slots=True)
class InstalledPackage:
    """One direction that can be translated.

    `folder` is a whole Argos package; several may link to one model. `name` is the package's name
    and version as shown beside a translation. `drafts_only`: its use.json keeps it for counselors.
    """

    source: str
    target: str
    version: str
    name: str
    folder: Path
    drafts_only: bool

    @property
    def rank(self) -> tuple[bool, tuple[int, ...], str]:
        """Greater is better: a package for everybody first, then the higher version."""
        numbers = tuple(int(part) for part in re.findall(r"\d{1,9}", self.version))
        return (not self.drafts_only, numbers, self.name)


class _BrokenPackageError(Exception):
    """A package that cannot be used; the message says why, for an operator."""


_FAULTS = (
    *(_BrokenPackageError, OSError, ValueError),
    *(zipfile.BadZipFile, zlib.error, EOFError, RuntimeError),  # all that zipfile raises
)


def find_packages(models_dir: Path, var_dir: Path) -> tuple[list[InstalledPackage], list[str]]:
    """Return every usable package in `models_dir`, and what is wrong with the others.

    Archives are unpacked into, and the directions of a compact pack put together by links under,
    `var_dir/argos-packages`. `models_dir` is only read. A broken package never hides another.
    """
    models_dir, place = models_dir.resolve(), var_dir / "argos-packages"
    found: list[InstalledPackage] = []
    problems: list[str] = []
    if not (models_dir.is_dir() and os.access(models_dir, os.R_OK | os.X_OK)):
        return [], [f"{models_dir.name}: no such folder of translation packages, or not readable"]
    whole = [models_dir] if _is_package(models_dir) or _is_pack(models_dir) else []
    for entry in whole or sorted(models_dir.iterdir()):
        try:
            found.extend(_packages_at(entry, place, problems))
        except _FAULTS as error:
            problems.append(f"{entry.name}: {_told(error)}")
    return found, problems


def _packages_at(entry: Path, place: Path, problems: list[str]) -> Iterator[InstalledPackage]:
    if entry.suffix == ".argosmodel":
        yield from _one(_unpacked(entry, place))
    elif entry.is_dir() and _is_package(entry):
        yield from _one(entry)
    elif entry.is_dir() and _is_pack(entry):
        yield from _directions(entry, place, problems)
    elif entry.is_dir() and not entry.name.startswith("."):
        raise _BrokenPackageError("no metadata.json: neither a package nor a compact pack")


def _is_package(folder: Path) -> bool:
    return (folder / "metadata.json").exists()


def _is_pack(folder: Path) -> bool:
    return (folder / "model").is_dir() and any(folder.glob("*_*/metadata.json"))


def _one(folder: Path) -> Iterator[InstalledPackage]:
    """Read an Argos package; a package of another type than translation is none of ours."""
    metadata = _read_json(folder / "metadata.json")
    if metadata.get("type", "translate") == "translate":
        source, target, version = _direction(metadata)
        _check_parts(folder)
        drafts_only = _is_for_drafts(folder)
        name = f"argos {source}_{target} {version}".rstrip()
        yield InstalledPackage(source, target, version, name, folder, drafts_only)


def _directions(pack: Path, place: Path, problems: list[str]) -> Iterator[InstalledPackage]:
    """Make an Argos package of each direction of a compact pack by linking the shared parts."""
    _check_parts(pack)
    drafts_only = _is_for_drafts(pack)
    for metadata_file in sorted(pack.glob("*_*/metadata.json")):
        try:
            source, target, version = _direction(_read_json(metadata_file))
            folder = place / f"{pack.name}-{metadata_file.parent.name}"
            folder.mkdir(parents=True, exist_ok=True)
            _link(metadata_file, folder / "metadata.json")
            for part in ("model", *_TOKENIZERS):
                if (pack / part).exists():
                    _link(pack / part, folder / part)
        except _FAULTS as error:
            problems.append(f"{pack.name}/{metadata_file.parent.name}: {_told(error)}")
            continue
        name = f"{pack.name} {version}".rstrip()
        yield InstalledPackage(source, target, version, name, folder, drafts_only)


def _direction(metadata: dict[str, object]) -> tuple[str, str, str]:
    source, target = metadata.get("from_code"), metadata.get("to_code")
    version = metadata.get("package_version", "")
    if not (isinstance(source, str) and isinstance(target, str) and isinstance(version, str)):
        raise _BrokenPackageError("metadata.json names no from_code, to_code or package_version")
    return source, target, version


def _check_parts(folder: Path) -> None:
    if not (folder / "model" / "model.bin").is_file():
        raise _BrokenPackageError("no model/model.bin")
    if not any((folder / tokenizer).is_file() for tokenizer in _TOKENIZERS):
        raise _BrokenPackageError(f"neither {' nor '.join(_TOKENIZERS)}")


def _is_for_drafts(folder: Path) -> bool:
    """Whether use.json keeps the package for counselors; an unknown use is no permission."""
    mark = folder / "use.json"
    if not mark.exists():
        return False
    use = _read_json(mark).get("use")
    if use != DRAFTS_ONLY:
        raise _BrokenPackageError(f'use.json: "use" must be "{DRAFTS_ONLY}"')
    return True


def _read_json(file: Path) -> dict[str, object]:
    try:
        content = json.loads(file.read_bytes())
    except ValueError as error:
        raise _BrokenPackageError(f"{file.name} is not JSON") from error
    if not isinstance(content, dict):
        raise _BrokenPackageError(f"{file.name} holds no object")
    return content


def _link(source: Path, place: Path) -> None:
    """Point `place` at `source` in one step, so that a second worker never misses it."""
    target = source.resolve()
    if place.is_symlink() and place.readlink() == target:
        return
    with tempfile.TemporaryDirectory(dir=place.parent) as scratch:
        fresh = Path(scratch) / place.name
        fresh.symlink_to(target)
        fresh.replace(place)


def _unpacked(archive: Path, place: Path) -> Path:
    """Unpack an archive once; a changed archive is unpacked anew beside the old one.

    Refused: members outside one top folder, links, more than LARGEST bytes, no metadata.json.
    """
    state = archive.stat()
    key = f"{archive.resolve()} {state.st_size} {state.st_mtime_ns}"
    final = place / f"{archive.stem}-{sha256(key.encode()).hexdigest()[:12]}"
    if final.exists():
        return final
    place.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(archive) as opened:
        top = _checked_top(opened.infolist())
        scratch = Path(tempfile.mkdtemp(dir=place, prefix=".unpacking-"))
        try:
            opened.extractall(scratch)
            (scratch / top).rename(final)
        except OSError:
            if not final.exists():  # unless another worker was faster
                raise
        finally:
            shutil.rmtree(scratch, ignore_errors=True)
    return final


def _checked_top(members: list[zipfile.ZipInfo]) -> str:
    tops = set()
    for member in members:
        path = PurePosixPath(member.filename)
        outside = path.is_absolute() or ".." in path.parts or "\\" in member.orig_filename
        if outside or not path.parts or stat.S_ISLNK(member.external_attr >> 16):
            raise _BrokenPackageError("the archive holds a link or a path that leads out of it")
        tops.add(path.parts[0])
    if len(tops) != 1:
        raise _BrokenPackageError("the archive must hold exactly one folder")
    top = tops.pop()
    if f"{top}/metadata.json" not in {member.filename for member in members}:
        raise _BrokenPackageError("no metadata.json in the archive")
    if sum(member.file_size for member in members) > LARGEST:
        raise _BrokenPackageError(f"the archive holds more than {LARGEST} bytes")
    return top


def _told(error: Exception) -> str:
    """What an operator needs, without the paths of this machine."""
    if isinstance(error, OSError):
        return os.strerror(error.errno) if error.errno else type(error).__name__
    return str(error)
