"""When no rule speaks, whatever it saw."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from core.model.people import Side
from core.rules.facts import History, Past, Switches
from core.rules.rule import Guard, Rule, Step
from core.rules.seen import DAY, Seen

WEEK = timedelta(days=7)
A_MANAGER_A_WEEK = 2


def may_run(rule: Rule, seen: Seen, switches: Switches) -> bool:
    """Tell whether a rule is on, fits the pair, has data enough and is not asked to be silent."""
    return (
        is_on(rule, switches)
        and seen.history.relation in rule.relations
        and len(seen.held) >= rule.min_data
        and rule.rule_id not in seen.history.mutes
        and not is_cooling_down(rule, seen)
        and not is_quiet_time(rule, seen)
    )


def is_on(rule: Rule, switches: Switches) -> bool:
    """Tell whether the company lets a rule run."""
    if rule.rule_id in switches.off or (rule.reads_text and not switches.text_rules):
        return False
    return rule.on or rule.rule_id in switches.on


def is_quiet_time(rule: Rule, seen: Seen) -> bool:
    """Tell whether it is leave, a holiday, or too soon after installation or a new manager."""
    if seen.is_quiet or (seen.history.paused and rule.step is not Step.REDUCE_EXPOSURE):
        return True
    if seen.is_new_manager and Guard.NEW_MANAGER not in rule.exempt:
        return True
    if seen.is_report_away and Guard.LEAVE_OF_REPORT not in rule.exempt:
        return True
    return not seen.on_holiday.isdisjoint(rule.audience)


def is_cooling_down(rule: Rule, seen: Seen) -> bool:
    """Tell whether the rule spoke to the pair, or where so asked to the manager, not long ago."""
    heard = seen.team if rule.once_a_manager else (seen.history,)
    return any(
        past.rule_id == rule.rule_id and seen.now - past.at < rule.cooldown
        for history in heard
        for past in history.past
    )


def had_one(history: History, now: datetime) -> bool:
    """Tell whether the pair has had its suggestion for the next talk, or this week without one."""
    start = history.next.start if history.next else None
    if start is None:
        return any(now - past.at < WEEK for past in history.past)
    return any(past.meeting == start for past in history.past)


def left_this_week(team: Iterable[History], now: datetime) -> int:
    """Return how many suggestions may still reach a manager this week."""
    reached = sum(_reached(past, now) for history in team for past in history.past)
    return max(0, A_MANAGER_A_WEEK - reached)


def _reached(past: Past, now: datetime) -> bool:
    return Side.MANAGER in past.to and now - past.at < 7 * DAY
