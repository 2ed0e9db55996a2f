"""What a resident does on the page: a form → events of the web channel, each with its turn."""

import re
from dataclasses import dataclass

from werkzeug.datastructures import MultiDict

from bot.core.model import Bubble, Channel, Inbound, InboundKind, Pick
from bot.service import Services
from handlers.web.visitor import source_code

TEXT_LIMIT = 2_000
"""Characters of one message."""

DONE = "DONE"
BACK = "BACK"
MAX_CODES = 60

_CODE = re.compile(r"[A-Za-z0-9_-]{1,64}")
_UNSEEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")


class FormRefusedError(Exception):
    """What was written cannot be taken; `phrase` is the key of the words that say why."""

    def __init__(self, phrase: str, kept: str = "") -> None:
        super().__init__(phrase)
        self.phrase = phrase
        self.kept = kept


class FormBrokenError(Exception):
    """No page of ours makes such a form."""


Form = MultiDict[str, str]


def with_limit(words: str) -> str:
    """Return the words with the longest length of a message in place of `{limit}`."""
    return words.replace("{limit}", f"{TEXT_LIMIT:,}")


def words_of(form: Form) -> str:
    """Return the written words, trimmed. Raises FormRefusedError when empty or too long."""
    typed = form.get("text", "").replace("\r\n", "\n").replace("\r", "\n")
    words = _UNSEEN.sub("", typed).strip()
    if not words:
        raise FormRefusedError("web.empty")
    if len(words) > TEXT_LIMIT:
        raise FormRefusedError("web.too_long", words)
    return words


def nonce_of(form: Form) -> str:
    """Return the id that the page gave to this act. Raises FormBrokenError."""
    return _code(form.get("nonce", ""))


def picks_of(form: Form) -> list[Pick]:
    """Return the picks that lead to what is ticked now. Raises FormBrokenError.

    A multi choice only adds to what was picked before, so taking a tick away needs a step back
    first: it opens the question anew, with nothing picked.
    """
    session, question = _code(form.get("s", "")), _code(form.get("q", ""))
    codes = tuple(dict.fromkeys(_code(each) for each in form.getlist("a")))
    if not codes or len(codes) > MAX_CODES:
        raise FormBrokenError
    before = {each for each in form.get("was", "").split(",") if each}
    picks = [Pick(session, question, codes)]
    if DONE in codes and before - set(codes):
        picks.insert(0, Pick(session, question, (BACK,)))
    return picks


def _code(given: str) -> str:
    if not _CODE.fullmatch(given):
        raise FormBrokenError
    return given


@dataclass(frozen=True, slots=True)
class Acts:
    """One device's acts; every method returns when the turns are done.

    The same nonce twice (a double click, a repeated request) changes nothing.
    """

    services: Services
    address: str
    lang_hint: str
    source: str

    def say(self, text: str, nonce: str) -> None:
        """Write something."""
        self._turn(InboundKind.TEXT, nonce, text=text)

    def choose(self, picks: list[Pick], nonce: str) -> None:
        """Tap choices of a question, in this order."""
        for place, pick in enumerate(picks):
            suffix = "" if place == 0 else f"-{place}"
            self._turn(InboundKind.PICK, nonce + suffix, pick=pick)

    def choose_language(self, lang: str, nonce: str) -> None:
        """Begin with a language: the conversation opens, and its menu is answered.

        Raises FormBrokenError for a language that is not on offer.
        """
        if lang not in self.services.renderer.languages():
            raise FormBrokenError
        if self._menu() is None:
            self._turn(InboundKind.FOLLOW, f"{nonce}-follow")
        menu = self._menu()
        if menu is not None and any(each.code == lang for each in menu.choices):
            self._turn(InboundKind.PICK, nonce, pick=Pick(menu.session, menu.question, (lang,)))
        else:
            self._turn(InboundKind.TEXT, nonce, text=lang)

    def _menu(self) -> Bubble | None:
        """Return the newest message with choices: at the beginning it is the language menu."""
        thread = self.services.reading.thread(self.address)
        lines = thread.lines if thread is not None else ()
        return next((each.bubble for each in reversed(lines) if each.bubble.choices), None)

    def _turn(
        self, kind: InboundKind, nonce: str, *, text: str = "", pick: Pick | None = None
    ) -> None:
        now = self.services.now()
        inbound = Inbound(
            Channel.WEB,
            self.address,
            # Event ids are unique in the whole channel: nobody can use up another one's.
            f"{self.address[:16]}.{nonce}",
            now,
            now,
            kind,
            text=text,
            pick=pick,
            lang_hint=self.lang_hint,
            source_code=self.source,
        )
        self.services.receive_and_turn([inbound])


def acts_of(services: Services, address: str, lang_hint: str, form: Form) -> Acts:
    """Return the acts of a device, with what its form says about where it came from."""
    return Acts(services, address, lang_hint, source_code(form.get("src", "")))
