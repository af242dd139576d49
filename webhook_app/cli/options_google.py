"""The options of Google Workspace's commands."""

from __future__ import annotations

import argparse


def connect(command: argparse.ArgumentParser) -> None:
    """Add the options of `connect google`; without any the command says what is to be done."""
    command.add_argument(
        "--person", action="append", default=[], help="e-mail address of an account (repeatable)"
    )
    command.add_argument("--key-file", metavar="JSON", help="key of the service account")
    command.add_argument("--client-file", metavar="JSON", help="OAuth client, for own consent")
    command.add_argument("--port", type=int, default=8039, help="where the browser comes back to")
    command.add_argument("--name", default="", help="the person's name")
    command.add_argument("--locale", choices=("de", "de-Sie", "en"), help="their language")
    command.add_argument(
        "--task-list", default="1:1", metavar="NAME", help='list for action items (default: "1:1")'
    )
    command.add_argument("--no-tasks", action="store_true", help="action items stay on the agenda")
    command.add_argument("--json", action="store_true", help="print JSON")


def setup(command: argparse.ArgumentParser) -> None:
    """Add the options of `setup google`."""
    command.add_argument("--key-file", metavar="JSON", help="names the client id to paste")
    command.add_argument("--json", action="store_true", help="print JSON")


def manifest(command: argparse.ArgumentParser) -> None:
    """Add the options of `google addon-manifest`."""
    command.add_argument("--name", default="1:1 agenda", help="what people see in Calendar")
    command.add_argument("--logo", default="", metavar="URL", help="a PNG; default: our own")


def disconnect(command: argparse.ArgumentParser) -> None:
    """Add the options of `disconnect`, which is for every suite."""
    command.add_argument("person", help="e-mail address of whose accounts are left")
    command.add_argument("--suite", choices=("caldav", "google", "outlook"), help="only this one")
    command.add_argument("--dry-run", action="store_true", help="say what would be done")
    command.add_argument("--json", action="store_true", help="print JSON")


COMMANDS = (("disconnect", "Leave an account as it was.", "disconnect:run", disconnect),)

GROUPS = (
    (
        "google",
        "Google's add-on and Chat app.",
        (
            (
                "addon-manifest",
                "Print the deployment of the Calendar add-on and Chat app.",
                "google_manifest:run",
                manifest,
            ),
        ),
    ),
    (
        "setup",
        "Say what an administrator has to click.",
        (
            (
                "google",
                "Steps and scopes for Google Workspace, with reasons.",
                "setup_google:run",
                setup,
            ),
        ),
    ),
)
