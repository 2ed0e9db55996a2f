"""What the stores keep, as values: residents, messages, parcels, counselors, updates."""

from dataclasses import dataclass, field

from bot.core.model import Author, Bubble, Channel, Inbound, Lang, Provenance, Sentence


@dataclass(frozen=True, slots=True)
class Resident:
    """A person on a channel. `address` is the LINE user id or the hash of a web token.

    `following` is false after a block on LINE: nothing is ever pushed to them then.
    """

    channel: Channel
    address: str
    created_at: int
    id: int = 0
    lang: Lang = ""
    following: bool = True
    source_code: str = ""


@dataclass(frozen=True, slots=True)
class StoredInbound:
    """An event as it was stored before the 200: `attempts` counts failed turns."""

    id: int
    inbound: Inbound
    attempts: int = 0


@dataclass(frozen=True, slots=True)
class Message:
    """A message and its words for the other side.

    `text`/`lang` are the author's own words. `other` are the words the other side reads:
    Japanese for the counselor, the resident's language for the resident; `provenance` says where
    they come from (WAITING while a translation is being made, NONE where there is none).
    `sentences` are the same words one by one, each with where it comes from; empty for fixed texts
    and for words that need no translation.
    `external_id` is the channel's own id of the message, for unsend. `code` is question and
    answer of a tapped choice. `parcel_id` leads to the delivery state.
    """

    conversation_id: int
    author: Author
    text: str
    lang: Lang
    created_at: int
    id: int = 0
    kind: str = "text"
    other: str = ""
    other_lang: Lang = ""
    provenance: Provenance = Provenance.FIXED
    engine: str = ""
    counselor_id: int | None = None
    external_id: str = ""
    unsent_at: int | None = None
    parcel_id: int | None = None
    attempts: int = 0
    choices: tuple[dict[str, str], ...] = ()
    sentences: tuple[Sentence, ...] = ()


@dataclass(frozen=True, slots=True)
class Parcel:
    """What must be handed to a channel.

    `reply_token` is used while `reply_until` lies ahead; after that, or once its outcome is
    unknown, the parcel is pushed with `retry_key`.
    """

    conversation_id: int
    channel: Channel
    address: str
    bubbles: tuple[Bubble, ...]
    retry_key: str
    created_at: int
    id: int = 0
    reply_token: str = ""
    reply_until: int = 0
    attempts: int = 0
    first_push_at: int = 0


@dataclass(frozen=True, slots=True)
class Counselor:
    """A member of staff. `password_hash` is argon2id."""

    login: str
    name: str
    password_hash: str
    id: int = 0
    role: str = "counselor"
    active: bool = True


@dataclass(frozen=True, slots=True)
class Update:
    """Something changed that open pages must show; carries ids, never words."""

    id: int
    conversation_id: int
    resident_id: int
    kind: str


@dataclass(frozen=True, slots=True)
class CaseEvent:
    """A line of the audit trail of a case."""

    conversation_id: int
    what: str
    at: int
    counselor_id: int | None = None
    detail: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Waiting:
    """A row of the counselors' list: what must be known before opening a case."""

    conversation_id: int
    level: int
    reason: str
    lang: Lang
    channel: Channel
    holder: str
    counselor_id: int | None
    counselor_name: str
    waiting_since: int | None
    opened_at: int
    assessment: dict[str, object]
    trouble: bool
    last_message_at: int | None = None


@dataclass(frozen=True, slots=True)
class Consent:
    """What a resident agreed to, or did not.

    `item` names what was asked (`SEND`, `SHARE_…`), `address` the words that were shown (their
    address in the catalogs, in the dialog of `version`, in `lang`).
    """

    conversation_id: int
    item: str
    given: bool
    address: str
    version: str
    lang: Lang
    channel: Channel
    at: int
    id: int = 0
    withdrawn_at: int | None = None


@dataclass(frozen=True, slots=True)
class Release:
    """A version of the dialog that was served here. A retired one goes on with nobody."""

    version: str
    created_at: int
    retired_at: int | None = None


@dataclass(frozen=True, slots=True)
class SetAside:
    """An event whose turn failed for good; a person must look."""

    id: int
    conversation_id: int | None
    kind: str
    error: str
    received_at: int


@dataclass(frozen=True, slots=True)
class FailedParcel:
    """A parcel that was given up, with the reason."""

    id: int
    conversation_id: int
    error: str
    created_at: int


@dataclass(frozen=True, slots=True)
class Approved:
    """A line of the translation memory: how a counselor wants a sentence to be translated.

    `key` is the folded source that is looked up. `machine` are the words it replaced and `engine`
    who had made them, for retraining.
    """

    source_lang: Lang
    target_lang: Lang
    key: str
    source: str
    target: str
    counselor_id: int
    at: int
    id: int = 0
    machine: str = ""
    engine: str = ""


@dataclass(frozen=True, slots=True)
class WordEdit:
    """A change to the glossary (`kind` "term") or the phrasebook ("phrase") made at the desk.

    The newest change of a key and language stands. `text` '' takes the words away. `reviewed`: the
    counselor reads the language and stands for the words.
    """

    kind: str
    key: str
    lang: Lang
    text: str
    reviewed: bool
    counselor_id: int
    at: int
    id: int = 0
