"""What the use cases need from the world, as Protocols; adapters implement them."""

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from typing import Protocol

from bot.core.model import Lang, Rendered, Text
from bot.core.translation.engines import Candidate, Route
from bot.service.records import Parcel
from bot.service.stores import (
    Consents,
    Conversations,
    Inbox,
    Memory,
    Messages,
    Outbox,
    Releases,
    Residents,
    Team,
    Trail,
    Updates,
    WordEdits,
)

Clock = Callable[[], int]
"""Milliseconds since the epoch."""
NewId = Callable[[], str]
"""An unguessable id (UUID text)."""


class Work(Protocol):
    """One transaction's view of all stores."""

    @property
    def inbox(self) -> Inbox: ...
    @property
    def residents(self) -> Residents: ...
    @property
    def conversations(self) -> Conversations: ...
    @property
    def messages(self) -> Messages: ...
    @property
    def outbox(self) -> Outbox: ...
    @property
    def updates(self) -> Updates: ...
    @property
    def team(self) -> Team: ...
    @property
    def trail(self) -> Trail: ...
    @property
    def consents(self) -> Consents: ...
    @property
    def releases(self) -> Releases: ...
    @property
    def memory(self) -> Memory: ...
    @property
    def word_edits(self) -> WordEdits: ...


Transaction = Callable[[], AbstractContextManager[Work]]
"""Leaving the block commits; an exception rolls back."""


class Renderer(Protocol):
    """Fixed sentences in the languages on offer."""

    def render(self, text: Text, lang: Lang) -> Rendered:
        """Return the sentence in `lang`, or in the language it falls back to, marked so."""

    def languages(self) -> dict[Lang, str]:
        """Return the languages on offer: code → own name, in the order of the menu."""

    def language_of(self, typed: str) -> Lang:
        """Return the language a typed name, code or menu number means, '' for none."""


class Engine(Protocol):
    """A translation engine, sentence by sentence; loaded in the worker only."""

    def route(self, source: Lang, target: Lang) -> Route | None:
        """Return the best way between two languages on offer, None where there is none."""

    def translate(
        self, sentences: Sequence[str], route: Route, *, alternatives: int = 1
    ) -> list[list[Candidate]]:
        """Return up to `alternatives` translations of each sentence, the best first.

        All sentences go through the engine together. Raises TranslationError when it broke.
        """

    def read_back(self, pairs: Sequence[tuple[str, str]], route: Route) -> list[float | None]:
        """Return how likely each (source, translation)'s source is, read back from it.

        The mean log-probability of the source's tokens (≤ 0); None where the engine cannot tell.
        Raises TranslationError when it broke.
        """


class LocalEngine(Engine, Protocol):
    """An engine of packages on this machine."""

    def warm(self) -> None:
        """Load every package, so that the first message does not wait for it."""

    def directions(self) -> list[tuple[Lang, Lang]]:
        """Return the pairs of languages that a package serves directly."""


class Spelling(Protocol):
    """Writes a language as engines and readers want it."""

    def for_engine(self, text: str, lang: Lang) -> str:
        """Return a resident's words as an engine reads them best.

        NFC; Vietnamese with its marks, romanised Nepali in Devanagari, traditional Chinese in
        simplified signs.
        """

    def for_reader(self, text: str, lang: Lang) -> str:
        """Return an engine's words as the reader of `lang` writes them."""


class Phrasebook(Protocol):
    """Prepared sentences of counselors, written by people in every language."""

    def lookup(self, japanese: str, lang: Lang) -> str:
        """Return the prepared sentence in `lang`, '' where there is none."""

    def sentences(self, lang: Lang) -> list[tuple[str, str]]:
        """Return (Japanese, translation) of all prepared sentences in `lang`."""


class Sender(Protocol):
    """Hands a parcel to a channel."""

    def send(self, parcel: Parcel, *, now: int) -> None:
        """Hand it over once.

        Raises DeliveryUnknownError (may have arrived), ReplyTokenSpentError (go on by push),
        DeliveryError (nothing arrived, try again) or DeliveryRefusedError (a person must look).
        """
