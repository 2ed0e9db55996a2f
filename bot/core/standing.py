"""Where a resident stands for one step, and the buttons that always work there."""

from collections.abc import Callable

from bot.core import moves, way
from bot.core.answers import Answer
from bot.core.dialog import Ask, Chat, Dialog, Fix, Language
from bot.core.events import Answered, Asked, Consented, Event, LanguageChosen, Said, Stopped
from bot.core.model import Lang, Text
from bot.core.moves import Context, Turn
from bot.core.state import State, changed
from bot.core.understanding import Words

MISSES_UNTIL_A_PERSON = 3
"""After so many answers in a row that were not understood, a counselor is told."""


class Standing:
    """One step of the dialog, with what it needs at hand."""

    def __init__(
        self, dialog: Dialog, state: State, context: Context, words: Callable[[Lang], Words]
    ) -> None:
        self.dialog = dialog
        self.was_stopped = state.stopped
        self.context = context
        self.words = words(state.lang)
        self.node = dialog.nodes[state.node]
        self.options = way.options_of_node(dialog, state)
        self.state = self._begun(state)

    def _begun(self, state: State) -> State:
        """Return the state as it is while something is done: not stopped, of picks those on offer.

        In the language menu and in the free chat the picks of the open question wait.
        """
        if state.stopped:
            state = changed(state, stopped=False)
        if not state.picked or not isinstance(self.node, Ask):
            return state
        codes = {each.code for each in self.options}
        if codes.issuperset(state.picked):
            return state
        return changed(state, picked=tuple(each for each in state.picked if each in codes))

    def answered(self, node: Ask, answer: Answer) -> Turn:
        """Take the answer and go on; after a detour, where the resident was before it."""
        state = self.state.answering(node.id, answer)
        events: tuple[Event, ...] = (Answered(node.id, answer),)
        option = node.option(answer.codes[0]) if len(answer.codes) == 1 else None
        if node.consent and not answer.skipped:
            given = option is not None and option.agrees
            events = (*events, Consented(node.consent, given, node.text.address))
        target = option.goto if option is not None and option.goto else node.next
        if state.resume:
            state, target = changed(state, resume=""), state.resume
        return moves.go_on(self.dialog, state, target, events, self.context)

    def control(self, code: str) -> Turn:
        """Do what a button says that is on offer everywhere."""
        dialog, state = self.dialog, self.state
        match code:
            case "HUMAN":
                return moves.hand_to_person(dialog, state, "asked", self.context)
            case "STOP":
                stopped = changed(state, stopped=True)
                return Turn(stopped, (Said(dialog.stop_text), Stopped()))
            case "LANG":
                if not isinstance(self.node, Language):
                    state = changed(state, lang_back=state.node, node=dialog.start)
                return Turn(state, (Asked(dialog.start),))
            case "BACK":
                return self._back()
            case "RESTART":
                return moves.begin_again(dialog, state, self.context)
            case "CONTINUE":
                if isinstance(self.node, Chat) and state.back_to:
                    resumed = changed(state, node=state.back_to, back_to="", misses=0)
                    return Turn(resumed, (Asked(resumed.node),))
                return self.ask_again(None)
            case "WHY":
                return self._why()
            case "MORE":
                return moves.more_cards(dialog, state, self.context)
            case "FURIGANA":
                self.state = changed(state, furigana=not state.furigana)
                on = "on" if self.state.furigana else "off"
                return self.ask_again(dialog.phrase(f"bot.furigana_{on}"))
            case _:
                return self.skip()

    def skip(self) -> Turn:
        """Leave the question open, where that is possible."""
        if isinstance(self.node, Ask) and self.node.skip_code:
            return self.answered(self.node, Answer((self.node.skip_code,)))
        return self.ask_again(None)

    def fix(self, question: str) -> Turn:
        """Take an answer back, to give another."""
        if question not in self.state.answers:
            return self.missed()
        state = way.taken_back(self.dialog, self.state, question)
        # The summary is put again when the answer has been given.
        return Turn(state.without(self.dialog.summary), (Asked(question),))

    def language(self, lang: Lang) -> Turn:
        """Speak another language from now on; '' and unknown codes put the menu again."""
        node = self.node
        if lang not in self.context.languages:
            return self.ask_again(None)
        state = changed(self.state, lang=lang, misses=0)
        chosen: tuple[Event, ...] = (LanguageChosen(lang),)
        # A button of the menu works wherever it still stands about.
        back = state.lang_back if isinstance(node, Language) else state.node
        if back:
            state = changed(state, node=back, lang_back="")
            said = Said(self.dialog.phrase("bot.language_changed"))
            return Turn(state, (*chosen, said, Asked(state.node)))
        assert isinstance(node, Language)
        return moves.go_on(self.dialog, state, node.next, chosen, self.context)

    def missed(self, phrase: str = "bot.not_understood") -> Turn:
        """Say that nothing was understood; the third time in a row a person is told."""
        misses = self.state.misses + 1
        if misses >= MISSES_UNTIL_A_PERSON:
            return moves.hand_to_person(self.dialog, self.state, "stuck", self.context)
        self.state = changed(self.state, misses=misses)
        return self.ask_again(self.dialog.phrase(phrase, human=self.dialog.controls["HUMAN"].label))

    def old_button(self) -> Turn:
        """Answer a button of another question; the free chat has no question to point to."""
        in_chat = isinstance(self.node, Chat)
        return self.ask_again(None if in_chat else self.dialog.phrase("bot.old_button"))

    def ask_again(self, hint: Text | None) -> Turn:
        """Put the same question once more, with a word before it."""
        return Turn(self.state, (Asked(self.state.node, hint),))

    def _why(self) -> Turn:
        """Say why the question is asked, and how it may be answered."""
        node = self.node
        if not isinstance(node, Ask):
            return self.ask_again(None)
        if node.help is None:
            return self.ask_again(node.why)
        return self.ask_again(self.dialog.phrase("bot.why_and_help", why=node.why, help=node.help))

    def _back(self) -> Turn:
        if isinstance(self.node, Chat):
            return self.control("CONTINUE")
        if isinstance(self.node, Language) and self.state.lang_back:
            state = changed(self.state, node=self.state.lang_back, lang_back="")
            return Turn(state, (Asked(state.node),))
        if not self.state.trail:
            return self.ask_again(self.dialog.phrase("bot.nothing_to_undo"))
        if self.state.picked:
            self.state = changed(self.state, picked=())
            return self.ask_again(None)
        last = self.state.trail[-1]
        state = way.taken_back(self.dialog, self.state, last)
        return Turn(state, (Asked(last), *moves.assessed(state, self.context)))


def stands(dialog: Dialog, state: State) -> bool:
    """Tell whether the state's node is a place to stand at."""
    return isinstance(dialog.nodes.get(state.node), Ask | Chat | Fix | Language)
