"""Who holds a conversation, and which moves are legal."""

from dataclasses import replace

import pytest

from bot.core.conversation import Conversation
from bot.core.model import Holder, Level
from bot.errors import AlreadyTakenError, MoveNotAllowedError, NotYoursError

ANNA, BEN = 1, 2


def fresh() -> Conversation:
    return Conversation(resident_id=7, opened_at=1_000)


def waiting() -> Conversation:
    return fresh().enqueue("rule", Level.U3, 2_000)


def test_a_new_conversation_waits_for_nobody():
    assert not fresh().in_queue
    assert fresh().holder is Holder.BOT


def test_entering_the_queue_remembers_why_since_when_and_how_urgent():
    told = waiting()
    assert (told.in_queue, told.reason, told.waiting_since) == (True, "rule", 2_000)
    assert told.level is Level.U3


def test_entering_again_keeps_the_place_and_only_raises_the_level():
    again = waiting().enqueue("crisis", Level.U4, 9_000)
    assert (again.waiting_since, again.reason, again.level) == (2_000, "rule", Level.U4)
    assert again.enqueue("sent", Level.U1, 9_500).level is Level.U4


def test_a_conversation_that_a_counselor_holds_stays_with_them():
    held = waiting().claim(ANNA).enqueue("crisis", Level.U4, 9_000)
    assert (held.holder, held.counselor_id, held.in_queue) == (Holder.COUNSELOR, ANNA, False)
    assert held.level is Level.U4


def test_claiming_takes_it_out_of_the_queue():
    held = replace(waiting(), receipt_given=True).claim(ANNA)
    assert (held.in_queue, held.receipt_given) == (False, False)
    held.require_held_by(ANNA)


def test_claiming_what_one_holds_changes_nothing():
    held = waiting().claim(ANNA)
    assert held.claim(ANNA) is held


def test_two_counselors_never_hold_the_same_conversation():
    with pytest.raises(AlreadyTakenError):
        waiting().claim(ANNA).claim(BEN)


def test_a_conversation_may_be_claimed_before_it_waits():
    assert fresh().claim(ANNA).holder is Holder.COUNSELOR


def test_handing_back_gives_it_to_the_bot_and_nobody_waits():
    back = waiting().claim(ANNA).hand_back(ANNA)
    assert (back.holder, back.counselor_id, back.in_queue) == (Holder.BOT, None, False)
    assert back.level is Level.U3


def test_after_handing_back_it_can_enter_the_queue_anew():
    again = waiting().claim(ANNA).hand_back(ANNA).enqueue("asked", Level.U1, 8_000)
    assert (again.in_queue, again.reason, again.waiting_since) == (True, "asked", 8_000)


def test_requeueing_waits_from_now():
    again = waiting().claim(ANNA).requeue(ANNA, 5_000)
    assert (again.in_queue, again.waiting_since, again.counselor_id) == (True, 5_000, None)


def test_a_closed_conversation_stays_closed():
    closed = waiting().claim(ANNA).close(ANNA, 6_000)
    assert (closed.holder, closed.closed_at, closed.in_queue) == (Holder.CLOSED, 6_000, False)
    with pytest.raises(MoveNotAllowedError):
        closed.claim(ANNA)
    with pytest.raises(MoveNotAllowedError):
        closed.enqueue("asked", Level.U1, 7_000)


@pytest.mark.parametrize(
    "move",
    [
        lambda held: held.hand_back(BEN),
        lambda held: held.requeue(BEN, 5_000),
        lambda held: held.close(BEN, 5_000),
        lambda held: held.require_held_by(BEN),
    ],
    ids=["hand_back", "requeue", "close", "reply"],
)
def test_only_who_holds_it_may_move_it(move):
    with pytest.raises(NotYoursError):
        move(waiting().claim(ANNA))
    with pytest.raises(NotYoursError):
        move(waiting())
    with pytest.raises(NotYoursError):
        move(waiting().claim(BEN).close(BEN, 4_000))
