"""How often the two talk: R-01 to R-05."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from itertools import pairwise

from core.cadence import Rhythm, rhythm
from core.model.meetings import MeetingState
from core.model.suggestions import Channel
from core.rules.facts import Talk
from core.rules.rule import ANY_PAIR, BOTH, MANAGER, Finding, Guard, Rule, Step
from core.rules.seen import DAY, Seen, local, on_leave, typical
from core.rules.texts import built
from core.rules.values import Every, Facts

LOOK_AHEAD = timedelta(days=35)
FAR_APART = timedelta(days=14)
FAR_APART_REMOTE = timedelta(days=10)
SILENCE = timedelta(days=21)
FIRST_DAYS = 5
"""Working days in which a first talk is best."""
EVER = timedelta(days=36500)


def no_series(seen: Seen) -> Finding | None:
    """R-01: nothing in the calendar for five weeks."""
    start, coming = seen.history.report.starts_on, seen.history.next
    has_started = start is None or start <= seen.today
    if not has_started or (seen.history.has_series and coming is None):
        return None
    if coming and coming.start <= seen.now + LOOK_AHEAD:
        return None
    return Finding(data={"report": seen.history.report.called, "ahead": LOOK_AHEAD})


def wants_no_series(seen: Seen) -> bool:
    """R-01: they need none, agreed on a rarer rhythm, or a leave lies before the next talk."""
    coming = seen.history.next
    soon = coming is not None and seen.present(seen.now, coming.start) <= LOOK_AHEAD
    rare = seen.history.has_series and seen.agreed > LOOK_AHEAD
    return seen.history.left_alone or rare or soon


def drift(seen: Seen) -> Finding | None:
    """R-02: the last talks lay clearly further apart than is good."""
    if rhythm([t.start for t in seen.held], seen.agreed, seen.now) is Rhythm.LAPSED:
        return None
    gap = typical(later.start - earlier.start for earlier, later in pairwise(seen.held[-4:]))
    if gap <= (FAR_APART_REMOTE if seen.history.setting.remote else FAR_APART):
        return None
    return Finding(data={"gap": gap, "agreed": Every(seen.agreed), "talks": 4})


def keeps_to_the_agreement(seen: Seen) -> bool:
    """R-02: the interval that was agreed, leave and holidays taken out."""
    gaps = (seen.present(a.start, b.start) for a, b in pairwise(seen.held[-4:]))
    return typical(gaps) <= 1.5 * seen.agreed


def silence(seen: Seen) -> Finding | None:
    """R-03: no talk for twice the interval, and three weeks at least."""
    quiet = seen.now - seen.held[-1].start
    if not is_long(quiet, seen.agreed):
        return None
    return Finding(data={"quiet": quiet, "agreed": Every(seen.agreed)})


def talked_or_away(seen: Seen) -> bool:
    """R-03: perhaps they did talk, both said so, or one of them was away."""
    last = seen.perhaps_held[-1].start
    since = local(last, seen.history.report).date()
    talked = seen.both_told("R-03", since)
    quiet = seen.present(last, seen.now)
    if talked is not None:
        quiet = min(quiet, seen.today - talked)
    return not is_long(quiet, seen.agreed)


def is_long(quiet: timedelta, agreed: timedelta) -> bool:
    """Tell whether nobody talked for twice the interval, and three weeks at least."""
    return quiet > 2 * agreed and quiet >= SILENCE


def first_week(seen: Seen) -> Finding | None:
    """R-04: somebody is new, and no talk stands in the first five working days."""
    anchor, is_new_hire = arrival(seen)
    if anchor is None or not _is_about(anchor, seen.today):
        return None
    days = first_days(seen, anchor)
    if any(local(t, seen.history.report).date() in days for t in talk_starts(seen)):
        return None
    data: Facts = {"report": seen.history.report.called, "start": anchor}
    return Finding(data=data, variant="offer" if is_new_hire else "new_manager")


def arrival(seen: Seen) -> tuple[date | None, bool]:
    """Return the day on which the two begin, and whether the report is new in the company."""
    report, since = seen.history.report, seen.history.manager_since
    starts = report.starts_on
    if starts and (since is None or starts >= since):
        return starts, not report.transferred
    return since, False


def talk_starts(seen: Seen) -> tuple[datetime, ...]:
    """Return the starts of talks that were held or are planned."""
    kept = (MeetingState.HELD, MeetingState.PLANNED)
    starts = tuple(t.start for t in seen.history.talks if t.state in kept)
    return (*starts, seen.history.next.start) if seen.history.next else starts


def first_days(seen: Seen, anchor: date) -> tuple[date, ...]:
    """Return the first working days from this one on."""
    days = (anchor + n * DAY for n in range(14))
    working = (d for d in days if d.weekday() in seen.history.report.work_days)
    return tuple(working)[:FIRST_DAYS]


def _is_about(anchor: date, today: date) -> bool:
    return anchor - 7 * DAY <= today < anchor + 7 * DAY


def manager_is_away(seen: Seen) -> bool:
    """R-04: the manager has leave in all of these days."""
    anchor, _ = arrival(seen)
    days = first_days(seen, anchor) if anchor else ()
    return all(on_leave(seen.history.manager, day) for day in days)


def collisions(seen: Seen) -> Finding | None:
    """R-05: three of the last five were cancelled, or moved on the day."""
    last = seen.gone_by[-5:]
    count = sum(_collided(t) for t in last)
    if len(last) < 5 or count < 3:
        return None
    return Finding(data={"count": count, "talks": 5})


def was_absence(seen: Seen) -> bool:
    """R-05: leave and holidays explain it."""
    days = (local(t.start, seen.history.report).date() for t in seen.gone_by[-5:] if _collided(t))
    return sum(not seen.is_away(day) for day in days) < 3


def _collided(talk: Talk) -> bool:
    return talk.state is MeetingState.CANCELLED or talk.moved_same_day


def rules() -> tuple[Rule, ...]:
    """Return R-01 to R-05."""
    return (
        built(
            "R-01",
            no_series,
            wants_no_series,
            audience=MANAGER,
            channel=Channel.CARD,
            step=Step.PROPOSE_SLOTS,
            cooldown=EVER,
            window=LOOK_AHEAD,
        ),
        built(
            "R-02",
            drift,
            keeps_to_the_agreement,
            audience=BOTH,
            channel=Channel.BRIEF,
            step=Step.CHANGE_RHYTHM,
            min_data=4,
            relations=ANY_PAIR,
        ),
        built(
            "R-03",
            silence,
            talked_or_away,
            audience=BOTH,
            channel=Channel.CARD,
            step=Step.PROPOSE_SLOTS,
            min_data=1,
            relations=ANY_PAIR,
        ),
        built(
            "R-04",
            first_week,
            manager_is_away,
            audience=MANAGER,
            channel=Channel.CARD,
            step=Step.PROPOSE_SLOTS,
            exempt=frozenset({Guard.NEW_MANAGER}),
        ),
        built(
            "R-05",
            collisions,
            was_absence,
            audience=BOTH,
            channel=Channel.BRIEF,
            step=Step.CHANGE_SLOT,
            relations=ANY_PAIR,
        ),
    )
