"""No statement reads a growing table from end to end, on either database."""

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

from sqlalchemy import Engine, event

from bot.adapters.storage import Store
from bot.adapters.tables import METADATA
from bot.core.model import Channel, Provenance
from bot.service.records import CaseEvent
from tests.storage.builders import (
    consent,
    conversation,
    counselor,
    inbound,
    message,
    parcel,
)

SMALL = {"counselor", "desk_session", "heartbeat", "flow_release"}
"""As long as the list of staff, machines and releases; the others grow with every message."""

DERIVED = {"first"}
"""Made within a statement, from rows that were found by an index."""

PARTIAL = {
    index.name
    for table in METADATA.tables.values()
    for index in table.indexes
    if index.dialect_options["sqlite"]["where"] is not None
}
"""These hold only the rows that still need something: reading one whole is cheap."""


@contextmanager
def recorded(engine: Engine) -> Iterator[dict[str, Any]]:
    """Collects every statement that runs, with the parameters of its first run."""
    statements: dict[str, Any] = {}

    def record(_connection, _cursor, statement, parameters, _context, _many) -> None:
        if statement.startswith(("SELECT", "INSERT", "UPDATE", "DELETE")):
            statements.setdefault(statement, parameters)

    event.listen(engine, "before_cursor_execute", record)
    yield statements
    event.remove(engine, "before_cursor_execute", record)


def do_everything(store: Store) -> None:
    """Calls every method of every store at least once, with the function below."""
    with store.transaction() as work:
        by = counselor(work)
        talk = conversation(work, waiting_since=5)
        work.conversations.latest(talk.resident_id)
        work.conversations.get(talk.id)
        work.conversations.save(work.conversations.get(talk.id, lock=True))
        work.residents.find(Channel.LINE, "U1")
        work.residents.save(work.residents.get(talk.resident_id))
        for number in range(3):
            work.inbox.add(inbound(f"e{number}"))
        item = work.inbox.next_for(Channel.LINE, "U1", now=1_000)
        assert item is not None
        work.inbox.retry(item.id, due_at=5, error="internal")
        work.inbox.set_aside(item.id, error="internal", conversation_id=None)
        work.inbox.done(item.id)
        work.inbox.due(5_000, 10)
        one, _, _ = (
            *work.messages.add([message(talk.id, provenance=Provenance.WAITING)]),
            *work.messages.add([message(talk.id), message(talk.id)]),
        )
        work.messages.of(talk.id)
        work.messages.find_external(talk.id, "m1")
        work.messages.awaiting_translation(now=5, limit=1)
        work.messages.postpone(one, due_at=5)
        work.messages.save(work.messages.get(one))
        ids = [work.outbox.add(parcel(talk.id), leased_until=5)[0] for _ in range(3)]
        (first,) = work.outbox.claim(now=5_000, until=6_000, limit=10)
        work.outbox.retry(replace(first, attempts=1), due_at=5, error="internal")
        work.outbox.fail(ids[1], error="internal")
        work.outbox.sent(ids[:1], at=5)
        work.outbox.drop_for(talk.id)
        work.updates.append(conversation_id=talk.id, resident_id=1, kind="message", at=5)
        work.trail.add(CaseEvent(talk.id, "claimed", 5, by.id))
        work.trail.beat("worker", 5)
        work.team.open_session("t", by.id, expires_at=5)
        work.team.session("t", now=1)
        work.team.close_session("t")
    with store.reading() as work:
        work.conversations.waiting(mine=by.id, limit=10)
        work.conversations.latest(talk.resident_id)
        work.inbox.set_aside_list(5)
        work.outbox.states(ids)
        work.outbox.failed(5)
        work.updates.after(0, resident_id=None)
        work.updates.after(0, resident_id=1)
        work.updates.last_id()
        work.trail.of(talk.id)
        work.trail.last_beat()
        work.team.by_login("sato")
        work.team.all()


def do_what_is_about_versions(store: Store) -> None:
    with store.transaction() as work:
        talk = conversation(work, "U2")
        work.consents.add(consent(talk.id))
        work.consents.withdraw(talk.id, "SEND", at=5)
        work.releases.add("1-a", b"", at=5)
        work.releases.retire("1-a", at=5)
        work.messages.erase(talk.id)
    with store.reading() as work:
        work.conversations.running(after=0, limit=10)
        work.consents.of(talk.id)
        work.releases.get("1-a")
        work.releases.packed("1-a")
        work.releases.all()


def test_no_statement_scans_a_growing_table_of_sqlite(sqlite_store):
    with recorded(sqlite_store.engine) as statements:
        do_everything(sqlite_store)
        do_what_is_about_versions(sqlite_store)
    assert len(statements) > 40
    used: set[str] = set()
    with sqlite_store.engine.connect() as connection:
        for statement, parameters in statements.items():
            plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)
            for step in (str(row[3]) for row in plan):
                scan = re.match(r"SCAN (\w+)(?: USING (?:COVERING )?INDEX (\w+))?$", step)
                used.update(re.findall(r"INDEX (\w+)", step))
                if scan is not None and scan[1] not in SMALL | DERIVED:
                    assert scan[2] in PARTIAL, f"{step}\n{statement}"
    assert used >= PARTIAL


def test_no_statement_scans_a_growing_table_of_postgresql(postgres_store):
    with recorded(postgres_store.engine) as statements:
        do_everything(postgres_store)
        do_what_is_about_versions(postgres_store)
    assert len(statements) > 40
    used: set[str] = set()
    with postgres_store.engine.connect() as connection:
        # The tables are nearly empty: without this the planner would rightly read them whole.
        connection.exec_driver_sql("SET enable_seqscan = off")
        for statement in statements:
            for step in _steps(connection, statement):
                table = step.get("Relation Name")
                if table is None or table in SMALL or step["Node Type"] == "ModifyTable":
                    continue
                index = step.get("Index Name") or _bitmap_index(step)
                used.add(str(index))
                bounded = "Index Cond" in step or step["Node Type"] == "Bitmap Heap Scan"
                # The newest row is one step from the end of the key.
                bounded |= step.get("Parent") == "Limit" and "Filter" not in step
                assert index is not None, f"{step}\n{statement}"
                assert bounded or index in PARTIAL, f"{step}\n{statement}"
    assert used >= PARTIAL


def _steps(connection: Any, statement: str) -> Iterator[dict[str, Any]]:
    """The steps of the plan that serves every value of the parameters."""
    numbers: dict[str, int] = {}

    def numbered(found: re.Match[str]) -> str:
        return f"${numbers.setdefault(found[1], len(numbers) + 1)}"

    generic = re.sub(r"%\((\w+)\)s", numbered, statement).replace("%%", "%")
    plan = connection.exec_driver_sql(f"EXPLAIN (GENERIC_PLAN, FORMAT JSON) {generic}")
    (found,) = plan.scalar_one()
    waiting = [found["Plan"] if not isinstance(found, str) else json.loads(found)["Plan"]]
    while waiting:
        step = waiting.pop()
        yield step
        waiting += [{**each, "Parent": step["Node Type"]} for each in step.get("Plans", [])]


def _bitmap_index(step: dict[str, Any]) -> str | None:
    names = [each.get("Index Name") for each in step.get("Plans", [])]
    return next((name for name in names if name is not None), None)
