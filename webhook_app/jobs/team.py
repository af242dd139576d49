"""Several workers on one PostgreSQL: who lives, who reads the calendars, who is gone."""

from __future__ import annotations

import os
import time
from collections.abc import Iterable
from datetime import timedelta
from typing import Protocol

from core.errors import InvalidInput
from webhook_app.jobs.clock import utc_now
from webhook_app.jobs.leases import LIFE, READER, Leases, worker_subject
from webhook_app.storage.database import Database


class Team(Protocol):
    """What one engine needs to know of the others."""

    def reads(self) -> bool:
        """Say that we live; tell whether reading the calendars is ours."""
        ...

    def gone(self, workers: Iterable[str]) -> list[str]:
        """Return those of the workers that live no more."""
        ...

    def leave(self) -> None:
        """Let the others know that we end."""
        ...


class Alone:
    """The one process on an SQLite file."""

    def reads(self) -> bool:
        """See Team."""
        return True

    def gone(self, workers: Iterable[str]) -> list[str]:  # noqa: ARG002
        """See Team. What died before was us, and the queue takes up its own by itself."""
        return []

    def leave(self) -> None:
        """See Team."""


class Workers:
    """One of several, by leases that end by themselves."""

    def __init__(self, database: Database, name: str, *, life: timedelta = LIFE) -> None:
        self._name = name
        self._life = life
        self._leases = Leases(database, f"{name}#{os.getpid()}")
        self._next_beat = 0.0
        self._reads = False

    def join(self) -> None:
        """Take our name. Raise InvalidInput where another living worker has it.

        After kill -9 the name is free again when the old lease ends: wait for that.
        """
        end = time.monotonic() + self._life.total_seconds() * 1.5
        while not self._beat():
            if time.monotonic() > end:
                raise InvalidInput(
                    f"another worker is called {self._name!r}: give each its own name (`worker`)"
                )
            time.sleep(0.2)

    def _beat(self) -> bool:
        return self._leases.take(worker_subject(self._name), utc_now(), self._life)

    def reads(self) -> bool:
        """See Team."""
        if time.monotonic() >= self._next_beat:
            self._next_beat = time.monotonic() + self._life.total_seconds() / 3
            self._beat()
            self._reads = self._leases.take(READER, utc_now(), self._life)
        return self._reads

    def gone(self, workers: Iterable[str]) -> list[str]:
        """See Team."""
        now = utc_now()
        others = [name for name in sorted(workers) if name != self._name]
        return [name for name in others if not self._leases.is_held(worker_subject(name), now)]

    def leave(self) -> None:
        """See Team."""
        self._leases.drop(READER)
        self._leases.drop(worker_subject(self._name))
