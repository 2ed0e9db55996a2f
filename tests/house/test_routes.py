"""Every address of the program, written down with what guards it."""

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from bot.config import Settings
from handlers import create_app
from handlers.desk.session import COOKIE
from tests.channels.web.office import Office, an_office

OPEN = "open"  # anybody may ask; nothing of anybody is shown
COUNSELOR = "counselor"  # a sign-in at the desk; else the sign-in page
SCRIPT = "counselor, asked for by a script"  # a sign-in at the desk; else 401
OWN_FORM = "own form"  # the proof that the form is our own; else 400
DEVICE = "device"  # shows the thread of the browser's own token; without one, nothing
SIGNATURE = "signature"  # LINE's signature; else 400
TOKEN = "token"  # the channel access token; else 401
PRETENCE = "pretence"  # the pretend LINE: open, and there without LINE credentials in a demo only

ROUTES = {
    "GET /": OPEN,
    "GET /healthz": OPEN,
    "GET /readyz": OPEN,
    "POST /line/webhook": SIGNATURE,
    # --- residents
    "GET /chat": OPEN,
    "GET /chat/static/<path:filename>": OPEN,
    "GET /chat/thread": DEVICE,
    "GET /chat/events": DEVICE,
    "POST /chat/say": OWN_FORM,
    "POST /chat/choose": OWN_FORM,
    "POST /chat/forget": OWN_FORM,
    # --- counselors
    "GET /desk/static/<path:filename>": OPEN,
    "GET /desk/sign-in": OPEN,
    "POST /desk/sign-in": OWN_FORM,
    "POST /desk/sign-out": COUNSELOR,
    "GET /desk/": COUNSELOR,
    "GET /desk/list": SCRIPT,
    "GET /desk/head": SCRIPT,
    "GET /desk/events": SCRIPT,
    "GET /desk/case/<int:id>": COUNSELOR,
    "GET /desk/case/<int:id>/thread": SCRIPT,
    "GET /desk/case/<int:id>/state": SCRIPT,
    "GET /desk/case/<int:id>/close": COUNSELOR,
    "POST /desk/case/<int:id>/claim": COUNSELOR,
    "POST /desk/case/<int:id>/reply": COUNSELOR,
    "POST /desk/case/<int:id>/fill": COUNSELOR,
    "POST /desk/case/<int:id>/hand-back": COUNSELOR,
    "POST /desk/case/<int:id>/requeue": COUNSELOR,
    "POST /desk/case/<int:id>/close": COUNSELOR,
    "GET /desk/case/<int:id>/message/<int:message>/translation": COUNSELOR,
    "POST /desk/case/<int:id>/message/<int:message>/translation": COUNSELOR,
    "GET /desk/words": COUNSELOR,
    "GET /desk/words/<any(term, phrase):sort>": COUNSELOR,
    "POST /desk/words/<any(term, phrase):sort>": COUNSELOR,
    "GET /desk/words/<any(term, phrase):sort>/new": COUNSELOR,
    "POST /desk/words/<any(term, phrase):sort>/new": COUNSELOR,
    "GET /desk/words/<any(term, phrase):sort>/end": COUNSELOR,
    "POST /desk/words/<any(term, phrase):sort>/end": COUNSELOR,
}
"""The addresses of every installation. A new one is added here with its guard."""

PRETEND_LINE = {
    "GET /sim/": PRETENCE,
    "GET /sim/static/<path:filename>": PRETENCE,
    "GET /sim/phone/<user_id>/messages": PRETENCE,
    "POST /sim/phone/<user_id>/register": PRETENCE,
    "POST /sim/phone/<user_id>/follow": PRETENCE,
    "POST /sim/phone/<user_id>/block": PRETENCE,
    "POST /sim/phone/<user_id>/postback": PRETENCE,
    "POST /sim/phone/<user_id>/unsend": PRETENCE,
    "POST /sim/phone/<user_id>/redeliver": PRETENCE,
    "POST /sim/phone/<user_id>/text": PRETENCE,
    "POST /sim/phone/<user_id>/sticker": PRETENCE,
    "POST /sim/phone/<user_id>/image": PRETENCE,
    "POST /sim/phone/<user_id>/location": PRETENCE,
    "POST /sim/line-api/v2/bot/message/reply": TOKEN,
    "POST /sim/line-api/v2/bot/message/push": TOKEN,
    "POST /sim/line-api/v2/bot/message/validate/"
    "<any(reply, push, multicast, narrowcast, broadcast):kind>": TOKEN,
    "POST /sim/line-api/v2/bot/chat/loading/start": TOKEN,
    "GET /sim/line-api/v2/bot/profile/<user_id>": TOKEN,
    "GET /sim/line-api/v2/bot/message/quota": TOKEN,
    "GET /sim/line-api/v2/bot/message/quota/consumption": TOKEN,
    "GET /sim/line-api/v2/bot/info": TOKEN,
    "GET /sim/line-api/v2/bot/message/<message_id>/content": TOKEN,
}

ALL = ROUTES | PRETEND_LINE
SAMPLES = {
    "filename": "nothing-here",
    "id": "1",
    "user_id": "U" + "0" * 32,
    "kind": "push",
    "message": "1",
    "sort": "phrase",
    "message_id": "1",
}


def demo() -> Settings:
    return Settings(_env_file=None, mode="demo", line_channel_secret="")


def production() -> Settings:
    return Settings(
        _env_file=None,
        mode="production",
        base_url="https://soudan.example",
        secret_key="0123456789abcdef0123456789abcdef",
        line_channel_secret="channel-secret",
        line_channel_access_token="channel-token",
    )


@pytest.fixture(scope="module")
def office() -> Office:
    return an_office()


@pytest.fixture(scope="module")
def app(office: Office) -> Flask:
    return create_app(office.services, demo())


@pytest.fixture
def stranger(app: Flask) -> FlaskClient:
    """Somebody without a sign-in, a device token or a signature."""
    return app.test_client()


def addresses(app: Flask) -> set[str]:
    return {
        f"{method} {rule.rule}"
        for rule in app.url_map.iter_rules()
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    }


def ask(client: FlaskClient, route: str, **more):
    """Ask for an address of the list, with samples in its gaps."""
    method, rule = route.split(" ", 1)
    path = re.sub(r"<(?:[^<>]*:)?(\w+)>", lambda gap: SAMPLES[gap[1]], rule)
    return client.open(path, method=method, **more)


def guarded_by(guard: str) -> list[str]:
    return [route for route, its in ALL.items() if its == guard]


def test_the_addresses_are_those_of_the_list(app):
    assert addresses(app) == set(ALL)


def test_in_production_the_pretend_line_is_not_there(office):
    in_production = create_app(office.services, production())
    assert addresses(in_production) == set(ROUTES)
    assert in_production.test_client().get("/sim").status_code == 404


def test_with_line_credentials_the_pretend_line_is_not_there_in_a_demo_either(office):
    settings = Settings(
        _env_file=None, mode="demo", line_channel_secret="s", line_channel_access_token="t"
    )
    assert addresses(create_app(office.services, settings)) == set(ROUTES)


@pytest.mark.parametrize("route", guarded_by(COUNSELOR))
def test_without_a_sign_in_the_desk_shows_the_sign_in_page_only(stranger, route):
    answer = ask(stranger, route)
    assert answer.status_code == 303
    assert answer.location.startswith("/desk/sign-in")


@pytest.mark.parametrize("route", guarded_by(SCRIPT))
def test_without_a_sign_in_the_parts_and_feeds_of_the_desk_are_refused(stranger, route):
    answer = ask(stranger, route)
    assert (answer.status_code, answer.data) == (401, b"")


@pytest.mark.parametrize("route", [*guarded_by(COUNSELOR), *guarded_by(SCRIPT)])
def test_a_made_up_session_is_no_sign_in(stranger, route):
    stranger.set_cookie(COOKIE, "made-up", path="/desk")
    assert ask(stranger, route).status_code in {303, 401}


@pytest.mark.parametrize(
    "route", [each for each in guarded_by(COUNSELOR) if each.startswith("POST")]
)
def test_a_signed_in_counselor_s_browser_is_not_obeyed_without_the_form_s_proof(app, office, route):
    client = app.test_client()
    token = office.services.signing_in.sign_in("sato", "a-long-password")
    client.set_cookie(COOKIE, token, path="/desk")
    assert client.get("/desk/").status_code == 200
    assert ask(client, route, data={"text": "こんにちは"}).status_code == 400
    assert ask(client, route, data={"csrf_token": "made-up"}).status_code == 400


@pytest.mark.parametrize("route", guarded_by(OWN_FORM))
def test_a_form_that_is_not_our_own_is_refused(stranger, route):
    assert ask(stranger, route, data={"text": "こんにちは"}).status_code == 400


@pytest.mark.parametrize("route", guarded_by(DEVICE))
def test_a_device_without_a_token_gets_nothing(stranger, route):
    answer = ask(stranger, route)
    assert (answer.status_code, answer.data) == (204, b"")


@pytest.mark.parametrize("route", guarded_by(SIGNATURE))
def test_a_webhook_without_the_right_signature_is_refused_and_stores_nothing(
    stranger, office, route
):
    before = list(office.received)
    for headers in ({}, {"X-Line-Signature": "made-up"}):
        assert ask(stranger, route, data=b'{"events": []}', headers=headers).status_code == 400
    assert office.received == before


@pytest.mark.parametrize("route", guarded_by(TOKEN))
def test_the_pretend_platform_asks_for_the_channel_s_token(stranger, route):
    assert ask(stranger, route).status_code == 401


@pytest.mark.parametrize("route", [each for each in guarded_by(OPEN) if "<path" not in each])
def test_an_open_address_answers_anybody(stranger, route):
    assert ask(stranger, route).status_code in {200, 302}


@pytest.mark.parametrize("route", list(ALL))
def test_no_answer_lets_a_page_be_framed_or_loads_from_elsewhere(stranger, route):
    headers = ask(stranger, route).headers
    assert "default-src 'self'" in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Referrer-Policy"] in {"no-referrer", "same-origin"}
