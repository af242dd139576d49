"""`vieraugen doctor --suite google`: names the step that is missing, in one sentence each."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator
from dataclasses import dataclass

from adapters.google.checks import Check, account_checks, clock_check
from adapters.google.kept import read_secret
from adapters.google.settings import TOKEN_URI, GoogleSettings
from core.errors import InvalidInput, NotFound, OneOnOneError
from core.model.people import normal_address
from core.model.series import Connection
from webhook_app.cli.opening import opened, show
from webhook_app.google import addon_url, may_open
from webhook_app.hooks.subscriptions import kept, pushes_wanted
from webhook_app.jobs.clock import utc_now
from webhook_app.wiring import App


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One line of the report."""

    what: str
    ok: bool
    text: str
    needed: bool = True


def run(args: Namespace) -> int:
    """Look at each account, or at one; exit 3 where something that is needed is missing."""
    with opened(args) as app:
        if args.live:
            from webhook_app.cli.live_google import live

            return live(app, args)
        findings = list(_findings(app, args))
    rows = [{"what": f.what, "ok": f.ok, "needed": f.needed, "text": f.text} for f in findings]
    show(args, {"findings": rows}, "\n".join(map(_line, findings)))
    return 0 if all(f.ok or not f.needed for f in findings) else 3


def _line(found: Finding) -> str:
    sign = "ok  " if found.ok else ("FAIL" if found.needed else "note")
    return f"{sign} {found.what}: {found.text}"


def google_settings(app: App) -> GoogleSettings:
    """Return where Google is."""
    settings = app.settings
    return GoogleSettings(
        api_root=settings.google_api_root or None,
        token_uri=settings.google_token_uri or TOKEN_URI,
    )


def accounts(app: App, person: str | None) -> list[Connection]:
    """Return the connected accounts, or one. Raise NotFound where there is none."""
    with app.store.transaction() as tx:
        found = [c for c in tx.connections() if c.suite == "google"]
    if person:
        found = [c for c in found if c.person == normal_address(person)]
    if not found:
        raise NotFound("no such Google account is connected: `vieraugen setup google` says how")
    return found


def _findings(app: App, args: Namespace) -> Iterator[Finding]:
    settings = google_settings(app)
    yield _finding("", clock_check(settings, utc_now()))
    for connection in accounts(app, args.person):
        yield from _account(app, settings, connection)
        yield from _push(app, connection)
    yield from _addon(app)


def _account(app: App, settings: GoogleSettings, connection: Connection) -> Iterator[Finding]:
    with app.store.transaction() as tx:
        secret = tx.secret(connection.connection_id)
    try:
        may_open(app.settings, connection.person)
        if secret is None:
            raise InvalidInput("no secret is kept: connect it again")
        credentials = read_secret(secret)
    except OneOnOneError as err:
        yield Finding(what=connection.person, ok=False, text=str(err))
        return
    for check in account_checks(settings, connection.person, credentials):
        yield _finding(f"{connection.person} ", check)


def _finding(prefix: str, check: Check) -> Finding:
    what = f"{prefix}{check.what}"
    return Finding(what=what, ok=check.ok, text=check.text, needed=check.needed)


def _push(app: App, connection: Connection) -> Iterator[Finding]:
    what = f"{connection.person} push"
    if not pushes_wanted(app.settings):
        text = "off: public_url is not https, so calendars are polled"
        yield Finding(what=what, ok=True, text=text, needed=False)
        return
    for calendar_id in connection.calendars:
        with app.store.transaction() as tx:
            known = kept(tx, connection.connection_id, calendar_id)
        if known is None:
            yield Finding(what=what, ok=True, text="`vieraugen serve` asks for it")
        elif known.trouble:
            text = f"{known.trouble} Polling goes on."
            yield Finding(what=what, ok=False, text=text, needed=False)
        else:
            yield Finding(what=what, ok=True, text=f"until {known.expires:%Y-%m-%d %H:%M} UTC")


def _addon(app: App) -> Iterator[Finding]:
    settings, url = app.settings, addon_url(app.settings)
    if not settings.google_project_number:
        text = "off: google_project_number is not set"
        yield Finding(what="add-on", ok=True, text=text, needed=False)
        return
    if not url.startswith("https://"):
        text = f"Google calls https addresses only, and public_url makes it {url}."
        yield Finding(what="add-on", ok=False, text=text)
        return
    if not settings.google_addon_client_id:
        text = ("google_addon_client_id is not set, so Calendar's cards cannot know people:"
                " gcloud workspace-add-ons get-authorization prints it.")  # fmt: skip
        yield Finding(what="add-on", ok=False, text=text)
        return
    yield Finding(what="add-on", ok=True, text=f"takes calls for exactly {url}")
