"""dialogs/triage.yaml → the parameters of triage, or every problem of the file at once."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Annotated, Self

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from bot.core.triage_parameters import ExtraCards, FlagRow, Signs, Suggestion, TriageParameters
from bot.core.triage_rules import RULES
from bot.errors import DialogInvalidError

try:
    from yaml import CBaseLoader as _BaseLoader
except ImportError:  # PyYAML without libyaml reads the same, ten times as slowly
    from yaml import BaseLoader as _BaseLoader  # type: ignore[assignment]

FLAGS = tuple(rule.flag for rule in RULES)
YEN_BANDS = ("M0", "M1", "M2", "M3", "M4", "M5")
INCOME_BANDS = ("NEXT_0_3", "NEXT_4_7", "NEXT_8_14", "NEXT_15_30", "NEXT_NONE")
PEOPLE_BANDS = ("N2", "N3", "N4", "N5", "N6")
DATE_BANDS = ("IN_7", "IN_30", "IN_60", "IN_90")
MEDICINE_BANDS = ("M_D3", "M_D7", "M_D8")
YOUTH_TOPICS = ("C01", "C03", "C10", "C12", "C13", "C14", "C15", "C16")
TOPICS = tuple(f"C{number:02}" for number in range(1, 17))
STATUSES = (
    *("JP", "SPR", "PR", "LTR", "SPJ", "SPP", "REF", "WORK", "SSW", "TIT"),
    *("DA", "STU", "DEP", "TEMP", "NONE", "NOSAY"),
)

Figure = Annotated[int, Field(ge=0)]
Positive = Annotated[int, Field(ge=1)]
Words = Annotated[str, Field(min_length=1)]
Codes = tuple[Words, ...]


class UniqueKeyLoader(_BaseLoader):
    """Leaves every scalar a string, and refuses a key that stands twice: one would be lost."""

    def construct_mapping(
        self,
        node: yaml.MappingNode,
        deep: bool = False,  # noqa: FBT001, FBT002  # PyYAML's own
    ) -> dict[object, object]:
        seen: set[str] = set()
        for key, _ in node.value:
            if key.value in seen:
                raise yaml.MarkedYAMLError(None, None, f"{key.value} stands twice", key.start_mark)
            seen.add(key.value)
        return super().construct_mapping(node, deep)


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class _UnknownIncome(_Part):
    days: Positive
    below: Figure


class _Money(_Part):
    critical_yen_per_person: Positive
    critical_yen_per_day: Positive
    low_yen_per_day: Positive
    unknown_income: _UnknownIncome
    yen_of: dict[str, Figure]
    days_of: dict[str, Figure]
    people_of: dict[str, Positive]

    @model_validator(mode="after")
    def _critical_below_low(self) -> Self:
        if self.critical_yen_per_day > self.low_yen_per_day:
            raise ValueError("critical_yen_per_day must not be above low_yen_per_day")
        return self


class _Visa(_Part):
    today: Figure
    soon: Figure
    later: Figure

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if not self.today <= self.soon <= self.later:
            raise ValueError("must rise: today, soon, later")
        return self


class _Dates(_Part):
    within_days_of: dict[str, Figure]
    eviction_imminent: Figure
    eviction_risk: Figure
    utility_soon: Figure
    tuition: Figure
    visa: _Visa
    medicine: Figure
    medicine_days_of: dict[str, Figure]

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.eviction_imminent > self.eviction_risk:
            raise ValueError("eviction_imminent must not be above eviction_risk")
        return self


class _Extra(_Part):
    cards: Codes
    answers: dict[str, Codes]
    unless: dict[str, Codes] = {}
    reasons: Codes


class _Cards(_Part):
    at_most: Positive
    loans: Codes
    no_loans_with: Codes
    seldom_for: dict[str, Codes]
    not_for_minors: Codes
    topics: dict[str, Codes]
    youth_topics: dict[str, Codes]
    extra: tuple[_Extra, ...]


class _Row(_Part):
    name: Words
    rule: Words
    first: Words
    suggest: Codes


class TriageSpec(_Part):
    """What dialogs/triage.yaml may contain; unknown keys are refused."""

    money: _Money
    dates: _Dates
    pregnancy_unknown_is_no_care: bool
    cards: _Cards
    flags: dict[str, _Row]


def load_triage_parameters(path: Path) -> TriageParameters:
    """Read the triage file at `path`; cards must stand in the card files beside it.

    Those are programmes.yaml and hotlines.yaml. Raises DialogInvalidError with every problem
    found: unreadable files, unknown or missing keys, figures out of order, answer codes, flags or
    cards that do not exist, a rule text that names an unknown figure.
    """
    problems: list[str] = []
    told = _read(path, problems)
    cards = {
        card
        for name in ("programmes.yaml", "hotlines.yaml")
        for card in _read(path.with_name(name), problems)
    }
    if problems:
        raise DialogInvalidError(problems)
    try:
        spec = TriageSpec.model_validate(told)
    except ValidationError as error:
        raise DialogInvalidError(
            [
                f"{path.name}: {'.'.join(map(str, each['loc']))}: {each['msg']}"
                for each in error.errors()
            ]
        ) from error
    problems.extend(f"{path.name}: {problem}" for problem in _problems(spec, cards))
    if problems:
        raise DialogInvalidError(problems)
    return _parameters(spec)


def _read(path: Path, problems: list[str]) -> dict[str, object]:
    try:
        told = yaml.load(path.read_text(encoding="utf-8"), UniqueKeyLoader)  # noqa: S506
    except OSError:
        problems.append(f"{path.name}: the file is missing")
        return {}
    except (UnicodeDecodeError, yaml.YAMLError) as error:
        problems.append(f"{path.name}: {' '.join(str(error).split())}")
        return {}
    if not isinstance(told, dict):
        problems.append(f"{path.name}: must be a mapping")
        return {}
    return told


def _problems(spec: TriageSpec, known_cards: set[str]) -> Iterator[str]:
    for where, told, wanted in (
        ("money.yen_of", spec.money.yen_of, YEN_BANDS),
        ("money.days_of", spec.money.days_of, INCOME_BANDS),
        ("money.people_of", spec.money.people_of, PEOPLE_BANDS),
        ("dates.within_days_of", spec.dates.within_days_of, DATE_BANDS),
        ("dates.medicine_days_of", spec.dates.medicine_days_of, MEDICINE_BANDS),
        ("cards.topics", spec.cards.topics, TOPICS),
        ("cards.youth_topics", spec.cards.youth_topics, YOUTH_TOPICS),
        ("flags", spec.flags, FLAGS),
    ):
        yield from (f"{where}: {code} is missing" for code in wanted if code not in told)
        yield from (f"{where}: {code} is unknown" for code in told if code not in wanted)
    cards = spec.cards
    for where, named in (
        ("cards.loans", cards.loans),
        ("cards.seldom_for", tuple(cards.seldom_for)),
        ("cards.not_for_minors", cards.not_for_minors),
        *((f"cards.topics.{topic}", named) for topic, named in cards.topics.items()),
        *((f"cards.youth_topics.{topic}", named) for topic, named in cards.youth_topics.items()),
        *((f"cards.extra.{place}", extra.cards) for place, extra in enumerate(cards.extra)),
        *((f"flags.{flag}.suggest", row.suggest) for flag, row in spec.flags.items()),
    ):
        yield from (f"{where}: no card {card}" for card in named if card not in known_cards)
    reasons = [("cards.no_loans_with", why) for why in cards.no_loans_with]
    for place, extra in enumerate(cards.extra):
        reasons.extend((f"cards.extra.{place}", why) for why in extra.reasons)
    for where, why in reasons:
        if why not in FLAGS and why not in TOPICS:
            yield f"{where}: no flag or topic {why}"
    for card, statuses in cards.seldom_for.items():
        for status in statuses:
            if status not in STATUSES:
                yield f"cards.seldom_for.{card}: no residence status {status}"
    for flag, row in spec.flags.items():
        try:
            row.rule.format_map(_figures(spec))
        except (KeyError, ValueError, IndexError, AttributeError):
            yield f"flags.{flag}.rule: a {{figure}} in the text is unknown"


def _figures(spec: TriageSpec) -> dict[str, int]:
    return {
        "critical_yen_per_person": spec.money.critical_yen_per_person,
        "critical_yen_per_day": spec.money.critical_yen_per_day,
        "low_yen_per_day": spec.money.low_yen_per_day,
        "eviction_imminent": spec.dates.eviction_imminent,
        "eviction_risk": spec.dates.eviction_risk,
        "utility_soon": spec.dates.utility_soon,
        "tuition": spec.dates.tuition,
        "medicine": spec.dates.medicine,
        "visa_today": spec.dates.visa.today,
        "visa_soon": spec.dates.visa.soon,
        "visa_later": spec.dates.visa.later,
    }


def _parameters(spec: TriageSpec) -> TriageParameters:
    money, dates, cards = spec.money, spec.dates, spec.cards
    figures = _figures(spec)
    suggest = _by_reason({flag: row.suggest for flag, row in spec.flags.items()})
    return TriageParameters(
        critical_yen_per_person=money.critical_yen_per_person,
        critical_yen_per_day=money.critical_yen_per_day,
        low_yen_per_day=money.low_yen_per_day,
        unknown_income_days=money.unknown_income.days,
        unknown_income_below_yen=money.unknown_income.below,
        yen_of=money.yen_of,
        days_of=money.days_of,
        people_of=money.people_of,
        within_days_of=dates.within_days_of,
        eviction_imminent_days=dates.eviction_imminent,
        eviction_risk_days=dates.eviction_risk,
        utility_soon_days=dates.utility_soon,
        tuition_days=dates.tuition,
        visa_today_days=dates.visa.today,
        visa_soon_days=dates.visa.soon,
        visa_later_days=dates.visa.later,
        medicine_days=dates.medicine,
        medicine_days_of=dates.medicine_days_of,
        pregnancy_unknown_is_no_care=spec.pregnancy_unknown_is_no_care,
        cards_at_most=cards.at_most,
        loans=frozenset(cards.loans),
        no_loans_with=frozenset(cards.no_loans_with),
        seldom_with={
            status: frozenset(card for card, named in cards.seldom_for.items() if status in named)
            for status in STATUSES
        },
        not_for_minors=frozenset(cards.not_for_minors),
        topic_cards=_by_reason(cards.topics),
        youth_topic_cards=_by_reason(cards.youth_topics),
        extra=tuple(
            ExtraCards(
                _signs(extra.answers),
                _signs(extra.unless),
                _by_reason(dict.fromkeys(extra.reasons, extra.cards)),
            )
            for extra in cards.extra
        ),
        rows={
            flag: FlagRow(row.name, row.rule.format_map(figures), row.first, suggest[flag])
            for flag, row in spec.flags.items()
        },
    )


def _by_reason(named: Mapping[str, Codes]) -> dict[str, tuple[Suggestion, ...]]:
    return {why: tuple(Suggestion(card, why) for card in cards) for why, cards in named.items()}


def _signs(told: Mapping[str, Codes]) -> Signs:
    return tuple((question, frozenset(codes)) for question, codes in told.items())
