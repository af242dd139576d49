"""`vieraugen change …` and `pair reopen`: another manager, and what passes on."""

from __future__ import annotations

from argparse import Namespace
from dataclasses import replace

from core.model.handover import Fate, ManagerChange, Release
from core.model.people import normal_address
from core.model.settings import Bond
from core.service.access_request import plain
from core.service.handover import (
    begin_change,
    changes_for,
    choose_release,
    decide_promise,
    promises_to_decide,
)
from core.service.old_pairs import reopen as reopen_pair
from webhook_app.cli.opening import opened, show
from webhook_app.cli.people import day_of
from webhook_app.jobs.clock import utc_now


def begin(args: Namespace) -> int:
    """Note that somebody gets another manager on a day."""
    with opened(args) as app, app.store.transaction() as tx:
        on = day_of("--on", args.on)
        change = begin_change(tx, args.report, args.old, args.new, on, now=utc_now())
    show(args, {"change": change.change_id}, f"{change.change_id}: from {change.on} on.")
    return 0


def show_all(args: Namespace) -> int:
    """Print the changes in which somebody has a part, as they may see them."""
    by = normal_address(args.by)
    with opened(args) as app, app.store.transaction() as tx:
        found = changes_for(tx, by)
        mine = [c.change_id for c in found if c.old == by and not c.done]
        promises = {c: [plain(p) for p in promises_to_decide(tx, c, by=by)] for c in mine}
    lines = [f"{c.change_id}  {c.report}: {c.old} -> {c.new} on {c.on}" for c in found]
    data = [
        {**plain(c), **({"to_decide": promises[c.change_id]} if c.change_id in promises else {})}
        for c in found
    ]
    show(args, {"changes": data}, "\n".join(lines) or "No change of manager.")
    return 0


def release(args: Namespace) -> int:
    """Keep what the report lets pass on."""
    by = normal_address(args.by)
    chosen = {
        name: getattr(args, name) == "yes"
        for name in ("actions", "points", "goals", "history")
        if getattr(args, name)
    }
    with opened(args) as app, app.store.transaction() as tx:
        known = next((c for c in changes_for(tx, by) if c.change_id == args.change), None)
        wanted = replace(known.release if known else Release(), **chosen)
        change: ManagerChange = choose_release(tx, args.change, wanted, by=by, now=utc_now())
    data = plain(change.release)
    show(args, data, "\n".join(f"{name:8} {'yes' if on else 'no'}" for name, on in data.items()))
    return 0


def promise(args: Namespace) -> int:
    """Say what becomes of a promise."""
    fate = {"keep": Fate.KEPT, "offer": Fate.OFFERED, "close": Fate.CLOSED, "take": Fate.TAKEN}
    with opened(args) as app, app.store.transaction() as tx:
        by = normal_address(args.by)
        decide_promise(tx, args.change, args.item, fate[args.fate], by=by, now=utc_now())
    show(args, {"item": args.item, "fate": args.fate}, "Noted.")
    return 0


def reopen(args: Namespace) -> int:
    """Let a frozen pair go on as another kind of pair, with its history."""
    with opened(args) as app, app.store.transaction() as tx:
        pair = reopen_pair(tx, args.manager, args.report, Bond(args.bond), now=utc_now())
    show(args, {"pair": pair.pair_id, "bond": args.bond}, "Open again: `vieraugen series enable`.")
    return 0
