"""The merged exploration against brute force: small random dialogs, every sequence of answers."""

from itertools import combinations, pairwise

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from bot.authoring.counting import tally
from bot.authoring.explore import Explorer
from bot.core.condition import ALWAYS, Condition
from bot.core.dialog import Ask, Chat, Dialog, Node
from bot.core.engine import begin, take
from bot.core.events import Asked
from bot.core.model import Pick
from bot.core.state import State
from bot.core.way import options_of_node
from tests.support.tiny_dialogs import (
    answered,
    ask,
    branch,
    calm,
    decide,
    not_,
    option,
    say,
    spoken,
    tiny,
)

PATIENT = settings(
    max_examples=120,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=(Phase.explicit, Phase.reuse, Phase.generate, Phase.shrink),
)
QUESTIONS = ("A", "B", "C", "D", "X", "Y")
CODES = ("1", "2", "3")


def code_of(question: str, code: str) -> str:
    return f"{question}{code}"


atom = st.builds(
    lambda question, codes: Condition(
        "answered",
        question=question,
        values=frozenset(code_of(question, code) for code in codes),
    ),
    st.sampled_from(QUESTIONS),
    st.sets(st.sampled_from(CODES), min_size=1, max_size=2),
)
condition = st.recursive(
    st.one_of(atom, atom, st.just(spoken("en"))),
    lambda inner: st.one_of(
        st.builds(not_, inner),
        st.builds(
            lambda op, parts: Condition(op, tuple(parts)),
            st.sampled_from(["all", "any"]),
            st.lists(inner, min_size=2, max_size=2),
        ),
    ),
    max_leaves=3,
)
# Branches fire for plain reasons, so that several of them wait and follow one another.
reason = st.one_of(
    atom,
    st.builds(lambda one, other: Condition("any", (one, other)), atom, atom),
    st.builds(lambda one, other: Condition("all", (one, not_(other))), atom, atom),
)
maybe = st.one_of(st.just(ALWAYS), st.just(ALWAYS), condition)


@st.composite
def dialogs(draw) -> Dialog:
    """Four questions in a row, some conditional or listing, and two branches of one question."""
    nodes: list[Node] = []
    line = ["A", "B", "C", "D", "END"]
    for name, after in pairwise(line):
        later = st.sampled_from(line[line.index(after) :])
        if name == "C" and draw(st.booleans()):
            nodes.append(ask("C", next=after, of="A", when=draw(maybe), skip=draw(st.booleans())))
            continue
        options = [
            option(
                code_of(name, code),
                goto=draw(st.one_of(st.just(""), st.just(""), later)),
                only=code == "3" and draw(st.booleans()),
                when=draw(maybe) if code == "2" and name == "D" else ALWAYS,
            )
            for code in CODES
        ]
        nodes.append(
            ask(
                name,
                *options,
                next=after,
                many=name in {"A", "D"} and draw(st.booleans()),
                when=draw(maybe),
                skip=draw(st.booleans()),
            )
        )
    nodes.append(decide("END", draw(condition), "BYE", next="CHAT"))
    nodes.append(say("BYE", "CHAT"))
    back = st.sampled_from(["B", "C", "D", "CHAT"])
    for name in ("X", "Y"):
        codes = [code_of(name, code) for code in CODES[:2]]
        nodes.append(ask(name, *codes, next=draw(back), when=draw(maybe)))
    interrupts = [
        branch(name.lower(), draw(reason), name, detour=draw(st.booleans()))
        for name in draw(st.permutations(["X", "Y"]))
    ]
    return tiny(*nodes, interrupts=interrupts)


def answers_at(dialog: Dialog, state: State) -> list[tuple[str, ...]]:
    node = dialog.nodes[state.node]
    if not isinstance(node, Ask):
        return [("ja",), ("en",)]
    offered = options_of_node(dialog, state)
    given: list[tuple[str, ...]] = [(each.code,) for each in offered if each.only or not node.many]
    free = [each.code for each in offered if not each.only] if node.many else []
    for size in range(1, len(free) + 1):
        given.extend((*codes, "DONE") for codes in combinations(free, size))
    return [*given, *([("SKIP",)] if node.skip_code else [])]


class Force:
    """Every sequence of answers, one by one."""

    def __init__(self, dialog: Dialog) -> None:
        self.dialog = dialog
        self.paths = 0
        self.longest = 0
        self.asked: set[str] = set()
        self.states: list[State] = []
        self._walk(begin(dialog, "run").state, 0)

    def step(self, state: State, codes: tuple[str, ...]) -> State:
        pick = Pick(state.session, state.node, codes)
        context = calm("ja", "en")
        turn = take(self.dialog, state, pick, context=context, words=lambda _: lambda t: t.source)
        assert Asked in map(type, turn.events)
        return turn.state

    def _walk(self, state: State, questions: int) -> None:
        self.asked.add(state.node)
        self.states.append(state)
        if isinstance(self.dialog.nodes[state.node], Chat):
            self.paths += 1
            self.longest = max(self.longest, questions)
            return
        more = isinstance(self.dialog.nodes[state.node], Ask)
        for codes in answers_at(self.dialog, state):
            self._walk(self.step(state, codes), questions + more)


@PATIENT
@given(dialogs())
def test_merged_states_count_and_reach_what_brute_force_does(dialog):
    force = Force(dialog)
    explorer = Explorer(dialog, ["ja", "en"])
    explorer.walk()
    counted = tally(dialog, explorer.merger, explorer.places)
    assert (counted.paths.get((), 0), counted.longest) == (force.paths, force.longest)
    merged = {each.state.node for each in explorer.places[: explorer.answered_places]}
    assert merged == force.asked


def assert_one_key_leads_to_one_key(dialog: Dialog) -> None:
    """The same answers lead from states of one key to states of one key, choices included."""
    force = Force(dialog)
    merger = Explorer(dialog, ["ja", "en"]).merger
    follows: dict[object, dict[tuple[str, ...], object]] = {}
    for state in force.states:
        if isinstance(dialog.nodes[state.node], Chat):
            continue
        lists = getattr(dialog.nodes[state.node], "of", "")
        after: dict[tuple[str, ...], object] = {
            codes: merger.key(force.step(state, codes), comforted=False)
            for codes in answers_at(dialog, state)
        }
        # From a list the same can be chosen or not, by what was given before: its keys suffice.
        if lists:
            after = {("any",): frozenset(after.values())}
        assert follows.setdefault(merger.key(state, comforted=False), after) == after


@PATIENT
@given(dialogs())
def test_states_with_one_key_are_asked_the_same_whatever_is_answered(dialog):
    assert_one_key_leads_to_one_key(dialog)


def led_back() -> Dialog:
    """A branch leads back to C, which is not put in English then; A2 passes C by at first."""
    in_english_after_d1 = Condition("all", (answered("D", "D1"), spoken("en")))
    return tiny(
        ask("A", "A1", option("A2", goto="D"), next="C"),
        ask("C", "C1", next="D", when=not_(in_english_after_d1)),
        ask("D", "D1", "D2", next="CHAT"),
        ask("Y", "Y1", next="C"),
        interrupts=[branch("y", answered("D", "D1"), "Y")],
    )


def keys_at_d(dialog: Dialog, a: str) -> list[object]:
    """The keys in front of D, one for each language, after this answer to A."""
    merger = Explorer(dialog, ["ja", "en"]).merger
    return [
        merger.key(each, comforted=False)
        for each in Force(dialog).states
        if each.node == "D" and each.answers["A"].codes == (a,)
    ]


def test_an_answered_question_that_a_branch_leads_back_to_keeps_no_states_apart():
    """C is passed over wherever it is answered, so its condition must not tell languages apart."""
    japanese, english = keys_at_d(led_back(), "A1")
    assert japanese == english
    assert_one_key_leads_to_one_key(led_back())


def test_an_open_question_that_a_branch_leads_to_keeps_states_apart_by_its_condition():
    """Without an answer C is put after the branch in one language and not in the other."""
    dialog = led_back()
    japanese, english = keys_at_d(dialog, "A2")
    assert japanese != english
    at_c_after_y = {
        each.lang for each in Force(dialog).states if each.node == "C" and "Y" in each.answers
    }
    assert at_c_after_y == {"ja"}


def test_brute_force_would_notice_a_key_that_merges_too_much():
    """The comparison can fail: without the condition on it, two different states look alike."""

    def dialog(when: Condition) -> Dialog:
        return tiny(
            ask("A", "A1", "A2", next="B"),
            ask("B", "B1", next="D"),
            ask("D", "D1", "D2", next="CHAT", when=when),
        )

    whole = dialog(answered("A", "A1"))
    at_b = [each for each in Force(whole).states if each.node == "B" and each.lang == "ja"]

    def keys(of: Dialog) -> set[object]:
        merger = Explorer(of, ["ja", "en"]).merger
        return {merger.key(each, comforted=False) for each in at_b}

    assert (len(keys(whole)), len(keys(dialog(ALWAYS)))) == (2, 1)
