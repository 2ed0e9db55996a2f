"""Who is at the other end: a random token in a cookie, and what is derived from it."""

import hashlib
import hmac
import re
import secrets
from collections.abc import Collection
from dataclasses import dataclass
from functools import cached_property

from flask import Request, Response

from bot.core.model import Lang

COOKIE = "chat"
COOKIE_PATH = "/chat"
COOKIE_DAYS = 30
"""An answer may take days: a device is remembered this long after its last visit."""

_TOKEN = re.compile(r"[A-Za-z0-9_-]{43}")
_SOURCE = re.compile(r"[A-Za-z0-9_.-]{1,40}")


@dataclass(frozen=True)
class Visitor:
    """A device. `token` never leaves the cookie; the address is all that is stored.

    `known` is false for a device that has brought no token: its forms are never accepted.
    """

    token: str
    known: bool

    @cached_property
    def address(self) -> str:
        """The SHA-256 of the token in hex: whoever reads the database cannot enter a chat."""
        return hashlib.sha256(self.token.encode()).hexdigest()

    @cached_property
    def form_key(self) -> str:
        """What every form carries: only who has the cookie can make it."""
        return hmac.new(self.token.encode(), b"chat form", hashlib.sha256).hexdigest()

    def made(self, form_key: str) -> bool:
        """Tell whether a form comes from a page of this device."""
        return self.known and hmac.compare_digest(self.form_key.encode(), form_key.encode())


def visitor_of(request: Request) -> Visitor:
    """Return the device of the cookie, or a new one (256 random bits) where there is none."""
    token = request.cookies.get(COOKIE, "")
    if _TOKEN.fullmatch(token):
        return Visitor(token, known=True)
    return Visitor(secrets.token_urlsafe(32), known=False)


def remember(response: Response, visitor: Visitor, *, secure: bool) -> None:
    """Give the device its token, for COOKIE_DAYS from now."""
    response.set_cookie(
        COOKIE,
        visitor.token,
        max_age=COOKIE_DAYS * 86_400,
        path=COOKIE_PATH,
        secure=secure,
        httponly=True,
        samesite="Lax",
    )


def forget(response: Response, *, secure: bool) -> None:
    """Take the token from the device, and what its browser kept of our pages."""
    response.delete_cookie(COOKIE, path=COOKIE_PATH, secure=secure, httponly=True, samesite="Lax")
    response.headers["Clear-Site-Data"] = '"cache", "storage"'


def language_hint(request: Request, on_offer: Collection[Lang]) -> Lang:
    """Return the language of ours that the browser prefers, '' for none."""
    for wished, quality in request.accept_languages:
        plain = wished.split("-")[0].lower()
        if quality > 0 and plain in on_offer:
            return plain
    return ""


def source_code(given: str) -> str:
    """Return an outreach source code (`?src=CODE`), '' for what cannot be one."""
    return given if _SOURCE.fullmatch(given) else ""


def from_our_page(request: Request, base_url: str) -> bool:
    """Tell whether a form was not sent by a page of somebody else.

    Browsers name the page's origin; some hide it (`null`), and then the form key decides alone.
    """
    origin = request.headers.get("Origin", "null")
    ours = {base_url.rstrip("/"), request.host_url.rstrip("/"), "null"}
    return origin in ours
