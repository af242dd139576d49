"""Options of `token`, `webhooks` and `sign-in`."""

from __future__ import annotations

import argparse
from collections.abc import Callable

from webhook_app.cli.options import json_option

Build = Callable[[argparse.ArgumentParser], None]
Command = tuple[str, str, str, Build]


def _create(command: argparse.ArgumentParser) -> None:
    command.add_argument("--person", required=True, help="e-mail address of whose token it is")
    command.add_argument("--name", required=True, help="what it is for")
    command.add_argument(
        "--scope", action="append", help="what it may (repeatable, or separated by commas)"
    )
    command.add_argument("--days", type=int, help="days until it ends (default: never)")
    command.add_argument(
        "--integration",
        action="store_true",
        help="acts for no person: reaches pairs only in which both allowed it",
    )
    json_option(command)


def _list(command: argparse.ArgumentParser) -> None:
    command.add_argument("--person", help="only this person's")
    json_option(command)


def _revoke(command: argparse.ArgumentParser) -> None:
    command.add_argument("token", help="its id, as `token list` shows it")
    json_option(command)


def _sign_in(command: argparse.ArgumentParser) -> None:
    command.add_argument("address", help="e-mail address of the one to let in")
    json_option(command)


def _webhook(command: argparse.ArgumentParser) -> None:
    command.add_argument("webhook", help="its id, as `webhooks list` shows it")
    json_option(command)


def _add(command: argparse.ArgumentParser) -> None:
    command.add_argument("url", help="where events go")
    command.add_argument("--owner", required=True, help="e-mail address of whose pairs are told")
    command.add_argument("--event", action="append", help="which (repeatable; default: all)")
    command.add_argument("--content", action="store_true", help="the words of what is shared, too")
    command.add_argument("--all-pairs", action="store_true", help="everybody's, without content")
    json_option(command)


def _switch(command: argparse.ArgumentParser) -> None:
    command.add_argument("--off", action="store_true", help="pause it")
    _webhook(command)


def _deliveries(command: argparse.ArgumentParser) -> None:
    command.add_argument("--limit", type=int, default=50, help="at most so many")
    _webhook(command)


def _resend(command: argparse.ArgumentParser) -> None:
    _webhook(command)
    command.add_argument("delivery", help="its id, as `webhooks deliveries` shows it")


SIGN_IN: Command = (
    "sign-in",
    "Print a link that lets somebody in once.",
    "access:sign_in",
    _sign_in,
)


def _replay(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--since", metavar="WHEN", help="what came in since then: 2h, 3d, or a time as ISO 8601"
    )
    command.add_argument("--suite", help="google, outlook, teams, slack, mail or hris")
    command.add_argument(
        "--kind", choices=("calendar", "press", "reply", "personnel"), help="only such"
    )
    command.add_argument("--id", metavar="ID", help="only this one, as the list shows it")
    command.add_argument("--failed", action="store_true", help="only what was given up")
    command.add_argument("--dry-run", action="store_true", help="list what came in, do nothing")
    command.add_argument("--person", help="read this person's calendars, as if a push had come")
    command.add_argument(
        "--from-start", action="store_true", help="read calendars anew, not only their changes"
    )
    json_option(command)


INBOUND: tuple[Command, ...] = (
    ("mail", "Read replies from the mailbox once.", "inbound:read_mail", json_option),
    (
        "replay",
        "Do once more what came in from outside, or read all calendars.",
        "inbound:replay",
        _replay,
    ),
)

GROUPS: tuple[tuple[str, str, tuple[Command, ...]], ...] = (
    (
        "token",
        "Let programs in.",
        (
            ("create", "Make a token and show it this once.", "access:create", _create),
            ("list", "List tokens.", "access:list_all", _list),
            ("revoke", "End a token.", "access:end", _revoke),
        ),
    ),
    (
        "webhooks",
        "Tell other programs what happens.",
        (
            ("list", "List webhooks.", "webhooks:list_all", json_option),
            ("add", "Add a webhook and show its secret this once.", "webhooks:add", _add),
            ("test", "Send a test and say what came of it.", "webhooks:test", _webhook),
            (
                "deliveries",
                "List what went out or waits.",
                "webhooks:deliveries",
                _deliveries,
            ),
            ("resend", "Send a delivery again.", "webhooks:resend", _resend),
            ("rotate", "Make a new secret.", "webhooks:rotate", _webhook),
            ("switch", "Pause a webhook, or switch it on.", "webhooks:switch", _switch),
            ("remove", "Delete a webhook.", "webhooks:remove", _webhook),
        ),
    ),
)
