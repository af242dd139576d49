"""Handing an event over to another calendar, which makes that the organizer's."""

from __future__ import annotations

import copy

from .answers import invalid, not_organizer
from .calendar_state import Calendar, Found, Row
from .event_fields import addresses, settle_attendees
from .event_store import Act, Store


class Mover:
    """events.move, and "change owner" in the web client."""

    def __init__(self, store: Store) -> None:
        self.store = store

    def move(self, source: Calendar, target: Calendar, event_id: str, act: Act) -> Found:
        found = self.store.found(source, event_id)
        if found.row is None or found.row.series_id:
            raise invalid("Cannot change the organizer of an instance.")
        if found.fields["organizer"]["email"] != source.id:
            raise not_organizer()
        for row in [found.row, *source.exceptions_of(event_id)]:
            self._hand_over(source, target, row)
        new = self.store.found(target, event_id)
        if new.row is not None:
            self.store.mail(new.row, addresses(new.fields), "update", act)
        return new

    def _hand_over(self, source: Calendar, target: Calendar, row: Row) -> None:
        fields = copy.deepcopy(row.fields) | {"organizer": {"email": target.id}}
        settle_attendees(fields, self.store.all.directory)
        new = self.store.put(target, Row(id=row.id, fields=fields, created=row.created))
        if row.cancelled:
            self.store.propagation.withdraw(source, new)
        else:
            # Who is no guest of the event keeps a tombstone; a guest gets a copy.
            self.store.propagation.spread(target, new)
