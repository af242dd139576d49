"""One engine on one SQLite: held by the process that runs it, gone when it dies."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager

from core.errors import InvalidInput
from webhook_app.config import Settings

NAME = "engine.lock"


@contextmanager
def engine_lock(settings: Settings) -> Iterator[None]:
    """Hold the lock. Raise InvalidInput where another process runs the engine here."""
    descriptor = os.open(settings.data / NAME, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as err:
            raise InvalidInput(
                "another vieraugen runs the engine on this data folder: SQLite allows one; "
                "stop it first, or use PostgreSQL (database_url) for several workers"
            ) from err
        yield
    finally:
        os.close(descriptor)


def engine_runs(settings: Settings) -> bool:
    """Tell whether a process runs the engine on this data folder."""
    try:
        with engine_lock(settings):
            return False
    except InvalidInput:
        return True
