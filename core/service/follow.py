"""Read a calendar that was announced to have changed, unless that only repeats what we know."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from core.model.calendar import CalendarId
from core.model.series import Connection
from core.service.echoes import is_echo
from core.service.observe import Observed, sync_calendar
from core.service.services import Services


@dataclass(frozen=True, slots=True, kw_only=True)
class Hint:
    """A calendar that was announced to have changed."""

    connection: Connection
    calendar_id: CalendarId
    at: datetime
    """When it was first announced, since it was last followed."""
    announced: int = 1
    """How often, since then."""


def follow(services: Services, hint: Hint, now: datetime) -> Observed | None:
    """Read what was named; None where it was an echo. Raise what the port raises."""
    with services.store.transaction() as tx:
        if is_echo(tx, hint.calendar_id, hint.at, hint.announced, now):
            return None
    return sync_calendar(services, hint.connection, hint.calendar_id, now)
