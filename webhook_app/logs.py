"""Logs: one JSON line an event on standard error, with ids, counts and durations only."""

from __future__ import annotations

import sys

import structlog


def log_to_stderr() -> None:
    """Keep standard output for what people and scripts asked for."""
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.JSONRenderer(),
        ],
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=False,
    )
