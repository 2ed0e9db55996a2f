"""The web chat joined to an office in memory, and a resident without JavaScript."""

import pytest

from tests.channels.web.office import Office, an_app, an_office
from tests.channels.web.resident import Resident


@pytest.fixture
def office() -> Office:
    return an_office()


@pytest.fixture
def resident(office: Office) -> Resident:
    return Resident(an_app(office))
