"""translate_one(): a message gets the words its other reader needs, off the request path."""

from dataclasses import dataclass, replace

import structlog

from bot.core.conversation import Conversation
from bot.core.detecting import Detectors, detect
from bot.core.model import Author, Channel, Inbound, InboundKind, Provenance
from bot.core.state import State
from bot.errors import NotFoundError, TranslationError
from bot.service.counseling import posted
from bot.service.journal import Desk, tell_pages
from bot.service.ports import Clock, Transaction, Translator, Work
from bot.service.records import Message, Parcel

MAX_ATTEMPTS = 3
RETRY_MS = 3_000
CLAIM_MS = 60_000
"""So long a message is left to the worker that took it."""

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Translated:
    """`did`: a message was looked at. `parcel` is leased to the caller, who delivers it at once.

    `overheard`: the person whose words, translated, set off a text detector; a turn waits.
    """

    did: bool
    parcel: Parcel | None = None
    overheard: tuple[Channel, str] | None = None


def translate_one(
    *,
    transaction: Transaction,
    translator: Translator,
    desk: Desk,
    now: Clock,
    detectors: Detectors,
) -> Translated:
    """Translate the most urgent message that waits, and send a counselor's answer on.

    The engine runs outside any transaction. With no package for the pair the message says so
    (NONE). A draft of a test model is kept for counselors only: the resident then gets the
    Japanese with an honest note. An engine that breaks is tried MAX_ATTEMPTS times. What a
    resident wrote is heard a second time in Japanese: a detector may raise, never lower.
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
        try:
            current = work.messages.get(message.id)
        except NotFoundError:
            # Erased meanwhile, as a self-check that leaves nothing.
            return Translated(did=True)
        if current.unsent_at is not None or current.provenance is not Provenance.WAITING:
            return Translated(did=True)
        if done is None and message.attempts + 1 < MAX_ATTEMPTS:
            work.messages.postpone(message.id, due_at=now() + RETRY_MS)
            # That counted the same try again.
            work.messages.save(replace(current, attempts=message.attempts + 1))
            return Translated(did=True)
        finished = done if done is not None else replace(message, provenance=Provenance.NONE)
        parcel, overheard = None, None
        if message.author is Author.COUNSELOR:
            resident = work.residents.get(conversation.resident_id)
            finished, parcel = posted(work, resident, finished, desk, now())
        elif message.author is Author.RESIDENT:
            overheard = _overheard(work, conversation, finished, detectors, now())
        work.messages.save(finished)
        tell_pages(work, conversation, "message", at=now())
        return Translated(did=True, parcel=parcel, overheard=overheard)


def _overheard(
    work: Work, conversation: Conversation, message: Message, detectors: Detectors, at: int
) -> tuple[Channel, str] | None:
    """Store an event of our own where the translation cries for help and nobody heard it yet."""
    heard = State.from_json(conversation.state).detected if conversation.state else ()
    found = [name for name, _ in detect(message.other, detectors) if name != "abuse"]
    new = [name for name in found if name not in heard]
    if not new:
        return None
    resident = work.residents.get(conversation.resident_id)
    inbound = Inbound(
        resident.channel,
        resident.address,
        f"overheard:{message.id}",
        at,
        at,
        InboundKind.OVERHEARD,
        text=",".join(new),
    )
    return (resident.channel, resident.address) if work.inbox.add(inbound) else None


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
