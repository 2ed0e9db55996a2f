"""Answering: one event of one person, answered inside the transaction it is given."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from bot.core.conversation import Conversation
from bot.core.engine import Overheard, Typed, begin
from bot.core.model import (
    Author,
    Holder,
    Inbound,
    InboundKind,
    Lang,
    Provenance,
)
from bot.core.moves import Context, Turn
from bot.core.state import State
from bot.service import journal
from bot.service.heard import message_of
from bot.service.journal import Desk
from bot.service.ports import Work
from bot.service.records import Message, Parcel, Resident
from bot.service.talking import Talk


@dataclass(frozen=True, slots=True)
class Outcome:
    """`did`: there was an event. `parcel` is leased to the caller, who delivers it at once."""

    did: bool
    parcel: Parcel | None = None
    translate: bool = False


class Answering:
    """One event of one person, with what is needed to answer it. `run` is called once.

    `desk` and `context` are those of the current version of the dialog.
    """

    def __init__(
        self,
        work: Work,
        resident: Resident,
        inbound: Inbound,
        *,
        desk: Desk,
        context: Context,
        now: int,
    ) -> None:
        self.work = work
        self.resident = resident
        self.inbound = inbound
        self.desk = desk
        self.context = context
        self.now = now
        # Read once a turn: it is locked until the end.
        self.latest = work.conversations.latest(resident.id)

    def run(self) -> Outcome:
        match self.inbound.kind:
            case InboundKind.FOLLOW:
                return self._follow()
            case InboundKind.UNFOLLOW:
                return self._unfollow()
            case InboundKind.UNSEND:
                return self._unsend()
            case InboundKind.TEXT | InboundKind.PICK:
                self._remember(following=True)
                return self._spoke()
            case InboundKind.STICKER:
                return self._answer_kindly("bot.sticker")
            case InboundKind.MEDIA:
                return self._answer_kindly("bot.media")
            case InboundKind.EDIT:
                return self._answer_kindly("bot.edited")
            case InboundKind.OVERHEARD:
                return self._overheard()
            case InboundKind.OTHER:
                return Outcome(did=True)

    def apologise(self, *, aloud: bool = True) -> tuple[int, Parcel | None]:
        """Tell the resident that a person will look, and put the conversation into the queue.

        Reads nothing of the dialog's state, which may be what broke; without `aloud` it needs no
        words either.
        """
        conversation = self.latest or self._conversation()[0]
        lang = conversation.lang or self.resident.lang
        if conversation.holder is not Holder.CLOSED:
            conversation = conversation.enqueue("trouble", conversation.level, self.now)
        conversation = replace(conversation, trouble=True)
        sorry = self.desk.dialog.phrase("bot.set_aside")
        spoken = [journal.fixed_message(sorry, lang, self.desk.renderer)] if aloud else []
        parcel = journal.write(
            self.work,
            self.resident,
            conversation,
            spoken,
            desk=self.desk,
            at=self.now,
            answering=self.inbound,
            kind="queue",
        )
        return conversation.id, parcel

    # --- kinds of events -----------------------------------------------------------------------

    def _follow(self) -> Outcome:
        self._remember(following=True)
        return self._respond(Talk.welcomed)

    def _unfollow(self) -> Outcome:
        self._remember(following=False)
        conversation = self.latest
        if conversation is not None:
            self.work.outbox.drop_for(conversation.id)
            journal.tell_pages(self.work, conversation, "blocked", at=self.now)
        return Outcome(did=True)

    def _unsend(self) -> Outcome:
        """Make an unsent message disappear everywhere; one not seen yet will never be kept."""
        conversation = self.latest or self._conversation()[0]
        known = self.work.messages.find_external(conversation.id, self.inbound.message_id)
        if known is not None:
            self.work.messages.save(
                replace(
                    known,
                    text="",
                    other="",
                    sentences=(),
                    unsent_at=self.now,
                    provenance=Provenance.FIXED,
                )
            )
        else:
            tombstone = Message(
                conversation.id,
                Author.RESIDENT,
                "",
                conversation.lang,
                self.now,
                external_id=self.inbound.message_id,
                unsent_at=self.now,
            )
            self.work.messages.add([tombstone])
        journal.tell_pages(self.work, conversation, "unsent", at=self.now)
        return Outcome(did=True)

    def _answer_kindly(self, phrase: str) -> Outcome:
        self._remember(following=True)
        return self._respond(lambda talk: talk.reminded(phrase))

    def _spoke(self) -> Outcome:
        if self._was_unsent():
            return Outcome(did=True)
        pick = self.inbound.pick
        return self._respond(lambda talk: talk.took(pick or Typed(self.inbound.text)))

    def _overheard(self) -> Outcome:
        """Ask the direct question about words that only their translation gave away."""
        latest = self.latest
        if latest is None or latest.holder is not Holder.BOT:
            return Outcome(did=True)
        return self._respond(lambda talk: talk.took(Overheard(tuple(self.inbound.text.split(",")))))

    # --- helpers -------------------------------------------------------------------------------

    def _respond(self, respond: Callable[[Talk], Turn]) -> Outcome:
        conversation, state = self._conversation()
        context = replace(self.context, receipt_given=conversation.receipt_given)
        talk = Talk(self.work, state, desk=self.desk, context=context)
        if self._others_speak(conversation):
            return self._write(conversation, talk, talk.silent(), keep_silent=True)
        return self._write(conversation, talk, respond(talk))

    def _others_speak(self, conversation: Conversation) -> bool:
        """Tell whether the bot is silent: for a counselor, or (standby) for another channel."""
        return conversation.holder is Holder.COUNSELOR or not self.inbound.answerable

    def _was_unsent(self) -> bool:
        if not self.inbound.message_id or self.latest is None:
            return False
        known = self.work.messages.find_external(self.latest.id, self.inbound.message_id)
        return known is not None and known.unsent_at is not None

    def _remember(self, *, following: bool) -> None:
        """Keep whether pushes reach the person; whoever writes has not blocked the account."""
        if self.resident.following is not following:
            self.resident = replace(self.resident, following=following)
            self.work.residents.save(self.resident)

    def _remember_person(self, lang: Lang) -> None:
        """Keep the language, and the outreach source the person came through first."""
        known = replace(
            self.resident,
            lang=lang or self.resident.lang,
            source_code=self.resident.source_code or self.inbound.source_code,
        )
        if known != self.resident:
            self.resident = known
            self.work.residents.save(known)

    def _conversation(self) -> tuple[Conversation, State]:
        """Return the open conversation and where the resident stands in it; begin where needed."""
        latest = self.latest
        if latest is not None and latest.holder is not Holder.CLOSED:
            return latest, State.from_json(latest.state)
        session = self.context.new_session()
        state = begin(self.desk.dialog, session, lang_hint=self.resident.lang).state
        if latest is not None and latest.lang:
            state = replace(state, lang=latest.lang, node=self.desk.dialog.chat)
        conversation = Conversation(self.resident.id, self.now, lang=state.lang)
        conversation = replace(conversation, state=state.to_json())
        return self.work.conversations.add(conversation), state

    def _write(
        self, conversation: Conversation, talk: Talk, turn: Turn, *, keep_silent: bool = False
    ) -> Outcome:
        before = (conversation.level, conversation.waiting_since, conversation.holder)
        state = turn.state
        conversation, lines = journal.apply(conversation, turn.events, at=self.now)
        for line in lines:
            self.work.trail.add(line)
        channel = self.resident.channel
        journal.keep_promises(
            self.work, conversation, turn.events, state, channel=channel, at=self.now
        )
        self._remember_person(state.lang)
        spoken = (
            []
            if keep_silent
            else journal.bubbles_of(
                turn.events, state, dialog=talk.desk.dialog, renderer=talk.desk.renderer
            )
        )
        conversation = replace(
            conversation,
            state=state.to_json(),
            lang=state.lang,
            receipt_given=talk.gives_receipt(turn, given=conversation.receipt_given),
        )
        heard = None
        if self.inbound.kind not in {InboundKind.FOLLOW, InboundKind.OVERHEARD}:
            desk, node = talk.heard_at(tapped=self.inbound.pick is not None)
            heard = message_of(
                self.inbound,
                conversation,
                node=node,
                events=turn.events,
                dialog=desk.dialog,
                renderer=desk.renderer,
                at=self.now,
            )
        after = (conversation.level, conversation.waiting_since, conversation.holder)
        parcel = journal.write(
            self.work,
            self.resident,
            conversation,
            spoken,
            desk=self.desk,
            at=self.now,
            heard=heard,
            answering=self.inbound,
            kind="queue" if before != after else "message",
        )
        waits = heard is not None and heard.provenance is Provenance.WAITING
        return Outcome(did=True, parcel=parcel, translate=waits)
