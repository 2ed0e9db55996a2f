"""forget_abandoned(): a self-check that somebody walked away from leaves nothing behind."""

from dataclasses import replace

from bot.core.conversation import Conversation
from bot.core.dialog import Dialog, Forget
from bot.core.model import Holder, Level
from bot.core.state import State
from bot.service.journal import Desk, known, tell_pages
from bot.service.ports import Clock, Transaction, Work

ABANDONED_MS = 24 * 60 * 60 * 1_000
"""Domain 8.4: abandoned sessions are deleted after 24 hours."""

PAGE = 200


def forget_abandoned(*, transaction: Transaction, desk: Desk, now: Clock) -> int:
    """Erase what was written in self-checks that nobody went on with for 24 hours.

    Somebody whom a counselor knows of already, or who went on to a consultation, is left alone.
    Returns how many conversations were emptied; their residents begin at the start again.
    """
    emptied, after = 0, 0
    while True:
        with transaction() as work:
            page = work.conversations.running(after=after, limit=PAGE)
            for conversation in page:
                if _is_abandoned(work, conversation, desk, now()):
                    _empty(work, conversation, desk, now())
                    emptied += 1
        if len(page) < PAGE:
            return emptied
        after = page[-1].id


def promised(dialog: Dialog) -> frozenset[str]:
    """Return the nodes of which it was said that nothing stays: those of a branch that forgets."""
    branches = {
        dialog.branch_of.get(name) for name, node in dialog.nodes.items() if _forgets(node)
    } - {"", None}
    return frozenset(name for name, branch in dialog.branch_of.items() if branch in branches)


def _forgets(node: object) -> bool:
    return isinstance(node, Forget)


def _is_abandoned(work: Work, conversation: Conversation, desk: Desk, at: int) -> bool:
    if conversation.holder is not Holder.BOT or known(conversation):
        return False
    state = State.from_json(conversation.state)
    private = promised(desk.of(work, conversation).dialog)
    here = state.lang_back or state.node  # in the language menu the check still waits
    if here not in private or state.alerted or set(state.trail) - private - {"START"}:
        return False
    last = work.messages.of(conversation.id, limit=1)
    return bool(last) and last[-1].created_at < at - ABANDONED_MS


def _empty(work: Work, conversation: Conversation, desk: Desk, at: int) -> None:
    dialog = desk.dialog
    state = State.from_json(conversation.state)
    first = dialog.nodes[dialog.start]
    node = getattr(first, "next", dialog.start) if state.lang else dialog.start
    fresh = State(
        dialog.id,
        dialog.version,
        state.session,
        node,
        lang=state.lang,
        stopped=True,
        furigana=state.furigana,
    )
    work.messages.erase(conversation.id)
    work.outbox.drop_for(conversation.id)
    emptied = replace(conversation, state=fresh.to_json(), assessment={}, level=Level.U0)
    work.conversations.save(emptied)
    tell_pages(work, emptied, "message", at=at)
