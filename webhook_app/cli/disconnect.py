"""`vieraugen disconnect`: leave an account as it was: texts, channels, consent, secret."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator
from dataclasses import replace

from core.errors import NotFound, OneOnOneError
from core.model.people import normal_address
from core.model.series import Connection, ConnectionState, Series, SeriesState
from core.service.around import forget_calendars
from core.service.consent import say_stop
from core.service.removal import remove_blocks
from core.service.sights import forget_sight
from webhook_app.cli.opening import opened, show
from webhook_app.hooks.subscriptions import kept, stop_pushes
from webhook_app.jobs.clock import utc_now
from webhook_app.wiring import App


def run(args: Namespace) -> int:
    """Do it for each account of a person, or only say what would be done."""
    person = normal_address(args.person)
    with opened(args) as app:
        with app.store.transaction() as tx:
            mine = [c for c in tx.connections() if c.person == person and _chosen(args, c)]
        if not mine:
            raise NotFound(f"{person} has no connected account here")
        steps = [s for c in mine for s in (_plan(app, c) if args.dry_run else _leave(app, c))]
    show(args, {"steps": steps, "done": not args.dry_run}, "\n".join(steps))
    return 0


def _chosen(args: Namespace, connection: Connection) -> bool:
    return not args.suite or connection.suite == args.suite


def _led(app: App, connection: Connection) -> list[Series]:
    """Return the series whose text we write through this account."""
    with app.store.transaction() as tx:
        everything = [(s, tx.copies(s.series_id)) for s in tx.all_series(SeriesState.ENABLED)]
    return [
        series
        for series, copies in everything
        if any(c.leading and c.connection_id == connection.connection_id for c in copies)
    ]


def _plan(app: App, connection: Connection) -> Iterator[str]:
    name = connection.connection_id
    for series in _led(app, connection):
        yield f"{name}: would take the agenda out of {series.title or series.series_id!r}"
    with app.store.transaction() as tx:
        known = [kept(tx, connection.connection_id, c) for c in connection.calendars]
    told = [each for each in known if each and each.subscription_id]
    yield f"{name}: would stop {len(told)} push subscriptions, and forget the secret"


def _leave(app: App, connection: Connection) -> Iterator[str]:
    """Each step is safe to repeat; one that fails is said and the next is done."""
    name, now = connection.connection_id, utc_now()
    for series in _led(app, connection):
        with app.store.transaction() as tx:
            say_stop(tx, series.series_id, remove=False, by=connection.person, now=now)
        try:
            count = remove_blocks(app.services, series.series_id, now)
            yield f"{name}: took the agenda out of {count} events of {series.title!r}"
        except OneOnOneError as err:
            yield f"{name}: {series.title!r} keeps its text: {err}"
    try:
        yield f"{name}: stopped {stop_pushes(app, connection)} push subscriptions"
    except OneOnOneError as err:
        yield f"{name}: push subscriptions end by themselves: {err}"
    yield f"{name}: {_given_back(app, connection)}"
    with app.store.transaction() as tx:
        forget_calendars(tx, connection.calendars)
        for calendar_id in connection.calendars:
            tx.put_cursor(connection.connection_id, calendar_id, None)
            for copy in tx.copies_in(calendar_id):
                if copy.connection_id == connection.connection_id:
                    tx.remove_copy(copy.event)
                    forget_sight(tx, copy.event)
        tx.put_secret(connection.connection_id, "")
        tx.put_connection(
            replace(
                connection,
                calendars=(),
                task_list=None,
                shared_lists=(),
                state=ConnectionState.DISCONNECTED,
            )
        )
    yield f"{name}: forgot the secret"


def _given_back(app: App, connection: Connection) -> str:
    """Give a person's own consent back; a company's delegation is the administrator's to end."""
    if connection.suite != "google":
        return "the consent is ended in the suite itself"
    from adapters.google.consent import revoke
    from adapters.google.kept import read_secret
    from adapters.google.settings import Consent
    from webhook_app.cli.doctor_google import google_settings

    with app.store.transaction() as tx:
        secret = tx.secret(connection.connection_id)
    if not secret:
        return "there was no secret"
    try:
        credentials = read_secret(secret)
        if not isinstance(credentials, Consent):
            return "the delegation ends in the Admin console: delete its entry there"
        known = revoke(google_settings(app), credentials)
    except OneOnOneError as err:
        return f"the consent could not be given back: {err}"
    return "gave the consent back" if known else "Google no longer knew the consent"
