"""Options of `backup`, `restore` and `keys`."""

from __future__ import annotations

import argparse
from collections.abc import Callable

Command = tuple[str, str, str, Callable[[argparse.ArgumentParser], None]]


def _json(command: argparse.ArgumentParser) -> None:
    command.add_argument("--json", action="store_true", help="print JSON")


def _backup(command: argparse.ArgumentParser) -> None:
    command.add_argument("file", metavar="FILE.tar.gz", help="a file that is not there yet")
    _json(command)


def _restore(command: argparse.ArgumentParser) -> None:
    command.add_argument("file", metavar="FILE.tar.gz", help="what `backup` has written")
    _json(command)


def _forget(command: argparse.ArgumentParser) -> None:
    command.add_argument("name", help="the key's name, as `keys list` shows it")
    _json(command)


COMMANDS: tuple[Command, ...] = (
    ("backup", "Write database, keys and settings into one file.", "keeping:backup", _backup),
    ("restore", "Put a backup into an empty data folder.", "keeping:put_back", _restore),
)

GROUPS: tuple[tuple[str, str, tuple[Command, ...]], ...] = (
    (
        "keys",
        "The keys with which the database is sealed.",
        (
            ("list", "Say which there are and what each seals.", "keeping:show_keys", _json),
            ("rotate", "Make a new key, and seal everything with it.", "keeping:rotate", _json),
            ("reseal", "Seal everything with the first key.", "keeping:reseal_all", _json),
            ("forget", "Take a key out that seals nothing more.", "keeping:forget", _forget),
        ),
    ),
)
