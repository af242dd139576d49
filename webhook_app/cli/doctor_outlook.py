"""`vieraugen doctor --suite outlook`: which step is missing; --live tries ten assumptions."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from adapters.outlook.kept import read_secret, read_settings
from adapters.outlook.settings import Consent
from core.errors import InvalidInput, NotFound, OneOnOneError
from core.model.people import normal_address
from core.model.series import Connection
from core.model.teams import TeamsChat
from webhook_app.cli.opening import opened, show
from webhook_app.hooks.subscriptions import kept, pushes_wanted
from webhook_app.jobs.clock import utc_now
from webhook_app.microsoft import app_credentials, outlook_connections, registration
from webhook_app.wiring import App

SIGNS = {True: "DIFFERS", False: "as assumed", None: "by hand"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One line of the report."""

    what: str
    ok: bool
    text: str
    needed: bool = True

    @property
    def line(self) -> str:
        """The same for people."""
        sign = "ok  " if self.ok else ("FAIL" if self.needed else "note")
        return f"{sign} {self.what}: {self.text}"


def run(args: Namespace) -> int:
    """Look at each mailbox, or at one; exit 3 where something that is needed is missing."""
    with opened(args) as app:
        if args.live:
            return _live(app, args)
        findings = list(_findings(app, args))
    rows = [{"what": f.what, "ok": f.ok, "needed": f.needed, "text": f.text} for f in findings]
    show(args, {"findings": rows}, "\n".join(f.line for f in findings))
    return 0 if all(f.ok or not f.needed for f in findings) else 3


def _mailboxes(app: App, person: str | None) -> list[Connection]:
    found = outlook_connections(app)
    if person:
        found = [c for c in found if c.person == normal_address(person)]
    if not found:
        raise NotFound("no such mailbox is connected: `vieraugen connect outlook` says how")
    return found


def _findings(app: App, args: Namespace) -> Iterator[Finding]:
    mailboxes = _mailboxes(app, args.person)
    yield Finding(what="registration", ok=True, text=f"app {registration(app).client_id}")
    for connection in mailboxes:
        yield from _mailbox(app, connection)
        yield _push(app, connection)
    yield from _teams(app)


def _mailbox(app: App, connection: Connection) -> Iterator[Finding]:
    who = connection.person
    with app.store.transaction() as tx:
        secret = tx.secret(connection.connection_id)
    if secret is None:
        yield Finding(what=who, ok=False, text="no secret is kept: connect it again")
        return
    try:
        credentials, _ = read_secret(secret)
        suite = app.services.suite_of(connection)
        (calendar,) = suite.calendar.list_calendars()
    except OneOnOneError as err:
        yield Finding(what=f"{who} calendar", ok=False, text=str(err))
        return
    road = "own consent" if isinstance(credentials, Consent) else "the app's own right"
    text = f"answers by {road}, in {calendar.zone}"
    if not calendar.writable:
        text += ", but it can only be read: nothing is written"
    yield Finding(what=f"{who} calendar", ok=calendar.writable, text=text)
    yield _tasks(connection, lambda: len(suite.tasks.list_task_lists()) if suite.tasks else 0)


def _tasks(connection: Connection, count: Callable[[], int]) -> Finding:
    what = f"{connection.person} To Do"
    try:
        number = count()
    except OneOnOneError as err:
        text = f"{err} Action items stay on the agenda."
        return Finding(what=what, ok=False, text=text, needed=False)
    if connection.task_list is None:
        text = "lists are there, and none is used: connect again to use one"
        return Finding(what=what, ok=False, text=text, needed=False)
    return Finding(what=what, ok=True, text=f"{number} lists, one used")


def _push(app: App, connection: Connection) -> Finding:
    what = f"{connection.person} push"
    if not pushes_wanted(app.settings):
        text = "off: public_url is not https, so mailboxes are polled"
        return Finding(what=what, ok=True, text=text, needed=False)
    with app.store.transaction() as tx:
        known = kept(tx, connection.connection_id, connection.calendars[0])
    if known is None:
        return Finding(what=what, ok=True, text="`vieraugen serve` asks for it", needed=False)
    if known.trouble:
        text = f"{known.trouble} Polling goes on."
        return Finding(what=what, ok=False, text=text, needed=False)
    return Finding(what=what, ok=True, text=f"until {known.expires:%Y-%m-%d %H:%M} UTC")


def _teams(app: App) -> Iterator[Finding]:
    with app.store.transaction() as tx:
        chats = len(tx.nouns(TeamsChat))
    if app_credentials(app) is None:
        text = "off: the bot needs the app's secret or certificate"
        yield Finding(what="Teams", ok=False, text=text, needed=False)
    elif not app.settings.public_url.startswith("https://"):
        text = "off: Microsoft opens https addresses only"
        yield Finding(what="Teams", ok=False, text=text, needed=False)
    else:
        yield Finding(what="Teams", ok=True, text=f"{chats} people have the app", needed=False)


def _live(app: App, args: Namespace) -> int:
    """Try each on one mailbox; exit 3 where the real tenant is other than we assume."""
    from adapters.outlook.auth import Tokens
    from adapters.outlook.calendar import OutlookCalendar
    from adapters.outlook.live import Live, Shown
    from adapters.outlook.sdk import Sdk
    from adapters.outlook.tasks import OutlookTasks
    from adapters.outlook.wire import Wire

    first = _mailboxes(app, args.person)[0]
    others = [c for c in _mailboxes(app, None) if c != first]
    with app.store.transaction() as tx:
        secret = tx.secret(first.connection_id)
    if secret is None:
        raise InvalidInput(f"{first.person}: no secret is kept, connect again")
    settings, account = read_settings(dict(first.settings))
    tokens = Tokens(settings, read_secret(secret)[0])
    wire = Wire(Sdk(settings, tokens), tokens, graph_root=settings.graph_root)
    calendar = OutlookCalendar(settings=settings, account=account, wire=wire, now=utc_now)
    tries = Live(
        account=account,
        calendar=calendar,
        tasks=OutlookTasks(account=account, wire=wire),
        wire=wire,
        now=utc_now(),
        attendee=others[0].person if others else "",
    )
    try:
        shown: list[Shown] = [*tries.by_hand(), *tries.writing()]
    finally:
        calendar.close()
    shown.sort(key=lambda each: each.number)
    rows = [
        {"check": s.number, "what": s.what, "result": SIGNS[s.differs], "text": s.text}
        for s in shown
    ]
    lines = [f"({r['check']:>2}) {r['result']:10} {r['what']}: {r['text']}" for r in rows]
    show(args, {"checks": rows}, "\n".join(lines))
    return 3 if any(s.differs for s in shown) else 0
