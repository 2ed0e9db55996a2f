"""The worker's tick: APScheduler drives jobs whose due times are rows, nothing of its own."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.schedulers.background import BackgroundScheduler


@dataclass(frozen=True, slots=True)
class Job:
    """Something to look at every `seconds`."""

    name: str
    seconds: float
    run: Callable[[], None]


def start(jobs: Sequence[Job]) -> BackgroundScheduler:
    """Start ticking. A job never overlaps itself, and missed ticks are not made up for.

    The store is in memory on purpose: schedulers of several workers cannot tell each other of
    changes, so whatever matters is a row with a due time (docs/adr/0005).
    """
    scheduler = BackgroundScheduler(
        executors={"default": ThreadPoolExecutor(max_workers=4)},
        job_defaults={"max_instances": 1, "coalesce": True, "misfire_grace_time": 30},
    )
    for job in jobs:
        scheduler.add_job(job.run, "interval", seconds=job.seconds, id=job.name)
    scheduler.start()
    return scheduler
