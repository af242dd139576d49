"""Finding and storing events in calendars, and the mail that follows."""

from __future__ import annotations

from dataclasses import dataclass

from .answers import Json, not_found, stale
from .calendar_state import Calendar, Calendars, Found, Row
from .mail_log import Mail, MailLog
from .propagation import Propagation
from .rendering import revision_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """Who writes, by which road, and who is to hear of it."""

    actor: str
    cause: str
    notify: str = "none"
    """all, externalOnly or none."""
    conference_version: int = 0

    @property
    def by_hand(self) -> bool:
        return self.cause == "person"


class Store:
    """Rows of all calendars, for those who change them."""

    def __init__(self, calendars: Calendars, mails: MailLog) -> None:
        self.all = calendars
        self.mails = mails
        self.propagation = Propagation(calendars)

    def found(self, calendar: Calendar, event_id: str) -> Found:
        keep = self.all.assumptions.occurrence_ids_keep_range
        found = calendar.find(event_id, keep_range=keep)
        if found is None:
            raise not_found()
        return found

    def keep(self, calendar: Calendar, found: Found, new: Json) -> Row:
        """Store it; an occurrence becomes an exception by this."""
        row = found.row
        if row is None:
            created = found.series.created if found.series else self.all.stamp()
            row = Row(id=found.id, fields=new, created=created)
        row.fields = new
        return self.put(calendar, row)

    def put(self, calendar: Calendar, row: Row) -> Row:
        self.all.put(calendar, row, self.all.stamp())
        return row

    def mail(self, row: Row, to: list[str], kind: str, act: Act) -> None:
        if act.notify == "none":
            return
        for address in to:
            if address == act.actor or address in self.all.directory.rooms:
                continue
            if act.notify == "externalOnly" and not self.all.directory.is_outside(address):
                continue
            self.mails.add(
                Mail(
                    at=self.all.now(),
                    to=address,
                    kind=kind,
                    event_id=row.id,
                    summary=row.fields.get("summary", ""),
                    cause=act.cause,
                )
            )


def check_revision(found: Found, if_match: str | None) -> None:
    if if_match not in (None, "*", revision_of(found)):
        raise stale()
