"""structlog set-up: one line per request and job, ids and codes only."""

import logging
import sys
from collections.abc import MutableMapping
from typing import Any, Literal

import structlog

DENIED = frozenset(
    {
        "text",
        "body",
        "token",
        "name",
        "address",
        "reply_token",
        "password",
        "original",
        "translation",
        "label",
        "bubbles",
        "payload",
        "login",
        "message_text",
        "answers",
    }
)
"""Fields that may carry what a resident wrote, or a secret. They never reach a log."""


class DeniedFieldError(AssertionError):
    """A log line carried a denied field; raised in tests, dropped elsewhere."""


def configure(*, format: Literal["text", "json"] = "text", strict: bool = False) -> None:
    """Set up logging for the process. `strict` (tests) raises on a denied field."""

    def deny(
        _logger: Any, _method: str, event: MutableMapping[str, Any]
    ) -> MutableMapping[str, Any]:
        for field in DENIED & event.keys():
            if strict:
                raise DeniedFieldError(field)
            event[field] = "…"
        return event

    renderer: Any = (
        structlog.processors.JSONRenderer(ensure_ascii=False)
        if format == "json"
        else structlog.dev.ConsoleRenderer(colors=False)
    )
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            deny,
            structlog.processors.TimeStamper(fmt="iso"),
            renderer,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=False,
    )
    logging.basicConfig(level=logging.WARNING, stream=sys.stderr, format="%(name)s %(message)s")
    logging.getLogger("apscheduler").setLevel(logging.ERROR)
    logging.getLogger("urllib3").setLevel(logging.ERROR)
