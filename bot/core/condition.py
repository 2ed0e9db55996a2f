"""Conditions of a dialog: what is known about a resident, and what must be true of it."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Protocol

from bot.core.answers import Answers
from bot.core.model import Lang


class Facts(Protocol):
    """What a condition may look at."""

    @property
    def answers(self) -> Answers: ...
    @property
    def lang(self) -> Lang: ...
    @property
    def detected(self) -> Collection[str]: ...
    @property
    def alerted(self) -> bool: ...


@dataclass(frozen=True, slots=True)
class Condition:
    """Something that is true or not; `op`: all, any, not, answered, lang, detected or alerted."""

    op: str
    parts: tuple["Condition", ...] = ()
    question: str = ""
    values: frozenset[str] = frozenset()

    def questions(self) -> frozenset[str]:
        """Return the questions whose answers the condition looks at."""
        own = {self.question} if self.question else set()
        return frozenset(own).union(*(part.questions() for part in self.parts))

    def holds(self, facts: Facts) -> bool:
        """Tell whether the condition is true of these facts."""
        # Dozens are looked at in every turn: the commonest first, and no generators.
        match self.op:
            case "answered":
                answer = facts.answers.get(self.question)
                return answer is not None and not self.values.isdisjoint(answer.codes)
            case "all":
                for part in self.parts:  # noqa: SIM110
                    if not part.holds(facts):
                        return False
                return True
            case "any":
                for part in self.parts:  # noqa: SIM110
                    if part.holds(facts):
                        return True
                return False
            case "not":
                return not self.parts[0].holds(facts)
            case "alerted":
                return facts.alerted
            case "lang":
                return facts.lang in self.values
            case _:
                return not self.values.isdisjoint(facts.detected)


ALWAYS = Condition("all")
