"""Who holds a conversation (bot, counselor, nobody), and which moves are legal."""

from dataclasses import dataclass, field, replace

from bot.core.model import Holder, Lang, Level
from bot.errors import AlreadyTakenError, MoveNotAllowedError, NotYoursError


@dataclass(frozen=True, slots=True)
class Conversation:
    """One consultation of one resident. Times are milliseconds since the epoch.

    `waiting_since` is set while the conversation stands in the counselors' queue; `reason` says
    why it entered (crisis, rule, sent, asked, stuck, trouble). `state` and `assessment` are the
    JSON values of the dialog's state and of the triage. `receipt_given`: the resident was told
    that a free text arrived, and nobody has answered since.
    """

    resident_id: int
    opened_at: int
    id: int = 0
    lang: Lang = ""
    holder: Holder = Holder.BOT
    counselor_id: int | None = None
    level: Level = Level.U0
    reason: str = ""
    waiting_since: int | None = None
    sent_at: int | None = None
    closed_at: int | None = None
    receipt_given: bool = False
    trouble: bool = False
    state: dict[str, object] = field(default_factory=dict)
    assessment: dict[str, object] = field(default_factory=dict)

    @property
    def in_queue(self) -> bool:
        """Tell whether a counselor is waited for."""
        return self.waiting_since is not None and self.holder is Holder.BOT

    @property
    def is_open_to_counselors(self) -> bool:
        """Tell whether counselors may read it: it was sent, asked for, or raised by a rule.

        Before that nobody reads along, as the start notice says.
        """
        return bool(self.reason) or self.trouble or self.holder is not Holder.BOT

    def enqueue(self, reason: str, level: Level, at: int) -> "Conversation":
        """Enter the queue, or stay in it: the level only rises and the waiting time goes on.

        A conversation that a counselor holds stays with that counselor.
        """
        if self.holder is Holder.CLOSED:
            raise MoveNotAllowedError
        raised = replace(self, level=max(self.level, level), reason=self.reason or reason)
        if self.holder is Holder.COUNSELOR:
            return raised
        if self.waiting_since is None:
            return replace(raised, waiting_since=at, reason=reason)
        return raised

    def claim(self, by: int) -> "Conversation":
        """Take the conversation. Raises AlreadyTakenError when somebody else holds it.

        Claiming what one already holds changes nothing.
        """
        if self.holder is Holder.COUNSELOR:
            if self.counselor_id == by:
                return self
            raise AlreadyTakenError
        if self.holder is Holder.CLOSED:
            raise MoveNotAllowedError
        return replace(
            self,
            holder=Holder.COUNSELOR,
            counselor_id=by,
            waiting_since=None,
            receipt_given=False,
        )

    def require_held_by(self, by: int) -> None:
        """Raise NotYoursError unless this counselor holds the conversation now."""
        if self.holder is not Holder.COUNSELOR or self.counselor_id != by:
            raise NotYoursError

    def hand_back(self, by: int) -> "Conversation":
        """Give the conversation back to the bot; it leaves the queue."""
        self.require_held_by(by)
        return replace(
            self,
            holder=Holder.BOT,
            counselor_id=None,
            waiting_since=None,
            receipt_given=False,
            trouble=False,
        )

    def requeue(self, by: int, at: int) -> "Conversation":
        """Put a held conversation back into the queue for another counselor."""
        self.require_held_by(by)
        return replace(self, holder=Holder.BOT, counselor_id=None, waiting_since=at)

    def close(self, by: int, at: int) -> "Conversation":
        """End the case. The next message of the resident opens a new one."""
        self.require_held_by(by)
        return replace(self, holder=Holder.CLOSED, closed_at=at, waiting_since=None, trouble=False)
