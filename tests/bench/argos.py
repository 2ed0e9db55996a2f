"""Our engine beside the library's own call, on the same package, taken in turns."""

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from bot.adapters.translation.argos import ArgosEngine
from bot.adapters.translation.argos_library import argos_library
from bot.authoring.evaluation.sets import everyday
from bot.core.model import Lang

SETS = Path(__file__).parents[2] / "deploy" / "evaluation"
REPEATS = 3
"""The best of so many: other programs can only make one slower."""

_STOCK_THREADS = {"inter_threads": 1, "intra_threads": 0}
"""What the library sets where nobody says otherwise."""
_OUR_THREADS = {"inter_threads": 2, "intra_threads": 1}


class _OneSentence:
    """Stands where the library would split sentences, with what it would download."""

    @staticmethod
    def split_sentences(text: str) -> list[str]:
        return [text]


def stock_translate(
    engine: ArgosEngine, home: Path, source: Lang, target: Lang, threads: dict[str, int]
) -> Callable[[str], str]:
    """Return the library's PackageTranslation.translate over the package that `engine` uses.

    With the library's own settings, beam 4 and batches of 32 tokens, and a model of its own.
    """
    pair = source, target
    package = next(each for each in engine.installed() if (each.source, each.target) == pair)
    library = argos_library(home)
    stock = library.PackageTranslation(
        library.Language(source, source),
        library.Language(target, target),
        library.Package(package.folder),
    )
    stock.sentencizer = _OneSentence()
    stock.translator = library.Translator(str(package.folder / "model"), device="cpu", **threads)
    translate: Callable[[str], str] = stock.translate
    return translate


def speed(
    engine: ArgosEngine, home: Path, source: Lang, target: Lang, *, sentences: int
) -> dict[str, Any]:
    """Return sentences per second of our engine, of the library, and of it with our threads.

    Everyday sentences: `per_second` all at once, `one_by_one_per_second` as messages that come one
    after the other. `home` is the folder that the library may write to.
    """
    texts = [each.source for each in everyday(SETS, source, target, sentences)]
    route = engine.route(source, target)
    assert route is not None
    stock = stock_translate(engine, home, source, target, _STOCK_THREADS)
    threaded = stock_translate(engine, home, source, target, _OUR_THREADS)
    acts: tuple[Callable[[], object], ...] = (
        lambda: engine.translate(texts, route),
        lambda: [stock(text) for text in texts],
        lambda: [threaded(text) for text in texts],
        lambda: [engine.translate([text], route) for text in texts],
    )
    best = [float("inf")] * len(acts)
    for _ in range(REPEATS):
        for place, act in enumerate(acts):
            best[place] = min(best[place], seconds(act))
    ours, argos, threads, alone = (round(len(texts) / each, 1) for each in best)
    made = [options[0].text for options in engine.translate(texts, route)]
    return {
        "pair": f"{source}>{target}",
        "sentences": len(texts),
        "per_second": ours,
        "argos_per_second": argos,
        "argos_with_our_threads_per_second": threads,
        "one_by_one_per_second": alone,
        "times_argos": round(best[1] / best[0], 2),
        "times_argos_with_our_threads": round(best[2] / best[0], 2),
        "same_words": sum(stock(text) == each for text, each in zip(texts, made, strict=True)),
    }


def seconds(act: Callable[[], object]) -> float:
    """Return how long something takes."""
    begun = time.perf_counter()
    act()
    return time.perf_counter() - begun
