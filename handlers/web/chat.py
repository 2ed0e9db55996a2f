"""The residents' page at `/chat`: its guard, its forms, its partial and its feed."""

import re
from collections.abc import Callable
from pathlib import Path

import structlog
from flask import (
    Blueprint,
    Response,
    g,
    make_response,
    redirect,
    render_template,
    request,
    url_for,
)
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import BadRequest, HTTPException, RequestEntityTooLarge

from bot.service import Services
from handlers.web import feed
from handlers.web.acts import (
    TEXT_LIMIT,
    Acts,
    FormBrokenError,
    FormRefusedError,
    acts_of,
    nonce_of,
    picks_of,
    with_limit,
    words_of,
)
from handlers.web.files import Files
from handlers.web.showing import EASY, html_lang, shown
from handlers.web.view import furigana_on, headings, thread_view
from handlers.web.visitor import (
    Visitor,
    forget,
    from_our_page,
    language_hint,
    remember,
    source_code,
    visitor_of,
)

BODY_LIMIT = 64 * 1024
"""Bytes of one form."""

EXIT_TO = "https://www.jma.go.jp/bosai/forecast/"
"""Where the quick exit leads: the weather, which anybody may be looking at."""

PART_HEADER = "X-Chat-Part"
"""Sent by our script: answer with what is new on the page, not with the page."""

_CSP = (
    "default-src 'self'; base-uri 'none'; object-src 'none'; form-action 'self'; "
    "frame-ancestors 'none'"
)
_UPDATE = re.compile(r"[0-9]{1,18}")
_HERE = Path(__file__).parent

log = structlog.get_logger(__name__)


def make_blueprint(
    services: Services, *, base_url: str, secure_cookies: bool, max_streams: int = 200
) -> Blueprint:
    """Serve the web chat at `/chat`.

    `base_url` is the public address, which forms may come from. `secure_cookies`: the page is
    reached by https. `max_streams`: live feeds at once in this process; further pages poll.
    """
    blueprint = Blueprint(
        "chat",
        __name__,
        url_prefix="/chat",
        template_folder="templates",
    )
    files = Files(_HERE / "static")
    pages = _Pages(services, files)
    places = feed.Places(max_streams)
    files.add_route(blueprint)
    _add_guards(blueprint, base_url)
    _add_errors(blueprint, pages)
    _add_page(blueprint, pages, secure_cookies=secure_cookies)
    _add_forms(blueprint, pages)
    _add_feed(blueprint, services, places)
    return blueprint


class _Pages:
    """Words and templates in the language of whoever asks."""

    def __init__(self, services: Services, files: Files) -> None:
        self.services = services
        self.files = files
        self.languages = services.renderer.languages

    def hint(self) -> str:
        return language_hint(request, self.languages())

    def words(self, lang: str) -> Callable[[str], str]:
        return lambda key: with_limit(self.services.phrase(key, lang))

    def readable(self, lang: str, *, furigana: bool = True) -> Callable[[str], str]:
        """Return what words a fixed sentence with furigana in brackets, where there are any."""
        desk = self.services.reading.desk

        def words(key: str) -> str:
            rendered = desk.renderer.render(desk.dialog.phrase(key), lang)
            return with_limit(rendered.words(furigana=furigana))

        return words

    def page(self, *, error: str = "", kept: str = "") -> str:
        """Return the chat page, with the reason why the last form was refused."""
        visitor = _visitor()
        thread = self.services.reading.thread(visitor.address)
        lang = (thread.lang if thread is not None else "") or self.hint() or "ja"
        words = self.words(lang)
        view = None
        furigana = furigana_on(thread)
        invitations = headings(self.languages(), self.services.phrase)
        if thread is not None and thread.lines:
            readable = self.readable(lang, furigana=furigana)
            view = thread_view(thread, readable, invitations)
        return self._render(
            "chat.html",
            lang,
            furigana=furigana,
            thread=view,
            languages=self.languages(),
            headings=invitations,
            source=source_code(request.values.get("src", "")),
            error=words(error) if error else "",
            kept=kept,
        )

    def part(self) -> ResponseReturnValue:
        """Return what the page lacks; 204 where this device has no thread (any more)."""
        thread = self.services.reading.thread(_visitor().address)
        if thread is None or not thread.lines:
            return "", 204
        lang = thread.lang or self.hint() or "ja"
        furigana = furigana_on(thread)
        view = thread_view(
            thread,
            self.readable(lang, furigana=furigana),
            headings(self.languages(), self.services.phrase),
            after=request.args.get("after", 0, type=int),
            seen=request.args.get("seen", ""),
        )
        return self._render("part.html", lang, furigana=furigana, thread=view)

    def notice(self, key: str, *, lang: str = "") -> str:
        """Return a page that only says something."""
        lang = lang or self.hint() or "ja"
        return self._render("notice.html", lang, message=key)

    def refusal(self, error: FormRefusedError) -> ResponseReturnValue:
        """Say why a text was not taken; the text stays in its box."""
        if PART_HEADER in request.headers:
            thread = self.services.reading.thread(_visitor().address)
            lang = (thread.lang if thread is not None else "") or self.hint() or "ja"
            return Response(self.words(lang)(error.phrase), 400, mimetype="text/plain")
        return self.page(error=error.phrase, kept=error.kept), 400

    def _render(self, template: str, lang: str, *, furigana: bool = True, **more: object) -> str:
        readable = self.readable(lang, furigana=furigana)
        easy = lang == EASY
        return render_template(
            f"web/{template}",
            lang=lang,
            html_lang=html_lang(lang),
            own_lang=html_lang,
            t=self.words(lang),
            w=lambda key: shown(readable(key), readings=easy),
            easy=easy,
            furigana=furigana,
            shown=shown,
            new_id=self.services.new_id,
            form_key=_visitor().form_key,
            exit_to=EXIT_TO,
            text_limit=TEXT_LIMIT,
            file=self.files.address,
            **more,
        )


def _visitor() -> Visitor:
    visitor = g.get("chat_visitor")
    if visitor is None:
        visitor = g.chat_visitor = visitor_of(request)
    assert isinstance(visitor, Visitor)
    return visitor


def _add_guards(blueprint: Blueprint, base_url: str) -> None:
    @blueprint.before_request
    def guard() -> None:
        request.max_content_length = BODY_LIMIT
        if request.method != "POST":
            return
        if not from_our_page(request, base_url):
            raise BadRequest
        if not _visitor().made(request.form.get("key", "")):
            raise BadRequest

    @blueprint.after_request
    def protect(response: Response) -> Response:
        response.headers["Content-Security-Policy"] = _CSP
        response.headers["X-Content-Type-Options"] = "nosniff"
        response.headers["Referrer-Policy"] = "same-origin"
        response.headers.setdefault("Cache-Control", "no-store")
        return response


def _add_errors(blueprint: Blueprint, pages: _Pages) -> None:
    @blueprint.errorhandler(FormRefusedError)
    def refused(error: FormRefusedError) -> ResponseReturnValue:
        return pages.refusal(error)

    @blueprint.errorhandler(RequestEntityTooLarge)
    def too_large(_error: RequestEntityTooLarge) -> ResponseReturnValue:
        return pages.notice("web.too_long"), 413

    @blueprint.errorhandler(FormBrokenError)
    def broken(_error: FormBrokenError) -> ResponseReturnValue:
        return pages.notice("web.cannot_show"), 400

    @blueprint.errorhandler(Exception)
    def failed(error: Exception) -> ResponseReturnValue:
        code = error.code if isinstance(error, HTTPException) and error.code else 500
        if code >= 500:  # noqa: PLR2004  # HTTP: the fault is ours
            log.error("chat_page_failed", code=type(error).__name__, endpoint=request.endpoint)
        return pages.notice("web.cannot_show"), code


def _add_page(blueprint: Blueprint, pages: _Pages, *, secure_cookies: bool) -> None:
    @blueprint.get("")
    def page() -> ResponseReturnValue:
        response = make_response(pages.page())
        remember(response, _visitor(), secure=secure_cookies)
        return response

    @blueprint.get("/thread")
    def thread() -> ResponseReturnValue:
        return pages.part()

    @blueprint.post("/forget")
    def forget_device() -> ResponseReturnValue:
        known = pages.services.reading.thread(_visitor().address)
        lang = known.lang if known is not None else ""
        response = make_response(pages.notice("web.forget_done", lang=lang))
        forget(response, secure=secure_cookies)
        return response


def _add_forms(blueprint: Blueprint, pages: _Pages) -> None:
    def acts() -> Acts:
        return acts_of(pages.services, _visitor().address, pages.hint(), request.form)

    def answer() -> ResponseReturnValue:
        if PART_HEADER in request.headers:
            return pages.part()
        return redirect(url_for("chat.page", _anchor="newest"), 303)

    @blueprint.post("/say")
    def say() -> ResponseReturnValue:
        acts().say(words_of(request.form), nonce_of(request.form))
        return answer()

    @blueprint.post("/choose")
    def choose() -> ResponseReturnValue:
        nonce = nonce_of(request.form)
        if "lang" in request.form:
            acts().choose_language(request.form["lang"], nonce)
        else:
            acts().choose(picks_of(request.form), nonce)
        return answer()


def _add_feed(blueprint: Blueprint, services: Services, places: feed.Places) -> None:
    @blueprint.get("/events")
    def events() -> ResponseReturnValue:
        """Stream the news; 204 and 503 tell the browser to ask the page's partial instead."""
        visitor = _visitor()
        if not visitor.known or services.reading.thread(visitor.address) is None:
            return "", 204
        if not places.take():
            return "", 503
        given = request.headers.get("Last-Event-ID") or request.args.get("after", "")
        newest = services.reading.last_update()
        after = min(int(given), newest) if _UPDATE.fullmatch(given) else newest
        stream = feed.follow(services, visitor.address, after)
        response = Response(stream, mimetype="text/event-stream")
        response.headers["X-Accel-Buffering"] = "no"
        response.call_on_close(places.give_back)
        return response
