"""The dialog engine: begin(…) and take(…) turn what a resident did into a state and events."""

from collections.abc import Callable
from dataclasses import dataclass

from bot.core import moves, way
from bot.core.answers import Answer
from bot.core.detecting import detect
from bot.core.dialog import Ask, Chat, Dialog, Fix, Language, Option
from bot.core.events import Asked, Said, Stopped
from bot.core.model import Lang, Pick
from bot.core.moves import Context, Turn
from bot.core.standing import Standing, stands
from bot.core.state import State, changed
from bot.core.understanding import Words, control_of, fold, options_of
from bot.core.values import FREE, band_of, value_of

INSULTS_UNTIL_A_REST = 3
"""After so many messages that held nothing but insults the bot rests (triage 4.6)."""

WAYS_OUT = ("STOP", "LANG")
"""Controls that act from every bubble of the run; HUMAN acts from any bubble at all."""


@dataclass(frozen=True, slots=True)
class Typed:
    """The resident wrote something."""

    text: str


@dataclass(frozen=True, slots=True)
class Overheard:
    """The Japanese translation of what the resident wrote set off these detectors."""

    detectors: tuple[str, ...]


Doing = Pick | Typed | Overheard


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
    if not stands(dialog, state):
        return moves.hand_to_person(dialog, state, "stuck", context)
    run = _Run(dialog, state, context, words)
    match doing:
        case Pick():
            return run.picked(doing)
        case Overheard():
            return run.overheard(doing.detectors)
        case Typed():
            return run.typed(doing.text)


class _Run(Standing):
    """What the resident did, read where they stand."""

    def picked(self, pick: Pick) -> Turn:
        code = pick.codes[0] if pick.codes else ""
        if code == "HUMAN":
            return self.control(code)
        if pick.session != self.state.session:
            return self.old_button()
        if code in WAYS_OUT:
            return self.control(code)
        if pick.question == self.dialog.start and code in self.context.languages:
            return self.language(code)
        if pick.question != self.state.node:
            finished = code == "DONE" and pick.question in self.state.answers
            return self.ask_again(None) if finished else self.old_button()
        if code in self.dialog.controls and code != "DONE":
            return self.control(code)
        return self._chosen(pick.codes)

    def typed(self, text: str) -> Turn:
        found = detect(text, self.context.detectors)
        raised = self._detected(found, text) if found else None
        if raised is not None:
            return raised
        control = control_of(text, self.dialog.controls.values(), self.words)
        node = self.node
        if control and control != "DONE":
            return self.control(control)
        if any(name == "abuse" for name, _ in found):
            return self._insulted()
        if isinstance(node, Chat):
            return self._in_another_language(text) or self._written(node)
        if control == "DONE" and isinstance(node, Ask) and node.many:
            return self._chosen(("DONE",))
        if self.was_stopped:
            return self.ask_again(self.dialog.phrase("bot.welcome_back"))
        if isinstance(node, Language):
            return self.language(self.context.language_of(text))
        value, band = self._value(text)
        if isinstance(node, Ask) and node.value == "people" and band:
            # "3" is three people here, not the third choice ("4 people").
            return self.answered(node, Answer((band,), value))
        codes = self._named(text)
        if codes:
            return self._chosen(codes)
        if isinstance(node, Ask) and value:
            return self.answered(node, Answer((band,) if band else (), value))
        phone = isinstance(node, Ask) and node.value == "phone"
        return self._in_another_language(text) or self.missed(
            "bot.phone_not_understood" if phone else "bot.not_understood"
        )

    def _in_another_language(self, text: str) -> Turn | None:
        """Offer a switch, once a language, to somebody who writes in another language.

        The language itself is never changed by what somebody wrote.
        """
        state, phrases = self.state, self.dialog.phrases
        lang = self.context.guessed(text)
        if not lang or lang in state.offered or "bot.another_language" not in phrases:
            return None
        if lang.split("-")[0] == state.lang.split("-")[0] or lang not in self.context.languages:
            return None
        state = changed(state, offered=(*state.offered, lang))
        said = Said(self.dialog.phrase("bot.another_language"), lang=lang)
        return Turn(state, (said, Asked(self.dialog.start)))

    def overheard(self, detectors: tuple[str, ...]) -> Turn:
        """Follow what only the translation showed; else nothing happens and nothing is said."""
        found = [(name, self.state.lang) for name in detectors]
        return self._detected(found, "") or Turn(self.state, ())

    def _named(self, text: str) -> tuple[str, ...]:
        many = isinstance(self.node, Ask) and self.node.many
        return tuple(options_of(text, self.options, self.words, many=many))

    def _value(self, text: str) -> tuple[str, str]:
        kind = self.node.value if isinstance(self.node, Ask) else ""
        value = value_of(text if kind in FREE else fold(text), kind, self.context.today)
        return value, band_of(value, kind, self.options, self.context.today) if value else ""

    def _chosen(self, codes: tuple[str, ...]) -> Turn:
        node = self.node
        if isinstance(node, Language):
            return self.language(codes[0] if codes else "")
        if isinstance(node, Fix):
            return self.fix(codes[0] if codes else "")
        if not isinstance(node, Ask):
            return self.old_button()
        if node.skip_code and codes == (node.skip_code,):
            return self.skip()
        options = {each.code: each for each in self.options}
        chosen = [code for code in dict.fromkeys(codes) if code in options]
        done = "DONE" in codes
        if not node.many:
            return self.answered(node, Answer((chosen[0],))) if chosen else self.missed()
        if not chosen and not done:
            return self.missed()
        return self._several(node, options, chosen, done=done)

    def _several(
        self, node: Ask, options: dict[str, Option], chosen: list[str], *, done: bool
    ) -> Turn:
        """Add to the open multi choice; end it on DONE, or at once on a choice that stands alone.

        A choice that stands alone ("I am safe") never wipes out what was picked before it.
        """
        alone = [code for code in chosen if options[code].only]
        if alone and len(chosen) == 1 and not self.state.picked:
            return self.answered(node, Answer((alone[0],)))
        picked = list(self.state.picked)
        for code in chosen:
            if options[code].only:
                continue
            if code in picked and not done:
                picked.remove(code)
            elif code not in picked:
                picked.append(code)
        if done and picked:
            return self.answered(node, Answer(tuple(picked)))
        before = self.state.picked
        misses = 0 if picked else self.state.misses
        self.state = changed(self.state, picked=tuple(picked), misses=misses)
        if not picked:
            return self.missed() if done else self.ask_again(None)
        hint = way.picked_text(self.dialog, self.state)
        new = [code for code in picked if code not in before]
        state, warned = moves.warn(self.dialog, self.state, node.id, new, self.context)
        return Turn(state, (*warned, Asked(node.id, hint)))

    def _written(self, node: Chat) -> Turn:
        """Free chat: one quiet receipt; the words are kept by whoever stores the turn."""
        text = node.waiting if self.state.alerted else node.alone
        if self.context.receipt_given:
            return Turn(self.state, ())
        return Turn(self.state, (Asked(node.id, text),))

    def _detected(self, found: list[tuple[str, str]], text: str) -> Turn | None:
        """Follow a cry for help; in a chat that nobody waits in, also one that came before."""
        cries = [(name, lang) for name, lang in found if name != "abuse"]
        state, node = self.state, self.node
        new = [name for name, _ in cries if name not in state.detected]
        unheard = isinstance(node, Chat) and not state.alerted
        if not cries or not (new or unheard):
            return None
        if unheard:
            state = way.heard_again(self.dialog, state, [name for name, _ in cries])
        detected = (*state.detected, *new)
        self.state = state = changed(state, detected=detected, lang=state.lang or cries[0][1])
        turn = moves.go_on(self.dialog, state, state.node, (), self.context)
        if not isinstance(node, Ask) or not text:
            return turn
        # A label may hold such words: then it is an answer too. What was picked is not lost.
        named = self._named(text)
        kept = state.picked if turn.state.node != node.id else ()
        codes = tuple(dict.fromkeys((*(state.picked if named else kept), *named)))
        return self.answered(node, Answer(codes)) if codes else turn

    def _insulted(self) -> Turn:
        """Set a boundary twice, then rest; never insult back. A cry for help is always followed."""
        insults = self.state.insults + 1
        self.state = state = changed(self.state, insults=insults)
        if insults < INSULTS_UNTIL_A_REST:
            return self.ask_again(self.dialog.phrase("bot.boundary"))
        if insults > INSULTS_UNTIL_A_REST:
            return Turn(changed(state, stopped=self.was_stopped), ())
        state = changed(state, stopped=True, detected=(*state.detected, "abuse"))
        said = Said(self.dialog.phrase("bot.boundary_end"))
        return Turn(state, (said, *moves.assessed(state, self.context), Stopped()))
