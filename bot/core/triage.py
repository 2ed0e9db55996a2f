"""From answers to urgency: which red flags fire, how urgent that makes it, what to show first."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from itertools import zip_longest
from typing import NamedTuple

from bot.core.answers import Answers
from bot.core.model import Lang, Level
from bot.core.triage_facts import Facts, Inputs, signs
from bot.core.triage_parameters import Cards, ExtraCards, Suggestion, TriageParameters
from bot.core.triage_rules import RULES

__all__ = ("Assessment", "Hit", "Suggestion", "TriageParameters", "assess")

QUESTIONS = (
    *("Q1", "Q2", "Q3", "Q5", "Q4", "Q6", "Q7", "Q8", "Q9", "Q10"),
    *("Q11", "Q12a", "Q12b"),
)
"""The twelve questions in the order they are asked; the last is one of two, or both."""

MODIFIERS = (
    ("VM_BABY", signs(Q9="HH_BABY")),
    ("VM_PREGNANT", signs(Q11="BM_PREGNANT", Q3Y="Y_PREG")),
    ("VM_MINOR", signs(Q2="WHO_MINOR", T_WHO="T_CHILD")),
    ("VM_75", signs(T_WHO="T_ELDER75", HK_PARENT="HK_P75")),
    ("VM_ALONE", signs(Q9="HH_ALONE", S3="S3_CALL S3_ALONE")),
    (
        "VM_ILL",
        signs(
            Q1="SAFE_ILL_NOW",
            Q11="BM_TREATED BM_UNTREATED BM_NOMED",
            M_NOW="M_CHEST M_BREATH M_BLEED M_FAINT M_SIDE",
        ),
    ),
    ("VM_NO_PHONE", signs(Q8="UTIL_STOP_P", S3="S3_ALONE")),
)
"""What lifts a case inside its level, and the answers that say so."""

ONLY_A_QUESTION = signs(Q3="INFO", Q3Y="INFO")
WORRIED = signs(Q1="SAFE_CHILD")


class Hit(NamedTuple):
    """A red flag that fired, with the condition and the inputs a counselor can check.

    `source` is "answers" or "text" (a text detector). A date among the inputs is `date`, ISO.
    """

    flag: str
    level: Level
    rule: str
    inputs: Inputs
    source: str = "answers"


@dataclass(frozen=True, slots=True)
class Assessment:
    """What triage concludes from the answers of one day.

    `deadline` is the earliest date among the hits (ISO). `primary` is None where several topics
    were chosen and none was called the worst. `not_asked` holds the questions among the twelve of
    which nothing is known, skipped ones included.
    """

    level: Level
    hits: tuple[Hit, ...]
    modifiers: tuple[str, ...]
    deadline: str | None
    categories: tuple[str, ...]
    primary: str | None
    suggestions: tuple[Suggestion, ...]
    not_asked: tuple[str, ...]
    lang: Lang
    mt_used: bool

    def as_json(self) -> dict[str, object]:
        """The assessment as it is shown, stored and exported (triage 4.5)."""
        return {
            "level": self.level.name,
            "hits": [
                {
                    "flag": hit.flag,
                    "level": hit.level.name,
                    "rule": hit.rule,
                    "inputs": dict(hit.inputs),
                    "source": hit.source,
                }
                for hit in self.hits
            ],
            "modifiers": list(self.modifiers),
            "deadline": self.deadline,
            "categories": list(self.categories),
            "primary": self.primary,
            "suggestions": [suggestion._asdict() for suggestion in self.suggestions],
            "not_asked": list(self.not_asked),
            "lang": self.lang,
            "mt_used": self.mt_used,
        }


def assess(
    answers: Answers,
    *,
    lang: Lang,
    today: date,
    parameters: TriageParameters,
    detected: Collection[str] = (),
    mt_used: bool = False,
) -> Assessment:
    """Apply the rule table to whatever has been answered so far; complete or not.

    The level is the highest of the hits. Without a hit it is U1, the level of a need without a
    deadline, for everybody but the resident who said to have only a question (U0): of whom we know
    nothing, we do not assume that nothing is needed. `detected` names the text detectors that
    fired ("suicide", "violence"); they can only raise. `today` is the resident's date (Japan).
    """
    facts = Facts(answers, today, parameters, detected)
    found = facts.found
    for flag, check in RULES:
        what = check(facts)
        if what is not None:
            found[flag] = what
    hits = tuple([Hit(flag, *what) for flag, what in found.items()])
    primary = _primary(facts)
    return Assessment(
        level=max([_floor(facts), *[hit.level for hit in hits]]),
        hits=hits,
        modifiers=tuple([modifier for modifier, wanted in MODIFIERS if facts.shows(wanted)]),
        deadline=_deadline(hits),
        categories=facts.topics,
        primary=primary,
        suggestions=_suggestions(facts, hits, primary),
        not_asked=tuple([question for question in QUESTIONS if _unknown(facts, question, lang)]),
        lang=lang,
        mt_used=mt_used,
    )


def _deadline(hits: tuple[Hit, ...]) -> str | None:
    dates = [
        on
        for hit in hits
        if isinstance(on := hit.inputs.get("date"), str)
        and hit.flag != "RF_VISA_EXPIRED"  # nothing can be met any more
    ]
    return min(dates, default=None)


def _floor(facts: Facts) -> Level:
    only_a_question = facts.shows(ONLY_A_QUESTION) and not facts.choices
    return Level.U0 if only_a_question and not facts.shows(WORRIED) else Level.U1


def _primary(facts: Facts) -> str | None:
    for code in facts.told.get("Q3_MAIN", ()):
        if code in facts.topics:
            return code
    return facts.topics[0] if facts.topics and len(facts.choices) == 1 else None


def _unknown(facts: Facts, question: str, lang: Lang) -> bool:
    if question in facts.told:
        return False
    if question == "Q3":
        return "Q3Y" not in facts.told
    if question in facts.skipped:
        return True
    if question == "Q12a":
        return lang != "ja"
    if question == "Q12b":
        return lang == "ja" or "C06" in facts.topics
    return True


def _suggestions(
    facts: Facts, hits: tuple[Hit, ...], primary: str | None
) -> tuple[Suggestion, ...]:
    """All cards in order: by level, then every flag's best card before its second, then rule order.

    So a person without food and without a bed sees one card for each. The topic's cards follow the
    flags', then what the household and the work bring. What a residence status seldom covers comes
    last. No loan meets a debt, and nothing for grown-ups a minor.
    """
    parameters = facts.parameters
    of_level: list[list[Cards]] = [[] for _ in Level]
    for hit in hits:
        of_level[hit.level].append(parameters.rows[hit.flag].suggest)
    cards: dict[str, Suggestion] = {}
    for offers in reversed(of_level):
        _deal(cards, offers)
    minor = facts.has("Q2", "WHO_MINOR")
    of_topic = parameters.youth_topic_cards if minor else parameters.topic_cards
    topics = (primary,) if primary else facts.topics
    _deal(cards, [of_topic[topic] for topic in topics if topic in of_topic])
    reasons = (*facts.found, *facts.topics)
    _deal(cards, [_extra(facts, extra, reasons) for extra in parameters.extra])
    if not parameters.no_loans_with.isdisjoint(reasons):
        _hide(cards, parameters.loans)
    if minor:
        _hide(cards, parameters.not_for_minors)
    status = next(iter(facts.told.get("Q12a", ())), "")
    seldom = parameters.seldom_with.get(status, frozenset())
    last = [suggestion for card, suggestion in cards.items() if card in seldom]
    _hide(cards, seldom)
    return (*cards.values(), *last)


def _extra(facts: Facts, extra: ExtraCards, reasons: tuple[str, ...]) -> Cards:
    if facts.shows(extra.answers) and not facts.shows(extra.unless):
        for reason in reasons:
            if reason in extra.reasons:
                return extra.reasons[reason]
    return ()


def _deal(cards: dict[str, Suggestion], offers: Iterable[Cards]) -> None:
    """Put every offer's best card before any second one; a card keeps its first reason."""
    for same_place in zip_longest(*offers):
        for suggestion in same_place:
            if suggestion is not None and suggestion.programme not in cards:
                cards[suggestion.programme] = suggestion


def _hide(cards: dict[str, Suggestion], hidden: Iterable[str]) -> None:
    for card in hidden:
        cards.pop(card, None)
