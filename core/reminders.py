"""When to remind somebody of a talk: once before, once after, at hours that suit them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from typing import Final
from zoneinfo import ZoneInfo

from core.model.calendar import TimeSlot
from core.model.people import Side
from core.slots import Availability, works

AFTER: Final = timedelta(minutes=15)
LEAD: Final = {Side.REPORT: timedelta(hours=1), Side.MANAGER: timedelta(hours=3)}
"""Into the working day: the report hears of it first."""
LAST_CALL: Final = timedelta(hours=1)
"""So shortly before a talk nobody is reminded any more."""
LOOK_BACK: Final = 14
YEAR: Final = 366


class Reminder(StrEnum):
    """Which of the two reminders."""

    BEFORE = "before"
    AFTER = "after"


def plan_reminders(
    slot: TimeSlot, people: Mapping[Side, Availability]
) -> dict[tuple[Side, Reminder], datetime]:
    """Return when each of the two is reminded; who wants none, or is away, is left out.

    Before: on the last working day before the talk, the report first. After: when it is over,
    or in the next working hours. Never in quiet hours, on a free day or during a leave.
    """
    found: dict[tuple[Side, Reminder], datetime] = {}
    for side, person in people.items():
        if not _wants(person, slot):
            continue
        before = _before(slot, side, person)
        if before is not None:
            found[side, Reminder.BEFORE] = before
        after = _after(slot, person)
        if after is not None:
            found[side, Reminder.AFTER] = after
    return _report_first(found, slot, people)


def _wants(person: Availability, slot: TimeSlot) -> bool:
    settings = person.settings
    day = slot.start.astimezone(ZoneInfo(person.zone)).date()
    return settings.reminders and bool(settings.channels) and not settings.is_away(day)


def _before(slot: TimeSlot, side: Side, person: Availability) -> datetime | None:
    zone = ZoneInfo(person.zone)
    day = slot.start.astimezone(zone).date()
    for _ in range(LOOK_BACK):
        day -= timedelta(days=1)
        if works(person, day):
            begins = datetime.combine(day, person.settings.work_from, zone).astimezone(UTC)
            at = _not_quiet(begins + LEAD[side], person)
            fits = at is not None and at <= slot.start - LAST_CALL and _on(at, person) == day
            return at if fits else None
    return None


def _after(slot: TimeSlot, person: Availability) -> datetime | None:
    at = slot.end + AFTER
    if _may(at, person) and _in_hours(at, person):
        return at
    day = _on(at, person)
    for _ in range(LOOK_BACK):
        if works(person, day):
            begins = _at(day, person.settings.work_from, person)
            shifted = _not_quiet(max(begins, at), person)
            if shifted is not None and _on(shifted, person) == day and _in_hours(shifted, person):
                return shifted
        day += timedelta(days=1)
    return None


def _report_first(
    found: dict[tuple[Side, Reminder], datetime],
    slot: TimeSlot,
    people: Mapping[Side, Availability],
) -> dict[tuple[Side, Reminder], datetime]:
    """In far zones the manager's morning may come first: then it waits, or falls away."""
    report = found.get((Side.REPORT, Reminder.BEFORE))
    manager = found.get((Side.MANAGER, Reminder.BEFORE))
    if report is None or manager is None or report <= manager:
        return found
    later = _not_quiet(report, people[Side.MANAGER])
    fits = later is not None and later <= slot.start - LAST_CALL
    if fits and later is not None and _may(later, people[Side.MANAGER]):
        return {**found, (Side.MANAGER, Reminder.BEFORE): later}
    return {key: at for key, at in found.items() if key != (Side.MANAGER, Reminder.BEFORE)}


def _on(at: datetime, person: Availability) -> date:
    return at.astimezone(ZoneInfo(person.zone)).date()


def _at(day: date, clock: time, person: Availability) -> datetime:
    return datetime.combine(day, clock, ZoneInfo(person.zone)).astimezone(UTC)


def is_quiet(at: datetime, person: Availability) -> bool:
    """Tell whether a moment lies in somebody's quiet hours."""
    begins, ends = person.settings.quiet_from, person.settings.quiet_to
    clock = at.astimezone(ZoneInfo(person.zone)).time()
    if begins == ends:
        return False
    return begins <= clock < ends if begins < ends else clock >= begins or clock < ends


def _not_quiet(at: datetime, person: Availability) -> datetime | None:
    """Return the moment, or the end of the quiet hours it lies in; None: there is none soon."""
    for _ in range(3):
        if not is_quiet(at, person):
            return at
        ends = _at(_on(at, person), person.settings.quiet_to, person)
        at = (
            ends
            if ends > at
            else _at(_on(at, person) + timedelta(days=1), person.settings.quiet_to, person)
        )
    return None


def next_good_moment(at: datetime, person: Availability) -> datetime:
    """Return the first moment from then on in somebody's working hours and no quiet ones.

    Who has none within a year, on an open leave say, is looked at again in a week.
    """
    if _may(at, person) and _in_hours(at, person):
        return at
    day = _on(at, person)
    for _ in range(YEAR):
        begins = max(_at(day, person.settings.work_from, person), at)
        moment = _not_quiet(begins, person) if works(person, day) else None
        if moment is not None and _on(moment, person) == day and _in_hours(moment, person):
            return moment
        day += timedelta(days=1)
    return at + timedelta(days=7)


def _may(at: datetime, person: Availability) -> bool:
    return works(person, _on(at, person)) and not is_quiet(at, person)


def _in_hours(at: datetime, person: Availability) -> bool:
    clock = at.astimezone(ZoneInfo(person.zone)).time()
    return person.settings.work_from <= clock <= person.settings.work_to
