"""`vieraugen goal …`, `pulse …`, `digest …`: what is in sight, was useful, and may be summed up."""

from __future__ import annotations

from argparse import Namespace
from typing import Any

from core.errors import NotFound
from core.model.digest import Digest
from core.model.goals import Goal, GoalState
from core.model.people import PairId, normal_address, pair_id
from core.model.pulse import Useful
from core.model.reflection import Listened
from core.model.series import SeriesId
from core.service.access_request import plain
from core.service.consent import known_series
from core.service.digest import (
    add_line,
    digest_markdown,
    make_digest,
    own_digest,
    reword_line,
    strike_line,
)
from core.service.goals import goals_of, link_goal, touch_goal, unlink_goal
from core.service.pulse import agree_to_show, answer_pulse, pulse_due, pulses_of
from core.service.reflection import reflect, reflections_of
from core.store import Transaction
from webhook_app.cli.opening import opened, show
from webhook_app.cli.people import day_of
from webhook_app.jobs.clock import utc_now


def list_goals(args: Namespace) -> int:
    """Print a pair's goals."""
    now, pair = utc_now(), pair_id(args.by, args.other)
    with opened(args) as app, app.store.transaction() as tx:
        found = goals_of(tx, pair, reader=normal_address(args.by), today=now.date())
    lines = [
        f"{g.goal_id}  {g.state.value:8} {g.title}{'  (out of sight)' if s else ''}"
        for g, s in found
    ]
    data = [{**plain(goal), "stale": stale} for goal, stale in found]
    show(args, {"goals": data}, "\n".join(lines) or "No goals yet.")
    return 0


def link(args: Namespace) -> int:
    """Link a goal."""
    due = day_of("--due", args.due) if args.due else None
    with opened(args) as app, app.store.transaction() as tx:
        goal = link_goal(
            tx,
            pair_id(args.by, args.other),
            args.title,
            by=normal_address(args.by),
            now=utc_now(),
            url=args.url or "",
            due=due,
        )
    return _told(args, goal)


def touch(args: Namespace) -> int:
    """Say that a goal was spoken of, or how it stands; `unlink` forgets it."""
    pair, by, now = pair_id(args.by, args.other), normal_address(args.by), utc_now()
    with opened(args) as app, app.store.transaction() as tx:
        if args.state == "unlink":
            unlink_goal(tx, pair, args.goal, by=by, now=now)
            show(args, {"goal_id": args.goal}, "Unlinked.")
            return 0
        state = GoalState(args.state) if args.state else None
        goal = touch_goal(tx, pair, args.goal, by=by, now=now, state=state)
    return _told(args, goal)


def _told(args: Namespace, goal: Goal) -> int:
    show(args, plain(goal), f"{goal.goal_id}  {goal.state.value}  {goal.title}")
    return 0


def pulse(args: Namespace) -> int:
    """Answer whether the last talk was useful; without an answer say whether it is time."""
    series, by, now = SeriesId(args.series), normal_address(args.by), utc_now()
    with opened(args) as app, app.store.transaction() as tx:
        if args.show:
            pair = known_pair(tx, series)
            agree_to_show(tx, pair, args.show == "yes", by=by, now=now)
        if args.answer is None:
            due = pulse_due(tx, series, by, now) is not None
            show(args, {"due": due}, "Was the last talk useful?" if due else "Not now.")
            return 0
        useful = Useful(args.answer)
        answer = answer_pulse(tx, series, useful, by=by, now=now, change=args.change or "")
        both = pulses_of(tx, answer.pair_id, reader=by)
    show(args, {"answers": [plain(a) for a in both]}, "Noted.")
    return 0


def known_pair(tx: Transaction, series_id: SeriesId) -> PairId:
    """Return whose series it is. Raise NotFound."""
    series = known_series(tx, series_id)
    if series.pair_id is None:
        raise NotFound("this series belongs to no pair")
    return series.pair_id


def think(args: Namespace) -> int:
    """Keep a thought on the last talk, and print one's own."""
    series, by = SeriesId(args.series), normal_address(args.by)
    with opened(args) as app, app.store.transaction() as tx:
        if args.listened:
            listened = Listened(args.listened)
            reflect(tx, series, listened, by=by, now=utc_now(), text=args.text or "")
        own = reflections_of(tx, series, by=by)
    lines = [f"{r.on}  {r.listened.value:7} {r.text}".rstrip() for r in own]
    show(args, {"reflections": [plain(r) for r in own]}, "\n".join(lines) or "None yet.")
    return 0


def digest(args: Namespace) -> int:
    """Collect a period, or edit what was collected; print it as Markdown."""
    by, now = normal_address(args.by), utc_now()
    begins, ends = day_of("begins", args.begins), day_of("ends", args.ends)
    with opened(args) as app, app.store.transaction() as tx:
        pair = pair_id(args.by, args.other)
        made = make_digest(tx, pair, owner=by, begins=begins, ends=ends, now=now)
        for line in args.strike or ():
            strike_line(tx, made.digest_id, line, True, by=by, now=now)
        for line in args.unstrike or ():
            strike_line(tx, made.digest_id, line, False, by=by, now=now)
        for line, text in args.reword or ():
            reword_line(tx, made.digest_id, line, text, by=by, now=now)
        for text in args.add or ():
            add_line(tx, made.digest_id, text, by=by, now=now)
        edited: Digest = own_digest(tx, made.digest_id, by)
    data: dict[str, Any] = plain(edited)
    show(args, data, digest_markdown(edited, args.locale).rstrip())
    return 0
