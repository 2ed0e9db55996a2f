"""Argos packages as an Engine, for the worker: offline, many sentences at once, never in a log."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import ceil
from pathlib import Path
from threading import RLock
from typing import Any

from bot.adapters.translation.argos_library import argos_library
from bot.adapters.translation.packages import ARGOS_CODES, InstalledPackage, find_packages
from bot.adapters.translation.routes import Figures, best_route, figure_key
from bot.core.model import Lang
from bot.core.translation.engines import FLOOR, Candidate, Route
from bot.core.translation.gate import Gate
from bot.errors import TranslationError

BEAM = 2
"""Measured: no worse than 4 with the compact model, and 1.5 times as fast."""
BATCH = 16
"""Sentences that go through the model together, at most; more wait for the longest of them."""
WORKERS = 2
"""Batches that go through a model side by side (argos_library: two threads of one core each)."""


@dataclass(frozen=True, slots=True)
class _Loaded:
    """A package ready for use; equal model files share one translator."""

    tokenizer: Any
    translator: Any
    prefix: str


class ArgosEngine:
    """An `Engine` over the packages in `model_dirs`, which are looked for once, at first use.

    `drafts=False` (production) leaves out packages that may not be relied on. `figures` choose
    between packages of one direction, `floors` are the scores below which nothing is shown (both
    by `figure_key`). Writes under `var_dir` only. Safe to share between threads. An installation
    changes with the next start of the worker.
    """

    def __init__(
        self,
        model_dirs: Iterable[Path],
        var_dir: Path,
        *,
        drafts: bool = True,
        figures: Figures | None = None,
        floors: Figures | None = None,
    ) -> None:
        self._model_dirs = tuple(model_dirs)
        self._var_dir = var_dir
        self._drafts = drafts
        self._figures = figures or {}
        self._floors = floors or {}
        self._lock = RLock()
        self._packages: list[InstalledPackage] | None = None
        self._problems: list[str] = []
        self._loaded: dict[InstalledPackage, _Loaded] = {}
        self._shared: dict[tuple[int, int], Any] = {}
        self._ways: dict[tuple[str, str], tuple[Route, list[InstalledPackage]]] = {}

    def route(self, source: Lang, target: Lang) -> Route | None:
        """Return the best way between two languages, with every package on it loaded."""
        way = self._way(source, target)
        return way[0] if way is not None else None

    def translate(
        self, sentences: Sequence[str], route: Route, *, alternatives: int = 1
    ) -> list[list[Candidate]]:
        """Return up to `alternatives` translations of each sentence, the best first.

        By a pivot only the second leg has alternatives, and a score is the lower one of both legs.
        Raises TranslationError when the engine broke, naming the class of the fault only: a
        message of the engine may quote what the resident wrote.
        """
        pair = route.languages[0], route.languages[-1]
        with self._lock:
            _, packages = self._ways[pair]
            *first, last = [self._load(package) for package in packages]
        try:
            texts, scores = list(sentences), [0.0] * len(sentences)
            for leg in first:
                made = _through(leg, texts, 1)
                texts = [options[0].text for options in made]
                scores = [options[0].score or 0.0 for options in made]
            return [
                [Candidate(each.text, min(each.score or 0.0, before)) for each in options]
                for options, before in zip(_through(last, texts, alternatives), scores, strict=True)
            ]
        except (RuntimeError, ValueError, TypeError, OSError, MemoryError) as error:
            raise TranslationError(type(error).__name__) from error

    def read_back(self, pairs: Sequence[tuple[str, str]], route: Route) -> list[float | None]:
        """Return how likely each source is, read back from its translation by the way back.

        None where no package serves the way back directly.
        """
        way = self._way(route.languages[-1], route.languages[0])
        if way is None or len(way[1]) > 1 or not pairs:
            return [None] * len(pairs)
        with self._lock:
            leg = self._load(way[1][0])
        try:
            return [float(each) for each in _likelihoods(leg, pairs)]
        except (RuntimeError, ValueError, TypeError, OSError, MemoryError) as error:
            raise TranslationError(type(error).__name__) from error

    def directions(self) -> list[tuple[Lang, Lang]]:
        """Return the pairs of our languages that an installed package serves directly."""
        ours = {"zh": "zh-Hans", "pt": "pt-BR"}
        found = {
            (ours.get(each.source, each.source), ours.get(each.target, each.target))
            for each in self.installed()
        }
        return sorted(found)

    def warm(self) -> None:
        """Load every installed package, so that the first message does not wait for it."""
        for package in self.installed():
            self._try(package)

    def installed(self) -> list[InstalledPackage]:
        """Return the usable packages, without those found broken so far."""
        with self._lock:
            if self._packages is None:
                found, self._problems = find_packages(self._model_dirs, self._var_dir)
                self._packages = [each for each in found if self._drafts or not each.drafts_only]
            return list(self._packages)

    def problems(self) -> list[str]:
        """Return a line for each package that had to be left out, for an operator to mend."""
        with self._lock:
            self.installed()
            return list(self._problems)

    def _way(self, source: Lang, target: Lang) -> tuple[Route, list[InstalledPackage]] | None:
        pair = ARGOS_CODES.get(source, source), ARGOS_CODES.get(target, target)
        with self._lock:
            if pair not in self._ways:
                packages = self._working(*pair)
                if packages is None:
                    return None
                self._ways[pair] = self._described(packages), packages
            return self._ways[pair]

    def _working(self, start: str, end: str) -> list[InstalledPackage] | None:
        """Return the best way of packages that load; one that does not is left out."""
        while (way := best_route(self.installed(), start, end, self._figures)) is not None:
            if all(self._try(package) for package in way):
                return way
        return None

    def _described(self, packages: list[InstalledPackage]) -> Route:
        return Route(
            (packages[0].source, *(each.target for each in packages)),
            " + ".join(dict.fromkeys(each.name for each in packages)),
            drafts_only=any(each.drafts_only for each in packages),
            gate=_strictest([each.gate for each in packages]),
            floor=max(self._floors.get(figure_key(each), FLOOR) for each in packages),
        )

    def _try(self, package: InstalledPackage) -> bool:
        with self._lock:
            try:
                self._load(package)
            except (ImportError, MemoryError) as error:
                raise TranslationError(type(error).__name__) from error
            except (RuntimeError, ValueError, OSError) as error:
                self._packages = [other for other in self.installed() if other != package]
                self._problems.append(f"{package.name}: not loaded ({type(error).__name__})")
                return False
            return True

    def _load(self, package: InstalledPackage) -> _Loaded:
        if package not in self._loaded:
            self._loaded[package] = self._opened(package)
        return self._loaded[package]

    def _opened(self, package: InstalledPackage) -> _Loaded:
        """Let the library open a package; equal model files are held in memory once."""
        library = argos_library(self._var_dir / "argos")
        opened = library.Package(package.folder)
        tokenizer = opened.tokenizer
        tokenizer_file = next(package.folder.glob("sentencepiece.model"), None)
        if tokenizer_file is not None:
            tokenizer = self._shared.setdefault(_identity(tokenizer_file), tokenizer)
        tokenizer.encode("a")  # the library would load it at first use, without a lock
        weights = _identity(package.folder / "model" / "model.bin")
        if weights not in self._shared:
            self._shared[weights] = library.Translator(
                str(package.folder / "model"),
                device=library.settings.device,
                inter_threads=library.settings.inter_threads,
                intra_threads=library.settings.intra_threads,
            )
        return _Loaded(tokenizer, self._shared[weights], opened.target_prefix)


def _identity(file: Path) -> tuple[int, int]:
    state = file.stat()
    return state.st_dev, state.st_ino


def _through(leg: _Loaded, texts: Sequence[str], alternatives: int) -> list[list[Candidate]]:
    """Take all texts through one model, the long ones together and the short ones together."""
    tokens = [leg.tokenizer.encode(text) for text in texts]
    made = leg.translator.translate_batch(
        tokens,
        target_prefix=[[leg.prefix]] * len(tokens) if leg.prefix else None,
        beam_size=max(alternatives, BEAM),
        num_hypotheses=alternatives,
        max_batch_size=_batch_size(len(tokens)),
        batch_type="examples",
        replace_unknowns=True,
        return_scores=True,
    )
    return [_different(leg, each.hypotheses, each.scores) for each in made]


def _batch_size(sentences: int) -> int:
    """Return a size for which every worker has as many batches as the others, none above BATCH."""
    rounds = max(1, ceil(sentences / (WORKERS * BATCH)))
    return max(1, ceil(sentences / (WORKERS * rounds)))


def _different(
    leg: _Loaded, hypotheses: Sequence[list[str]], scores: Sequence[float]
) -> list[Candidate]:
    """Return the alternatives with different words; tokens may differ where words do not."""
    found: dict[str, float] = {}
    for hypothesis, score in zip(hypotheses, scores, strict=True):
        found.setdefault(_words(leg, hypothesis), score)
    return [Candidate(text, score) for text, score in found.items()]


def _words(leg: _Loaded, hypothesis: list[str]) -> str:
    """Return the words without the token that asks for a language."""
    pieces = hypothesis[1:] if leg.prefix and hypothesis[:1] == [leg.prefix] else hypothesis
    return str(leg.tokenizer.decode(pieces)).strip()


def _likelihoods(leg: _Loaded, pairs: Sequence[tuple[str, str]]) -> list[float]:
    """Return the mean log-probability of each source, given its translation."""
    prefix = [leg.prefix] if leg.prefix else []
    made = leg.translator.score_batch(
        [leg.tokenizer.encode(translation) for _, translation in pairs],
        [prefix + leg.tokenizer.encode(source) for source, _ in pairs],
        max_batch_size=_batch_size(len(pairs)),
        batch_type="examples",
    )
    counted = [each.log_probs[len(prefix) :] for each in made]
    return [sum(each) / len(each) if each else 0.0 for each in counted]


def _strictest(gates: Sequence[Gate | None]) -> Gate | None:
    known = [each for each in gates if each is not None]
    return max(known, key=lambda each: each.at_least, default=None)
