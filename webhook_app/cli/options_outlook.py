"""The options of Microsoft 365's commands."""

from __future__ import annotations

import argparse


def connect(command: argparse.ArgumentParser) -> None:
    """Add the options of `connect outlook`; without any the command says what is to be done."""
    command.add_argument(
        "--person", action="append", default=[], help="e-mail address of a mailbox (repeatable)"
    )
    command.add_argument("--tenant", help="directory (tenant) id; default: entra_tenant_id")
    command.add_argument("--client", help="application (client) id; default: entra_client_id")
    command.add_argument("--certificate", metavar="PEM", help="certificate that stands at the app")
    command.add_argument("--key", metavar="PEM", help="its private key, readable for us alone")
    command.add_argument("--secret-file", help="file with a client secret; - reads it from stdin")
    command.add_argument(
        "--sign-in", action="store_true", help="one person's own consent, in a browser"
    )
    command.add_argument("--port", type=int, default=0, help="loopback port of the sign-in's end")
    command.add_argument("--name", default="", help="the person's name")
    command.add_argument("--locale", choices=("de", "de-Sie", "en"), help="their language")
    command.add_argument(
        "--mail-from", help="mailbox that sends mail to who has no Teams app (needs Mail.Send)"
    )
    command.add_argument("--task-list", help="To Do list for their tasks; `none` for no tasks")
    command.add_argument("--json", action="store_true", help="print JSON")


def pair_plan(command: argparse.ArgumentParser) -> None:
    """Add the options of `pair plan`."""
    command.add_argument("manager", help="e-mail address of the manager (mentor, organizer)")
    command.add_argument("report", help="e-mail address of the report (mentee, peer)")
    command.add_argument("plan", help="the plan's id or its address in Planner; `off` gives it up")
    command.add_argument(
        "--members-read-titles",
        action="store_true",
        help="accept that everyone in the plan's group reads titles and days",
    )
    command.add_argument("--json", action="store_true", help="print JSON")


def manifest(command: argparse.ArgumentParser) -> None:
    """Add the options of what writes manifests."""
    command.add_argument("--out", default=".", metavar="DIR", help="where to (default: here)")
    command.add_argument("--version", default="1.0.0", help="raise it with each upload")
    command.add_argument("--json", action="store_true", help="print JSON")


GROUPS = (
    (
        "outlook",
        "Outlook's pane.",
        (("manifest", "Write the manifests of Outlook's pane.", "manifests:outlook", manifest),),
    ),
    (
        "teams",
        "The Teams app.",
        (("package", "Write the Teams app's package.", "manifests:teams", manifest),),
    ),
)
