"""Options of `backup`, `restore` and `keys`."""

from __future__ import annotations

import argparse
from collections.abc import Callable

from webhook_app.cli.options import json_option

Command = tuple[str, str, str, Callable[[argparse.ArgumentParser], None]]


def _backup(command: argparse.ArgumentParser) -> None:
    command.add_argument("file", metavar="FILE.tar.gz", help="a file that is not there yet")
    json_option(command)


def _restore(command: argparse.ArgumentParser) -> None:
    command.add_argument("file", metavar="FILE.tar.gz", help="what `backup` has written")
    json_option(command)


def _forget(command: argparse.ArgumentParser) -> None:
    command.add_argument("name", help="the key's name, as `keys list` shows it")
    json_option(command)


COMMANDS: tuple[Command, ...] = (
    ("backup", "Write database, keys and settings into one file.", "keeping:backup", _backup),
    ("restore", "Put a backup into an empty data folder.", "keeping:put_back", _restore),
)

GROUPS: tuple[tuple[str, str, tuple[Command, ...]], ...] = (
    (
        "keys",
        "The keys with which the database is sealed.",
        (
            ("list", "Say which there are and what each seals.", "keeping:show_keys", json_option),
            (
                "rotate",
                "Make a new key and seal all with it.",
                "keeping:rotate",
                json_option,
            ),
            ("reseal", "Seal all with the first key.", "keeping:reseal_all", json_option),
            ("forget", "Take a key out that seals nothing more.", "keeping:forget", _forget),
        ),
    ),
)
