"""What lies in a translation package: its heading, its parts, and for whom it is."""

import json
import os
import re
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from bot.core.translation.gate import Gate, gate_from

DRAFTS_ONLY = "counselor-drafts-only"
METADATA = "metadata.json"
MODEL = "model/model.bin"
TOKENIZERS = ("sentencepiece.model", "bpe.model")
TRANSLATES = "translate"

_CODE = re.compile(r"[A-Za-z]{2,8}(?:[-_][A-Za-z0-9]{1,8})*")
_VERSION = re.compile(r"[0-9A-Za-z][0-9A-Za-z.+_-]{0,31}|")


class BrokenPackageError(Exception):
    """A package that cannot be used; the message says why, for an operator."""


FAULTS = (
    *(BrokenPackageError, OSError, ValueError),
    *(zipfile.BadZipFile, zlib.error, EOFError, RuntimeError),  # all that zipfile raises
)


@dataclass(frozen=True, slots=True)
class Heading:
    """What metadata.json says of one direction; all of it is safe to use in a file name."""

    source: str
    target: str
    version: str


def is_package(folder: Path) -> bool:
    """Tell whether a folder is one Argos package."""
    return (folder / METADATA).exists()


def is_pack(folder: Path) -> bool:
    """Tell whether a folder is a compact pack: one model, a metadata.json for each direction."""
    return (folder / "model").is_dir() and any(folder.glob(f"*_*/{METADATA}"))


def type_of(metadata: dict[str, object]) -> object:
    """Return what a package is for; a package without a type translates."""
    return metadata.get("type", TRANSLATES)


def heading_of(metadata: dict[str, object]) -> Heading:
    """Return languages and version. Raises BrokenPackageError where they are missing or odd."""
    source, target = metadata.get("from_code"), metadata.get("to_code")
    version = metadata.get("package_version", "")
    if not (isinstance(source, str) and isinstance(target, str) and isinstance(version, str)):
        raise BrokenPackageError(f"{METADATA} names no from_code, to_code or package_version")
    if not (_CODE.fullmatch(source) and _CODE.fullmatch(target) and _VERSION.fullmatch(version)):
        raise BrokenPackageError(f"{METADATA}: from_code, to_code or package_version is malformed")
    return Heading(source, target, version)


def check_parts(has: Callable[[str], bool]) -> None:
    """Raise BrokenPackageError where a part is missing; `has` tells which files are there."""
    if not has(MODEL):
        raise BrokenPackageError(f"no {MODEL}")
    if not any(has(tokenizer) for tokenizer in TOKENIZERS):
        raise BrokenPackageError(f"neither {' nor '.join(TOKENIZERS)}")


def files_in(folder: Path) -> Callable[[str], bool]:
    """Return what tells whether a folder has a file, for `check_parts`."""
    return lambda name: (folder / name).is_file()


def is_for_drafts(folder: Path) -> bool:
    """Tell whether use.json keeps the package for counselors; an unknown use is no permission."""
    mark = folder / "use.json"
    if not mark.exists():
        return False
    use = read_json(mark).get("use")
    if use != DRAFTS_ONLY:
        raise BrokenPackageError(f'use.json: "use" must be "{DRAFTS_ONLY}"')
    return True


def gate_in(folder: Path, target: str) -> Gate | None:
    """Return the gate in gate.json, None without one. Raises ValueError where it is broken."""
    file = folder / "gate.json"
    return gate_from(read_json(file), target) if file.exists() else None


def read_json(file: Path) -> dict[str, object]:
    """Return the object in a JSON file. Raises BrokenPackageError where there is none."""
    return parse_json(file.name, file.read_bytes())


def parse_json(name: str, content: bytes) -> dict[str, object]:
    """Return the object in a JSON text. Raises BrokenPackageError where there is none."""
    try:
        parsed = json.loads(content)
    except (ValueError, RecursionError) as error:
        raise BrokenPackageError(f"{name} is not JSON") from error
    if not isinstance(parsed, dict):
        raise BrokenPackageError(f"{name} holds no object")
    return parsed


def told(error: Exception) -> str:
    """Return what an operator needs, without the paths of this machine."""
    if isinstance(error, OSError):
        return os.strerror(error.errno) if error.errno else type(error).__name__
    return str(error)
