"""Readings for a play that holds a transaction: none is made while the transaction is open.

A play asks for what it needs. What is not known yet ends the play with NotRead; then, with the
transaction closed, the reading is made and the play begins anew. So nobody waits for a
calendar server in order to write to the database.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from core.errors import OneOnOneError

READING = frozenset(
    {
        *("list_calendars", "changes", "occurrences", "get_event", "list_occurrences", "busy"),
        *("list_task_lists", "get_task"),
    }
)
"""The verbs of calendars and task tools that change nothing."""


class NotRead(Exception):
    """A play came to something that nobody has read yet."""

    def __init__(self, key: str, read: Callable[[], Any]) -> None:
        super().__init__(key)
        self.key = key
        self.read = read


class Readings:
    """What was read, each thing once, an error included."""

    def __init__(self) -> None:
        self._known: dict[str, Any] = {}

    def of(self, name: str, port: Any) -> Any:
        """Return a port that answers from what was read; `name` tells it from others."""
        return _Known(self, name, port)

    def read(self, missing: NotRead) -> None:
        """Make a reading that a play missed."""
        try:
            answer = missing.read()
            self._known[missing.key] = list(answer) if isinstance(answer, Iterator) else answer
        except OneOnOneError as err:
            self._known[missing.key] = err

    def answer(self, key: str, read: Callable[[], Any]) -> Any:
        """Return what was read; raise NotRead, or the error that the reading met."""
        if key not in self._known:
            raise NotRead(key, read)
        answer = self._known[key]
        if isinstance(answer, OneOnOneError):
            raise answer
        return answer


class _Known:
    def __init__(self, readings: Readings, name: str, port: Any) -> None:
        self._readings = readings
        self._name = name
        self._port = port

    @property
    def features(self) -> Any:
        return self._port.features

    @property
    def limits(self) -> Any:
        return self._port.limits

    def __getattr__(self, verb: str) -> Any:
        if verb not in READING:
            raise AttributeError(f"{verb} is no reading")

        def ask(*given: Any, **named: Any) -> Any:
            key = f"{self._name} {verb} {given} {sorted(named.items())}"
            return self._readings.answer(key, lambda: getattr(self._port, verb)(*given, **named))

        return ask
