"""Explores a dialog on the real engine: every state that can behave differently, every move.

How states are merged, and why nothing is lost by it, stands in `merging`. Every answer is tried
calm and urgent, so that the exploration holds whatever the rules of triage say. Taking an answer
back, asking for a person, stopping, beginning anew, another language and a cry for help are tried
once from every place that answers lead to; what follows them is explored to its end.
"""

from collections import deque
from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import date

from bot.authoring.choosing import Chooser, Move
from bot.authoring.counting import Edge, Place
from bot.authoring.exploration import Failure
from bot.authoring.formulas import classes_of_languages
from bot.authoring.merging import Key, Merger
from bot.core.answers import Answers
from bot.core.detecting import Detectors
from bot.core.dialog import Ask, Chat, Dialog, Fix, HandOver, Language, Node, Say
from bot.core.engine import begin, take
from bot.core.events import Alerted, Answered, Asked, Event, LanguageChosen, Said, Stopped
from bot.core.model import Lang, Level
from bot.core.moves import Context, Turn
from bot.core.prompts import Prompt, prompt_of
from bot.core.state import State
from bot.core.triage import Assessment
from bot.core.understanding import Words
from bot.core.way import options_of_node

STATES_AT_MOST = 400_000
"""Where a dialog has more, its exploration is given up and says so."""

QUICK_REPLIES_AT_MOST = 13
TODAY = date(2026, 1, 15)
"""Any day: only typed dates are measured against it."""


class _Watched(dict[str, Node]):
    """The nodes of a dialog; notes which ones the engine comes by."""

    def __init__(self, nodes: Mapping[str, Node]) -> None:
        super().__init__(nodes)
        self.passed: list[str] = []

    def __getitem__(self, name: str) -> Node:
        self.passed.append(name)
        return super().__getitem__(name)


class Explorer:
    """Walks one dialog breadth first; afterwards `places` and `failures` tell what was found."""

    def __init__(
        self, dialog: Dialog, languages: Collection[Lang], *, states_at_most: int = STATES_AT_MOST
    ) -> None:
        self._nodes = _Watched(dialog.nodes)
        self.dialog = dialog
        self._walked = replace(dialog, nodes=self._nodes)
        self.classes = classes_of_languages(dialog, languages)
        self.merger = Merger(dialog)
        self._chooser = Chooser(dialog, self.merger, self.classes, TODAY)
        self._names = {lang: lang for lang in languages}
        self._at_most = states_at_most
        self._level = Level.U1
        self._context = self._made_context(tuple(languages))
        self.crisis_words = {
            node.text.address
            for node in dialog.nodes.values()
            if isinstance(node, Say) and node.crisis
        }
        self.places: list[Place] = []
        self._known: dict[Key, int] = {}
        self._queue: deque[int] = deque()
        self._turned: dict[tuple[str, str, str, bool], int] = {}
        self.answered_places = 0
        self.nodes_seen: dict[str, tuple[int, str]] = {}
        self.options_seen: set[tuple[str, str]] = set()
        self.most_quick_replies = 0
        self.failures: dict[tuple[str, str], Failure] = {}

    def _made_context(self, languages: tuple[Lang, ...]) -> Context:
        """Return a context in which the explorer says how urgent the answers are."""
        levels = {
            level: Assessment(level, (), (), None, (), None, (), (), "", mt_used=False)
            for level in (Level.U1, Level.U3)
        }

        def triage(_: Answers, __: Lang, ___: date, ____: Collection[str]) -> Assessment:
            return levels[self._level]

        return Context(
            today=TODAY,
            triage=triage,
            languages=languages,
            language_of=lambda typed: typed if typed in languages else "",
            new_session=lambda: "again",
            detectors=Detectors({}),
        )

    # --- walking -----------------------------------------------------------------------------

    def walk(self) -> None:
        """Explore until nothing new is found, or too much is.

        First by answers alone. Then at every place of these everything else is tried. The first
        time that it leads from one question to another, the ways from there are walked to their
        ends by answers again, of single choices.
        """
        turn = begin(self._walked, "run")
        self._arrive(turn.state, comforted=False, before=-1, step="")
        self._answer_all()
        self.answered_places = len(self.places)
        for here in range(self.answered_places):
            for move in self._chooser.controls(self.places[here].state):
                self._go(here, move, Level.U1)
        self._answer_all()

    def _answer_all(self) -> None:
        while self._queue:
            here = self._queue.popleft()
            if len(self.places) > self._at_most:
                self.fail("unfinished", f"more than {self._at_most:,} states", here)
                self._queue.clear()
                return
            self._look_around(here)
            state = self.places[here].state
            for move in self._chooser.moves(state, sets=not self.answered_places):
                self._go(here, move, Level.U1)
                if not state.alerted:
                    self._go(here, move, Level.U3)
            for move in self._chooser.mends(state):
                self._go(here, move, Level.U1)

    def _arrive(self, state: State, *, comforted: bool, before: int, step: str) -> int:
        key = self.merger.key(state, comforted=comforted)
        found = self._known.get(key)
        if found is None:
            found = self._known[key] = len(self.places)
            self.places.append(Place(state, comforted, before, step))
            self._queue.append(found)
        return found

    def _go(self, here: int, move: Move, level: Level) -> None:
        place = self.places[here]
        self._level = level
        state = place.state
        comforted = place.comforted
        passed: list[str] = []
        turn: Turn | None = None
        for doing in move.steps:
            self._nodes.passed = passed = []
            try:
                turn = take(self._walked, state, doing, context=self._context, words=_words)
            except Exception as error:  # noqa: BLE001  # whatever it is, it is the finding
                what = f"{type(error).__name__} at {state.node}: {error}"
                self.fail("raises", what, here, move.name)
                return
            state = turn.state
            comforted = self._comforted(here, move, turn.events, comforted=comforted)
        if turn is None or self._is_broken(here, move, turn):
            return
        for name in passed:
            self.nodes_seen.setdefault(name, (here, move.name))
        same_run = state.session == place.state.session
        step = f"{move.name} (U3)" if level is Level.U3 else move.name
        turning = (move.name, place.state.node, state.node, place.state.alerted)
        target = self._turned.get(turning, -1)
        if move.kind in {"answer", "same"} or target < 0:
            target = self._arrive(state, comforted=comforted and same_run, before=here, step=step)
            self._turned.setdefault(turning, target)
        counted = level is not Level.U3
        place.edges.append(Edge(target, move, counted=counted, ends=not same_run))

    # --- looking -----------------------------------------------------------------------------

    def _look_around(self, here: int) -> None:
        state = self.places[here].state
        self.nodes_seen.setdefault(state.node, (here, ""))
        for each in options_of_node(self.dialog, state):
            self.options_seen.add((state.node, each.code))
        for variant in self._fuller(state):
            prompt = prompt_of(self.dialog, variant, Asked(variant.node), self._names)
            count = quick_replies(prompt)
            self.most_quick_replies = max(self.most_quick_replies, count)
            if count > QUICK_REPLIES_AT_MOST:
                self.fail("crowded", f"{state.node} shows {count} quick replies", here)

    def _fuller(self, state: State) -> list[State]:
        """Return the state and, where answers of another question are listed, longer lists."""
        node = self.dialog.nodes[state.node]
        source = self.dialog.nodes.get(node.of) if isinstance(node, Ask) else None
        if not isinstance(source, Ask):
            return [state]
        codes = tuple(each.code for each in source.options if not each.only)
        answer = state.answers[source.id]
        return [
            state,
            *(
                replace(
                    state,
                    answers={**state.answers, source.id: replace(answer, codes=codes[:size])},
                )
                for size in range(2, len(codes) + 1)
            ),
        ]

    def _is_broken(self, here: int, move: Move, turn: Turn) -> bool:
        before, after = self.places[here].state, turn.state
        standing = isinstance(self.dialog.nodes.get(after.node), Ask | Chat | Fix | Language)
        if not standing or not any(isinstance(each, Asked | Stopped) for each in turn.events):
            self.fail("nowhere", f"nothing can be done after {move.name}", here, move.name)
            return True
        if Alerted("stuck") in turn.events:
            self.fail("loop", f"the way from {before.node} never ends", here, move.name)
            return True
        taken = any(isinstance(each, Answered | LanguageChosen) for each in turn.events)
        if move.kind == "answer" and not taken:
            self.fail("deaf", f"{before.node} is put again, nothing has changed", here, move.name)
            return True
        if before.alerted and not after.alerted:
            self.fail("forgets", "that a counselor was told is forgotten", here, move.name)
        return False

    def _comforted(
        self, here: int, move: Move, events: tuple[Event, ...], *, comforted: bool
    ) -> bool:
        """Tell whether safety words were said by now; fail where a crisis came before them."""
        crises = [
            name
            for name in self._nodes.passed
            if isinstance(node := self.dialog.nodes[name], HandOver) and node.reason == "crisis"
        ]
        for event in events:
            if isinstance(event, Said) and event.text.address in self.crisis_words:
                comforted = True
            elif crises and event == Alerted("crisis") and not comforted:
                what = f"{crises[0]} hands over a crisis without safety words in front"
                self.fail("unsafe", what, here, move.name)
        return comforted

    def fail(self, kind: str, what: str, here: int, step: str = "") -> None:
        """Note a failure, unless the same was met on a shorter way."""
        self.failures.setdefault((kind, what), Failure(kind, what, self.path(here, step)))

    def path_to(self, node: str) -> tuple[str, ...]:
        """Return a shortest way that comes by a node, () for one that is never met."""
        return self.path(*self.nodes_seen[node]) if node in self.nodes_seen else ()

    def path(self, here: int, step: str = "") -> tuple[str, ...]:
        """Return a shortest way to a place, and `step` after it."""
        steps = [step] if step else []
        while here > 0:
            steps.append(self.places[here].step)
            here = self.places[here].before
        return tuple(reversed(steps))


def quick_replies(prompt: Prompt) -> int:
    """Return how many quick replies LINE shows under a question.

    Answers that do not fit become a list of buttons, and "why do you ask?" gives way first.
    """
    answers = sum(each.kind == "answer" for each in prompt.offers)
    others = sum(each.kind in {"done", "control"} for each in prompt.offers)
    why = sum(each.code == "WHY" for each in prompt.offers)
    if answers + others - why > QUICK_REPLIES_AT_MOST:
        answers = 0
    needed = answers + others
    return needed - why if needed > QUICK_REPLIES_AT_MOST else needed


def _words(_: Lang) -> Words:
    return lambda text: text.source
