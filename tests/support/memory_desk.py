"""Stand-ins for what goes out and who works here: outbox, feed, team and trail in dicts."""

from collections.abc import Collection
from dataclasses import replace

from bot.errors import MoveNotAllowedError
from bot.service.records import CaseEvent, Counselor, FailedParcel, Parcel, Update
from tests.support.memory_tables import Shipment, Tables, found_in, next_id


class MemoryOutbox:
    def __init__(self, tables: Tables) -> None:
        self._rows = tables.parcels

    def add(self, parcel: Parcel, *, leased_until: int = 0) -> tuple[int, bool]:
        leased = bool(leased_until) and not self._unsent({parcel.conversation_id})
        new_id = next_id(self._rows)
        due_at = leased_until if leased else parcel.created_at
        self._rows[new_id] = Shipment(replace(parcel, id=new_id), due_at)
        return new_id, leased

    def claim(self, *, now: int, until: int, limit: int) -> list[Parcel]:
        first: dict[int, Shipment] = {}
        for each in self._rows.values():
            if each.status == "due":
                first.setdefault(each.parcel.conversation_id, each)
        ready = [each for each in first.values() if each.due_at <= now]
        ready.sort(key=lambda each: each.parcel.id)
        for each in ready[:limit]:
            self._rows[each.parcel.id] = replace(each, due_at=until)
        return [each.parcel for each in ready[:limit]]

    def release(self, *, at: int) -> None:
        for key, each in self._rows.items():
            if each.status == "due":
                self._rows[key] = replace(each, due_at=at)

    def sent(self, parcel_ids: Collection[int], *, at: int) -> list[int]:  # noqa: ARG002
        theirs = {self._rows[each].parcel.conversation_id for each in parcel_ids}
        for each in parcel_ids:
            self._end(each, "sent", "")
        return sorted({each.parcel.conversation_id for each in self._unsent(theirs)})

    def retry(self, parcel: Parcel, *, due_at: int, error: str) -> None:
        known = self._rows[parcel.id]
        if known.status == "due":
            told = replace(
                known.parcel,
                attempts=parcel.attempts,
                reply_token=parcel.reply_token,
                first_push_at=parcel.first_push_at,
            )
            self._rows[parcel.id] = replace(known, parcel=told, due_at=due_at, error=error)

    def fail(self, parcel_id: int, *, error: str) -> None:
        if self._rows[parcel_id].status == "due":
            self._end(parcel_id, "failed", error)

    def drop_for(self, conversation_id: int) -> None:
        for each in self._unsent({conversation_id}):
            self._end(each.parcel.id, "dropped", "blocked")

    def states(self, parcel_ids: Collection[int]) -> dict[int, tuple[str, str]]:
        rows = (self._rows[each] for each in parcel_ids if each in self._rows)
        return {each.parcel.id: (each.status, each.error) for each in rows}

    def failed(self, limit: int) -> list[FailedParcel]:
        given_up = [each for each in self._rows.values() if each.status == "failed"]
        return [
            FailedParcel(
                each.parcel.id, each.parcel.conversation_id, each.error, each.parcel.created_at
            )
            for each in given_up[::-1][:limit]
        ]

    def _unsent(self, conversations: set[int]) -> list[Shipment]:
        return [
            each
            for each in self._rows.values()
            if each.status == "due" and each.parcel.conversation_id in conversations
        ]

    def _end(self, parcel_id: int, status: str, error: str) -> None:
        known = self._rows[parcel_id]
        empty = replace(known.parcel, bubbles=(), reply_token="")
        self._rows[parcel_id] = replace(known, parcel=empty, status=status, error=error)


class MemoryUpdates:
    def __init__(self, tables: Tables) -> None:
        self._rows = tables.updates

    def append(self, *, conversation_id: int, resident_id: int, kind: str, at: int) -> None:  # noqa: ARG002
        new_id = next_id(self._rows)
        self._rows[new_id] = Update(new_id, conversation_id, resident_id, kind)

    def after(self, update_id: int, *, resident_id: int | None, limit: int = 200) -> list[Update]:
        found = [
            each
            for each in self._rows.values()
            if each.id > update_id and resident_id in {None, each.resident_id}
        ]
        return found[:limit]

    def last_id(self) -> int:
        return max(self._rows, default=0)


class MemoryTeam:
    def __init__(self, tables: Tables) -> None:
        self._rows = tables.counselors
        self._sessions = tables.sessions

    def add(self, counselor: Counselor) -> Counselor:
        if self.by_login(counselor.login) is not None:
            raise MoveNotAllowedError
        stored = replace(counselor, id=next_id(self._rows))
        self._rows[stored.id] = stored
        return stored

    def by_login(self, login: str) -> Counselor | None:
        return next((each for each in self._rows.values() if each.login == login), None)

    def get(self, counselor_id: int) -> Counselor:
        return found_in(self._rows, counselor_id)

    def all(self) -> list[Counselor]:
        return sorted(self._rows.values(), key=lambda each: each.login)

    def open_session(self, token_hash: str, counselor_id: int, *, expires_at: int) -> None:
        self._sessions[token_hash] = (counselor_id, expires_at)

    def session(self, token_hash: str, *, now: int) -> Counselor | None:
        counselor_id, expires_at = self._sessions.get(token_hash, (0, 0))
        counselor = self._rows.get(counselor_id)
        valid = counselor is not None and counselor.active and expires_at > now
        return counselor if valid else None

    def close_session(self, token_hash: str) -> None:
        self._sessions.pop(token_hash, None)


class MemoryTrail:
    def __init__(self, tables: Tables) -> None:
        self._rows = tables.trail
        self._beats = tables.beats

    def add(self, event: CaseEvent) -> None:
        self._rows[next_id(self._rows)] = replace(event, detail=dict(event.detail))

    def of(self, conversation_id: int) -> list[CaseEvent]:
        return [each for each in self._rows.values() if each.conversation_id == conversation_id]

    def beat(self, name: str, at: int) -> None:
        self._beats[name] = at

    def last_beat(self) -> int:
        return max(self._beats.values(), default=0)
