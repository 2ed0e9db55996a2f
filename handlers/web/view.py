"""A thread as its page shows it: lines, groups, the choices on offer, and what changed."""

import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.core.furigana import has_kanji, plain
from bot.core.model import Author, Bubble, Choice, Lang, Provenance
from bot.service.reading import ResidentThread, ThreadLine
from handlers.web.showing import EASY, html_lang

HOME = ZoneInfo("Asia/Tokyo")
MANY_LANGUAGES = "mul"

Words = Callable[[str], str]
"""A fixed sentence of dialogs/phrases.yaml in the page's language."""


@dataclass(frozen=True, slots=True)
class Part:
    """Words in one language; a message in several languages at once has several.

    `readings`: kana in brackets after kanji are furigana. `mixed`: some sentences stand in
    Japanese, and are to be marked as Japanese for who hears them read out.
    """

    lang: str
    text: str
    readings: bool = False
    mixed: bool = False


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
    named: bool
    """The name is a fixed sentence, which may have furigana in brackets."""


@dataclass(frozen=True, slots=True)
class Offer:
    """A choice; `lang` only where its words are in a language of their own.

    `readings`: kana in brackets after kanji are furigana. `japanese`: the official name, where
    the label is not that already.
    """

    code: str
    label: str
    detail: str
    japanese: str
    lang: str
    picked: bool
    readings: bool


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
    def menu(self) -> bool:
        """Tell whether languages are to choose from, each in its own name."""
        return any(each.lang for each in self.answers)

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


def headings(languages: Iterable[Lang], phrase: Callable[[str, str], str]) -> tuple[Part, ...]:
    """Return what asks for a language, in each: one time where two differ by spaces only."""
    asked: dict[str, Part] = {}
    for lang in languages:
        text = phrase("web.choose_language", lang)
        asked.setdefault(_unspaced(text), Part(html_lang(lang), text))
    return tuple(asked.values())


def _unspaced(text: str) -> str:
    return "".join(text.split())


def furigana_on(thread: ResidentThread | None) -> bool:
    """Tell whether the page shows furigana: as the newest sentence of the bot does.

    On a page without such a sentence they are on.
    """
    said = (each.bubble for each in reversed(thread.lines if thread is not None else ()))
    easy = (each.text for each in said if _has_readings(each) and has_kanji(each.text))
    newest = next(easy, None)
    return newest is None or plain(newest) != newest


def thread_view(
    thread: ResidentThread,
    words: Words,
    invitations: tuple[Part, ...],
    *,
    after: int = 0,
    seen: str = "",
) -> Thread:
    """Return the thread as shown, or only what a page lacks.

    The page names its last line (`after`) and the digest it was given (`seen`). Where something
    before that line changed since (a translation came, a message was unsent or erased),
    everything is returned again. `invitations` ask for a language, in each (`headings`).
    """
    lines = tuple(_lines(thread.lines, words, invitations))
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
    lines: tuple[ThreadLine, ...], words: Words, invitations: tuple[Part, ...]
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
            _parts(bubble, invitations),
            Part(html_lang(bubble.original_lang), bubble.original) if bubble.original else None,
            bubble.note,
            line.unsent,
            line.id == newest,
            line.mine or bubble.author is Author.COUNSELOR,
            not bubble.sender_name,
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


def _parts(bubble: Bubble, invitations: tuple[Part, ...]) -> tuple[Part, ...]:
    if bubble.lang == MANY_LANGUAGES:
        langs = {_unspaced(each.text): each.lang for each in invitations}
        return tuple(
            Part(langs.get(_unspaced(piece), MANY_LANGUAGES), piece)
            for piece in bubble.text.split("\n")
        )
    mixed = bubble.provenance is Provenance.PARTLY
    return (Part(html_lang(bubble.lang), bubble.text, _has_readings(bubble), mixed),)


def _has_readings(bubble: Bubble) -> bool:
    """Tell whether brackets in a message can be furigana: nobody's own words are touched."""
    return bubble.lang == EASY and bubble.author is Author.BOT


def _offers(thread: ResidentThread) -> Offers | None:
    spoken = [line.bubble for line in thread.lines if not line.mine]
    if not spoken or not spoken[-1].choices:
        return None
    bubble = spoken[-1]
    menu = bubble.lang == MANY_LANGUAGES

    def of(*kinds: str) -> tuple[Offer, ...]:
        readings = _has_readings(bubble)
        return tuple(
            _offer(each, menu=menu, readings=readings)
            for each in bubble.choices
            if each.kind in kinds
        )

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


def _offer(choice: Choice, *, menu: bool, readings: bool) -> Offer:
    label = choice.ruby or choice.label
    # The official name is told as "label（name）"; under its label the name alone is enough.
    named = choice.detail.startswith(f"{label}（")
    name = choice.detail[len(label) + 1 : -1] if named else ""
    return Offer(
        choice.code,
        label,
        "" if named else choice.detail,
        "" if name in _unspaced(choice.label) else name,
        html_lang(choice.code) if menu and choice.kind == "answer" else "",
        choice.kind == "picked",
        readings,
    )


def _digest(lines: tuple[Line, ...] | list[Line]) -> str:
    seen = hashlib.sha256()
    for line in lines:
        texts = [part.text for part in line.parts]
        seen.update(repr((line.id, line.gone, texts, line.original, line.note)).encode())
    return seen.hexdigest()[:16]
