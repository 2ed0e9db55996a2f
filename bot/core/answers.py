"""What a resident has answered so far, as the engine keeps it and as triage reads it."""

from collections.abc import Mapping
from dataclasses import dataclass

SKIP_CODES = frozenset({"SKIP", "MX", "NOSAY"})
"""Codes that say "I would rather not answer": nothing is known, and nothing may be concluded."""


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer: codes of the dialog file, or what was typed, or both.

    `value` is normalised before it comes here: yen "5000", days "10", people "3", or an ISO date
    "2026-12-05". Where it is set it is the exact figure and goes before the band in `codes`.
    """

    codes: tuple[str, ...] = ()
    value: str = ""

    @property
    def skipped(self) -> bool:
        """Whether the question was put and nothing was told."""
        return not self.value and all(code in SKIP_CODES for code in self.codes)

    @property
    def told(self) -> str:
        """What was told, in one word for records: the typed value, else the codes."""
        return self.value or ",".join(self.codes)


Answers = Mapping[str, Answer]
"""Question id to answer: only questions that were put and answered, in order of answering."""
