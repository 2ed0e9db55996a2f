"""What a process uses, and the figures of a level as a row of the table."""

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.bench.load import Measured

PROC = Path("/proc")
MEBIBYTE = 1 << 20
HEADINGS = (
    "", "conn", "200 ms p50", "p95", "p99", "reply ms p50", "p95", "p99", "turns/s", "reply",
    "push", "lost", "doubled", "CPU ms/turn", "RSS MiB",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Usage:
    """CPU seconds and resident bytes of a process and its children; zeros without /proc."""

    cpu: float = 0.0
    rss: int = 0


def usage_of(pid: int) -> Usage:
    """Return the usage of a process tree; RSS is that of its biggest process."""
    try:
        cpu, rss = 0.0, 0
        for each in _tree(pid):
            fields = (PROC / str(each) / "stat").read_text().rpartition(")")[2].split()
            cpu += (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
            rss = max(rss, int(fields[21]) * os.sysconf("SC_PAGE_SIZE"))
        return Usage(cpu, rss)
    except OSError:
        return Usage()


def _tree(pid: int) -> list[int]:
    found = [pid]
    for task in (PROC / str(pid) / "task").iterdir():
        for child in (task / "children").read_text().split():
            found.extend(_tree(int(child)))
    return found


def percentile(values: Sequence[float], share: float) -> float:
    """Return a percentile by nearest rank, in milliseconds; 0 without values."""
    if not values:
        return 0.0
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, round(share * (len(ordered) - 1)))] * 1e3


def figures(measured: Measured, *, cpu: float, rss: int, own_cpu: float) -> dict[str, Any]:
    """Return a level as JSON values: milliseconds, turns per second, CPU ms a turn, MiB."""
    faults = dict(measured.faults)
    return {
        "connections": measured.connections,
        "turns": measured.turns,
        "turns_per_second": round(measured.turns / measured.seconds, 1),
        "accepted_ms": _percentiles(measured.accepted),
        "handed_over_ms": _percentiles(measured.handed_over),
        "residents_finished": measured.residents,
        "by_reply_token": measured.by["reply"],
        "by_push": measured.by["push"],
        "lost": faults.pop("lost", 0),
        "doubled": faults.pop("doubled", 0),
        "other_faults": faults,
        "cpu_ms_per_turn": round(cpu * 1e3 / measured.turns, 3) if measured.turns else 0.0,
        "cores_busy": round(cpu / measured.seconds, 2),
        "cores_busy_generator": round(own_cpu / measured.seconds, 2),
        "rss_mib": round(rss / MEBIBYTE, 1),
    }


def _percentiles(values: Sequence[float]) -> dict[str, float]:
    return {
        name: round(percentile(values, share), 2)
        for name, share in (("p50", 0.50), ("p95", 0.95), ("p99", 0.99))
    }


def ratios(ours: Mapping[str, Any], bare: Mapping[str, Any]) -> dict[str, float]:
    """Return ours over the bare endpoint's."""
    return {
        "turns_per_second": _ratio(ours["turns_per_second"], bare["turns_per_second"]),
        "accepted_p50": _ratio(ours["accepted_ms"]["p50"], bare["accepted_ms"]["p50"]),
        "accepted_p99": _ratio(ours["accepted_ms"]["p99"], bare["accepted_ms"]["p99"]),
        "cpu_per_turn": _ratio(ours["cpu_ms_per_turn"], bare["cpu_ms_per_turn"]),
    }


def _ratio(ours: float, bare: float) -> float:
    return round(ours / bare, 2) if bare else 0.0


def row(name: str, level: Mapping[str, Any]) -> list[str]:
    """Return a level as cells under HEADINGS; what the bare endpoint does not do is a dash."""
    accepted, handed = level["accepted_ms"], level["handed_over_ms"]
    replies = bool(level["by_reply_token"] or level["by_push"])
    return [
        name,
        str(level["connections"]),
        *(f"{accepted[each]:.1f}" for each in ("p50", "p95", "p99")),
        *(f"{handed[each]:.1f}" if replies else "-" for each in ("p50", "p95", "p99")),
        f"{level['turns_per_second']:.0f}",
        *(str(level[each]) if replies else "-" for each in ("by_reply_token", "by_push")),
        *(str(level[each]) if replies else "-" for each in ("lost", "doubled")),
        f"{level['cpu_ms_per_turn']:.2f}",
        f"{level['rss_mib']:.0f}",
    ]


def table(rows: Sequence[Sequence[str]]) -> str:
    """Return rows in columns, the first to the left."""
    widths = [max(len(each[column]) for each in rows) for column in range(len(rows[0]))]
    return "\n".join(
        "  ".join(
            cell.ljust(width) if column == 0 else cell.rjust(width)
            for column, (cell, width) in enumerate(zip(cells, widths, strict=True))
        )
        for cells in rows
    )
