"""accept(): what a channel brought in is stored, once, before anybody is answered."""

from collections.abc import Iterable

from bot.core.model import Channel, Inbound
from bot.service.ports import Transaction


def accept(inbounds: Iterable[Inbound], *, transaction: Transaction) -> list[tuple[Channel, str]]:
    """Store events that are new, in one transaction, and return whose turn it is now.

    A second delivery of the same event (channel and event id) changes nothing. When this returns,
    the events are durable.
    """
    persons: dict[tuple[Channel, str], None] = {}
    with transaction() as work:
        for inbound in inbounds:
            if work.inbox.add(inbound):
                persons[inbound.channel, inbound.address] = None
    return list(persons)
