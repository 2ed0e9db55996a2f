"""The numbers and words that supervisors set for triage; the rules themselves are code."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FlagRow:
    """A row of the rule table as counselors read it, and the cards it brings.

    `name`, `rule` and `first` are Japanese; the thresholds are already filled into `rule`.
    `suggest` names programmes or telephone lines, the most fitting first.
    """

    name: str
    rule: str
    first: str
    suggest: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TriageParameters:
    """Everything in the rule table (triage 4.5) that is a figure or a choice of the supervisors.

    Money is in yen, time in days. Bands count conservatively: money by its lower bound, time to
    the next income and people as the file says, dates by their latest day.
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
    visa_today_days: int
    visa_soon_days: int
    visa_later_days: int
    pregnancy_unknown_is_no_care: bool
    """What a pregnancy counts as while nobody asks whether it is under medical care."""
    cards_at_most: int
    loans: frozenset[str]
    no_loans_with: frozenset[str]
    """Flags and topics with which no loan card is ever shown (triage 4.7)."""
    seldom_for: Mapping[str, frozenset[str]]
    """Programme to residence statuses it seldom covers: shown after the others, never refused."""
    topic_cards: Mapping[str, tuple[str, ...]]
    rows: Mapping[str, FlagRow]
