"""Read the command line, run the command, turn errors into sentences and exit codes.

Exit codes: 0 done; 1 something failed and the text says what to do; 2 the command line is
wrong; 3 a part failed, the rest was done; 130 stopped by Ctrl-C.
"""

from __future__ import annotations

import argparse
import gc
import importlib
import sys
from collections.abc import Callable, Sequence
from typing import NoReturn

from core.errors import OneOnOneError
from webhook_app.cli import (
    doors,
    life,
    life_pairs,
    options_google,
    options_keeping,
    options_outlook,
    options_rules,
)
from webhook_app.cli.options import json_option

Build = Callable[[argparse.ArgumentParser], None]

EPILOG = "Exit codes: 0 done, 1 failed, 2 wrong command line, 3 partly done, 130 stopped."


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; return its exit code."""
    # What is imported stays: looking for garbage in it costs a quick command a tenth of its time.
    gc.set_threshold(50_000, 20, 20)
    args = parser().parse_args(argv)
    module, _, function = args.handler.partition(":")
    handler = importlib.import_module(f"webhook_app.cli.{module}")
    try:
        return int(getattr(handler, function)(args))
    except OneOnOneError as err:
        print(f"vieraugen: {err}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        sys.stderr.close()
        return 0
    except OSError as err:
        where = f": {err.filename}" if err.filename else ""
        print(f"vieraugen: {err.strerror or err}{where}", file=sys.stderr)
        return 1


def parser() -> argparse.ArgumentParser:
    """Return the parser of all commands."""
    top = argparse.ArgumentParser(
        prog="vieraugen",
        description="Regular, prepared, kind 1:1s inside the calendar people already use.",
        epilog=EPILOG,
    )
    top.add_argument("--version", action=_Version, nargs=0, help="print the version")
    commands = top.add_subparsers(metavar="COMMAND", required=True)
    for name, text, handler, build in COMMANDS:
        _add(commands, name, text, handler, build)
    for group, text, members in GROUPS:
        inner = commands.add_parser(group, help=text, description=text, epilog=EPILOG)
        below = inner.add_subparsers(metavar="COMMAND", required=True)
        for name, line, handler, build in members:
            _add(below, name, line, handler, build)
    return top


class _Version(argparse.Action):
    """Looks the version up only when it is asked for."""

    def __call__(self, command: argparse.ArgumentParser, *_: object) -> NoReturn:
        from importlib.metadata import version

        print(f"vieraugen {version('vieraugen')}")
        command.exit()


def _add(
    commands: argparse._SubParsersAction[argparse.ArgumentParser],
    name: str,
    text: str,
    handler: str,
    build: Build,
) -> None:
    command = commands.add_parser(name, help=text, description=text, epilog=EPILOG)
    command.add_argument("--data", metavar="DIR", help="data folder (default: vieraugen-data)")
    command.set_defaults(handler=handler)
    build(command)


def port(text: str) -> int:
    """Read the number of a port; 0 takes a free one."""
    if not text.isdecimal() or int(text) > 65_535:
        raise argparse.ArgumentTypeError(f"{text!r} is no port: a number from 1 to 65535")
    return int(text)


def _demo(command: argparse.ArgumentParser) -> None:
    command.add_argument("--check", action="store_true", help="one whole cycle, then end")
    command.add_argument("--port", type=port, default=0, help="port of the page (default: free)")
    command.add_argument(
        "--suite", choices=("caldav", "google", "outlook"), default="caldav", help="what to run on"
    )
    command.add_argument("--calendar", metavar="FILE.ics", help="import your exported calendar")
    json_option(command)


def _doctor(command: argparse.ArgumentParser) -> None:
    suites = ("google", "outlook")
    command.add_argument("--suite", choices=suites, help="look into this suite")
    command.add_argument("named", nargs="?", choices=suites, metavar="SUITE", help="the same")
    command.add_argument("--live", action="store_true", help="try what only the real one can show")
    command.add_argument("--person", help="whose account to try (default: the first connected)")
    json_option(command)


def _connect_caldav(command: argparse.ArgumentParser) -> None:
    command.add_argument("--url", required=True, help="the server, or one calendar on it")
    command.add_argument("--person", required=True, help="e-mail address of the account's owner")
    command.add_argument("--login", help="user name (default: the e-mail address)")
    command.add_argument("--password-file", help="file with the password; - reads it from stdin")
    command.add_argument("--name", default="", help="the person's name")
    command.add_argument("--locale", choices=("de", "de-Sie", "en"), help="their language")
    command.add_argument("--calendar", action="append", help="only this calendar (repeatable)")
    command.add_argument("--task-list", help="where their tasks go (default: the first list)")
    command.add_argument("--make-task-list", metavar="NAME", help="make a task list for them")
    json_option(command)


def _serve(command: argparse.ArgumentParser) -> None:
    command.add_argument("--host", default="127.0.0.1", help="address to listen on")
    command.add_argument("--port", type=port, default=8040, help="port to listen on")


def _sync(command: argparse.ArgumentParser) -> None:
    command.add_argument("--dry-run", action="store_true", help="show what would be written")
    json_option(command)


def _series_list(command: argparse.ArgumentParser) -> None:
    command.add_argument("--locale", default="en", help="language of the reasons: de or en")
    json_option(command)


def _series(command: argparse.ArgumentParser) -> None:
    command.add_argument("series", help="id of the series, as `series list` shows it")
    json_option(command)


def _disable(command: argparse.ArgumentParser) -> None:
    _series(command)
    command.add_argument("--remove", action="store_true", help="leave each body as it was")


def _agenda_show(command: argparse.ArgumentParser) -> None:
    command.add_argument("series", nargs="?", help="id of a series (default: all)")
    json_option(command)


def _agenda_add(command: argparse.ArgumentParser) -> None:
    _series(command)
    command.add_argument("text", help="the talking point")
    command.add_argument("--by", required=True, help="e-mail address of whose point it is")


def _agenda_tick(command: argparse.ArgumentParser) -> None:
    _series(command)
    command.add_argument("entry", help="id of the point or action item")
    command.add_argument("--by", required=True, help="e-mail address of the one who ticks")
    command.add_argument("--open", action="store_true", help="untick it")


def _explain(command: argparse.ArgumentParser) -> None:
    command.add_argument("file", help="the body as the host has it; - reads standard input")
    command.add_argument("--base", metavar="FILE", help="what we last wrote there")
    command.add_argument("--form", choices=("text", "html"), help="default: as it looks")
    command.add_argument("--manager", help="e-mail address of the manager")
    command.add_argument("--report", help="e-mail address of the report")
    command.add_argument("--copy-of", help="whose copy it is; left out: both share it")
    command.add_argument("--zone", default="UTC", help="time zone for words such as Friday")
    command.add_argument("--locale", default="en", choices=("de", "de-Sie", "en"))


def _nothing(_command: argparse.ArgumentParser) -> None:
    """Add no options."""


Command = tuple[str, str, str, Build]

COMMANDS: tuple[Command, ...] = (
    ("demo", "See it work: a real calendar server and made-up people.", "demo:run", _demo),
    ("init", "Set the data folder up, or bring it up to date.", "setup:init", _nothing),
    ("serve", "Run the web app and the engine in one process.", "serve:serve", _serve),
    ("worker", "Run the engine alone, beside others on PostgreSQL.", "serve:worker", _nothing),
    ("sync", "Read all calendars once and write what is due.", "sync:run", _sync),
    ("budget", "Show how often events were written, and when next.", "budget:run", json_option),
    options_rules.SIMULATE,
    options_rules.INSIGHTS,
    doors.SIGN_IN,
    *doors.INBOUND,
    *life_pairs.COMMANDS,
    ("doctor", "Say what works and what is missing.", "doctor:run", _doctor),
    *options_google.COMMANDS,
    *options_keeping.COMMANDS,
)

GROUPS: tuple[tuple[str, str, tuple[Command, ...]], ...] = (
    (
        "connect",
        "Connect an account.",
        (
            ("caldav", "Connect a CalDAV account.", "setup:connect_caldav", _connect_caldav),
            (
                "google",
                "Connect accounts of Google Workspace.",
                "connect_google:run",
                options_google.connect,
            ),
            (
                "outlook",
                "Connect mailboxes of Microsoft 365.",
                "connect_outlook:run",
                options_outlook.connect,
            ),
        ),
    ),
    (
        "series",
        "Find 1:1s and say yes to them.",
        (
            ("list", "Say of each event why it is a 1:1 or not.", "series:show_all", _series_list),
            ("preview", "Show the very text that would be written.", "series:preview", _series),
            ("enable", "Say yes: keep the agenda in this series.", "series:enable", _series),
            ("disable", "Say stop.", "series:disable", _disable),
            *life.SERIES,
            *life_pairs.SERIES,
        ),
    ),
    (
        "agenda",
        "Read and change agendas.",
        (
            ("show", "Show what both people see.", "agenda:show_agendas", _agenda_show),
            ("add", "Add a talking point.", "agenda:add", _agenda_add),
            ("tick", "Tick a point or action item.", "agenda:tick", _agenda_tick),
        ),
    ),
    (
        "body",
        "Look into an event's body.",
        (("explain", "Say what is read in a body, and why.", "body:run", _explain),),
    ),
    *options_google.GROUPS,
    *options_outlook.GROUPS,
    *doors.GROUPS,
    *life.GROUPS,
    *options_rules.GROUPS,
    *life_pairs.GROUPS,
    *options_keeping.GROUPS,
)
