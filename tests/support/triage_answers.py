"""Answers in a line, as tests of triage write them."""

from datetime import date, timedelta
from pathlib import Path

from bot.authoring.triage_parameters import load_triage_parameters
from bot.core.answers import Answer
from bot.core.triage import Assessment, assess

TODAY = date(2026, 11, 25)
PARAMETERS = load_triage_parameters(Path(__file__).parents[2] / "dialogs" / "triage.yaml")


def told(detected: tuple[str, ...] = (), /, *, lang: str = "ja", **answers: str) -> Assessment:
    """Assess answers written as codes ("HOME_DATE,HOME_LATE1") or as what was typed ("=3000")."""
    return assess(
        {
            question: Answer(value=text[1:]) if text[0] == "=" else Answer(tuple(text.split(",")))
            for question, text in answers.items()
        },
        lang=lang,
        today=TODAY,
        parameters=PARAMETERS,
        detected=detected,
    )


def flags(assessment: Assessment) -> dict[str, str]:
    return {hit.flag: hit.level.name for hit in assessment.hits}


def cards(assessment: Assessment) -> list[str]:
    return [card for card, _ in assessment.suggestions]


def in_days(days: int) -> str:
    return f"={(TODAY + timedelta(days=days)).isoformat()}"
