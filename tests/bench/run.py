"""`make bench`: the real server and the bare endpoint under the same load, in one run.

Prints a table with ratios and writes JSON (var/bench/latest.json unless told).
"""

import argparse
import asyncio
import json
import os
import platform
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import Any

from deploy.server import THREADS
from handlers.wiring import load_content, make_context
from tests.bench import core, micro, translation
from tests.bench.figures import HEADINGS, Usage, figures, ratios, row, table, usage_of
from tests.bench.load import Level, Measured, Platform
from tests.bench.wire import listen
from tests.support.server import CHANNEL_SECRET, Server, environment, free_port

ROOT = Path(__file__).parents[2]
TOKEN = "bench-access-token"
CONNECTIONS = (1, 16, 64)
SLOW_API_SECONDS = 0.05
SECONDS, QUICK_SECONDS = 10.0, 1.5
WARM_UP_SHARE = 0.2
WANTED_ACCEPTED_MS, WANTED_HANDED_OVER_MS = 20.0, 100.0
STOP_SECONDS = 15.0
SETTLING_SECONDS = 1.5
"""After the start the translator reads its model; that is no part of a turn."""


@contextmanager
def stopped_at_the_end(server: Server) -> Iterator[Server]:
    """Start a server; stop it as Ctrl-C does, and kill what does not listen."""
    try:
        server.start()
        yield server
    finally:
        if server.process is not None and server.process.poll() is None:
            server.process.send_signal(signal.SIGINT)
            with suppress(subprocess.TimeoutExpired):
                server.process.wait(STOP_SECONDS)
        server.kill()


def make_server(folder: Path, api_port: int) -> Server:
    """Return the program on a folder of its own: nothing of the user's installation is touched."""
    port = free_port()
    settings = {
        "HOST": "127.0.0.1",
        "DATABASE_URL": f"sqlite:///{folder / 'bench.sqlite3'}",
        "LINE_API_HOST": f"http://127.0.0.1:{api_port}",
        "BASE_URL": f"http://127.0.0.1:{port}",
    }
    env = environment(folder, port, **settings) | {"TSUNAGI_LINE_CHANNEL_ACCESS_TOKEN": TOKEN}
    return Server(["-m", "bot", "serve"], port, env, folder / "server.log")


def make_floor(folder: Path) -> Server:
    """Return the bare endpoint."""
    port = free_port()
    settings = [str(port), str(THREADS), str(folder / "floor.db"), CHANNEL_SECRET]
    return Server(["-m", "tests.bench.floor", *settings], port, {}, folder / "floor.log")


class Bench:
    """One run: a platform, the two servers, and the levels one after another."""

    def __init__(self, line: Platform, server: Server, floor: Server, seconds: float) -> None:
        self.line, self.server, self.floor = line, server, floor
        self.seconds = seconds

    async def ours(self, connections: int, *, delay: float = 0.0) -> dict[str, Any]:
        self.line.delay = delay
        return await self._level(self.server, connections, replies=True)

    async def bare(self, connections: int) -> dict[str, Any]:
        return await self._level(self.floor, connections, replies=False)

    async def _level(self, server: Server, connections: int, *, replies: bool) -> dict[str, Any]:
        assert server.process is not None
        pid = server.process.pid
        used: list[tuple[Usage, float]] = []

        def note() -> None:
            used.append((usage_of(pid), time.process_time()))

        level = Level(
            self.line,
            server.port,
            connections,
            warm_up=max(0.5, self.seconds * WARM_UP_SHARE),
            seconds=self.seconds,
            started=note,
            ended=note,
        )
        measured: Measured = await (level.walk_residents() if replies else level.post_only())
        (before, own_before), (after, own_after) = used
        return figures(
            measured, cpu=after.cpu - before.cpu, rss=after.rss, own_cpu=own_after - own_before
        )


async def measure(folder: Path, seconds: float) -> dict[str, Any]:
    """Start everything, measure every level, stop everything."""
    line = Platform(secret=CHANNEL_SECRET, token=TOKEN)
    listening, api_port = await listen(line.handle)
    with ExitStack() as running:
        running.callback(listening.close)
        begun = time.perf_counter()
        # Blocks the loop, which is idle so far.
        server = running.enter_context(stopped_at_the_end(make_server(folder, api_port)))
        start_seconds = time.perf_counter() - begun
        floor = running.enter_context(stopped_at_the_end(make_floor(folder)))
        bench = Bench(line, server, floor, seconds)
        await asyncio.sleep(SETTLING_SECONDS)
        levels: list[dict[str, Any]] = []
        for connections in CONNECTIONS:
            say(f"{connections} connections")
            ours, bare = await bench.ours(connections), await bench.bare(connections)
            levels.append({"ours": ours, "bare": bare, "ratio": ratios(ours, bare)})
        say(f"{CONNECTIONS[-1]} connections, an API that takes {SLOW_API_SECONDS * 1e3:.0f} ms")
        slow = await bench.ours(CONNECTIONS[-1], delay=SLOW_API_SECONDS)
    return {"start_seconds": round(start_seconds, 2), "levels": levels, "slow_api": slow}


def say(words: str) -> None:
    """Write a line to the terminal."""
    sys.stdout.write(words + "\n")
    sys.stdout.flush()


def report(result: dict[str, Any]) -> str:
    """Return the result as tables and sentences."""
    rows = [list(HEADINGS)]
    for level in result["levels"]:
        rows.append(row("Tsunagi", level["ours"]))
        rows.append(row("bare endpoint", level["bare"]))
    rows.append(row(f"Tsunagi, API {SLOW_API_SECONDS * 1e3:.0f} ms", result["slow_api"]))
    lines = ["", table(rows), "", "Tsunagi / bare endpoint:"]
    for level in result["levels"]:
        each = level["ratio"]
        lines.append(
            f"  {level['ours']['connections']:2} connections: "
            f"turns/s {each['turns_per_second']:.2f}, 200 p50 {each['accepted_p50']:.1f}, "
            f"p99 {each['accepted_p99']:.1f}, CPU a turn {each['cpu_per_turn']:.1f}"
        )
    parts = result["parts"]
    lines += [
        "",
        (
            "Parts, µs: "
            f"engine {parts['engine_us']:.0f} a turn, triage {parts['triage_us']:.0f}, "
            f"wording in two languages {parts['wording_us']:.0f}, "
            f"LINE objects {parts['line_messages_us']:.0f},"
        ),
        (
            f"  a turn on SQLite without the web {parts['turn_on_sqlite_us']:.0f}, "
            f"one bare durable commit {parts['commit_us']:.0f}"
        ),
        f"Start until ready: {result['start_seconds']:.1f} s",
        "",
        *core.report(result["core"]),
        "",
        *translation.report(result["translation"]),
        "",
        *verdict(result),
    ]
    return "\n".join(lines)


def verdict(result: dict[str, Any]) -> list[str]:
    """Return what was aimed at and what was missed, and what makes figures doubtful."""
    one = result["levels"][0]["ours"]
    accepted, handed = one["accepted_ms"]["p50"], one["handed_over_ms"]["p50"]
    reached = accepted <= WANTED_ACCEPTED_MS and handed <= WANTED_HANDED_OVER_MS
    lines = [
        (
            f"Wanted at 1 connection: 200 within {WANTED_ACCEPTED_MS:.0f} ms and the reply within "
            f"{WANTED_HANDED_OVER_MS:.0f} ms at the median: {'reached' if reached else 'MISSED'} "
            f"({accepted:.1f} and {handed:.1f})"
        )
    ]
    if not faultless(result):
        lines.append("FAULTS: replies were lost, doubled or wrong; see the JSON")
    if result["machine"]["load_before"] > result["machine"]["cores"] / 2:
        lines.append(
            f"The machine was busy before the run (load {result['machine']['load_before']:.1f}): "
            "the figures are worse than on a quiet one"
        )
    return lines


def faultless(result: dict[str, Any]) -> bool:
    """Tell whether nothing was lost, doubled, refused or mixed up."""
    levels = [each[side] for each in result["levels"] for side in ("ours", "bare")]
    return not any(
        each["lost"] or each["doubled"] or each["other_faults"]
        for each in (*levels, result["slow_api"])
    )


def machine() -> dict[str, Any]:
    """Return what the figures depend on."""
    return {
        "cores": os.cpu_count() or 1,
        "python": platform.python_version(),
        "system": platform.system(),
        "load_before": round(os.getloadavg()[0], 2),
    }


def main() -> int:
    """Run the benchmark; 1 where a reply was lost, doubled or wrong."""
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument("--seconds", type=float, help=f"per level (default {SECONDS:.0f})")
    parser.add_argument("--quick", action="store_true", help="about a minute in all")
    parser.add_argument("--json", type=Path, default=ROOT / "var" / "bench" / "latest.json")
    given = parser.parse_args()
    seconds = given.seconds or (QUICK_SECONDS if given.quick else SECONDS)
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    result: dict[str, Any] = {"machine": machine(), "seconds_per_level": seconds}
    try:
        with tempfile.TemporaryDirectory(prefix="tsunagi-bench-") as name:
            result |= asyncio.run(measure(Path(name), seconds))
            say("the parts by themselves")
            content, rounds = load_content(), 2 if given.quick else 5
            result["parts"] = micro.measure(Path(name), content, rounds=rounds)
            say("the translation")
            result["translation"] = translation.measure(Path(name), content, whole=not given.quick)
        say("the screening without a store or the web")
        context = make_context(content, "Asia/Tokyo")()
        result["core"] = core.measure(content, context, rounds=rounds, whole=not given.quick)
    except KeyboardInterrupt:
        say("stopped")
        return 130
    say(report(result))
    given.json.parent.mkdir(parents=True, exist_ok=True)
    given.json.write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")
    say(f"JSON: {given.json}")
    return 0 if faultless(result) else 1


if __name__ == "__main__":
    sys.exit(main())
