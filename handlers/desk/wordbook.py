"""The pages on which counselors look through glossary and phrasebook, and change them."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field

from flask import Blueprint, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from bot.core.model import Lang
from bot.core.translation.slots import LABELS
from bot.errors import MoveNotAllowedError
from bot.service import Services
from bot.service.word_checks import (
    Problem,
    Wish,
    WordsNotFoundError,
    WordsRefusedError,
)
from bot.service.wordbook import Change
from bot.service.words import PHRASE, TERM, Words, new_words
from handlers.desk import wordbook_words as said
from handlers.desk.inbox import list_view
from handlers.desk.showing import Showing
from handlers.desk.wordbook_showing import WordShowing

AT_MOST = 100
"""Rows of the list; who wants others searches for them."""
KINDS = (TERM, PHRASE)


@dataclass(frozen=True, slots=True)
class _Form:
    """What was typed, by language, and what is wrong with it."""

    wishes: Mapping[Lang, Wish] = field(default_factory=dict)
    problems: Mapping[Lang, Problem] = field(default_factory=dict)
    problem: str = ""


NOTHING_TYPED = _Form()


def add_routes(blueprint: Blueprint, services: Services, showing: Showing) -> None:
    """Add the list, the page of an entry, the page for a new one and the taking away."""
    pages = _Pages(services, showing)
    _add_list(blueprint, pages)
    _add_editing(blueprint, services, pages)
    _add_new(blueprint, services, pages)
    _add_end(blueprint, services, pages)


def _add_list(blueprint: Blueprint, pages: "_Pages") -> None:
    @blueprint.get("/words")
    def words() -> ResponseReturnValue:
        return pages.list_page()


def _add_editing(blueprint: Blueprint, services: Services, pages: "_Pages") -> None:
    # A key may hold any sign, also "/" and "..": it travels as a parameter.
    @blueprint.get("/words/<any(term, phrase):sort>")
    def word(sort: str) -> ResponseReturnValue:
        if not _key():
            return redirect(url_for("desk.words", kind=sort), 303)
        return pages.entry_page(sort)

    @blueprint.post("/words/<any(term, phrase):sort>")
    def save_word(sort: str) -> ResponseReturnValue:
        wishes = _wishes()
        try:
            services.wordbook.edit(g.counselor.id, sort, _key(), wishes)
        except WordsRefusedError as error:
            return pages.entry_page(sort, _Form(wishes, error.problems), 400)
        except MoveNotAllowedError:
            return pages.entry_page(sort, _Form(wishes, problem=said.NOTHING_EDITED), 400)
        return redirect(url_for("desk.word", sort=sort, key=_key(), done="saved"), 303)


def _add_new(blueprint: Blueprint, services: Services, pages: "_Pages") -> None:
    @blueprint.get("/words/<any(term, phrase):sort>/new")
    def new_word(sort: str) -> ResponseReturnValue:
        return pages.new_page(sort)

    @blueprint.post("/words/<any(term, phrase):sort>/new")
    def add_word(sort: str) -> ResponseReturnValue:
        wishes = _wishes()
        try:
            key = services.wordbook.add(g.counselor.id, sort, wishes, new_id=services.new_id())
        except WordsRefusedError as error:
            return pages.new_page(sort, _Form(wishes, error.problems), 400)
        return redirect(url_for("desk.word", sort=sort, key=key, done="added"), 303)


def _add_end(blueprint: Blueprint, services: Services, pages: "_Pages") -> None:
    @blueprint.get("/words/<any(term, phrase):sort>/end")
    def confirm_word_end(sort: str) -> ResponseReturnValue:
        return pages.end_page(sort)

    @blueprint.post("/words/<any(term, phrase):sort>/end")
    def end_word(sort: str) -> ResponseReturnValue:
        # Somebody else may have been quicker: then it is as it was wanted.
        with suppress(MoveNotAllowedError):
            services.wordbook.take_away(g.counselor.id, sort, _key())
        return redirect(url_for("desk.words", kind=sort, done="ended"), 303)


class _Pages:
    """The pages in their variants."""

    def __init__(self, services: Services, showing: Showing) -> None:
        self._services = services
        self._showing = showing
        self._words = WordShowing(showing, services.wordbook.languages)

    def list_page(self) -> ResponseReturnValue:
        book, search = self._services.wordbook, request.args.get("q", "")
        kind = request.args.get("kind", TERM)
        kind = kind if kind in KINDS else TERM
        ended = "ended" in request.args
        found = book.words(kind, search, taken_away=ended)
        return render_template(
            "desk/words.html",
            kind=kind,
            tabs=[(each, self._showing.word(said.KINDS, each)) for each in KINDS],
            search=search,
            rows=[self._words.row(each) for each in found[:AT_MOST]],
            found=len(found),
            at_most=AT_MOST,
            ended=ended,
            number_ended=len(book.words(kind, taken_away=True)),
            ended_title=self._showing.word(said.ENDED, kind),
            new_title=self._showing.word(said.NEW, kind),
            number_of_languages=len(book.languages),
            done=self._done(),
            head=self._head(),
        )

    def entry_page(
        self, kind: str, form: _Form = NOTHING_TYPED, status: int = 200
    ) -> ResponseReturnValue:
        words = self._found(kind)
        history = self._services.wordbook.history(kind, words.key)
        return self._form_page(words, form, status, history)

    def new_page(
        self, kind: str, form: _Form = NOTHING_TYPED, status: int = 200
    ) -> ResponseReturnValue:
        return self._form_page(new_words(kind, ""), form, status)

    def end_page(self, kind: str) -> ResponseReturnValue:
        words = self._found(kind)
        return render_template(
            "desk/words_end.html",
            row=self._words.row(words),
            title=self._showing.word(said.END, kind),
            head=self._head(),
        )

    def _form_page(
        self, words: Words, form: _Form, status: int, history: Sequence[Change] = ()
    ) -> ResponseReturnValue:
        fields = self._words.fields(words, form.wishes, form.problems)
        foreign = [lang for lang in form.problems if lang not in self._services.wordbook.languages]
        problem = said.NOT_SAVED if form.problems else form.problem
        page = render_template(
            "desk/words_entry.html",
            row=self._words.row(words),
            fields=fields,
            foreign=[(lang, self._words.problem(form.problems[lang])) for lang in foreign],
            problem=self._showing.translate(problem),
            changes=self._words.changes(history),
            slots=[f"〔{label}〕" for label in LABELS.values()] if words.kind == PHRASE else [],
            new_title=self._showing.word(said.NEW, words.kind),
            end_title=self._showing.word(said.END, words.kind),
            kind_title=self._showing.word(said.KINDS, words.kind),
            done=self._done(),
            head=self._head(),
        )
        return page, status

    def _found(self, kind: str) -> Words:
        words = self._services.wordbook.find(kind, _key())
        if words is None:
            raise WordsNotFoundError
        return words

    def _done(self) -> str:
        done = request.args.get("done", "")
        return self._showing.word(said.DONE, done) if done in said.DONE else ""

    def _head(self) -> object:
        return list_view(self._services, self._showing)


def _key() -> str:
    return request.args.get("key", "")


def _wishes() -> dict[Lang, Wish]:
    """Return what the form holds, also in languages that nobody offered."""
    approved = request.form.getlist("approved")
    return {
        lang: Wish(text, request.form.get(f"was-{lang}", ""), lang in approved)
        for name, text in request.form.items()
        if (lang := name.removeprefix("text-")) != name
    }
