"""One stored event after the other → answers; what fails stands in nobody's way."""

from dataclasses import replace

import pytest

from bot.core.model import Channel, Holder, InboundKind, Rendered
from bot.service.accepting import accept
from bot.service.journal import REPLY_WINDOW_MS
from bot.service.turns import MAX_ATTEMPTS, RETRY_MS, run_turn
from tests.support.dialogs import CATALOGS
from tests.support.service_tools import Office, phrase


class BreakingRenderer:
    """Implements ports.Renderer; breaks while it is told to."""

    def __init__(self) -> None:
        self.broken = False
        self.breaks_on = ""

    def render(self, text, lang) -> Rendered:
        if self.broken or (self.breaks_on and text.address == self.breaks_on):
            raise LookupError
        return CATALOGS.render(text, lang)

    def languages(self):
        return CATALOGS.languages()

    def language_of(self, typed):
        return CATALOGS.language_of(typed)


class Away:
    """A transaction on a store that is not there."""

    def __enter__(self):
        raise ConnectionError

    def __exit__(self, *_error):
        return None


@pytest.fixture
def renderer() -> BreakingRenderer:
    return BreakingRenderer()


@pytest.fixture
def office(renderer) -> Office:
    return Office(renderer=renderer)


def fail_for_good(office):
    """Let every try of the waiting event fail, with the pauses between."""
    for pause in RETRY_MS:
        office.now += pause
        office.turns_due()


# --- once, and in order --------------------------------------------------------------------------


def test_a_second_delivery_changes_nothing(office, anh):
    anh.begins()
    event = anh.event(InboundKind.TEXT, text="1", message_id="m1")
    office.receive(event)
    before, outcomes = anh.messages, list(office.outcomes)
    office.receive(event)
    office.receive(replace(event, received_at=event.received_at + 60_000))
    assert anh.messages == before
    assert office.outcomes == outcomes


def test_the_same_id_on_another_channel_is_another_event(office, anh):
    event = anh.event(InboundKind.FOLLOW)
    accepted = accept(
        [event, event, replace(event, channel=Channel.WEB)], transaction=office.transaction
    )
    assert accepted == [(Channel.LINE, anh.address), (Channel.WEB, anh.address)]


def test_events_have_their_turns_in_the_order_they_happened(office, anh):
    anh.begins()
    first, second, third = (anh.event(InboundKind.TEXT, text=f"{n}") for n in range(3))
    office.receive(third, first, second)
    assert [each.text for each in anh.own[-3:]] == ["0", "1", "2"]


def test_a_retried_event_is_not_overtaken(office, anh, renderer):
    anh.begins()
    renderer.broken = True
    anh.says("1")
    anh.says("2")
    renderer.broken = False
    assert len(anh.own) == 2
    office.now += RETRY_MS[0]
    office.turns_due()
    assert [each.other for each in anh.own[2:]] == ["安全です", "家族のこと"]


# --- turns that fail -----------------------------------------------------------------------------


def test_a_failed_turn_leaves_no_trace_and_is_tried_again(office, anh, renderer):
    anh.begins()
    before = anh.messages
    renderer.broken = True
    anh.says("1")
    assert anh.messages == before
    renderer.broken = False
    office.now += RETRY_MS[0] - 1
    office.turns_due()
    assert anh.messages == before
    office.now += 1
    office.turns_due()
    assert (anh.own[-1].text, len(anh.own)) == ("1", 3)


def test_a_turn_that_fails_for_good_is_set_aside_and_the_resident_is_told(office, anh, renderer):
    anh.begins()
    renderer.breaks_on = "screening.Q2.text"
    anh.says("1")
    fail_for_good(office)
    assert anh.answers[-1] == phrase("bot.set_aside")
    assert office.said(anh)[-1] == phrase("bot.set_aside")
    conversation = anh.conversation
    assert (conversation.trouble, conversation.in_queue) == (True, True)
    counselor = office.counselor()
    [aside] = office.reading.desk_list(counselor.id).set_aside
    assert (aside.conversation_id, aside.error, aside.kind) == (
        conversation.id,
        "LookupError",
        "text",
    )


def test_later_events_go_on_after_one_that_was_set_aside(office, anh, renderer):
    anh.begins()
    renderer.breaks_on = "screening.Q2.text"
    anh.says("1")
    anh.says("人と話す")
    fail_for_good(office)
    assert [each.text for each in anh.own[2:]] == ["人と話す"]
    assert anh.state.alerted


def test_other_people_notice_nothing_of_a_failing_turn(office, anh, renderer):
    anh.begins()
    bina = office.person("U" + "2" * 32).begins()
    renderer.breaks_on = "screening.Q2.text"
    anh.says("1")
    bina.says("3")
    assert "家に怖い人がいる" in bina.answers[-1]
    assert bina.own[-1].other == "家に怖い人がいる"


def test_an_apology_that_fails_too_blocks_nobody(office, anh, renderer):
    anh.begins()
    renderer.broken = True
    anh.says("1")
    fail_for_good(office)
    renderer.broken = False
    anh.says("人と話す")
    assert anh.state.alerted
    counselor = office.counselor()
    assert [each.error for each in office.reading.desk_list(counselor.id).set_aside] == [
        "LookupError"
    ]


def test_a_turn_has_as_many_tries_as_promised(office, anh, renderer):
    anh.begins()
    renderer.breaks_on = "screening.Q2.text"
    anh.says("1")
    for number, pause in enumerate(RETRY_MS, start=1):
        with office.transaction() as work:
            item = work.inbox.next_for(anh.channel, anh.address, now=office.now + pause)
        assert item is not None
        assert item.attempts == number
        office.now += pause
        office.turns_due()
    assert number + 1 == MAX_ATTEMPTS
    with office.transaction() as work:
        assert work.inbox.next_for(anh.channel, anh.address, now=office.now * 2) is None


def test_a_store_that_is_away_is_told_to_the_caller_and_counts_no_try(office, anh):
    anh.begins()
    accept([anh.event(InboundKind.TEXT, text="1")], transaction=office.transaction)

    with pytest.raises(ConnectionError):
        run_turn(anh.channel, anh.address, tools=replace(office.tools, transaction=Away))
    office.turns_due()
    assert anh.own[-1].other == "安全です"


def test_a_failed_turn_in_a_closed_case_reopens_nothing(office, anh, renderer):
    anh.asks_for_a_person()
    counselor = office.counselor()
    office.counseling.claim(counselor.id, anh.conversation.id)
    office.counseling.close(counselor.id, anh.conversation.id)
    renderer.breaks_on = "screening.CHAT.alone"
    anh.says("まだいますか")
    fail_for_good(office)
    assert office.said(anh)[-1] == phrase("bot.set_aside")
    assert (anh.conversation.holder, anh.conversation.trouble) == (Holder.CLOSED, True)


# --- parcels -------------------------------------------------------------------------------------


def test_an_answer_goes_by_the_reply_token_while_it_lives(office, anh):
    event = anh.event(InboundKind.FOLLOW, reply_token="token-1")
    office.receive(event)
    parcel = office.outcomes[-1].parcel
    assert parcel is not None
    assert parcel.reply_token == "token-1"
    assert parcel.reply_until == event.received_at + REPLY_WINDOW_MS


def test_the_web_needs_no_parcel(office):
    visitor = office.person("hash-of-a-token", Channel.WEB).begins()
    assert visitor.answers
    assert [each.parcel for each in office.outcomes] == [None] * 3


def test_an_outreach_source_is_kept_from_the_first_time(office):
    visitor = office.person("hash-of-a-token", Channel.WEB)
    visitor.does(InboundKind.FOLLOW, source_code="flyer-1").taps("ja")
    visitor.says("1", source_code="flyer-2")
    assert (visitor.resident.source_code, visitor.resident.lang) == ("flyer-1", "ja")
