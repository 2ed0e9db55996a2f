"""The structured assessment of a case → what the counselor reads beside the chat."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.core.answers import Answer
from bot.core.dialog import Ask, Dialog
from bot.core.model import Text
from bot.core.prompts import answer_text
from handlers.desk import words
from handlers.desk.showing import Showing, Urgency, dicts, hits_of


@dataclass(frozen=True, slots=True)
class HitView:
    """A red flag that fired: name, level, condition, inputs, where it comes from, what to do."""

    flag: str
    name: str
    urgency: Urgency
    rule: str
    rule_words: str
    first: str
    inputs: tuple[tuple[str, str, str], ...]
    source: str


@dataclass(frozen=True, slots=True)
class AssessmentView:
    """The structured assessment in Japanese; every pair is (code, words)."""

    urgency: Urgency
    hits: tuple[HitView, ...]
    modifiers: tuple[tuple[str, str], ...]
    categories: tuple[tuple[str, str], ...]
    primary: str
    suggestions: tuple[tuple[str, str, str], ...]
    not_asked: tuple[tuple[str, str], ...]
    deadline: str
    mt_used: bool


@dataclass(frozen=True, slots=True)
class Assessing:
    """Puts stored assessments into words; questions and answers are worded as the dialog is."""

    showing: Showing

    def view(self, stored: Mapping[str, object]) -> AssessmentView | None:
        """Return the assessment in Japanese, None where nothing was assessed yet."""
        if not stored:
            return None
        word = self.showing.word
        return AssessmentView(
            urgency=self.showing.urgency(str(stored["level"])),
            hits=tuple(self._hit(hit) for hit in hits_of(stored)),
            modifiers=tuple(
                (code, word(words.MODIFIERS, code)) for code in _texts(stored, "modifiers")
            ),
            categories=tuple(
                (code, self._answer("Q3", code)) for code in _texts(stored, "categories")
            ),
            primary=str(stored.get("primary") or ""),
            suggestions=tuple(
                (code, self._programme(code), self._why(str(each["why"])))
                for each in dicts(stored.get("suggestions"))
                for code in (str(each["programme"]),)
            ),
            not_asked=tuple((code, self._heading(code)) for code in _texts(stored, "not_asked")),
            deadline=self.showing.due(str(stored.get("deadline") or "")),
            mt_used=bool(stored.get("mt_used")),
        )

    def _hit(self, hit: Mapping[str, object]) -> HitView:
        flag = str(hit["flag"])
        row = self.showing.flag_rows.get(flag)
        inputs = hit.get("inputs")
        given = inputs if isinstance(inputs, dict) else {}
        return HitView(
            flag=flag,
            name=self.showing.flag(flag),
            urgency=self.showing.urgency(str(hit["level"])),
            rule=str(hit["rule"]),
            rule_words=self.showing.translate(row.rule) if row is not None else "",
            first=self.showing.translate(row.first) if row is not None else "",
            inputs=tuple(
                self._input(name, value)
                for name, value in given.items()
                # The date of a question is there twice, as told and for the deadline.
                if value is not None and not (name == "date" and len(given) > 1)
            ),
            source=self.showing.word(words.SOURCES, str(hit.get("source", "answers"))),
        )

    def _input(self, name: str, value: object) -> tuple[str, str, str]:
        """Return an input of a rule: its own name, its name in words, its value in words."""
        word = self.showing.word
        if name == "detector":
            return name, word(words.INPUTS, name), word(words.DETECTORS, str(value))
        if name in words.INPUTS:
            said = f"{value:,}" if isinstance(value, int) else str(value)
            said = word(words.UNITS, name).format(said) if name in words.UNITS else said
            return name, word(words.INPUTS, name), said
        return name, self._heading(name), self._told(name, str(value))

    def _told(self, question: str, told: str) -> str:
        """Return what was answered in words: a typed figure or date, else the chosen options."""
        node, codes = self._dialog.nodes.get(question), tuple(told.split(","))
        if not isinstance(node, Ask) or any(node.option(code) for code in codes):
            return "、".join(self._answer(question, code) for code in codes)
        if told == node.skip_code or not node.value:
            return self._japanese(self._dialog.phrase("bot.skipped"))
        said = answer_text(self._dialog, question, Answer(value=told))
        return self._japanese(said) if isinstance(said, Text) else str(said)

    def _answer(self, question: str, code: str) -> str:
        node = self._dialog.nodes.get(question)
        option = node.option(code) if isinstance(node, Ask) else None
        return self._japanese(option.label) if option is not None else code

    def _heading(self, question: str) -> str:
        text = self._dialog.phrases.get(f"topic.{question}")
        return self._japanese(text) if text is not None else question

    def _programme(self, code: str) -> str:
        card = self._dialog.cards.get(code)
        if card is not None:
            return self._japanese(card.name)
        return self.showing.word(words.HOTLINES, code)

    def _why(self, code: str) -> str:
        return self.showing.flag(code) if code.startswith("RF_") else self._answer("Q3", code)

    @property
    def _dialog(self) -> Dialog:
        return self.showing.services.reading.desk.dialog

    def _japanese(self, text: Text) -> str:
        return self.showing.services.renderer.render(text, "ja").text


def _texts(stored: Mapping[str, object], key: str) -> list[str]:
    value = stored.get(key)
    return [str(each) for each in value] if isinstance(value, list) else []
