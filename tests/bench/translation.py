"""The translation: our engine beside Argos' own call, waiting messages, the checks, memory.

The package is the compact one in deploy/models, the sentences are those of deploy/evaluation.
"""

import json
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from bot.adapters.translation.argos import ArgosEngine
from bot.authoring.evaluation.sets import Pair, consultation, everyday
from bot.core.model import Lang
from bot.core.translation.checking import doubts
from bot.core.translation.engines import Candidate, Route
from bot.core.translation.knowledge import Knowledge
from bot.service.interpreting import Interpreter, Request
from handlers.translation import make_writing
from handlers.wiring import Content
from tests.bench import argos, waiting
from tests.bench.argos import REPEATS, SETS, seconds
from tests.bench.core import best_each
from tests.translation import measure_negation, measure_numbers

ROOT = Path(__file__).parents[2]
MODELS = ROOT / "deploy" / "models"
DIRECTIONS: tuple[tuple[Lang, Lang], ...] = (("vi", "ja"), ("ja", "vi"))
SENTENCES, QUICK_SENTENCES = 160, 40
ROUNDS, QUICK_ROUNDS = 30, 2
TIMES_ARGOS_WANTED = 5.0
WRITTEN_DOWN_WANTED_MS = 1_000.0


def measure(folder: Path, content: Content, *, whole: bool) -> dict[str, Any]:
    """Return all figures; fewer rounds and sentences unless `whole`. `folder` takes files."""
    engine, knowledge = ArgosEngine([MODELS], folder / "var"), content.knowledge
    engine.warm()
    sentences, rounds = (SENTENCES, ROUNDS) if whole else (QUICK_SENTENCES, QUICK_ROUNDS)
    said = [each.source for each in consultation(SETS, "vi", "ja")]
    interpreter = Interpreter(engine, lambda: knowledge, make_writing())
    home = folder / "argos"
    return {
        "speed": [argos.speed(engine, home, *pair, sentences=sentences) for pair in DIRECTIONS],
        "waiting": waiting.measure(folder, content, interpreter, said, rounds=rounds),
        "parts": parts(engine, knowledge, sentences=sentences),
        "memory": memory(),
        "numbers": numbers(),
        "negation": negation(),
    }


# --- the checks ----------------------------------------------------------------------------------


@dataclass
class Clocked:
    """An `Engine` that counts the seconds that are spent in another one, and the sentences."""

    engine: ArgosEngine
    spent: float = 0.0
    sentences: int = 0

    def route(self, source: Lang, target: Lang) -> Route | None:
        """Return the engine's way."""
        return self.engine.route(source, target)

    def translate(
        self, sentences: Sequence[str], route: Route, *, alternatives: int = 1
    ) -> list[list[Candidate]]:
        """Let the engine translate."""
        made: list[list[Candidate]] = []
        self.spent += seconds(
            lambda: made.extend(self.engine.translate(sentences, route, alternatives=alternatives))
        )
        self.sentences += len(sentences)
        return made

    def read_back(self, pairs: Sequence[tuple[str, str]], route: Route) -> list[float | None]:
        """Let the engine read back."""
        made: list[float | None] = []
        self.spent += seconds(lambda: made.extend(self.engine.read_back(pairs, route)))
        return made


def parts(engine: ArgosEngine, knowledge: Knowledge, *, sentences: int) -> dict[str, Any]:
    """Return what the checks and a look into the phrasebook take, and the whole interpreter.

    `interpreter_to_engine` is the whole way of all sentences over one translation of them. It
    holds further attempts (`asked_per_sentence`), reading back, and `own_share`: what is spent
    outside the engine, of 1.
    """
    pairs = everyday(SETS, "vi", "ja", sentences)
    grammars = knowledge.grammar("vi"), knowledge.grammar("ja")

    def check(pair: Pair) -> object:
        terms = knowledge.glossary.terms_in(pair.source, "vi", "ja")
        return doubts(pair.source, pair.target, grammars, terms)

    def look_up(pair: Pair) -> object:
        return knowledge.prepared(pair.source, "vi", "ja")

    route = engine.route("vi", "ja")
    assert route is not None
    texts = [each.source for each in pairs]
    requests = [Request(each, "vi", "ja") for each in texts]
    writing = make_writing()
    writing.for_engine("toi doi", "vi")  # its table is read at first use
    bare, whole, own_share, asked = float("inf"), float("inf"), 0.0, 0
    for _ in range(REPEATS):
        bare = min(bare, seconds(lambda: engine.translate(texts, route)))
        clocked = Clocked(engine)
        interpret = Interpreter(clocked, lambda: knowledge, writing).interpret
        took = seconds(partial(interpret, requests, lambda *_: {}))
        if took < whole:
            whole, own_share, asked = took, 1 - clocked.spent / took, clocked.sentences
    return {
        "checks_us": _mean(best_each(check, pairs, 1)),
        "phrase_lookup_us": _mean(best_each(look_up, pairs, 3)),
        "engine_ms_per_sentence": round(bare / len(pairs) * 1e3, 2),
        "interpreter_ms_per_sentence": round(whole / len(pairs) * 1e3, 2),
        "interpreter_to_engine": round(whole / bare, 2),
        "asked_per_sentence": round(asked / len(pairs), 2),
        "own_share": round(own_share, 3),
    }


def _mean(values: Sequence[float]) -> float:
    return round(sum(values) / len(values), 1)


# --- memory, and what the checks find ------------------------------------------------------------


def memory() -> dict[str, float]:
    """Return MiB of a process that translates, step by step (tests/bench/memory.py)."""
    command = [sys.executable, "-m", "tests.bench.memory"]
    done = subprocess.run(command, check=True, capture_output=True, cwd=ROOT)
    found: dict[str, float] = json.loads(done.stdout)
    return found


def numbers() -> dict[str, Any]:
    """Return how often the check of numbers finds a planted error, and cries without one."""
    rows = measure_numbers.measure()
    return {
        "planted": sum(row.planted.total() for row in rows),
        "caught": sum(row.caught.total() for row in rows),
        "right": sum(row.with_figures for row in rows),
        "false_alarms": sum(row.false_alarms for row in rows),
        "by_language": {
            row.lang: {
                "caught": round(row.catch_rate, 4),
                "false_alarms": round(row.false_alarm_rate, 4),
            }
            for row in rows
        },
    }


def negation() -> dict[str, Any]:
    """Return how often a lost or added negation is found, and how often a kept one is doubted."""
    rows = measure_negation.measure()
    return {
        "planted": sum(row.planted for row in rows),
        "caught": sum(row.caught for row in rows),
        "right": sum(row.kept for row in rows),
        "false_alarms": sum(row.alarms for row in rows),
        "by_language": {
            row.lang: {
                "caught": round(row.catch_rate, 4),
                "false_alarms": round(row.false_alarms, 4),
            }
            for row in rows
        },
    }


# --- telling -------------------------------------------------------------------------------------


def report(figures: dict[str, Any]) -> Iterator[str]:
    """Yield the figures, a line each, with the targets that were missed."""
    yield "Translation with the compact package, everyday sentences a second:"
    for each in figures["speed"]:
        times, threaded = each["times_argos"], each["times_argos_with_our_threads"]
        reached = "" if times >= TIMES_ARGOS_WANTED else _missed(TIMES_ARGOS_WANTED)
        yield (
            f"  {each['pair']}: {each['per_second']:.0f}, one by one "
            f"{each['one_by_one_per_second']:.0f}; Argos' own call {each['argos_per_second']:.0f}, "
            f"with our threads {each['argos_with_our_threads_per_second']:.0f}: "
            f"{times:.1f} and {threaded:.1f} times as many{reached}"
        )
    yield from _waiting_lines(figures["waiting"])
    each = figures["parts"]
    yield (
        f"A sentence: checks {each['checks_us']:.0f} µs, a look into the phrasebook "
        f"{each['phrase_lookup_us']:.0f} µs, its whole way "
        f"{each['interpreter_ms_per_sentence']:.1f} ms, {each['interpreter_to_engine']:.1f} times "
        f"one translation ({each['asked_per_sentence']:.1f} questions to the engine, "
        f"{each['own_share'] * 100:.0f} % of the time outside it)"
    )
    steps = ", ".join(f"{name} {mib:.0f}" for name, mib in figures["memory"].items())
    yield f"Memory, MiB: {steps}"
    for name in ("numbers", "negation"):
        yield from _found_lines(name, figures[name])


def _waiting_lines(each: dict[str, Any]) -> Iterator[str]:
    yield (
        f"A message of {each['sentences_in_a_message']} sentences while {each['others']} others "
        f"wait, ms until its words are written down, over {each['rounds']} rounds:"
    )
    names = {
        "calm_ms": "behind all of them",
        "urgent_ms": "U4 among them",
        "urgent_late_ms": "U4 just after the worker took them",
    }
    for key, name in names.items():
        found = each[key]
        reached = "" if found["p95"] < WRITTEN_DOWN_WANTED_MS else _missed(WRITTEN_DOWN_WANTED_MS)
        yield (
            f"  {name}: best {found['best']:.0f}, median {found['p50']:.0f}, "
            f"p95 {found['p95']:.0f}, slowest {found['max']:.0f}{reached}"
        )
    yield f"  U4 was written down first: {'always' if each['urgent_was_first'] else 'NOT ALWAYS'}"


def _found_lines(name: str, each: dict[str, Any]) -> Iterator[str]:
    yield (
        f"The check of {name} finds {each['caught']} of {each['planted']} planted errors "
        f"({each['caught'] / each['planted']:.1%}) and cries at {each['false_alarms']} of "
        f"{each['right']} right sentences ({each['false_alarms'] / each['right']:.1%})"
    )
    by_language = (
        f"{lang} {one['caught'] * 100:.0f}/{one['false_alarms'] * 100:.0f}"
        for lang, one in each["by_language"].items()
    )
    yield f"  per cent found/false: {', '.join(by_language)}"


def _missed(wanted: float) -> str:
    return f", MISSED {wanted:.0f}"
