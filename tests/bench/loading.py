"""What it costs to read the dialogs, in CPU and memory, in a process that did nothing before.

`python -m tests.bench.loading` prints it as JSON.
"""

import gc
import json
import os
import sys
import time

import yaml

from tests.bench.figures import MEBIBYTE, usage_of


def main() -> None:
    """Read the dialog book, and then the same files with nothing made of them."""
    from bot.adapters.languages import BY_CODE, EASY  # noqa: PLC0415  # before is not measured
    from bot.authoring.loader import load_book  # noqa: PLC0415
    from handlers.wiring import DIALOGS, load_content  # noqa: PLC0415

    gc.collect()
    empty = usage_of(os.getpid()).rss
    begun = time.process_time()
    book = load_book(DIALOGS, languages=[code for code in BY_CODE if code != EASY])
    read = time.process_time() - begun
    gc.collect()
    kept = usage_of(os.getpid()).rss - empty
    begun = time.process_time()
    for path in DIALOGS.rglob("*.yaml"):
        yaml.load(path.read_text(encoding="utf-8"), yaml.CBaseLoader)
    bare = time.process_time() - begun
    begun = time.process_time()
    load_content()
    everything = time.process_time() - begun
    result = {
        "book_ms": round(read * 1e3),
        "bare_yaml_ms": round(bare * 1e3),
        "book_to_bare_yaml": round(read / bare, 1),
        "with_catalogs_ms": round(everything * 1e3),
        "book_mib": round(kept / MEBIBYTE, 1),
        "texts": len(book.texts),
    }
    sys.stdout.write(json.dumps(result))


if __name__ == "__main__":
    main()
