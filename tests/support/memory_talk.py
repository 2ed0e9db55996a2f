"""Stand-ins for what residents say: inbox, residents, conversations and messages in dicts."""

import json
from collections.abc import Sequence
from dataclasses import replace

from bot.core.conversation import Conversation
from bot.core.model import Channel, Holder, Inbound, Provenance
from bot.service.records import Message, Resident, SetAside, StoredInbound, Waiting
from tests.support.memory_tables import Event, Tables, found_in, next_id


class MemoryInbox:
    def __init__(self, tables: Tables) -> None:
        self._rows = tables.events

    def add(self, inbound: Inbound) -> bool:
        key = (inbound.channel, inbound.event_id)
        if any((each.inbound.channel, each.inbound.event_id) == key for each in self._all()):
            return False
        new_id = next_id(self._rows)
        self._rows[new_id] = Event(new_id, inbound)
        return True

    def next_for(self, channel: Channel, address: str, *, now: int) -> StoredInbound | None:
        oldest = self._oldest().get((channel, address))
        if oldest is None or oldest.due_at > now:
            return None
        return StoredInbound(oldest.id, oldest.inbound, oldest.attempts)

    def done(self, item_id: int) -> None:
        item = self._rows[item_id]
        known = item.inbound
        bare = Inbound(
            known.channel,
            known.address,
            known.event_id,
            known.occurred_at,
            known.received_at,
            known.kind,
        )
        self._rows[item_id] = replace(item, inbound=bare, status="done", error="")

    def retry(self, item_id: int, *, due_at: int, error: str) -> None:
        item = self._rows[item_id]
        self._rows[item_id] = replace(item, attempts=item.attempts + 1, due_at=due_at, error=error)

    def set_aside(self, item_id: int, *, error: str, conversation_id: int | None) -> None:
        self._rows[item_id] = replace(
            self._rows[item_id], status="set_aside", error=error, conversation_id=conversation_id
        )

    def due(self, now: int, limit: int) -> list[tuple[Channel, str]]:
        ready = [each for each in self._oldest().values() if each.due_at <= now]
        ready.sort(key=lambda each: (each.due_at, each.id))
        return [(each.inbound.channel, each.inbound.address) for each in ready[:limit]]

    def set_aside_list(self, limit: int) -> list[SetAside]:
        given_up = [each for each in self._all() if each.status == "set_aside"]
        return [
            SetAside(
                each.id,
                each.conversation_id,
                each.inbound.kind.value,
                each.error,
                each.inbound.received_at,
            )
            for each in given_up[::-1][:limit]
        ]

    def _all(self) -> list[Event]:
        return list(self._rows.values())

    def _oldest(self) -> dict[tuple[Channel, str], Event]:
        waiting = [each for each in self._all() if each.status == "new"]
        waiting.sort(key=lambda each: (each.inbound.occurred_at, each.id))
        return {(each.inbound.channel, each.inbound.address): each for each in waiting[::-1]}


class MemoryResidents:
    def __init__(self, tables: Tables) -> None:
        self._rows = tables.residents

    def lock(self, channel: Channel, address: str, *, at: int) -> Resident:
        found = self.find(channel, address)
        if found is None:
            found = Resident(channel, address, at, id=next_id(self._rows))
            self._rows[found.id] = found
        return found

    def find(self, channel: Channel, address: str) -> Resident | None:
        key = (channel, address)
        rows = self._rows.values()
        return next((each for each in rows if (each.channel, each.address) == key), None)

    def get(self, resident_id: int) -> Resident:
        return found_in(self._rows, resident_id)

    def save(self, resident: Resident) -> None:
        self._rows[resident.id] = replace(
            self._rows[resident.id],
            lang=resident.lang,
            following=resident.following,
            source_code=resident.source_code,
        )


class MemoryConversations:
    def __init__(self, tables: Tables) -> None:
        self._tables = tables
        self._rows = tables.conversations

    def add(self, conversation: Conversation) -> Conversation:
        stored = replace(_through_json(conversation), id=next_id(self._rows))
        self._rows[stored.id] = stored
        return replace(conversation, id=stored.id)

    def latest(self, resident_id: int) -> Conversation | None:
        theirs = [each for each in self._rows.values() if each.resident_id == resident_id]
        return _through_json(theirs[-1]) if theirs else None

    def get(self, conversation_id: int, *, lock: bool = False) -> Conversation:  # noqa: ARG002
        return _through_json(found_in(self._rows, conversation_id))

    def save(self, conversation: Conversation) -> None:
        known = self._rows[conversation.id]
        self._rows[conversation.id] = replace(
            _through_json(conversation),
            resident_id=known.resident_id,
            opened_at=known.opened_at,
        )

    def running(self, *, after: int, limit: int) -> list[Conversation]:
        found = [
            _through_json(each)
            for each in self._rows.values()
            if each.id > after and each.holder is not Holder.CLOSED
        ]
        return found[:limit]

    def waiting(self, *, mine: int | None, limit: int) -> list[Waiting]:
        queued = [each for each in self._rows.values() if each.in_queue]
        queued.sort(key=lambda each: (-each.level, each.waiting_since or 0, each.id))
        held = [each for each in self._rows.values() if each.holder is Holder.COUNSELOR]
        held.sort(key=lambda each: (each.counselor_id != mine, -each.level, each.id))
        return [self._row(each) for each in (*queued[:limit], *held[:limit])]

    def _row(self, conversation: Conversation) -> Waiting:
        resident = self._tables.residents[conversation.resident_id]
        counselor = self._tables.counselors.get(conversation.counselor_id or 0)
        said = [
            each.created_at
            for each in self._tables.messages.values()
            if each.conversation_id == conversation.id
        ]
        return Waiting(
            conversation.id,
            conversation.level,
            conversation.reason,
            conversation.lang,
            resident.channel,
            conversation.holder.value,
            conversation.counselor_id,
            counselor.name if counselor is not None else "",
            conversation.waiting_since,
            conversation.opened_at,
            _through_json(conversation).assessment,
            conversation.trouble,
            said[-1] if said else None,
        )


class MemoryMessages:
    def __init__(self, tables: Tables) -> None:
        self._tables = tables
        self._rows = tables.messages

    def add(self, messages: Sequence[Message]) -> list[int]:
        ids = []
        for each in messages:
            new_id = next_id(self._rows)
            self._rows[new_id] = replace(each, id=new_id)
            ids.append(new_id)
        return ids

    def get(self, message_id: int) -> Message:
        return found_in(self._rows, message_id)

    def of(self, conversation_id: int, *, after: int = 0, limit: int = 500) -> list[Message]:
        found = [
            each
            for each in self._rows.values()
            if each.conversation_id == conversation_id and each.id > after
        ]
        return found[-limit:]

    def find_external(self, conversation_id: int, external_id: str) -> Message | None:
        key = (conversation_id, external_id)
        rows = self._rows.values() if external_id else ()
        return next(
            (each for each in rows if (each.conversation_id, each.external_id) == key), None
        )

    def save(self, message: Message) -> None:
        self._rows[message.id] = replace(
            self._rows[message.id],
            text=message.text,
            other=message.other,
            other_lang=message.other_lang,
            sentences=message.sentences,
            provenance=message.provenance,
            engine=message.engine,
            attempts=message.attempts,
            unsent_at=message.unsent_at,
            parcel_id=message.parcel_id,
        )

    def awaiting_translation(self, *, now: int, limit: int) -> list[Message]:
        levels = self._tables.conversations
        found = [
            each
            for each in self._rows.values()
            if each.provenance is Provenance.WAITING
            and self._tables.translation_due.get(each.id, 0) <= now
        ]
        found.sort(key=lambda each: (-levels[each.conversation_id].level, each.id))
        return found[:limit]

    def postpone(self, message_id: int, *, due_at: int) -> None:
        message = self._rows[message_id]
        self._rows[message_id] = replace(message, attempts=message.attempts + 1)
        self._tables.translation_due[message_id] = due_at

    def erase(self, conversation_id: int, *, since: int = 0) -> None:
        for each in self.of(conversation_id, limit=len(self._rows) or 1):
            if each.id >= since:
                del self._rows[each.id]


def _through_json(conversation: Conversation) -> Conversation:
    """Its own copy of the JSON values, as a database would give."""
    return replace(
        conversation,
        state=json.loads(json.dumps(conversation.state)),
        assessment=json.loads(json.dumps(conversation.assessment)),
    )
