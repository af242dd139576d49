"""`vieraugen setup google`: what an administrator clicks, and which scopes, with reasons."""

from __future__ import annotations

from argparse import Namespace

from adapters.google.scopes import SCOPES, delegated
from webhook_app.cli.opening import show

STEPS = """Connect accounts of Google Workspace; adapters/google/README.md has each step in full.

  1. Google Cloud console: make a project; APIs & Services > Library: enable Google Calendar API
     and Google Tasks API (and Google Chat API for cards in Chat).
  2. IAM & Admin > Service Accounts > Create, no roles. Keys > Add key > JSON; chmod 600 the file.
  3. Admin console, as super administrator: Security > Access and data control > API controls >
     Domain-wide delegation > Add new. `vieraugen setup google --key-file key.json` prints the
     client id and the scopes to paste. It can take up to a day, mostly minutes.
  4. vieraugen connect google --key-file key.json --person ben@example.com --person anna@example.com
     (the second time the key is known)

A few people without an administrator: each one's own consent in a browser,
  vieraugen connect google --client-file client.json --person ben@example.com
  (OAuth client of type Desktop app; user type Internal, else the consent ends after a week)"""


def run(args: Namespace) -> int:
    """Print the steps, the client id and each scope with its reason."""
    client_id = "(the number that --key-file names)"
    if args.key_file:
        from webhook_app.cli.connect_google import read_key_file

        client_id = read_key_file(args.key_file)["client_id"]
    scopes = [
        {"scope": s.scope, "why": s.why, "needed": s.needed, "delegated": s.delegated}
        for s in SCOPES
    ]
    lines = [STEPS, "", "Scopes:"]
    for each in SCOPES:
        lines.append(f"  {each.scope}\n    to {each.why}{'' if each.needed else ' (optional)'}")
    lines += ["", f"Client id:    {client_id}", f"OAuth scopes: {delegated()}"]
    show(args, {"client_id": client_id, "scopes": scopes, "paste": delegated()}, "\n".join(lines))
    return 0
