"""Demo data: two counselors, and invented consultations that went through the real engine."""

from hashlib import sha256

from bot.core.model import Channel, Inbound, InboundKind, Pick
from bot.errors import MoveNotAllowedError
from bot.service.turns import run_turn
from handlers import DEMO_LOGINS
from handlers.wiring import Program, now_ms

NAMES = {"sato": "佐藤", "tanaka": "田中"}

_PLAIN = (
    "START_OK",
    "SAFE_OK",
    "WHO_SELF",
)

STORIES: dict[str, tuple[int, tuple[str, ...]]] = {
    # who: (minutes ago, what they do: CODES tapped, or "…" typed)
    "vi": (34, (*_PLAIN, "C02,C04,DONE", "C04", "M1", "FOOD_1_2", "NEXT_8_14", "HOME_LATE1,DONE",
                "UTIL_OK", "HH_ALONE", "WORK_PART,WORK_STUDENT,DONE", "BM_LOW,DONE", "STU", "IN_90",
                "SEND", "“Tôi nhận được thư từ công ty quản lý nhà nhưng không đọc được.”")),
    "ne": (12, ("START_OK", "SAFE_NO_BED,DONE", "WHO_SELF", "C02,C15,DONE", "C15", "M0",
                "FOOD_NONE", "NEXT_NONE", "HOME_LOCKED,DONE", "UTIL_STOP_P,DONE", "HH_ALONE",
                "WORK_LOST,DONE", "BM_LOW,DONE", "WORK", "IN_90", "SEND")),
    "ja": (95, ("START_OK", "SAFE_OK", "WHO_FAMILY", "C13,C10,DONE", "C13", "M5", "HOME_OK",
                "UTIL_OK", "HH_PARENT65,DONE", "N2", "WORK_NONE,DONE", "BM_OK", "DEBT_NO",
                "SEND", "“兄が10年ほど家にいます。母が入院することになりました。”")),
    "en": (4, ("START_OK", "SAFE_VIOLENCE,DONE", "D1_SAFE", "D2_THREAT,DONE")),
}  # fmt: skip


def seed(program: Program) -> None:
    """Make the demo counselors and consultations, once: with any counselor there, do nothing."""
    with program.store.reading() as work:
        if work.team.all():
            return
    for login, password in DEMO_LOGINS:
        try:
            program.services.signing_in.add(login, NAMES.get(login, login), password)
        except MoveNotAllowedError:
            continue
    start = now_ms()
    for lang, (minutes, actions) in STORIES.items():
        _play(program, lang, start - minutes * 60_000, actions)


def _play(program: Program, lang: str, at: int, actions: tuple[str, ...]) -> None:
    address = sha256(f"demo-{lang}".encode()).hexdigest()
    clock = _Clock(at)
    tools = program.tools.at(clock.now)
    for number, action in enumerate((f"“{lang}”", *actions)):
        clock.time += 7_000
        typed = action.startswith("“")
        state = _standing(program, address)
        pick = None if typed else Pick(state[0], state[1], tuple(action.split(",")))
        inbound = Inbound(
            Channel.WEB,
            address,
            f"demo-{lang}-{number}",
            clock.time,
            clock.time,
            InboundKind.TEXT if typed else InboundKind.PICK,
            text=action.strip("“”") if typed else "",
            pick=pick,
        )
        with program.store.transaction() as work:
            work.inbox.add(inbound)
        run_turn(Channel.WEB, address, tools=tools)


class _Clock:
    """Tells the time of the story instead of the time of day."""

    def __init__(self, time: int) -> None:
        self.time = time

    def now(self) -> int:
        return self.time


def _standing(program: Program, address: str) -> tuple[str, str]:
    """Return session and node where the invented resident stands."""
    with program.store.reading() as work:
        resident = work.residents.find(Channel.WEB, address)
        conversation = work.conversations.latest(resident.id) if resident is not None else None
    if conversation is None:
        return "", ""
    return str(conversation.state["session"]), str(conversation.state["node"])
