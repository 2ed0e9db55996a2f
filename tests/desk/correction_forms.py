"""Hands for the tests of the correction page: its form as a browser without scripts sends it."""

from typing import Any

from werkzeug.test import TestResponse

from bot.core.model import Sentence
from bot.service.records import Parcel
from tests.channels.web.resident import Element, read
from tests.desk.conftest import Desk
from tests.desk.office import MINUTE, Office


def address(case_id: int, message: int) -> str:
    """The page of a message."""
    return f"/desk/case/{case_id}/message/{message}/translation"


def sent(page: Element) -> dict[str, str]:
    """The form's fields as a browser sends them, without scripts: only ticked boxes go."""
    form = next(each for each in page.all("form") if each.all("textarea"))
    fields = {each.attributes["name"]: each.text for each in form.all("textarea")}
    for box in form.all("input"):
        if box.attributes["type"] == "hidden" or "checked" in box.attributes:
            fields[box.attributes["name"]] = box.attributes.get("value", "on")
    return fields


def save(desk: Desk, case_id: int, message: int, **changes: Any) -> TestResponse:
    """Open the page, change what stands in it, and press the button; None takes a tick away."""
    fields = sent(read(desk.get(address(case_id, message)).text)) | changes
    given = {name: value for name, value in fields.items() if value is not None}
    return desk.client.post(address(case_id, message), data=given)


def sentences(office: Office, message: int) -> tuple[Sentence, ...]:
    with office.transaction() as work:
        return work.messages.get(message).sentences


def memory(office: Office) -> dict[str, str]:
    """What the translation memory holds."""
    with office.transaction() as work:
        return {each.source: each.target for each in work.memory.all()}


def problem(answer: TestResponse) -> str:
    [told] = read(answer.text).all(role="alert")
    return told.text


def to_be_sent(office: Office) -> list[Parcel]:
    """Take everything out of the outbox, as the courier does, in order."""
    taken: list[Parcel] = []
    later = office.now + 10 * MINUTE  # no lease of the desk's own is left
    with office.transaction() as work:
        while ready := work.outbox.claim(now=later, until=later + MINUTE, limit=9):
            taken += ready
            work.outbox.sent([each.id for each in ready], at=office.now)
    return taken
