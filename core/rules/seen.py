"""A pair's history as rules read it: sorted, up to now, absence taken out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from statistics import median
from zoneinfo import ZoneInfo

from core.cadence import agreed_interval
from core.model.meetings import MeetingState
from core.model.people import Side
from core.rules.facts import History, Person, Point, Talk

USUAL = timedelta(days=14)
DAY = timedelta(days=1)
AFTER_INSTALL = timedelta(days=14)
AFTER_MANAGER_CHANGE = timedelta(days=30)


@dataclass(frozen=True, kw_only=True)
class Seen:
    """One pair at one moment, among the pairs of its manager. No slots: it keeps what it sorted."""

    history: History
    team: tuple[History, ...]
    """All pairs of the manager, this one included."""
    now: datetime

    @cached_property
    def today(self) -> date:
        """The day where the report is."""
        return local(self.now, self.history.report).date()

    @cached_property
    def agreed(self) -> timedelta:
        """The interval that the two agreed on, or that their series has, or two weeks."""
        return self.history.agreed or agreed_interval(self.history.rrule) or USUAL

    @cached_property
    def gone_by(self) -> tuple[Talk, ...]:
        """Occurrences of the past, oldest first."""
        talks = (t for t in self.history.talks if t.start <= self.now)
        return tuple(sorted(talks, key=lambda t: (t.start, t.minutes, t.state, t.template)))

    @cached_property
    def held(self) -> tuple[Talk, ...]:
        """Held talks, oldest first."""
        return tuple(t for t in self.gone_by if t.state is MeetingState.HELD)

    @cached_property
    def perhaps_held(self) -> tuple[Talk, ...]:
        """Held talks, and those of which nobody left a trace."""
        perhaps = (MeetingState.HELD, MeetingState.UNKNOWN)
        return tuple(t for t in self.gone_by if t.state in perhaps)

    @cached_property
    def points(self) -> tuple[Point, ...]:
        """Shared points written so far, oldest first."""
        known = (p for p in self.history.points if p.shared and p.added_at <= self.now)
        return tuple(sorted(known, key=lambda p: (p.added_at, p.point_id)))

    @cached_property
    def waiting(self) -> tuple[Point, ...]:
        """Shared points for the next talk: written for it, or still open."""
        start = self.history.next.start if self.history.next else None
        return tuple(p for p in self.points if p.is_open or p.talk == start)

    def points_of(self, talks: Iterable[Talk]) -> tuple[Point, ...]:
        """Return the points that were written for these talks."""
        starts = {t.start for t in talks}
        return tuple(p for p in self.points if p.talk in starts)

    def written_during(self, point: Point) -> bool:
        """Tell whether a point was typed while the two were talking."""
        return any(t.start == point.talk and t.start <= point.added_at < t.end for t in self.held)

    def is_away(self, day: date) -> bool:
        """Tell whether one of the two is on leave or has a holiday."""
        pair = (self.history.report, self.history.manager)
        return any(on_leave(p, day) or day in p.holidays for p in pair)

    def present(self, start: datetime, end: datetime) -> timedelta:
        """Return the time between, without days on which one of the two was away."""
        first = local(start, self.history.report).date()
        days = ((first + n * DAY) for n in range((end - start).days + 1))
        away = sum(self.is_away(day) for day in days)
        return max(timedelta(), end - start - away * DAY)

    def told_elsewhere(self, rule_id: str, since: date) -> frozenset[Side]:
        """Return who said since that day that it happened, only not here."""
        taps = (e for e in self.history.elsewhere if e.rule_id == rule_id and e.on >= since)
        return frozenset(who for tap in taps for who in tap.by)

    def both_told(self, rule_id: str, since: date) -> date | None:
        """Return the last day after `since` of which both said so, within a week of each other."""
        taps = [e for e in self.history.elsewhere if e.rule_id == rule_id and since < e.on]
        days = sorted({e.on for e in taps if e.on <= self.today}, reverse=True)
        for day in days:
            near = (e for e in taps if day - 7 * DAY <= e.on <= day)
            if {who for e in near for who in e.by} == set(Side):
                return day
        return None

    @cached_property
    def is_quiet(self) -> bool:
        """Tell whether no rule says anything: somebody left, is away, or all is new."""
        history, today = self.history, self.today
        both = (history.report, history.manager)
        if any(p.ends_on is not None and p.ends_on < today for p in both):
            return True
        return today < history.installed_on + AFTER_INSTALL or on_leave(history.manager, today)

    @cached_property
    def is_new_manager(self) -> bool:
        """Tell whether the manager has been theirs for less than a month."""
        since = self.history.manager_since
        return since is not None and since <= self.today < since + AFTER_MANAGER_CHANGE

    @cached_property
    def is_report_away(self) -> bool:
        """Tell whether the report is on leave today."""
        return on_leave(self.history.report, self.today)

    @cached_property
    def on_holiday(self) -> frozenset[Side]:
        """Return who has a public holiday today."""
        people = {Side.MANAGER: self.history.manager, Side.REPORT: self.history.report}
        return frozenset(side for side, who in people.items() if self.today in who.holidays)

    def days_ago(self, days: int) -> date:
        """Return that day."""
        return self.today - days * DAY


def local(moment: datetime, person: Person) -> datetime:
    """Return a moment where somebody works."""
    return moment.astimezone(ZoneInfo(person.zone))


def on_leave(person: Person, day: date) -> bool:
    """Tell whether somebody is away on a day."""
    return any(leave.first <= day < leave.back for leave in person.leaves)


def typical(gaps: Iterable[timedelta]) -> timedelta:
    """Return the median of some gaps, nothing for none."""
    seconds = [gap.total_seconds() for gap in gaps]
    return timedelta(seconds=median(seconds)) if seconds else timedelta()
