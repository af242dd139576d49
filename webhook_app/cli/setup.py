"""`vieraugen init`, `vieraugen connect …`."""

from __future__ import annotations

import getpass
import sys
from argparse import Namespace
from dataclasses import replace
from pathlib import Path

from adapters.caldav.discovery import Account, discover, make_task_list
from core.apple import choices, is_icloud
from core.errors import InvalidInput
from core.model.calendar import CalendarId
from core.model.people import Person, normal_address
from core.model.series import Connection, ConnectionId
from core.model.tasks import TaskListId
from webhook_app.cli.opening import opened, show
from webhook_app.wiring import App


def init(args: Namespace) -> int:
    """Set the data folder up, or bring its database up to date; twice is once."""
    with opened(args, make=True) as app:
        print(f"Ready: {app.settings.data}")
        print("Next: `vieraugen connect caldav --url … --person …`, then `vieraugen serve`.")
    return 0


def connect_caldav(args: Namespace) -> int:
    """Find the account's calendars and task lists, and keep the connection."""
    person = normal_address(args.person)
    login = args.login or person
    password = _password(args)
    with opened(args) as app:
        found = discover(args.url, login, password)
        connection = Connection(
            connection_id=ConnectionId(f"caldav:{person}"),
            suite="caldav",
            person=person,
            settings=tuple(sorted(found.settings.to_dict().items())),
            calendars=_calendars(args, found),
            task_list=_task_list(args, found, password),
        )
        _keep(app, args, connection, password)
    lines = [
        f"Connected {person}.",
        *(f"  reads {calendar}" for calendar in connection.calendars),
        f"  tasks go to {connection.task_list or 'nowhere: the account has no task list'}",
        *(f"  {line}" for line in choices("en") if is_icloud(found.settings.home)),
        "Nothing is written before somebody says yes: `vieraugen sync`, `vieraugen series list`.",
    ]
    data = {
        "connection": connection.connection_id,
        "calendars": list(connection.calendars),
        "task_list": connection.task_list,
        "icloud": is_icloud(found.settings.home),
    }
    show(args, data, "\n".join(lines))
    return 0


def _password(args: Namespace) -> str:
    source = args.password_file
    if source == "-":
        secret = sys.stdin.readline()
    elif source:
        try:
            secret = Path(source).read_text(encoding="utf-8")
        except OSError as err:
            raise InvalidInput(f"--password-file: {err.strerror}: {source}") from err
    elif sys.stdin.isatty():
        secret = getpass.getpass("Password: ")
    else:
        raise InvalidInput("no password: give --password-file FILE, or - to read it from stdin")
    if not secret.strip("\r\n"):
        raise InvalidInput("the password is empty")
    return secret.strip("\r\n")


def _calendars(args: Namespace, found: Account) -> tuple[CalendarId, ...]:
    known = {info.calendar_id for info in found.calendars}
    if not args.calendar:
        return tuple(info.calendar_id for info in found.calendars)
    for url in args.calendar:
        if url not in known:
            listed = ", ".join(sorted(known)) or "none"
            raise InvalidInput(f"--calendar {url}: the account has {listed}")
    return tuple(CalendarId(url) for url in args.calendar)


def _task_list(args: Namespace, found: Account, password: str) -> TaskListId | None:
    if is_icloud(found.settings.home):
        if args.make_task_list or args.task_list:
            raise InvalidInput(" ".join(choices("en")))
        return None
    known = [info.list_id for info in found.task_lists]
    if args.make_task_list:
        return make_task_list(found.settings, password, args.make_task_list).list_id
    if args.task_list and args.task_list not in known:
        raise InvalidInput(f"--task-list {args.task_list}: the account has {', '.join(known)}")
    return TaskListId(args.task_list) if args.task_list else next(iter(known), None)


def _keep(app: App, args: Namespace, connection: Connection, password: str) -> None:
    with app.store.transaction() as tx:
        tx.put_connection(connection)
        tx.put_secret(connection.connection_id, password)
        known = tx.person(connection.person) or Person(
            address=connection.person, locale=app.settings.locale
        )
        name, locale = args.name or known.name, args.locale or known.locale
        tx.put_person(replace(known, name=name, locale=locale))
