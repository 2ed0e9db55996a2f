"""Signing in and out, the guard before every route, and the proof that a form is our own."""

import hmac
from collections.abc import Callable, Sequence
from hashlib import sha256
from typing import ClassVar

from flask import Blueprint, g, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from bot.errors import BotError, NotFoundError, SignInRefusedError
from bot.service import Services

COOKIE = "desk"
FORM_COOKIE = "desk-form"
PATH = "/desk"
PUBLIC = frozenset({"desk.sign_in", "desk.take_sign_in", "desk.static"})
"""The only endpoints that answer somebody who is not signed in."""
BACKGROUND = frozenset(
    {"desk.events", "desk.list_part", "desk.head_part", "desk.thread_part", "desk.state_part"}
)
"""Asked for by scripts: a 401 tells them more than a sign-in page would."""
MAX_ID = 2**63 - 1


class FormStaleError(BotError):
    """The form was not made for this sign-in, or not by us: nothing was done."""

    code: ClassVar[str] = "form_stale"


def csrf_token(token: str) -> str:
    """Return what every form of this sign-in carries; only who holds the session can make it."""
    return hmac.new(token.encode(), b"desk form", sha256).hexdigest()


def add_routes(
    blueprint: Blueprint,
    services: Services,
    *,
    secure_cookies: bool,
    demo_logins: Sequence[tuple[str, str]],
) -> None:
    """Add sign-in, sign-out and the guard of all other routes."""
    blueprint.before_request(_guard(services))
    sign_in_page = _sign_in_page(services, secure_cookies=secure_cookies, demo_logins=demo_logins)

    @blueprint.get("/sign-in")
    def sign_in() -> ResponseReturnValue:
        if services.signing_in.who(request.cookies.get(COOKIE, "")) is not None:
            return redirect(_next_page(request.args), 303)
        return sign_in_page("", 200)

    @blueprint.post("/sign-in")
    def take_sign_in() -> ResponseReturnValue:
        if not _own_sign_in_form():
            return sign_in_page("form", 400)
        login, password = request.form.get("login", ""), request.form.get("password", "")
        try:
            token = services.signing_in.sign_in(login, password)
        except SignInRefusedError:
            return sign_in_page("refused", 401)
        response = redirect(_next_page(request.form), 303)
        response.set_cookie(
            COOKIE, token, path=PATH, httponly=True, samesite="Strict", secure=secure_cookies
        )
        response.delete_cookie(FORM_COOKIE, path=PATH)
        return response

    @blueprint.post("/sign-out")
    def sign_out() -> ResponseReturnValue:
        services.signing_in.sign_out(g.token)
        response = redirect(url_for("desk.sign_in"), 303)
        response.delete_cookie(COOKIE, path=PATH)
        return response


def _guard(services: Services) -> Callable[[], ResponseReturnValue | None]:
    def guard() -> ResponseReturnValue | None:
        if request.endpoint in PUBLIC:
            return None
        token = request.cookies.get(COOKIE, "")
        counselor = services.signing_in.who(token)
        if counselor is None or not counselor.active:
            if request.endpoint in BACKGROUND:
                return "", 401
            back = request.path if request.method == "GET" else None
            return redirect(url_for("desk.sign_in", next=back), 303)
        g.counselor, g.token = counselor, token
        given = (
            request.form.get("csrf_token", "") if request.method == "POST" else csrf_token(token)
        )
        if not hmac.compare_digest(given.encode(), csrf_token(token).encode()):
            raise FormStaleError
        ids = [each for each in (request.view_args or {}).values() if isinstance(each, int)]
        if any(each > MAX_ID for each in ids):
            raise NotFoundError
        return None

    return guard


def _sign_in_page(
    services: Services, *, secure_cookies: bool, demo_logins: Sequence[tuple[str, str]]
) -> Callable[[str, int], ResponseReturnValue]:
    def page(problem: str, status: int) -> ResponseReturnValue:
        """Show the form; its own cookie proves later that it was ours (double submit)."""
        proof = request.cookies.get(FORM_COOKIE) or services.new_id()
        words = render_template(
            "desk/sign_in.html",
            problem=problem,
            login=request.form.get("login", ""),
            next_page=_next_page(request.values),
            proof=proof,
            demo_logins=demo_logins,
        )
        response = make_response(words, status)
        response.set_cookie(
            FORM_COOKIE, proof, path=PATH, httponly=True, samesite="Strict", secure=secure_cookies
        )
        return response

    return page


def _own_sign_in_form() -> bool:
    """Tell whether the form came from our own page: nobody signs another person in unnoticed."""
    if request.headers.get("Sec-Fetch-Site", "same-origin") not in {"same-origin", "none"}:
        return False
    proof, given = request.cookies.get(FORM_COOKIE, ""), request.form.get("proof", "")
    return bool(proof) and hmac.compare_digest(proof.encode(), given.encode())


def _next_page(values: MultiDict[str, str]) -> str:
    """Return where to go after sign-in: a page of the desk, never another site."""
    wanted = values.get("next", "")
    inside = wanted.startswith(f"{PATH}/") and "\\" not in wanted and "//" not in wanted
    return wanted if inside and ":" not in wanted else url_for("desk.index")
