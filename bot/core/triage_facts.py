"""What the answers mean in figures: money per person and day, days to a date, who it is about."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from bot.core.answers import SKIP_CODES, Answers
from bot.core.model import Level
from bot.core.triage_parameters import TriageParameters

Inputs = Mapping[str, str | int | None]


@dataclass(frozen=True, slots=True)
class Found:
    """That a rule fired: how urgent, by which condition, on which inputs, told how."""

    level: Level
    rule: str
    inputs: Inputs
    source: str = "answers"


@dataclass(frozen=True, slots=True)
class Money:
    """A household's money (`y`, `n`, `d` and `ppd` of the rule table).

    `days` and `per_day` are None while nothing is known about the next income and money is not
    short: then only the sum can be judged. `per_day` is rounded down, which changes no comparison
    with a whole number of yen.
    """

    yen: int
    people: int
    days: int | None
    per_day: int | None


@dataclass(frozen=True, slots=True)
class Due:
    """A date by which something happens; both are None where it lies beyond the longest band."""

    on: date | None
    days: int | None


@dataclass(frozen=True, slots=True)
class Facts:
    """The answers of one resident on one day, with the questions that rules ask of them."""

    answers: Answers
    today: date
    parameters: TriageParameters
    detected: frozenset[str]

    def codes(self, question: str) -> tuple[str, ...]:
        """The codes told for a question; nothing where it was skipped or not put."""
        answer = self.answers.get(question)
        if answer is None:
            return ()
        return tuple(code for code in answer.codes if code not in SKIP_CODES)

    def has(self, question: str, *codes: str) -> bool:
        return any(code in codes for code in self.codes(question))

    def skipped(self, question: str) -> bool:
        """Whether the question was put and left open; false where it was not put yet."""
        answer = self.answers.get(question)
        return answer is not None and answer.skipped

    def matching(self, question: str, *codes: str) -> dict[str, str | int | None]:
        """The told codes among `codes`, as inputs of a hit; empty where there is none."""
        told = ",".join(code for code in self.codes(question) if code in codes)
        return {question: told} if told else {}

    @property
    def topics(self) -> tuple[str, ...]:
        """The categories C01 to C16 that were chosen, in order of choosing."""
        return tuple(code for code in self.codes("Q3") if code != "INFO")

    @property
    def about_someone_else(self) -> bool:
        """Whether the resident said so; not knowing counts as speaking for oneself."""
        return self.has("Q2", "WHO_OTHER", "WHO_PRO")

    @property
    def people(self) -> int:
        """How many share the money: what was told, and no fewer than the household answer names.

        A child and a baby may be one, and the person in need of care may be one of the others.
        """
        fewest = 1 + sum(
            self.has("Q9", *one)
            for one in (("HH_PARTNER",), ("HH_CHILD", "HH_BABY"), ("HH_PARENT65",), ("HH_OTHER",))
        )
        if fewest == 1 and not self.has("Q9", "HH_CARE"):
            return 1
        told = self._figure("Q9_N", self.parameters.people_of)
        return max(fewest, told or 2)

    @property
    def money(self) -> Money | None:
        """None where the resident did not tell how much there is."""
        yen = self._figure("Q5", self.parameters.yen_of)
        if yen is None:
            return None
        people, days = self.people, self._days_to_income(yen)
        per_day = None if days is None else yen // (people * max(days, 1))
        return Money(yen=yen, people=people, days=days, per_day=per_day)

    def due(self, question: str) -> Due | None:
        """When it happens; a band counts as its latest day. None where no date was told."""
        answer = self.answers.get(question)
        if answer is None or answer.skipped:
            return None
        if answer.value:
            try:
                on = date.fromisoformat(answer.value)
            except ValueError:
                return None
            return Due(on, (on - self.today).days)
        bands = self.parameters.within_days_of
        days = next((bands[code] for code in answer.codes if code in bands), None)
        return Due(None if days is None else self.today + timedelta(days=days), days)

    def due_inputs(self, question: str, due: Due) -> dict[str, str | int | None]:
        """A date as inputs of a hit: as told, the day it counts as, and the days until then."""
        on = None if due.on is None else due.on.isoformat()
        return {question: self.answers[question].told, "date": on, "days": due.days}

    def _days_to_income(self, yen: int) -> int | None:
        if self.skipped("Q6") and yen < self.parameters.unknown_income_below_yen:
            return self.parameters.unknown_income_days
        return self._figure("Q6", self.parameters.days_of)

    def _figure(self, question: str, bands: Mapping[str, int]) -> int | None:
        answer = self.answers.get(question)
        if answer is None:
            return None
        if answer.value.isdecimal():
            return int(answer.value)
        return next((bands[code] for code in answer.codes if code in bands), None)
