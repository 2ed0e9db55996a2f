"""run_turn(): one stored event → state, messages, parcel and updates, in one transaction."""

from collections.abc import Callable
from dataclasses import dataclass, replace

import structlog

from bot.core.model import Channel
from bot.core.moves import Context
from bot.errors import BotError
from bot.service.answering import Answering, Outcome
from bot.service.journal import Desk
from bot.service.ports import Clock, Transaction
from bot.service.records import StoredInbound

MAX_ATTEMPTS = 4
"""So often a turn is tried before it is set aside for a person."""

RETRY_MS = (1_000, 5_000, 20_000)
"""Pauses before the second, third and fourth try."""

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class TurnTools:
    """What a turn needs: transactions, wording, time, and the dialog's context.

    `readable` brings what was typed into the form everybody else reads (Unicode).
    """

    transaction: Transaction
    desk: Desk
    now: Clock
    context: Callable[[], Context]
    readable: Callable[[str], str] = str

    def at(self, now: Clock) -> "TurnTools":
        """Return the same tools with another clock (stories of the past, tests)."""
        return replace(self, now=now)


def run_turn(channel: Channel, address: str, *, tools: TurnTools) -> Outcome:
    """Give the person's oldest waiting event its turn.

    One person's events are strictly in order (the person's row is locked). A turn that fails is
    retried after RETRY_MS and set aside after MAX_ATTEMPTS: the desk sees it, the resident is told
    that a person will look, and later events go on.
    """
    item: StoredInbound | None = None
    try:
        with tools.transaction() as work:
            now = tools.now()
            resident = work.residents.lock(channel, address, at=now)
            item = work.inbox.next_for(channel, address, now=now)
            if item is None:
                return Outcome(did=False)
            inbound = replace(item.inbound, text=tools.readable(item.inbound.text))
            outcome = Answering(
                work, resident, inbound, desk=tools.desk, context=tools.context(), now=now
            ).run()
            work.inbox.done(item.id)
            return outcome
    except Exception as error:  # any failing turn must be retried or set aside
        if item is None:
            raise
        return _failed(item, error, tools)


def _failed(item: StoredInbound, error: Exception, tools: TurnTools) -> Outcome:
    code = error.code if isinstance(error, BotError) else type(error).__name__
    now = tools.now()
    log.warning("turn_failed", item=item.id, code=code, attempt=item.attempts + 1)
    with tools.transaction() as work:
        if item.attempts + 1 < MAX_ATTEMPTS:
            due_at = now + RETRY_MS[min(item.attempts, len(RETRY_MS) - 1)]
            work.inbox.retry(item.id, due_at=due_at, error=code)
            return Outcome(did=False)
    try:
        return _set_aside(item, code, tools, aloud=True)
    except Exception as worse:  # noqa: BLE001  # what broke the turn may break the apology too
        log.warning("apology_failed", item=item.id, code=type(worse).__name__)
        return _set_aside(item, code, tools, aloud=False)


def _set_aside(item: StoredInbound, code: str, tools: TurnTools, *, aloud: bool) -> Outcome:
    now = tools.now()
    with tools.transaction() as work:
        resident = work.residents.lock(item.inbound.channel, item.inbound.address, at=now)
        current = work.inbox.next_for(item.inbound.channel, item.inbound.address, now=now)
        if current is None or current.id != item.id:
            # Another process gave it its turn meanwhile.
            return Outcome(did=True)
        answering = Answering(
            work, resident, item.inbound, desk=tools.desk, context=tools.context(), now=now
        )
        written, parcel = answering.apologise(aloud=aloud)
        work.inbox.set_aside(item.id, error=code, conversation_id=written)
        return Outcome(did=True, parcel=parcel)
