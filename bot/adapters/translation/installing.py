"""Installs and removes translation packages; a killed installation leaves nothing half."""

import errno
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256 as new_sha256
from pathlib import Path
from zipfile import ZipFile

from bot.adapters.translation.archives import (
    LARGEST,
    checked_headings,
    checked_top,
    unpack,
    write_hashed,
)
from bot.adapters.translation.contents import (
    FAULTS,
    METADATA,
    TRANSLATES,
    BrokenPackageError,
    Heading,
    check_parts,
    files_in,
    heading_of,
    is_for_drafts,
    is_pack,
    is_package,
    read_json,
    told,
    type_of,
)
from bot.adapters.translation.fetching import DIRECTION, Progress, download, is_url, links_of
from bot.adapters.translation.packages import version_numbers
from bot.adapters.translation.records import RECORD, Record, write_record
from bot.adapters.translation.workplace import put_in_place, take_away, workplace
from bot.addresses import without_secrets
from bot.errors import InstallationError

_CHUNK = 1024**2
_NO_ROOM = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_NOT_ALLOWED = {errno.EACCES, errno.EPERM, errno.EROFS}
_ODD = re.compile(r"[^A-Za-z0-9._-]+")


@dataclass(frozen=True, slots=True)
class Installed:
    """A package that was put in place. `replaced`: another of its direction and version went."""

    name: str
    folder: Path
    headings: tuple[Heading, ...]
    drafts_only: bool
    replaced: bool
    record: Record


@dataclass(frozen=True, slots=True)
class _Source:
    """What shall be installed: `said` is written down of where it lay, `sha256` '' of a folder."""

    path: Path
    said: str
    sha256: str


def _silent(done: int, total: int) -> None:
    del done, total


def install(
    source: str,
    models_dir: Path,
    *,
    installed_at: str,
    index: str,
    sha256: str = "",
    progress: Progress = _silent,
) -> Installed:
    """Put a package into `models_dir`, or raise InstallationError with `models_dir` as it was.

    `source` is an archive, a folder (Argos package or compact pack), an http(s) address, or a
    direction such as `vi_en`, which is looked up in `index`; this is the only function of the
    program that fetches a package. An archive is checked before it is unpacked, against `sha256`
    (hexadecimal) too where given. A package of the same direction and version is replaced, others
    stay. `installed_at` (ISO 8601) is written down with the hashes of all files.
    """
    wanted = sha256.strip().lower()
    if wanted and not re.fullmatch("[0-9a-f]{64}", wanted):
        raise InstallationError("a SHA-256 has 64 hexadecimal digits")
    try:
        with workplace(models_dir) as scratch:
            found = _obtained(source, scratch, index, progress, checked=bool(wanted))
            if wanted and found.sha256 != wanted:
                raise InstallationError(
                    f"the SHA-256 is {found.sha256}, not {wanted}: a damaged file or another one"
                    if found.sha256
                    else "a folder has no SHA-256 of its own: give the archive, or no --sha256"
                )
            return _put(found, scratch, models_dir, installed_at)
    except OSError as error:
        raise InstallationError(_mend(error, models_dir)) from error
    except FAULTS as error:
        raise InstallationError(f"{source}: not a usable package: {told(error)}") from error


def remove(name: str, models_dir: Path) -> None:
    """Remove the package, pack or archive that lies in `models_dir` under `name`.

    Raises InstallationError where there is none.
    """
    entry = models_dir / name
    if name.startswith(".") or entry.name != name or not os.path.lexists(entry):
        raise InstallationError(f"{models_dir} holds no {name}: `tsunagi models list` names them")
    try:
        with workplace(models_dir) as scratch:
            take_away(entry, scratch)
    except OSError as error:
        raise InstallationError(_mend(error, models_dir)) from error


def _obtained(
    source: str, scratch: Path, index: str, progress: Progress, *, checked: bool
) -> _Source:
    path = Path(source)
    if is_url(source):
        links = [source]
    elif path.is_dir():
        return _Source(path, source, "")
    elif path.exists():
        return _Source(path, source, _hashed(path, progress))
    elif DIRECTION.fullmatch(source):
        links = links_of(source, index)
    else:
        raise InstallationError(f"{source}: no such file, and no direction such as vi_en")
    *others, last = links
    for number, link in enumerate(others):
        try:
            return _fetched(link, scratch / f"download-{number}", progress, checked=checked)
        except InstallationError:
            continue
    return _fetched(last, scratch / "download", progress, checked=checked)


def _fetched(link: str, place: Path, progress: Progress, *, checked: bool) -> _Source:
    digest = download(link, place, checked=checked, progress=progress)
    return _Source(place, without_secrets(link), digest)


def _hashed(file: Path, progress: Progress) -> str:
    digest, done, size = new_sha256(), 0, file.stat().st_size
    with file.open("rb") as opened:
        while chunk := opened.read(_CHUNK):
            digest.update(chunk)
            done += len(chunk)
            progress(done, size)
    return digest.hexdigest()


def _put(found: _Source, scratch: Path, models_dir: Path, installed_at: str) -> Installed:
    """Unpack or copy what was found, look at it once more, and put it in its place."""
    ready = scratch / "package"
    if found.path.is_dir():
        headings, label = _headings_in(found.path), found.path.resolve().name
        hashes = _copied(found.path, ready)
    else:
        with ZipFile(found.path) as opened:
            headings, label = checked_headings(opened), checked_top(opened.infolist())
            hashes = unpack(opened, ready)
    check_parts(files_in(ready))
    drafts_only = is_for_drafts(ready)
    hashes.pop(RECORD, None)  # of an earlier installation, elsewhere
    record = Record(found.said, found.sha256, installed_at, _size(ready, hashes), hashes)
    write_record(ready, record)
    name = _package_name(headings[0]) if is_package(ready) else _pack_name(label, headings)
    replaced = put_in_place(ready, models_dir / name, scratch)
    for other in _twins(models_dir, name, headings) if is_package(models_dir / name) else ():
        take_away(other, scratch)
        replaced = True
    return Installed(name, models_dir / name, tuple(headings), drafts_only, replaced, record)


def _headings_in(folder: Path) -> list[Heading]:
    if is_package(folder):
        listed = [folder / METADATA]
    elif is_pack(folder):
        listed = sorted(folder.glob(f"*_*/{METADATA}"))
    else:
        raise BrokenPackageError(f"no {METADATA}: neither a package nor a compact pack")
    check_parts(files_in(folder))
    contents = [read_json(file) for file in listed]
    if any(type_of(content) != TRANSLATES for content in contents):
        raise BrokenPackageError(f'its type is not "{TRANSLATES}"')
    return [heading_of(content) for content in contents]


def _copied(folder: Path, into: Path) -> dict[str, str]:
    """Copy a package's files; return their SHA-256. Links are refused, as in an archive."""
    hashes, size = {}, 0
    for place, folders, files in os.walk(folder):
        (into / Path(place).relative_to(folder)).mkdir(parents=True)
        for name in (*folders, *files):
            if (Path(place) / name).is_symlink():
                raise BrokenPackageError("the folder holds a link: copy it with `cp -rL` first")
        for name in files:
            file = Path(place) / name
            size += file.stat().st_size
            if size > LARGEST or not file.is_file():
                raise BrokenPackageError(f"more than {LARGEST} bytes, or no ordinary file")
            inner = file.relative_to(folder)
            hashes[inner.as_posix()] = write_hashed(_chunks(file), into / inner)
    return hashes


def _chunks(file: Path) -> Iterator[bytes]:
    with file.open("rb") as opened:
        while chunk := opened.read(_CHUNK):
            yield chunk


def _size(folder: Path, files: dict[str, str]) -> int:
    return sum((folder / name).stat().st_size for name in files)


def _package_name(heading: Heading) -> str:
    name = f"translate-{heading.source}_{heading.target}"
    return f"{name}-{heading.version}" if heading.version else name


def _pack_name(label: str, headings: list[Heading]) -> str:
    version = max((each.version for each in headings), key=version_numbers)
    stem = _ODD.sub("-", label.removesuffix(f"-{version}")).strip(".-") or "pack"
    return f"{stem}-{version}" if version else stem


def _twins(models_dir: Path, name: str, headings: list[Heading]) -> Iterator[Path]:
    """Yield packages of the same direction and version that somebody put there by hand."""
    for entry in models_dir.iterdir():
        if entry.name != name and not entry.name.startswith(".") and is_package(entry):
            try:
                same = [heading_of(read_json(entry / METADATA))] == headings
            except FAULTS:
                same = False
            if same:
                yield entry


def _mend(error: OSError, models_dir: Path) -> str:
    if error.errno in _NO_ROOM:
        return f"no room on the disk of {models_dir}: make some, and try again"
    if error.errno in _NOT_ALLOWED:
        place = error.filename or models_dir
        return f"no permission for {place}: run this as the user that the program runs as"
    return f"{error.filename or models_dir}: {told(error)}"
