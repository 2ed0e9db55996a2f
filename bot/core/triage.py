"""From answers to urgency: which red flags fire, how urgent that makes it, what to show first."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from bot.core.answers import Answers
from bot.core.model import Lang, Level
from bot.core.triage_facts import Facts, Inputs
from bot.core.triage_parameters import TriageParameters
from bot.core.triage_rules import RULES

__all__ = ("Assessment", "Hit", "Suggestion", "TriageParameters", "assess")

QUESTIONS = (
    *("Q1", "Q2", "Q3", "Q5", "Q4", "Q6", "Q7", "Q8", "Q9", "Q10"),
    *("Q11", "Q12a", "Q12b"),
)
"""The twelve questions in the order they are asked; the last is one of two, or both."""

MODIFIERS = (
    ("VM_BABY", {"Q9": ("HH_BABY",)}),
    ("VM_PREGNANT", {"Q11": ("BM_PREGNANT",)}),
    ("VM_MINOR", {"Q2": ("WHO_MINOR",)}),
    ("VM_ALONE", {"Q9": ("HH_ALONE",), "S3": ("S3_CALL", "S3_ALONE")}),
    ("VM_ILL", {"Q1": ("SAFE_ILL_NOW",), "Q11": ("BM_TREATED", "BM_UNTREATED", "BM_NOMED")}),
    ("VM_NO_PHONE", {"Q8": ("UTIL_STOP_P",), "S3": ("S3_ALONE",)}),
)
"""What lifts a case inside its level, and the answers that say so. VM_75 is not asked yet."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A red flag that fired, with the condition and the inputs a counselor can check.

    `source` is "answers" or "text" (a text detector). A date among the inputs is `date`, ISO.
    """

    flag: str
    level: Level
    rule: str
    inputs: Inputs
    source: str = "answers"


class Suggestion(NamedTuple):
    """A card to show: a programme or telephone line, and the flag or topic that asks for it."""

    programme: str
    why: str


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
    facts = Facts(answers, today, parameters, frozenset(detected))
    hits = tuple(_hits(facts))
    primary = _primary(facts)
    return Assessment(
        level=max([_floor(facts), *(hit.level for hit in hits)]),
        hits=hits,
        modifiers=tuple(
            modifier
            for modifier, signs in MODIFIERS
            if any(facts.has(question, *codes) for question, codes in signs.items())
        ),
        deadline=min(_dates(hits), default=None),
        categories=facts.topics,
        primary=primary,
        suggestions=_suggestions(facts, hits, primary),
        not_asked=tuple(question for question in QUESTIONS if _unknown(facts, question, lang)),
        lang=lang,
        mt_used=mt_used,
    )


def _hits(facts: Facts) -> Iterator[Hit]:
    for rule in RULES:
        found = rule.check(facts)
        if found:
            yield Hit(rule.flag, found.level, found.rule, found.inputs, found.source)


def _dates(hits: tuple[Hit, ...]) -> Iterator[str]:
    for hit in hits:
        on = hit.inputs.get("date")
        if isinstance(on, str) and hit.flag != "RF_VISA_EXPIRED":  # nothing can be met any more
            yield on


def _floor(facts: Facts) -> Level:
    only_a_question = facts.has("Q3", "INFO") and not facts.topics
    worried = facts.has("Q1", "SAFE_CHILD")
    return Level.U0 if only_a_question and not worried else Level.U1


def _primary(facts: Facts) -> str | None:
    worst = [code for code in facts.codes("Q3_MAIN") if code in facts.topics]
    if worst:
        return worst[0]
    return facts.topics[0] if len(facts.topics) == 1 else None


def _unknown(facts: Facts, question: str, lang: Lang) -> bool:
    if question in facts.answers:
        return facts.skipped(question)
    if question == "Q12a":
        return lang != "ja"
    if question == "Q12b":
        return lang == "ja" or "C06" in facts.topics
    return True


def _suggestions(
    facts: Facts, hits: tuple[Hit, ...], primary: str | None
) -> tuple[Suggestion, ...]:
    """The first cards: by level, then every flag's best card before its second, then rule order.

    So a person without food and without a bed sees one card for each. The topic's card follows
    the flags'. What a residence status seldom covers comes last, and no loan meets a debt.
    """
    parameters = facts.parameters
    status = frozenset(facts.codes("Q12a"))
    no_loans = parameters.no_loans_with & {*(hit.flag for hit in hits), *facts.topics}
    wanted = [
        (-hit.level, place, Suggestion(card, hit.flag))
        for hit in hits
        for place, card in enumerate(parameters.rows[hit.flag].suggest)
    ]
    wanted += [
        (1, place, Suggestion(card, topic))
        for topic in ((primary,) if primary else facts.topics)
        for place, card in enumerate(parameters.topic_cards.get(topic, ()))
    ]

    def order(candidate: tuple[int, int, Suggestion]) -> tuple[bool, int, int]:
        urgency, place, suggestion = candidate
        seldom = parameters.seldom_for.get(suggestion.programme, frozenset())
        return bool(status & seldom), urgency, place

    shown: dict[str, Suggestion] = {}
    for _, _, suggestion in sorted(wanted, key=order):
        if not (no_loans and suggestion.programme in parameters.loans):
            shown.setdefault(suggestion.programme, suggestion)
    return tuple(shown.values())[: parameters.cards_at_most]
