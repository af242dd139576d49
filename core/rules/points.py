"""What stands on the agenda: R-06 to R-08, R-10, R-11, R-18, R-24."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, timedelta

from core.content.template_model import ItemType
from core.model.people import Side
from core.model.suggestions import Channel
from core.rules.facts import Point, Talk
from core.rules.rule import ANY_PAIR, BOTH, REPORT, Finding, Rule, Step
from core.rules.seen import DAY, Seen, local
from core.rules.texts import built
from core.rules.values import Every, Facts

SAME_DAY = timedelta(hours=4)
LAST_MINUTE = timedelta(hours=2)
PROJECT_PHASE = timedelta(weeks=6)
NEW_STARTER = timedelta(days=90)
FORTNIGHT = timedelta(days=14)
STATUS_WORDS = re.compile(
    r"\b(?:status|stand|update|fyi|zur\s+info|info|erledigt|fertiggestellt|läuft|done|"
    r"progress|fortschritt|zwischenstand|rückblick|recap)\b",
    re.IGNORECASE,
)


def empty_agenda(seen: Seen) -> Finding | None:
    """R-06: the working day before, and nobody has written anything."""
    coming = seen.history.next
    if coming is None or coming.start <= seen.now or seen.waiting:
        return None
    if coming.start - seen.now <= SAME_DAY:
        return Finding(variant="later")
    day = local(coming.start, seen.history.report).date()
    if seen.today < working_day_before(seen, day):
        return None
    is_tomorrow = seen.today == day - DAY
    return Finding(variant="tomorrow" if is_tomorrow else "offer", to=REPORT)


def working_day_before(seen: Seen, day: date) -> date:
    """Return the report's last working day before a day."""
    report = seen.history.report
    before = day - DAY
    for _ in range(14):
        if before.weekday() in report.work_days and before not in report.holidays:
            return before
        before -= DAY
    return day - DAY


def talks_freely(seen: Seen) -> bool:
    """R-06: the pair likes to talk without an agenda."""
    return seen.history.setting.free_talk


def whose_agenda(seen: Seen) -> Finding | None:
    """R-07: less than a third of the points came from the report."""
    return _share(_written(seen.points_of(seen.held[-4:])))


def writes_for_both(seen: Seen) -> bool:
    """R-07: the manager types during the talk, for both."""
    points = _written(seen.points_of(seen.held[-4:]))
    return _share([p for p in points if not seen.written_during(p)]) is None


def _written(points: Iterable[Point]) -> list[Point]:
    return [p for p in points if p.by is not None and p.kind is not ItemType.UPDATE]


def _share(points: list[Point]) -> Finding | None:
    by_report = sum(p.by is Side.REPORT for p in points)
    if len(points) < 8 or by_report >= 0.3 * len(points):
        return None
    return Finding(data={"points": len(points), "by_report": by_report, "talks": 4})


def too_many(seen: Seen) -> Finding | None:
    """R-08: more open points than one in five minutes, and one."""
    return _crowd(seen, [p for p in seen.waiting if p.is_open])


def some_are_updates(seen: Seen) -> bool:
    """R-08: update lines are read, not talked through."""
    points = [p for p in seen.waiting if p.is_open and p.kind is not ItemType.UPDATE]
    return _crowd(seen, points) is None


def _crowd(seen: Seen, points: list[Point]) -> Finding | None:
    coming = seen.history.next
    if coming is None or len(points) <= coming.minutes // 5 + 1:
        return None
    return Finding(data={"points": len(points), "minutes": coming.minutes})


def status_share(seen: Seen) -> Finding | None:
    """R-10: most points were news in three of the last four talks."""
    last = seen.held[-4:]
    count = sum(_is_mostly_news(seen, talk) for talk in last)
    return Finding(data={"count": count, "talks": 4}) if count >= 3 else None


def _is_mostly_news(seen: Seen, talk: Talk) -> bool:
    points = seen.points_of([talk])
    return len(points) >= 3 and sum(_is_news(p) for p in points) > 0.6 * len(points)


def _is_news(point: Point) -> bool:
    if point.kind is ItemType.POINT and "?" not in point.text:
        return STATUS_WORDS.search(point.text) is not None
    return point.kind is ItemType.UPDATE


def is_a_launch(seen: Seen) -> bool:
    """R-10: a project phase of six weeks, or somebody new."""
    phase, starts = seen.history.setting.project_phase_from, seen.history.report.starts_on
    in_phase = phase is not None and phase <= seen.today < phase + PROJECT_PHASE
    return in_phase or (starts is not None and seen.today < starts + NEW_STARTER)


def travels(seen: Seen) -> Finding | None:
    """R-11: a point has been carried three times."""
    far = [p for p in seen.waiting if p.is_open and p.carried >= 3]
    if not far:
        return None
    farthest = max(far, key=lambda p: (p.kind is not ItemType.GOAL, p.carried, p.point_id))
    return Finding(data={"times": farthest.carried}, subject=farthest.point_id)


def is_a_goal(seen: Seen) -> bool:
    """R-11: goals are long."""
    far = [p for p in seen.waiting if p.is_open and p.carried >= 3]
    return all(p.kind is ItemType.GOAL for p in far)


def obstacle(seen: Seen) -> Finding | None:
    """R-18: an obstacle is older than two weeks and than one interval."""
    old = _old_obstacles(seen)
    if not old:
        return None
    eldest = min(old, key=lambda p: (p.waits_outside, p.added_at, p.point_id))
    data: Facts = {"age": seen.now - eldest.added_at, "agreed": Every(seen.agreed)}
    return Finding(data=data, subject=eldest.point_id)


def waits_outside(seen: Seen) -> bool:
    """R-18: it waits for people outside the pair."""
    return all(p.waits_outside for p in _old_obstacles(seen))


def _old_obstacles(seen: Seen) -> list[Point]:
    age = max(FORTNIGHT, seen.agreed)
    kinds = (ItemType.OBSTACLE, ItemType.CHALLENGE)
    return [
        p for p in seen.waiting if p.is_open and p.kind in kinds and seen.now - p.added_at > age
    ]


def last_minute(seen: Seen) -> Finding | None:
    """R-24: nearly everything is added in the two hours before the start."""
    last = seen.held[-4:]
    late = [_is_late(seen, talk) for talk in last]
    return Finding(data={"talks": len(last)}) if all(late) else None


def _is_late(seen: Seen, talk: Talk) -> bool:
    fresh = [p for p in seen.points_of([talk]) if not seen.written_during(p)]
    late = sum(timedelta() <= talk.start - p.added_at < LAST_MINUTE for p in fresh)
    return len(fresh) >= 2 and late > 0.8 * len(fresh)


def works_for_them(seen: Seen) -> bool:
    """R-24: the pair likes to talk without an agenda."""
    return seen.history.setting.free_talk


def rules() -> tuple[Rule, ...]:
    """Return them."""
    return (
        built(
            "R-06",
            empty_agenda,
            talks_freely,
            audience=BOTH,
            channel=Channel.CARD,
            step=Step.SHOW_QUESTIONS,
            relations=ANY_PAIR,
        ),
        built(
            "R-07",
            whose_agenda,
            writes_for_both,
            audience=BOTH,
            channel=Channel.BRIEF,
            step=Step.SHOW_QUESTIONS,
            min_data=4,
        ),
        built(
            "R-08",
            too_many,
            some_are_updates,
            audience=BOTH,
            channel=Channel.DRAFT,
            step=Step.PARK_POINTS,
            relations=ANY_PAIR,
        ),
        built(
            "R-10",
            status_share,
            is_a_launch,
            audience=BOTH,
            channel=Channel.DRAFT,
            step=Step.MOVE_UPDATES,
            min_data=4,
            reads_text=True,
        ),
        built(
            "R-11",
            travels,
            is_a_goal,
            audience=BOTH,
            channel=Channel.DRAFT,
            step=Step.DECIDE_POINT,
            relations=ANY_PAIR,
        ),
        built(
            "R-18",
            obstacle,
            waits_outside,
            audience=BOTH,
            channel=Channel.CARD,
            step=Step.PROPOSE_SLOTS,
            window=FORTNIGHT,
        ),
        built(
            "R-24",
            last_minute,
            works_for_them,
            audience=BOTH,
            channel=Channel.BRIEF,
            step=Step.CHANGE_REMINDER,
            min_data=4,
            on=False,
            relations=ANY_PAIR,
        ),
    )
