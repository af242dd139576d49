"""`vieraugen connect google`: accounts of Google Workspace, step by step, each step checked."""

from __future__ import annotations

import json
import secrets
from argparse import Namespace
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from adapters.google.kept import kept_secret, read_push_secret, read_secret
from adapters.google.settings import Consent, Credentials, Delegation
from core.errors import InvalidInput, OneOnOneError, PermissionDenied
from core.model.calendar import CalendarId
from core.model.chat import ChatSpace
from core.model.people import Person
from core.model.series import Connection, ConnectionId
from core.model.tasks import TaskListId
from core.ports import Suite
from webhook_app.cli.connecting import Step, connect_all
from webhook_app.cli.opening import opened
from webhook_app.cli.setup_google import STEPS
from webhook_app.google import may_open, roots
from webhook_app.jobs.clock import utc_now
from webhook_app.wiring import App


def run(args: Namespace) -> int:
    """Connect each account; one that fails does not stop the others. Exit 3 where one failed."""
    if not args.person:
        print(STEPS)
        return 2
    with opened(args) as app:
        delegation = None if args.client_file else _delegation(app, args)
        return connect_all(
            args, lambda person: _connect(app, args, delegation, person), optional="tasks"
        )


def _delegation(app: App, args: Namespace) -> Delegation:
    """Return the service account's key: the file's, or the one that is known already."""
    if args.key_file:
        return Delegation(key_file=read_key_file(args.key_file))
    with app.store.transaction() as tx:
        known = [tx.secret(c.connection_id) for c in tx.connections() if c.suite == "google"]
    for secret in known:
        found = read_secret(secret) if secret else None
        if isinstance(found, Delegation):
            return found
    raise InvalidInput("give --key-file JSON (service account) or --client-file JSON (consent)")


def read_key_file(path: str) -> dict[str, str]:
    """Return a service account's key. Raise InvalidInput, saying what the file is instead."""
    kept = read_json(path, "--key-file")
    if kept.get("type") != "service_account":
        raise InvalidInput(
            f"--key-file: {path} is no service account's key; in the Google Cloud console:"
            " IAM & Admin > Service Accounts > Keys > Add key > JSON"
        )
    missing = [n for n in ("private_key", "client_email", "client_id") if not kept.get(n)]
    if missing:
        raise InvalidInput(f"--key-file: {path} has no {', '.join(missing)}")
    if Path(path).stat().st_mode & 0o077:
        raise InvalidInput(f"--key-file: others on this machine can read it: chmod 600 {path}")
    return kept


def read_json(path: str, option: str) -> dict[str, Any]:
    """Return a JSON file's object. Raise InvalidInput, never quoting what stands in it."""
    try:
        found = json.loads(Path(path).read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError):
        raise InvalidInput(f"{option}: {path} cannot be read") from None
    except ValueError:
        raise InvalidInput(f"{option}: {path} is not JSON") from None
    if not isinstance(found, dict):
        raise InvalidInput(f"{option}: {path} holds no object")
    return found


def _connect(
    app: App, args: Namespace, delegation: Delegation | None, person: str
) -> Iterator[Step]:
    """Try the road to one account, and keep the connection where it leads there."""
    try:
        may_open(app.settings, person)
        credentials: Credentials
        if delegation is not None:
            credentials = delegation
        else:
            credentials = _consented(app, args, person)
            yield Step(person=person, what="sign-in", ok=True, text="has consented")
        yield from _tried(app, args, credentials, person)
    except OneOnOneError as err:
        yield Step(person=person, what="connection", ok=False, text=str(err))


def _consented(app: App, args: Namespace, person: str) -> Consent:
    from webhook_app.cli.google_consent import consent_in_browser

    client = read_json(args.client_file, "--client-file")
    return consent_in_browser(app.settings, client, person, port=args.port)


def _tried(app: App, args: Namespace, credentials: Credentials, person: str) -> Iterator[Step]:
    from adapters.registry import build

    secret = kept_secret(credentials, _signs_pushes(app, person))
    suite = build("google", {"account": person} | roots(app.settings), secret)
    calendar = suite.calendar.list_calendars()[0]
    if not calendar.writable:
        raise PermissionDenied("this calendar can be read and not written")
    yield Step(person=person, what="calendar", ok=True, text=f"answers, in {calendar.zone}")
    task_list, text = _task_list(args, suite)
    yield Step(person=person, what="tasks", ok=task_list is not None or args.no_tasks, text=text)
    connection = Connection(
        connection_id=ConnectionId(f"google:{person}"),
        suite="google",
        person=person,
        settings=tuple(sorted(_settings(app, person).items())),
        calendars=(CalendarId(person),),
        task_list=task_list,
    )
    _keep(app, args, connection, secret)
    yield Step(person=person, what="connection", ok=True, text="kept")


def _settings(app: App, person: str) -> dict[str, str]:
    """The time makes a running engine open the account anew, with the new secret."""
    with app.store.transaction() as tx:
        space = tx.noun(ChatSpace, person)
    since = utc_now().isoformat(timespec="seconds")
    return {"account": person, "since": since, "chat_space": space.space if space else ""}


def _signs_pushes(app: App, person: str) -> bytes:
    """Keep what signs the channels that there are; make it for a new account."""
    with app.store.transaction() as tx:
        known = tx.secret(ConnectionId(f"google:{person}"))
    try:
        return (read_push_secret(known) if known else b"") or secrets.token_bytes(32)
    except InvalidInput:
        return secrets.token_bytes(32)


def _task_list(args: Namespace, suite: Suite) -> tuple[TaskListId | None, str]:
    """Find or make the list; without the right to, action items stay on the agenda."""
    if args.no_tasks or suite.tasks is None:
        return None, "not used: action items stay on the agenda"
    try:
        found = suite.tasks.ensure_list(args.task_list)  # type: ignore[attr-defined]  # Google's own
    except PermissionDenied as err:
        return None, f"{err} Until then action items stay on the agenda; then connect again."
    return found.list_id, f"action items go to the list {found.name!r}"


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
