"""The words of the consultation: who speaks, through which channel, and what was said."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import IntEnum, StrEnum

Lang = str
"""A language code on offer: BCP 47, plus `ja-easy` for easy Japanese."""


class Channel(StrEnum):
    """Where a resident meets us; a channel is a folder in `handlers/`."""

    LINE = "line"
    WEB = "web"


class Level(IntEnum):
    """Urgency of a consultation (triage table 4.4): U4 is danger to life now."""

    U0 = 0
    U1 = 1
    U2 = 2
    U3 = 3
    U4 = 4


class Holder(StrEnum):
    """Who answers the resident. While a counselor holds the conversation the bot is silent."""

    BOT = "bot"
    COUNSELOR = "counselor"
    CLOSED = "closed"


class Author(StrEnum):
    """Who wrote a message."""

    RESIDENT = "resident"
    BOT = "bot"
    COUNSELOR = "counselor"


class Provenance(StrEnum):
    """Where the words a reader sees come from; every console and page shows it."""

    FIXED = "fixed"
    """A reviewed or draft catalog text, never machine-made."""
    UNREVIEWED = "unreviewed"
    """A catalog text about life, consent or money that nobody has reviewed in this language."""
    HUMAN = "human"
    """Typed by a person, in their own language."""
    PHRASE = "phrase"
    """A prepared sentence of the phrasebook, written by people in every language."""
    MACHINE = "machine"
    """A machine translation that may be shown, labelled, beside the original."""
    MEMORY = "memory"
    """A translation that a counselor corrected or approved, from the translation memory."""
    DRAFT = "draft"
    """A machine translation by a test model: for counselors only, folded and marked."""
    DOUBTED = "doubted"
    """A machine translation that failed its checks: never shown as what was said."""
    PARTLY = "partly"
    """Some sentences have words to rely on; the others stand in the original, said honestly."""
    NONE = "none"
    """No translation is available; said honestly."""
    WAITING = "waiting"
    """A translation is being made."""


@dataclass(frozen=True, slots=True)
class Text:
    """A fixed sentence: its address in the catalogs, its Japanese source and its arguments.

    An argument may itself be a fixed sentence, or several, which are listed.
    """

    address: str
    source: str
    args: "Mapping[str, str | Text | tuple[Text, ...]]" = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Rendered:
    """A fixed sentence in a language; `lang` is the language really served.

    `ruby` are the same words of easy Japanese with furigana in brackets (bot.core.furigana); ''
    where there are none. `draft`: they are about life, consent or money, and nobody has reviewed
    them in this language.
    """

    text: str
    lang: Lang
    fallback: bool = False
    ruby: str = ""
    draft: bool = False

    def words(self, *, furigana: bool) -> str:
        """Return the words, with furigana where that is wanted and there is any."""
        return self.ruby if furigana and self.ruby else self.text


@dataclass(frozen=True, slots=True)
class Pick:
    """A tapped choice: session, question id and answer codes (contract: `s`, `q`, `a`)."""

    session: str
    question: str
    codes: tuple[str, ...]


class InboundKind(StrEnum):
    """What a channel brought in."""

    TEXT = "text"
    PICK = "pick"
    FOLLOW = "follow"
    UNFOLLOW = "unfollow"
    UNSEND = "unsend"
    EDIT = "edit"
    STICKER = "sticker"
    MEDIA = "media"
    OTHER = "other"
    OVERHEARD = "overheard"
    """Ours: the translation of a message set off text detectors, named in `text` by commas."""


@dataclass(frozen=True, slots=True)
class Inbound:
    """One event of one resident, in the words every channel shares.

    `occurred_at` and `received_at` are milliseconds since the epoch. `event_id` is unique per
    channel (LINE: webhookEventId). `answerable` is false in LINE's standby mode: record only,
    send nothing. `reply_token` lives one minute from `received_at`.
    """

    channel: Channel
    address: str
    event_id: str
    occurred_at: int
    received_at: int
    kind: InboundKind
    text: str = ""
    pick: Pick | None = None
    message_id: str = ""
    reply_token: str = ""
    lang_hint: str = ""
    source_code: str = ""
    answerable: bool = True


@dataclass(frozen=True, slots=True)
class Choice:
    """A choice as it stands in a bubble: its codes and its words in the resident's language."""

    question: str
    code: str
    label: str
    kind: str = "answer"
    """`answer`, `control` (skip, back, …), `done` or `picked` (a multi choice already taken)."""
    detail: str = ""
    """The same choice in more words, where a label is too short for it; with furigana if wanted."""
    ruby: str = ""
    """The label with furigana in brackets, where that is wanted and there is any."""


@dataclass(frozen=True, slots=True)
class Bubble:
    """One message to the resident, ready in their language, the same for every channel."""

    text: str
    lang: Lang
    provenance: Provenance = Provenance.FIXED
    author: Author = Author.BOT
    sender_name: str = ""
    original: str = ""
    """The counselor's own words where `text` is a translation of them."""
    original_lang: Lang = ""
    note: str = ""
    """The label under a translation (自動翻訳 in the reader's language)."""
    session: str = ""
    question: str = ""
    many: bool = False
    choices: tuple[Choice, ...] = ()


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of a message and its words for the other side.

    `text` is '' where there is nothing to show. `provenance` is HUMAN (needs no translation),
    PHRASE, MEMORY, MACHINE, DRAFT, DOUBTED or NONE. `origin` says where the words come from: the
    engine with its languages (`compact 1.0 (vi→ja)`), the key of a prepared sentence, or who
    approved it. `reviewed` is false for prepared words that nobody has reviewed. `score` is the
    engine's mean log-probability of a token. `doubts` are the checks that failed
    (`numbers:55000`). `back` is the translation translated back, where that was done. `gap` is
    what followed the sentence: spaces or line breaks.
    """

    source: str
    text: str = ""
    provenance: Provenance = Provenance.NONE
    origin: str = ""
    reviewed: bool = True
    score: float | None = None
    doubts: tuple[str, ...] = ()
    back: str = ""
    gap: str = ""
