"""An office in memory for the tests of the use cases."""

import pytest

from tests.support.service_tools import Office, Person


@pytest.fixture
def office() -> Office:
    return Office()


@pytest.fixture
def anh(office: Office) -> Person:
    return office.person()
