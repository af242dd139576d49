"""Logs: one JSON line an event on standard error, with ids, counts and durations only."""

from __future__ import annotations

import logging
import sys

import structlog


def log_to_stderr(*, only_trouble: bool = False) -> None:
    """Keep standard output for what people and scripts asked for."""
    least = logging.WARNING if only_trouble else logging.DEBUG
    structlog.configure(
        wrapper_class=structlog.make_filtering_bound_logger(least),
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.JSONRenderer(),
        ],
        # Asked for with each line: whoever replaces the stream meanwhile gets it.
        logger_factory=lambda *_: structlog.PrintLogger(sys.stderr),
        cache_logger_on_first_use=False,
    )
