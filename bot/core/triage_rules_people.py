"""Red flags of life, body, violence, care and age (triage 4.5)."""

from bot.core.model import Level
from bot.core.triage_facts import Facts, Found, Inputs, signs

ACUTE = signs(S1="S1_YES", S2="S2_YES")
SUICIDE = signs(Q1="SAFE_SUICIDE", Q11="BM_SUI", T_DANGER="T_SUI")
AFRAID = signs(Q1="SAFE_VIOLENCE", Q7="HOME_UNSAFE")
ABUSE_TOPIC = signs(Q3="C14", Q3Y="C14")
HURT_CHILD = signs(K1="K1_HURT K1_ALONE K1_UNFED K1_LOCKED K1_SEXUAL K1_ME")
CHILD_TOLD = (*HURT_CHILD, *signs(K_NOW="K_NOW_YES K_NOW_BEFORE K_NOW_UNSURE"))
WORRIED = signs(Q1="SAFE_CHILD")
WITNESS = signs(D3="D3_YES", Q2="WHO_MINOR")
HURT_OTHER = signs(T_DANGER="T_HURT")
HARMED_OTHER = signs(T_DANGER="T_HURT T_NEGLECT T_MONEY")
NEGLECTED_OTHER = signs(T_DANGER="T_NEGLECT T_MONEY")
DEPENDENT = signs(T_WHO="T_ELDER T_ELDER75 T_DISABLED")
CARE_OF_FAMILY = signs(Q3="C12")
EMERGENCY = signs(
    Q1="SAFE_ILL_NOW",
    M_NOW="M_CHEST M_BREATH M_BLEED M_FAINT M_SIDE",
    PG_NOW="PG_PAIN PG_BLEED PG_WATER",
)
UNTREATED = signs(Q11="BM_UNTREATED BM_NOMED")
VITAL_MEDICINE = signs(M_DRUG="M_INSULIN M_EPILEPSY M_MENTAL")
PREGNANT = signs(Q11="BM_PREGNANT", Q3Y="Y_PREG")
CARES = signs(YC_DO="YC_CARE YC_SIBLING YC_HOUSE YC_INTERPRET YC_LISTEN YC_WORK")
CARES_TOO_MUCH = signs(YC_OFTEN="YC_DAILY", YC_SCHOOL="YC_SCHOOL_YES")
WITHDRAWN = signs(Q3="C13")
OLD_PARENT = signs(HK_PARENT="HK_P70 HK_P75")
PARENT_CHANGED = signs(HK_CHANGE="HK_C_ILL HK_C_CARE HK_C_MONEY HK_C_DEATH")


def suicide_acute(facts: Facts) -> Found | None:
    return facts.by_signs(Level.U4, ACUTE) or facts.by_text(Level.U4, "suicide_acute")


def suicide(facts: Facts) -> Found | None:
    """Not clear counts as yes: only what is acute replaces this flag, by the higher one."""
    if "RF_SUICIDE_ACUTE" in facts.found:
        return None
    return facts.by_signs(Level.U3, SUICIDE) or facts.by_text(Level.U3, "suicide")


def dv(facts: Facts) -> Found | None:
    """Somebody is afraid at home, or tells of a grown-up, or of somebody unknown, who is hurt."""
    inputs = facts.inputs(AFRAID)
    other = facts.about_someone_else
    if not other:
        inputs |= facts.inputs(ABUSE_TOPIC)
    elif "T_WHO" not in facts.told or facts.has("T_WHO", "T_ADULT"):
        inputs |= facts.inputs(HURT_OTHER)
    if inputs:
        return Found(Level.U3, ", ".join(inputs.values()), inputs)
    return facts.by_text(Level.U3, "violence")


def child_abuse(facts: Facts) -> Found | None:
    """A child that is hurt, left alone or unfed, or that lives where there is violence.

    SAFE_CHILD with K1 skipped counts as "it happened before": nobody may need to say more to be
    taken seriously. Before K1 was put nothing is concluded, so that it can be answered first.
    """
    level, inputs, source = Level.U0, dict[str, str | int | None](), "answers"
    if facts.shows(HURT_CHILD):
        level = Level.U4 if _child_in_danger(facts, inputs) else Level.U3
    elif "K1" in facts.skipped and facts.shows(WORRIED):
        level, inputs = Level.U3, {**facts.inputs(WORRIED), "K1": facts.answers["K1"].told}
    if facts.has("T_WHO", "T_CHILD") and facts.shows(HARMED_OTHER):
        now = facts.has("T_DANGER", "T_NOW")
        level = max(level, Level.U4 if now else Level.U3)
        inputs |= {"T_WHO": "T_CHILD", "T_DANGER": ",".join(facts.told["T_DANGER"])}
    if facts.shows(WITNESS) and (violence := _violence(facts)):
        if not level:
            source = violence.source
        level = max(level, violence.level)
        inputs = {**inputs, **facts.inputs(WITNESS), **violence.inputs}
    if not level:
        return None
    return Found(level, ", ".join(str(told) for told in inputs.values()), inputs, source)


def _child_in_danger(facts: Facts, inputs: dict[str, str | int | None]) -> bool:
    """Whether it is now; collects what says so. Who is with the child stands in for "not sure"."""
    inputs |= facts.inputs(CHILD_TOLD)
    if facts.has("K_NOW", "K_NOW_YES"):
        return True
    unsure = "K_NOW" in facts.skipped or facts.has("K_NOW", "K_NOW_UNSURE")
    if unsure and facts.has("K_WITH", "K_W_HARM"):
        inputs["K_WITH"] = "K_W_HARM"
        return True
    return False


def _violence(facts: Facts) -> Found | None:
    found = facts.found.get("RF_VIOLENCE_NOW") or facts.found.get("RF_DV")
    return found or facts.by_signs(Level.U3, ABUSE_TOPIC)


def elder_or_disabled_abuse(facts: Facts) -> Found | None:
    """Somebody who depends on others is hurt or neglected, or money is taken.

    In the family it is the one who is cared for. Of a stranger whose age was skipped, neglect and
    taken money count: who lives without care from others can hardly be neglected.
    """
    danger = facts.inputs(HARMED_OTHER)
    if not danger:
        return None
    who: Inputs
    if "T_WHO" in facts.told:
        who = facts.inputs(DEPENDENT)
    elif facts.has("Q2", "WHO_FAMILY"):
        who = facts.inputs(CARE_OF_FAMILY)
    else:
        unknown = "T_WHO" in facts.skipped and facts.shows(NEGLECTED_OTHER)
        who = {"T_WHO": facts.answers["T_WHO"].told} if unknown else {}
    if not who:
        return None
    inputs = {**who, **danger}
    return Found(Level.U3, ", ".join(str(told) for told in inputs.values()), inputs)


def medical_now(facts: Facts) -> Found | None:
    """A text alone only leads to the question; a question that is then left open is a yes."""
    found = facts.by_signs(Level.U4, EMERGENCY)
    if found or "medical" not in facts.detected or "M_NOW" not in facts.skipped:
        return found
    inputs = {"detector": "medical", "M_NOW": facts.answers["M_NOW"].told}
    return Found(Level.U4, "text:medical, M_NOW skipped", inputs, source="text")


def medical_untreated(facts: Facts) -> Found | None:
    """Without insulin or medicine for epilepsy or the mind, days that are not told are few."""
    ill = facts.inputs(UNTREATED)
    if not ill:
        return None
    vital = facts.inputs(VITAL_MEDICINE)
    if vital and facts.has("Q11", "BM_NOMED"):
        limit = facts.parameters.medicine_days
        left = facts.figure("M_DAYS", facts.parameters.medicine_days_of)
        if "M_DAYS" in facts.skipped or (left is not None and left <= limit):
            inputs = {**ill, **vital, "M_DAYS": facts.answers["M_DAYS"].told}
            return Found(Level.U3, f"{vital['M_DRUG']}, M_DAYS<={limit}", inputs)
    return Found(Level.U2, ", ".join(ill.values()), ill)


def pregnancy_no_care(facts: Facts) -> Found | None:
    """No check-up, or not told while the pregnancy is late or may be.

    Before the question of check-ups was put nothing is concluded: a U3 flag calls a counselor.
    """
    pregnant = facts.inputs(PREGNANT)
    if not pregnant:
        return None
    if facts.has("PG_CARE", "PG_CARE_NO"):
        return Found(Level.U3, "PG_CARE_NO", {**pregnant, "PG_CARE": "PG_CARE_NO"})
    if "PG_CARE" not in facts.skipped:
        return None
    unknown = "PG_WEEKS" in facts.skipped or facts.has("PG_WEEKS", "PG_W_UNKNOWN")
    late = facts.has("PG_WEEKS", "PG_W22")
    if not late and not (unknown and facts.parameters.pregnancy_unknown_is_no_care):
        return None
    told = {question: facts.answers[question].told for question in ("PG_CARE", "PG_WEEKS")}
    rule = "PG_CARE skipped, PG_W22" if late else "PG_CARE skipped, PG_WEEKS unknown"
    return Found(Level.U3, rule, {**pregnant, **told})


def pregnancy(facts: Facts) -> Found | None:
    if "RF_PREGNANCY_NO_CARE" in facts.found:
        return None
    return facts.by_signs(Level.U2, PREGNANT)


def minor(facts: Facts) -> Found | None:
    """Always told to counselors; lifts to U2 with any need, a topic left open included."""
    if not facts.has("Q2", "WHO_MINOR"):
        return None
    left_open = "Q3Y" in facts.skipped or "Q3" in facts.skipped
    need = facts.choices or left_open or facts.found or young_carer(facts)
    return Found(Level.U2 if need else Level.U0, "WHO_MINOR", {"Q2": "WHO_MINOR"})


def young_carer(facts: Facts) -> Found | None:
    care, too_much = facts.inputs(CARES), facts.inputs(CARES_TOO_MUCH)
    if not care or not too_much:
        return None
    return Found(Level.U2, ", ".join(too_much.values()), {**care, **too_much})


def hikikomori(facts: Facts) -> Found | None:
    if facts.has("Q2", "WHO_MINOR") or facts.has("HK_AGE", "HK_A14"):
        return None
    return facts.by_signs(Level.U1, WITHDRAWN)


def aging_parents(facts: Facts) -> Found | None:
    """RF_8050: a parent of 70 or more with a child of 40 or more at home who does not work."""
    parent = facts.inputs(OLD_PARENT)
    if not parent or not facts.has("HK_AGE", "HK_A40"):
        return None
    if facts.has("Q2", "WHO_SELF") and facts.has("Q10", "WORK_REG", "WORK_PART", "WORK_SELF"):
        return None
    inputs = {"HK_AGE": "HK_A40", **parent, **facts.inputs(PARENT_CHANGED)}
    level = Level.U2 if "HK_CHANGE" in inputs else Level.U1
    return Found(level, ", ".join(inputs.values()), inputs)


def abusive_user(facts: Facts) -> Found | None:
    return facts.by_text(Level.U0, "abuse")
