"""What an engine is asked and what it gives back, whatever engine it is."""

from dataclasses import dataclass

from bot.core.model import Lang
from bot.core.translation.gate import Gate

FLOOR = -2.0
"""Below this mean log-probability of a token a sentence is nonsense, whatever the engine."""


@dataclass(frozen=True, slots=True)
class Route:
    """How an engine gets from one language to another.

    `languages` names every language passed through (`("vi", "ja")`, by a pivot
    `("vi", "en", "ja")`), `engine` the packages or the server. `drafts_only`: what it makes is
    shown to counselors only, folded and marked, and is never sent to a resident. `remote`: the
    text leaves this machine, so names and numbers are masked first. `gate` says which sentences
    are sure enough to be shown, None where nobody has judged this engine's sentences. `floor` is
    the score below which a sentence is not shown, calibrated for each direction by
    `tsunagi models eval`.
    """

    languages: tuple[Lang, ...]
    engine: str
    drafts_only: bool = False
    remote: bool = False
    gate: Gate | None = None
    floor: float = FLOOR

    @property
    def is_pivot(self) -> bool:
        """Tell whether a language lies between; errors of two models add up then."""
        return len(self.languages) > 2  # noqa: PLR2004

    def __str__(self) -> str:
        """Say it as shown beside a translation: `compact 1.0 (vi→ja)`."""
        return f"{self.engine} ({'→'.join(self.languages)})"


@dataclass(frozen=True, slots=True)
class Candidate:
    """One translation of one sentence.

    `score` is the mean log-probability of its tokens (≤ 0, greater is surer), the lowest of all
    legs of a pivot; None where the engine tells none.
    """

    text: str
    score: float | None = None
