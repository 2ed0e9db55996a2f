"""Parcels reach LINE: by reply token, then by push, in order, once, or a person is told."""

from collections.abc import Iterator

import pytest
import structlog

from bot.core.model import Channel, InboundKind
from bot.errors import (
    DeliveryError,
    DeliveryLimitedError,
    DeliveryRefusedError,
    DeliveryUnknownError,
    QuotaSpentError,
    ReplyTokenSpentError,
)
from bot.service.journal import INLINE_LEASE_MS, REPLY_WINDOW_MS
from bot.service.outbox import (
    BACKOFF_MS,
    GIVE_UP_MS,
    LEASE_MS,
    Settled,
    attempt,
    claim,
    settle,
)
from bot.service.records import Parcel
from handlers.line.sender import LineSender
from tests.support.line_api import LineApi, running_line_api
from tests.support.service_tools import Office, Person, Sink


@pytest.fixture(scope="module")
def shared_api() -> Iterator[LineApi]:
    with running_line_api() as api:
        yield api


@pytest.fixture
def api(shared_api: LineApi) -> LineApi:
    shared_api.calls.clear()
    return shared_api


@pytest.fixture
def senders(api) -> dict[Channel, LineSender]:
    sender = LineSender(host=api.url, access_token=api.access_token, read_seconds=0.3)
    return {Channel.LINE: sender}


@pytest.fixture
def person(office: Office, request: pytest.FixtureRequest) -> Person:
    """Somebody whom no other test has sent anything."""
    return office.person("U" + request.node.name.encode().hex()[-32:].rjust(32, "0"))


def answered(office: Office, person: Person, api: LineApi, text: str = "hi") -> Parcel:
    """The parcel that answers what the person wrote, with a living reply token."""
    event = person.event(InboundKind.TEXT, text=text, reply_token=api.reply_token(person.address))
    office.receive(event)
    with office.transaction() as work:
        work.outbox.release(at=office.now)
    [parcel] = claim(transaction=office.transaction, now=office.clock, limit=1)
    return parcel


def state_of(office: Office, parcel: Parcel) -> tuple[str, str]:
    with office.transaction() as work:
        return work.outbox.states([parcel.id])[parcel.id]


def endpoints(api: LineApi) -> list[tuple[str, int | None]]:
    return [(each.endpoint, each.status) for each in api.calls]


# --- with the pretend LINE ---------------------------------------------------------------------


def test_an_answer_goes_by_its_reply_token(office, api, senders, person):
    parcel = answered(office, person, api)
    [result] = [attempt(parcel, senders=senders, now=office.clock)]
    assert settle([result], transaction=office.transaction, now=office.clock) == []
    assert endpoints(api) == [("reply", 200)]
    assert state_of(office, parcel) == ("sent", "")
    assert len(api.sent(person.address)) == 1


def test_an_answer_whose_token_ran_out_goes_by_push(office, api, senders, person):
    answered(office, person, api)
    office.now += REPLY_WINDOW_MS
    office.deliver(senders)
    assert endpoints(api) == [("push", 200)]


@pytest.mark.parametrize(
    ("failure", "copies"),
    [("500_before", 1), ("drop_connection", 1), ("500_after", 2), ("drop_after", 2)],
)
def test_a_reply_of_unknown_outcome_is_pushed_once_more(
    office, api, senders, person, failure, copies
):
    parcel = answered(office, person, api)
    api.plan(endpoint="reply", failures=[failure])
    office.deliver(senders)
    [reply, push] = api.calls
    assert (reply.retry_key, push.retry_key) == (None, parcel.retry_key)
    assert push.status == 200
    assert len(api.sent(person.address)) == copies
    assert office.deliver(senders) == []


@pytest.mark.parametrize("failure", ["500_before", "500_after", "drop_connection", "drop_after"])
def test_a_push_of_unknown_outcome_is_tried_with_one_key_and_arrives_once(
    office, api, senders, person, failure
):
    parcel = answered(office, person, api)
    office.now += REPLY_WINDOW_MS
    api.plan(endpoint="push", failures=[failure, failure])
    for pause in (0, *BACKOFF_MS[:2]):
        office.now += pause
        office.deliver(senders)
    assert {each.retry_key for each in api.calls} == {parcel.retry_key}
    assert len(api.calls) == 3
    assert len(api.sent(person.address)) == 1
    assert state_of(office, parcel) == ("sent", "")


def test_a_spent_token_goes_on_by_push_at_once(office, api, senders, person):
    answered(office, person, api)
    api.plan(endpoint="reply", failures=["400_token"])
    office.deliver(senders)
    assert endpoints(api) == [("reply", 400), ("push", 200)]
    assert len(api.sent(person.address)) == 1


def test_what_was_said_first_arrives_first(office, api, senders, person):
    answered(office, person, api, "ひとつめ")
    person.taps("en").taps("START_OK")
    api.plan(endpoint="reply", failures=["500_before"])
    api.plan(endpoint="push", failures=["500_before"])
    office.deliver(senders)
    assert api.texts(person.address) == [], "the first one still waits: nobody overtakes it"
    office.now += BACKOFF_MS[-1]
    office.deliver(senders)
    said = api.texts(person.address)
    assert [said[0].split("\n")[0], said[1].split(".")[0]] == [
        "ことばを えらんでください。",
        "Hello",
    ]
    assert len(said) == 3


def test_a_blocked_resident_is_never_pushed_to(office, api, senders, person):
    answered(office, person, api)
    person.does(InboundKind.UNFOLLOW)
    office.now += LEASE_MS
    office.deliver(senders)
    assert api.calls == []


# --- what becomes of a failure -----------------------------------------------------------------


def test_an_order_is_kept_within_a_conversation_and_others_pass(office):
    anh = office.person("U" + "1" * 32).begins()
    bina = office.person("U" + "2" * 32).begins()
    sink = Sink(errors=[DeliveryLimitedError()])
    office.deliver({Channel.LINE: sink})
    assert {each.address for each in sink.parcels} == {bina.address}
    office.now += BACKOFF_MS[0]
    office.deliver({Channel.LINE: sink})
    assert [each.conversation_id for each in sink.parcels[3:]] == [anh.conversation.id] * 3
    assert [each.id for each in sink.parcels[3:]] == sorted(each.id for each in sink.parcels[3:])


@pytest.mark.parametrize("error", [DeliveryRefusedError, QuotaSpentError])
def test_a_refused_parcel_is_listed_and_lets_later_ones_pass(office, anh, error):
    anh.begins()
    counselor = office.counselor()
    sink = Sink(errors=[error()])
    before = office.reading.last_update()
    with structlog.testing.capture_logs() as logged:
        office.deliver({Channel.LINE: sink})
    assert len(sink.parcels) == 2
    [failed] = office.reading.desk_list(counselor.id).failed
    assert (failed.conversation_id, failed.error) == (anh.conversation.id, error.code)
    assert [each.kind for each in office.reading.updates(before)] == ["delivery"]
    assert [each["code"] for each in logged] == [error.code]


def test_the_pauses_grow_and_then_stay(office, anh):
    anh.does(InboundKind.FOLLOW)
    pauses = []
    with office.transaction() as work:
        work.outbox.release(at=office.now)
    for _ in range(len(BACKOFF_MS) + 2):
        [parcel] = claim(transaction=office.transaction, now=office.clock, limit=1)
        sink = {Channel.LINE: Sink(errors=[DeliveryError()])}
        result = attempt(parcel, senders=sink, now=office.clock)
        settle([result], transaction=office.transaction, now=office.clock)
        pauses.append(result.due_at - office.now)
        office.now = result.due_at
    assert pauses == [*BACKOFF_MS, BACKOFF_MS[-1], BACKOFF_MS[-1]]


def test_a_parcel_is_given_up_before_line_forgets_its_key(office, anh):
    anh.does(InboundKind.FOLLOW)
    with office.transaction() as work:
        work.outbox.release(at=office.now)
    results: list[Settled] = []
    started = office.now
    while parcels := claim(transaction=office.transaction, now=office.clock, limit=1):
        sink = {Channel.LINE: Sink(errors=[DeliveryUnknownError()])}
        results.append(attempt(parcels[0], senders=sink, now=office.clock))
        settle(results[-1:], transaction=office.transaction, now=office.clock)
        office.now = max(office.now, results[-1].due_at)
    assert results[-1].outcome == "failed"
    assert GIVE_UP_MS < office.now - started < GIVE_UP_MS + 2 * BACKOFF_MS[-1]
    assert len(results) < 60


def test_the_rate_limit_keeps_the_reply_token_for_the_next_try(office, anh):
    office.receive(anh.event(InboundKind.FOLLOW, reply_token="token-1"))
    sink = Sink(errors=[DeliveryLimitedError()])
    office.deliver({Channel.LINE: sink})
    office.now += BACKOFF_MS[0]
    office.deliver({Channel.LINE: sink})
    assert [each.reply_token for each in sink.parcels] == ["token-1"]


@pytest.mark.parametrize("error", [ReplyTokenSpentError, DeliveryUnknownError])
def test_a_token_that_may_be_spent_is_never_used_again(office, anh, error):
    office.receive(anh.event(InboundKind.FOLLOW, reply_token="token-1"))
    sink = Sink(errors=[error()])
    office.deliver({Channel.LINE: sink})
    [parcel] = sink.parcels
    assert parcel.reply_token == ""
    assert parcel.first_push_at == office.now


def test_an_error_that_is_none_of_ours_gives_the_parcel_up_instead_of_the_sender(office, anh):
    """A thread that hands over parcels must outlive a bubble it cannot word."""
    anh.does(InboundKind.FOLLOW)
    counselor = office.counselor()
    office.deliver({Channel.LINE: Sink(errors=[KeyError("だれにも言わないで")])})
    [failed] = office.reading.desk_list(counselor.id).failed
    assert failed.error == "KeyError"


# --- leases ------------------------------------------------------------------------------------


def test_a_parcel_belongs_to_the_process_that_made_it_for_a_while(office, anh):
    anh.does(InboundKind.FOLLOW)
    assert claim(transaction=office.transaction, now=office.clock, limit=5) == []
    office.now += INLINE_LEASE_MS
    [parcel] = claim(transaction=office.transaction, now=office.clock, limit=5)
    assert claim(transaction=office.transaction, now=office.clock, limit=5) == []
    office.now += LEASE_MS
    assert claim(transaction=office.transaction, now=office.clock, limit=5) == [parcel]


def test_after_a_parcel_its_conversation_is_named_if_more_waits(office, anh):
    anh.begins()
    with office.transaction() as work:
        work.outbox.release(at=office.now)
    [first] = claim(transaction=office.transaction, now=office.clock, limit=5)
    sink = {Channel.LINE: Sink()}
    result = attempt(first, senders=sink, now=office.clock)
    more = settle([result], transaction=office.transaction, now=office.clock)
    assert more == [anh.conversation.id]
    assert settle([], transaction=office.transaction, now=office.clock) == []
