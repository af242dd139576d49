"""`vieraugen mail` and `vieraugen replay`: take in again what came from outside."""

from __future__ import annotations

import re
from argparse import Namespace
from collections.abc import Sequence
from contextlib import nullcontext
from datetime import datetime, timedelta
from typing import Any

from core.errors import InvalidInput, NotFound
from core.model.calendar import CalendarId
from core.model.people import normal_address
from core.model.received import Received, ReceivedKind, ReceivedState
from core.model.series import Connection
from core.store import Transaction
from webhook_app.cli.opening import engine_is_on, opened, show
from webhook_app.hooks.inbox import work_off
from webhook_app.hooks.rows import KEPT, calendar_push
from webhook_app.jobs.clock import utc_now
from webhook_app.jobs.lock import engine_lock
from webhook_app.logs import log_to_stderr
from webhook_app.mailbox import place_of, poll
from webhook_app.wiring import App


def read_mail(args: Namespace) -> int:
    """Read the mailbox once and say what became of each mail, by counts."""
    with opened(args) as app:
        if place_of(app.settings) is None:
            raise InvalidInput("imap_url is not set: no mailbox to read replies from")
        counts = poll(app, utc_now())
    lines = [f"{outcome}: {count}" for outcome, count in sorted(counts.items())]
    show(args, {k.value: v for k, v in counts.items()}, "\n".join(lines) or "No new mail.")
    return 0


def replay(args: Namespace) -> int:
    """List what came in and do it once more; without a choice, have the calendars read."""
    chosen = args.since or args.suite or args.kind or args.id or args.failed or args.dry_run
    if chosen and (args.person or args.from_start):
        raise InvalidInput("--person and --from-start read calendars: leave the others out")
    with opened(args) as app:
        return _replay_rows(args, app) if chosen else _read_calendars(args, app)


def _replay_rows(args: Namespace, app: App) -> int:
    log_to_stderr(only_trouble=True)
    now, number = utc_now(), 0
    found: list[Received] = []
    since = since_of(args.since, now) if args.since else None
    with app.store.transaction() as tx:
        while page := _page(tx, args, since, number):
            number = page[-1].number
            found += [row for row in page if _is_chosen(row, args)]
        if args.id and not found:
            raise NotFound(f"nothing with the id {args.id}: it is kept for {KEPT.days} days")
        if not args.dry_run:
            for row in found:
                tx.replay_received(row.received_id, now)
    if not args.dry_run and found and not engine_is_on(app):
        with engine_lock(app.settings) if app.settings.is_sqlite else nullcontext():
            work_off(app, now)
        with app.store.transaction() as tx:
            found = [tx.received(row.received_id) or row for row in found]
    data = [_told(row) for row in found]
    lines = ["  ".join(str(value) for value in told.values()) for told in data]
    lines.append(_sum(found, app, dry_run=args.dry_run))
    show(args, {"dry_run": args.dry_run, "received": data}, "\n".join(lines))
    failed = any(row.state is ReceivedState.FAILED for row in found)
    return 3 if failed and not args.dry_run and not engine_is_on(app) else 0


def _page(
    tx: Transaction, args: Namespace, since: datetime | None, after: int
) -> Sequence[Received]:
    kind = ReceivedKind(args.kind) if args.kind else None
    return tx.all_received(since=since, suite=args.suite or "", kind=kind, after=after)


def _is_chosen(row: Received, args: Namespace) -> bool:
    if args.failed and row.state is not ReceivedState.FAILED:
        return False
    return args.id in (None, row.received_id, row.source_id)


def _sum(found: Sequence[Received], app: App, *, dry_run: bool) -> str:
    if not found:
        return "Nothing of that kind came in."
    if dry_run:
        return f"{len(found)} came in; nothing was done."
    if engine_is_on(app):
        return f"{len(found)} are done once more with the engine's next round."
    return f"{len(found)} were done once more."


def _told(row: Received) -> dict[str, Any]:
    """Return what everybody may know of a row: ids, times and states, no words."""
    return {
        "at": row.received_at.isoformat(timespec="seconds"),
        "id": row.received_id,
        "suite": row.suite,
        "kind": row.kind.value,
        "state": row.state.value,
        "attempts": row.attempts,
        "lane": row.lane,
        "trouble": row.trouble,
    }


def since_of(text: str, now: datetime) -> datetime:
    """Return a moment said as `90m`, `2h`, `3d` or ISO 8601. Raise InvalidInput."""
    match = re.fullmatch(r"(\d{1,5})([mhd])", text.strip())
    if match:
        unit = {"m": "minutes", "h": "hours", "d": "days"}[match[2]]
        return now - timedelta(**{unit: int(match[1])})
    try:
        found = datetime.fromisoformat(text.strip())
    except ValueError as err:
        raise InvalidInput("--since: 90m, 2h, 3d, or a time such as 2026-11-27T09:00") from err
    return found if found.tzinfo else found.astimezone()


def _read_calendars(args: Namespace, app: App) -> int:
    """Have calendars read as if a push had just come; twice does nothing more."""
    person, now = normal_address(args.person) if args.person else None, utc_now()
    count = 0
    with app.store.transaction() as tx:
        for connection in tx.connections():
            if person not in (None, connection.person):
                continue
            for calendar_id in connection.calendars:
                if args.from_start:
                    tx.put_cursor(connection.connection_id, calendar_id, None)
                tx.receive(_asked(connection, calendar_id, now))
                count += 1
        if not count:
            raise NotFound("no connected calendar: `vieraugen connect` connects one")
    text = f"{count} calendars are read with the engine's next round, or by `vieraugen sync`."
    show(args, {"calendars": count}, text)
    return 0


def _asked(connection: Connection, calendar_id: CalendarId, now: datetime) -> Received:
    return calendar_push(connection.suite, connection.connection_id, calendar_id, now)
