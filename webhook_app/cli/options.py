"""Options that many commands share."""

from __future__ import annotations

import argparse


def json_option(command: argparse.ArgumentParser) -> None:
    """Let it print JSON."""
    command.add_argument("--json", action="store_true", help="print JSON")


def by_option(command: argparse.ArgumentParser) -> None:
    """Ask who it is that asks; let it print JSON."""
    command.add_argument("--by", required=True, help="e-mail address of the one who asks")
    json_option(command)
