"""write(): what happened in a turn → messages, parcel, queue, assessment, one update."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import assert_never

from bot.core.conversation import Conversation
from bot.core.dialog import Dialog
from bot.core.events import (
    Alerted,
    Answered,
    Asked,
    Assessed,
    Consented,
    Event,
    Forgot,
    LanguageChosen,
    Said,
    Stopped,
)
from bot.core.model import Author, Bubble, Channel, Inbound, Level, Provenance, Text
from bot.core.state import State
from bot.service import wording
from bot.service.flows import Flow, Versions
from bot.service.ports import NewId, Renderer, Work
from bot.service.records import CaseEvent, Consent, Message, Parcel, Resident

REPLY_WINDOW_MS = 50_000
"""LINE gives a reply token one minute and does not guarantee it; we stop ten seconds before."""

NEVER = 2**62
"""An id that no message has."""

INLINE_LEASE_MS = 10_000
"""A parcel made by a turn is first delivered by the process that made it; after this, by any."""


@dataclass(frozen=True, slots=True)
class Desk:
    """What the journal needs at hand: a dialog and its words, of the current version at first.

    `deliver_inline`: this process delivers what it writes; else the worker finds it.
    """

    dialog: Dialog
    renderer: Renderer
    new_id: NewId
    deliver_inline: bool = True
    versions: Versions = field(default_factory=Versions)

    def using(self, flow: Flow) -> "Desk":
        """Return the same desk with the dialog and the words of another version."""
        return replace(self, dialog=flow.dialog, renderer=flow.renderer)

    def of(self, work: Work, conversation: Conversation) -> "Desk":
        """Return the desk with the version this conversation stands on, retired or not.

        Where that version is the current one the store is not asked; where it is unknown or
        unusable the current one has to do.
        """
        version = str(conversation.state.get("version", ""))
        if version in ("", self.dialog.version):
            return self
        flow = self.versions.find(work, version)
        return self.using(flow) if flow is not None else self


def apply(
    conversation: Conversation, events: Sequence[Event], *, at: int
) -> tuple[Conversation, list[CaseEvent]]:
    """Return the conversation after these events, and the lines for its audit trail."""
    lines: list[CaseEvent] = []
    for event in events:
        match event:
            case Assessed(assessment):
                conversation = replace(
                    conversation,
                    assessment=assessment.as_json(),
                    level=max(conversation.level, assessment.level),
                )
            case Alerted(reason):
                floor = Level.U0 if reason == "sent" else Level.U1
                conversation = conversation.enqueue(reason, floor, at)
                if reason == "sent":
                    conversation = replace(conversation, sent_at=at)
                lines.append(CaseEvent(conversation.id, f"queued_{reason}", at))
            case LanguageChosen(lang):
                conversation = replace(conversation, lang=lang)
            case Forgot():
                # The level of a conversation that a counselor knows of is never lowered.
                if not known(conversation):
                    conversation = replace(conversation, assessment={}, level=Level.U0)
            case Said() | Asked() | Answered() | Stopped() | Consented():
                pass
            case _:
                assert_never(event)
    return conversation, lines


def keep_promises(
    work: Work,
    conversation: Conversation,
    events: Sequence[Event],
    state: State,
    *,
    channel: Channel,
    at: int,
) -> None:
    """Store what the resident agreed to, with the words shown, and erase what must not stay.

    Called before the turn's own messages are written.
    """
    for event in events:
        match event:
            case Consented(item, given, address):
                work.consents.add(
                    Consent(
                        conversation.id,
                        item,
                        given,
                        address,
                        state.version,
                        state.lang,
                        channel,
                        at,
                    )
                )
            case Forgot():
                work.messages.erase(conversation.id, since=_first_of_run(work, conversation))
                work.outbox.drop_for(conversation.id)
            case _:
                pass


def known(conversation: Conversation) -> bool:
    """Tell whether a counselor ever had reason to look at the conversation."""
    return bool(conversation.reason or conversation.waiting_since or conversation.sent_at)


def _first_of_run(work: Work, conversation: Conversation) -> int:
    """Return the message from which on everything is erased: 0, or the first of this run.

    What was said before, to a counselor or for one, was not promised to vanish.
    """
    if not known(conversation):
        return 0
    session = conversation.state.get("session")
    of_run = [
        message.id
        for message in work.messages.of(conversation.id)
        if any(choice["s"] == session for choice in message.choices)
    ]
    return min(of_run, default=NEVER)


def bubbles_of(
    events: Sequence[Event], state: State, *, dialog: Dialog, renderer: Renderer
) -> list[tuple[Bubble, Bubble]]:
    """Return what the bot says, in the resident's language and in Japanese for the desk."""
    worded: list[tuple[Bubble, Bubble]] = []
    for event in events:
        if isinstance(event, Said):
            said = (event.text, *event.lines)
            lang = event.lang or state.lang
            ours = [wording.said(each, lang, renderer, furigana=state.furigana) for each in said]
            japanese = [wording.said(each, wording.JAPANESE, renderer) for each in said]
            worded.append((_together(ours), _together(japanese)))
        elif isinstance(event, Asked):
            asked = wording.asked(
                dialog, state, event, state.lang, renderer, furigana=state.furigana
            )
            question = wording.question(dialog, state, event, wording.JAPANESE, renderer)
            worded.append((asked, Bubble(question.text, question.lang)))
    return worded


def _together(lines: Sequence[Bubble]) -> Bubble:
    drafts = any(each.provenance is Provenance.UNREVIEWED for each in lines)
    return replace(
        lines[0],
        text="\n".join(each.text for each in lines),
        provenance=Provenance.UNREVIEWED if drafts else lines[0].provenance,
    )


def write(
    work: Work,
    resident: Resident,
    conversation: Conversation,
    spoken: Sequence[tuple[Bubble, Bubble]],
    *,
    desk: Desk,
    at: int,
    heard: Message | None = None,
    answering: Inbound | None = None,
    kind: str = "message",
) -> Parcel | None:
    """Write a turn down: the resident's message, the bot's, one parcel, the state, one update.

    Returns the parcel if the caller may deliver it at once.
    `answering` is the event that is answered; on LINE its reply token is used while it lives.
    Nothing is sent to somebody who blocked the account or whose chat another channel controls.
    """
    bubbles = tuple(ours for ours, _ in spoken)
    parcel = _parcel(resident, conversation, bubbles, desk=desk, at=at, answering=answering)
    parcel_id, ready = stored(work, parcel, desk) if parcel is not None else (None, None)
    messages = [] if heard is None else [heard]
    messages.extend(
        Message(
            conversation.id,
            Author.BOT,
            ours.text,
            ours.lang,
            at,
            other=japanese.text,
            other_lang=japanese.lang,
            provenance=ours.provenance,
            parcel_id=parcel_id,
            choices=as_choices(ours),
        )
        for ours, japanese in spoken
    )
    if messages:
        work.messages.add(messages)
    work.conversations.save(conversation)
    tell_pages(work, conversation, kind, at=at)
    return ready


def tell_pages(work: Work, conversation: Conversation, kind: str, *, at: int) -> None:
    """Tell open pages that a conversation changed; comes last, since it locks the feed."""
    work.updates.append(
        conversation_id=conversation.id,
        resident_id=conversation.resident_id,
        kind=kind,
        at=at,
    )


def stored(work: Work, parcel: Parcel, desk: Desk) -> tuple[int, Parcel | None]:
    """Put a parcel into the outbox; return its id, and the parcel if it may be delivered now."""
    leased_until = parcel.created_at + INLINE_LEASE_MS if desk.deliver_inline else 0
    parcel_id, leased = work.outbox.add(parcel, leased_until=leased_until)
    return parcel_id, replace(parcel, id=parcel_id) if leased else None


def as_choices(bubble: Bubble) -> tuple[dict[str, str], ...]:
    """Return the choices of a bubble as they are stored with its message."""
    return tuple(
        {
            "s": bubble.session,
            "q": each.question,
            "a": each.code,
            "label": each.label,
            "kind": each.kind,
            "detail": each.detail,
            "ruby": each.ruby,
            "many": "1" if bubble.many else "",
        }
        for each in bubble.choices
    )


def _parcel(
    resident: Resident,
    conversation: Conversation,
    bubbles: tuple[Bubble, ...],
    *,
    desk: Desk,
    at: int,
    answering: Inbound | None,
) -> Parcel | None:
    if not bubbles or resident.channel is not Channel.LINE or not resident.following:
        return None
    if answering is not None and not answering.answerable:
        return None
    token = answering.reply_token if answering is not None else ""
    until = answering.received_at + REPLY_WINDOW_MS if answering is not None and token else 0
    return Parcel(
        conversation.id,
        resident.channel,
        resident.address,
        bubbles,
        desk.new_id(),
        at,
        reply_token=token,
        reply_until=until,
    )


def fixed_message(text: Text, lang: str, renderer: Renderer) -> tuple[Bubble, Bubble]:
    """Return one fixed sentence for the resident and for the desk."""
    return (
        wording.said(text, lang, renderer),
        wording.said(text, wording.JAPANESE, renderer),
    )
