"""The way so far: what is known, what is on offer, and how answers are taken back."""

from collections.abc import Collection

from bot.core.answers import Answer
from bot.core.condition import ALWAYS
from bot.core.dialog import Ask, Dialog, Fix, Interrupt, Option, Say, reachable
from bot.core.model import Text
from bot.core.state import State, changed


def told_questions(dialog: Dialog, state: State) -> list[str]:
    """Return the answered questions that have a heading, in the order of the dialog.

    An answer that was changed later keeps its place.
    """
    return [
        name for name in dialog.nodes if name in state.trail and f"topic.{name}" in dialog.phrases
    ]


def options_of_node(dialog: Dialog, state: State) -> tuple[Option, ...]:
    """Return the options on offer at the state's node, in the order of their numbers."""
    node = dialog.nodes[state.node]
    if isinstance(node, Fix):
        return tuple(
            Option(question, dialog.phrases[f"topic.{question}"])
            for question in told_questions(dialog, state)
        )
    if not isinstance(node, Ask):
        return ()
    if node.of:
        source = dialog.nodes[node.of]
        assert isinstance(source, Ask)
        chosen = state.answers[node.of].codes if node.of in state.answers else ()
        return tuple(each for each in source.options if each.code in chosen)
    if all([each.when is ALWAYS for each in node.options]):  # noqa: C419  # quicker, if less lazy
        return node.options
    return tuple(each for each in node.options if each.when.holds(state))


def question_of(node: Ask, state: State) -> Text:
    """Return the wording of a question for this resident."""
    if node.variants:
        return next((text for when, text in node.variants if when.holds(state)), node.text)
    return node.text


def picked_text(dialog: Dialog, state: State) -> Text:
    """Return the sentence that lists what is picked so far."""
    labels = {each.code: each.label for each in options_of_node(dialog, state)}
    return dialog.phrase(
        "bot.picked",
        labels=tuple(labels[code] for code in state.picked if code in labels),
        done=dialog.controls["DONE"].label,
    )


def mended(dialog: Dialog, state: State) -> State:
    """Return the state without places that this version of the dialog no longer has."""
    knows = dialog.nodes.__contains__
    ways_back = filter(None, (state.back_to, state.lang_back, state.resume))
    if all(map(knows, (*state.trail, *state.heard, *ways_back))):
        return state
    return changed(
        state,
        trail=tuple(each for each in state.trail if each in dialog.nodes),
        back_to=state.back_to if state.back_to in dialog.nodes else "",
        lang_back=state.lang_back if state.lang_back in dialog.nodes else "",
        resume=state.resume if state.resume in dialog.nodes else "",
        heard=tuple(each for each in state.heard if each in dialog.nodes),
    )


def taken_back(dialog: Dialog, state: State, question: str) -> State:
    """Return the state at `question` without its answer and those that hang on it alone.

    An interrupt may fire again whose reason was taken back, or whose branch was left backwards
    (one that waited behind another branch). What was written is not asked about a second time.
    """
    here = state.node
    state = changed(_without(dialog, state, question), node=question)
    told = changed(state, detected=())

    def stays(each: Interrupt) -> bool:
        left = here not in dialog.main_path and question not in reachable(dialog.nodes, each.goto)
        return each.when.holds(state) and not (left and each.when.holds(told))

    fired = tuple(each.id for each in dialog.interrupts if each.id in state.fired and stays(each))
    # The way back after a detour is no more: what is asked next is what comes after this answer.
    return changed(state, fired=fired, warned=(), resume="")


def warning_of(dialog: Dialog, state: State, question: str, codes: Collection[str]) -> Say | None:
    """Return the safety words that these picks ask for, before the multi choice is ended."""
    picked = changed(state, answers={**state.answers, question: Answer(tuple(codes))})
    for each in dialog.interrupts:
        node = dialog.nodes[each.goto]
        waits = each.id not in state.fired and node.id not in state.warned
        if waits and isinstance(node, Say) and node.crisis and each.when.holds(picked):
            # What waits for another reason has its turn anyway.
            return None if each.when.holds(state) else node
    return None


def _without(dialog: Dialog, state: State, question: str) -> State:
    """Return the state without an answer, and without those that were only asked because of it."""
    state, gone = state.without(question), {question}
    for node in dialog.nodes.values():
        if node.id not in state.answers or not isinstance(node, Ask):
            continue
        if node.of in gone or (
            not gone.isdisjoint(node.when.questions()) and not node.when.holds(state)
        ):
            state, gone = state.without(node.id), {*gone, node.id}
    return state


def heard_again(dialog: Dialog, state: State, detected: Collection[str]) -> State:
    """Return the state ready to ask anew about what was written, though it was asked before."""
    written = changed(state, answers={}, detected=tuple(detected), alerted=False)
    for each in dialog.interrupts:
        if each.id in state.fired and each.when.holds(written):
            for question in reachable(dialog.nodes, each.goto) - dialog.main_path:
                state = state.without(question)
            state = changed(state, fired=tuple(name for name in state.fired if name != each.id))
    return state


def interrupt_of(dialog: Dialog, state: State, *, on_main_path: bool) -> Interrupt | None:
    """Return the interrupt to follow now; inside a branch only a more urgent one may take over."""
    for each in dialog.interrupts:
        if each.id in state.fired:
            if not on_main_path and each.id == state.fired[-1]:
                return None
            continue
        if each.when.holds(state):
            return each
    return None
