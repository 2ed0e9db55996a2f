"""Looks through an archive of a translation package before anything of it is unpacked."""

import stat
import unicodedata
from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path, PurePosixPath
from zipfile import ZipFile, ZipInfo

from bot.adapters.translation.contents import (
    METADATA,
    TRANSLATES,
    BrokenPackageError,
    Heading,
    check_parts,
    heading_of,
    parse_json,
    type_of,
)

LARGEST = 2 * 1024**3
"""A package of more bytes is refused; Argos packages have 50 to 300 MB."""
MOST_MEMBERS = 5_000
MOST_RATIO = 200
"""A member above SMALL that shrank more is a bomb; weights hardly shrink, vocabularies 10 times."""
SMALL = 1_000_000
_LARGEST_METADATA = 1_000_000
_CHUNK = 1024**2
_ENCRYPTED = 0x1
_DEPTH = 2
"""Slashes in the name of a pack's metadata.json: pack/vi_ja/metadata.json."""


def checked_top(members: list[ZipInfo]) -> str:
    """Return the name of the one folder that the archive holds.

    Raises BrokenPackageError for a link or device, a path that leads out, two names that are the
    same file on some disks, an encrypted member, more than one folder, or a bomb: more than LARGEST
    bytes or MOST_MEMBERS, or a member that grows more than MOST_RATIO times.
    """
    tops, seen = set(), set()
    if len(members) > MOST_MEMBERS or sum(member.file_size for member in members) > LARGEST:
        raise BrokenPackageError(f"the archive holds more than {LARGEST} bytes or too many files")
    for member in members:
        path = PurePosixPath(member.filename)
        kind = stat.S_IFMT(member.external_attr >> 16)
        outside = path.is_absolute() or ".." in path.parts or "\\" in member.orig_filename
        if outside or not path.parts or kind not in {0, stat.S_IFREG, stat.S_IFDIR}:
            raise BrokenPackageError("the archive holds a link or a path that leads out of it")
        same = unicodedata.normalize("NFC", str(path)).casefold()
        if same in seen:
            raise BrokenPackageError("the archive holds two names that differ by case only")
        seen.add(same)
        if member.flag_bits & _ENCRYPTED:
            raise BrokenPackageError("the archive is encrypted")
        if member.file_size > max(SMALL, MOST_RATIO * member.compress_size):
            raise BrokenPackageError("the archive holds a file that grows beyond measure")
        tops.add(path.parts[0])
    if len(tops) != 1:
        raise BrokenPackageError("the archive must hold exactly one folder")
    return tops.pop()


def checked_headings(opened: ZipFile) -> list[Heading]:
    """Return the directions of an archive that is whole and for translation, by its listing.

    Raises BrokenPackageError, for all that `checked_top` refuses too.
    """
    top = checked_top(opened.infolist())
    names = set(opened.namelist())
    headings = []
    for metadata in _metadata(opened, top):
        if type_of(metadata) != TRANSLATES:
            raise BrokenPackageError(f'its type is "{type_of(metadata)}", not "{TRANSLATES}"')
        headings.append(heading_of(metadata))
    check_parts(lambda name: f"{top}/{name}" in names)
    return headings


def unpack(opened: ZipFile, into: Path) -> dict[str, str]:
    """Write what lies in the archive's one folder into `into`; return the SHA-256 of each file.

    Checks as `checked_top`, and that there is a metadata.json. Links cannot be made, and modes are
    not taken over. What the listing lied about raises what zipfile raises.
    """
    top = checked_top(opened.infolist())
    _metadata(opened, top)
    hashes = {}
    for member in opened.infolist():
        inner = PurePosixPath(member.filename).relative_to(top)
        place = into / inner
        if member.is_dir():
            place.mkdir(parents=True, exist_ok=True)
            continue
        place.parent.mkdir(parents=True, exist_ok=True)
        with opened.open(member) as source:
            hashes[str(inner)] = write_hashed(iter(lambda: source.read(_CHUNK), b""), place)
    return hashes


def write_hashed(chunks: Iterable[bytes], place: Path) -> str:
    """Write a new file and return its SHA-256. Raises FileExistsError rather than overwrite."""
    digest = sha256()
    with place.open("xb") as file:
        for chunk in chunks:
            digest.update(chunk)
            file.write(chunk)
    return digest.hexdigest()


def _metadata(opened: ZipFile, top: str) -> list[dict[str, object]]:
    """Read the metadata.json of a package, or those of a compact pack's directions."""
    own = [member for member in opened.infolist() if member.filename == f"{top}/{METADATA}"]
    directions = [
        member
        for member in opened.infolist()
        if member.filename.startswith(f"{top}/")
        and member.filename.count("/") == _DEPTH
        and "_" in (path := PurePosixPath(member.filename)).parts[1]
        and path.name == METADATA
    ]
    found = own or directions
    if not found:
        raise BrokenPackageError(f"no {METADATA} in the archive")
    if any(member.file_size > _LARGEST_METADATA for member in found):
        raise BrokenPackageError(f"{METADATA} is too large")
    return [parse_json(METADATA, opened.read(member)) for member in found]
