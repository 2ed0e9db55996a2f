"""What a counselor does with a conversation: claim, reply, hand back, requeue, close."""

from dataclasses import dataclass, replace

from bot.core.conversation import Conversation
from bot.core.events import Asked
from bot.core.model import Author, Bubble, Channel, Provenance
from bot.core.state import State
from bot.core.translation.slots import open_slots
from bot.errors import MoveNotAllowedError, SlotOpenError
from bot.service import journal
from bot.service.access import conversation_for
from bot.service.heard import JAPANESE_LANGS
from bot.service.journal import Desk
from bot.service.ports import Clock, Phrasebook, Transaction, Work
from bot.service.records import CaseEvent, Message, Parcel, Resident
from bot.service.wording import JAPANESE

Spoken = list[tuple[Bubble, Bubble]]
"""What the bot says, in the resident's language and in Japanese for the desk."""

TRANSLATED = frozenset(
    {Provenance.MACHINE, Provenance.PHRASE, Provenance.MEMORY, Provenance.PARTLY}
)
"""A counselor's message goes out in the resident's language, in whole or in part."""

REPLY_LIMIT = 2_000
"""Characters of one answer: longer ones are no longer read on a phone."""


@dataclass(frozen=True, slots=True)
class Counseling:
    """The counselor's use cases. Each is one transaction; nothing is sent inside."""

    transaction: Transaction
    desk: Desk
    now: Clock
    phrasebook: Phrasebook

    def claim(self, by: int, conversation_id: int) -> Parcel | None:
        """Take the conversation; the bot falls silent and the resident is told.

        Raises AlreadyTakenError when somebody else holds it, MoveNotAllowedError when it is closed.
        Two counselors can never hold the same one: the row is locked.
        """
        with self.transaction() as work:
            before = conversation_for(work, by, conversation_id, lock=True)
            after = before.claim(by)
            if after is before:
                return None
            spoken = self._said(work, "bot.counselor_joined", after)
            return self._told(work, by, after, "claimed", spoken)

    def hand_back(self, by: int, conversation_id: int) -> Parcel | None:
        """Give the conversation back to the bot; the resident is told and can go on with it.

        Under these words stand the ways on: the questions, a person again, from the beginning.
        """
        with self.transaction() as work:
            conversation = conversation_for(work, by, conversation_id, lock=True).hand_back(by)
            desk = self.desk.of(work, conversation)
            dialog = desk.dialog
            state = State.from_json(conversation.state)
            state = replace(state, node=dialog.chat, alerted=False, stopped=False)
            conversation = replace(conversation, state=state.to_json())
            told = Asked(dialog.chat, dialog.phrase("bot.counselor_left"))
            spoken = journal.bubbles_of(
                [told],
                replace(state, lang=conversation.lang),
                dialog=dialog,
                renderer=desk.renderer,
            )
            return self._told(work, by, conversation, "handed_back", spoken)

    def requeue(self, by: int, conversation_id: int) -> None:
        """Put a held conversation back into the queue; the resident notices nothing."""
        with self.transaction() as work:
            now = self.now()
            conversation = conversation_for(work, by, conversation_id, lock=True).requeue(by, now)
            work.conversations.save(conversation)
            work.trail.add(CaseEvent(conversation_id, "requeued", now, by))
            journal.tell_pages(work, conversation, "queue", at=now)

    def close(self, by: int, conversation_id: int) -> Parcel | None:
        """End the case; the resident is told. Their next message opens a new conversation."""
        with self.transaction() as work:
            conversation = conversation_for(work, by, conversation_id, lock=True)
            closed = conversation.close(by, self.now())
            spoken = self._said(work, "bot.case_closed", closed)
            return self._told(work, by, closed, "closed", spoken)

    def reply(self, by: int, conversation_id: int, text: str, *, nonce: str = "") -> Parcel | None:
        """Answer the resident. Sending the same form twice (same `nonce`) changes nothing.

        A resident who reads Japanese gets the words at once, a prepared sentence of the phrasebook
        goes out in their language at once; anything else waits for the translator, and goes out
        with the Japanese beside it. Raises NotYoursError when the claim was lost meanwhile,
        MoveNotAllowedError for an empty or overlong text, SlotOpenError while a slot of a prepared
        sentence still stands open.
        """
        words = text.strip()
        if not words or len(words) > REPLY_LIMIT:
            raise MoveNotAllowedError
        if open_slots(words):
            raise SlotOpenError
        with self.transaction() as work:
            now = self.now()
            conversation = conversation_for(work, by, conversation_id, lock=True)
            conversation.require_held_by(by)
            if nonce and work.messages.find_external(conversation_id, nonce) is not None:
                return None
            resident = work.residents.get(conversation.resident_id)
            message = Message(
                conversation_id,
                Author.COUNSELOR,
                words,
                JAPANESE,
                now,
                counselor_id=by,
                external_id=nonce,
                other_lang=conversation.lang,
                provenance=Provenance.HUMAN,
            )
            prepared = ""
            if conversation.lang not in JAPANESE_LANGS:
                prepared = self.phrasebook.lookup(words, conversation.lang)
                waits = Provenance.PHRASE if prepared else Provenance.WAITING
                message = replace(message, other=prepared, provenance=waits)
            parcel = None
            if message.provenance is not Provenance.WAITING:
                message, parcel = posted(work, resident, message, self.desk, now)
            work.messages.add([message])
            work.conversations.save(replace(conversation, receipt_given=False))
            work.trail.add(CaseEvent(conversation_id, "replied", now, by))
            journal.tell_pages(work, conversation, "message", at=now)
            return parcel

    # --- helpers -------------------------------------------------------------------------------

    def _said(self, work: Work, phrase: str, conversation: Conversation) -> Spoken:
        desk = self.desk.of(work, conversation)
        text = desk.dialog.phrase(phrase)
        return [journal.fixed_message(text, conversation.lang, desk.renderer)]

    def _told(
        self, work: Work, by: int, conversation: Conversation, what: str, spoken: Spoken
    ) -> Parcel | None:
        now = self.now()
        work.trail.add(CaseEvent(conversation.id, what, now, by))
        resident = work.residents.get(conversation.resident_id)
        return journal.write(
            work, resident, conversation, spoken, desk=self.desk, at=now, kind="queue"
        )


def posted(
    work: Work, resident: Resident, message: Message, desk: Desk, now: int
) -> tuple[Message, Parcel | None]:
    """Put a counselor's answer into the outbox.

    Return it with its parcel's id, and the parcel if the caller may deliver it now. On the web,
    and for somebody who blocked the account, there is nothing to hand over.
    """
    if resident.channel is not Channel.LINE or not resident.following:
        return message, None
    bubble = bubble_of_reply(message, desk)
    parcel = Parcel(
        message.conversation_id, resident.channel, resident.address, (bubble,), desk.new_id(), now
    )
    parcel_id, ready = journal.stored(work, parcel, desk)
    return replace(message, parcel_id=parcel_id), ready


def bubble_of_reply(message: Message, desk: Desk) -> Bubble:
    """Return a counselor's message as the resident sees it, on every channel."""
    lang = message.other_lang
    notes = {
        Provenance.MACHINE: "bot.machine_label",
        Provenance.PHRASE: "bot.phrase_label",
        Provenance.MEMORY: "bot.phrase_label",
        Provenance.PARTLY: "bot.partly_label",
        Provenance.DOUBTED: "bot.japanese_only",
        Provenance.NONE: "bot.japanese_only",
        Provenance.DRAFT: "bot.japanese_only",
    }
    key = notes.get(message.provenance, "")
    note = desk.renderer.render(desk.dialog.phrase(key), lang).text if key else ""
    name = desk.renderer.render(desk.dialog.phrase("bot.counselor_name"), lang).text
    translated = message.provenance in TRANSLATED
    return Bubble(
        message.other if translated else message.text,
        lang if translated else JAPANESE,
        provenance=message.provenance,
        author=Author.COUNSELOR,
        sender_name=name,
        original=message.text if translated else "",
        original_lang=JAPANESE if translated else "",
        note=note,
    )
