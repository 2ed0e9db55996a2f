"""What the answers mean in figures: money per person and day, days to a date, who it is about."""

from collections.abc import Collection, Mapping
from datetime import date, timedelta
from typing import NamedTuple

from bot.core.answers import SKIP_CODES, Answers
from bot.core.model import Level
from bot.core.triage_parameters import Signs, TriageParameters

Inputs = Mapping[str, str | int | None]


def signs(**codes: str) -> Signs:
    """Name the answers that a rule looks for: `signs(Q1="SAFE_NO_BED", Q7="HOME_NONE")`."""
    return tuple((question, frozenset(told.split())) for question, told in codes.items())


PERSON_OF = {
    "HH_PARTNER": "partner",
    "HH_CHILD": "child",
    "HH_BABY": "child",
    "HH_PARENT": "parent",
    "HH_PARENT65": "elder",
    "HH_SIBLING": "sibling",
    "HH_OTHER": "other",
}
"""Answers that name one person more, at least: a child and a baby may be one."""


class Found(NamedTuple):
    """That a rule fired: how urgent, by which condition, on which inputs, told how."""

    level: Level
    rule: str
    inputs: Inputs
    source: str = "answers"


class Money(NamedTuple):
    """A household's money (`y`, `n`, `d` and `ppd` of the rule table).

    `days` and `per_day` are None while nothing is known about the next income and money is not
    short: then only the sum can be judged. `per_day` is rounded down, which changes no comparison
    with a whole number of yen.
    """

    yen: int
    people: int
    days: int | None
    per_day: int | None


class Due(NamedTuple):
    """A date by which something happens: days from today, and the date as inputs of a hit.

    The inputs are what was told, the day it counts as (`date`, ISO) and the days until then. Days
    and day are None where it lies beyond the longest band.
    """

    days: int | None
    inputs: Inputs


class Facts:
    """The answers of one resident on one day, with the questions that rules ask of them.

    `told`: question → codes, without those that say nothing (an empty tuple where only a figure or
    a date was typed). `skipped`: questions that were put and left open. `choices` are the topics
    chosen by an adult or a minor, `topics` those among them that are categories (C01 to C16).
    `found` grows while the rules are tried in the order of the table: flag → what was found.
    """

    __slots__ = (
        *("answers", "choices", "detected", "dues", "found", "money", "parameters", "skipped"),
        *("today", "told", "topics"),
    )

    def __init__(
        self,
        answers: Answers,
        today: date,
        parameters: TriageParameters,
        detected: Collection[str] = (),
    ) -> None:
        self.answers = answers
        self.today = today
        self.parameters = parameters
        self.detected = detected
        self.told = told = dict[str, tuple[str, ...]]()
        self.skipped = set[str]()
        self.found: dict[str, Found] = {}
        self.dues: dict[str, Due | None] = {}
        for question, answer in answers.items():
            codes = answer.codes
            if not SKIP_CODES.isdisjoint(codes):
                codes = tuple(code for code in codes if code not in SKIP_CODES)
            if codes or answer.value:
                told[question] = codes
            else:
                self.skipped.add(question)
        chosen = dict.fromkeys((*told.get("Q3", ()), *told.get("Q3Y", ())))
        self.choices = tuple([code for code in chosen if code != "INFO"])
        self.topics = tuple([code for code in self.choices if code[0] == "C"])
        self.money = self._money()

    def has(self, question: str, *codes: str) -> bool:
        """Whether one of the codes was told for the question."""
        told = self.told.get(question)
        if told:
            for code in codes:
                if code in told:
                    return True
        return False

    def shows(self, wanted: Signs) -> bool:
        """Whether one of the signs was told."""
        told = self.told
        for question, codes in wanted:
            if question in told and not codes.isdisjoint(told[question]):
                return True
        return False

    def inputs(self, wanted: Signs) -> dict[str, str]:
        """The signs that were told, as inputs of a hit; empty where there is none."""
        told, found = self.told, {}
        for question, codes in wanted:
            if question in told and not codes.isdisjoint(told[question]):
                found[question] = ",".join([code for code in told[question] if code in codes])
        return found

    def by_signs(self, level: Level, wanted: Signs) -> Found | None:
        """What is found where one of the signs alone is enough; None where none was told."""
        inputs = self.inputs(wanted)
        return Found(level, ", ".join(inputs.values()), inputs) if inputs else None

    def by_text(self, level: Level, detector: str) -> Found | None:
        """What is found where a detector heard it in a text; None where it did not."""
        if detector not in self.detected:
            return None
        return Found(level, f"text:{detector}", {"detector": detector}, source="text")

    @property
    def about_someone_else(self) -> bool:
        """Whether the resident said so; not knowing counts as speaking for oneself."""
        return self.has("Q2", "WHO_OTHER", "WHO_PRO")

    def due(self, question: str) -> Due | None:
        """When it happens; a band counts as its latest day. None where no date was told."""
        if question not in self.told:
            return None
        if question not in self.dues:
            self.dues[question] = self._due(question)
        return self.dues[question]

    def _due(self, question: str) -> Due | None:
        answer, bands = self.answers[question], self.parameters.within_days_of
        if answer.value:
            try:
                on = date.fromisoformat(answer.value)
            except ValueError:
                return None
            days = (on - self.today).days
        else:
            for code in answer.codes:
                if code in bands:
                    days = bands[code]
                    on = self.today + timedelta(days)
                    break
            else:
                return Due(None, {question: answer.told, "date": None, "days": None})
        return Due(days, {question: answer.told, "date": on.isoformat(), "days": days})

    def figure(self, question: str, bands: Mapping[str, int]) -> int | None:
        """The figure that was typed, else what the told band counts as; None where neither is."""
        codes = self.told.get(question)
        if codes is None:
            return None
        value = self.answers[question].value
        if value.isdecimal():
            return int(value)
        for code in codes:
            if code in bands:
                return bands[code]
        return None

    def _money(self) -> Money | None:
        """None where the resident did not tell how much there is."""
        parameters = self.parameters
        yen = self.figure("Q5", parameters.yen_of)
        if yen is None:
            return None
        if "Q6" in self.skipped and yen < parameters.unknown_income_below_yen:
            days: int | None = parameters.unknown_income_days
        else:
            days = self.figure("Q6", parameters.days_of)
        people = self._people()
        per_day = None if days is None else yen // (people * max(days, 1))
        return Money(yen, people, days, per_day)

    def _people(self) -> int:
        """How many share the money: what was told, and no fewer than the household answer names.

        The person in need of care may be one of the others.
        """
        told = self.told.get("Q9", ())
        named = {PERSON_OF[code] for code in told if code in PERSON_OF}
        if not named and "HH_CARE" not in told:
            return 1
        return max(1 + len(named), self.figure("Q9_N", self.parameters.people_of) or 2)
