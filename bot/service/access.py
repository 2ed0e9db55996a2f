"""conversation_for(): the one way in for a counselor."""

from bot.core.conversation import Conversation
from bot.errors import NotFoundError
from bot.service.ports import Work


def conversation_for(
    work: Work, reader_id: int, conversation_id: int, *, lock: bool = False
) -> Conversation:
    """Return a conversation this member of staff may see.

    Raises NotFoundError where it does not exist, where the resident has not let anybody read it
    yet, or where the reader is no active member of staff: all look the same.
    """
    if not work.team.get(reader_id).active:
        raise NotFoundError
    conversation = work.conversations.get(conversation_id, lock=lock)
    if not conversation.is_open_to_counselors:
        raise NotFoundError
    return conversation
