"""Time: length, sum, evenness and place of the talks: R-09, R-19 to R-21."""

from __future__ import annotations

from datetime import datetime, timedelta
from statistics import median

from core.model.suggestions import Channel
from core.rules.facts import History, Person
from core.rules.rule import ANY_PAIR, BOTH, MANAGER, Finding, Rule, Step
from core.rules.seen import DAY, Seen, local, on_leave
from core.rules.texts import built
from core.rules.values import Every, Facts

FORTNIGHT = timedelta(days=14)
WEEK = timedelta(days=7)
MOST_MINUTES = 6 * 60
MOST_REPORTS = 8
EVEN_WINDOW = timedelta(weeks=8)
USUAL_HOURS = 40
LONG_BLOCK = timedelta(hours=2)
NO_BREAK = timedelta(minutes=10)
AN_HOUR = timedelta(hours=1)
EARLY, LATE = 10, 15


def length(seen: Seen) -> Finding | None:
    """R-09: too short or too long for how often they meet."""
    coming = seen.history.next
    if coming is None:
        return None
    data: Facts = {"minutes": coming.minutes, "agreed": Every(seen.agreed)}
    if coming.minutes > 75:
        return Finding(variant="long", data=data)
    if seen.agreed >= FORTNIGHT and coming.minutes < 20:
        return Finding(variant="rare", data=data)
    if seen.agreed < FORTNIGHT and coming.minutes < 15:
        return Finding(variant="short", data=data)
    return None


def chosen_on_purpose(seen: Seen) -> bool:
    """R-09: a format that is short or long by itself."""
    coming = seen.history.next
    return coming is not None and coming.template not in ("", "weekly", "remote")


def time_load(seen: Seen) -> Finding | None:
    """R-19: more than six hours of talks a week, or more than eight people each week."""
    minutes, weekly = 0.0, 0
    for history in seen.team:
        other = Seen(history=history, team=seen.team, now=seen.now)
        if history.next is not None:
            minutes += history.next.minutes * (WEEK / other.agreed)
            weekly += other.agreed <= WEEK
    if minutes <= MOST_MINUTES and weekly <= MOST_REPORTS:
        return None
    return Finding(data={"hours": round(minutes / 60), "people": len(seen.team)})


def leads_many_on_purpose(seen: Seen) -> bool:
    """R-19: so wide a span is meant to be."""
    return seen.history.manager.wide_span


def unevenness(seen: Seen) -> Finding | None:
    """R-20: this report had less than half of the usual time in eight weeks."""
    minutes = {h.pair_id: _minutes(seen, h) for h in _settled(seen)}
    if not _is_short(seen, minutes):
        return None
    usual = timedelta(minutes=median(minutes.values()))
    return Finding(data={"report": seen.history.report.called, "usual": _hours(usual), "weeks": 8})


def explained_by_presence(seen: Seen) -> bool:
    """R-20: part-time and absence explain it."""
    fair = {h.pair_id: _minutes(seen, h) / _presence(seen, h) for h in _settled(seen)}
    return not _is_short(seen, fair)


def _is_short(seen: Seen, minutes: dict[str, float]) -> bool:
    mine = minutes.get(seen.history.pair_id)
    if mine is None or len(minutes) < 4:
        return False
    return mine < 0.5 * median(minutes.values()) and mine == min(minutes.values())


def _settled(seen: Seen) -> list[History]:
    """Return the team's pairs that have been there for the whole window."""
    first = (seen.now - EVEN_WINDOW).date()
    return [
        h
        for h in seen.team
        if h.relation is seen.history.relation
        and (h.manager_since is None or h.manager_since <= first)
        and (h.report.starts_on is None or h.report.starts_on <= first)
    ]


def _minutes(seen: Seen, history: History) -> float:
    other = Seen(history=history, team=seen.team, now=seen.now)
    return sum(t.minutes for t in other.perhaps_held if t.start >= seen.now - EVEN_WINDOW)


def _presence(seen: Seen, history: History) -> float:
    days = [seen.today - n * DAY for n in range(EVEN_WINDOW.days)]
    there = sum(not on_leave(history.report, day) for day in days) / len(days)
    return max(0.05, there * history.report.weekly_hours / USUAL_HOURS)


def _hours(span: timedelta) -> int:
    return max(1, round(span / AN_HOUR))


def slot_quality(seen: Seen) -> Finding | None:
    """R-21: something else is there by now, or the slot itself is a hard one.

    Early on Monday, late on Friday, beside long meetings, or outside working hours.
    """
    coming = seen.history.next
    if coming is None or coming.start <= seen.now:
        return None
    end = coming.start + timedelta(minutes=coming.minutes)
    pair = (seen.history.report, seen.history.manager)
    if any(_collides(coming.start, end, p) for p in pair):
        return Finding(variant="collides", urgent=True)
    if any(p.hours_known and not _is_inside(coming.start, end, p) for p in pair):
        return Finding(variant="outside")
    if any(_is_beside_long_block(coming.start, end, p) for p in pair):
        return Finding(variant="packed")
    if any(_is_at_an_end(coming.start, p) for p in pair):
        return Finding(variant="edge")
    return None


def fits_their_hours(seen: Seen) -> bool:
    """R-21: they work other hours: an hour from either end of the day is no edge."""
    found = slot_quality(seen)
    coming = seen.history.next
    if found is None or coming is None or found.variant != "edge":
        return False
    end = coming.start + timedelta(minutes=coming.minutes)
    pair = (seen.history.report, seen.history.manager)
    edgy = (p for p in pair if _is_at_an_end(coming.start, p))
    return all(p.hours_known and _is_well_inside(coming.start, end, p) for p in edgy)


def _is_inside(start: datetime, end: datetime, person: Person) -> bool:
    here, there = local(start, person), local(end, person)
    in_time = person.work_from <= here.time() and there.time() <= person.work_to
    return here.weekday() in person.work_days and in_time and here.date() == there.date()


def _is_well_inside(start: datetime, end: datetime, person: Person) -> bool:
    return _is_inside(start - AN_HOUR, end + AN_HOUR, person)


def _is_at_an_end(start: datetime, person: Person) -> bool:
    here = local(start, person)
    return (here.weekday() == 0 and here.hour < EARLY) or (
        here.weekday() == 4 and here.hour >= LATE
    )


def _collides(start: datetime, end: datetime, person: Person) -> bool:
    return any(first < end and start < last for first, last in person.busy)


def _is_beside_long_block(start: datetime, end: datetime, person: Person) -> bool:
    return any(
        last - first > LONG_BLOCK
        and (timedelta() <= start - last <= NO_BREAK or timedelta() <= first - end <= NO_BREAK)
        for first, last in _blocks(person)
    )


def _blocks(person: Person) -> list[tuple[datetime, datetime]]:
    """Return busy times, those without a break between them as one."""
    blocks: list[tuple[datetime, datetime]] = []
    for start, end in sorted(person.busy):
        if blocks and start - blocks[-1][1] <= NO_BREAK:
            blocks[-1] = (blocks[-1][0], max(end, blocks[-1][1]))
        else:
            blocks.append((start, end))
    return blocks


def rules() -> tuple[Rule, ...]:
    """Return them."""
    return (
        built(
            "R-09",
            length,
            chosen_on_purpose,
            audience=BOTH,
            channel=Channel.BRIEF,
            step=Step.CHANGE_LENGTH,
            relations=ANY_PAIR,
        ),
        built(
            "R-19",
            time_load,
            leads_many_on_purpose,
            audience=MANAGER,
            channel=Channel.CARD,
            step=Step.SHOW_OPTIONS,
            once_a_manager=True,
        ),
        built(
            "R-20",
            unevenness,
            explained_by_presence,
            audience=MANAGER,
            channel=Channel.BRIEF,
            step=Step.PROPOSE_SLOTS,
            once_a_manager=True,
            window=EVEN_WINDOW,
        ),
        built(
            "R-21",
            slot_quality,
            fits_their_hours,
            audience=BOTH,
            channel=Channel.BRIEF,
            step=Step.CHANGE_SLOT,
            relations=ANY_PAIR,
        ),
    )
