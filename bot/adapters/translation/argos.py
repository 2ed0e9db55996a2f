"""Translator by Argos Translate, for the worker: offline, sentence by sentence, never in a log."""

from pathlib import Path
from threading import RLock
from typing import Any, Protocol

from bot.adapters.translation.argos_library import argos_library
from bot.adapters.translation.packages import InstalledPackage, find_packages
from bot.core.model import Lang, Translation
from bot.core.translation.splitting import EXACT, join_sentences, pieces, segment, split_sentences
from bot.errors import TranslationError

_ARGOS_CODES = {"ja-easy": "ja", "zh-Hans": "zh", "pt-BR": "pt"}
_PIVOT = "en"


class _Engine(Protocol):
    """What we use of the library's PackageTranslation."""

    def translate(self, input_text: str) -> str: ...


class _OneSentence:
    """Stands where the library would split sentences: it only ever gets one."""

    @staticmethod
    def split_sentences(text: str) -> list[str]:
        return [text]


class ArgosTranslator:
    """A `Translator` over the packages in `models_dir`, which are looked for once, at first use.

    `drafts=False` (production) leaves out packages that may not be relied on. Writes under
    `var_dir` only. Safe to share between threads. An installation changes with the
    next start of the worker.
    """

    def __init__(self, models_dir: Path, var_dir: Path, *, drafts: bool = True) -> None:
        self._drafts = drafts
        self._models_dir = models_dir
        self._var_dir = var_dir
        self._lock = RLock()
        self._packages: list[InstalledPackage] | None = None
        self._problems: list[str] = []
        self._engines: dict[InstalledPackage, _Engine] = {}
        self._shared: dict[tuple[int, int], Any] = {}

    def translate(self, text: str, source: Lang, target: Lang) -> Translation | None:
        """Return the whole text translated, line by line; None where no package serves the pair.

        Lines, emoji, links, mail addresses and telephone numbers stay as they are. Where nothing
        is left to translate, and between forms of one language, the text comes back unchanged with
        an empty `engine`. Raises TranslationError when the engine broke.
        """
        start, end = _ARGOS_CODES.get(source, source), _ARGOS_CODES.get(target, target)
        if start == end:
            return Translation(text, "", (start,), drafts_only=False)
        legs = self._legs(start, end)
        if legs is None:
            return None
        route = (start, *(package.target for package, _ in legs))
        if not any(segment(sentence).body for sentence in split_sentences(text)):
            return Translation(text, "", route, drafts_only=False)
        engines = [(package.target, engine) for package, engine in legs]
        try:
            lines = [_translated_line(line, engines) for line in text.split("\n")]
        except (RuntimeError, ValueError, TypeError, OSError, MemoryError) as error:
            # The class only: a message of the engine may quote what the resident wrote.
            raise TranslationError(type(error).__name__) from error
        return Translation(
            text="\n".join(lines),
            engine=" + ".join(dict.fromkeys(package.name for package, _ in legs)),
            route=route,
            drafts_only=any(package.drafts_only for package, _ in legs),
        )

    def warm(self) -> None:
        """Load every installed package, so that the first message does not wait for it."""
        for package in self.installed():
            self._load(package)

    def installed(self) -> list[InstalledPackage]:
        """Return the usable packages, without those found broken so far."""
        with self._lock:
            if self._packages is None:
                found, self._problems = find_packages(self._models_dir, self._var_dir)
                self._packages = [each for each in found if self._drafts or not each.drafts_only]
            return list(self._packages)

    def problems(self) -> list[str]:
        """Return a line for each package that had to be left out, for an operator to mend."""
        with self._lock:
            self.installed()
            return list(self._problems)

    def _legs(self, start: str, end: str) -> list[tuple[InstalledPackage, _Engine]] | None:
        """Return the loaded packages of the best route; one that does not load is left out."""
        while (route := _best_route(self.installed(), start, end)) is not None:
            legs = [(package, self._load(package)) for package in route]
            loaded = [(package, engine) for package, engine in legs if engine is not None]
            if len(loaded) == len(legs):
                return loaded
        return None

    def _load(self, package: InstalledPackage) -> _Engine | None:
        with self._lock:
            if package in self._engines:
                return self._engines[package]
            try:
                self._engines[package] = engine = self._opened(package)
            except (ImportError, MemoryError) as error:
                raise TranslationError(type(error).__name__) from error
            except (RuntimeError, ValueError, OSError) as error:
                self._packages = [other for other in self.installed() if other != package]
                self._problems.append(f"{package.name}: not loaded ({type(error).__name__})")
                return None
            return engine

    def _opened(self, package: InstalledPackage) -> _Engine:
        """Let the library open a package; equal model files are held in memory once."""
        library = argos_library(self._var_dir / "argos")
        opened = library.Package(package.folder)
        tokenizer_file = next(package.folder.glob("sentencepiece.model"), None)
        if tokenizer_file is not None:
            opened.tokenizer = self._once(tokenizer_file, opened.tokenizer)
        opened.tokenizer.encode("a")  # the library would load it at first use, without a lock
        model = package.folder / "model"
        engine = library.PackageTranslation(
            library.Language(package.source, package.source),
            library.Language(package.target, package.target),
            opened,
        )
        engine.sentencizer = _OneSentence()
        weights = model / "model.bin"
        if _identity(weights) not in self._shared:
            settings = library.settings
            self._once(
                weights,
                library.Translator(
                    str(model),
                    device=settings.device,
                    inter_threads=settings.inter_threads,
                    intra_threads=settings.intra_threads,
                ),
            )
        engine.translator = self._shared[_identity(weights)]
        loaded: _Engine = engine
        return loaded

    def _once(self, file: Path, made: Any) -> Any:
        """Return what was made for this file before, through whatever link, else keep `made`."""
        return self._shared.setdefault(_identity(file), made)


def _identity(file: Path) -> tuple[int, int]:
    state = file.stat()
    return state.st_dev, state.st_ino


def _best_route(
    packages: list[InstalledPackage], start: str, end: str
) -> list[InstalledPackage] | None:
    """Direct before pivot, English before other pivots; but any package for everybody first."""
    best: dict[tuple[str, str], InstalledPackage] = {}
    for package in sorted(packages, key=lambda package: package.rank):
        best[package.source, package.target] = package
    routes = [[best[start, end]]] if (start, end) in best else []
    routes += [
        [best[start, pivot], best[pivot, end]]
        for source, pivot in best
        if source == start and (pivot, end) in best
    ]

    def order(route: list[InstalledPackage]) -> tuple[bool, int, bool, str]:
        pivot = route[0].target
        drafts_only = any(package.drafts_only for package in route)
        return drafts_only, len(route), pivot != _PIVOT, pivot

    return min(routes, key=order, default=None)


def _translated_line(line: str, engines: list[tuple[str, _Engine]]) -> str:
    body = line.strip()
    if not body:
        return line
    before, after = line[: line.index(body)], line[line.index(body) + len(body) :]
    for target, engine in engines:
        done = [
            _translated_piece(piece, engine)
            for sentence in split_sentences(body)
            for piece in pieces(sentence)
        ]
        body = join_sentences(done, target)
    return before + body + after


def _translated_piece(piece: str, engine: _Engine) -> str:
    part = segment(piece)
    if not part.body:
        return piece
    return part.before + _translated(part.body, engine) + part.after


def _translated(body: str, engine: _Engine) -> str:
    """Translate a sentence; links and their like survive, if need be by translating around them."""
    # An engine that answers nothing leaves the words untranslated rather than gone.
    made = engine.translate(body).strip() or body
    exact = EXACT.findall(body)
    for token in exact:
        # The library's tokenizer writes a space for every underscore.
        spaced = token.replace("_", " ")
        if spaced == spaced.strip():
            made = made.replace(spaced, token)
    if all(token in made for token in exact):
        return made
    around, at = "", 0
    for match in EXACT.finditer(body):
        around += _translated_around(body[at : match.start()], engine) + match.group()
        at = match.end()
    return around + _translated_around(body[at:], engine)


def _translated_around(words: str, engine: _Engine) -> str:
    inner = words.strip()
    if not any(sign.isalpha() for sign in inner):
        return words
    made = engine.translate(inner).strip() or inner
    return words.replace(inner, made)
