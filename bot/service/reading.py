"""What pages show: the residents' thread, the counselors' list and case. Reads only."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.core.answers import Answer
from bot.core.conversation import Conversation
from bot.core.model import Author, Bubble, Channel, Choice, Lang, Provenance
from bot.core.prompts import answer_text, question_text
from bot.core.state import State
from bot.service.access import conversation_for
from bot.service.counseling import bubble_of_reply
from bot.service.heard import joined
from bot.service.journal import Desk
from bot.service.ports import Transaction
from bot.service.records import (
    CaseEvent,
    Counselor,
    FailedParcel,
    Message,
    Resident,
    SetAside,
    Update,
    Waiting,
)
from bot.service.wording import JAPANESE

NOT_READABLE = frozenset({Provenance.NONE, Provenance.DOUBTED, Provenance.PARTLY})
"""What a resident wrote could not be translated reliably, in whole or in part."""


@dataclass(frozen=True, slots=True)
class ThreadLine:
    """A message as the resident sees it; `mine`: they wrote it."""

    id: int
    mine: bool
    bubble: Bubble
    kind: str
    at: int
    unsent: bool


@dataclass(frozen=True, slots=True)
class ResidentThread:
    """The resident's own page: their language, their thread, the newest update it reflects."""

    lang: Lang
    lines: tuple[ThreadLine, ...]
    last_update: int
    with_person: bool


@dataclass(frozen=True, slots=True)
class AnswerLine:
    """One structured answer in Japanese, and what was typed."""

    question: str
    heading: str
    asked: str
    answer: str
    codes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CaseLine:
    """A message as the counselor sees it: own words, Japanese, provenance, delivery state."""

    message: Message
    by: str
    delivery: str
    error: str


@dataclass(frozen=True, slots=True)
class Case:
    """Everything the counselor's page of one conversation shows."""

    conversation: Conversation
    resident: Resident
    lines: tuple[CaseLine, ...]
    answers: tuple[AnswerLine, ...]
    trail: tuple[CaseEvent, ...]
    holder: Counselor | None
    names: dict[int, str]
    """Counselors' names by id, for the trail."""
    last_update: int


@dataclass(frozen=True, slots=True)
class DeskList:
    """The list page: the queue with what I hold, and what needs a person's eye."""

    rows: tuple[Waiting, ...]
    set_aside: tuple[SetAside, ...]
    failed: tuple[FailedParcel, ...]
    last_update: int


@dataclass(frozen=True, slots=True)
class Reading:
    """The read side, over transactions that only read."""

    reading: Transaction
    desk: Desk

    def thread(self, address: str, *, after: int = 0) -> ResidentThread | None:
        """Return a web resident's thread, or None for somebody who has not written yet.

        A counselor's answer appears once it has its words; unsent messages stay as a gap.
        """
        with self.reading() as work:
            resident = work.residents.find(Channel.WEB, address)
            if resident is None:
                return None
            last_update = work.updates.last_id()
            conversation = work.conversations.latest(resident.id)
            if conversation is None:
                return None
            messages = work.messages.of(conversation.id, after=after)
        lines = tuple(
            self._thread_line(message)
            for message in messages
            if not (message.author is Author.COUNSELOR and message.provenance is Provenance.WAITING)
        )
        held = conversation.counselor_id is not None
        if held:
            lines = self._with_advice(lines, messages, conversation.lang)
        return ResidentThread(conversation.lang, lines, last_update, held)

    def updates_for(self, address: str, after: int) -> list[Update]:
        """Return what changed for a web resident since `after`."""
        with self.reading() as work:
            resident = work.residents.find(Channel.WEB, address)
            if resident is None:
                return []
            return work.updates.after(after, resident_id=resident.id)

    def updates(self, after: int) -> list[Update]:
        """Return what changed for anybody since `after`."""
        with self.reading() as work:
            return work.updates.after(after, resident_id=None)

    def last_update(self) -> int:
        """Return the id of the newest update."""
        with self.reading() as work:
            return work.updates.last_id()

    def desk_list(self, reader_id: int) -> DeskList:
        """Return the queue in the order of urgency, what the reader holds, and what failed."""
        with self.reading() as work:
            return DeskList(
                tuple(work.conversations.waiting(mine=reader_id, limit=200)),
                tuple(work.inbox.set_aside_list(50)),
                tuple(work.outbox.failed(50)),
                work.updates.last_id(),
            )

    def case(self, reader_id: int, conversation_id: int) -> Case:
        """Return a whole case. Raises NotFoundError (see access.conversation_for)."""
        with self.reading() as work:
            last_update = work.updates.last_id()
            conversation = conversation_for(work, reader_id, conversation_id)
            resident = work.residents.get(conversation.resident_id)
            messages = work.messages.of(conversation_id, limit=1_000)
            parcels = {each.parcel_id for each in messages if each.parcel_id is not None}
            states = work.outbox.states(parcels)
            names = {each.id: each for each in work.team.all()}
            trail = tuple(work.trail.of(conversation_id))
            desk = self.desk.of(work, conversation)
        lines = tuple(self._case_line(each, states, names) for each in messages)
        holder = names.get(conversation.counselor_id or 0)
        return Case(
            conversation,
            resident,
            lines,
            answers_of(conversation, desk),
            trail,
            holder,
            {each.id: each.name for each in names.values()},
            last_update,
        )

    # --- helpers -------------------------------------------------------------------------------

    def _with_advice(
        self, lines: tuple[ThreadLine, ...], messages: Sequence[Message], lang: Lang
    ) -> tuple[ThreadLine, ...]:
        """Say under the resident's newest words that a counselor may not be able to read them.

        Only while they are the last ones, and once somebody is there to read them.
        """
        newest = messages[-1] if messages else None
        if newest is None or newest.author is not Author.RESIDENT or newest.unsent_at is not None:
            return lines
        if newest.provenance not in NOT_READABLE:
            return lines
        advice = self.desk.dialog.phrase("web.not_translated")
        last = lines[-1]
        bubble = replace(last.bubble, note=self.desk.renderer.render(advice, lang).text)
        return (*lines[:-1], replace(last, bubble=bubble))

    def _thread_line(self, message: Message) -> ThreadLine:
        if message.author is Author.COUNSELOR:
            bubble = bubble_of_reply(message, self.desk)
        else:
            choices = tuple(
                Choice(
                    each["q"],
                    each["a"],
                    each["label"],
                    each["kind"],
                    each.get("detail", ""),
                    each.get("ruby", ""),
                )
                for each in message.choices
            )
            first = message.choices[0] if message.choices else {}
            bubble = Bubble(
                message.text,
                message.lang,
                author=message.author,
                session=first.get("s", ""),
                question=first.get("q", ""),
                many=bool(first.get("many")),
                choices=choices,
            )
        return ThreadLine(
            message.id,
            message.author is Author.RESIDENT,
            bubble,
            message.kind,
            message.created_at,
            message.unsent_at is not None,
        )

    @staticmethod
    def _case_line(
        message: Message, states: dict[int, tuple[str, str]], names: dict[int, Counselor]
    ) -> CaseLine:
        delivery, error = states.get(message.parcel_id or 0, ("", ""))
        who = names.get(message.counselor_id or 0)
        return CaseLine(message, who.name if who is not None else "", delivery, error)


def answers_of(conversation: Conversation, desk: Desk) -> tuple[AnswerLine, ...]:
    """Return the structured answers in Japanese, in the order of answering.

    `desk` has the version that the conversation stands on: the words are those it was asked in.
    """
    if not conversation.state:
        return ()
    state = State.from_json(conversation.state)
    return tuple(
        _answer_line(question, state.answers[question], desk)
        for question in state.trail
        if question in state.answers
    )


def _answer_line(question: str, answer: Answer, desk: Desk) -> AnswerLine:
    dialog, renderer = desk.dialog, desk.renderer
    text = question_text(dialog, question)
    words = answer_text(dialog, question, answer)
    heading = dialog.phrases.get(f"topic.{question}")
    return AnswerLine(
        question,
        renderer.render(heading, JAPANESE).text if heading is not None else question,
        renderer.render(text, JAPANESE).text if text is not None else "",
        joined(words if isinstance(words, tuple) else (words,), JAPANESE, renderer),
        answer.codes,
    )
