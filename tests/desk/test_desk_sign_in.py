"""Who may come in at the desk, and which forms are its own."""

import re

import pytest

from bot.core.answers import Answer
from bot.core.conversation import Conversation
from bot.core.model import Holder
from handlers.desk.session import PUBLIC
from tests.desk.conftest import Desk
from tests.desk.office import PASSWORD, Office


def conversation(office: Office, case_id: int) -> Conversation:
    with office.transaction() as work:
        return work.conversations.get(case_id)


def path_of(rule: str, case_id: int) -> str:
    """An address with something in its gaps."""
    samples = {"id": str(case_id), "message": "1", "sort": "phrase"}
    return re.sub(r"<[^<>]*:(\w+)>", lambda gap: samples[gap[1]], rule)


def test_every_route_but_sign_in_and_static_files_refuses_a_stranger(office):
    app = office.app()
    case_id = office.case()
    routes = [rule for rule in app.url_map.iter_rules() if rule.endpoint.startswith("desk.")]
    assert {rule.endpoint for rule in routes} >= PUBLIC
    for rule in routes:
        for method in (rule.methods or set()) & {"GET", "POST"}:
            if rule.endpoint in PUBLIC:
                continue
            path = path_of(rule.rule, case_id)
            response = app.test_client().open(path, method=method)
            signs_in = response.headers.get("Location", "").startswith("/desk/sign-in")
            assert response.status_code == 401 or (response.status_code == 303 and signs_in), path
    assert conversation(office, case_id).holder is Holder.BOT


def test_every_form_needs_the_token_of_its_sign_in(office, sign_in):
    desk, other = sign_in("sato"), sign_in("tanaka")
    case_id = office.case()
    posts = [
        rule
        for rule in office.app().url_map.iter_rules()
        if rule.endpoint.startswith("desk.") and "POST" in (rule.methods or set())
    ]
    for rule in posts:
        if rule.endpoint in PUBLIC:
            continue
        path = path_of(rule.rule, case_id)
        for token in ("", other.hidden("csrf_token"), "é"):
            response = desk.client.post(path, data={"csrf_token": token})
            assert response.status_code == 400
            assert "この画面は古くなっています" in response.get_data(as_text=True)
    assert conversation(office, case_id).holder is Holder.BOT
    assert desk.get("/desk/").status_code == 200


def test_a_wrong_password_and_an_unknown_login_look_the_same(office):
    desk = Desk(office.app().test_client())
    pages = []
    for login in ("sato", "nobody"):
        assert desk.sign_in(login, "wrong").status_code == 401
        pages.append(desk.page.replace(f'value="{login}"', ""))
    assert pages[0] == pages[1]
    assert "ログイン名かパスワードがちがいます" in pages[0]


def test_a_sign_in_form_that_is_not_ours_signs_nobody_in(office):
    client = office.app().test_client()
    right = {"login": "sato", "password": PASSWORD}
    assert client.post("/desk/sign-in", data=right).status_code == 400
    client.get("/desk/sign-in")
    assert client.post("/desk/sign-in", data={**right, "proof": "guess"}).status_code == 400
    desk = Desk(client)
    desk.get("/desk/sign-in")
    crossing = client.post(
        "/desk/sign-in",
        data={**right, "proof": desk.hidden("proof")},
        headers={"Sec-Fetch-Site": "cross-site"},
    )
    assert crossing.status_code == 400
    assert desk.post("/desk/sign-in", **right).status_code == 303


@pytest.mark.parametrize("secure", [True, False])
def test_the_cookie_is_for_the_desk_alone(office, secure):
    desk = Desk(office.app(secure_cookies=secure).test_client())
    base = "https://desk.example" if secure else "http://desk.example"
    page = desk.client.get("/desk/sign-in", base_url=base).get_data(as_text=True)
    proof = page.split('name="proof" value="')[1].split('"')[0]
    response = desk.client.post(
        "/desk/sign-in",
        data={"login": "sato", "password": PASSWORD, "proof": proof},
        base_url=base,
    )
    [cookie] = [
        each for each in response.headers.getlist("Set-Cookie") if each.startswith("desk=id")
    ]
    assert {"HttpOnly", "SameSite=Strict", "Path=/desk"} <= set(cookie.split("; "))
    assert ("Secure" in cookie.split("; ")) is secure


@pytest.mark.parametrize(
    ("wanted", "led_to"),
    [
        ("/desk/case/1", "/desk/case/1"),
        ("https://evil.example/desk/", "/desk/"),
        ("//evil.example", "/desk/"),
        ("/desk//evil.example", "/desk/"),
        ("/desk/\\evil", "/desk/"),
        ("", "/desk/"),
    ],
)
def test_sign_in_leads_to_the_page_that_was_wanted_and_never_out_of_the_desk(
    office, wanted, led_to
):
    desk = Desk(office.app().test_client())
    assert desk.sign_in("sato", PASSWORD, next=wanted).headers["Location"] == led_to


def test_signing_out_ends_the_session_itself(sign_in):
    desk = sign_in()
    cookie = desk.client.get_cookie("desk", path="/desk")
    desk.post("/desk/sign-out")
    desk.client.set_cookie("desk", cookie.value, path="/desk")
    assert desk.get("/desk/").status_code == 303


def test_who_is_no_longer_active_is_out(office, sign_in):
    desk = sign_in()
    office.deactivate("sato")
    assert desk.get("/desk/").status_code == 303
    assert desk.get("/desk/list").status_code == 401


def test_demo_logins_are_shown_in_demo_mode_only(office):
    assert PASSWORD in office.app(demo=True).test_client().get("/desk/sign-in").text
    assert PASSWORD not in office.app().test_client().get("/desk/sign-in").text


def test_pages_are_never_kept_and_run_no_script_from_the_page_itself(office, sign_in):
    desk = sign_in()
    case_id = office.case(answers={"Q4": Answer(("FOOD_NONE",))})
    desk.post(f"/desk/case/{case_id}/claim")
    for path in ("/desk/", f"/desk/case/{case_id}", f"/desk/case/{case_id}/close"):
        response = desk.get(path)
        assert response.headers["Cache-Control"] == "no-store"
        assert "default-src 'self'" in response.headers["Content-Security-Policy"]
        assert not re.search(r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son[a-z]+=", desk.page)
