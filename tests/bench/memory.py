"""The memory of a process that translates: at its start, warm, and after use.

`python -m tests.bench.memory` prints MiB as JSON; it writes into a folder that it deletes.
"""

import gc
import json
import os
import sys
import tempfile
from pathlib import Path

from tests.bench.figures import MEBIBYTE, usage_of

ROOT = Path(__file__).parents[2]
SETS = ROOT / "deploy" / "evaluation"
LANGS = {"vi": "vi", "ne": "ne", "zh-Hant": "zh-Hans", "en": "en"}
"""Who writes, and whose sentences they write: there is no set of zh-Hant."""
SENTENCES = 40


def main() -> None:
    """Make the interpreter as the worker does, and give it what residents and counselors write.

    `start` is bare Python, `program` all that a worker imports, `knowledge` what people wrote down
    about translating, `warm` every package loaded, `used_…` after SENTENCES each way.
    """
    found = {"start": resident()}
    from bot.adapters.translation.argos import ArgosEngine  # noqa: PLC0415  # before is not measured
    from bot.adapters.translation.remembering import RememberingEngine  # noqa: PLC0415
    from bot.authoring.evaluation.sets import everyday  # noqa: PLC0415
    from bot.service.interpreting import Interpreter, Request  # noqa: PLC0415
    from handlers.translation import load_knowledge, make_writing  # noqa: PLC0415

    found["program"] = resident()
    knowledge = load_knowledge()
    found["knowledge"] = resident()
    with tempfile.TemporaryDirectory() as var:
        local = ArgosEngine([ROOT / "deploy" / "models"], Path(var))
        local.warm()
        interpreter = Interpreter(RememberingEngine(local), lambda: knowledge, make_writing())
        found["warm"] = resident()
        for lang, written in LANGS.items():
            pairs = everyday(SETS, written, "ja", SENTENCES)
            assert len(pairs) == SENTENCES
            for pair in pairs:
                interpreter.interpret([Request(pair.source, lang, "ja")], lambda *_: {})
            requests = [Request(each.target, "ja", lang, outgoing=True) for each in pairs]
            interpreter.interpret(requests, lambda *_: {})
            found[f"used_{lang}"] = resident()
    sys.stdout.write(json.dumps(found))


def resident() -> float:
    """Return the MiB that this process has in memory now."""
    gc.collect()
    return round(usage_of(os.getpid()).rss / MEBIBYTE, 1)


if __name__ == "__main__":
    main()
