"""translate_one(): a message gets the words its other reader needs, off the request path."""

from dataclasses import dataclass, replace

import structlog

from bot.core.model import Author, Provenance
from bot.errors import TranslationError
from bot.service.counseling import posted
from bot.service.journal import Desk, tell_pages
from bot.service.ports import Clock, Transaction, Translator
from bot.service.records import Message, Parcel

MAX_ATTEMPTS = 3
RETRY_MS = 3_000
CLAIM_MS = 60_000
"""So long a message is left to the worker that took it."""

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Translated:
    """`did`: a message was looked at. `parcel` is leased to the caller, who delivers it at once."""

    did: bool
    parcel: Parcel | None = None


def translate_one(
    *, transaction: Transaction, translator: Translator, desk: Desk, now: Clock
) -> Translated:
    """Translate the most urgent message that waits, and send a counselor's answer on.

    The engine runs outside any transaction. With no package for the pair the message says so
    (NONE). A draft of a test model is kept for counselors only: the resident then gets the
    Japanese with an honest note. An engine that breaks is tried MAX_ATTEMPTS times.
    """
    with transaction() as work:
        waiting = work.messages.awaiting_translation(now=now(), limit=1)
        if not waiting:
            return Translated(did=False)
        message = waiting[0]
        # A second worker leaves it alone while this one is at it. The try counts from its
        # beginning: a text that kills the process must not be tried for ever.
        work.messages.postpone(message.id, due_at=now() + CLAIM_MS)
    worn_out = message.attempts >= MAX_ATTEMPTS
    done = None if worn_out else _translated(message, translator)
    with transaction() as work:
        # The lock keeps an unsend, or a turn with a parcel of its own, out until the end.
        conversation = work.conversations.get(message.conversation_id, lock=True)
        current = work.messages.get(message.id)
        if current.unsent_at is not None or current.provenance is not Provenance.WAITING:
            return Translated(did=True)
        if done is None and message.attempts + 1 < MAX_ATTEMPTS:
            work.messages.postpone(message.id, due_at=now() + RETRY_MS)
            # That counted the same try again.
            work.messages.save(replace(current, attempts=message.attempts + 1))
            return Translated(did=True)
        finished = done if done is not None else replace(message, provenance=Provenance.NONE)
        parcel = None
        if message.author is Author.COUNSELOR:
            resident = work.residents.get(conversation.resident_id)
            finished, parcel = posted(work, resident, finished, desk, now())
        work.messages.save(finished)
        tell_pages(work, conversation, "message", at=now())
        return Translated(did=True, parcel=parcel)


def _translated(message: Message, translator: Translator) -> Message | None:
    try:
        made = translator.translate(message.text, message.lang, message.other_lang)
    except TranslationError as error:
        log.warning("translation_failed", message=message.id, code=error.code)
        return None
    if made is None:
        return replace(message, provenance=Provenance.NONE)
    if not made.engine:
        # Nothing to translate (digits, a link, emoji): the original is enough.
        return replace(message, provenance=Provenance.HUMAN)
    provenance = Provenance.DRAFT if made.drafts_only else Provenance.MACHINE
    engine = f"{made.engine} ({'→'.join(made.route)})"
    return replace(message, other=made.text, provenance=provenance, engine=engine)
