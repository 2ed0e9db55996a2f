"""An office for the desk's tests: services on in-memory stores, with the real dialog."""

import functools
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

from flask import Flask

from bot.authoring.loader import DialogBook, load_book
from bot.core.answers import Answer
from bot.core.conversation import Conversation
from bot.core.model import Author, Channel, Inbound, InboundKind, Level, Provenance, Rendered, Text
from bot.core.state import State
from bot.core.translation.knowledge import knowledge_of
from bot.core.triage import assess
from bot.service import Services
from bot.service.correcting import Correcting
from bot.service.counseling import Counseling
from bot.service.journal import Desk
from bot.service.ports import Transaction, Work
from bot.service.reading import Reading
from bot.service.records import CaseEvent, Counselor, Message, Parcel
from bot.service.signing_in import SigningIn
from bot.service.wordbook import WordBook
from handlers.desk import make_blueprint
from handlers.desk.showing import TOKYO
from tests.fakes import memory_transaction

START = 1_795_573_200_000
"""2026-11-25 11:20 in Tokyo."""
MINUTE = 60_000
PASSWORD = "correct horse"
NAMES = {
    "ja": "日本語",
    "ja-easy": "やさしい日本語",
    "en": "English",
    "vi": "Tiếng Việt",
    "ne": "नेपाली",
}


@functools.cache
def book() -> DialogBook:
    return load_book(Path(__file__).parents[2] / "dialogs")


class SourceRenderer:
    """Implements ports.Renderer: every sentence in its Japanese source."""

    def render(self, text: Text, lang: str) -> Rendered:
        words = text.source
        for name, value in text.args.items():
            said = value if isinstance(value, str) else ""
            words = words.replace("{" + name + "}", said)
        return Rendered(words, "ja", fallback=lang != "ja")

    def languages(self) -> dict[str, str]:
        return dict(NAMES)

    def language_of(self, typed: str) -> str:
        return typed if typed in NAMES else ""


class SmallPhrasebook:
    """Implements ports.Phrasebook with what the test puts into `texts`."""

    def __init__(self) -> None:
        self.texts = {
            "食べものはありますか。": "Anh/chị có đồ ăn không?",
            "今日、会えますか。": "Hôm nay gặp nhau được không?",
        }

    def lookup(self, japanese: str, lang: str) -> str:
        return self.texts.get(japanese, "") if lang == "vi" else ""

    def sentences(self, lang: str) -> list[tuple[str, str]]:
        return list(self.texts.items()) if lang == "vi" else []


@dataclass
class Office:
    """The services, and hands to put things into the stores. `now` is in milliseconds."""

    now: int = START
    delivered: list[Parcel | None] = field(default_factory=list)
    ids: int = 0

    def __post_init__(self) -> None:
        self._stores = memory_transaction()
        self._news = threading.Condition()
        desk = Desk(book().dialog, SourceRenderer(), self.new_id)
        self.phrasebook = SmallPhrasebook()
        self.services = Services(
            receive=lambda _inbounds: None,
            receive_and_turn=lambda _inbounds: None,
            deliver=self.delivered.append,
            wait_for_update=self._wait,
            closing=lambda: False,
            reading=Reading(self.transaction, desk),
            correcting=Correcting(self.transaction, desk, self.clock),
            counseling=Counseling(self.transaction, desk, self.clock, self.phrasebook),
            signing_in=SigningIn(
                self.transaction,
                self.transaction,
                self.clock,
                self.new_id,
                hash_password=lambda password: f"hash of {password}",
                verify_password=lambda stored, password: stored == f"hash of {password}",
            ),
            renderer=desk.renderer,
            phrasebook=self.phrasebook,
            wordbook=WordBook(
                knowledge_of({}, {}, (), ()), self.transaction, self.transaction, self.clock
            ),
            now=self.clock,
            new_id=self.new_id,
            ready=list,
            phrase=lambda key, _lang: key,
        )

    @contextmanager
    def _transaction(self) -> Iterator[Work]:
        with self._stores() as work:
            yield work
        with self._news:
            self._news.notify_all()

    @property
    def transaction(self) -> Transaction:
        return self._transaction

    def clock(self) -> int:
        return self.now

    def new_id(self) -> str:
        self.ids += 1
        return f"id-{self.ids:04}"

    def _wait(self, after: int, seconds: float) -> None:
        with self._news:
            self._news.wait_for(lambda: self.services.reading.last_update() > after, seconds)

    def app(
        self,
        *,
        secure_cookies: bool = False,
        demo: bool = False,
        translate: Callable[[str], str] = str,
    ) -> Flask:
        app = Flask(__name__)
        logins = [("sato", PASSWORD)] if demo else []
        blueprint = make_blueprint(
            self.services,
            secure_cookies=secure_cookies,
            demo_logins=logins,
            translate=translate,
            flag_rows=book().triage.rows,
        )
        app.register_blueprint(blueprint)
        return app

    # --- people and what they say --------------------------------------------------------------

    def counselor(self, login: str = "sato", name: str = "佐藤") -> Counselor:
        return self.services.signing_in.add(login, name, PASSWORD)

    def deactivate(self, login: str) -> None:
        """Take a member of staff out; the stores have no use case for it yet."""
        with self.transaction() as work:
            counselor = work.team.by_login(login)
            assert counselor is not None
            work.team._rows[counselor.id] = replace(counselor, active=False)  # type: ignore[attr-defined]

    def case(
        self,
        *,
        lang: str = "vi",
        channel: Channel = Channel.LINE,
        level: Level = Level.U1,
        reason: str = "sent",
        minutes_ago: int = 5,
        answers: dict[str, Answer] | None = None,
        queued: bool = True,
    ) -> int:
        """A conversation in the queue (or with the bot), assessed by its answers."""
        with self.transaction() as work:
            address = f"person {self.new_id()}"
            since = self.now - minutes_ago * MINUTE
            resident = work.residents.lock(channel, address, at=since)
            given = answers or {}
            state = State("screening", "1", "s", "CHAT", lang, answers=given, trail=tuple(given))
            today = datetime.fromtimestamp(self.now / 1000, TOKYO).date()
            found = assess(given, lang=lang, today=today, parameters=book().triage)
            conversation = work.conversations.add(
                Conversation(
                    resident.id,
                    since,
                    lang=lang,
                    level=max(level, found.level),
                    reason=reason if queued else "",
                    waiting_since=since if queued else None,
                    state=state.to_json(),
                    assessment=found.as_json() if given else {},
                )
            )
            work.trail.add(CaseEvent(conversation.id, f"queued_{reason}", since))
            self._append(work, conversation.id, "queue")
            return conversation.id

    def says(self, conversation_id: int, text: str, *, author: Author = Author.RESIDENT, **more):
        """A message in the record; `more` are fields of Message."""
        with self.transaction() as work:
            conversation = work.conversations.get(conversation_id)
            lang = more.pop("lang", conversation.lang)
            plain = Provenance.FIXED if author is Author.BOT else Provenance.HUMAN
            provenance = more.pop("provenance", plain)
            at = more.pop("created_at", self.now)
            message = Message(
                conversation_id, author, text, lang, at, provenance=provenance, **more
            )
            [message_id] = work.messages.add([message])
            self._append(work, conversation_id, "message")
            return message_id

    def parcel(self, conversation_id: int, *, error: str = "") -> int:
        """A parcel that went out, or that was given up with `error`."""
        with self.transaction() as work:
            parcel = Parcel(conversation_id, Channel.LINE, "person", (), self.new_id(), self.now)
            parcel_id, _ = work.outbox.add(parcel)
            if error:
                work.outbox.fail(parcel_id, error=error)
            else:
                work.outbox.sent([parcel_id], at=self.now)
            return parcel_id

    def set_aside(self, conversation_id: int) -> None:
        """An event whose turn failed for good."""
        with self.transaction() as work:
            inbound = Inbound(
                Channel.LINE, "person", self.new_id(), self.now, self.now, InboundKind.TEXT
            )
            work.inbox.add(inbound)
            item = work.inbox.next_for(Channel.LINE, "person", now=self.now)
            assert item is not None
            work.inbox.set_aside(item.id, error="KeyError", conversation_id=conversation_id)
            conversation = work.conversations.get(conversation_id)
            work.conversations.save(replace(conversation, trouble=True))

    def block(self, conversation_id: int) -> None:
        with self.transaction() as work:
            resident = work.residents.get(work.conversations.get(conversation_id).resident_id)
            work.residents.save(replace(resident, following=False))

    def unsend(self, message_id: int) -> None:
        with self.transaction() as work:
            message = work.messages.get(message_id)
            work.messages.save(replace(message, text="", other="", unsent_at=self.now))
            self._append(work, message.conversation_id, "unsent")

    @staticmethod
    def _append(work: Work, conversation_id: int, kind: str) -> None:
        work.updates.append(conversation_id=conversation_id, resident_id=0, kind=kind, at=0)
