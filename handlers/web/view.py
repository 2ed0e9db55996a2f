"""A thread as its page shows it: lines, groups, the choices on offer, and what changed."""

import hashlib
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from markupsafe import Markup, escape

from bot.core.model import Author, Bubble, Choice, Lang
from bot.service.reading import ResidentThread, ThreadLine

HOME = ZoneInfo("Asia/Tokyo")
MANY_LANGUAGES = "mul"

Words = Callable[[str], str]
"""A fixed sentence of dialogs/phrases.yaml in the page's language."""

_PHONE = re.compile(
    r"(?<![0-9A-Za-z#-])(0\d{1,4}-\d{1,4}-\d{3,4}|#\d{4}|1(?:10|18|19|88|89))(?![\d-])"
)


@dataclass(frozen=True, slots=True)
class Part:
    """Words in one language; a message in several languages at once has several."""

    lang: str
    text: str


@dataclass(frozen=True, slots=True)
class Line:
    """A message. `opens`: somebody else spoke before, or another day. `gone`: unsent.

    `newest`: here begins what the resident has not read yet.
    """

    id: int
    who: str
    name: str
    opens: bool
    time: str
    at: str
    parts: tuple[Part, ...]
    original: Part | None
    note: str
    gone: bool
    newest: bool
    free: bool
    """Typed by a person: its direction is for the browser to find."""


@dataclass(frozen=True, slots=True)
class Offer:
    """A choice; `lang` only where its words are in a language of their own."""

    code: str
    label: str
    detail: str
    lang: str
    picked: bool


@dataclass(frozen=True, slots=True)
class Offers:
    """The choices of the last message of the bot."""

    session: str
    question: str
    many: bool
    lang: str
    answers: tuple[Offer, ...]
    done: tuple[Offer, ...]
    controls: tuple[Offer, ...]

    @property
    def picked(self) -> str:
        """The codes that are ticked already, joined by commas."""
        return ",".join(each.code for each in self.answers if each.picked)


@dataclass(frozen=True, slots=True)
class Thread:
    """What a page or a partial shows. `digest` stands for everything shown, `last` is its end.

    `whole`: `lines` are all lines, not only those after what the page has.
    """

    lang: Lang
    lines: tuple[Line, ...]
    offers: Offers | None
    last: int
    update: int
    digest: str
    whole: bool


def html_lang(lang: Lang) -> str:
    """Return the `lang` of HTML: easy Japanese is Japanese."""
    return "ja" if lang == "ja-easy" else lang


def headings(languages: Iterable[Lang], phrase: Callable[[str, str], str]) -> tuple[Part, ...]:
    """Return what asks for a language, in each: one time where two differ by spaces only."""
    asked: dict[str, Part] = {}
    for lang in languages:
        text = phrase("web.choose_language", lang)
        asked.setdefault("".join(text.split()), Part(html_lang(lang), text))
    return tuple(asked.values())


def with_phones(text: str) -> Markup:
    """Return the text with its telephone numbers as links, kept whole in every direction."""
    parts: list[str] = []
    end = 0
    for found in _PHONE.finditer(text):
        number = found[0]
        parts.append(str(escape(text[end : found.start()])))
        parts.append(f'<a href="tel:{number.replace("#", "%23")}"><bdi>{number}</bdi></a>')
        end = found.end()
    parts.append(str(escape(text[end:])))
    return Markup("".join(parts))  # noqa: S704  # every part is escaped above, numbers are digits


def thread_view(
    thread: ResidentThread,
    words: Words,
    languages: tuple[Lang, ...],
    *,
    after: int = 0,
    seen: str = "",
) -> Thread:
    """Return the thread as shown, or only what a page lacks.

    The page names its last line (`after`) and the digest it was given (`seen`). Where something
    before that line changed since (a translation came, a message was unsent), everything is
    returned again.
    """
    lines = tuple(_lines(thread.lines, words, languages))
    known = [line for line in lines if line.id <= after]
    whole = not after or _digest(known) != seen
    return Thread(
        thread.lang,
        lines if whole else lines[len(known) :],
        None if thread.with_person else _offers(thread),
        lines[-1].id if lines else 0,
        thread.last_update,
        _digest(lines),
        whole,
    )


def _lines(
    lines: tuple[ThreadLine, ...], words: Words, languages: tuple[Lang, ...]
) -> Iterator[Line]:
    newest = _newest(lines)
    before: ThreadLine | None = None
    for line in lines:
        who = _who(line)
        when = datetime.fromtimestamp(line.at / 1000, HOME)
        then = datetime.fromtimestamp(before.at / 1000, HOME) if before is not None else None
        other_day = then is not None and then.date() != when.date()
        bubble = line.bubble
        yield Line(
            line.id,
            who,
            bubble.sender_name or words(f"web.{'you' if line.mine else who}"),
            before is None or _who(before) != who or other_day,
            f"{when:%Y-%m-%d %H:%M}" if other_day else f"{when:%H:%M}",
            when.isoformat(timespec="minutes"),
            _parts(bubble, languages),
            Part(html_lang(bubble.original_lang), bubble.original) if bubble.original else None,
            bubble.note,
            line.unsent,
            line.id == newest,
            line.mine or bubble.author is Author.COUNSELOR,
        )
        before = line


def _who(line: ThreadLine) -> str:
    if line.mine:
        return "mine"
    return "counselor" if line.bubble.author is Author.COUNSELOR else "bot"


def _newest(lines: tuple[ThreadLine, ...]) -> int:
    """Return the first message of the last answer, 0 where there is none."""
    found = 0
    for line in reversed(lines):
        if line.mine:
            return found or line.id
        found = line.id
    return found


def _parts(bubble: Bubble, languages: tuple[Lang, ...]) -> tuple[Part, ...]:
    pieces = bubble.text.split("\n")
    if bubble.lang == MANY_LANGUAGES and len(pieces) == len(languages):
        return tuple(
            Part(html_lang(lang), piece) for lang, piece in zip(languages, pieces, strict=True)
        )
    return (Part(html_lang(bubble.lang), bubble.text),)


def _offers(thread: ResidentThread) -> Offers | None:
    spoken = [line.bubble for line in thread.lines if not line.mine]
    if not spoken or not spoken[-1].choices:
        return None
    bubble = spoken[-1]
    menu = bubble.lang == MANY_LANGUAGES

    def of(*kinds: str) -> tuple[Offer, ...]:
        return tuple(_offer(each, menu=menu) for each in bubble.choices if each.kind in kinds)

    lang = thread.lang or "ja" if menu else bubble.lang
    return Offers(
        bubble.session,
        bubble.question,
        bubble.many,
        html_lang(lang),
        of("answer", "picked"),
        of("done"),
        of("control"),
    )


def _offer(choice: Choice, *, menu: bool) -> Offer:
    own = html_lang(choice.code) if menu and choice.kind == "answer" else ""
    return Offer(choice.code, choice.label, choice.detail, own, choice.kind == "picked")


def _digest(lines: tuple[Line, ...] | list[Line]) -> str:
    seen = hashlib.sha256()
    for line in lines:
        texts = [part.text for part in line.parts]
        seen.update(repr((line.id, line.gone, texts, line.original, line.note)).encode())
    return seen.hexdigest()[:16]
