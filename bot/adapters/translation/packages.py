"""Finds translation packages on disk: Argos folders, .argosmodel archives and compact packs."""

import os
import re
import shutil
import tempfile
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from bot.adapters.translation.archives import unpack
from bot.adapters.translation.contents import (
    FAULTS,
    METADATA,
    TOKENIZERS,
    TRANSLATES,
    BrokenPackageError,
    check_parts,
    files_in,
    gate_in,
    heading_of,
    is_for_drafts,
    is_pack,
    is_package,
    read_json,
    told,
    type_of,
)
from bot.core.translation.gate import Gate

ARGOS_CODES = {"ja-easy": "ja", "zh-Hans": "zh", "zh-Hant": "zh", "pt-BR": "pt"}
"""Languages on offer that packages call otherwise; all others have the same code."""


@dataclass(frozen=True, slots=True)
class InstalledPackage:
    """One direction that can be translated.

    `folder` is a whole Argos package; several may link to one model. `name` is the package's name
    and version as shown beside a translation. `drafts_only`: its use.json keeps it for counselors.
    `origin` is what lies in the folder of packages: a package, a pack or an archive. `gate` comes
    from its gate.json, where its sentences were judged.
    """

    source: str
    target: str
    version: str
    name: str
    folder: Path
    drafts_only: bool
    origin: Path
    gate: Gate | None = None

    @property
    def rank(self) -> tuple[bool, tuple[int, ...], str]:
        """Greater is better: a package for everybody first, then the higher version."""
        return (not self.drafts_only, version_numbers(self.version), self.name)


def version_numbers(version: str) -> tuple[int, ...]:
    """Return the numbers of a version, so that 1.10 is higher than 1.9."""
    return tuple(int(part) for part in re.findall(r"\d{1,9}", version))


def find_packages(
    model_dirs: Iterable[Path], var_dir: Path
) -> tuple[list[InstalledPackage], list[str]]:
    """Return every usable package in `model_dirs`, and what is wrong with the others.

    Archives are unpacked into, and the directions of a compact pack put together by links under,
    `var_dir/argos-packages`. `model_dirs` are only read. A broken package never hides another.
    """
    place = var_dir / "argos-packages"
    found: list[InstalledPackage] = []
    problems: list[str] = []
    for models_dir in dict.fromkeys(each.resolve() for each in model_dirs):
        if not (models_dir.is_dir() and os.access(models_dir, os.R_OK | os.X_OK)):
            problems.append(
                f"{models_dir.name}: no such folder of translation packages, or not readable"
            )
            continue
        whole = is_package(models_dir) or is_pack(models_dir)
        for entry in [models_dir] if whole else sorted(models_dir.iterdir()):
            try:
                found.extend(_packages_at(entry, place, problems))
            except FAULTS as error:
                problems.append(f"{entry.name}: {told(error)}")
    return found, problems


def _packages_at(entry: Path, place: Path, problems: list[str]) -> Iterator[InstalledPackage]:
    """Yield the directions of one entry; hidden ones are installations under way."""
    if entry.name.startswith("."):
        return
    if entry.suffix == ".argosmodel":
        folder = _unpacked(entry, place)
    elif entry.is_dir():
        folder = entry
    else:
        return
    if is_package(folder):
        yield from _one(folder, entry)
    elif is_pack(folder):
        yield from _directions(folder, entry, place, problems)
    else:
        raise BrokenPackageError(f"no {METADATA}: neither a package nor a compact pack")


def _one(folder: Path, origin: Path) -> Iterator[InstalledPackage]:
    """Read an Argos package; a package of another type than translation is none of ours."""
    metadata = read_json(folder / METADATA)
    if type_of(metadata) != TRANSLATES:
        return
    heading = heading_of(metadata)
    check_parts(files_in(folder))
    name = f"argos {heading.source}_{heading.target} {heading.version}".rstrip()
    yield InstalledPackage(
        heading.source,
        heading.target,
        heading.version,
        name,
        folder,
        is_for_drafts(folder),
        origin,
        gate_in(folder, heading.target),
    )


def _directions(
    pack: Path, origin: Path, place: Path, problems: list[str]
) -> Iterator[InstalledPackage]:
    """Make an Argos package of each direction of a compact pack by linking the shared parts."""
    check_parts(files_in(pack))
    drafts_only = is_for_drafts(pack)
    label = origin.stem if origin.is_file() else origin.name
    # Two folders may each hold a pack of one name.
    key = sha256(str(pack).encode()).hexdigest()[:8]
    for metadata_file in sorted(pack.glob(f"*_*/{METADATA}")):
        try:
            heading = heading_of(read_json(metadata_file))
            folder = place / f"{label}-{key}-{metadata_file.parent.name}"
            folder.mkdir(parents=True, exist_ok=True)
            _link(metadata_file, folder / METADATA)
            for part in ("model", *TOKENIZERS):
                if (pack / part).exists():
                    _link(pack / part, folder / part)
        except FAULTS as error:
            problems.append(f"{origin.name}/{metadata_file.parent.name}: {told(error)}")
            continue
        yield InstalledPackage(
            heading.source,
            heading.target,
            heading.version,
            # An installed pack's folder carries its version.
            f"{label.removesuffix(f'-{heading.version}')} {heading.version}".rstrip(),
            folder,
            drafts_only,
            origin,
            gate_in(pack, heading.target),
        )


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
    """Unpack an archive once; a changed archive is unpacked anew beside the old one."""
    state = archive.stat()
    key = f"{archive.resolve()} {state.st_size} {state.st_mtime_ns}"
    final = place / f"{archive.stem}-{sha256(key.encode()).hexdigest()[:12]}"
    if final.exists():
        return final
    place.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(archive) as opened:
        scratch = Path(tempfile.mkdtemp(dir=place, prefix=".unpacking-"))
        try:
            unpack(opened, scratch / "package")
            (scratch / "package").rename(final)
        except OSError:
            if not final.exists():  # unless another worker was faster
                raise
        finally:
            shutil.rmtree(scratch, ignore_errors=True)
    return final
