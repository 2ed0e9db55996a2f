"""The residents' live feed: server-sent events that say that there is news, never what it is."""

import threading
from collections.abc import Iterator

from bot.service import Services

WAIT_SECONDS = 15.0
QUIET_MS = 5_000
"""After so much silence a comment follows the next wait: at most 20 s pass without a byte."""

LIFE_MS = 5 * 60_000
"""After this a stream ends and the browser comes back: no thread is held for good."""

RETRY_MS = 2_000


class Places:
    """How many streams this process serves at once: a page that gets none asks now and then."""

    def __init__(self, limit: int) -> None:
        self._free = threading.BoundedSemaphore(limit)

    def take(self) -> bool:
        """Take a place; False when all are taken."""
        return self._free.acquire(blocking=False)

    def give_back(self) -> None:
        """Give a taken place back."""
        self._free.release()


def follow(services: Services, address: str, after: int) -> Iterator[str]:
    """Yield an event for every update of this resident later than `after`, for LIFE_MS.

    Ends earlier when the process is stopping: the browser comes back to the next one.
    The id of an event is the id of its update: a browser that comes back names the last one.
    A comment goes out at least every 20 s, so that nobody on the way hangs up.
    """
    began = spoke = services.now()
    yield f"retry: {RETRY_MS}\n: hello\n\n"
    while services.now() - began < LIFE_MS and not services.closing():
        # Asked for before the updates: what comes in between is found in the next round.
        newest = services.reading.last_update()
        updates = services.reading.updates_for(address, after)
        for update in updates:
            yield f"id: {update.id}\ndata: {update.kind}\n\n"
        after = updates[-1].id if updates else max(after, newest)
        now = services.now()
        if updates:
            spoke = now
        elif now - spoke >= QUIET_MS:
            spoke = now
            yield ": still here\n\n"
        services.wait_for_update(after, WAIT_SECONDS)
