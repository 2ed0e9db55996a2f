"""An engine that remembers what it has just translated, in this process only."""

import time
from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from threading import Lock

from bot.core.model import Lang
from bot.core.translation.engines import Candidate, Route
from bot.service.ports import Engine

SENTENCES = 2_000
SECONDS = 3_600.0
"""What is older is not used any more, and forgotten with the next sentence that is translated."""

_Key = tuple[Route, str, int]


class RememberingEngine:
    """An `Engine` over another one: a sentence asked for again is not translated again.

    Keeps the SENTENCES used last (greetings, the same question to many), each for SECONDS at most.
    Safe to share between threads.
    """

    def __init__(self, engine: Engine, clock: Callable[[], float] = time.monotonic) -> None:
        self._engine = engine
        self._clock = clock
        self._lock = Lock()
        self._kept: OrderedDict[_Key, tuple[float, list[Candidate]]] = OrderedDict()

    def route(self, source: Lang, target: Lang) -> Route | None:
        """Return the engine's best way."""
        return self._engine.route(source, target)

    def translate(
        self, sentences: Sequence[str], route: Route, *, alternatives: int = 1
    ) -> list[list[Candidate]]:
        """Return what is remembered, and let the engine translate the rest, each sentence once."""
        keys = [(route, sentence, alternatives) for sentence in sentences]
        found = {key: made for key in keys if (made := self._known(key)) is not None}
        new = list(dict.fromkeys(key for key in keys if key not in found))
        if new:
            made_now = self._engine.translate(
                [sentence for _, sentence, _ in new], route, alternatives=alternatives
            )
            found |= dict(zip(new, made_now, strict=True))
            self._keep({key: found[key] for key in new})
        return [found[key] for key in keys]

    def read_back(self, pairs: Sequence[tuple[str, str]], route: Route) -> list[float | None]:
        """Let the engine read the sources back."""
        return self._engine.read_back(pairs, route)

    def _known(self, key: _Key) -> list[Candidate] | None:
        with self._lock:
            if key not in self._kept:
                return None
            kept_at, made = self._kept[key]
            if self._clock() - kept_at > SECONDS:
                del self._kept[key]
                return None
            self._kept.move_to_end(key)
            return made

    def _keep(self, made: Mapping[_Key, list[Candidate]]) -> None:
        """Remember new ones, and forget what is past its time or too much."""
        now = self._clock()
        with self._lock:
            for key, candidates in made.items():
                self._kept[key] = now, candidates
                self._kept.move_to_end(key)
            for key in [key for key, (kept_at, _) in self._kept.items() if now - kept_at > SECONDS]:
                del self._kept[key]
            while len(self._kept) > SENTENCES:
                self._kept.popitem(last=False)
