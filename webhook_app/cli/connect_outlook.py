"""`vieraugen connect outlook`: mailboxes of Microsoft 365, step by step, each step checked."""

from __future__ import annotations

import secrets
import sys
from argparse import Namespace
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, cast

from adapters.outlook import AppCertificate, AppSecret, Consent, Credentials, OutlookSettings
from adapters.outlook.calendar_id import calendar_id_of
from adapters.outlook.kept import read_secret, secret_text, settings_text
from core.errors import InvalidInput, NotFound, OneOnOneError, PermissionDenied
from core.model.people import Person, normal_address
from core.model.series import Connection, ConnectionId
from core.model.tasks import TaskListId
from core.ports import Suite
from webhook_app.cli.connecting import Step, connect_all
from webhook_app.cli.opening import opened
from webhook_app.microsoft import Registration, app_credentials, outlook_settings, registration
from webhook_app.wiring import App

if TYPE_CHECKING:
    from adapters.outlook.task_lists import PersonTasks

STEPS = """Connect mailboxes of Microsoft 365; adapters/outlook/README.md has each step in full.

  1. Entra admin center, App registrations > New registration, this directory only.
     Note the directory (tenant) id and the application (client) id.
  2. Certificates & secrets: upload a certificate, or make a secret.
  3. Exchange Online PowerShell: New-ServicePrincipal, New-ManagementScope for the group of those
     who take part, New-ManagementRoleAssignment -Role "Application Calendars.ReadWrite".
     Do not also consent Calendars.ReadWrite under API permissions: that reaches every mailbox.
  4. vieraugen connect outlook --tenant ID --client ID --certificate app.pem --key app.key \\
       --person ben@example.com --person anna@example.com
     (or --secret-file FILE; the second time tenant, client and key are known)

A few people without an administrator: each one's own consent in a browser,
  vieraugen connect outlook --tenant ID --client ID --sign-in --person ben@example.com"""


def run(args: Namespace) -> int:
    """Connect each mailbox; one that fails does not stop the others. Exit 3 where one failed."""
    if not args.person:
        print(STEPS)
        return 2
    with opened(args) as app:
        settings, credentials = outlook_settings(app.settings, _registered(app, args)), None
        if not args.sign_in:
            credentials = _credentials(app, args)
        return connect_all(
            args,
            lambda person: _connect(app, args, settings, credentials, person),
            optional="To Do",
        )


def _registered(app: App, args: Namespace) -> Registration:
    if args.tenant and args.client:
        return Registration(tenant_id=args.tenant, client_id=args.client)
    known = registration(app)
    return replace(
        known, tenant_id=args.tenant or known.tenant_id, client_id=args.client or known.client_id
    )


def _credentials(app: App, args: Namespace) -> AppSecret | AppCertificate:
    """Return how the app proves itself. Raise InvalidInput where nobody said how."""
    if args.certificate or args.key:
        if not (args.certificate and args.key):
            raise InvalidInput("a certificate needs both --certificate FILE and --key FILE")
        found = AppCertificate(
            private_key=_pem(args.key, "PRIVATE KEY"),
            certificate=_pem(args.certificate, "CERTIFICATE"),
        )
        _refuse_open_key(Path(args.key))
        return found
    if args.secret_file:
        return AppSecret(secret=_secret(args.secret_file))
    known = app_credentials(app)
    if known is None:
        raise InvalidInput("say how the app proves itself: --certificate and --key, or "
                           "--secret-file; or --sign-in for one person's own consent")  # fmt: skip
    return known


def _pem(path: str, what: str) -> str:
    try:
        text = Path(path).read_text(encoding="ascii")
    except (OSError, UnicodeDecodeError) as err:
        raise InvalidInput(f"{path}: cannot be read as PEM ({type(err).__name__})") from err
    if f"{what}-----" not in text:
        raise InvalidInput(f"{path}: no {what} in PEM form stands in it")
    if "ENCRYPTED" in text:
        raise InvalidInput(f"{path}: the key is behind a passphrase; take one without, mode 0600")
    return text


def _refuse_open_key(path: Path) -> None:
    if path.stat().st_mode & 0o077:
        raise InvalidInput(f"{path}: others on this machine can read the key: chmod 600 {path}")


def _secret(source: str) -> str:
    try:
        text = sys.stdin.readline() if source == "-" else Path(source).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as err:
        raise InvalidInput(f"--secret-file: {source} cannot be read") from err
    if not text.strip():
        raise InvalidInput("the client secret is empty")
    return text.strip()


def _connect(
    app: App,
    args: Namespace,
    settings: OutlookSettings,
    credentials: Credentials | None,
    person: str,
) -> Iterator[Step]:
    """Try the road to one mailbox, and keep the connection where it leads there."""
    try:
        if credentials is None:
            credentials, signed_in = _signed_in(args, settings, person)
            yield Step(person=person, what="sign-in", ok=True, text=f"{signed_in} has consented")
        push_secret = _push_secret(app, person)
        kept = settings_text(settings, person)
        if args.mail_from:
            kept["mail_sender"] = normal_address(args.mail_from)
        secret = secret_text(credentials, push_secret)
        yield from _tried(app, args, kept, secret, person)
    except OneOnOneError as err:
        yield Step(person=person, what="connection", ok=False, text=str(err))


def _push_secret(app: App, person: str) -> bytes:
    """Keep what signs the subscriptions that there are; make it for a new mailbox."""
    with app.store.transaction() as tx:
        known = tx.secret(ConnectionId(f"outlook:{person}"))
    try:
        return (read_secret(known)[1] if known else b"") or secrets.token_bytes(32)
    except InvalidInput:
        return secrets.token_bytes(32)


def _tried(
    app: App, args: Namespace, kept: dict[str, str], secret: str, person: str
) -> Iterator[Step]:
    from adapters.registry import build

    suite = build("outlook", kept, secret)
    try:
        calendar = suite.calendar.list_calendars()[0]
        yield Step(person=person, what="calendar", ok=True, text=f"answers, in {calendar.zone}")
        kept = kept | _user_id(app, suite, person)
        task_list, text = _task_list(args, suite)
        yield Step(person=person, what="To Do", ok=task_list is not None, text=text)
    finally:
        close: Callable[[], None] | None = getattr(suite.calendar, "close", None)
        if close is not None:
            close()
    with app.store.transaction() as tx:
        known = tx.connection(ConnectionId(f"outlook:{person}"))
    connection = Connection(
        connection_id=ConnectionId(f"outlook:{person}"),
        suite="outlook",
        person=person,
        settings=tuple(sorted(kept.items())),
        calendars=(calendar_id_of(person),),
        task_list=task_list,
        shared_lists=known.shared_lists if known else (),
    )
    _keep(app, args, connection, secret)
    yield Step(person=person, what="connection", ok=True, text="kept")


def _user_id(app: App, suite: Suite, person: str) -> dict[str, str]:
    """Ask for Entra's own id: sign-ins and Planner name people by it. We can do without."""
    try:
        return {"user_id": cast("PersonTasks", suite.tasks).planner.user_id(person)}
    except (PermissionDenied, NotFound):
        with app.store.transaction() as tx:
            known = tx.connection(ConnectionId(f"outlook:{person}"))
        found = known.setting("user_id") if known else ""
        return {"user_id": found} if found else {}


def _task_list(args: Namespace, suite: Suite) -> tuple[TaskListId | None, str]:
    """Choose where the person's tasks go; without the right to, they stay on the agenda."""
    if args.task_list == "none" or suite.tasks is None:
        return None, "not used: action items stay on the agenda"
    try:
        lists = suite.tasks.list_task_lists()
    except (PermissionDenied, NotFound) as err:
        return None, f"{err} Action items stay on the agenda."
    wanted = args.task_list
    if wanted:
        found = next((each for each in lists if wanted in (each.list_id, each.name)), None)
        if found is None:
            named = ", ".join(each.name for each in lists)
            raise InvalidInput(f"--task-list {wanted}: this person has {named or 'no list'}")
    else:
        found = next((each for each in lists if each.primary), next(iter(lists), None))
    return (found.list_id, f"tasks go to {found.name!r}") if found else (None, "no list")


def _signed_in(args: Namespace, settings: OutlookSettings, person: str) -> tuple[Consent, str]:
    from webhook_app.cli.sign_in import consent_in_browser

    client = AppSecret(secret=_secret(args.secret_file)) if args.secret_file else None
    consent, address = consent_in_browser(settings, client, person, port=args.port)
    if normal_address(address) != person:
        raise InvalidInput(f"{address} has signed in and not {person}: sign out there, and again")
    return consent, address


def _keep(app: App, args: Namespace, connection: Connection, secret: str) -> None:
    with app.store.transaction() as tx:
        tx.put_connection(connection)
        tx.put_secret(connection.connection_id, secret)
        known = tx.person(connection.person) or Person(
            address=connection.person, locale=app.settings.locale
        )
        single = len(args.person) == 1
        name, locale = (args.name if single else "") or known.name, args.locale or known.locale
        tx.put_person(replace(known, name=name, locale=locale))
