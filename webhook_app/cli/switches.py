"""`vieraugen switches …`: the log of the company's switches, and whether it is whole."""

from __future__ import annotations

import json
from argparse import Namespace

from core.model.switches import SwitchEntry, broken_line
from core.service.council_pack import council_pack
from core.service.coverage import coverage
from webhook_app.cli.opening import opened, show
from webhook_app.jobs.clock import utc_now


def show_log(args: Namespace) -> int:
    """Show who turned what, and when."""
    with opened(args) as app, app.store.transaction() as tx:
        log = tx.nouns(SwitchEntry)
    rows = [
        {
            "number": e.number,
            "at": e.at.isoformat(),
            "by": e.by,
            "name": e.name,
            "on": e.on,
            "seal": e.seal,
        }
        for e in log
    ]
    lines = [
        f"{e.number:4}  {e.at:%Y-%m-%d %H:%M}  {e.name} {'on' if e.on else 'off'}  by {e.by}"
        for e in log
    ]
    fresh = "No switch was ever turned: rules that read words are off, the others as designed."
    show(args, {"log": rows}, "\n".join(lines) or fresh)
    return 0


def verify(args: Namespace) -> int:
    """Check that each line of the log seals the one before it."""
    with opened(args) as app, app.store.transaction() as tx:
        log = tx.nouns(SwitchEntry)
    broken = broken_line(log, args.head)
    head = log[-1].seal if log else ""
    text = f"{len(log)} lines, whole. Write this seal down: {head or 'none yet'}"
    if broken is not None:
        text = f"The log is broken at line {broken}: it was changed, or lines were taken out."
    show(args, {"lines": len(log), "broken_at": broken, "head": head}, text)
    return 0 if broken is None else 1


def show_coverage(args: Namespace) -> int:
    """Print a month's figures, where the company turned them on."""
    with opened(args) as app, app.store.transaction() as tx:
        found = coverage(tx, args.month, now=utc_now())
    rows = [{"department": s.department, "met": s.met} for s in found.shares]
    lines = [f"{s.met:4} %  {s.department or 'the whole company'}" for s in found.shares]
    none = "Fewer than eight people of a department (or in all) were there all month."
    show(args, {"month": found.month, "shares": rows}, "\n".join(lines) or none)
    return 0


def show_pack(args: Namespace) -> int:
    """Print the works council's pack as JSON, for reading and for keeping."""
    with opened(args) as app, app.store.transaction() as tx:
        pack = council_pack(tx, utc_now(), args.locale)
    print(json.dumps(pack, ensure_ascii=False, indent=2))
    return 0
