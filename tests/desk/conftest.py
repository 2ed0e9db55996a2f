"""An office with two counselors, and a browser for each of them."""

import pytest
from flask.testing import FlaskClient

from tests.desk.office import PASSWORD, Office


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
