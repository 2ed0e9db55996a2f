"""The one place where ports meet adapters; the only reader of the wall clock."""

import secrets
import shutil
import time
import uuid
from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from zoneinfo import ZoneInfo

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from flask import Flask

from bot.adapters.catalogs import Catalogs, load_catalogs
from bot.adapters.languages import BY_CODE, EASY
from bot.adapters.schema import is_current, migrate
from bot.adapters.storage import Store, open_store
from bot.adapters.zawgyi import readable
from bot.authoring.loader import DialogBook, load_book
from bot.authoring.migrations import load_maps
from bot.authoring.release import HOTLINES, pack, served_by, unpack
from bot.config import CHECKOUT, Settings
from bot.core.answers import Answers
from bot.core.model import Channel, Lang
from bot.core.moves import Context
from bot.core.translation.knowledge import Knowledge
from bot.core.triage import Assessment, assess
from bot.errors import DialogInvalidError
from bot.service import Services
from bot.service.correcting import Correcting
from bot.service.counseling import Counseling
from bot.service.flows import Flow, Triage, Versions
from bot.service.journal import Desk
from bot.service.moving import MigrationMap
from bot.service.ports import Sender
from bot.service.reading import Reading
from bot.service.releasing import Releasing
from bot.service.signing_in import SigningIn
from bot.service.turns import TurnTools
from handlers import create_app
from handlers.line.sender import LINE_API_HOST, LineSender
from handlers.runtime import Runtime, Tasks
from handlers.sim import API_PREFIX
from handlers.translation import (
    LOCALES,
    guessed,
    knowledge_and_problems,
    make_interpreter,
    make_wordbook,
)

DIALOGS = CHECKOUT / "dialogs"


def now_ms() -> int:
    """Return the time in milliseconds since the epoch."""
    return time.time_ns() // 1_000_000


def new_id() -> str:
    """Return a random UUID."""
    return str(uuid.uuid4())


@dataclass(frozen=True, slots=True)
class Content:
    """The checked dialogs, catalogs and prepared words, and the maps from older dialogs.

    `dialogs` is the folder that the dialogs were read from.
    """

    book: DialogBook
    catalogs: Catalogs
    knowledge: Knowledge
    maps: tuple[MigrationMap, ...] = ()
    dialogs: Path = DIALOGS


def load_content(dialogs: Path = DIALOGS, *, refuse_drafts: bool = False) -> Content:
    """Load dialogs and catalogs. Raises DialogInvalidError listing every problem of both.

    `refuse_drafts`: see load_catalogs.
    """
    book = load_book(dialogs, languages=[code for code in BY_CODE if code != EASY])
    catalogs, problems = load_catalogs(LOCALES, book, refuse_drafts=refuse_drafts)
    knowledge, more = knowledge_and_problems()
    if problems or more:
        raise DialogInvalidError([*problems, *more])
    return Content(book, catalogs, knowledge, load_maps(dialogs, book.dialog), dialogs)


def make_context(content: Content, timezone: str) -> Callable[[], Context]:
    """Return what gives the engine the day in the office's zone, the triage and the languages."""
    zone = ZoneInfo(timezone)
    languages = tuple(content.catalogs.languages())
    triage = _triage(content.book)

    def context() -> Context:
        return Context(
            today=datetime.now(zone).date(),
            triage=triage,
            languages=languages,
            language_of=content.catalogs.language_of,
            new_session=lambda: secrets.token_urlsafe(6),
            detectors=content.book.detectors,
            guessed=guessed,
        )

    return context


def _triage(book: DialogBook) -> Triage:
    def triage(answers: Answers, lang: Lang, today: date, detected: Collection[str]) -> Assessment:
        parameters = book.triage
        return assess(answers, lang=lang, today=today, parameters=parameters, detected=detected)

    return triage


def make_versions(content: Content) -> Versions:
    """Return what finds older versions of the dialog, worded with today's telephone numbers."""

    def rebuild(version: str, packed: bytes) -> Flow:
        with TemporaryDirectory() as made:
            folder = Path(made)
            served = unpack(packed, folder)
            shutil.copy(content.dialogs / HOTLINES, folder)
            book = load_book(folder)
        present = content.book.dialog
        dialog = replace(
            book.dialog,
            version=version,
            # What a newer program says of its own accord an older dialog need not know.
            phrases={**present.phrases, **book.dialog.phrases},
            controls={**present.controls, **book.dialog.controls},
        )
        # The same goes for its words, in the languages that this program still has.
        served = served.over(served_by(content.catalogs, content.book.texts))
        words = {lang: dict(served.words[lang]) for lang in BY_CODE if lang in served.words}
        drafts = content.catalogs.drafts
        catalogs = Catalogs(words, tuple(words), served.furigana, drafts)
        return Flow(dialog, catalogs, _triage(book), book.detectors)

    return Versions(rebuild, maps=content.maps)


def make_desk(content: Content, *, deliver_inline: bool) -> Desk:
    """Return the current dialog and its words, with the way to older ones."""
    return Desk(
        content.book.dialog,
        content.catalogs,
        new_id,
        deliver_inline=deliver_inline,
        versions=make_versions(content),
    )


def make_releasing(settings: Settings, content: Content, store: Store) -> Releasing:
    """Return the use cases around versions of the dialog."""
    desk = make_desk(content, deliver_inline=False)
    context = make_context(content, settings.timezone)
    return Releasing(store.transaction, store.reading, desk, context, now_ms)


def packed_release(content: Content) -> bytes:
    """Return the release that this process serves, to be stored."""
    return pack(content.dialogs, served_by(content.catalogs, content.book.texts))


@dataclass(frozen=True, slots=True)
class Program:
    """Everything joined: the store, the use cases and the threads that drive them."""

    settings: Settings
    content: Content
    store: Store
    tools: TurnTools
    services: Services
    runtime: Runtime

    def app(self) -> Flask:
        """Return the web application."""
        rows = self.content.book.triage.rows
        return create_app(self.services, self.settings, flag_rows=rows)


def build(
    settings: Settings,
    tasks: Tasks,
    *,
    content: Content | None = None,
    store: Store | None = None,
    sender: Sender | None = None,
) -> Program:
    """Join the program for these tasks and bring the database to the newest form.

    `store` and `sender` stand in for the ones the settings name. Raises DialogInvalidError;
    nothing is started yet (see Runtime.start).
    """
    production = settings.mode == "production"
    content = content or load_content(refuse_drafts=production and settings.refuse_drafts)
    store = store or open_store(settings.database)
    migrate(store.engine)
    make_releasing(settings, content, store).register(packed_release(content))
    desk = make_desk(content, deliver_inline=Tasks.DELIVER in tasks)
    context = make_context(content, settings.timezone)
    tools = TurnTools(store.transaction, desk, now_ms, context, readable)
    wordbook = make_wordbook(settings, content.knowledge, store, content.dialogs, now_ms)
    runtime = Runtime(
        tasks,
        tools=tools,
        reading=store.reading,
        senders={Channel.LINE: sender or make_sender(settings)},
        make_interpreter=lambda: make_interpreter(settings, wordbook.knowledge),
        single_process=store.engine.dialect.name == "sqlite",
        name=f"{uuid.uuid4().hex[:8]}",
    )
    services = Services(
        receive=runtime.receive,
        receive_and_turn=runtime.receive_and_turn,
        deliver=runtime.deliver,
        wait_for_update=runtime.wait_for_update,
        closing=runtime.is_closing,
        reading=Reading(store.reading, desk),
        correcting=Correcting(store.transaction, desk, now_ms),
        counseling=Counseling(store.transaction, desk, now_ms, wordbook),
        signing_in=make_signing_in(store),
        renderer=content.catalogs,
        phrasebook=wordbook,
        wordbook=wordbook,
        now=now_ms,
        new_id=new_id,
        ready=lambda: _unready(store, runtime),
        phrase=lambda key, lang: (
            content.catalogs.render(content.book.dialog.phrase(key), lang).text
        ),
    )
    return Program(settings, content, store, tools, services, runtime)


def make_sender(settings: Settings) -> Sender:
    """Return what talks to LINE, or to the stand-in that the settings name."""
    host = settings.line_api_host.rstrip("/")
    if not host:
        pretended = f"http://127.0.0.1:{settings.port}{API_PREFIX}"
        host = pretended if settings.pretends_line else LINE_API_HOST
    return LineSender(host=host, access_token=settings.access_token)


def make_signing_in(store: Store) -> SigningIn:
    """Return counselors' accounts over argon2id."""
    hasher = PasswordHasher()

    def verify(stored: str, password: str) -> bool:
        try:
            return hasher.verify(stored, password)
        except (VerificationError, InvalidHashError):
            return False

    return SigningIn(
        store.transaction,
        store.reading,
        now_ms,
        lambda: secrets.token_urlsafe(32),
        hasher.hash,
        verify,
    )


def _unready(store: Store, runtime: Runtime) -> list[str]:
    """Return what keeps the program from being ready; empty when everything is fine."""
    problems: list[str] = []
    if not is_current(store.engine):
        problems.append("migrations")
    with store.reading() as work:
        if not runtime.is_fresh(work.trail.last_beat(), now_ms()):
            problems.append("worker")
    return problems
