"""Plays the dialog on the engine alone, in a terminal or from a file, and keeps a transcript."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Protocol

from bot.authoring.loader import DialogBook
from bot.core.dialog import Chat
from bot.core.engine import Typed, begin, take
from bot.core.events import (
    Alerted,
    Asked,
    Assessed,
    Consented,
    Event,
    Forgot,
    LanguageChosen,
    Said,
    Stopped,
)
from bot.core.model import Bubble, Lang, Pick, Text
from bot.core.moves import Context
from bot.core.state import State
from bot.service import wording
from bot.service.ports import Renderer


class _Show(Protocol):
    def __call__(self, message: str) -> object: ...


@dataclass
class _Game:
    """One run: where it stands, and what was said so far."""

    book: DialogBook
    renderer: Renderer
    context: Callable[[], Context]
    show: _Show
    state: State
    lines: list[str] = field(default_factory=list)
    receipt: bool = False

    def print(self, line: str) -> None:
        self.lines.append(line)
        self.show(line)

    def tell(self, events: Sequence[Event]) -> None:
        """Word the events as the resident would see them, and what happens behind in brackets."""
        last: Assessed | None = None
        for event in events:
            match event:
                case Said(text, lines):
                    self.say(self._worded((text, *lines)))
                case Asked():
                    bubble = wording.asked(
                        self.book.dialog,
                        self.state,
                        event,
                        self.state.lang or "ja",
                        self.renderer,
                        furigana=False,
                    )
                    self.say(bubble)
                    chat = self.book.dialog.nodes[self.book.dialog.chat]
                    self.receipt = isinstance(chat, Chat) and event.hint in (
                        chat.waiting,
                        chat.alone,
                    )
                case Alerted(reason):
                    self.print(f"(into the queue: {reason})")
                case Assessed():
                    last = event
                case LanguageChosen(lang):
                    self.print(f"(language: {lang})")
                case Stopped():
                    self.print("(stopped)")
                case Consented(item, given):
                    self.print(f"(consent: {item} {'yes' if given else 'no'})")
                case Forgot():
                    self.print("(everything written is erased)")
                case _:
                    pass
        if last is not None:
            flags = " ".join(hit.flag for hit in last.assessment.hits) or "no flag"
            self.print(f"(assessed: {last.assessment.level.name}, {flags})")

    def _worded(self, texts: Sequence[Text]) -> Bubble:
        lang = self.state.lang or "ja"
        said = [wording.said(each, lang, self.renderer, furigana=False) for each in texts]
        return replace(said[0], text="\n".join(each.text for each in said))

    def say(self, bubble: Bubble) -> None:
        first, *rest = bubble.text.split("\n")
        self.print(f"bot: {first}")
        for line in rest:
            self.print(f"     {line}")
        buttons = {"control", "done"}
        answers = [each for each in bubble.choices if each.kind not in buttons]
        controls = [each for each in bubble.choices if each.kind in buttons]
        if answers:
            numbered = [
                f"[{number} {each.code}: {each.label}]"
                for number, each in enumerate(answers, start=1)
            ]
            self.print(f"     {' '.join(numbered)}")
        if controls:
            self.print(f"     {' '.join(f'[{each.code}: {each.label}]' for each in controls)}")

    def do(self, typed: str) -> None:
        """Let the resident do something: `=A,B` taps codes, anything else is typed."""
        self.print(f"you: {typed}")
        doing: Pick | Typed = Typed(typed)
        if typed.startswith("="):
            codes = tuple(filter(None, typed[1:].split(",")))
            doing = Pick(self.state.session, self.state.node, codes)
        context = self.context()
        if self.receipt:
            context = replace(context, receipt_given=True)
        turn = take(self.book.dialog, self.state, doing, context=context, words=self._words)
        self.state = turn.state
        self.tell(turn.events)

    def _words(self, lang: Lang) -> Callable[[Text], str]:
        return lambda text: self.renderer.render(text, lang).text


def play(
    book: DialogBook,
    renderer: Renderer,
    context: Callable[[], Context],
    *,
    lang: Lang,
    given: Sequence[str] | None,
    show: _Show,
    ask: Callable[[], str | None],
) -> str:
    """Play one conversation and return its transcript.

    `given`: what the resident does, a line each (`=CODE,CODE` taps, `#` comments); without it
    `ask` is called until it returns None. A transcript with its first lines is a golden test
    (tests/transcripts).
    """
    turn = begin(book.dialog, "play", lang_hint=lang)
    game = _Game(book, renderer, context, show, turn.state)
    game.print(f"dialog: {book.dialog.id}")
    game.print(f"lang: {lang}")
    game.print("---")
    game.tell(turn.events)
    if given is not None:
        for line in given:
            if line.strip() and not line.startswith("#"):
                game.do(line.strip())
    else:
        while (typed := ask()) is not None:
            game.do(typed)
    return "\n".join(game.lines)
