"""SQLModel tables. No class here leaves adapters/; the stores use their Core tables."""

from bot.adapters.tables.columns import METADATA, table_of
from bot.adapters.tables.office import (
    CaseEventRow,
    ConsentRow,
    CounselorRow,
    HeartbeatRow,
    ReleaseRow,
    SessionRow,
)
from bot.adapters.tables.talk import (
    ConversationRow,
    InboundEvent,
    MessageRow,
    ParcelRow,
    ResidentRow,
    UpdateRow,
)
from bot.adapters.tables.wording import ApprovedRow, WordEditRow

__all__ = [
    "METADATA",
    "ApprovedRow",
    "CaseEventRow",
    "ConsentRow",
    "ConversationRow",
    "CounselorRow",
    "HeartbeatRow",
    "InboundEvent",
    "MessageRow",
    "ParcelRow",
    "ReleaseRow",
    "ResidentRow",
    "SessionRow",
    "UpdateRow",
    "WordEditRow",
    "table_of",
]
