"""Random walks: whatever residents do, they are answered, and the free chat stays within reach."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.core.dialog import Ask, Chat, Fix, Language
from bot.core.engine import Overheard, take
from bot.core.events import Asked, Said, Stopped
from bot.core.graphemes import grapheme_count
from bot.core.state import State
from bot.service.wording import asked, said
from tests.support.dialogs import CATALOGS, DIALOG, LANGS, Resident, make_context, words

PATIENT = settings(max_examples=120, deadline=None, suppress_health_check=list(HealthCheck))
TAPS_TO_THE_CHAT = 60

garbage = st.one_of(
    st.text(max_size=30),
    st.sampled_from(
        [
            *("", " ", "0", "1", "2,3", "99", "-1", "५", "१/२", "12/5", "2026-02-30", "5000円"),
            *("死にたい", "tu tu", "he hits me", "やめる", "もどる", "なぜ", "human", "continue"),
            *("restart", "はじめから", "done", "ことば", "🙂", "\u0000", "𝟛", "١", "²", "①"),
        ]
    ),
)
codes = st.sampled_from(
    sorted(
        {
            *DIALOG.controls,
            *DIALOG.nodes,
            *LANGS,
            *(each.code for node in DIALOG.nodes.values() for each in getattr(node, "options", ())),
            *("", "NOPE", "MX", "NOSAY"),
        }
    )
)
offered_tap = st.tuples(st.just("offered"), st.integers(0, 40))
garbage_tap = st.tuples(st.just("tap"), st.lists(codes, max_size=4))
old_tap = st.tuples(st.just("old"), codes)
typed = st.tuples(st.just("type"), garbage)
# Mostly what is on offer, so that a walk gets somewhere.
actions = st.lists(
    st.one_of(offered_tap, offered_tap, offered_tap, offered_tap, garbage_tap, old_tap, typed),
    max_size=25,
)


def act(resident: Resident, action: tuple[str, object]) -> None:
    match action:
        case ("offered", int(place)):
            on_offer = resident.offered if has_prompt(resident) else ["X"]
            resident.taps(on_offer[place % len(on_offer)])
        case ("tap", list(several)):
            resident.taps(*several)
        case ("old", str(code)):
            resident.taps(code, question="Q1", session="older")
        case ("type", str(text)):
            resident.types(text)
        case _:
            raise AssertionError(action)


def has_prompt(resident: Resident) -> bool:
    return any(isinstance(event, Asked) for event in resident.turn.events)


def check_step(resident: Resident, before: State) -> None:
    events = resident.turn.events
    in_chat = isinstance(DIALOG.nodes[resident.at], Chat)
    told = [event for event in events if isinstance(event, Said | Asked)]
    assert told or (in_chat and resident.context.receipt_given)
    assert resident.state == resident.turn.state
    if before.session == resident.state.session:
        assert resident.state.level >= before.level or before.level == 0


def check_words(resident: Resident, lang: str) -> None:
    for event in resident.turn.events:
        if isinstance(event, Said):
            bubble = said(event.text, lang, CATALOGS)
            assert bubble.text
            assert "{" not in bubble.text
        elif isinstance(event, Asked):
            bubble = asked(DIALOG, resident.state, event, lang, CATALOGS)
            assert bubble.text
            assert bubble.choices
            assert all(grapheme_count(choice.label) <= 20 for choice in bubble.choices)
            assert len({choice.code for choice in bubble.choices}) == len(bubble.choices)


@PATIENT
@given(st.sampled_from(["", *LANGS]), actions)
def test_whatever_is_done_gets_an_answer_and_loses_nothing(lang, steps):
    resident = Resident(lang)
    for step in steps:
        before = resident.state
        act(resident, step)
        check_step(resident, before)
        if not resident.state.stopped:
            check_words(resident, LANGS[len(resident.all_events) % len(LANGS)])


@PATIENT
@given(st.sampled_from(LANGS), actions)
def test_the_free_chat_is_never_far(lang, steps):
    resident = Resident(lang)
    for step in steps:
        act(resident, step)
    for _ in range(TAPS_TO_THE_CHAT):
        if isinstance(DIALOG.nodes[resident.at], Chat):
            return
        go_forward(resident)
    raise AssertionError(f"stuck at {resident.at} after {TAPS_TO_THE_CHAT} taps")


def go_forward(resident: Resident) -> None:
    node = DIALOG.nodes[resident.at]
    if resident.state.picked and resident.at != DIALOG.start:
        resident.taps("DONE")
    elif resident.at == DIALOG.start:
        resident.taps(make_context().languages[0])
    elif resident.at == "FIX":
        resident.taps("BACK")
    else:
        assert resident.options, node
        resident.taps(resident.options[0])


@PATIENT
@given(st.sampled_from(LANGS), actions)
def test_a_person_is_one_tap_away_from_anywhere(lang, steps):
    resident = Resident(lang)
    for step in steps:
        act(resident, step)
    assert "asked" in resident.taps("HUMAN").alerts


@PATIENT
@given(st.sampled_from(LANGS), actions, st.sampled_from(["死にたい", "I want to die", "tự tử"]))
def test_a_cry_reaches_a_person_from_anywhere(lang, steps, words):
    resident = Resident(lang)
    for step in steps:
        act(resident, step)
    resident.types(words)
    assert resident.state.alerted


# --- everything that can be done besides answering, at any point ---------------------------------

CONTROLS = ("BACK", "SKIP", "HUMAN", "STOP", "WHY", "RESTART", "CONTINUE", "MORE", "FURIGANA")
CRIES = ("suicide", "suicide_acute", "violence", "medical", "hunger")
answer = st.tuples(st.just("answer"), st.integers(0, 40))
doings = st.lists(
    st.one_of(
        answer,
        answer,
        answer,
        answer,
        st.tuples(st.just("control"), st.sampled_from(CONTROLS)),
        st.tuples(st.just("language"), st.sampled_from(LANGS)),
        st.tuples(st.just("overheard"), st.sampled_from(CRIES)),
        typed,
    ),
    max_size=40,
)


def overhear(resident: Resident, detector: str) -> None:
    """The Japanese translation of something written sets off a detector."""
    doing = Overheard((detector,))
    resident.turn = take(DIALOG, resident.state, doing, context=resident.context, words=words)
    resident.state = State.from_json(resident.turn.state.to_json())
    resident.all_events.extend(resident.turn.events)


def do(resident: Resident, doing: tuple[str, object]) -> bool:
    """Do it; tell whether it was an answer on offer."""
    match doing:
        case ("answer", int(place)):
            codes = resident.options if resident.at in DIALOG.nodes else []
            if not codes:
                return False
            many = getattr(DIALOG.nodes[resident.at], "many", False)
            resident.taps(codes[place % len(codes)], *(["DONE"] if many else []))
            return True
        case ("control", str(code)):
            resident.taps(code)
        case ("language", str(lang)):
            resident.taps("LANG").taps(lang)
        case ("overheard", str(name)):
            overhear(resident, name)
        case ("type", str(text)):
            resident.types(text)
        case _:
            raise AssertionError(doing)
    return False


@PATIENT
@given(st.sampled_from(LANGS), doings)
def test_nothing_that_can_be_done_breaks_a_conversation(lang, steps):
    resident = Resident(lang)
    for step in steps:
        before = resident.state
        was_offered = do(resident, step)
        after = resident.state
        assert isinstance(DIALOG.nodes[after.node], Ask | Chat | Fix | Language)
        assert after.alerted or not before.alerted
        if after.session == before.session:
            assert after.level >= before.level
            # What was written is never unheard.
            assert set(after.detected) >= set(before.detected)
        if was_offered and not any(isinstance(each, Stopped) for each in resident.turn.events):
            changed = (after.node, after.answers) != (before.node, before.answers)
            assert changed or after.session != before.session


@PATIENT
@given(st.sampled_from(LANGS), doings)
def test_after_anything_a_conversation_can_be_stopped_and_taken_up_again(lang, steps):
    resident = Resident(lang)
    for step in steps:
        do(resident, step)
    here = resident.at
    resident.taps("STOP")
    assert resident.state.stopped
    resident.types("…")
    assert (resident.at, resident.state.stopped) == (here, False)


@PATIENT
@given(st.sampled_from(LANGS), doings)
def test_after_anything_one_answer_back_and_the_same_again_leads_to_the_same_place(lang, steps):
    """Taking back and giving the same single answer changes nothing on the way."""
    resident = Resident(lang)
    for step in steps:
        do(resident, step)
    resident.taps("RESTART")
    while len(resident.state.trail) < 3 and resident.options:
        do(resident, ("answer", 0))
    trail, here = resident.state.trail, resident.at
    if isinstance(DIALOG.nodes[here], Chat) or not trail:
        return
    given_last = resident.state.answers[trail[-1]].codes
    resident.taps("BACK")
    assert resident.at == trail[-1]
    many = getattr(DIALOG.nodes[resident.at], "many", False)
    resident.taps(*given_last, *(["DONE"] if many else []))
    assert (resident.at, resident.state.trail) == (here, trail)
