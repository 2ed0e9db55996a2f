"""The real dialog with its catalogs, a fixed day, and a resident who plays it on the engine."""

from dataclasses import replace
from datetime import date
from itertools import count
from pathlib import Path

from bot.adapters.catalogs import load_catalogs
from bot.authoring.loader import load_book
from bot.core.engine import Typed, begin, take
from bot.core.events import Alerted, Answered, Asked, Assessed, Said
from bot.core.model import Lang, Pick, Text
from bot.core.moves import Context
from bot.core.prompts import Prompt, prompt_of
from bot.core.state import State
from bot.core.triage import assess
from bot.core.understanding import Words
from bot.core.way import options_of_node

ROOT = Path(__file__).parents[2]
DIALOGS = ROOT / "dialogs"
LOCALES = ROOT / "locales"
TODAY = date(2026, 11, 25)
BOOK = load_book(DIALOGS)
CATALOGS, CATALOG_PROBLEMS = load_catalogs(LOCALES, BOOK)
DIALOG = BOOK.dialog
LANGS = tuple(CATALOGS.languages())


def words(lang: Lang) -> Words:
    return lambda text: CATALOGS.render(text, lang).text


def make_context(*, receipt_given: bool = False) -> Context:
    """A context of 25 November 2026 whose new sessions are called again-1, again-2, …"""
    numbers = count(1)
    return Context(
        today=TODAY,
        triage=lambda answers, lang, today, detected: assess(
            answers, lang=lang, today=today, parameters=BOOK.triage, detected=detected
        ),
        languages=tuple(CATALOGS.languages()),
        language_of=CATALOGS.language_of,
        new_session=lambda: f"again-{next(numbers)}",
        detectors=BOOK.detectors,
        receipt_given=receipt_given,
    )


class Resident:
    """Plays the dialog; `turn` is what followed last, `all_events` everything so far.

    After every step the state goes through its JSON form, as it does between two messages.
    """

    def __init__(self, lang: Lang = "", *, session: str = "run-1") -> None:
        self.context = make_context()
        self.turn = begin(DIALOG, session)
        self.state: State = self.turn.state
        self.all_events = list(self.turn.events)
        if lang:
            self.taps(lang)

    def taps(self, *codes: str, question: str = "", session: str = "") -> "Resident":
        """Tap one button that carries these codes, of the question on show unless told."""
        return self._does(Pick(session or self.state.session, question or self.state.node, codes))

    def types(self, text: str) -> "Resident":
        return self._does(Typed(text))

    def answers(self, **codes: str) -> "Resident":
        """Answer the questions named, in the order they are put; several codes end with DONE."""
        for question, given in codes.items():
            assert self.state.node == question, f"{self.state.node} is on show, not {question}"
            node = DIALOG.nodes[question]
            self.taps(*given.split(","))
            if getattr(node, "many", False) and self.state.node == question:
                self.taps("DONE")
        return self

    def chats_after_receipt(self) -> "Resident":
        self.context = replace(self.context, receipt_given=True)
        return self

    def _does(self, doing: Pick | Typed) -> "Resident":
        self.turn = take(DIALOG, self.state, doing, context=self.context, words=words)
        self.state = State.from_json(self.turn.state.to_json())
        self.all_events.extend(self.turn.events)
        return self

    # --- what the resident sees ----------------------------------------------------------------

    @property
    def at(self) -> str:
        return self.state.node

    @property
    def said(self) -> list[str]:
        """The addresses of what the bot said, hints before a question included."""
        texts: list[Text] = []
        for event in self.turn.events:
            if isinstance(event, Said):
                texts.append(event.text)
            elif isinstance(event, Asked) and event.hint is not None:
                texts.append(event.hint)
        return [text.address for text in texts]

    @property
    def alerts(self) -> list[str]:
        return [event.reason for event in self.turn.events if isinstance(event, Alerted)]

    @property
    def all_alerts(self) -> list[str]:
        return [event.reason for event in self.all_events if isinstance(event, Alerted)]

    @property
    def answered(self) -> dict[str, tuple[str, ...]]:
        return {
            event.question: event.answer.codes
            for event in self.turn.events
            if isinstance(event, Answered)
        }

    @property
    def assessment(self):
        return next(
            event.assessment for event in reversed(self.all_events) if isinstance(event, Assessed)
        )

    @property
    def prompt(self) -> Prompt:
        asked = next(event for event in reversed(self.turn.events) if isinstance(event, Asked))
        return prompt_of(DIALOG, self.state, asked, CATALOGS.languages())

    @property
    def parts(self) -> list[str]:
        return [part.address for part in self.prompt.parts]

    @property
    def offered(self) -> list[str]:
        return [offer.code for offer in self.prompt.offers]

    @property
    def options(self) -> list[str]:
        return [option.code for option in options_of_node(DIALOG, self.state)]


ANSWERS: dict[str, str] = {
    "START": "START_OK",
    "Q1": "SAFE_OK",
    "Q2": "WHO_SELF",
    "Q3": "C03",
    "Q5": "M4",
    "Q4": "FOOD_OK",
    "Q6": "NEXT_0_3",
    "Q7": "HOME_OK",
    "Q8": "UTIL_OK",
    "Q9": "HH_ALONE",
    "Q10": "WORK_REG",
    "Q11": "BM_OK",
    "Q12a": "PR",
    "Q12b": "DEBT_NO",
    "E_AREA": "E_AREA_IN",
    "E1": "E1_HERE",
    "E1_INTERPRETER": "E1_I_NO",
}
"""The quiet way through all the questions (Q12a is put in other languages than Japanese)."""


def at_question(question: str, lang: Lang = "ja", **different: str) -> Resident:
    """A resident who answered quietly, apart from `different`, and now stands at `question`.

    What neither names, a branch's questions, is skipped.
    """
    resident = Resident(lang)
    given = ANSWERS | different
    while resident.at != question:
        node = resident.at
        assert node not in {DIALOG.start, DIALOG.chat}, f"{node} was reached before {question}"
        resident.answers(**{node: given.get(node, "SKIP")})
    return resident


def through_the_summary(lang: Lang = "ja", **different: str) -> Resident:
    return at_question("SUMMARY", lang, **different)
