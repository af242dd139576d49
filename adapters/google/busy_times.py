"""When somebody is busy: spans without titles, by a scope of its own."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from adapters.google.mapping import to_instant
from adapters.google.wire import Json, Wire
from core.errors import PermissionDenied
from core.model.calendar import CalendarId, Window


def busy_spans(
    wire: Wire, service: Any, calendar_id: CalendarId, window: Window
) -> Sequence[Window]:
    """Ask for the busy spans of one calendar. Raise PermissionDenied where they are not open."""
    asked = {
        "timeMin": window.start.isoformat(),
        "timeMax": window.end.isoformat(),
        "items": [{"id": calendar_id}],
    }
    calendars = wire.send(service.freebusy().query(body=asked)).get("calendars") or {}
    found: Json = calendars.get(calendar_id) or next(iter(calendars.values()), {})
    if found.get("errors"):
        raise PermissionDenied("The busy times of this calendar are not open to us.")
    return tuple(
        Window(
            start=to_instant({"dateTime": each["start"]}, "UTC"),
            end=to_instant({"dateTime": each["end"]}, "UTC"),
        )
        for each in found.get("busy") or ()
    )
