"""Small values for the storage tests; whatever a test does not name is the same everywhere."""

from dataclasses import replace

from bot.core.conversation import Conversation
from bot.core.model import Author, Bubble, Channel, Choice, Inbound, InboundKind
from bot.service.ports import Work
from bot.service.records import Consent, Counselor, Message, Parcel

NEPALI = 'म नेपालबाट आएको हुँ। "घर" छैन 🏠'


def inbound(event_id: str, *, address: str = "U1", at: int = 100, text: str = "hi") -> Inbound:
    return Inbound(Channel.LINE, address, event_id, at, at + 5, InboundKind.TEXT, text=text)


def conversation(work: Work, address: str = "U1", **changes: object) -> Conversation:
    """A stored conversation of the resident with this LINE address."""
    resident = work.residents.lock(Channel.LINE, address, at=1)
    new = Conversation(resident.id, 10)
    return work.conversations.add(replace(new, **changes))  # type: ignore[arg-type]


def counselor(work: Work, login: str = "sato", name: str = "佐藤") -> Counselor:
    return work.team.add(Counselor(login, name, "argon2id…"))


def message(conversation_id: int, text: str = "hi", **changes: object) -> Message:
    plain = Message(conversation_id, Author.RESIDENT, text, "ne", 100)
    return replace(plain, **changes)  # type: ignore[arg-type]


def bubble(text: str = NEPALI) -> Bubble:
    choices = (
        Choice("Q1", "SAFE_OK", "ठीक छ"),
        Choice("Q1", "SKIP", "छोड्ने", kind="control", detail="दोस्रो पटक सोध्दैन"),
    )
    return Bubble(text, "ne", session="s1", question="Q1", many=True, choices=choices)


def parcel(conversation_id: int, key: str = "key", **changes: object) -> Parcel:
    plain = Parcel(conversation_id, Channel.LINE, "U1", (bubble(),), key, 1_000)
    return replace(plain, **changes)  # type: ignore[arg-type]


def consent(conversation_id: int, item: str = "SEND", **changes: object) -> Consent:
    plain = Consent(
        conversation_id,
        item,
        given=True,
        address="screening.SUMMARY.text",
        version="1-a",
        lang="ne",
        channel=Channel.LINE,
        at=100,
    )
    return replace(plain, **changes)  # type: ignore[arg-type]
