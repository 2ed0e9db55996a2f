"""Just enough HTTP/1.1 over asyncio: a kept connection that posts, and a server that answers."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass

HEAD_END = b"\r\n\r\n"
REQUEST_SECONDS = 30.0


class BrokenLineError(ConnectionError):
    """The server closed the connection before it answered."""


class Messages:
    """Cuts a byte stream into HTTP messages that carry a Content-Length (none means no body)."""

    def __init__(self) -> None:
        self._buffer = b""

    def feed(self, data: bytes) -> list[tuple[bytes, bytes]]:
        """Return head and body of every message that is whole now."""
        self._buffer += data
        whole: list[tuple[bytes, bytes]] = []
        while (end := self._buffer.find(HEAD_END)) >= 0:
            head = self._buffer[:end]
            start = end + len(HEAD_END)
            stop = start + content_length(head)
            if len(self._buffer) < stop:
                break
            whole.append((head, self._buffer[start:stop]))
            self._buffer = self._buffer[stop:]
        return whole


def content_length(head: bytes) -> int:
    """Return the length a head announces, 0 without one."""
    lowered = head.lower()
    at = lowered.find(b"\r\ncontent-length:")
    if at < 0:
        return 0
    return int(lowered[at + 17 :].split(b"\r\n", 1)[0])


class Connection(asyncio.Protocol):
    """One kept connection, one request at a time; opened again where the server closed it."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._messages = Messages()
        self._transport: asyncio.Transport | None = None
        self._waiting: asyncio.Future[int] | None = None

    async def post(self, request: bytes) -> int:
        """Send a whole request and return the status. Raises BrokenLineError, TimeoutError."""
        loop = asyncio.get_running_loop()
        if self._transport is None or self._transport.is_closing():
            self._messages = Messages()
            await loop.create_connection(lambda: self, "127.0.0.1", self._port)
        assert self._transport is not None
        self._waiting = loop.create_future()
        self._transport.write(request)
        async with asyncio.timeout(REQUEST_SECONDS):
            return await self._waiting

    def close(self) -> None:
        if self._transport is not None:
            self._transport.close()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        for head, _ in self._messages.feed(data):
            if self._waiting is not None and not self._waiting.done():
                self._waiting.set_result(int(head[9:12]))

    def connection_lost(self, exc: Exception | None) -> None:
        self._transport = None
        if self._waiting is not None and not self._waiting.done():
            self._waiting.set_exception(BrokenLineError(str(exc)))


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server says; `done` is called when it has been written, `delay` seconds later."""

    status: str
    body: bytes
    delay: float
    done: Callable[[], None]


Handler = Callable[[bytes, bytes], Answer]


class Answering(asyncio.Protocol):
    """One connection of the server: hands (head, body) to `handle` and writes its answer."""

    def __init__(self, handle: Handler) -> None:
        self._handle = handle
        self._messages = Messages()
        self._transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        for head, body in self._messages.feed(data):
            answer = self._handle(head, body)
            if answer.delay:
                asyncio.get_running_loop().call_later(answer.delay, self._write, answer)
            else:
                self._write(answer)

    def _write(self, answer: Answer) -> None:
        if self._transport is not None and not self._transport.is_closing():
            self._transport.write(
                b"HTTP/1.1 %b\r\nContent-Type: application/json\r\n"
                b"x-line-request-id: 0\r\nContent-Length: %d\r\n\r\n%b"
                % (answer.status.encode(), len(answer.body), answer.body)
            )
        answer.done()


async def listen(handle: Handler) -> tuple[asyncio.Server, int]:
    """Serve on a free loopback port; return the server and its port."""
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: Answering(handle), "127.0.0.1", 0)
    return server, int(server.sockets[0].getsockname()[1])
