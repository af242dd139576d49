""" "This and following": one series becomes two, and exceptions behind the cut are gone."""

from __future__ import annotations

import copy
import itertools

from .answers import Json, invalid
from .calendar_state import Calendar, Found, Row
from .calendar_writing import Writer
from .event_fields import addresses, merged, settle_attendees
from .event_store import Act, Store
from .recurrence import (
    base_of,
    end_rule,
    length,
    moment_of,
    own_zone,
    range_id,
    rest_of_rule,
    starts,
    until_before,
)
from .times import Moment, as_instant, event_time, parse_moment


class Splitter:
    """What the web client does with a series at one of its occurrences."""

    def __init__(self, store: Store, writer: Writer) -> None:
        self.store = store
        self.writer = writer

    def split(self, calendar: Calendar, event_id: str, changes: Json, act: Act) -> Found:
        found = self.store.found(calendar, event_id)
        series = found.series
        if series is None:
            raise invalid("Only an occurrence of a series can be split off.")
        original = moment_of(event_id.rpartition("_")[2])
        before = _before(calendar, series, original)
        if not before:
            raise invalid("The first occurrence stands for the whole series.")
        head = copy.deepcopy(series.fields)
        self._end(calendar, series, original)
        new = self._continue(calendar, series.id, head, original, changes, len(before))
        self._reset_exceptions(calendar, series, original)
        self.store.mail(new, addresses(new.fields), "update", act)
        return self.store.found(calendar, new.id)

    def _end(self, calendar: Calendar, series: Row, original: Moment) -> None:
        until = until_before(original, own_zone(series.fields, calendar.zone))
        rules = [_ended(line, until) for line in series.fields["recurrence"]]
        series.fields = series.fields | {"recurrence": rules}
        self.store.put(calendar, series)
        self.store.propagation.spread(calendar, series)

    def _reset_exceptions(self, calendar: Calendar, series: Row, original: Moment) -> None:
        """Whatever was written into an occurrence behind the cut is lost."""
        cut = as_instant(original, calendar.zone)
        for row in calendar.exceptions_of(series.id):
            if as_instant(moment_of(row.id.rpartition("_")[2]), calendar.zone) >= cut:
                self.writer.remover.drop(calendar, row)

    def _continue(
        self,
        calendar: Calendar,
        series_id: str,
        head: Json,
        original: Moment,
        changes: Json,
        passed: int,
    ) -> Row:
        zone = own_zone(head, calendar.zone)
        fields = head | {
            "start": event_time(original, zone),
            "end": event_time(original + length(head, calendar.zone), zone),
            "recurrence": [rest_of_rule(line, passed) for line in head["recurrence"]],
        }
        fields = merged(fields, changes)
        settle_attendees(fields, self.store.all.directory)
        new_id = range_id(base_of(series_id), parse_moment(fields["start"], calendar.zone))
        fields["iCalUID"] = f"{new_id}@google.com"
        row = Row(id=new_id, fields=fields, created=self.store.all.stamp())
        self.store.put(calendar, row)
        self.store.propagation.spread(calendar, row)
        self._copy_private(calendar, series_id, new_id)
        return row

    def _copy_private(self, organizer: Calendar, old_id: str, new_id: str) -> None:
        """Each copy of the new part gets what its owner's old part said."""
        for holder in self.store.propagation.holders(organizer, new_id):
            old, new = holder.rows.get(old_id), holder.rows[new_id]
            private = old.fields.get("extendedProperties", {}).get("private") if old else None
            if private:
                extra = {"extendedProperties": {"private": private}}
                new.fields = merged(new.fields, extra)


def _before(calendar: Calendar, series: Row, original: Moment) -> list[Moment]:
    all_of_them = starts(series.fields, calendar.zone)
    return list(itertools.takewhile(lambda moment: moment < original, all_of_them))


def _ended(line: str, until: str) -> str:
    return end_rule(line, until) if line.startswith("RRULE:") else line
