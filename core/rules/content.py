"""What the talks are about over time: R-12 to R-17."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Final

from core.content.prompts import Topic
from core.content.template_model import ItemType
from core.model.people import Side
from core.model.suggestions import Channel
from core.rules.facts import Action, Goal
from core.rules.rule import BOTH, MANAGER, Finding, Rule, Step
from core.rules.seen import DAY, Seen, local
from core.rules.texts import built

LONG_DUE = timedelta(days=21)
TOPIC_RESTS = timedelta(weeks=6)
FEEDBACK_GAP = timedelta(weeks=8)
DEVELOPMENT_GAP = timedelta(weeks=12)
GOAL_GAP = timedelta(weeks=6)
AROUND_MIDDLE = timedelta(days=14)
MOST_IS_KNOWN = 6
"""Points whose topic is known, before a missing one means anything."""

ROTATION: Final[Mapping[str, frozenset[Topic]]] = {
    "obstacles": frozenset({Topic.OBSTACLES, Topic.WORKLOAD}),
    "goals": frozenset({Topic.GOALS, Topic.PRIORITIES}),
    "feedback": frozenset({Topic.FEEDBACK_DOWN, Topic.FEEDBACK_UP}),
    "recognition": frozenset({Topic.RECOGNITION}),
    "development": frozenset({Topic.DEVELOPMENT, Topic.CAREER}),
    "wellbeing": frozenset({Topic.WELLBEING}),
}
"""The six topics that must not fall short."""


def open_promises(seen: Seen) -> Finding | None:
    """R-12: two things that the manager offered are open three weeks after their day."""
    old = [a for a in seen.history.actions if _is_long_due(a, seen.today)]
    return Finding(data={"count": len(old)}) if len(old) >= 2 else None


def said_done(seen: Seen) -> bool:
    """R-12: done, and only the task tool does not know."""
    old = [a for a in seen.history.actions if _is_long_due(a, seen.today)]
    return sum(not a.said_done for a in old) < 2


def _is_long_due(action: Action, today: date) -> bool:
    if action.owner is not Side.MANAGER or action.dropped or action.done_on is not None:
        return False
    return action.due is not None and today - action.due > LONG_DUE


def missing_topic(seen: Seen) -> Finding | None:
    """R-13: one of six topics never came up in the last six talks."""
    missing = _missing(seen)
    return Finding(variant=missing[0], subject=missing[0], data={"talks": 6}) if missing else None


def _missing(seen: Seen) -> list[str]:
    starts = {t.start for t in seen.held[-6:]}
    if seen.history.next:
        starts.add(seen.history.next.start)
    known = [p for p in seen.points if p.topics and (p.talk in starts or p.is_open)]
    if len(known) < MOST_IS_KNOWN:
        return []
    heard = {topic for p in known for topic in p.topics}
    rests = {
        past.subject
        for past in seen.history.past
        if past.rule_id == "R-13" and seen.now - past.at < TOPIC_RESTS
    }
    unwanted = seen.history.setting.unwanted
    absent = [n for n, topics in ROTATION.items() if not topics & heard and n not in rests]
    return sorted(absent, key=lambda name: bool(ROTATION[name] & unwanted))


def not_wanted_or_spoken(seen: Seen) -> bool:
    """R-13: the pair would rather not be asked, or talks about it without writing."""
    first = _missing(seen)[0]
    spoken = seen.told_elsewhere("R-13", local(seen.held[-6:][0].start, seen.history.report).date())
    return bool(ROTATION[first] & seen.history.setting.unwanted) or bool(spoken)


def no_thanks(seen: Seen) -> Finding | None:
    """R-14: things were completed, and no thanks stood on the last four agendas."""
    last = seen.held[-4:]
    since = local(last[0].start, seen.history.report).date()
    done = [a for a in seen.history.actions if a.done_on and since <= a.done_on <= seen.today]
    thanks = [
        p
        for p in (*seen.points_of(last), *seen.waiting)
        if p.kind is ItemType.THANKS or Topic.RECOGNITION in p.topics
    ]
    return Finding(data={"count": len(done)}) if len(done) >= 2 and not thanks else None


def thanked_elsewhere(seen: Seen) -> bool:
    """R-14: the manager said thanks in another place."""
    since = local(seen.held[-4:][0].start, seen.history.report).date()
    return bool(seen.told_elsewhere("R-14", since))


def no_upward_feedback(seen: Seen) -> Finding | None:
    """R-15: for eight weeks the manager has not asked how they do themselves."""
    if seen.now - seen.held[0].start < FEEDBACK_GAP:
        return None
    since = seen.now - FEEDBACK_GAP
    asked = [
        p
        for p in seen.points
        if p.added_at >= since and (p.kind is ItemType.FEEDBACK_UP or Topic.FEEDBACK_UP in p.topics)
    ]
    return None if asked else Finding(data={"weeks": 8})


def report_does_not_wish(seen: Seen) -> bool:
    """R-15: the report would rather not be asked, or one of the two was away for long."""
    return Topic.FEEDBACK_UP in seen.history.setting.unwanted or _was_away(seen, FEEDBACK_GAP)


def no_development_talk(seen: Seen) -> Finding | None:
    """R-16: no talk about development for twelve weeks."""
    if seen.now - seen.held[0].start < DEVELOPMENT_GAP:
        return None
    since = seen.now - DEVELOPMENT_GAP
    topics = {Topic.DEVELOPMENT, Topic.CAREER}
    talked = any(t.template == "career" and t.start >= since for t in seen.held)
    written = any(p.topics & topics and p.added_at >= since for p in seen.points)
    if talked or written or (seen.history.next and seen.history.next.template == "career"):
        return None
    return Finding(data={"weeks": 12}, subject="career")


def is_leaving(seen: Seen) -> bool:
    """R-16: the report leaves, is here for a while only, or one of the two was away for long."""
    report = seen.history.report
    return report.ends_on is not None or report.temporary or _was_away(seen, DEVELOPMENT_GAP)


def _was_away(seen: Seen, gap: timedelta) -> bool:
    """Tell whether more than a quarter of a time was leave or holidays."""
    return seen.present(seen.now - gap, seen.now) < 0.75 * gap


def goal_out_of_sight(seen: Seen) -> Finding | None:
    """R-17: a goal was not mentioned for six weeks, or its cycle is halfway."""
    found = _goals(seen)
    if not found:
        return None
    goal = min(found, key=lambda g: (g.tracked_elsewhere, g.goal_id))
    quiet = _is_quiet(goal, seen.today)
    variant = "offer" if quiet else "middle"
    last = max(goal.linked_on, goal.mentioned_on or goal.linked_on)
    return Finding(variant=variant, subject=goal.goal_id, data={"quiet": seen.today - last})


def _goals(seen: Seen) -> list[Goal]:
    today = seen.today
    return [g for g in seen.history.goals if _is_quiet(g, today) or _is_halfway(g, today)]


def _is_quiet(goal: Goal, today: date) -> bool:
    is_over = goal.cycle_end is not None and goal.cycle_end < today
    last = max(goal.linked_on, goal.mentioned_on or goal.linked_on)
    return not is_over and today - last >= GOAL_GAP


def _is_halfway(goal: Goal, today: date) -> bool:
    if goal.cycle_start is None or goal.cycle_end is None:
        return False
    middle = goal.cycle_start + (goal.cycle_end - goal.cycle_start) / 2
    checked = goal.checked_on is not None and goal.checked_on >= middle - AROUND_MIDDLE
    return middle <= today <= middle + AROUND_MIDDLE - DAY and not checked


def tracked_elsewhere(seen: Seen) -> bool:
    """R-17: the pair keeps its goals in another place."""
    return all(goal.tracked_elsewhere for goal in _goals(seen))


def rules() -> tuple[Rule, ...]:
    """Return them."""
    return (
        built(
            "R-12",
            open_promises,
            said_done,
            audience=MANAGER,
            channel=Channel.BRIEF,
            step=Step.SHOW_ACTIONS,
            window=LONG_DUE,
        ),
        built(
            "R-13",
            missing_topic,
            not_wanted_or_spoken,
            audience=BOTH,
            channel=Channel.DRAFT,
            step=Step.ADD_POINT,
            min_data=6,
        ),
        built(
            "R-14",
            no_thanks,
            thanked_elsewhere,
            audience=MANAGER,
            channel=Channel.BRIEF,
            step=Step.SHOW_ACTIONS,
            min_data=4,
        ),
        built(
            "R-15",
            no_upward_feedback,
            report_does_not_wish,
            audience=MANAGER,
            channel=Channel.BRIEF,
            step=Step.ADD_POINT,
            min_data=4,
            window=FEEDBACK_GAP,
        ),
        built(
            "R-16",
            no_development_talk,
            is_leaving,
            audience=BOTH,
            channel=Channel.DRAFT,
            step=Step.USE_TEMPLATE,
            min_data=4,
            window=DEVELOPMENT_GAP,
        ),
        built(
            "R-17",
            goal_out_of_sight,
            tracked_elsewhere,
            audience=BOTH,
            channel=Channel.DRAFT,
            step=Step.SHOW_GOALS,
            window=GOAL_GAP,
        ),
    )
