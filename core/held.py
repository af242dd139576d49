"""Whether a meeting was held: judged from traces that people leave anyway, no recording."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from core.model.agenda import Agenda, ItemState, PointState
from core.model.calendar import CalendarEvent, Response, Role
from core.model.meetings import Meeting, MeetingState, Trace
from core.model.people import Pair
from core.model.suggestions import Tap, TapKind

TOGETHER = timedelta(days=7)
"""Two people who say "we talked" within so many days mean the same talk."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What became of a meeting, and what shows it."""

    state: MeetingState
    because: str
    """One of: time, cancelled, said_no, tick, edit, both_accepted, both_said, no_trace."""


def judge(meeting: Meeting, taps: Iterable[Tap], pair: Pair, zone: str, now: datetime) -> Verdict:
    """Say what became of a meeting.

    What people say themselves comes first, then what they did in the agenda, then what they
    answered to the invitation. Without any trace it stays unknown: nothing is made up.
    """
    day = meeting.start.astimezone(ZoneInfo(zone)).date()
    that_day = [tap for tap in taps if tap.on == day]
    talked = {tap.by for tap in that_day if tap.kind is TapKind.TALKED}
    denied = {tap.by for tap in that_day if tap.kind is TapKind.NOT_HELD}
    if set(pair.addresses) <= talked:
        return Verdict(state=MeetingState.HELD, because="both_said")
    if meeting.cancelled:
        return Verdict(state=MeetingState.CANCELLED, because="cancelled")
    if now < meeting.end:
        return Verdict(state=MeetingState.PLANNED, because="time")
    if denied and not talked:
        return Verdict(state=MeetingState.NOT_HELD, because="said_no")
    for trace in (Trace.TICK, Trace.EDIT):
        if trace in meeting.traces:
            return Verdict(state=MeetingState.HELD, because=trace.value)
    if not denied and set(pair.addresses) <= set(meeting.accepted):
        return Verdict(state=MeetingState.HELD, because="both_accepted")
    return Verdict(state=MeetingState.UNKNOWN, because="no_trace")


def talks_outside(taps: Iterable[Tap], pair: Pair, meetings: Iterable[date]) -> tuple[date, ...]:
    """Return the days of talks outside the calendar that both confirmed.

    Days on which a meeting of the two stood in the calendar are left out: there the taps say
    something about that meeting.
    """
    known = set(meetings)
    said = sorted((t.on, t.by) for t in taps if t.kind is TapKind.TALKED and t.on not in known)
    days: list[date] = []
    waiting: dict[str, date] = {}
    for on, by in said:
        waiting[by] = on
        other = waiting.get(pair.other(by)) if by in pair.addresses else None
        if other is not None and on - other <= TOGETHER:
            days.append(other)
            waiting.clear()
    return tuple(days)


def moment_of(day: date, now: datetime) -> datetime:
    """Return a moment that stands for a talk of which only the day is known."""
    return min(now, datetime(day.year, day.month, day.day, 12, tzinfo=now.tzinfo))


def days_since(held: Sequence[datetime], now: datetime) -> int | None:
    """Return how many days ago the last held talk was; None: there was none."""
    past = [start for start in held if start <= now]
    return (now - max(past)).days if past else None


def traces_in(before: Agenda, after: Agenda) -> tuple[Trace, ...]:
    """Return what an agenda shows that was changed while its meeting lasted, or after it."""
    ticked = any(p.state is PointState.DISCUSSED for p in after.points) or any(
        i.state is ItemState.DONE for i in after.action_items
    )
    found = [Trace.TICK] if ticked else []
    if before != after:
        found.append(Trace.EDIT)
    return tuple(found)


def accepted_by(event: CalendarEvent, pair: Pair) -> tuple[str, ...]:
    """Return who of the two said yes to an event; who organizes it has."""
    return tuple(
        p.address
        for p in event.participants
        if p.address in pair.addresses
        and (p.response is Response.ACCEPTED or p.role is Role.ORGANIZER)
    )
