"""translate_waiting(): messages get the words their other reader needs, off the request path."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

import structlog

from bot.core.conversation import Conversation
from bot.core.detecting import Detectors, detect
from bot.core.model import Author, Channel, Inbound, InboundKind, Lang, Level, Provenance
from bot.core.state import State
from bot.core.translation.knowledge import memory_key
from bot.core.translation.units import SHOWN, sentences_of, summary, together
from bot.errors import NotFoundError, TranslationError
from bot.service.counseling import posted
from bot.service.interpreting import Interpreted, Interpreter, Request
from bot.service.journal import Desk, tell_pages
from bot.service.ports import Clock, Transaction, Work
from bot.service.records import Message, Parcel

MAX_ATTEMPTS = 3
RETRY_MS = 3_000
CLAIM_MS = 60_000
"""So long a message is left to the worker that took it."""
AT_ONCE = 16
"""Messages that go through the engine together. More would make the most urgent one wait longer
for the others; while they are translated, the next ones gather."""

_FOR_RESIDENTS = SHOWN - {Provenance.DRAFT}

Known = Mapping[tuple[Lang, Lang, str], tuple[str, str]]
"""(source, target, key) → (words, who approved them)."""

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Translated:
    """`did`: messages were looked at. `parcels` are leased to the caller, who delivers them now.

    `overheard`: people whose words, translated, set off a text detector; turns wait.
    """

    did: bool
    parcels: tuple[Parcel, ...] = ()
    overheard: tuple[tuple[Channel, str], ...] = ()


def translate_waiting(
    *,
    transaction: Transaction,
    interpreter: Interpreter,
    desk: Desk,
    now: Clock,
    detectors: Detectors,
) -> Translated:
    """Translate the most urgent messages that wait, and send counselors' answers on.

    Up to AT_ONCE messages of all conversations go through the engine together, without waiting for
    more to come; those of U4 and U3 before all others and by themselves. The engine runs outside
    any transaction; each message is written down in one of its own. A message whose engine broke
    before is tried alone, so that it spoils no other, and MAX_ATTEMPTS times. What a resident wrote
    is heard a second time in Japanese: a detector may raise, never lower.
    """
    with transaction() as work:
        waiting = _batch(work, work.messages.awaiting_translation(now=now(), limit=AT_ONCE))
        for message in waiting:
            # A second worker leaves it alone while this one is at it. The try counts from its
            # beginning: a text that kills the process must not be tried for ever.
            work.messages.postpone(message.id, due_at=now() + CLAIM_MS)
        known = _known(work, waiting)
    if not waiting:
        return Translated(did=False)
    parcels: list[Parcel] = []
    overheard: list[tuple[Channel, str]] = []
    for message, made in zip(waiting, _interpreted(waiting, interpreter, known), strict=True):
        with transaction() as work:
            parcel, person = _written_down(work, message, made, desk, now(), detectors)
        parcels += [parcel] if parcel is not None else []
        overheard += [person] if person is not None else []
    return Translated(did=True, parcels=tuple(parcels), overheard=tuple(overheard))


def with_words(message: Message, made: Interpreted) -> Message:
    """Return a message with its sentences, and with the words of the other side as a whole.

    To a resident goes only what may be relied on; where that is a part, the rest stands in
    Japanese. A draft stays with the counselor.
    """
    kind, shown = summary(made.sentences), SHOWN
    if message.author is Author.COUNSELOR and kind in {Provenance.DRAFT, Provenance.PARTLY}:
        relied = [
            each for each in made.sentences if each.provenance in _FOR_RESIDENTS and each.text
        ]
        drafts = [each for each in made.sentences if each.provenance is Provenance.DRAFT]
        if relied:
            kind, shown = Provenance.PARTLY, _FOR_RESIDENTS
        else:
            kind = Provenance.DRAFT if drafts else Provenance.NONE
    if kind is Provenance.HUMAN:
        return replace(message, provenance=kind)
    nothing = kind in {Provenance.NONE, Provenance.DOUBTED}
    return replace(
        message,
        other="" if nothing else together(made.sentences, message.other_lang, shown),
        provenance=kind,
        engine=" + ".join(dict.fromkeys(each.origin for each in made.sentences if each.origin)),
        sentences=made.sentences,
    )


def _batch(work: Work, waiting: Sequence[Message]) -> list[Message]:
    """Keep apart what failed before, and let U3 and U4 wait for nobody else."""
    if not waiting or waiting[0].attempts:
        return list(waiting[:1])
    fresh = [each for each in waiting if not each.attempts]
    levels = {
        number: work.conversations.get(number).level
        for number in {each.conversation_id for each in fresh}
    }
    urgent = [each for each in fresh if levels[each.conversation_id] >= Level.U3]
    return urgent or fresh


def _known(work: Work, waiting: Sequence[Message]) -> Known:
    """Look up what counselors have approved, for all sentences of all messages."""
    keys: dict[tuple[Lang, Lang], set[str]] = {}
    for message in waiting:
        pair = message.lang, message.other_lang
        found = keys.setdefault(pair, set())
        found |= {memory_key(each.source) for each in sentences_of(message.text)}
    names: dict[int, str] = {}
    known: dict[tuple[Lang, Lang, str], tuple[str, str]] = {}
    for (source, target), wanted in keys.items():
        for key, each in work.memory.lookup(source, target, wanted).items():
            if not names:
                names = {one.id: one.name for one in work.team.all()}
            known[source, target, key] = each.target, names.get(each.counselor_id, "")
    return known


def _interpreted(
    waiting: Sequence[Message], interpreter: Interpreter, known: Known
) -> list[Interpreted | None]:
    """Return what became of each message; None where the engine broke on it."""

    def approved(source: Lang, target: Lang, keys: Collection[str]) -> dict[str, tuple[str, str]]:
        return {key: known[source, target, key] for key in keys if (source, target, key) in known}

    requests = [
        Request(each.text, each.lang, each.other_lang, outgoing=each.author is Author.COUNSELOR)
        for each in waiting
    ]
    if waiting[0].attempts >= MAX_ATTEMPTS:
        return [None]  # what failed before is alone
    try:
        return list(interpreter.interpret(requests, approved))
    except TranslationError as error:
        log.warning("translation_failed", messages=len(waiting), code=error.code)
    if len(waiting) == 1:
        return [None]
    alone: list[Interpreted | None] = []
    for request in requests:
        try:
            alone += interpreter.interpret([request], approved)
        except TranslationError:
            alone.append(None)
    return alone


def _written_down(
    work: Work,
    message: Message,
    made: Interpreted | None,
    desk: Desk,
    at: int,
    detectors: Detectors,
) -> tuple[Parcel | None, tuple[Channel, str] | None]:
    # The lock keeps an unsend, or a turn with a parcel of its own, out until the end.
    conversation = work.conversations.get(message.conversation_id, lock=True)
    try:
        current = work.messages.get(message.id)
    except NotFoundError:
        # Erased meanwhile, as a self-check that leaves nothing.
        return None, None
    if current.unsent_at is not None or current.provenance is not Provenance.WAITING:
        return None, None
    if made is None and message.attempts + 1 < MAX_ATTEMPTS:
        work.messages.postpone(message.id, due_at=at + RETRY_MS)
        # That counted the same try again.
        work.messages.save(replace(current, attempts=message.attempts + 1))
        return None, None
    nothing = replace(message, provenance=Provenance.NONE)
    finished = with_words(message, made) if made is not None else nothing
    parcel, overheard = None, None
    if message.author is Author.COUNSELOR:
        resident = work.residents.get(conversation.resident_id)
        finished, parcel = posted(work, resident, finished, desk, at)
    elif message.author is Author.RESIDENT and made is not None:
        heard = "\n".join(filter(None, [finished.other, made.heard]))
        overheard = _overheard(work, conversation, message, heard, detectors, at)
    work.messages.save(finished)
    tell_pages(work, conversation, "message", at=at)
    return parcel, overheard


def _overheard(
    work: Work,
    conversation: Conversation,
    message: Message,
    japanese: str,
    detectors: Detectors,
    at: int,
) -> tuple[Channel, str] | None:
    """Store an event of our own where the translation cries for help and nobody heard it yet."""
    heard = State.from_json(conversation.state).detected if conversation.state else ()
    found = [name for name, _ in detect(japanese, detectors) if name != "abuse"]
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
