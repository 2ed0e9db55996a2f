"""What an installation wrote down of itself: installed.json, and whether the files still agree."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from hashlib import file_digest
from pathlib import Path

from bot.adapters.translation.contents import FAULTS, MODEL, BrokenPackageError, read_json

RECORD = "installed.json"


@dataclass(frozen=True, slots=True)
class Record:
    """Where a package came from and what it was.

    `source` is the file, folder or address; `archive_sha256` of the archive as it came, '' of a
    folder; `installed_at` in ISO 8601; `bytes` all files together; `files` the SHA-256 of each
    file by its path in the package.
    """

    source: str
    archive_sha256: str
    installed_at: str
    bytes: int
    files: Mapping[str, str]

    @property
    def model_sha256(self) -> str:
        """The SHA-256 of the weights."""
        return self.files.get(MODEL, "")


def write_record(folder: Path, record: Record) -> None:
    """Put the record into the package's folder."""
    text = json.dumps(asdict(record), ensure_ascii=False, indent=1)
    (folder / RECORD).write_text(text + "\n", encoding="utf-8")


def read_record(folder: Path) -> Record | None:
    """Return the record; None for a package put there by hand, or where it cannot be read."""
    try:
        content = read_json(folder / RECORD)
        files, size = content["files"], content["bytes"]
        if not (isinstance(files, dict) and isinstance(size, int)):
            raise BrokenPackageError(f"{RECORD} is malformed")
        return Record(
            str(content["source"]),
            str(content["archive_sha256"]),
            str(content["installed_at"]),
            size,
            {str(name): str(digest) for name, digest in files.items()},
        )
    except (*FAULTS, KeyError):
        return None


def changed_files(folder: Path, record: Record) -> list[str]:
    """Return the files that are missing or not what was installed, by reading all of them."""
    return [
        name
        for name, digest in record.files.items()
        if not (folder / name).is_file() or sha256_of(folder / name) != digest
    ]


def sha256_of(file: Path) -> str:
    """Return the SHA-256 of a file, as `sha256sum` prints it."""
    with file.open("rb") as opened:
        return file_digest(opened, "sha256").hexdigest()
