"""Somebody else was added to an event: what stands there for two is lowered to a link, once."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from core.model.calendar import CalendarEvent
from core.model.series import Sheet, Why
from core.occurrences import place_of
from core.service.copies import next_event
from core.service.services import Circle, Services


def to_withdraw(
    services: Services, circle: Circle, sheet: Sheet, now: datetime
) -> CalendarEvent | None:
    """Return the event in which an agenda stands that a third person can read; None: in none.

    Nothing new is written while three are in it (SD-12), so only this one place is looked at.
    """
    if circle.series.reason is not Why.MORE_THAN_TWO or circle.leading is None:
        return None
    with services.store.transaction() as tx:
        stands = any(w.base_agenda is not None for w in tx.written(sheet.sheet_id))
    if not stands:
        return None
    event, _ = next_event(services, circle, circle.leading, now)
    return event if event is not None and place_of(event) == sheet.place else None


def of_the_two(circle: Circle) -> Circle:
    """Return the circle without copies of others: nobody else's lines become points."""
    own = tuple(c for c in circle.copies if c.whose in (None, *circle.pair.addresses))
    return replace(circle, copies=own)
