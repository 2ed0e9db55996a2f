"""Whole stand-ins: MemoryWork keeps every store of ports.Work in dicts, with real rollback."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from bot.service.ports import Transaction, Work
from bot.service.stores import (
    Consents,
    Conversations,
    Inbox,
    Memory,
    Messages,
    Outbox,
    Releases,
    Residents,
    Team,
    Trail,
    Updates,
    WordEdits,
)
from tests.support.memory_desk import MemoryOutbox, MemoryTeam, MemoryTrail, MemoryUpdates
from tests.support.memory_releases import MemoryConsents, MemoryReleases
from tests.support.memory_tables import Tables
from tests.support.memory_talk import (
    MemoryConversations,
    MemoryInbox,
    MemoryMessages,
    MemoryResidents,
)
from tests.support.memory_words import MemoryOfTranslations, MemoryWordEdits

PATIENCE_SECONDS = 30


class MemoryWork:
    """Implements ports.Work on one set of tables."""

    def __init__(self, tables: Tables) -> None:
        self.inbox: Inbox = MemoryInbox(tables)
        self.residents: Residents = MemoryResidents(tables)
        self.conversations: Conversations = MemoryConversations(tables)
        self.messages: Messages = MemoryMessages(tables)
        self.outbox: Outbox = MemoryOutbox(tables)
        self.updates: Updates = MemoryUpdates(tables)
        self.team: Team = MemoryTeam(tables)
        self.trail: Trail = MemoryTrail(tables)
        self.consents: Consents = MemoryConsents(tables)
        self.releases: Releases = MemoryReleases(tables)
        self.memory: Memory = MemoryOfTranslations(tables)
        self.word_edits: WordEdits = MemoryWordEdits(tables)


def memory_transaction() -> Transaction:
    """A fresh store: a transaction works on a copy, which replaces the whole on commit."""
    lock = threading.Lock()
    current = Tables()

    @contextmanager
    def transaction() -> Iterator[Work]:
        nonlocal current
        if not lock.acquire(timeout=PATIENCE_SECONDS):
            raise RuntimeError("A transaction was begun inside another one.")
        try:
            copy = current.copy()
            yield MemoryWork(copy)
            current = copy
        finally:
            lock.release()

    return transaction
