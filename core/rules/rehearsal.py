"""What rules would have said in the past: a dry run over the history of pairs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from core.model.people import Side
from core.model.suggestions import Suggestion
from core.rules.facts import History, Next, Past, Switches
from core.rules.rule import Rule
from core.rules.suggest import suggest

STEP = timedelta(days=1)


def rehearse(
    histories: Iterable[History],
    rules: Sequence[Rule],
    *,
    since: datetime,
    until: datetime,
    switches: Switches,
) -> tuple[Suggestion, ...]:
    """Return what the rules would have said day by day, with all guards, oldest first.

    Each day is seen as it was, as far as that is kept: talks and points that came later are
    left out, and the first talk behind it is the next one.
    """
    team = tuple(histories)
    said: list[Suggestion] = []
    day = since
    while day <= until:
        then = [_remembering(_as_of(h, day), said) for h in team]
        said += suggest(then, day, switches=switches, own_rules=rules, rules=())
        day += STEP
    return tuple(said)


def _as_of(history: History, day: datetime) -> History:
    later = sorted((t for t in history.talks if t.start > day), key=lambda t: t.start)
    coming = history.next
    if later:
        coming = Next(start=later[0].start, minutes=later[0].minutes, template=later[0].template)
    points = tuple(
        replace(p, is_open=p.talk > day or (p.is_open and p.added_at <= day))
        for p in history.points
    )
    done = day.date()
    actions = tuple(
        replace(a, done_on=None) if a.done_on and a.done_on > done else a for a in history.actions
    )
    talks = tuple(t for t in history.talks if t.start <= day)
    return replace(history, next=coming, points=points, actions=actions, talks=talks)


def _remembering(history: History, said: Iterable[Suggestion]) -> History:
    sides = {history.report.address: Side.REPORT, history.manager.address: Side.MANAGER}
    past = tuple(
        Past(
            rule_id=s.rule_id,
            at=s.at,
            meeting=s.meeting,
            to=frozenset(sides[address] for address in s.to if address in sides),
            subject=s.subject,
        )
        for s in said
        if s.pair_id == history.pair_id
    )
    return replace(history, past=past)
