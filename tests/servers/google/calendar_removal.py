"""Cancelling, declining away and dropping events."""

from __future__ import annotations

from collections.abc import Callable

from .answers import Json, deleted
from .calendar_state import Calendar, Found, Row
from .event_fields import addresses, answer_of
from .event_store import Act, Store, check_revision
from .recurrence import holds, moment_of

Answer = Callable[[Calendar, str, Json, Act], None]


class Remover:
    """The one place where events go."""

    def __init__(self, store: Store, answer: Answer) -> None:
        self.store = store
        self._answer = answer

    def remove(
        self, calendar: Calendar, event_id: str, act: Act, *, if_match: str | None = None
    ) -> None:
        found = self.store.found(calendar, event_id)
        check_revision(found, if_match)
        if found.fields.get("status") == "cancelled":
            raise deleted()
        if found.fields["organizer"]["email"] == calendar.id:
            self._cancel(calendar, found, act)
        else:
            self._remove_as_guest(calendar, found, act)

    def _cancel(self, calendar: Calendar, found: Found, act: Act) -> None:
        guests = addresses(found.fields)
        row = self.store.keep(calendar, found, found.fields | {"status": "cancelled"})
        for each in [row, *calendar.exceptions_of(row.id)]:
            if each is not row:
                each.fields["status"] = "cancelled"
                self.store.put(calendar, each)
            for copy_holder in self._holders(calendar, each):
                self.store.propagation.withdraw(copy_holder, each)
        self.store.mail(row, guests, "cancellation", act)

    def _holders(self, calendar: Calendar, row: Row) -> list[Calendar]:
        """Whoever has it, or the series that it is an exception of."""
        ids = [row.id, row.series_id or row.id]
        found = [each for one in ids for each in self.store.propagation.holders(calendar, one)]
        return [each for index, each in enumerate(found) if each not in found[:index]]

    def _remove_as_guest(self, calendar: Calendar, found: Found, act: Act) -> None:
        mine = answer_of(found.fields, calendar.owner)
        if mine and found.fields["organizer"]["email"] in self.store.all.by_id:
            self._answer(calendar, found.id, mine | {"responseStatus": "declined"}, act)
            found = self.store.found(calendar, found.id)
        row = self.store.keep(calendar, found, found.fields | {"status": "cancelled"})
        for each in calendar.exceptions_of(row.id):
            each.fields["status"] = "cancelled"
            self.store.put(calendar, each)

    def drop_exceptions(self, calendar: Calendar, series: Row, *, all_of_them: bool) -> None:
        """Exceptions whose place in the series is gone go as well."""
        for row in calendar.exceptions_of(series.id):
            original = moment_of(row.id.rpartition("_")[2])
            if not row.cancelled and (
                all_of_them or not holds(series.fields, calendar.zone, original)
            ):
                self.drop(calendar, row)

    def drop(self, calendar: Calendar, row: Row) -> None:
        """Take an exception back: the series, or the part of it behind a split, speaks again."""
        for holder in [calendar, *self.store.propagation.holders(calendar, row.id)]:
            gone = holder.rows.pop(row.id)
            original = moment_of(row.id.rpartition("_")[2])
            parts = holder.parts_of(row.series_id or "")
            if not any(holds(part.fields, holder.zone, original) for part in parts):
                gone.fields, gone.bare = gone.fields | {"status": "cancelled"}, True
                self.store.put(holder, gone)
