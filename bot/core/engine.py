"""The dialog engine: begin(…) and take(…) turn what a resident did into a state and events."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from bot.core import moves, way
from bot.core.answers import Answer
from bot.core.dialog import Ask, Chat, Dialog, Fix, Language, Option
from bot.core.events import Answered, Asked, Event, LanguageChosen, Said, Stopped
from bot.core.model import Lang, Pick, Text
from bot.core.moves import Context, Turn
from bot.core.state import State
from bot.core.understanding import Words, control_of, detect, fold, options_of
from bot.core.values import band_of, value_of

MISSES_UNTIL_A_PERSON = 3
"""After so many answers in a row that were not understood, a counselor is told."""

WAYS_OUT = ("STOP", "LANG")
"""Controls that act from every bubble of the run; HUMAN acts from any bubble at all."""


@dataclass(frozen=True, slots=True)
class Typed:
    """The resident wrote something."""

    text: str


Doing = Pick | Typed


def begin(dialog: Dialog, session: str, *, lang_hint: Lang = "") -> Turn:
    """Start a run of the dialog at its first node. `lang_hint` serves until one is chosen."""
    state = State(dialog.id, dialog.version, session, dialog.start, lang=lang_hint)
    return Turn(state, (Asked(dialog.start),))


def take(
    dialog: Dialog, state: State, doing: Doing, *, context: Context, words: Callable[[Lang], Words]
) -> Turn:
    """Let the resident do something and return what follows. Never raises on any input.

    `words(lang)` renders fixed sentences, to compare typed words with labels. A state whose node
    is no place to stand at (the dialog was changed meanwhile) is handed to a person.
    """
    state = way.mended(dialog, state)
    if not isinstance(dialog.nodes.get(state.node), Ask | Chat | Fix | Language):
        return moves.hand_to_person(dialog, state, "stuck", context)
    run = _Run(dialog, state, context, words)
    if isinstance(doing, Pick):
        return run.picked(doing)
    return run.typed(doing.text)


class _Run:
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
        codes = {each.code for each in self.options}
        # In the language menu and in the free chat the picks of the open question wait.
        at_question = isinstance(self.node, Ask)
        picked = tuple(each for each in state.picked if each in codes or not at_question)
        self.state = replace(state, stopped=False, picked=picked)

    # --- what the resident did ---------------------------------------------------------------

    def picked(self, pick: Pick) -> Turn:
        code = pick.codes[0] if pick.codes else ""
        if code == "HUMAN":
            return self._control(code)
        if pick.session != self.state.session:
            return self._old_button()
        if code in WAYS_OUT:
            return self._control(code)
        if pick.question != self.state.node:
            finished = code == "DONE" and pick.question in self.state.answers
            return self._ask_again(None) if finished else self._old_button()
        if code in self.dialog.controls and code != "DONE":
            return self._control(code)
        return self._chosen(pick.codes)

    def typed(self, text: str) -> Turn:
        raised = self._detected(text)
        if raised is not None:
            return raised
        control = control_of(text, self.dialog.controls.values(), self.words)
        node = self.node
        if control and control != "DONE":
            return self._control(control)
        if isinstance(node, Chat):
            return self._written(node)
        if control == "DONE" and isinstance(node, Ask) and node.many:
            return self._chosen(("DONE",))
        if self.was_stopped:
            return self._ask_again(self.dialog.phrase("bot.welcome_back"))
        if isinstance(node, Language):
            return self._typed_language(text)
        value, band = self._value(text)
        if isinstance(node, Ask) and node.value == "people" and band:
            # "3" is three people here, not the third choice ("4 people").
            return self._answered(node, Answer((band,), value))
        codes = self._named(text)
        if codes:
            return self._chosen(codes)
        if isinstance(node, Ask) and value:
            return self._answered(node, Answer((band,) if band else (), value))
        return self._missed()

    def _named(self, text: str) -> tuple[str, ...]:
        many = isinstance(self.node, Ask) and self.node.many
        return tuple(options_of(text, self.options, self.words, many=many))

    def _value(self, text: str) -> tuple[str, str]:
        kind = self.node.value if isinstance(self.node, Ask) else ""
        value = value_of(fold(text), kind, self.context.today)
        return value, band_of(value, kind, self.options, self.context.today) if value else ""

    # --- what follows ------------------------------------------------------------------------

    def _chosen(self, codes: tuple[str, ...]) -> Turn:
        node = self.node
        if isinstance(node, Language):
            return self._language(codes[0] if codes else "")
        if isinstance(node, Fix):
            return self._fix(codes[0] if codes else "")
        if not isinstance(node, Ask):
            return self._old_button()
        if node.skip_code and codes == (node.skip_code,):
            return self._skip()
        options = {each.code: each for each in self.options}
        chosen = [code for code in dict.fromkeys(codes) if code in options]
        done = "DONE" in codes
        if not node.many:
            return self._answered(node, Answer((chosen[0],))) if chosen else self._missed()
        if not chosen and not done:
            return self._missed()
        return self._several(node, options, chosen, done=done)

    def _several(
        self, node: Ask, options: dict[str, Option], chosen: list[str], *, done: bool
    ) -> Turn:
        """Add to the open multi choice; end it on DONE, or at once on a choice that stands alone.

        A choice that stands alone ("I am safe") never wipes out what was picked before it.
        """
        alone = [code for code in chosen if options[code].only]
        if alone and len(chosen) == 1 and not self.state.picked:
            return self._answered(node, Answer((alone[0],)))
        picked = list(self.state.picked)
        for code in chosen:
            if options[code].only:
                continue
            if code in picked and not done:
                picked.remove(code)
            elif code not in picked:
                picked.append(code)
        if done and picked:
            return self._answered(node, Answer(tuple(picked)))
        before = self.state.picked
        misses = 0 if picked else self.state.misses
        self.state = replace(self.state, picked=tuple(picked), misses=misses)
        if not picked:
            return self._missed() if done else self._ask_again(None)
        hint = way.picked_text(self.dialog, self.state)
        new = [code for code in picked if code not in before]
        state, warned = moves.warn(self.dialog, self.state, node.id, new, self.context)
        return Turn(state, (*warned, Asked(node.id, hint)))

    def _answered(self, node: Ask, answer: Answer) -> Turn:
        state = self.state.answering(node.id, answer)
        events: tuple[Event, ...] = (Answered(node.id, answer),)
        option = node.option(answer.codes[0]) if len(answer.codes) == 1 else None
        target = option.goto if option is not None and option.goto else node.next
        return moves.go_on(self.dialog, state, target, events, self.context)

    def _control(self, code: str) -> Turn:
        dialog, state = self.dialog, self.state
        match code:
            case "HUMAN":
                return moves.hand_to_person(dialog, state, "asked", self.context)
            case "STOP":
                stopped = replace(state, stopped=True)
                return Turn(stopped, (Said(dialog.stop_text), Stopped()))
            case "LANG":
                if not isinstance(self.node, Language):
                    state = replace(state, lang_back=state.node, node=dialog.start)
                return Turn(state, (Asked(dialog.start),))
            case "BACK":
                return self._back()
            case "RESTART":
                return moves.begin_again(dialog, state, self.context)
            case "CONTINUE":
                if isinstance(self.node, Chat) and state.back_to:
                    resumed = replace(state, node=state.back_to, back_to="", misses=0)
                    return Turn(resumed, (Asked(resumed.node),))
                return self._ask_again(None)
            case "WHY":
                why = self.node.why if isinstance(self.node, Ask) else None
                return self._ask_again(why)
            case _:
                return self._skip()

    def _skip(self) -> Turn:
        if isinstance(self.node, Ask) and self.node.skip_code:
            return self._answered(self.node, Answer((self.node.skip_code,)))
        return self._ask_again(None)

    def _back(self) -> Turn:
        if isinstance(self.node, Chat):
            return self._control("CONTINUE")
        if isinstance(self.node, Language) and self.state.lang_back:
            state = replace(self.state, node=self.state.lang_back, lang_back="")
            return Turn(state, (Asked(state.node),))
        if not self.state.trail:
            return self._ask_again(self.dialog.phrase("bot.nothing_to_undo"))
        if self.state.picked:
            self.state = replace(self.state, picked=())
            return self._ask_again(None)
        last = self.state.trail[-1]
        state = way.taken_back(self.dialog, self.state, last)
        return Turn(state, (Asked(last), *moves.assessed(state, self.context)))

    def _fix(self, question: str) -> Turn:
        if question not in self.state.answers:
            return self._missed()
        state = way.taken_back(self.dialog, self.state, question)
        # The summary is put again when the answer has been given.
        return Turn(state.without(self.dialog.summary), (Asked(question),))

    def _typed_language(self, text: str) -> Turn:
        return self._language(self.context.language_of(text))

    def _language(self, lang: Lang) -> Turn:
        node = self.node
        assert isinstance(node, Language)
        if lang not in self.context.languages:
            return self._ask_again(None)
        state = replace(self.state, lang=lang, misses=0)
        chosen: tuple[Event, ...] = (LanguageChosen(lang),)
        if state.lang_back:
            state = replace(state, node=state.lang_back, lang_back="")
            said = Said(self.dialog.phrase("bot.language_changed"))
            return Turn(state, (*chosen, said, Asked(state.node)))
        return moves.go_on(self.dialog, state, node.next, chosen, self.context)

    def _written(self, node: Chat) -> Turn:
        """Free chat: one quiet receipt; the words are kept by whoever stores the turn."""
        text = node.waiting if self.state.alerted else node.alone
        if self.context.receipt_given:
            return Turn(self.state, ())
        return Turn(self.state, (Asked(node.id, text),))

    def _detected(self, text: str) -> Turn | None:
        """Follow a cry for help; in a chat that nobody waits in, also one that came before."""
        found = detect(text, self.context.detectors)
        state, node = self.state, self.node
        new = [name for name, _ in found if name not in state.detected]
        unheard = isinstance(node, Chat) and not state.alerted
        if not found or not (new or unheard):
            return None
        if unheard:
            state = way.heard_again(self.dialog, state, [name for name, _ in found])
        detected = (*state.detected, *new)
        self.state = state = replace(state, detected=detected, lang=state.lang or found[0][1])
        turn = moves.go_on(self.dialog, state, state.node, (), self.context)
        if not isinstance(node, Ask):
            return turn
        # A label may hold such words: then it is an answer too. What was picked is not lost.
        named = self._named(text)
        kept = state.picked if turn.state.node != node.id else ()
        codes = tuple(dict.fromkeys((*(state.picked if named else kept), *named)))
        return self._answered(node, Answer(codes)) if codes else turn

    def _missed(self) -> Turn:
        misses = self.state.misses + 1
        if misses >= MISSES_UNTIL_A_PERSON:
            return moves.hand_to_person(self.dialog, self.state, "stuck", self.context)
        self.state = replace(self.state, misses=misses)
        return self._ask_again(self.dialog.phrase("bot.not_understood", **self._human()))

    def _human(self) -> dict[str, Text]:
        return {"human": self.dialog.controls["HUMAN"].label}

    def _old_button(self) -> Turn:
        """Answer a button of another question; the free chat has no question to point to."""
        in_chat = isinstance(self.node, Chat)
        return self._ask_again(None if in_chat else self.dialog.phrase("bot.old_button"))

    def _ask_again(self, hint: Text | None) -> Turn:
        return Turn(self.state, (Asked(self.state.node, hint),))
