"""The messages of a case → two columns: the resident's words on the left, Japanese on the right."""

from collections.abc import Iterable
from dataclasses import dataclass

from bot.core.model import Author, InboundKind, Provenance
from bot.service.heard import JAPANESE_LANGS
from bot.service.reading import CaseLine
from bot.service.records import Message
from handlers.desk import words
from handlers.desk.sentences import PartView, can_be_asked_again, parts_of, words_to_rewrite
from handlers.desk.showing import Showing, html_lang

UNTRANSLATED = frozenset({Provenance.NONE, Provenance.WAITING, Provenance.DOUBTED})
JAPANESE_ONLY = frozenset({Provenance.NONE, Provenance.DRAFT, Provenance.DOUBTED})


@dataclass(frozen=True, slots=True)
class Cell:
    """Words in one language with the label that says where they come from.

    `folded`: a draft that a counselor may open, and that is wrong more often than not. `parts` are
    its sentences, each with a label of its own, and go before `text`.
    """

    text: str
    lang: str
    label: str
    provenance: str
    folded: bool = False
    title: str = ""
    parts: tuple[PartView, ...] = ()


@dataclass(frozen=True, slots=True)
class LineView:
    """One message.

    `day` is set on the first message of a day; `theirs` is None where the resident reads and
    writes Japanese, and one column says all.
    """

    id: int
    author: str
    who: str
    clock: str
    day: str
    ours: Cell
    theirs: Cell | None
    unsent: bool
    note: str
    delivery: str
    failed: bool
    choices: tuple[str, ...]
    choices_lang: str
    correctable: bool = False
    ask_again: bool = False
    rewrite: str = ""


@dataclass(frozen=True, slots=True)
class Threading:
    """Puts messages into words for the desk."""

    showing: Showing

    def lines(self, lines: Iterable[CaseLine]) -> list[LineView]:
        """Return the thread, oldest first."""
        views: list[LineView] = []
        last_day = ""
        for line in lines:
            day = self.showing.day(line.message.created_at)
            views.append(self._line(line, day if day != last_day else ""))
            last_day = day
        return views

    def _line(self, line: CaseLine, day: str) -> LineView:
        message = line.message
        ours, theirs = self._cells(message)
        shown = [each for each in message.choices if each.get("kind") == "answer"]
        return LineView(
            id=message.id,
            author=message.author,
            who=self._who(line),
            clock=self.showing.clock(message.created_at),
            day=day,
            ours=ours,
            theirs=theirs,
            unsent=message.unsent_at is not None,
            note=self._note(message),
            delivery=self._delivery(line),
            failed=line.delivery in {"failed", "dropped"},
            choices=tuple(each["label"] for each in shown),
            choices_lang=html_lang(message.lang),
            correctable=bool(message.sentences) and message.unsent_at is None,
            ask_again=can_be_asked_again(message),
            rewrite=words_to_rewrite(message),
        )

    def _who(self, line: CaseLine) -> str:
        match line.message.author:
            case Author.RESIDENT:
                return self.showing.translate("本人")
            case Author.BOT:
                return self.showing.translate("ボット")
            case Author.COUNSELOR:
                return line.by or self.showing.translate("相談員")

    def _cells(self, message: Message) -> tuple[Cell, Cell | None]:
        own = self._own(message)
        other = self._other(message)
        if other is None:
            return own, None
        return (own, other) if message.author is Author.COUNSELOR else (other, own)

    def _own(self, message: Message) -> Cell:
        """Return the author's own words."""
        lang = html_lang(message.lang)
        if message.author is Author.BOT:
            return Cell(message.text, lang, self._label(message.provenance), message.provenance)
        if message.author is Author.COUNSELOR:
            label = self.showing.translate("相談員の文")
            return Cell(message.text, lang, label, Provenance.HUMAN)
        if message.kind == InboundKind.PICK:
            label = self.showing.translate("本人が選んだ")
            return Cell(message.text, lang, label, Provenance.FIXED)
        text = message.text or self.showing.word(words.KINDS, message.kind)
        if not message.text:
            lang = "ja"
        return Cell(text, lang, self._label(Provenance.HUMAN), Provenance.HUMAN)

    def _other(self, message: Message) -> Cell | None:
        """Return the same words for the other side; None where they need no other language."""
        same = message.lang in JAPANESE_LANGS and message.other_lang in {*JAPANESE_LANGS, ""}
        if message.provenance is Provenance.HUMAN or (same and message.author is not Author.BOT):
            return None
        if message.author is Author.BOT and (same or message.other == message.text):
            return None
        if message.provenance is Provenance.FIXED and message.other in {"", message.text}:
            return None
        text = "" if message.provenance in UNTRANSLATED else message.other
        # The Japanese beside the bot's words is their source.
        ours = message.author is Author.BOT
        provenance = Provenance.FIXED if ours else message.provenance
        return Cell(
            text,
            html_lang(message.other_lang),
            self._label(provenance),
            provenance,
            folded=message.provenance is Provenance.DRAFT,
            title=message.engine,
            parts=parts_of(message, self.showing),
        )

    def _label(self, provenance: Provenance) -> str:
        return self.showing.word(words.PROVENANCE, provenance)

    def _note(self, message: Message) -> str:
        if message.author is not Author.COUNSELOR:
            return ""
        if message.provenance is Provenance.WAITING:
            return self.showing.translate("翻訳ができてから送ります")
        if message.provenance in JAPANESE_ONLY:
            return self.showing.translate("本人には日本語のまま届きます")
        if message.provenance is Provenance.PARTLY:
            return self.showing.translate("訳せなかった文は、日本語のまま届きます")
        return ""

    def _delivery(self, line: CaseLine) -> str:
        """Return what became of the message on LINE; a bot's that went out needs no word."""
        if not line.delivery or (line.delivery == "sent" and line.message.author is Author.BOT):
            return ""
        word = self.showing.word(words.DELIVERY, line.delivery)
        if not line.error or line.delivery == "sent":
            return word
        reason = self.showing.word(words.FAILURES, line.error)
        if line.delivery == "due":
            return self.showing.translate("{word}（もう一度送ります：{reason}）").format(
                word=word, reason=reason
            )
        return self.showing.translate("{word}：{reason}").format(word=word, reason=reason)
