"""Creating and changing events, through the API or by hand."""

from __future__ import annotations

import base64
import copy
import secrets

from .answers import Json, deleted, duplicate, invalid, not_organizer
from .calendar_removal import Remover
from .calendar_state import Calendar, Found, Row
from .event_fields import (
    ID,
    TIMED,
    accepted,
    addresses,
    answer_of,
    create_conference,
    differing,
    merged,
    settle_attendees,
    shared_changes,
)
from .event_store import Act, Store, check_revision
from .recurrence import holds
from .times import parse_moment

ID_LETTERS = "abcdefghijklmnopqrstuv0123456789"


class Writer:
    """The one place where events change."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.remover = Remover(store, self.answer)

    def insert(self, calendar: Calendar, body: Json, act: Act) -> Found:
        event_id = body.get("id") or "".join(secrets.choice(ID_LETTERS) for _ in range(26))
        if "id" in body and not ID.fullmatch(event_id):
            raise invalid("Invalid resource id value.")
        if event_id in calendar.rows:
            raise duplicate()
        fields = self._fresh(calendar, body, act, f"{event_id}@google.com")
        row = self.store.put(
            calendar, Row(id=event_id, fields=fields, created=self.store.all.stamp())
        )
        self.store.propagation.spread(calendar, row)
        self.store.mail(row, addresses(fields), "invitation", act)
        return self.store.found(calendar, row.id)

    def _fresh(self, calendar: Calendar, body: Json, act: Act, uid: str) -> Json:
        kept = accepted(body, self.store.all.assumptions, conference_version=act.conference_version)
        fields = merged({}, kept) | {
            "creator": {"email": act.actor},
            "organizer": {"email": calendar.id},
            "iCalUID": body.get("iCalUID", uid),
            "sequence": body.get("sequence", 0),
            "eventType": body.get("eventType", "default"),
        }
        self._check_times(fields, calendar)
        create_conference(fields)
        settle_attendees(fields, self.store.all.directory)
        return fields

    def _check_times(self, fields: Json, calendar: Calendar) -> None:
        start = parse_moment(fields["start"], calendar.zone)
        end = parse_moment(fields["end"], calendar.zone)
        if type(start) is not type(end):
            raise invalid("Start and end times must either both be date or both be dateTime.")
        if end < start:
            raise invalid("The specified time range is empty.")
        if "recurrence" in fields:
            if "dateTime" in fields["start"] and "timeZone" not in fields["start"]:
                raise invalid("Missing time zone definition for start time.")
            holds(fields, calendar.zone, start)

    def import_copy(self, calendar: Calendar, body: Json, actor: str) -> Found:
        """A copy of an event that another system owns; nobody is told."""
        code = base64.b32hexencode(body["iCalUID"].encode()).decode().rstrip("=").lower()
        old = calendar.rows.get(f"_{code}")
        fields = merged({}, {name: body[name] for name in body if name not in ("kind", "etag")})
        fields |= {"creator": {"email": actor}, "eventType": "default"}
        fields.setdefault("sequence", 0)
        fields.setdefault("organizer", {"email": calendar.id})
        settle_attendees(fields, self.store.all.directory)
        created = old.created if old else self.store.all.stamp()
        row = self.store.put(calendar, Row(id=f"_{code}", fields=fields, created=created))
        return self.store.found(calendar, row.id)

    def change(
        self,
        calendar: Calendar,
        event_id: str,
        body: Json,
        act: Act,
        *,
        if_match: str | None = None,
        replace: bool = False,
    ) -> Found:
        found = self.store.found(calendar, event_id)
        check_revision(found, if_match)
        if found.fields.get("status") == "cancelled" and "status" not in body:
            raise deleted()
        if body.get("status") == "cancelled":
            self.remover.remove(calendar, event_id, act)
            return self.store.found(calendar, found.id)
        version = act.conference_version
        kept = accepted(body, self.store.all.assumptions, conference_version=version)
        new = merged(self._base(found, replace), kept)
        create_conference(new)
        settle_attendees(new, self.store.all.directory)
        return self._write(calendar, found, new, act)

    @staticmethod
    def _base(found: Found, replace: bool) -> Json:
        """An update forgets all that it does not say, the Meet link as well."""
        if not replace:
            return found.fields
        names = ("creator", "organizer", "iCalUID", "sequence", "eventType")
        series = ("recurringEventId", "originalStartTime")
        return {name: found.fields[name] for name in names + series if name in found.fields}

    def _write(self, calendar: Calendar, found: Found, new: Json, act: Act) -> Found:
        if new == found.fields:
            return found
        if differing(new, found.fields) == {"reminders"}:
            return self._write_reminders(calendar, found, new)
        shared = shared_changes(found.fields, new, calendar.owner)
        if new["organizer"]["email"] == calendar.id:
            return self._write_as_organizer(calendar, found, new, act)
        if shared and new.get("guestsCanModify"):
            owner = self._organizer_of(new)
            source = self.store.found(owner, found.id)
            self._write_as_organizer(owner, source, _carried(source.fields, new, shared), act)
            return self.store.found(calendar, found.id)
        if shared and not act.by_hand:
            raise not_organizer()
        return self._write_as_guest(calendar, found, new, act, shared)

    def _write_reminders(self, calendar: Calendar, found: Found, new: Json) -> Found:
        if found.row is None:
            self.store.keep(calendar, found, new)
            return self.store.found(calendar, found.id)
        found.row.fields = new
        self.store.all.touch(found.row)
        return self.store.found(calendar, found.id)

    def _write_as_organizer(self, calendar: Calendar, found: Found, new: Json, act: Act) -> Found:
        differs = differing(new, found.fields)
        if differs & TIMED:
            self._check_times(new, calendar)
            new["sequence"] = new.get("sequence", 0) + 1
        row = self.store.keep(calendar, found, new)
        self.store.propagation.spread(calendar, row)
        if row.is_series and differs & TIMED:
            self.remover.drop_exceptions(calendar, row, all_of_them=act.by_hand)
        self.store.mail(row, addresses(new), "update", act)
        return self.store.found(calendar, row.id)

    def _write_as_guest(
        self, calendar: Calendar, found: Found, new: Json, act: Act, local: set[str]
    ) -> Found:
        """Stays in this copy, but for the answer to the invitation."""
        self.store.keep(calendar, found, new).local |= local
        mine, before = answer_of(new, calendar.owner), answer_of(found.fields, calendar.owner)
        if mine and mine != before:
            self.answer(calendar, found.id, mine, act)
        return self.store.found(calendar, found.id)

    def answer(self, calendar: Calendar, event_id: str, mine: Json, act: Act) -> None:
        """Bring one guest's answer into the organizer's copy and from there to everyone.

        An organizer outside Google is told by mail; the answer stands in the guest's copy.
        """
        asks = str(self.store.found(calendar, event_id).fields["organizer"]["email"])
        organizer = self.store.all.by_id.get(asks, calendar)
        found = self.store.found(organizer, event_id)
        new = copy.deepcopy(found.fields)
        others = [guest for guest in new["attendees"] if guest["email"].lower() != mine["email"]]
        place = addresses(new).index(mine["email"]) if len(others) < len(addresses(new)) else None
        new["attendees"] = others
        new["attendees"].insert(len(others) if place is None else place, mine)
        row = self.store.keep(organizer, found, new)
        self.store.propagation.spread_answers(organizer, row)
        self.store.mail(row, [asks if organizer is calendar else organizer.owner], "response", act)

    def _organizer_of(self, fields: Json) -> Calendar:
        try:
            return self.store.all.by_id[fields["organizer"]["email"]]
        except KeyError as err:
            raise not_organizer() from err


def _carried(target: Json, source: Json, names: set[str]) -> Json:
    """The named fields of one copy in another."""
    result = copy.deepcopy(target)
    for name in names:
        result.pop(name, None)
        if name in source:
            result[name] = copy.deepcopy(source[name])
    return result
