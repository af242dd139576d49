"""What a Radicale of our own finds in its folder: configuration, logins and rights."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class SharedCalendar:
    """One calendar that several people see and edit as their own."""

    owner: str
    """Login of the one in whose home it lies."""
    name: str
    """Last part of its path."""
    title: str
    members: tuple[str, ...]
    """Logins of the others; each finds it in the own home as well."""

    @property
    def path(self) -> str:
        """Where everybody reaches it."""
        return f"/{self.owner}/{self.name}/"

    def path_of(self, member: str) -> str:
        """Where it is shown in a member's home."""
        return f"/{member}/{self.name}/"


# Rights are matched in this order, the first that fits counts:
# https://radicale.org/v3.html#authentication-and-rights
OWN_RIGHTS = """\
[root]
user: .+
collection:
permissions: R

[home]
user: .+
collection: {user}
permissions: RW

[own]
user: .+
collection: {user}/[^/]+
permissions: rwM
"""
PAIR_RIGHTS = """\
[shared-{number}]
user: {members}
collection: {path}
permissions: rw

"""


def write_files(
    folder: Path,
    *,
    logins: Mapping[str, str],
    shared: Sequence[SharedCalendar],
    port: int,
    extra: str = "",
    extra_rights: str = "",
) -> Path:
    """Write everything and return the configuration's path."""
    folder.mkdir(parents=True, exist_ok=True)
    _write(folder / "logins", "".join(f"{name}:{word}\n" for name, word in logins.items()))
    _write(folder / "rights", extra_rights + _rights(shared))
    config = folder / "radicale.conf"
    _write(config, _config(folder, port) + extra)
    return config


def _rights(shared: Sequence[SharedCalendar]) -> str:
    pairs = [
        PAIR_RIGHTS.format(
            number=number, members="|".join(calendar.members), path=calendar.path.strip("/")
        )
        for number, calendar in enumerate(shared)
    ]
    return "".join(pairs) + OWN_RIGHTS


def _config(folder: Path, port: int) -> str:
    return f"""\
[server]
hosts = 127.0.0.1:{port}
[auth]
type = htpasswd
htpasswd_filename = {folder / "logins"}
htpasswd_encryption = plain
delay = 0
[rights]
type = from_file
file = {folder / "rights"}
[storage]
filesystem_folder = {folder / "collections"}
[sharing]
type = csv
database_path = {folder / "sharing" / "sharing.csv"}
collection_by_map = true
permit_create_map = true
default_permissions_create_map = rw
[web]
type = none
[logging]
level = warning
"""


def _write(path: Path, text: str) -> None:
    # Nobody but this account reads the logins, not even while the file is being made.
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(text)
