"""create_app(): the web application; error code → status and page in one table."""

from collections.abc import Mapping
from datetime import timedelta

import structlog
from flask import Flask, Response, request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import HTTPException

from bot.config import Settings
from bot.core.triage_parameters import FlagRow
from bot.service import Services

MAX_BODY = 1_100_000

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; "
        "object-src 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
}
"""On every answer: no third party, no inline script, nothing kept of where people come from."""

log = structlog.get_logger(__name__)


def create_app(
    services: Services, settings: Settings, *, flag_rows: Mapping[str, FlagRow] | None = None
) -> Flask:
    """Return the application with every channel of these settings.

    `flag_rows` are the words of the rule table, shown to counselors.

    The pretend LINE exists in demo mode only: in production its addresses are unknown.
    """
    from handlers.desk import make_blueprint as desk  # noqa: PLC0415  # keeps channels separable
    from handlers.health import make_blueprint as health  # noqa: PLC0415
    from handlers.line.webhook import make_blueprint as line  # noqa: PLC0415
    from handlers.web import make_blueprint as web  # noqa: PLC0415

    app = Flask(__name__, static_folder=None)
    app.config.update(
        SECRET_KEY=settings.secret_key.get_secret_value(),
        MAX_CONTENT_LENGTH=MAX_BODY,
        SEND_FILE_MAX_AGE_DEFAULT=timedelta(hours=1),
    )
    secure = settings.mode == "production"
    app.register_blueprint(
        line(channel_secret=settings.channel_secret, receive=services.receive, now=services.now)
    )
    app.register_blueprint(web(services, base_url=settings.address, secure_cookies=secure))
    demo = settings.mode == "demo"
    logins = DEMO_LOGINS if demo else ()
    app.register_blueprint(
        desk(services, secure_cookies=secure, demo_logins=logins, flag_rows=flag_rows)
    )
    app.register_blueprint(health(services))
    if settings.pretends_line:
        from handlers.sim import make_blueprints as sim  # noqa: PLC0415

        blueprints, _ = sim(
            channel_secret=settings.channel_secret,
            access_token=settings.access_token,
            base_url=lambda: f"http://127.0.0.1:{settings.port}",
            now=lambda: services.now() / 1_000,
            new_token=services.new_id,
        )
        for blueprint in blueprints:
            app.register_blueprint(blueprint)
    app.after_request(_with_headers)
    app.register_error_handler(Exception, _unexpected)
    return app


DEMO_LOGINS = (("sato", "tsunagi-demo"), ("tanaka", "tsunagi-demo"))
"""Demo counselors (login, password); production never makes them."""


def _with_headers(response: Response) -> Response:
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    return response


def _unexpected(error: Exception) -> ResponseReturnValue:
    """Answer an error nobody caught: class and place are logged, never what was in it."""
    if isinstance(error, HTTPException):
        return error
    log.error("request_failed", code=type(error).__name__, endpoint=request.endpoint)
    return "Something went wrong. Please try again in a moment.", 500
