"""Several engines as one: for each pair of languages the one that can be relied on most."""

import time
from collections.abc import Callable, Sequence

from bot.core.model import Lang
from bot.core.translation.engines import Candidate, Route
from bot.errors import TranslationError
from bot.service.ports import Engine

AWAY_SECONDS = 60.0
"""So long a server that failed is not asked again where something here serves the pair too."""


class SeveralEngines:
    """An `Engine` over others: packages on this machine and, where one is set, a server.

    What may be shown to everybody goes before drafts, what stays on this machine before what
    leaves it, direct before a pivot. A pair that a server serves goes back to drafts while the
    server is away.
    """

    def __init__(
        self, engines: Sequence[Engine], clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._engines = tuple(engines)
        self._clock = clock
        self._owners: dict[Route, Engine] = {}
        self._away_until: dict[int, float] = {}

    def route(self, source: Lang, target: Lang) -> Route | None:
        """Return the best way of any engine."""
        found: list[Route] = []
        for engine in self._engines:
            try:
                route = engine.route(source, target)
            except TranslationError:
                continue
            if route is not None:
                self._owners[route] = engine
                found.append(route)
        return min(
            found,
            key=lambda each: (
                self._is_away(each),
                each.drafts_only,
                each.remote,
                len(each.languages),
            ),
            default=None,
        )

    def translate(
        self, sentences: Sequence[str], route: Route, *, alternatives: int = 1
    ) -> list[list[Candidate]]:
        """Let the engine that gave the route translate; a server that fails rests AWAY_SECONDS."""
        engine = self._owners[route]
        try:
            return engine.translate(sentences, route, alternatives=alternatives)
        except TranslationError:
            if route.remote:
                self._away_until[id(engine)] = self._clock() + AWAY_SECONDS
            raise

    def read_back(self, pairs: Sequence[tuple[str, str]], route: Route) -> list[float | None]:
        """Let the engine that gave the route read the sources back."""
        return self._owners[route].read_back(pairs, route)

    def _is_away(self, route: Route) -> bool:
        """Tell whether the route's server failed just now."""
        return self._clock() < self._away_until.get(id(self._owners[route]), 0.0)
