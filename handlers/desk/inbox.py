"""The list: who waits, who is mine, and what needs a person's eye."""

from dataclasses import dataclass

from flask import Blueprint, g, render_template
from flask.typing import ResponseReturnValue

from bot.service import Services
from bot.service.reading import DeskList
from bot.service.records import FailedParcel, SetAside
from handlers.desk import words
from handlers.desk.showing import Row, Showing

LEVELS_DOWN = ("U4", "U3", "U2", "U1", "U0")


@dataclass(frozen=True, slots=True)
class Trouble:
    """Something that a person must look at: when, what, why, in which case."""

    key: str
    when: str
    what: str
    why: str
    conversation_id: int | None


@dataclass(frozen=True, slots=True)
class ListView:
    """The list page. `counts` tells how many wait per level, the most urgent first."""

    mine: list[Row]
    waiting: list[Row]
    others: list[Row]
    counts: list[tuple[str, str, int]]
    longest: str
    set_aside: list[Trouble]
    failed: list[Trouble]
    last_update: int

    @property
    def urgent(self) -> list[Row]:
        """Who waits and cannot wait: U4 and U3."""
        return [row for row in self.waiting if row.urgent]

    @property
    def troubles(self) -> int:
        """How many things need a person's eye."""
        return len(self.set_aside) + len(self.failed)


def add_routes(blueprint: Blueprint, services: Services, showing: Showing) -> None:
    """Add the list page and its live parts."""

    @blueprint.get("/")
    def index() -> ResponseReturnValue:
        return render_template("desk/index.html", view=list_view(services, showing))

    @blueprint.get("/list")
    def list_part() -> ResponseReturnValue:
        return render_template("desk/_list.html", view=list_view(services, showing))

    @blueprint.get("/head")
    def head_part() -> ResponseReturnValue:
        return render_template("desk/_head.html", view=list_view(services, showing))


def list_view(services: Services, showing: Showing) -> ListView:
    """Return the list for the counselor who asks."""
    desk_list: DeskList = services.reading.desk_list(g.counselor.id)
    rows = [showing.row(each, g.counselor.id) for each in desk_list.rows]
    waiting = [row for row in rows if row.queued]
    longest = max(waiting, key=lambda row: row.waiting_minutes, default=None)
    return ListView(
        mine=[row for row in rows if row.mine],
        waiting=waiting,
        others=[row for row in rows if not row.queued and not row.mine],
        counts=[
            (code, showing.word(words.LEVELS, code), number)
            for code in LEVELS_DOWN
            if (number := sum(row.urgency.code == code for row in waiting))
        ],
        longest=longest.waits if longest is not None else "",
        set_aside=[_set_aside(each, showing) for each in desk_list.set_aside],
        failed=[_failed(each, showing) for each in desk_list.failed],
        last_update=desk_list.last_update,
    )


def _set_aside(event: SetAside, showing: Showing) -> Trouble:
    return Trouble(
        f"event-{event.id}",
        showing.moment(event.received_at),
        showing.word(words.EVENTS, event.kind),
        event.error,
        event.conversation_id,
    )


def _failed(parcel: FailedParcel, showing: Showing) -> Trouble:
    return Trouble(
        f"parcel-{parcel.id}",
        showing.moment(parcel.created_at),
        showing.translate("送れなかった返事"),
        showing.word(words.FAILURES, parcel.error),
        parcel.conversation_id,
    )
