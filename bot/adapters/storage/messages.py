"""Messages over SQL."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import (
    Connection,
    Row,
    bindparam,
    delete,
    insert,
    literal_column,
    select,
    update,
)

from bot.adapters.storage.codec import (
    dumps,
    loads,
    sentences_from_text,
    sentences_to_text,
)
from bot.adapters.storage.sql import assignments, equals
from bot.adapters.tables import ConversationRow, MessageRow, table_of
from bot.core.model import Author, Provenance
from bot.errors import NotFoundError
from bot.service.records import Message

MESSAGE = table_of(MessageRow)
CONVERSATION = table_of(ConversationRow)

_ADD_ONE = insert(MESSAGE).returning(MESSAGE.c.id)
_ADD_MANY = insert(MESSAGE).returning(MESSAGE.c.id, sort_by_parameter_order=True)
_GET = select(MESSAGE).where(MESSAGE.c.id == bindparam("message"))
_OF = (
    select(MESSAGE)
    .where(
        MESSAGE.c.conversation_id == bindparam("conversation"),
        MESSAGE.c.id > bindparam("newer_than"),
    )
    .order_by(MESSAGE.c.id.desc())
    .limit(bindparam("at_most"))
)
_EXTERNAL = (
    select(MESSAGE)
    .where(
        MESSAGE.c.conversation_id == bindparam("conversation"),
        MESSAGE.c.external_id == bindparam("external"),
        # Written out: the condition of the partial index.
        MESSAGE.c.external_id != literal_column("''"),
    )
    .limit(1)
)
_SAVE = (
    update(MESSAGE)
    .where(MESSAGE.c.id == bindparam("message"))
    .values(
        assignments(
            "text",
            "other",
            "other_lang",
            "sentences",
            "provenance",
            "engine",
            "attempts",
            "unsent_at",
            "parcel_id",
        )
    )
)
_AWAITING = (
    select(MESSAGE)
    .join(CONVERSATION, CONVERSATION.c.id == MESSAGE.c.conversation_id)
    .where(
        equals(MESSAGE.c.provenance, Provenance.WAITING.value),
        MESSAGE.c.due_at <= bindparam("now"),
    )
    .order_by(CONVERSATION.c.level.desc(), MESSAGE.c.id)
    .limit(bindparam("at_most"))
    .with_for_update(skip_locked=True, of=MESSAGE)
)
_POSTPONE = (
    update(MESSAGE)
    .where(MESSAGE.c.id == bindparam("message"))
    .values(attempts=MESSAGE.c.attempts + 1, **assignments("due_at"))
)

_ERASE = delete(MESSAGE).where(
    MESSAGE.c.conversation_id == bindparam("conversation"),
    MESSAGE.c.id >= bindparam("since"),
)


class SqlMessages:
    """Implements ports.Messages."""

    def __init__(self, connection: Connection) -> None:
        self._run = connection.execute

    def add(self, messages: Sequence[Message]) -> list[int]:
        if not messages:
            return []
        rows = [_values(each) for each in messages]
        if len(rows) == 1:
            return [self._run(_ADD_ONE, rows[0]).scalar_one()]
        return list(self._run(_ADD_MANY, rows).scalars())

    def get(self, message_id: int) -> Message:
        row = self._run(_GET, {"message": message_id}).first()
        if row is None:
            raise NotFoundError
        return _message(row)

    def of(self, conversation_id: int, *, after: int = 0, limit: int = 500) -> list[Message]:
        rows = self._run(
            _OF, {"conversation": conversation_id, "newer_than": after, "at_most": limit}
        )
        return [_message(row) for row in rows][::-1]

    def find_external(self, conversation_id: int, external_id: str) -> Message | None:
        row = self._run(
            _EXTERNAL, {"conversation": conversation_id, "external": external_id}
        ).first()
        return _message(row) if row is not None else None

    def save(self, message: Message) -> None:
        self._run(
            _SAVE,
            {
                "message": message.id,
                "new_text": message.text,
                "new_other": message.other,
                "new_other_lang": message.other_lang,
                "new_sentences": sentences_to_text(message.sentences),
                "new_provenance": message.provenance.value,
                "new_engine": message.engine,
                "new_attempts": message.attempts,
                "new_unsent_at": message.unsent_at,
                "new_parcel_id": message.parcel_id,
            },
        )

    def awaiting_translation(self, *, now: int, limit: int) -> list[Message]:
        return [_message(row) for row in self._run(_AWAITING, {"now": now, "at_most": limit})]

    def postpone(self, message_id: int, *, due_at: int) -> None:
        self._run(_POSTPONE, {"message": message_id, "new_due_at": due_at})

    def erase(self, conversation_id: int, *, since: int = 0) -> None:
        self._run(_ERASE, {"conversation": conversation_id, "since": since})


def _values(message: Message) -> dict[str, object]:
    return {
        "conversation_id": message.conversation_id,
        "author": message.author.value,
        "counselor_id": message.counselor_id,
        "kind": message.kind,
        "text": message.text,
        "lang": message.lang,
        "other": message.other,
        "other_lang": message.other_lang,
        "provenance": message.provenance.value,
        "engine": message.engine,
        "external_id": message.external_id,
        "choices": dumps(message.choices) if message.choices else "",
        "sentences": sentences_to_text(message.sentences),
        "created_at": message.created_at,
        "unsent_at": message.unsent_at,
        "parcel_id": message.parcel_id,
        "attempts": message.attempts,
        "due_at": 0,
    }


def _message(row: Row[Any]) -> Message:
    return Message(
        row.conversation_id,
        Author(row.author),
        row.text,
        row.lang,
        row.created_at,
        id=row.id,
        kind=row.kind,
        other=row.other,
        other_lang=row.other_lang,
        provenance=Provenance(row.provenance),
        engine=row.engine,
        counselor_id=row.counselor_id,
        external_id=row.external_id,
        unsent_at=row.unsent_at,
        parcel_id=row.parcel_id,
        attempts=row.attempts,
        choices=tuple(loads(row.choices)) if row.choices else (),
        sentences=sentences_from_text(row.sentences),
    )
