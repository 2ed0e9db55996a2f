"""Correcting: a counselor puts a translation right, for this message and for those to come."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

from bot.core.model import Author, Channel, Provenance, Sentence
from bot.core.translation.knowledge import memory_key
from bot.core.translation.splitting import EXACT
from bot.errors import MoveNotAllowedError, NotFoundError
from bot.service import journal
from bot.service.access import conversation_for
from bot.service.counseling import bubble_of_reply
from bot.service.interpreting import Interpreted
from bot.service.journal import Desk
from bot.service.ports import Clock, Transaction, Work
from bot.service.records import Approved, CaseEvent, Message, Parcel
from bot.service.translating import with_words

LONGEST = 2_000
"""Characters of one sentence's translation."""


@dataclass(frozen=True, slots=True)
class Correcting:
    """The counselor's use cases around a message's translation. Each is one transaction."""

    transaction: Transaction
    desk: Desk
    now: Clock

    def message(self, by: int, conversation_id: int, message_id: int) -> Message:
        """Return a message that can be corrected. Raises NotFoundError."""
        with self.transaction() as work:
            conversation_for(work, by, conversation_id)
            return _correctable(work, conversation_id, message_id)

    def correct(
        self,
        by: int,
        conversation_id: int,
        message_id: int,
        words: Mapping[int, str],
        *,
        approved: Collection[int] = (),
        remember: bool,
    ) -> Parcel | None:
        """Store new words for some sentences, by their number; `approved` ones are right as is.

        With `remember` they go into the translation memory, so that the same sentence is never
        left to a machine again; sentences with a telephone number, a mail address or a link stay
        out of it. A counselor's own message goes to the resident once more, marked as corrected:
        only its holder may do that (NotYoursError). Raises NotFoundError, or MoveNotAllowedError
        where nothing was changed or a text is empty or overlong.
        """
        with self.transaction() as work:
            at = self.now()
            conversation = conversation_for(work, by, conversation_id, lock=True)
            message = _correctable(work, conversation_id, message_id)
            if message.author is Author.COUNSELOR:
                conversation.require_held_by(by)
            changes = _changes(message, words, approved)
            if not changes:
                raise MoveNotAllowedError
            name = next((each.name for each in work.team.all() if each.id == by), "")
            sentences = tuple(
                _approved(each, changes[number], name) if number in changes else each
                for number, each in enumerate(message.sentences)
            )
            corrected = with_words(message, Interpreted(sentences))
            if remember:
                self._remember(work, by, message, changes, at)
            changed = any(changes[each] != message.sentences[each].text for each in changes)
            parcel = None
            if message.author is Author.COUNSELOR and changed:
                corrected, parcel = self._sent_again(work, corrected, at)
            work.messages.save(corrected)
            work.trail.add(
                CaseEvent(conversation_id, "corrected", at, by, {"message": str(message_id)})
            )
            journal.tell_pages(work, conversation, "message", at=at)
            return parcel

    def _remember(
        self, work: Work, by: int, message: Message, changes: Mapping[int, str], at: int
    ) -> None:
        for number, text in changes.items():
            before = message.sentences[number]
            if is_private(before.source) or is_private(text):
                continue
            work.memory.add(
                Approved(
                    message.lang,
                    message.other_lang,
                    memory_key(before.source),
                    before.source,
                    text,
                    by,
                    at,
                    machine=before.text,
                    engine=before.origin,
                )
            )

    def _sent_again(self, work: Work, message: Message, at: int) -> tuple[Message, Parcel | None]:
        """Hand the corrected words over where the channel does not show the message anew."""
        conversation = work.conversations.get(message.conversation_id)
        resident = work.residents.get(conversation.resident_id)
        if resident.channel is not Channel.LINE or not resident.following:
            return message, None
        note = self.desk.dialog.phrase("bot.corrected_label")
        bubble = replace(
            bubble_of_reply(message, self.desk),
            note=self.desk.renderer.render(note, message.other_lang).text,
        )
        parcel = Parcel(
            message.conversation_id,
            resident.channel,
            resident.address,
            (bubble,),
            self.desk.new_id(),
            at,
        )
        parcel_id, ready = journal.stored(work, parcel, self.desk)
        return replace(message, parcel_id=parcel_id), ready


def is_private(text: str) -> bool:
    """Tell whether a sentence holds what is one person's alone: a number to call, an address."""
    return EXACT.search(text) is not None


def _correctable(work: Work, conversation_id: int, message_id: int) -> Message:
    message = work.messages.get(message_id)
    here = message.conversation_id == conversation_id
    if not here or not message.sentences or message.unsent_at is not None:
        raise NotFoundError
    return message


def _changes(
    message: Message, words: Mapping[int, str], approved: Collection[int]
) -> dict[int, str]:
    changes: dict[int, str] = {}
    for number, before in enumerate(message.sentences):
        text = words.get(number, before.text).strip()
        if before.provenance is Provenance.HUMAN or not text:
            continue
        if len(text) > LONGEST:
            raise MoveNotAllowedError
        if text != before.text or number in approved:
            changes[number] = text
    return changes


def _approved(sentence: Sentence, text: str, name: str) -> Sentence:
    return Sentence(sentence.source, text, Provenance.MEMORY, origin=name, gap=sentence.gap)
