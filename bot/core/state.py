"""Where a resident stands in a dialog: all the engine remembers, as a value that can be stored."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bot.core.answers import Answer
from bot.core.model import Lang

if TYPE_CHECKING:
    # To the type checker it is the same, which knows what may be changed to what.
    from dataclasses import replace as changed

__all__ = ("State", "Stored", "changed")

Stored = dict[str, object]
_LISTS = ("trail", "picked", "fired", "detected", "warned", "heard", "more", "offered")
_SINGLE = (
    *("back_to", "lang_back", "resume", "misses", "insults"),
    *("stopped", "alerted", "sent", "level"),
)


@dataclass(frozen=True)
class State:
    """`session` marks the buttons of this run; `trail` are the answered questions in order.

    `picked` are the choices taken so far of the multi choice that is open, `fired` the interrupts
    that had their turn, `back_to` the question that can be taken up again after a talk with a
    person, `lang_back` the node to return to after the language menu, `misses` how often in a row
    nothing was understood, `warned` the nodes whose safety words were said on a pick already,
    `heard` the nodes on the main path whose words were said and are not repeated, `resume` where
    to go on after a detour, `more` the cards not shown yet, `offered` the languages that a switch
    was offered to, `insults` how often only an insult came, `furigana` whether easy Japanese
    carries readings, `level` the highest urgency so far.

    Conditions look at a state as it is (it has all `Facts`).
    """

    dialog: str
    version: str
    session: str
    node: str
    lang: Lang = ""
    answers: dict[str, Answer] = field(default_factory=dict)
    trail: tuple[str, ...] = ()
    picked: tuple[str, ...] = ()
    fired: tuple[str, ...] = ()
    detected: tuple[str, ...] = ()
    warned: tuple[str, ...] = ()
    heard: tuple[str, ...] = ()
    more: tuple[str, ...] = ()
    offered: tuple[Lang, ...] = ()
    back_to: str = ""
    lang_back: str = ""
    resume: str = ""
    misses: int = 0
    insults: int = 0
    furigana: bool = True
    stopped: bool = False
    alerted: bool = False
    sent: bool = False
    level: int = 0

    def to_json(self) -> Stored:
        """Return the state as JSON values; fields at their defaults are left out."""
        stored: Stored = {
            "dialog": self.dialog,
            "version": self.version,
            "session": self.session,
            "node": self.node,
            "lang": self.lang,
        }
        if self.answers:
            stored["answers"] = {
                question: [",".join(answer.codes), answer.value]
                for question, answer in self.answers.items()
            }
        for name in _LISTS:
            if getattr(self, name):
                stored[name] = list(getattr(self, name))
        for name in _SINGLE:
            if getattr(self, name):
                stored[name] = getattr(self, name)
        if not self.furigana:
            stored["furigana"] = False
        return stored

    @classmethod
    def from_json(cls, stored: Stored) -> "State":
        """Return the state that `to_json` made."""
        values = dict(stored)
        answers = values.pop("answers", {})
        assert isinstance(answers, dict)
        for name in _LISTS:
            if name in values:
                items = values[name]
                assert isinstance(items, list)
                values[name] = tuple(items)
        return cls(
            **values,  # type: ignore[arg-type]  # the shape is to_json's own
            answers={
                question: Answer(tuple(filter(None, codes.split(","))), value)
                for question, (codes, value) in answers.items()
            },
        )

    def answering(self, question: str, answer: Answer) -> "State":
        """Return the state with this answer at the end of the trail and nothing left open."""
        return changed(
            self,
            answers={**self.answers, question: answer},
            trail=(*(each for each in self.trail if each != question), question),
            picked=(),
            misses=0,
        )

    def without(self, question: str) -> "State":
        """Return the state as if the question had not been answered."""
        return changed(
            self,
            answers={each: answer for each, answer in self.answers.items() if each != question},
            trail=tuple(each for each in self.trail if each != question),
            picked=(),
            misses=0,
        )


if not TYPE_CHECKING:

    def changed(state: State, **changes: object) -> State:
        """Return the state with these fields changed.

        `dataclasses.replace`, which would be half of a turn's time, for this one class: every
        change of a state in the engine passes here.
        """
        new = object.__new__(State)
        new.__dict__.update(state.__dict__, **changes)
        return new
