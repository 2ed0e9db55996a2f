"""Red flags of money, home, utilities, residence, study, work and debt (triage 4.5)."""

from bot.core.model import Level
from bot.core.triage_facts import Due, Facts, Found, Money, signs

LEAVES = signs(Q7="HOME_DATE", EV_PAPER="EV_CANCEL EV_COURT EV_BAILIFF")
"""Answers after which a date to leave is asked for; without one of them it was taken back."""
OUT_SOON = signs(Q7="HOME_LOCKED", EV_PAPER="EV_BAILIFF")
OUT_SOON_TOLD = signs(
    Q7="HOME_DATE HOME_LOCKED",
    EV_PAPER="EV_CANCEL EV_COURT EV_BAILIFF",
    EV_LOCKS="EV_LOCKS_YES EV_LOCKS_NO",
)
AT_RISK = signs(Q7="HOME_NOTICE HOME_LATE2", EV_PAPER="EV_CANCEL EV_COURT", EV_MONTHS="EV_M2 EV_M3")
AT_RISK_TOLD = signs(
    Q7="HOME_NOTICE HOME_LATE2 HOME_DATE",
    EV_PAPER="EV_CANCEL EV_COURT EV_BAILIFF",
    EV_MONTHS="EV_M2 EV_M3",
)
STOPPED = signs(Q8="UTIL_STOP_E UTIL_STOP_G UTIL_STOP_W UTIL_STOP_P")
NOTICE = signs(Q8="UTIL_NOTICE")
NO_STATUS = signs(Q12a="NONE")
RENEWAL = signs(V_RENEW="V_RENEW_YES V_RENEW_NO V_RENEW_UNSURE")
FEE = signs(ST_FEE="ST_FEE_HARD ST_FEE_LETTER")
UNPAID_MONTHS = signs(W_MONTHS="W_M1 W_M2 W_M3")
SEIZED = signs(Q12b="DEBT_COURT")


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
    if money is None or money.per_day is None or money.per_day >= daily:
        return None
    if "RF_MONEY_CRITICAL" in facts.found:
        return None
    return _by_money(facts, money, Level.U2, f"ppd<{daily}")


def _by_money(facts: Facts, money: Money, level: Level, rule: str) -> Found:
    told = {
        question: facts.answers[question].told
        for question in ("Q5", "Q6")
        if question in facts.answers
    }
    figures = {"n": money.people, "y": money.yen, "d": money.days, "ppd": money.per_day}
    return Found(level, rule, {**told, **figures})


def eviction_imminent(facts: Facts) -> Found | None:
    limit, due = facts.parameters.eviction_imminent_days, _leaving(facts)
    surely = facts.inputs(OUT_SOON)
    near = due is not None and due.days is not None and due.days <= limit
    if not near and not surely:
        return None
    inputs = {**facts.inputs(OUT_SOON_TOLD), **(due.inputs if due else {})}
    rule = f"HOME_DATE<={limit}" if near else ", ".join(surely.values())
    return Found(Level.U3, rule, inputs)


def eviction_risk(facts: Facts) -> Found | None:
    """A date that was named but not told is a risk all the same."""
    told = facts.inputs(AT_RISK_TOLD)
    if not told:
        return None
    near, far = facts.parameters.eviction_imminent_days, facts.parameters.eviction_risk_days
    due = _leaving(facts)
    if due is None:
        named = facts.has("Q7", "HOME_DATE") or facts.shows(AT_RISK)
        return Found(Level.U2, ", ".join(told.values()), told) if named else None
    inputs = {**told, **due.inputs}
    if due.days is not None and near < due.days <= far:
        return Found(Level.U2, f"{near}<HOME_DATE<={far}", inputs)
    papers = facts.inputs(AT_RISK)
    return Found(Level.U2, ", ".join(papers.values()), inputs) if papers else None


def _leaving(facts: Facts) -> Due | None:
    return facts.due("Q7_DATE") if "Q7_DATE" in facts.told and facts.shows(LEAVES) else None


def utility_stopped(facts: Facts) -> Found | None:
    stopped = facts.inputs(STOPPED)
    if not stopped:
        return None
    phone_only = stopped["Q8"] == "UTIL_STOP_P"
    return Found(Level.U2 if phone_only else Level.U3, stopped["Q8"], stopped)


def utility_notice(facts: Facts) -> Found | None:
    """A date that is not told counts as the nearer one."""
    notice = facts.inputs(NOTICE)
    if not notice:
        return None
    limit, due = facts.parameters.utility_soon_days, facts.due("Q8_DATE")
    if due is None:
        return Found(Level.U2, "UTIL_NOTICE", notice)
    inputs = {**notice, **due.inputs}
    if due.days is not None and due.days <= limit:
        return Found(Level.U2, f"UTIL_NOTICE<={limit}", inputs)
    return Found(Level.U1, f"UTIL_NOTICE>{limit}", inputs)


def visa_expired(facts: Facts) -> Found | None:
    none = facts.by_signs(Level.U2, NO_STATUS)
    if none or not _ends(facts):
        return none
    due = facts.due("Q12a_DATE")
    if due is not None and due.days is not None:
        past = due.days < 0
    else:
        past = facts.has("Q12a_DATE", "PAST")
    return Found(Level.U2, "expiry<today", _visa_inputs(facts, due)) if past else None


def visa_expiring(facts: Facts) -> Found | None:
    due = facts.due("Q12a_DATE") if _ends(facts) else None
    if due is None or due.days is None or due.days < 0:
        return None
    parameters = facts.parameters
    for level, limit in (
        (Level.U3, parameters.visa_today_days),
        (Level.U2, parameters.visa_soon_days),
        (Level.U1, parameters.visa_later_days),
    ):
        if due.days <= limit:
            return Found(level, f"expiry<={limit}", _visa_inputs(facts, due))
    return None


def _ends(facts: Facts) -> bool:
    """Whether there is a date, of a status that ends: else it was told before a correction."""
    return "Q12a_DATE" in facts.told and not facts.has("Q12a", "JP", "SPR", "PR", "NONE")


def _visa_inputs(facts: Facts, due: Due | None) -> dict[str, str | int | None]:
    told = due.inputs if due else {"Q12a_DATE": facts.answers["Q12a_DATE"].told}
    status = ",".join(facts.told.get("Q12a", ())) or None
    return {"Q12a": status, **told, **facts.inputs(RENEWAL)}


def student_enrol(facts: Facts) -> Found | None:
    """A letter that ends the enrolment counts whatever the date; a date not told counts as near."""
    fee = facts.inputs(FEE)
    if not fee:
        return None
    due, limit = facts.due("ST_DATE"), facts.parameters.tuition_days
    inputs = {**fee, **(due.inputs if due else {})}
    if due is None or fee["ST_FEE"] != "ST_FEE_HARD":
        return Found(Level.U2, fee["ST_FEE"], inputs)
    if due.days is not None and due.days <= limit:
        return Found(Level.U2, f"ST_FEE_HARD, ST_DATE<={limit}", inputs)
    return None


def wage_unpaid(facts: Facts) -> Found | None:
    """Months that are not told count as one at least; before they were asked nothing does."""
    if not facts.has("W_WHAT", "W_UNPAID"):
        return None
    if not facts.shows(UNPAID_MONTHS) and "W_MONTHS" not in facts.skipped:
        return None
    inputs = {"W_WHAT": "W_UNPAID", "W_MONTHS": facts.answers["W_MONTHS"].told}
    return Found(Level.U2, ", ".join(inputs.values()), inputs)


def seizure(facts: Facts) -> Found | None:
    letter = facts.inputs(SEIZED)
    if not letter:
        return None
    due = facts.due("DB_DATE")
    return Found(Level.U2, "DEBT_COURT", {**letter, **(due.inputs if due else {})})
