"""What comes of a text that was made readable for an engine."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Restored:
    """A text made readable.

    `changed` words differ from what was typed (0: nothing was touched); `sure` (0 to 1) tells how
    sure the choice of a word was on average, 1.0 where there was no choice.
    """

    text: str
    changed: int = 0
    sure: float = 1.0
