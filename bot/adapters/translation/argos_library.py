"""Brings in the library argostranslate so that it keeps to one folder, and to itself."""

import logging
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

# One thread a sentence and two sentences at once: on two shared cores faster than the reverse.
_THREADS = {"ARGOS_INTER_THREADS": "2", "ARGOS_INTRA_THREADS": "1"}


def argos_library(home: Path) -> Any:
    """Return the library's `translate` module, imported to write below `home` only.

    The library reads its settings once, at import, and makes folders under XDG_* or the user's
    home. It also logs every text it is given; nothing a resident wrote may be logged.
    """
    with _surroundings(home):
        from argostranslate import translate  # noqa: PLC0415 - a worker that translates pays for it
    log = logging.getLogger("argostranslate.utils")
    if _drop not in log.filters:
        log.addFilter(_drop)
    return translate


def _drop(record: logging.LogRecord) -> bool:
    del record
    return False


@contextmanager
def _surroundings(home: Path) -> Iterator[None]:
    """Set what the library reads for the time of its import, and put a stand-in for its splitter.

    The splitter, minisbd, brings onnxruntime, which on import writes a device id into the user's
    home and carries a telemetry uploader. Neither is needed where the text comes in sentences.
    """
    before = dict(os.environ)
    foreign = [name for name in before if name.startswith("ARGOS_") or name == "SNAP"]
    ours = {
        **{f"XDG_{kind}_HOME": str(home / kind.lower()) for kind in ("DATA", "CONFIG", "CACHE")},
        "ARGOS_PACKAGES_DIR": str(home / "packages"),
        "ARGOS_CHUNK_TYPE": "MINISBD",
        **_THREADS,
    }
    stands_in = "minisbd" not in sys.modules
    if stands_in:
        splitter = ModuleType("minisbd")
        vars(splitter).update(SBDetect=None, models=SimpleNamespace(list_models=tuple))
        sys.modules["minisbd"] = splitter
    for name in foreign:
        del os.environ[name]
    os.environ.update(ours)
    try:
        yield
    finally:
        for name in {*ours, *foreign}:
            os.environ.pop(name, None)
            if name in before:
                os.environ[name] = before[name]
        if stands_in:
            del sys.modules["minisbd"]
