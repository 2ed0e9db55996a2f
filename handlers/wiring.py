"""The one place where ports meet adapters; the only reader of the wall clock."""

import secrets
import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from flask import Flask

from bot.adapters.catalogs import Catalogs, load_catalogs
from bot.adapters.phrasebook import load_phrasebook
from bot.adapters.schema import is_current, migrate
from bot.adapters.storage import Store, open_store
from bot.authoring.loader import DialogBook, load_book
from bot.config import CHECKOUT, Settings
from bot.core.model import Channel
from bot.core.moves import Context
from bot.core.triage import assess
from bot.errors import DialogInvalidError
from bot.service import Services
from bot.service.counseling import Counseling
from bot.service.journal import Desk
from bot.service.ports import Phrasebook, Sender, Translator
from bot.service.reading import Reading
from bot.service.signing_in import SigningIn
from bot.service.turns import TurnTools
from handlers import create_app
from handlers.line.sender import LINE_API_HOST, LineSender
from handlers.runtime import Runtime, Tasks
from handlers.sim import API_PREFIX

DIALOGS = CHECKOUT / "dialogs"
LOCALES = CHECKOUT / "locales"


def now_ms() -> int:
    """Return the time in milliseconds since the epoch."""
    return time.time_ns() // 1_000_000


def new_id() -> str:
    """Return a random UUID."""
    return str(uuid.uuid4())


@dataclass(frozen=True, slots=True)
class Content:
    """The checked dialogs, catalogs and prepared sentences."""

    book: DialogBook
    catalogs: Catalogs
    phrasebook: Phrasebook


def load_content() -> Content:
    """Load dialogs and catalogs. Raises DialogInvalidError listing every problem of both."""
    book = load_book(DIALOGS)
    catalogs, problems = load_catalogs(LOCALES, book)
    phrasebook, more = load_phrasebook(LOCALES / "phrasebook.jsonl")
    if problems or more:
        raise DialogInvalidError([*problems, *more])
    return Content(book, catalogs, phrasebook)


def make_context(content: Content, timezone: str) -> Callable[[], Context]:
    """Return what gives the engine the day in the office's zone, the triage and the languages."""
    zone = ZoneInfo(timezone)
    languages = tuple(content.catalogs.languages())

    def context() -> Context:
        return Context(
            today=datetime.now(zone).date(),
            triage=lambda answers, lang, today, detected: assess(
                answers,
                lang=lang,
                today=today,
                parameters=content.book.triage,
                detected=detected,
            ),
            languages=languages,
            language_of=content.catalogs.language_of,
            new_session=lambda: secrets.token_urlsafe(6),
            detectors=content.book.detectors,
        )

    return context


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
    content = content or load_content()
    store = store or open_store(settings.database)
    migrate(store.engine)
    desk = Desk(
        content.book.dialog,
        content.catalogs,
        new_id,
        deliver_inline=Tasks.DELIVER in tasks,
    )
    tools = TurnTools(store.transaction, desk, now_ms, make_context(content, settings.timezone))
    runtime = Runtime(
        tasks,
        tools=tools,
        reading=store.reading,
        senders={Channel.LINE: sender or make_sender(settings)},
        make_translator=lambda: make_translator(settings),
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
        counseling=Counseling(store.transaction, desk, now_ms, content.phrasebook),
        signing_in=make_signing_in(store),
        renderer=content.catalogs,
        phrasebook=content.phrasebook,
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


def make_translator(settings: Settings) -> Translator:
    """Return the translation engine. Imported here only, so that web processes stay light."""
    from bot.adapters.argos import ArgosTranslator  # noqa: PLC0415

    drafts = settings.mode == "demo"
    return ArgosTranslator(settings.models, settings.var_dir, drafts=drafts)


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
