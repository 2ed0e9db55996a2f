"""Conditions of a dialog: what is known about a resident, and what must be true of it."""

from dataclasses import dataclass

from bot.core.answers import Answers
from bot.core.model import Lang


@dataclass(frozen=True, slots=True)
class Facts:
    """What a condition may look at."""

    answers: Answers
    lang: Lang
    detected: frozenset[str]
    alerted: bool = False


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
        match self.op:
            case "all":
                return all(part.holds(facts) for part in self.parts)
            case "any":
                return any(part.holds(facts) for part in self.parts)
            case "not":
                return not self.parts[0].holds(facts)
            case "answered":
                answer = facts.answers.get(self.question)
                return answer is not None and not self.values.isdisjoint(answer.codes)
            case "alerted":
                return facts.alerted
            case "lang":
                return facts.lang in self.values
            case _:
                return not self.values.isdisjoint(facts.detected)


ALWAYS = Condition("all")
