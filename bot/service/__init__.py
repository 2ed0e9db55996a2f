"""The use cases, bound and ready: what a handler may call."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from bot.core.model import Inbound
from bot.service.correcting import Correcting
from bot.service.counseling import Counseling
from bot.service.ports import Clock, Phrasebook, Renderer
from bot.service.reading import Reading
from bot.service.records import Parcel
from bot.service.signing_in import SigningIn
from bot.service.wordbook import WordBook


@dataclass(frozen=True, slots=True)
class Services:
    """A frozen bundle; `wiring.py` makes it, every handler gets it.

    `receive` stores events durably and starts their turns in the background; `receive_and_turn`
    also waits for the turns (a page without JavaScript needs the answer in the same request).
    `deliver` is called with what a counselor's action returned, after every such action.
    `wait_for_update(after, seconds)` returns as soon as this process or the store has news, and at
    once while the process is stopping: `closing` says so, and every stream ends then.
    """

    receive: Callable[[Iterable[Inbound]], None]
    receive_and_turn: Callable[[Iterable[Inbound]], None]
    deliver: Callable[[Parcel | None], None]
    wait_for_update: Callable[[int, float], None]
    closing: Callable[[], bool]
    reading: Reading
    counseling: Counseling
    correcting: Correcting
    signing_in: SigningIn
    renderer: Renderer
    phrasebook: Phrasebook
    wordbook: WordBook
    now: Clock
    new_id: Callable[[], str]
    ready: Callable[[], list[str]]
    phrase: Callable[[str, str], str]
    """`phrase("web.send", lang)`: a fixed sentence of dialogs/phrases.yaml."""
