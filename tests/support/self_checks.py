"""People who do the self-check, and an office whose database can be searched for it."""

import sqlite3
from contextlib import closing
from dataclasses import dataclass, replace

from bot.adapters.schema import migrate
from bot.adapters.storage import open_store
from bot.core.dialog import Ask
from bot.core.model import InboundKind, Lang
from bot.service.counseling import Counseling
from bot.service.reading import Reading
from tests.support.dialogs import CATALOGS, DIALOG
from tests.support.service_tools import Office, Person, SmallPhrasebook

TYPED = "bí mật của tôi"
PICKED = ("CK_FOOD", "CK_ALONE")


@dataclass
class StoredOffice(Office):
    """An office over a database file, of which everything can be read."""

    url: str = "sqlite://"

    def __post_init__(self) -> None:
        super().__post_init__()
        self.store = open_store(self.url)
        migrate(self.store.engine)
        self.transaction = self.store.transaction
        self.tools = replace(self.tools, transaction=self.transaction)
        self.counseling = Counseling(self.transaction, self.desk, self.clock, SmallPhrasebook())
        self.reading = Reading(self.transaction, self.desk)

    def everything(self) -> str:
        """All rows of all tables, as SQL."""
        with closing(sqlite3.connect(self.url.removeprefix("sqlite:///"))) as connection:
            return "\n".join(connection.iterdump())


def checked(person: Person, lang: Lang = "vi") -> Person:
    """Do the self-check as far as the question how to go on."""
    person.does(InboundKind.FOLLOW).taps(lang).taps("START_CHECK")
    return person.says(TYPED).taps(*PICKED, "DONE")


def traces() -> set[str]:
    """The words and codes of the self-check, in all languages."""
    check = DIALOG.nodes["CHECK"]
    assert isinstance(check, Ask)
    texts = [check.text, *(each.label for each in check.options)]
    words = {CATALOGS.render(text, lang).text for text in texts for lang in CATALOGS.languages()}
    return {"CK_", TYPED, *(line for said in words for line in said.split("\n"))}


def found_in(everything: str) -> set[str]:
    return {each for each in traces() if each in everything}
