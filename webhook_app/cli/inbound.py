"""`vieraugen mail` and `vieraugen replay`: take in again what came from outside."""

from __future__ import annotations

from argparse import Namespace

from core.errors import InvalidInput, NotFound
from core.model.people import normal_address
from webhook_app.cli.opening import opened, show
from webhook_app.hooks.hints import mark
from webhook_app.jobs.clock import utc_now
from webhook_app.mailbox import place_of, poll


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
    """Have calendars read as if a push had just come; twice does nothing more."""
    person = normal_address(args.person) if args.person else None
    count = 0
    with opened(args) as app, app.store.transaction() as tx:
        for connection in tx.connections():
            if person not in (None, connection.person):
                continue
            if args.from_start:
                for calendar_id in connection.calendars:
                    tx.put_cursor(connection.connection_id, calendar_id, None)
            mark(tx, connection.connection_id, connection.calendars, utc_now())
            count += len(connection.calendars)
        if not count:
            raise NotFound("no connected calendar: `vieraugen connect` connects one")
    text = f"{count} calendars are read with the engine's next round, or by `vieraugen sync`."
    show(args, {"calendars": count}, text)
    return 0
