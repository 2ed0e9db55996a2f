"""The load: LINE's platform on both sides in one process, with one clock.

Signs and posts webhook events over kept connections, and listens as the Messaging API. Each
connection plays one resident after another, with no time to think.
"""

import asyncio
import base64
import hmac
import itertools
import re
import time
from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from urllib.parse import parse_qs

from tests.bench.residents import Offer, Walk
from tests.bench.wire import Answer, BrokenLineError, Connection

PATH = "/line/webhook"
REPLY_SECONDS = 15.0
"""A reply that takes longer counts as lost."""

QUIET_SECONDS = 0.3
"""How long to listen for doubled replies after the last one."""

_DATA = re.compile(rb'"data":\s*"([^"]*)"')
_TOKEN = re.compile(rb'"replyToken":\s*"([^"]*)"')
_TO = re.compile(rb'"to":\s*"([^"]*)"')


@dataclass(slots=True)
class Turn:
    """One event on its way: when it was posted, and what came back when (seconds)."""

    posted: float
    answered: asyncio.Future[bytes]
    accepted_at: float = 0.0
    handed_over_at: float = 0.0
    by: str = ""


@dataclass(slots=True)
class Measured:
    """What one level saw. Times in seconds of one clock; turns that ended inside the window."""

    connections: int
    seconds: float
    accepted: list[float] = field(default_factory=list)
    handed_over: list[float] = field(default_factory=list)
    turns: int = 0
    residents: int = 0
    by: Counter[str] = field(default_factory=Counter)
    faults: Counter[str] = field(default_factory=Counter)


class Platform:
    """LINE as a bot sees it. `delay` is how many seconds an API call takes."""

    def __init__(self, *, secret: str, token: str) -> None:
        self.delay = 0.0
        self.faults: Counter[str] = Counter()
        self._secret = secret.encode()
        self._bearer = f"authorization: bearer {token.lower()}".encode()
        self._by_token: dict[bytes, Turn] = {}
        self._by_user: dict[bytes, Turn] = {}
        self._numbers = itertools.count(1)
        self._run = f"{time.time_ns() & 0xFFFFFFFFFF:010x}"

    def new_user(self) -> str:
        return f"U{self._run}{next(self._numbers):022x}"

    def begin(self, user: str) -> tuple[str, Turn]:
        """Return a fresh reply token and the turn it stands for."""
        token = f"{self._run}{next(self._numbers):022x}"
        turn = Turn(time.perf_counter(), asyncio.get_running_loop().create_future())
        self._by_token[token.encode()] = self._by_user[user.encode()] = turn
        return token, turn

    def end(self, user: str, token: str) -> None:
        """Forget a turn: what comes for it later is doubled."""
        self._by_token.pop(token.encode(), None)
        self._by_user.pop(user.encode(), None)

    def request(self, user: str, token: str, data: str | None) -> bytes:
        """Return a whole signed webhook request: a tap, or a follow without `data`."""
        what = (
            '"type":"follow","follow":{"isUnblocked":false}'
            if data is None
            else f'"type":"postback","postback":{{"data":"{data}"}}'
        )
        body = (
            '{"destination":"Uffffffffffffffffffffffffffffffff","events":[{'
            f'{what},"webhookEventId":"01{self._run}{next(self._numbers):014x}",'
            f'"deliveryContext":{{"isRedelivery":false}},"timestamp":{time.time_ns() // 1_000_000},'
            f'"source":{{"type":"user","userId":"{user}"}},'
            f'"replyToken":"{token}","mode":"active"}}]}}'
        ).encode()
        signature = base64.b64encode(hmac.digest(self._secret, body, "sha256"))
        return (
            b"POST %b HTTP/1.1\r\nHost: 127.0.0.1\r\n"
            b"Content-Type: application/json; charset=utf-8\r\nUser-Agent: LineBotWebhook/2.0\r\n"
            b"X-Line-Signature: %b\r\nContent-Length: %d\r\n\r\n%b"
            % (PATH.encode(), signature, len(body), body)
        )

    def handle(self, head: bytes, body: bytes) -> Answer:
        """Take one call of the Messaging API."""
        now = time.perf_counter()
        call = head.split(b" ", 2)[1].rpartition(b"/")[2].decode()
        if self._bearer not in head.lower():
            self.faults["wrong token"] += 1
            return Answer("401 Unauthorized", b"{}", self.delay, _nothing)
        pattern, turns = (_TOKEN, self._by_token) if call == "reply" else (_TO, self._by_user)
        named = pattern.search(body)
        turn = turns.get(named[1]) if named is not None else None
        if turn is None or turn.handed_over_at:
            self.faults["doubled"] += 1
            return Answer("200 OK", b"{}", self.delay, _nothing)
        turn.handed_over_at = now
        turn.by = call
        sent = b'{"sentMessages":[{"id":"1","quoteToken":"q"}]}'
        # The resident sees it, and may tap, when LINE has taken it.
        return Answer("200 OK", sent, self.delay, lambda: _arrive(turn, body))


def _nothing() -> None:
    pass


def _arrive(turn: Turn, body: bytes) -> None:
    if not turn.answered.done():
        turn.answered.set_result(body)


def offers_of(body: bytes) -> list[Offer]:
    """Return the buttons of a call's messages, in their order."""
    found: list[Offer] = []
    for each in _DATA.findall(body):
        data = each.decode()
        fields = {key: values[0] for key, values in parse_qs(data).items()}
        found.append(Offer(fields.get("s", ""), fields.get("q", ""), fields.get("a", ""), data))
    return found


@dataclass
class Level:
    """One measurement: so many connections, closed loop, for so many seconds after a warm-up."""

    platform: Platform
    port: int
    connections: int
    warm_up: float
    seconds: float
    started: Callable[[], None] = _nothing
    ended: Callable[[], None] = _nothing
    patience: float = REPLY_SECONDS
    _ways: dict[str, tuple[str, ...]] = field(default_factory=dict)
    _numbers: "itertools.count[int]" = field(default_factory=itertools.count)

    async def walk_residents(self) -> Measured:
        """Let residents walk the screening; a turn ends with 200 and the reply."""
        return await self._run(self._walk_one)

    async def post_only(self) -> Measured:
        """Post taps to an endpoint that only answers 200."""
        return await self._run(self._post_some)

    async def _run(self, act: Callable[[Connection], Awaitable[None]]) -> Measured:
        self.measured = Measured(self.connections, self.seconds)
        self.platform.faults.clear()
        begun = time.perf_counter()
        self._from, self._until = begun + self.warm_up, begun + self.warm_up + self.seconds
        lines = [Connection(self.port) for _ in range(self.connections)]
        tasks = [asyncio.create_task(self._loop(act, line)) for line in lines]
        try:
            await asyncio.sleep(self.warm_up)
            self.started()
            await asyncio.sleep(self.seconds)
            self.ended()
            await asyncio.gather(*tasks)
            await asyncio.sleep(QUIET_SECONDS + self.platform.delay)
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
            for line in lines:
                line.close()
        self.measured.faults += self.platform.faults
        return self.measured

    async def _loop(self, act: Callable[[Connection], Awaitable[None]], line: Connection) -> None:
        while time.perf_counter() < self._until:
            try:
                await act(line)
            except TimeoutError:
                self.measured.faults["lost"] += 1
            except (BrokenLineError, OSError):
                self.measured.faults["broken"] += 1
                await asyncio.sleep(0.1)
            except ValueError:
                self.measured.faults["astray"] += 1

    async def _walk_one(self, line: Connection) -> None:
        walk = Walk(next(self._numbers))
        user = self.platform.new_user()
        tap: Offer | None = None
        while time.perf_counter() < self._until:
            reply = await self._turn(line, user, tap.data if tap is not None else None)
            tap = walk.choose(offers_of(reply))
            if tap is None:
                way = tuple(walk.questions)
                if self._ways.setdefault(walk.lang, way) != way:
                    raise ValueError("not the way the others went")
                self.measured.residents += 1
                return

    async def _turn(self, line: Connection, user: str, data: str | None) -> bytes:
        token, turn = self.platform.begin(user)
        request = self.platform.request(user, token, data)
        turn.posted = time.perf_counter()
        try:
            status = await line.post(request)
            turn.accepted_at = time.perf_counter()
            if status != 200:
                self.measured.faults[f"status {status}"] += 1
            async with asyncio.timeout(self.patience):
                reply = await turn.answered
        finally:
            self.platform.end(user, token)
        if self._from <= max(turn.accepted_at, turn.handed_over_at) < self._until:
            self.measured.turns += 1
            self.measured.accepted.append(turn.accepted_at - turn.posted)
            self.measured.handed_over.append(turn.handed_over_at - turn.posted)
            self.measured.by[turn.by] += 1
        return reply

    async def _post_some(self, line: Connection) -> None:
        user = self.platform.new_user()
        token = user.lower()
        request = self.platform.request(user, token, "s=abcdefgh&q=Q5&a=M3")
        posted = time.perf_counter()
        status = await line.post(request)
        now = time.perf_counter()
        if status != 200:
            self.measured.faults[f"status {status}"] += 1
        elif self._from <= now < self._until:
            self.measured.turns += 1
            self.measured.accepted.append(now - posted)
