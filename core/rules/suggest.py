"""What is suggested now: at most one offer a pair and a talk, two a manager and a week."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

from core.model.people import PairId, Side
from core.model.suggestions import Suggestion
from core.rules.facts import History, Switches
from core.rules.guards import had_one, left_this_week, may_run
from core.rules.registry import built_in
from core.rules.rule import Finding, Rule
from core.rules.seen import Seen
from core.rules.values import kept

EVERYTHING = Switches()


def suggest(
    histories: Iterable[History],
    now: datetime,
    *,
    switches: Switches = EVERYTHING,
    own_rules: Sequence[Rule] = (),
    rules: Sequence[Rule] | None = None,
) -> tuple[Suggestion, ...]:
    """Return what is offered to these pairs; hand in all pairs of a manager at once."""
    order = (*(built_in() if rules is None else rules), *own_rules)
    teams: dict[str, list[History]] = defaultdict(list)
    for history in histories:
        teams[history.manager.address].append(history)
    chosen = [s for _, team in sorted(teams.items()) for s in _for_team(team, now, switches, order)]
    return tuple(sorted(chosen, key=lambda s: (s.pair_id, s.rule_id)))


def _for_team(
    team: list[History], now: datetime, switches: Switches, order: Sequence[Rule]
) -> Iterator[Suggestion]:
    pairs = tuple(sorted(team, key=lambda h: h.pair_id))
    left = left_this_week(pairs, now)
    heard, once = set[str](), set[str]()
    for _, rule, seen, finding in sorted(_found(pairs, now, switches, order), key=_urgency):
        to_manager = Side.MANAGER in _audience(rule, finding)
        is_spent = to_manager and not left
        if seen.history.pair_id in heard or rule.rule_id in once or is_spent:
            continue
        left -= to_manager
        heard.add(seen.history.pair_id)
        if rule.once_a_manager:
            once.add(rule.rule_id)
        yield _suggestion(rule, seen, finding)


Found = tuple[int, Rule, Seen, Finding]


def _found(
    pairs: tuple[History, ...], now: datetime, switches: Switches, order: Sequence[Rule]
) -> Iterator[Found]:
    for history in pairs:
        if had_one(history, now):
            continue
        seen = Seen(history=history, team=pairs, now=now)
        if seen.is_quiet:
            continue
        for rank, rule in enumerate(order):
            if not may_run(rule, seen, switches):
                continue
            finding = rule.condition(seen)
            if finding and not rule.false_positive(seen):
                yield -1 if finding.urgent else rank, rule, seen, finding


def _urgency(found: Found) -> tuple[int, datetime, str]:
    """Sort pressing rules first, then pairs that have waited longest for a word."""
    rank, _, seen, _ = found
    last = max((past.at for past in seen.history.past), default=seen.now.replace(year=1970))
    return rank, last, seen.history.pair_id


def _suggestion(rule: Rule, seen: Seen, finding: Finding) -> Suggestion:
    history = seen.history
    addresses = {Side.MANAGER: history.manager.address, Side.REPORT: history.report.address}
    return Suggestion(
        rule_id=rule.rule_id,
        pair_id=PairId(history.pair_id),
        at=seen.now,
        meeting=history.next.start if history.next else None,
        to=tuple(addresses[side] for side in sorted(_audience(rule, finding))),
        channel=rule.channel,
        variant=finding.variant,
        subject=finding.subject,
        facts=kept(finding.data),
    )


def _audience(rule: Rule, finding: Finding) -> frozenset[Side]:
    return rule.audience if finding.to is None else rule.audience & finding.to
