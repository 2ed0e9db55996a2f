"""A folder of packages is changed in one step, by one command at a time."""

import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bot.adapters.translation.contents import is_pack, is_package
from bot.errors import InstallationError

_SCRATCH = ".installing-"
_LOCK = ".lock"
_REPLACED = "replaced"


@contextmanager
def workplace(models_dir: Path) -> Iterator[Path]:
    """Yield a hidden folder on the disk of `models_dir`, which is made where it is missing.

    Afterwards the hidden folder is gone, with those of commands that were killed: whoever holds
    the lock knows that their owners are dead. Raises InstallationError while another command runs.
    """
    if is_package(models_dir) or is_pack(models_dir):
        raise InstallationError(
            f"{models_dir} is itself a package: name another folder in TSUNAGI_MODELS_DIR"
        )
    models_dir.mkdir(parents=True, exist_ok=True)
    with (models_dir / _LOCK).open("a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise InstallationError("another installation is running: wait for its end") from None
        _clear(models_dir)
        scratch = Path(tempfile.mkdtemp(dir=models_dir, prefix=_SCRATCH))
        try:
            yield scratch
        finally:
            _clear(models_dir)


def put_in_place(ready: Path, final: Path, scratch: Path) -> bool:
    """Rename `ready` to `final`; return whether there was one before, which is deleted later.

    A command killed between the two renames has the old one put back by the next command.
    """
    replaced = os.path.lexists(final)
    if replaced:
        (scratch / _REPLACED).mkdir()
        final.rename(scratch / _REPLACED / final.name)
    ready.rename(final)
    return replaced


def take_away(entry: Path, scratch: Path) -> None:
    """Take a package out in one step; it is deleted later."""
    entry.rename(Path(tempfile.mkdtemp(dir=scratch)) / entry.name)


def _clear(models_dir: Path) -> None:
    for scratch in models_dir.glob(f"{_SCRATCH}*"):
        for old in scratch.glob(f"{_REPLACED}/*"):
            if not os.path.lexists(models_dir / old.name):
                old.rename(models_dir / old.name)
        shutil.rmtree(scratch, ignore_errors=True)
