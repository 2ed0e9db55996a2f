"""Terms and prepared sentences → what their pages say."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.core.model import Lang
from bot.core.translation.phrases import JAPANESE
from bot.core.translation.slots import LABELS, shown
from bot.service.word_checks import Problem, Wish
from bot.service.wordbook import Change
from bot.service.words import WORDINGS, Words
from handlers.desk import wordbook_words as said
from handlers.desk.showing import Showing, Tongue

_STATE = re.compile(r"(?P<state>draft|reviewed)(?: by (?P<who>.*?))? (?P<day>\d{4}-\d\d-\d\d)")


@dataclass(frozen=True, slots=True)
class WordRow:
    """A row of the list: what the entry says in Japanese, and how far its languages are."""

    kind: str
    key: str
    japanese: str
    more: tuple[str, ...]
    known: int
    reviewed: int
    enforced: bool
    side: str
    taken_away: bool


@dataclass(frozen=True, slots=True)
class Field:
    """The words of one language in the form. `twin` is the key of the entry that has them too."""

    lang: Lang
    tongue: Tongue
    required: bool
    text: str
    was: str
    ticked: bool
    state: str
    reviewed: bool
    problem: str
    twin: str


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """A line of an entry's history."""

    when: str
    who: str
    tongue: Tongue
    text: str
    reviewed: bool


@dataclass(frozen=True, slots=True)
class WordShowing:
    """Words for entries, in the languages that the desk may edit."""

    showing: Showing
    languages: Sequence[Lang]

    def row(self, words: Words) -> WordRow:
        """Return the row of an entry. Other languages than the desk's do not count."""
        first, *more = shown(words.japanese).split(WORDINGS)
        others = [each for each in self.languages if each != JAPANESE]
        return WordRow(
            words.kind,
            words.key,
            first,
            tuple(more),
            sum(lang in words.texts for lang in others),
            sum(words.is_reviewed(lang) for lang in others),
            words.enforced,
            self.showing.word(said.SIDES, words.side),
            words.taken_away,
        )

    def fields(
        self, words: Words, wishes: Mapping[Lang, Wish], problems: Mapping[Lang, Problem]
    ) -> list[Field]:
        """Return the form's fields, with what was typed already."""
        return [
            self._field(words, lang, wishes.get(lang), problems.get(lang))
            for lang in self.languages
        ]

    def problem(self, problem: Problem) -> str:
        """Return a problem in words."""
        told = self.showing.word(said.PROBLEMS, problem.code)
        slots = "".join(f"〔{label}〕" for label in LABELS.values())
        return told.format(about=problem.about, slots=slots)

    def changes(self, history: Sequence[Change]) -> list[ChangeLine]:
        """Return an entry's history, the newest first."""
        return [
            ChangeLine(
                self.showing.moment(each.edit.at),
                each.who,
                self.showing.tongue(each.edit.lang),
                shown(each.edit.text),
                each.edit.reviewed,
            )
            for each in history
        ]

    def _field(self, words: Words, lang: Lang, wish: Wish | None, problem: Problem | None) -> Field:
        # An entry that was taken away comes back with the Japanese it had.
        now = words.texts.get(lang, "")
        offered = words.japanese if lang == JAPANESE else now
        seen_now = problem is not None and problem.code == "overtaken"
        return Field(
            lang,
            self.showing.tongue(lang),
            required=lang == JAPANESE,
            text=shown(offered) if wish is None else wish.text,
            was=shown(now) if wish is None or seen_now else wish.was,
            ticked=wish is not None and wish.reviewed,
            state=self._state(words.states.get(lang, "") if now else ""),
            reviewed=words.is_reviewed(lang),
            problem=self.problem(problem) if problem is not None else "",
            twin=problem.about if problem is not None and problem.code == "twice" else "",
        )

    def _state(self, state: str) -> str:
        found = _STATE.fullmatch(state)
        if found is None:
            return self.showing.word(said.STATES, "none")
        told = self.showing.word(said.STATES, found["state"])
        who = found["who"] or self.showing.translate("読める人")
        return told.format(who=who, day=found["day"].replace("-", "/"))
