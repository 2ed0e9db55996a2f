"""What the use cases need from the world, as Protocols; adapters implement them."""

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from typing import Protocol

from bot.core.model import Lang, Rendered, Text, Translation
from bot.core.translation.engines import Candidate, Route
from bot.service.records import Parcel
from bot.service.stores import (
    Consents,
    Conversations,
    Inbox,
    Messages,
    Outbox,
    Releases,
    Residents,
    Team,
    Trail,
    Updates,
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


class Translator(Protocol):
    """Machine translation of free text; loaded in the worker only."""

    def translate(self, text: str, source: Lang, target: Lang) -> Translation | None:
        """Return a translation, None where no package serves the pair.

        Raises TranslationError when the engine broke.
        """


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
