"""Do something after the answer, where nobody waits for it and losing it in a crash is no harm."""

from __future__ import annotations

import threading
from collections.abc import Callable

import structlog

from core.errors import OneOnOneError

log = structlog.get_logger()


def run_later(work: Callable[[], object], name: str) -> threading.Thread:
    """Begin it in a thread of its own; what fails is logged."""

    def run() -> None:
        try:
            work()
        except OneOnOneError as err:
            log.warning("later_failed", what=name, error=type(err).__name__)

    thread = threading.Thread(target=run, name=name, daemon=True)
    thread.start()
    return thread
