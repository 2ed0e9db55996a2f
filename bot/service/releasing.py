"""Releasing: a version of the dialog is stored, looked over, and retired."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace

from bot.core.conversation import Conversation
from bot.core.dialog import Dialog
from bot.core.model import Holder
from bot.core.moves import Context
from bot.core.state import State
from bot.errors import MoveNotAllowedError, NotFoundError
from bot.service import journal
from bot.service.journal import Desk
from bot.service.moving import Fate, How, Move, fate_of, moved
from bot.service.ports import Clock, Transaction, Work
from bot.service.talking import replaced

PAGE = 500
"""So many conversations are looked at in one reading."""


@dataclass(frozen=True, slots=True)
class VersionLine:
    """A version and who is on it. `waiting` counts, by question, residents whose question changed.

    `usable` is false where its content is not stored here or can be used no longer.
    """

    version: str
    current: bool
    usable: bool
    retired: bool
    residents: int
    waiting: dict[str, dict[Fate, int]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Plan:
    """What becomes of the residents of a version: counts only.

    `held`: a counselor speaks with them now; the bot takes up the free chat afterwards. `stopped`:
    their question is lost too, but they asked to be left alone: nothing happens before they write.
    """

    version: str
    fates: dict[How, int]
    held: int
    stopped: int
    persons_by_question: dict[str, int]


@dataclass(frozen=True, slots=True)
class Releasing:
    """The use cases around versions of the dialog. `desk` and `context` are the current one's."""

    transaction: Transaction
    reading: Transaction
    desk: Desk
    context: Callable[[], Context]
    now: Clock

    def register(self, packed: bytes) -> None:
        """Store the current version, or renew its words: called when a process starts.

        Two processes may do so at once. A version that is started again is retired no longer.
        """
        version = self.desk.dialog.version
        with self.reading() as work:
            release = work.releases.get(version)
            served = release is not None and release.retired_at is None
            if served and work.releases.packed(version) == packed:
                return
        with self.transaction() as work:
            work.releases.add(version, packed, at=self.now())

    def overview(self) -> list[VersionLine]:
        """Return every version that is stored or has residents, the oldest first."""
        new = self.desk.dialog
        with self.reading() as work:
            releases = {each.version: each for each in work.releases.all()}
        residents: Counter[str] = Counter()
        waiting: dict[str, dict[str, Counter[Fate]]] = {}
        for work, conversation in self._running():
            state = State.from_json(conversation.state)
            residents[state.version] += 1
            fate = fate_of(self._dialog(work, state.version), new, state.node)
            if fate is not Fate.SAME:
                asked = waiting.setdefault(state.version, {})
                asked.setdefault(state.node, Counter())[fate] += 1
        versions = [*(each for each in residents if each not in releases), *releases]
        with self.reading() as work:
            return [
                VersionLine(
                    version,
                    current=version == new.version,
                    usable=self._dialog(work, version) is not None,
                    retired=version in releases and releases[version].retired_at is not None,
                    residents=residents[version],
                    waiting={
                        node: dict(counts) for node, counts in waiting.get(version, {}).items()
                    },
                )
                for version in versions
            ]

    def plan(self, version: str) -> Plan:
        """Return what retiring this version would do.

        Raises NotFoundError for a version that is neither stored nor stood on by anybody,
        MoveNotAllowedError for the current one.
        """
        return self._plan(version)[0]

    def retire(self, version: str) -> Plan:
        """Let nobody go on with this version; return what becomes of its residents.

        Each is moved at their next message. Those whose question changed or is gone enter the
        queue now, and are told so. Raises as `plan`.
        """
        plan, lost = self._plan(version)
        with self.transaction() as work:
            if work.releases.get(version) is not None:
                work.releases.retire(version, at=self.now())
        for conversation_id in lost:
            # One transaction each: nobody's turn waits for all of them.
            self._hand_over(version, conversation_id)
        return plan

    # --- helpers -------------------------------------------------------------------------------

    def _plan(self, version: str) -> tuple[Plan, list[int]]:
        if version == self.desk.dialog.version:
            raise MoveNotAllowedError
        found, held, stopped = False, 0, 0
        fates: Counter[How] = Counter()
        questions: Counter[str] = Counter()
        lost: list[int] = []
        for work, conversation in self._running():
            state = State.from_json(conversation.state)
            if state.version != version:
                continue
            found = True
            if conversation.holder is Holder.COUNSELOR:
                held += 1
                continue
            how = self._move(work, state).how
            if how is How.PERSON and state.stopped:
                stopped += 1
                continue
            fates[how] += 1
            if how is How.PERSON:
                questions[state.node] += 1
                lost.append(conversation.id)
        with self.reading() as work:
            if not found and work.releases.get(version) is None:
                raise NotFoundError
        return Plan(version, dict(fates), held, stopped, dict(questions)), lost

    def _hand_over(self, version: str, conversation_id: int) -> None:
        with self.transaction() as work:
            conversation = work.conversations.get(conversation_id, lock=True)
            # They may have moved on, and a counselor may have come, since the plan was made.
            if conversation.holder is not Holder.BOT:
                return
            state = State.from_json(conversation.state)
            move = self._move(work, state)
            if state.version != version or state.stopped or move.how is not How.PERSON:
                return
            now = self.now()
            turn = replaced(move, self.desk, self.context())
            conversation, lines = journal.apply(conversation, turn.events, at=now)
            for line in lines:
                work.trail.add(line)
            dialog, renderer = self.desk.dialog, self.desk.renderer
            journal.write(
                work,
                work.residents.get(conversation.resident_id),
                replace(conversation, state=turn.state.to_json()),
                journal.bubbles_of(turn.events, turn.state, dialog=dialog, renderer=renderer),
                desk=self.desk,
                at=now,
                kind="queue",
            )

    def _move(self, work: Work, state: State) -> Move:
        old = self._dialog(work, state.version)
        return moved(state, old=old, new=self.desk.dialog, maps=self.desk.versions.maps)

    def _dialog(self, work: Work, version: str) -> Dialog | None:
        if version == self.desk.dialog.version:
            return self.desk.dialog
        flow = self.desk.versions.find(work, version)
        return flow.dialog if flow is not None else None

    def _running(self) -> Iterator[tuple[Work, Conversation]]:
        """Yield every conversation that is not closed, page by page, with a view of the stores."""
        after = 0
        while True:
            with self.reading() as work:
                page = work.conversations.running(after=after, limit=PAGE)
                for each in page:
                    if each.state:
                        yield work, each
            if len(page) < PAGE:
                return
            after = page[-1].id
