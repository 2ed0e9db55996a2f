"""A whole office in memory behind the web chat: the real dialog, catalogs and use cases."""

import contextlib
import functools
import itertools
import threading
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from flask import Flask
from werkzeug.serving import WSGIRequestHandler, make_server

from bot.adapters.catalogs import Catalogs, load_catalogs
from bot.adapters.phrasebook import read_phrases
from bot.authoring.loader import DialogBook, load_book
from bot.core.model import Channel, Inbound, Provenance
from bot.core.moves import Context
from bot.core.translation.knowledge import knowledge_of
from bot.core.translation.phrases import PhraseTable
from bot.core.translation.prepared import Prepared
from bot.core.triage import assess
from bot.service import Services
from bot.service.accepting import accept
from bot.service.correcting import Correcting
from bot.service.counseling import Counseling
from bot.service.journal import Desk
from bot.service.ports import Phrasebook, Transaction
from bot.service.reading import Reading
from bot.service.signing_in import SigningIn
from bot.service.translating import translate_waiting
from bot.service.turns import TurnTools, run_turn
from bot.service.wordbook import WordBook
from handlers.web import make_blueprint
from tests.fakes import memory_transaction
from tests.support.toy_engine import ToyEngine, toy_interpreter

ROOT = Path(__file__).parents[3]
NOON = 1_796_180_400_000  # 2026-12-02, 12:00 in Japan
POLL_S = 0.02  # how soon the server notices that it shall stop


@functools.cache
def content() -> tuple[DialogBook, Catalogs, Phrasebook]:
    book = load_book(ROOT / "dialogs")
    catalogs, _ = load_catalogs(ROOT / "locales", book)
    phrases, _ = read_phrases(ROOT / "locales" / "phrasebook.jsonl")
    phrasebook = Prepared(PhraseTable(phrases))
    return book, catalogs, phrasebook


@dataclass
class Office:
    """Services, and what the world does to them: time passes, counselors answer."""

    services: Services
    transaction: Transaction
    tools: TurnTools
    counselor: int
    now: list[int]
    received: list[Inbound] = field(default_factory=list)
    broken: bool = False

    def pass_time(self, ms: int) -> None:
        self.now[0] += ms

    def conversation(self) -> int:
        with self.transaction() as work:
            return work.conversations.waiting(mine=self.counselor, limit=1)[0].conversation_id

    def claim(self) -> int:
        conversation = self.conversation()
        self.services.counseling.claim(self.counselor, conversation)
        return conversation

    def answer(self, conversation: int, text: str) -> None:
        """A counselor writes Japanese; where it needs words, it waits for `translate`."""
        self.services.counseling.reply(self.counselor, conversation, text)

    def translate(self, engine: ToyEngine | None = None) -> None:
        desk, now = self.tools.desk, self.services.now
        while translate_waiting(
            transaction=self.transaction,
            interpreter=toy_interpreter(engine or ToyEngine()),
            desk=desk,
            now=now,
            detectors=self.tools.context().detectors,
        ).did:
            pass

    def unsend(self, address: str) -> None:
        """The resident's last message disappears."""
        with self.transaction() as work:
            resident = work.residents.find(Channel.WEB, address)
            assert resident is not None
            conversation = work.conversations.latest(resident.id)
            assert conversation is not None
            messages = work.messages.of(conversation.id)
            last = [each for each in messages if each.author.value == "resident"][-1]
            work.messages.save(
                replace(last, text="", unsent_at=self.now[0], provenance=Provenance.FIXED)
            )


def an_office() -> Office:
    book, catalogs, phrasebook = content()
    transaction = memory_transaction()
    ids = itertools.count(1)
    time = [NOON]

    def now() -> int:
        return time[0]

    def new_id() -> str:
        return f"id-{next(ids)}"

    desk = Desk(book.dialog, catalogs, new_id)
    tools = TurnTools(
        transaction,
        desk,
        now,
        lambda: Context(
            today=date(2026, 12, 2),
            triage=lambda answers, lang, today, detected: assess(
                answers, lang=lang, today=today, parameters=book.triage, detected=detected
            ),
            languages=tuple(catalogs.languages()),
            language_of=catalogs.language_of,
            new_session=new_id,
            detectors=book.detectors,
        ),
    )

    def receive(inbounds: Iterable[Inbound]) -> None:
        given = list(inbounds)
        if office.broken:
            raise ConnectionError
        office.received.extend(given)
        for channel, address in accept(given, transaction=transaction):
            while run_turn(channel, address, tools=tools).did:
                pass

    reading = Reading(transaction, desk)

    def wait_for_update(after: int, seconds: float) -> None:
        """Wait for real, so that a real server can stream."""
        give_up = threading.Event()
        for _ in range(int(seconds / POLL_S)):
            if reading.last_update() > after or give_up.wait(POLL_S):
                return

    signing_in = SigningIn(
        transaction, transaction, now, new_id, lambda word: word, lambda a, b: a == b
    )
    services = Services(
        receive=receive,
        receive_and_turn=receive,
        deliver=lambda _parcel: None,
        wait_for_update=wait_for_update,
        closing=lambda: False,
        reading=reading,
        correcting=Correcting(transaction, desk, now),
        counseling=Counseling(transaction, desk, now, phrasebook),
        signing_in=signing_in,
        renderer=catalogs,
        phrasebook=phrasebook,
        wordbook=WordBook(knowledge_of({}, {}, (), ()), transaction, transaction, now),
        now=now,
        new_id=new_id,
        ready=list,
        phrase=lambda key, lang: catalogs.render(book.dialog.phrase(key), lang).text,
    )
    counselor = signing_in.add("sato", "佐藤", "a-long-password")
    office = Office(services, transaction, tools, counselor.id, time)
    return office


def an_app(office: Office, *, secure_cookies: bool = False, max_streams: int = 200) -> Flask:
    app = Flask(__name__, static_folder=None)
    app.register_blueprint(
        make_blueprint(
            office.services,
            base_url="https://chat.example",
            secure_cookies=secure_cookies,
            max_streams=max_streams,
        )
    )
    return app


class _QuietHandler(WSGIRequestHandler):
    def log(self, type: str, message: str, *args: object) -> None:
        """Keep the test output free of access lines."""


@contextlib.contextmanager
def a_server(app: Flask, port: int = 0) -> Iterator[str]:
    """The app on a real port of its own; yields its address."""
    server = make_server("127.0.0.1", port, app, threaded=True, request_handler=_QuietHandler)
    server.daemon_threads = True  # type: ignore[attr-defined]  # open streams do not outlive it
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": POLL_S})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
