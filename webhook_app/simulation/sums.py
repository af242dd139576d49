"""What a play came to, in numbers: what was said, to whom, rightly or not, and how much silence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from core.model.meetings import MeetingState
from core.rules.registry import by_id
from webhook_app.simulation.behaviours import PORTRAITS, Behaviour
from webhook_app.simulation.play import Play, Played

WEEKS_A_MONTH = 52 / 12


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleSum:
    """One rule over the whole play."""

    rule_id: str
    said: int
    false: int
    heard_by: int
    """Pairs that heard it."""
    awaited_by: int
    """Pairs whose behaviour gives it a reason."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BehaviourSum:
    """All pairs of one behaviour."""

    behaviour: Behaviour
    pairs: int
    held: int
    meetings: int
    said: int
    false: int
    silent_pairs: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Sums:
    """The numbers of one play."""

    pairs: int
    with_bodies: int
    """Pairs that had calendars."""
    weeks: int
    meetings: Mapping[MeetingState, int]
    said: int
    false: int
    silent_pairs: int
    a_pair_a_month: float
    most_to_a_manager_in_a_week: int
    bodies_written: int
    actions_run: int
    rules: tuple[RuleSum, ...]
    behaviours: tuple[BehaviourSum, ...]


def sums_of(play: Play) -> Sums:
    """Return the numbers of a play."""
    states = Counter(v.state for pair in play.pairs for _, v in pair.meetings)
    months = play.weeks / WEEKS_A_MONTH
    return Sums(
        pairs=len(play.pairs),
        with_bodies=sum(pair.with_bodies for pair in play.pairs),
        weeks=play.weeks,
        meetings=dict(states),
        said=len(play.said),
        false=sum(len(pair.false_alarms) for pair in play.pairs),
        silent_pairs=sum(not pair.said for pair in play.pairs),
        a_pair_a_month=len(play.said) / max(1, len(play.pairs)) / months if months else 0.0,
        most_to_a_manager_in_a_week=_busiest(play),
        bodies_written=play.bodies_written,
        actions_run=play.actions_run,
        rules=tuple(_rule(play, rule_id) for rule_id in sorted(by_id())),
        behaviours=tuple(
            _behaviour([p for p in play.pairs if p.couple.behaviour is b], b)
            for b in PORTRAITS
            if any(p.couple.behaviour is b for p in play.pairs)
        ),
    )


def _busiest(play: Play) -> int:
    weeks: Counter[tuple[str, int]] = Counter()
    for pair in play.pairs:
        manager = pair.couple.manager.address
        for suggestion in pair.said:
            if manager in suggestion.to:
                weeks[manager, (suggestion.at - play.began).days // 7] += 1
    return max(weeks.values(), default=0)


def _rule(play: Play, rule_id: str) -> RuleSum:
    heard = [p for p in play.pairs if any(s.rule_id == rule_id for s in p.said)]
    return RuleSum(
        rule_id=rule_id,
        said=sum(s.rule_id == rule_id for s in play.said),
        false=sum(s.rule_id == rule_id for p in heard for s in p.false_alarms),
        heard_by=len(heard),
        awaited_by=sum(rule_id in PORTRAITS[p.couple.behaviour].expects for p in play.pairs),
    )


def _behaviour(pairs: list[Played], behaviour: Behaviour) -> BehaviourSum:
    meetings = [verdict for pair in pairs for _, verdict in pair.meetings]
    return BehaviourSum(
        behaviour=behaviour,
        pairs=len(pairs),
        held=sum(v.state is MeetingState.HELD for v in meetings),
        meetings=len(meetings),
        said=sum(len(pair.said) for pair in pairs),
        false=sum(len(pair.false_alarms) for pair in pairs),
        silent_pairs=sum(not pair.said for pair in pairs),
    )
