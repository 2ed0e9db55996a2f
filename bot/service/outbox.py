"""Handing parcels to channels: claim, send, settle, with no transaction open in between."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import structlog

from bot.core.model import Channel
from bot.errors import (
    BotError,
    DeliveryError,
    DeliveryRefusedError,
    DeliveryUnknownError,
    ReplyTokenSpentError,
)
from bot.service.journal import tell_pages
from bot.service.ports import Clock, Sender, Transaction
from bot.service.records import Parcel

LEASE_MS = 30_000
"""A worker that hangs or dies gives its parcels back after this."""

BACKOFF_MS = (500, 2_000, 10_000, 60_000, 300_000, 900_000, 1_800_000)
"""Pauses between tries; the last one repeats."""

GIVE_UP_MS = 23 * 3_600_000
"""LINE forgets a retry key after 24 hours: a later push could arrive twice."""

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Settled:
    """What became of one attempt: sent, to be tried again, or given up."""

    parcel: Parcel
    outcome: str
    error: str = ""
    due_at: int = 0


def claim(*, transaction: Transaction, now: Clock, limit: int) -> list[Parcel]:
    """Lease up to `limit` due parcels; of one conversation only the oldest."""
    with transaction() as work:
        at = now()
        return work.outbox.claim(now=at, until=at + LEASE_MS, limit=limit)


def attempt(parcel: Parcel, *, senders: Mapping[Channel, Sender], now: Clock) -> Settled:
    """Hand a parcel over once and say what became of it. Opens no transaction.

    A reply whose token is spent, or whose outcome is unknown, goes on by push with the stored
    retry key: it may be read twice, but never lost. Every push of a parcel carries the same key.
    """
    at = now()
    if not parcel.reply_token or at >= parcel.reply_until:
        parcel = replace(parcel, reply_token="", first_push_at=parcel.first_push_at or at)
    try:
        senders[parcel.channel].send(parcel, now=at)
    except ReplyTokenSpentError as error:
        return _again(replace(parcel, reply_token=""), error, at, at)
    except DeliveryUnknownError as error:
        after = at if parcel.reply_token else at + _pause(parcel)
        return _again(replace(parcel, reply_token=""), error, after, at)
    except DeliveryRefusedError as error:
        return Settled(parcel, "failed", error.code)
    except DeliveryError as error:
        return _again(parcel, error, at + _pause(parcel), at)
    except Exception as error:  # noqa: BLE001  # whoever hands over must outlive one bad parcel
        return Settled(parcel, "failed", type(error).__name__)
    return Settled(parcel, "sent")


def settle(results: Sequence[Settled], *, transaction: Transaction, now: Clock) -> list[int]:
    """Write down what became of attempts, in one transaction.

    Returns the conversations that have more to send. A failure is told to the open consoles.
    """
    with transaction() as work:
        sent = [each.parcel.id for each in results if each.outcome == "sent"]
        more = work.outbox.sent(sent, at=now()) if sent else []
        failed = [each.parcel for each in results if each.outcome == "failed"]
        for each in results:
            if each.outcome == "again":
                work.outbox.retry(each.parcel, due_at=each.due_at, error=each.error)
            elif each.outcome == "failed":
                log.warning("parcel_failed", parcel=each.parcel.id, code=each.error)
                work.outbox.fail(each.parcel.id, error=each.error)
                more.append(each.parcel.conversation_id)
        # The feed comes last: its lock is held until the commit.
        for parcel in failed:
            conversation = work.conversations.get(parcel.conversation_id)
            tell_pages(work, conversation, "delivery", at=now())
        return more


def _again(parcel: Parcel, error: BotError, due_at: int, at: int) -> Settled:
    if parcel.first_push_at and at - parcel.first_push_at > GIVE_UP_MS:
        return Settled(parcel, "failed", error.code)
    counted = replace(parcel, attempts=parcel.attempts + 1)
    return Settled(counted, "again", error.code, due_at)


def _pause(parcel: Parcel) -> int:
    return BACKOFF_MS[min(parcel.attempts, len(BACKOFF_MS) - 1)]
