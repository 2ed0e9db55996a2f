"""The numbers and words that supervisors set for triage; the rules themselves are code."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

Signs = tuple[tuple[str, frozenset[str]], ...]
"""Questions, each with the answer codes that are looked for; one of them is enough."""


class Suggestion(NamedTuple):
    """A card to show: a programme or telephone line, and the flag or topic that asks for it."""

    programme: str
    why: str


Cards = tuple[Suggestion, ...]
"""What one flag or topic suggests, the most fitting first."""


@dataclass(frozen=True, slots=True)
class FlagRow:
    """A row of the rule table as counselors read it, and the cards it brings.

    `name`, `rule` and `first` are Japanese; the thresholds are already filled into `rule`.
    """

    name: str
    rule: str
    first: str
    suggest: Cards


@dataclass(frozen=True, slots=True)
class ExtraCards:
    """Cards for who told one of `answers`, none of `unless`, and has a flag or topic of `reasons`.

    The first of those flags or topics is the reason, in the order in which they were found.
    """

    answers: Signs
    unless: Signs
    reasons: Mapping[str, Cards]


@dataclass(frozen=True, slots=True)
class TriageParameters:
    """Everything in the rule table (triage 4.5) that is a figure or a choice of the supervisors.

    Money is in yen, time in days. Bands count conservatively: money by its lower bound, time to
    the next income and people as the file says, dates by their latest day, medicine by its fewest
    days.
    """

    critical_yen_per_person: int
    """Less than this for each person, in all, is critical."""
    critical_yen_per_day: int
    """Less than this for each person and day until the next income is critical."""
    low_yen_per_day: int
    """Less than this for each person and day until the next income is low."""
    unknown_income_days: int
    """Days assumed where no income is to come, or where this is not told and money is short."""
    unknown_income_below_yen: int
    """Money is short, in this sense, below this sum (bands M0 to M2)."""
    yen_of: Mapping[str, int]
    days_of: Mapping[str, int]
    people_of: Mapping[str, int]
    within_days_of: Mapping[str, int]
    """Latest day of a date band; a band that is not here (LATER) has no end."""
    eviction_imminent_days: int
    eviction_risk_days: int
    utility_soon_days: int
    tuition_days: int
    """Tuition that cannot be paid and is due in so many days endangers the enrolment."""
    visa_today_days: int
    visa_soon_days: int
    visa_later_days: int
    medicine_days: int
    """Medicine one cannot be without, left for no more than so many days, is a matter of today."""
    medicine_days_of: Mapping[str, int]
    pregnancy_unknown_is_no_care: bool
    """Whether an unknown week counts as late where it is not told if there are check-ups."""
    cards_at_most: int
    """How many cards are shown first; the others follow on request."""
    loans: frozenset[str]
    no_loans_with: frozenset[str]
    """Flags and topics with which no loan card is ever shown (triage 4.7)."""
    seldom_with: Mapping[str, frozenset[str]]
    """Residence status to programmes that seldom cover it: shown last, never refused."""
    not_for_minors: frozenset[str]
    topic_cards: Mapping[str, Cards]
    youth_topic_cards: Mapping[str, Cards]
    """Cards of the topics that a minor is offered, in place of `topic_cards`."""
    extra: tuple[ExtraCards, ...]
    rows: Mapping[str, FlagRow]
