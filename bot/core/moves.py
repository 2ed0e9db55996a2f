"""How a dialog moves on by itself: branches, interrupts, hand-overs, results."""

from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from datetime import date

from bot.core import cards
from bot.core.answers import Answer, Answers
from bot.core.detecting import Detectors
from bot.core.dialog import (
    Ask,
    Chat,
    Decide,
    Dialog,
    Fix,
    Forget,
    HandOver,
    Interrupt,
    Language,
    Result,
    Say,
)
from bot.core.events import Alerted, Answered, Asked, Assessed, Event, Forgot, Said, Stopped
from bot.core.model import Lang, Level
from bot.core.state import State, changed
from bot.core.triage import Assessment
from bot.core.way import interrupt_of, options_of_node, warning_of

MAX_STEPS = 100
"""Loop guard: a checked dialog never comes near; one that does is handed to a person."""


@dataclass(frozen=True, slots=True)
class Context:
    """What the engine cannot know by itself, passed in with every step.

    `receipt_given`: the resident was told already that a free text arrived, and nobody has
    answered since. `language_of` reads a typed language name or number, '' if it is none.
    `guessed` tells the language that a text is written in where that is sure, else ''; it is a
    hint, and never changes the language by itself.
    """

    today: date
    triage: Callable[[Answers, Lang, date, Collection[str]], Assessment]
    languages: tuple[Lang, ...]
    language_of: Callable[[str], Lang]
    new_session: Callable[[], str]
    detectors: Detectors
    receipt_given: bool = False
    guessed: Callable[[str], Lang] = field(default=lambda _: "")


@dataclass(frozen=True, slots=True)
class Turn:
    """Where the resident stands now, and what happened on the way."""

    state: State
    events: tuple[Event, ...]


def go_on(
    dialog: Dialog, state: State, target: str, before: tuple[Event, ...], context: Context
) -> Turn:
    """Walk from `target` to the next place where the resident is asked something."""
    events = list(before)
    known_level = state.level
    state, target = _turn_off(dialog, state, target, events, context)
    for _ in range(MAX_STEPS):
        node = dialog.nodes[target]
        match node:
            case Ask():
                step = _arrive(dialog, node, state)
                if step is None:
                    state = _told_today(dialog, node, state, known_level, events)
                    return Turn(changed(state, node=node.id), (*events, Asked(node.id)))
                state, target, answered = step
                events.extend(answered)
            case Chat():
                state = _told_today(dialog, node, state, known_level, events)
                return Turn(changed(state, node=node.id, misses=0), _into_chat(node.id, events))
            case Forget():
                return _forgotten(dialog, node, state, events, context)
            case Fix() | Language():
                events.append(Asked(node.id))
                return Turn(changed(state, node=node.id, misses=0), tuple(events))
            case _:
                state, target = _pass_by(dialog, node, state, events, context)
    return hand_to_person(dialog, state, "stuck", context)


def _turn_off(
    dialog: Dialog, state: State, target: str, events: list[Event], context: Context
) -> tuple[State, str]:
    """Assess, and follow an interrupt where one holds now."""
    state = _raise_level(state, events, context)
    interrupt = interrupt_of(dialog, state, on_main_path=state.node in dialog.main_path)
    if interrupt is None:
        return state, target
    return _followed(dialog, state, interrupt, target)


def _followed(dialog: Dialog, state: State, interrupt: Interrupt, target: str) -> tuple[State, str]:
    """Enter a branch; a detour remembers `target`, all others leave the way for good."""
    first = dialog.nodes[interrupt.goto]
    state = changed(
        state,
        fired=(*state.fired, interrupt.id),
        picked=(),
        resume=target if interrupt.detour else "",
    )
    if isinstance(first, Say) and first.id in state.warned:
        return state, first.next
    return state, interrupt.goto


def warn(
    dialog: Dialog, state: State, question: str, new: Collection[str], context: Context
) -> tuple[State, tuple[Event, ...]]:
    """Say safety words the moment a danger is picked; more may be picked, and DONE leads on.

    Nobody whose life is in danger has to find a second button first.
    """
    words = warning_of(dialog, state, question, new)
    if words is None:
        return state, ()
    answers = {**state.answers, question: Answer(state.picked)}
    assessment = _assess(changed(state, answers=answers), context)
    state = changed(
        state,
        warned=(*state.warned, words.id),
        level=max(state.level, int(assessment.level)),
        alerted=True,
    )
    return state, (Assessed(assessment), Alerted("crisis"), Said(words.text))


def _told_today(
    dialog: Dialog, place: Ask | Chat, state: State, known_level: int, events: list[Event]
) -> State:
    """Put the conversation into the queue where somebody must act today, before going on.

    Inside a branch a person knows before its questions are answered. On the way through all the
    questions the resident is told; where the branch led to a hand-over that has been done.
    """
    if state.level < Level.U3 or any(isinstance(event, Alerted) for event in events):
        return state
    if place.id not in dialog.main_path:
        if state.alerted:
            return state
        events.append(Alerted("crisis"))
    elif known_level < Level.U3 and not state.sent:
        events.append(Alerted("rule"))
        if not state.alerted:
            human = dialog.controls["HUMAN"].label
            events.append(Said(dialog.phrase("bot.today_help", human=human)))
    else:
        return state
    return changed(state, alerted=True)


def _pass_by(
    dialog: Dialog,
    node: Say | Decide | HandOver | Result,
    state: State,
    events: list[Event],
    context: Context,
) -> tuple[State, str]:
    """Do what a node says that asks nothing."""
    match node:
        case Say():
            if node.id not in state.heard:
                events.append(Said(node.text))
                if node.id in dialog.main_path and not node.crisis:
                    state = changed(state, heard=(*state.heard, node.id))
        case Decide():
            chosen = next((goto for when, goto in node.cases if when.holds(state)), node.next)
            return state, chosen
        case HandOver():
            state = changed(state, alerted=True, sent=state.sent or node.reason == "sent")
            events.append(Alerted(node.reason))
            if node.text is not None:
                events.append(Said(node.text))
        case Result():
            state = _result(dialog, node, state, events, context)
    return state, node.next


def _forgotten(
    dialog: Dialog, node: Forget, state: State, events: list[Event], context: Context
) -> Turn:
    """Begin anew without asking anything: only the language and the place in the queue stay."""
    fresh = State(dialog.id, dialog.version, context.new_session(), node.next, lang=state.lang)
    fresh = changed(fresh, stopped=True, alerted=state.alerted, furigana=state.furigana)
    return Turn(fresh, (*events, Said(node.text), Forgot(), Stopped()))


def begin_again(dialog: Dialog, state: State, context: Context) -> Turn:
    """Start anew, with new buttons; the language stays, and so does the place in the queue."""
    session = context.new_session()
    fresh = State(dialog.id, dialog.version, session, dialog.start, alerted=state.alerted)
    fresh = changed(fresh, furigana=state.furigana)
    first = dialog.nodes[dialog.start]
    if not state.lang or not isinstance(first, Language):
        return Turn(fresh, (Asked(dialog.start),))
    return go_on(dialog, changed(fresh, lang=state.lang), first.next, (), context)


def hand_to_person(dialog: Dialog, state: State, reason: str, context: Context) -> Turn:
    """Put the conversation into the queue; its question can be taken up again later."""
    node = dialog.nodes[dialog.human]
    assert isinstance(node, HandOver)
    here = dialog.nodes.get(state.node)
    back_to = state.node if isinstance(here, Ask | Fix | Language) else state.back_to
    events: list[Event] = [*assessed(state, context), Alerted(reason)]
    said = dialog.phrase("bot.stuck") if reason == "stuck" else node.text
    if said is not None:
        events.append(Said(said))
    after = changed(state, node=dialog.chat, alerted=True, back_to=back_to, misses=0)
    return Turn(after, _into_chat(dialog.chat, events))


def _into_chat(chat: str, events: list[Event]) -> tuple[Event, ...]:
    """Open the free chat with the last words said, if there are any, instead of more words."""
    last = events[-1] if events else None
    if isinstance(last, Said):
        return (*events[:-1], Asked(chat, last.text))
    return (*events, Asked(chat))


def assessed(state: State, context: Context) -> tuple[Event, ...]:
    """Return the event that carries the assessment of the answers so far."""
    return (Assessed(_assess(state, context)),)


def _assess(state: State, context: Context) -> Assessment:
    return context.triage(state.answers, state.lang, context.today, state.detected)


def _raise_level(state: State, events: list[Event], context: Context) -> State:
    if not (state.answers or state.detected):
        return state
    assessment = _assess(state, context)
    events.append(Assessed(assessment))
    if assessment.level <= state.level:
        return state
    return changed(state, level=int(assessment.level))


def _arrive(dialog: Dialog, node: Ask, state: State) -> tuple[State, str, tuple[Event, ...]] | None:
    """Return how to go on past a question, or None where it has to be put.

    Coming back from a branch to the main path, an interrupt that still waits has its turn first.
    A question that lists answers of another is answered by itself when there is only one.
    """
    if state.node not in dialog.main_path and node.id in dialog.main_path:
        pending = interrupt_of(dialog, state, on_main_path=True)
        if pending is not None:
            state, goto = _followed(dialog, changed(state, node=node.id), pending, node.id)
            return state, goto, ()
    if node.id in state.answers or not node.when.holds(state):
        if state.resume:
            return changed(state, resume=""), state.resume, ()
        return state, node.next, ()
    if node.of:
        options = options_of_node(dialog, changed(state, node=node.id))
        if not options:
            return state, node.next, ()
        if len(options) == 1:
            answer = Answer((options[0].code,))
            known = changed(state, answers={**state.answers, node.id: answer})
            return known, node.next, (Answered(node.id, answer),)
    return None


def _result(
    dialog: Dialog, node: Result, state: State, events: list[Event], context: Context
) -> State:
    assessment = _assess(state, context)
    events.append(Said(node.texts[assessment.level]))
    if state.sent:
        events.append(Said(node.sent[assessment.level]))
    elif not state.alerted:
        events.append(Said(node.unsent))
    known = cards.to_show(dialog, (code for code, _ in assessment.suggestions), context.today)
    events.extend(cards.shown(dialog, known, state.lang, context.today))
    events.append(Said(node.worse))
    return changed(state, more=known[cards.CARDS_AT_ONCE :])


def more_cards(dialog: Dialog, state: State, context: Context) -> Turn:
    """Show the next cards, where some are left."""
    left = cards.to_show(dialog, state.more, context.today)
    said = cards.shown(dialog, left, state.lang, context.today)
    state = changed(state, more=left[cards.CARDS_AT_ONCE :])
    return Turn(state, (*said, Asked(state.node)))
