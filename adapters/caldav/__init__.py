"""CalDAV: calendars and tasks of one account on any server."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime

from adapters.caldav.calendar import CaldavCalendar
from adapters.caldav.messages import messages
from adapters.caldav.push import push
from adapters.caldav.readers import CaldavReaders
from adapters.caldav.settings import read_settings
from adapters.caldav.tasks import CaldavTasks
from adapters.caldav.wire import Wire
from core.ports import Suite

__all__ = ["build"]


def _utc_now() -> datetime:
    return datetime.now(UTC)


def build(
    settings: Mapping[str, str], secret: str, *, now: Callable[[], datetime] = _utc_now
) -> Suite:
    """Return the suite of one account; nothing is asked of the server before it is used.

    `settings` are those that `discovery.discover` found, `secret` is a password or a token.
    """
    wire = Wire(read_settings(settings), secret)
    return Suite(
        name="caldav",
        calendar=CaldavCalendar(wire, now),
        tasks=CaldavTasks(wire, now),
        messages=messages,
        push=push,
        readers=CaldavReaders(wire),
    )
