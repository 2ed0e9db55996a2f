"""The red flags in the order of the rule table (triage 4.5), each with what finds it.

A rule may only find something; none can take away what another has found. Rules that need more
than one of some answers are functions, by subject: people, and basics.
"""

from collections.abc import Callable
from typing import NamedTuple

from bot.core import triage_rules_basics as basics
from bot.core import triage_rules_people as people
from bot.core.model import Level
from bot.core.triage_facts import Facts, Found, signs

Check = Callable[[Facts], Found | None]


class Rule(NamedTuple):
    """A flag and what finds it; its words for counselors are in the parameters."""

    flag: str
    check: Check


def told(level: Level, **codes: str) -> Check:
    """Return the rule that any one of these answers is enough for the level."""
    wanted = signs(**codes)

    def check(facts: Facts) -> Found | None:
        return facts.by_signs(level, wanted)

    return check


VIOLENCE_NOW = told(
    Level.U4,
    Q1="SAFE_VIOLENCE_NOW",
    D2="D2_HURT D2_WEAPON D2_CHOKE D2_THREAT",
    T_DANGER="T_NOW",
)
NO_BED = told(Level.U3, Q1="SAFE_NO_BED", Q7="HOME_NONE HOME_LOCKED")

RULES = (
    Rule("RF_SUICIDE_ACUTE", people.suicide_acute),
    Rule("RF_SUICIDE", people.suicide),
    Rule("RF_VIOLENCE_NOW", VIOLENCE_NOW),
    Rule("RF_DV", people.dv),
    Rule("RF_CHILD_ABUSE", people.child_abuse),
    Rule("RF_ELDER_DIS_ABUSE", people.elder_or_disabled_abuse),
    Rule("RF_MEDICAL_NOW", people.medical_now),
    Rule("RF_MEDICAL_UNTREATED", people.medical_untreated),
    Rule("RF_HOMELESS_TONIGHT", NO_BED),
    Rule("RF_NO_FOOD_TODAY", told(Level.U3, Q4="FOOD_NONE")),
    Rule("RF_FOOD_LOW", told(Level.U2, Q4="FOOD_1_2")),
    Rule("RF_MONEY_CRITICAL", basics.money_critical),
    Rule("RF_MONEY_LOW", basics.money_low),
    Rule("RF_EVICTION_IMMINENT", basics.eviction_imminent),
    Rule("RF_EVICTION_RISK", basics.eviction_risk),
    Rule("RF_RENT_LATE", told(Level.U1, Q7="HOME_LATE1", EV_MONTHS="EV_M1")),
    Rule("RF_UTILITY_STOPPED", basics.utility_stopped),
    Rule("RF_UTILITY_NOTICE", basics.utility_notice),
    Rule("RF_PREGNANCY_NO_CARE", people.pregnancy_no_care),
    Rule("RF_PREGNANCY", people.pregnancy),
    Rule("RF_VISA_EXPIRED", basics.visa_expired),
    Rule("RF_VISA_EXPIRING", basics.visa_expiring),
    Rule("RF_STUDENT_ENROL", basics.student_enrol),
    Rule("RF_WAGE_UNPAID", basics.wage_unpaid),
    Rule("RF_LABOUR_EXPLOIT", told(Level.U3, W_WHAT="W_DOCS W_LOCKED W_THREAT")),
    Rule("RF_DEBT", told(Level.U1, Q12b="DEBT_HARD", DB_LENDERS="DB_L3")),
    Rule("RF_SEIZURE", basics.seizure),
    Rule("RF_DEBT_THREAT", told(Level.U3, Q12b="DEBT_THREAT")),
    Rule("RF_MINOR", people.minor),
    Rule("RF_YOUNG_CARER", people.young_carer),
    Rule("RF_HIKIKOMORI", people.hikikomori),
    Rule("RF_8050", people.aging_parents),
    Rule("RF_ABUSIVE_USER", people.abusive_user),
)
"""All 33 flags; they are tried in this order, and a later rule may look at what was found."""
