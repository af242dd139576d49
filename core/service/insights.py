"""What a manager sees of their own 1:1s over time: rhythm and topics of each pair, no score."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from core.model.meetings import MeetingState
from core.model.people import PairId
from core.rules.content import ROTATION
from core.rules.facts import History
from core.rules.seen import on_leave
from core.service.suggest import histories
from core.store import Transaction

WEEKS = 26
AWAY = "away"
NOTHING = "none"
RANK = (MeetingState.HELD, MeetingState.UNKNOWN, MeetingState.NOT_HELD, MeetingState.CANCELLED)
"""What a week shows in which several talks were to be."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Week:
    """One week of a pair."""

    monday: date
    state: str
    """A MeetingState that is over, `away` or `none`."""
    topics: frozenset[str] = frozenset()
    """Names of core.rules.content.ROTATION that stood on the agenda."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Insight:
    """One pair over half a year, the oldest week first."""

    pair_id: PairId
    name: str
    """The report's."""
    weeks: tuple[Week, ...]
    days_since: int | None
    """Since the last talk that was held."""
    has_series: bool

    @property
    def held(self) -> int:
        """Weeks with a talk."""
        return sum(week.state == MeetingState.HELD for week in self.weeks)

    def talked_of(self, topic: str) -> int:
        """Return in how many weeks a topic stood on the agenda."""
        return sum(topic in week.topics for week in self.weeks)


def insights(tx: Transaction, manager: str, now: datetime) -> tuple[Insight, ...]:
    """Return a manager's own live pairs, by name. Nobody else's: who asks names themselves."""
    found = [_insight(history, now) for history in histories(tx, manager, now)]
    return tuple(sorted(found, key=lambda one: (one.name, one.pair_id)))


def _insight(history: History, now: datetime) -> Insight:
    zone = ZoneInfo(history.report.zone)
    today = now.astimezone(zone).date()
    this = today - timedelta(days=today.weekday())
    mondays = [this - timedelta(weeks=n) for n in reversed(range(WEEKS))]
    held = [t.start for t in history.talks if t.state is MeetingState.HELD and t.start <= now]
    return Insight(
        pair_id=PairId(history.pair_id),
        name=history.report.name or history.report.address,
        weeks=tuple(_week(history, monday, zone) for monday in mondays),
        days_since=(today - max(held).astimezone(zone).date()).days if held else None,
        has_series=history.has_series,
    )


def _week(history: History, monday: date, zone: ZoneInfo) -> Week:
    def is_in(moment: datetime) -> bool:
        return monday <= moment.astimezone(zone).date() < monday + timedelta(days=7)

    states = {talk.state for talk in history.talks if is_in(talk.start)}
    state = next((str(s.value) for s in RANK if s in states), "")
    if not state:
        state = AWAY if on_leave(history.report, monday) else NOTHING
    topics = {t for p in history.points if p.shared and is_in(p.talk) for t in p.topics}
    return Week(
        monday=monday,
        state=state,
        topics=frozenset(name for name, group in ROTATION.items() if topics & group),
    )
