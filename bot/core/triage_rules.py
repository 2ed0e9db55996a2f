"""The red flags, one small function each, in the order of the rule table (triage 4.5).

A rule may only find something; none can take away what another has found.
"""

from collections.abc import Callable
from dataclasses import dataclass

from bot.core.model import Level
from bot.core.triage_facts import Facts, Found, Inputs, Money


@dataclass(frozen=True, slots=True)
class Rule:
    """A flag and the function that finds it; its words for counselors are in the parameters."""

    flag: str
    check: Callable[[Facts], Found | None]


def _by_codes(level: Level, *matches: Inputs, source: str = "answers") -> Found | None:
    inputs = {question: told for match in matches for question, told in match.items()}
    if not inputs:
        return None
    return Found(level, ", ".join(str(told) for told in inputs.values()), inputs, source)


def suicide_acute(facts: Facts) -> Found | None:
    return _by_codes(Level.U4, facts.matching("S1", "S1_YES"), facts.matching("S2", "S2_YES"))


def suicide(facts: Facts) -> Found | None:
    """Not clear counts as yes: only a yes to S1 or S2 replaces this flag, by the higher one."""
    if suicide_acute(facts):
        return None
    answers = facts.matching("Q1", "SAFE_SUICIDE"), facts.matching("Q11", "BM_SUI")
    return _by_codes(Level.U3, *answers) or _from_text(facts, "suicide", Level.U3)


def violence_now(facts: Facts) -> Found | None:
    past = facts.matching("D2", "D2_HURT", "D2_WEAPON", "D2_CHOKE", "D2_THREAT")
    return _by_codes(Level.U4, facts.matching("Q1", "SAFE_VIOLENCE_NOW"), past)


def dv(facts: Facts) -> Found | None:
    topic = {} if facts.about_someone_else else facts.matching("Q3", "C14")
    answers = (
        facts.matching("Q1", "SAFE_VIOLENCE"),
        topic,
        facts.matching("Q7", "HOME_UNSAFE"),
    )
    return _by_codes(Level.U3, *answers) or _from_text(facts, "violence", Level.U3)


def child_abuse(facts: Facts) -> Found | None:
    """A child that is hurt, alone or unfed, or that lives where there is violence.

    SAFE_CHILD with K1 skipped counts as "it happened before": nobody may need to say more to be
    taken seriously. Before K1 was put nothing is concluded, so that it can be answered first.
    """
    if facts.has("K1", "CHILD_NOW"):
        return _by_codes(Level.U4, facts.matching("K1", "CHILD_NOW"))
    hurt = facts.matching("K1", "CHILD_BEFORE")
    unclear = facts.matching("Q1", "SAFE_CHILD") if facts.skipped("K1") else {}
    witness = facts.matching("D3", "D3_YES") | facts.matching("Q2", "WHO_MINOR")
    violence = violence_now(facts) or dv(facts) or _by_codes(Level.U3, facts.matching("Q3", "C14"))
    if witness and violence:
        level = max(Level.U3, violence.level)
        return _by_codes(level, hurt, unclear, witness, violence.inputs, source=violence.source)
    return _by_codes(Level.U3, hurt, unclear)


def medical_now(facts: Facts) -> Found | None:
    return _by_codes(Level.U4, facts.matching("Q1", "SAFE_ILL_NOW"))


def medical_untreated(facts: Facts) -> Found | None:
    return _by_codes(Level.U2, facts.matching("Q11", "BM_UNTREATED", "BM_NOMED"))


def homeless_tonight(facts: Facts) -> Found | None:
    home = facts.matching("Q7", "HOME_NONE", "HOME_LOCKED")
    return _by_codes(Level.U3, facts.matching("Q1", "SAFE_NO_BED"), home)


def no_food_today(facts: Facts) -> Found | None:
    return _by_codes(Level.U3, facts.matching("Q4", "FOOD_NONE"))


def food_low(facts: Facts) -> Found | None:
    return _by_codes(Level.U2, facts.matching("Q4", "FOOD_1_2"))


def money_critical(facts: Facts) -> Found | None:
    money = facts.money
    if money is None:
        return None
    each, daily = facts.parameters.critical_yen_per_person, facts.parameters.critical_yen_per_day
    if money.yen < each * money.people:
        return _by_money(facts, money, Level.U3, f"y<{each}*n")
    if money.per_day is not None and money.per_day < daily:
        return _by_money(facts, money, Level.U3, f"ppd<{daily}")
    return None


def money_low(facts: Facts) -> Found | None:
    money, daily = facts.money, facts.parameters.low_yen_per_day
    if money is None or money.per_day is None or money.per_day >= daily or money_critical(facts):
        return None
    return _by_money(facts, money, Level.U2, f"ppd<{daily}")


def eviction_imminent(facts: Facts) -> Found | None:
    limit = facts.parameters.eviction_imminent_days
    due = facts.due("Q7_DATE") if facts.has("Q7", "HOME_DATE") else None
    if due and due.days is not None and due.days <= limit:
        home = facts.matching("Q7", "HOME_DATE", "HOME_LOCKED")
        inputs = home | facts.due_inputs("Q7_DATE", due)
        return Found(Level.U3, f"HOME_DATE<={limit}", inputs)
    return _by_codes(Level.U3, facts.matching("Q7", "HOME_LOCKED"))


def eviction_risk(facts: Facts) -> Found | None:
    """A date that was named but not told is a risk all the same."""
    near, far = facts.parameters.eviction_imminent_days, facts.parameters.eviction_risk_days
    papers = facts.matching("Q7", "HOME_NOTICE", "HOME_LATE2")
    if not facts.has("Q7", "HOME_DATE"):
        return _by_codes(Level.U2, papers)
    due = facts.due("Q7_DATE")
    if due is None:
        return _by_codes(Level.U2, facts.matching("Q7", "HOME_DATE", "HOME_NOTICE", "HOME_LATE2"))
    if due.days is not None and near < due.days <= far:
        home = facts.matching("Q7", "HOME_DATE", "HOME_NOTICE", "HOME_LATE2")
        inputs = home | facts.due_inputs("Q7_DATE", due)
        return Found(Level.U2, f"{near}<HOME_DATE<={far}", inputs)
    return _by_codes(Level.U2, papers)


def rent_late(facts: Facts) -> Found | None:
    return _by_codes(Level.U1, facts.matching("Q7", "HOME_LATE1"))


def utility_stopped(facts: Facts) -> Found | None:
    stopped = facts.matching("Q8", "UTIL_STOP_E", "UTIL_STOP_G", "UTIL_STOP_W", "UTIL_STOP_P")
    phone_only = not facts.has("Q8", "UTIL_STOP_E", "UTIL_STOP_G", "UTIL_STOP_W")
    return _by_codes(Level.U2 if phone_only else Level.U3, stopped)


def utility_notice(facts: Facts) -> Found | None:
    """A date that is not told counts as the nearer one."""
    notice = facts.matching("Q8", "UTIL_NOTICE")
    due = facts.due("Q8_DATE")
    if not notice or due is None:
        return _by_codes(Level.U2, notice)
    limit = facts.parameters.utility_soon_days
    inputs = notice | facts.due_inputs("Q8_DATE", due)
    if due.days is not None and due.days <= limit:
        return Found(Level.U2, f"UTIL_NOTICE<={limit}", inputs)
    return Found(Level.U1, f"UTIL_NOTICE>{limit}", inputs)


def pregnancy_no_care(facts: Facts) -> Found | None:
    """Care is not asked yet; BM_TREATED may be about another illness and does not count."""
    unknown_counts = facts.parameters.pregnancy_unknown_is_no_care
    return _by_codes(Level.U3, facts.matching("Q11", "BM_PREGNANT") if unknown_counts else {})


def pregnancy(facts: Facts) -> Found | None:
    if pregnancy_no_care(facts):
        return None
    return _by_codes(Level.U2, facts.matching("Q11", "BM_PREGNANT"))


def visa_expired(facts: Facts) -> Found | None:
    due = _visa_due(facts)
    if facts.has("Q12a", "NONE") or due is None:
        return _by_codes(Level.U2, facts.matching("Q12a", "NONE"))
    if due[0] >= 0:
        return None
    return Found(Level.U2, "expiry<today", due[1])


def visa_expiring(facts: Facts) -> Found | None:
    due, parameters = _visa_due(facts), facts.parameters
    if due is None or due[0] < 0:
        return None
    for level, limit in (
        (Level.U3, parameters.visa_today_days),
        (Level.U2, parameters.visa_soon_days),
        (Level.U1, parameters.visa_later_days),
    ):
        if due[0] <= limit:
            return Found(level, f"expiry<={limit}", due[1])
    return None


def debt(facts: Facts) -> Found | None:
    return _by_codes(Level.U1, facts.matching("Q12b", "DEBT_HARD"))


def seizure(facts: Facts) -> Found | None:
    return _by_codes(Level.U2, facts.matching("Q12b", "DEBT_COURT"))


def debt_threat(facts: Facts) -> Found | None:
    return _by_codes(Level.U3, facts.matching("Q12b", "DEBT_THREAT"))


def minor(facts: Facts) -> Found | None:
    """Always told to counselors; lifts to U2 with any need, a topic left open included."""
    if not facts.has("Q2", "WHO_MINOR"):
        return None
    need = facts.topics or facts.skipped("Q3") or any(rule.check(facts) for rule in BEFORE_MINOR)
    return _by_codes(Level.U2 if need else Level.U0, facts.matching("Q2", "WHO_MINOR"))


def hikikomori(facts: Facts) -> Found | None:
    if facts.has("Q2", "WHO_MINOR"):
        return None
    return _by_codes(Level.U1, facts.matching("Q3", "C13"))


def _from_text(facts: Facts, detector: str, level: Level) -> Found | None:
    if detector not in facts.detected:
        return None
    return Found(level, f"text:{detector}", {"detector": detector}, source="text")


def _by_money(facts: Facts, money: Money, level: Level, rule: str) -> Found:
    told: dict[str, str | int | None] = {
        question: facts.answers[question].told
        for question in ("Q5", "Q6")
        if question in facts.answers
    }
    figures = {"n": money.people, "y": money.yen, "d": money.days, "ppd": money.per_day}
    return Found(level, rule, told | figures)


def _visa_due(facts: Facts) -> tuple[int, dict[str, str | int | None]] | None:
    """Days to the expiry and the inputs; None where there is no date, or none that counts."""
    due = facts.due("Q12a_DATE")
    if due is None or due.days is None or facts.has("Q12a", "JP", "SPR", "PR", "NONE"):
        return None
    status: dict[str, str | int | None] = {"Q12a": ",".join(facts.codes("Q12a")) or None}
    return due.days, status | facts.due_inputs("Q12a_DATE", due)


BEFORE_MINOR = (
    Rule("RF_SUICIDE_ACUTE", suicide_acute),
    Rule("RF_SUICIDE", suicide),
    Rule("RF_VIOLENCE_NOW", violence_now),
    Rule("RF_DV", dv),
    Rule("RF_CHILD_ABUSE", child_abuse),
    Rule("RF_MEDICAL_NOW", medical_now),
    Rule("RF_MEDICAL_UNTREATED", medical_untreated),
    Rule("RF_HOMELESS_TONIGHT", homeless_tonight),
    Rule("RF_NO_FOOD_TODAY", no_food_today),
    Rule("RF_FOOD_LOW", food_low),
    Rule("RF_MONEY_CRITICAL", money_critical),
    Rule("RF_MONEY_LOW", money_low),
    Rule("RF_EVICTION_IMMINENT", eviction_imminent),
    Rule("RF_EVICTION_RISK", eviction_risk),
    Rule("RF_RENT_LATE", rent_late),
    Rule("RF_UTILITY_STOPPED", utility_stopped),
    Rule("RF_UTILITY_NOTICE", utility_notice),
    Rule("RF_PREGNANCY_NO_CARE", pregnancy_no_care),
    Rule("RF_PREGNANCY", pregnancy),
    Rule("RF_VISA_EXPIRED", visa_expired),
    Rule("RF_VISA_EXPIRING", visa_expiring),
    Rule("RF_DEBT", debt),
    Rule("RF_SEIZURE", seizure),
    Rule("RF_DEBT_THREAT", debt_threat),
)

RULES = (*BEFORE_MINOR, Rule("RF_MINOR", minor), Rule("RF_HIKIKOMORI", hikikomori))
"""The rule table of the questions asked today; docs/triage.md names the flags still to come."""
