"""An office with two counselors, and a browser for each of them."""

import contextlib
import threading
from collections.abc import Iterator

import pytest
from flask.testing import FlaskClient
from playwright.sync_api import Browser, Page, expect
from werkzeug.serving import WSGIRequestHandler, make_server

from tests.desk.office import PASSWORD, Office

POLL_S = 0.02  # how soon the server notices that it shall stop


@pytest.fixture
def office():
    """Services on in-memory stores, with the counselors `sato` and `tanaka`."""
    made = Office()
    made.counselor("sato", "佐藤")
    made.counselor("tanaka", "田中")
    return made


@pytest.fixture
def sign_in(office):
    """Sign a counselor in: `sign_in("sato")` gives a Desk of their own."""

    def make(login: str = "sato") -> Desk:
        desk = Desk(office.app().test_client())
        desk.sign_in(login, PASSWORD)
        return desk

    return make


@pytest.fixture
def url(office) -> Iterator[str]:
    """The desk of the office, served for real."""
    app = office.app(demo=True)
    server = make_server("127.0.0.1", 0, app, threaded=True, request_handler=QuietHandler)
    thread = threading.Thread(target=server.serve_forever, args=(POLL_S,), daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/desk"
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def console(browser: Browser, url: str):
    """A counselor at a browser of their own; any script error or refused resource fails."""
    complaints: list[str] = []

    def take(kind: str, text: str, expected: str) -> None:
        if kind == "error" and expected not in text:
            complaints.append(text)

    with contextlib.ExitStack() as stack:

        def open_console(
            login: str = "sato",
            *,
            width: int = 1280,
            offline: bool = False,
            expected: str = "nothing",
        ) -> Page:
            context = browser.new_context(viewport={"width": width, "height": 800}, locale="ja")
            stack.callback(context.close)
            page = context.new_page()
            # The feed and the sound end with the page; a context that closes over them may wait.
            stack.callback(page.close, run_before_unload=False)
            page.on("pageerror", lambda error: complaints.append(str(error)))
            page.on("console", lambda said: take(said.type, said.text, expected))
            if offline:
                page.route("**/desk/events*", lambda route: route.fulfill(status=204))
            page.goto(f"{url}/")
            page.get_by_label("ログイン名").fill(login)
            page.get_by_label("パスワード").fill(PASSWORD)
            page.keyboard.press("Enter")
            expect(page.get_by_role("heading", name="待っている相談")).to_be_visible()
            return page

        yield open_console
    assert complaints == []


class QuietHandler(WSGIRequestHandler):
    def log(self, type: str, message: str, *args: object) -> None:
        """Keep the test output free of access lines."""


class Desk:
    """A test client that fills in forms as a browser does: hidden fields included."""

    def __init__(self, client: FlaskClient) -> None:
        self.client = client
        self.page = ""

    def get(self, path: str):
        response = self.client.get(path)
        self.page = response.get_data(as_text=True)
        return response

    def post(self, path: str, **fields: str):
        """Post a form with the token and the nonce of the page last shown."""
        hidden = {
            name: self.hidden(name)
            for name in ("csrf_token", "nonce", "proof")
            if f'name="{name}"' in self.page
        }
        response = self.client.post(path, data={**hidden, **fields})
        if response.status_code != 303:
            self.page = response.get_data(as_text=True)
        return response

    def hidden(self, name: str) -> str:
        return self.page.split(f'name="{name}" value="')[1].split('"')[0]

    def sign_in(self, login: str, password: str, **fields: str):
        self.get("/desk/sign-in")
        response = self.post("/desk/sign-in", login=login, password=password, **fields)
        if response.status_code == 303:
            self.get("/desk/")
        return response
