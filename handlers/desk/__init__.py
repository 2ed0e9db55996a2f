"""The counselors' desk at `/desk`: sign-in, who waits, a case and its actions, the words."""

from collections.abc import Callable, Mapping, Sequence

from flask import Blueprint, Response, g, render_template, request
from flask.typing import ResponseReturnValue

from bot.core.triage_parameters import FlagRow
from bot.errors import BotError
from bot.service import Services
from handlers.desk.case import add_routes as add_case_routes
from handlers.desk.correction import add_routes as add_correction_routes
from handlers.desk.feed import add_routes as add_feed_routes
from handlers.desk.inbox import add_routes as add_inbox_routes
from handlers.desk.session import add_routes as add_session_routes
from handlers.desk.session import csrf_token
from handlers.desk.showing import Showing
from handlers.desk.wordbook import add_routes as add_wordbook_routes
from handlers.desk.words import ERRORS

CSP = (
    "default-src 'self'; base-uri 'none'; form-action 'self'; "
    "frame-ancestors 'none'; object-src 'none'"
)


def make_blueprint(
    services: Services,
    *,
    secure_cookies: bool,
    demo_logins: Sequence[tuple[str, str]] = (),
    translate: Callable[[str], str] = str,
    flag_rows: Mapping[str, FlagRow] | None = None,
) -> Blueprint:
    """Return the desk. Every route but sign-in and static files needs a signed-in counselor.

    `secure_cookies` where the desk is served by https. `demo_logins` (login, password) are shown
    on the sign-in page. `translate` turns a Japanese text of the console into the reader's
    language. `flag_rows` are the rule table's words for counselors; without them the desk shows
    each flag's name only.
    """
    blueprint = Blueprint(
        "desk",
        __name__,
        url_prefix="/desk",
        template_folder="templates",
        static_folder="static",
        static_url_path="/static",
    )
    showing = Showing(services, translate, flag_rows or {})
    add_session_routes(
        blueprint, services, secure_cookies=secure_cookies, demo_logins=tuple(demo_logins)
    )
    add_inbox_routes(blueprint, services, showing)
    add_case_routes(blueprint, services, showing)
    add_correction_routes(blueprint, services, showing)
    add_wordbook_routes(blueprint, services, showing)
    add_feed_routes(blueprint, services)

    @blueprint.context_processor
    def words() -> dict[str, object]:
        return {
            "_": translate,
            "counselor": g.get("counselor"),
            "csrf_token": csrf_token(g.token) if "token" in g else "",
        }

    @blueprint.after_request
    def protect(response: Response) -> Response:
        headers = response.headers
        headers.setdefault("Content-Security-Policy", CSP)
        headers.setdefault("X-Content-Type-Options", "nosniff")
        headers.setdefault("Referrer-Policy", "same-origin")
        if request.endpoint != "desk.static":
            headers["Cache-Control"] = "no-store"
        return response

    @blueprint.errorhandler(BotError)
    def failed(error: BotError) -> ResponseReturnValue:
        status, heading, advice = ERRORS.get(error.code, ERRORS["internal"])
        page = render_template(
            "desk/error.html", heading=translate(heading), advice=translate(advice)
        )
        return page, status

    return blueprint
