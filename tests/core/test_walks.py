"""Random walks: whatever residents do, they are answered, and the free chat stays within reach."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.core.dialog import Chat
from bot.core.events import Asked, Said
from bot.core.graphemes import grapheme_count
from bot.core.state import State
from bot.service.wording import asked, said
from tests.support.dialogs import CATALOGS, DIALOG, LANGS, Resident, make_context

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
