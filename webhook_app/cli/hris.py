"""`vieraugen hris …`: reporting lines from a CSV file, all of it or nothing."""

from __future__ import annotations

import sys
from argparse import Namespace
from pathlib import Path

from core.errors import InvalidInput
from core.hris import HrisPlan, read_csv
from core.model.engagement import HrisEvent
from core.service.hris import plan_batch, take_in_batch
from webhook_app.cli.opening import opened, show
from webhook_app.hooks.hris import counted, take_again, told
from webhook_app.jobs.clock import utc_now


def take_in(args: Namespace) -> int:
    """Take a CSV in; `--dry-run` lists what would happen and keeps nothing."""
    rows, now = read_csv(_text(args.file)), utc_now()
    with opened(args) as app, app.store.transaction() as tx:
        plan = plan_batch(tx, rows, now)
        if not plan.errors and not args.dry_run:
            take_in_batch(tx, plan, now, locale=app.settings.locale)
    if plan.errors:
        return _refuse(args, plan)
    data = told(plan) if args.dry_run else counted(plan)
    show(args, {"dry_run": args.dry_run, **data}, _lines(plan, dry_run=args.dry_run))
    return 0


def _refuse(args: Namespace, plan: HrisPlan) -> int:
    errors = [{"row": e.row, "code": e.code, "text": e.text} for e in plan.errors]
    lines = [f"row {e.row}: {e.text}" for e in plan.errors]
    show(args, {"errors": errors}, "\n".join(["Nothing was taken in:", *lines]))
    return 1


def _lines(plan: HrisPlan, *, dry_run: bool) -> str:
    head = "Would take in, and has kept nothing:" if dry_run else "Taken in:"
    lines = [head, *(f"  {n:6} {name.replace('_', ' ')}" for name, n in counted(plan).items())]
    if dry_run:
        lines += [f"  new pair: {pair}" for pair in plan.new_pairs]
        lines += [f"  ended pair: {pair}" for pair in plan.ended_pairs]
        lines += [f"  {r}: from {old} to {new}" for r, old, new in plan.changed_managers]
        lines += [f"  nobody here knew yet: {address}" for address in plan.unknown]
    return "\n".join(lines)


def _text(name: str) -> str:
    try:
        raw = sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
        return raw.decode("utf-8-sig")
    except OSError as err:
        raise InvalidInput(f"{name}: {err.strerror}") from err
    except UnicodeDecodeError as err:
        raise InvalidInput(f"{name}: save it as UTF-8: byte {err.start} is none") from err


def events(args: Namespace) -> int:
    """List the events that were taken in: ids, kinds and counts."""
    with opened(args) as app, app.store.transaction() as tx:
        found = tx.nouns(HrisEvent)
    data = [
        {"id": e.event_id, "type": e.kind, "at": e.at.isoformat(), "did": e.result} for e in found
    ]
    text = "\n".join(f"{d['at']}  {d['type']:18} {d['id']}  {d['did']}" for d in data)
    show(args, {"events": data}, text or "None yet.")
    return 0


def replay(args: Namespace) -> int:
    """Take a kept event in once more, as after a mistake in our own rules."""
    with opened(args) as app:
        plan = take_again(app, args.event, utc_now())
    if plan.errors:
        return _refuse(args, plan)
    show(args, counted(plan), _lines(plan, dry_run=False))
    return 0
