"""How a mailbox's own calendar is called among all suites' calendars."""

from __future__ import annotations

from core.model.calendar import CalendarId


def calendar_id_of(account: str) -> CalendarId:
    """The name of somebody's own calendar; Graph's id of it would say the same, longer."""
    return CalendarId(f"outlook:{account}")
