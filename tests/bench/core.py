"""The screening without a store or the web: engine, triage, detectors, exploration, loading."""

import json
import subprocess
import sys
import time
import unicodedata
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import Any, TypeVar

from bot.authoring.proving import explore_book
from bot.core.answers import Answers
from bot.core.detecting import Detectors, detect
from bot.core.engine import take
from bot.core.model import Lang, Level
from bot.core.moves import Context
from bot.core.triage import Assessment
from handlers.wiring import Content
from tests.bench.walks import Player, Step
from tests.detectors import measure as labelled

REPEATS = 7
"""The best of so many: other programs can only make a call slower."""

ENGINE_WANTED_US = 100.0
LETTERS = 60
"""So many characters a text of the detectors has: a sentence, or two."""

SHOWN = ("ja", "en", "my")
ANSWERS = 30

Item = TypeVar("Item")
_NOTHING = Assessment(Level.U1, (), (), None, (), None, (), (), "", mt_used=False)


def measure(content: Content, context: Context, *, rounds: int, whole: bool) -> dict[str, Any]:
    """Return all figures; the dialog is explored only in a `whole` measurement."""
    player = Player(
        content.book.dialog,
        context,
        lambda lang: lambda text: content.catalogs.render(text, lang).text,
    )
    figures: dict[str, Any] = {
        "engine": _engine(player, rounds),
        "assess": _assess(player, rounds),
        "detect": _detect(content.book.detectors, rounds),
        "heard": heard(content.book.detectors),
        "loading": _loading(3 if whole else 1),
    }
    if whole:
        figures["exploration"] = _explore(content, context)
    return figures


def best_each(act: Callable[[Item], object], items: Sequence[Item], rounds: int) -> list[float]:
    """Return microseconds of each item: the best repeat of so many rounds of calls."""
    best = [float("inf")] * len(items)
    for _ in range(REPEATS):
        for place, item in enumerate(items):
            begun = time.perf_counter()
            for _ in range(rounds):
                act(item)
            best[place] = min(best[place], time.perf_counter() - begun)
    return [each / rounds * 1e6 for each in best]


def _engine(player: Player, rounds: int) -> dict[str, Any]:
    def nothing(_: Answers, __: Lang, ___: date, ____: Collection[str]) -> Assessment:
        return _NOTHING

    alone = replace(player, context=replace(player.context, triage=nothing))
    figures: dict[str, Any] = {}
    for name, steps in (
        ("quiet", player.quiet("en")),
        ("long", player.long("en")),
        ("typed", player.typed("en")),
    ):
        engine, triaged, bare = (
            best_each(act, steps, rounds) for act in (_taking(alone), _taking(player), _bare)
        )
        slowest = max(range(len(steps)), key=engine.__getitem__)
        figures[name] = {
            "steps": len(steps),
            "us": _mean(engine),
            "slowest_us": round(engine[slowest], 1),
            "slowest_at": steps[slowest].state.node,
            "with_triage_us": _mean(triaged),
            "bare_us": _mean(bare),
            "to_bare": round(sum(engine) / sum(bare), 1),
        }
    return figures


def _taking(player: Player) -> Callable[[Step], object]:
    def act(step: Step) -> object:
        return take(
            player.dialog, step.state, step.doing, context=player.context, words=player.words
        )

    return act


def _bare(step: Step) -> object:
    """Do the least that any engine of values does: one new state with one more answer."""
    return replace(step.state, node="", answers={**step.state.answers})


def _assess(player: Player, rounds: int) -> dict[str, Any]:
    states = {len(step.state.answers): step.state for step in player.long("en")}
    state = states[ANSWERS]
    context = player.context

    def act(_: None) -> object:
        return context.triage(state.answers, state.lang, context.today, state.detected)

    found = context.triage(state.answers, state.lang, context.today, state.detected)
    return {
        "answers": len(state.answers),
        "flags": len(found.hits),
        "cards": len(found.suggestions),
        "us": _mean(best_each(act, [None], rounds * 20)),
    }


def texts_of(lang: Lang, *, cries: bool) -> list[str]:
    """Return the labelled sentences of a language in a row, cut into texts of LETTERS.

    Those that must be heard, two or three of them a text; or those that must not, idioms and
    near words: what residents write otherwise holds fewer such words than either.
    """
    row = " ".join(line.text for line in labelled.lines_of(lang) if bool(line.expected) is cries)
    return [row[place : place + LETTERS] for place in range(0, len(row) - LETTERS, LETTERS)]


def _detect(detectors: Detectors, rounds: int) -> dict[str, Any]:
    figures: dict[str, Any] = {}
    for lang in labelled.languages():
        quiet, cries = texts_of(lang, cries=False), texts_of(lang, cries=True)
        ours, alarmed = (
            _mean(best_each(lambda text: detect(text, detectors), texts, rounds))
            for texts in (quiet, cries)
        )
        bare = _mean(best_each(_normalised, quiet, rounds))
        figures[lang] = {
            "us": ours,
            "cries_us": alarmed,
            "bare_us": bare,
            "to_bare": round(ours / bare, 1),
        }
    return figures


def _normalised(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold()


def heard(detectors: Detectors) -> dict[str, dict[str, dict[str, float]]]:
    """Return precision, recall and the number of cries by detector and language ("all" too)."""
    scores = labelled.measure(detectors)
    figures: dict[str, dict[str, dict[str, float]]] = {}
    for name in detectors:
        own = [each for each in scores if each.detector == name]
        figures[name] = {
            each.lang: {
                "recall": round(each.recall, 3),
                "precision": round(each.precision, 3),
                "cries": each.right + each.missed,
            }
            for each in (*own, labelled.pooled(own))
        }
    return figures


def _explore(content: Content, context: Context) -> dict[str, Any]:
    """Return figures of the exploration, in seconds of CPU: it takes one core, and long."""
    begun = time.process_time()
    found = explore_book(
        content.book, context, lambda text, lang: content.catalogs.render(text, lang).text
    )
    seconds = time.process_time() - begun
    return {
        "seconds": round(seconds, 2),
        "states": found.states,
        "transitions": found.transitions,
        "paths": found.paths,
        "longest": found.longest,
        "failures": len(found.failures),
        "transition_us": round(seconds / max(1, found.transitions) * 1e6, 1),
    }


def _loading(times: int) -> dict[str, Any]:
    """Return the quickest of several loads, each in a process of its own."""
    command = [sys.executable, "-m", "tests.bench.loading"]
    loads = [
        json.loads(subprocess.run(command, check=True, capture_output=True).stdout)
        for _ in range(times)
    ]
    quickest: dict[str, Any] = min(loads, key=lambda each: each["book_ms"])
    return quickest


def _mean(values: Sequence[float]) -> float:
    return round(sum(values) / len(values), 1)


def report(figures: dict[str, Any]) -> Iterator[str]:
    """Yield the figures, a line each, ratios last."""
    yield "The engine alone, µs a turn (with triage; slowest turn; times one bare new state):"
    for name, each in figures["engine"].items():
        reached = "" if each["us"] < ENGINE_WANTED_US else f", MISSED {ENGINE_WANTED_US:.0f}"
        yield (
            f"  {name:5} {each['us']:6.1f} ({each['with_triage_us']:.1f}; {each['slowest_us']:.1f} "
            f"at {each['slowest_at']}; {each['to_bare']:.1f}) over {each['steps']} turns{reached}"
        )
    assess = figures["assess"]
    yield (
        f"Triage of {assess['answers']} answers: {assess['us']:.1f} µs "
        f"({assess['flags']} flags, {assess['cards']} cards)"
    )
    detects = ", ".join(
        f"{lang} {each['us']:.1f} ({each['cries_us']:.1f}; {each['to_bare']:.0f})"
        for lang, each in figures["detect"].items()
        if lang in SHOWN
    )
    yield (
        f"Detectors on {LETTERS} characters, µs (full of cries; times bare normalising): {detects}"
    )
    yield from _heard_lines(figures["heard"])
    loading = figures["loading"]
    yield (
        f"Dialog book: {loading['book_ms']} ms of CPU, {loading['book_to_bare_yaml']:.1f} times "
        f"bare YAML, {loading['book_mib']:.0f} MiB; with catalogs {loading['with_catalogs_ms']} ms"
    )
    if "exploration" in figures:
        each = figures["exploration"]
        paths = "without end" if each["paths"] is None else f"{each['paths']:,}"
        yield (
            f"Exploration: {each['seconds']:.1f} s of CPU, {each['states']:,} states, "
            f"{each['transitions']:,} transitions ({each['transition_us']:.0f} µs each), "
            f"{each['failures']} failures"
        )
        yield f"  {paths} paths"


def _heard_lines(figures: dict[str, dict[str, dict[str, float]]]) -> Iterator[str]:
    languages = list(next(iter(figures.values())))
    yield "What the detectors hear of the labelled set, recall/precision in per cent:"
    yield f"  {'':14}{''.join(f'{lang:>9}' for lang in languages)}"
    for name, by_lang in figures.items():
        cells = (
            f"{each['recall'] * 100:.0f}/{each['precision'] * 100:.0f}" for each in by_lang.values()
        )
        yield f"  {name:14}{''.join(f'{cell:>9}' for cell in cells)}"
