"""A data folder in one file: the database as it stood at one moment, its keys and its settings."""

from __future__ import annotations

import io
import json
import os
import shutil
import sqlite3
import tarfile
import tempfile
from datetime import datetime
from pathlib import Path
from typing import Any

from core.errors import InvalidInput
from webhook_app.config import FILE, Settings
from webhook_app.storage.key_file import read_keys

DATABASE, KEYS, ABOUT = "vieraugen.db", "keys", "about.json"
FORMAT = 1
MEMBERS = (ABOUT, DATABASE, KEYS, FILE)
"""What an archive may hold; nothing else is unpacked."""


def back_up(settings: Settings, file: Path, now: datetime) -> list[str]:
    """Write the archive, readable by its owner alone; return the names of what is in it.

    It may be done while the engine runs. Raise InvalidInput where the file is there already.
    """
    if file.exists():
        raise InvalidInput(f"{file} is there already: choose another name")
    _require_all(settings)
    with tempfile.TemporaryDirectory(dir=settings.data, prefix="backup-") as made:
        found = _collected(settings, Path(made), now)
        archive = Path(made) / "archive"
        with archive.open("xb") as raw, tarfile.open(fileobj=raw, mode="w:gz") as tar:
            for each in found:
                tar.add(each, arcname=each.name, recursive=False)
        archive.chmod(0o600)
        shutil.copyfile(archive, _private(file))
    return [each.name for each in found]


def _require_all(settings: Settings) -> None:
    """Raise InvalidInput where what a backup is for isn't there."""
    if not settings.data.is_dir() or (settings.is_sqlite and not _database(settings).exists()):
        raise InvalidInput(f"nothing to back up in {settings.data}: run `vieraugen init` first")
    if not settings.keys:
        read_keys(settings.data / KEYS, make=False)


def _database(settings: Settings) -> Path:
    return Path(settings.sql_url.removeprefix("sqlite:///"))


def _private(file: Path) -> Path:
    os.close(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    return file


def _collected(settings: Settings, folder: Path, now: datetime) -> list[Path]:
    about = {"format": FORMAT, "made_at": now.isoformat()}
    (folder / ABOUT).write_text(json.dumps(about), encoding="utf-8")
    found = [folder / ABOUT]
    if settings.is_sqlite:
        copy_database(_database(settings), folder / DATABASE)
        found.append(folder / DATABASE)
    if not settings.keys:
        found.append(settings.data / KEYS)
    if (settings.data / FILE).exists():
        found.append(settings.data / FILE)
    return found


def copy_database(source: Path, target: Path) -> None:
    """Copy a living SQLite file as it stands at one moment."""
    with (
        sqlite3.connect(f"{source.absolute().as_uri()}?mode=ro", uri=True) as old,
        sqlite3.connect(target) as new,
    ):
        old.backup(new)
    old.close()
    new.close()


def restore(file: Path, folder: Path) -> dict[str, Any]:
    """Put an archive's content into an empty data folder; return what it says of itself.

    Raise InvalidInput where it is none, is damaged, or something is there already.
    """
    for name in (DATABASE, KEYS, FILE):
        if (folder / name).exists():
            raise InvalidInput(f"{folder / name} is there already: restore into an empty folder")
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder, prefix="restore-") as made:
        about = _unpacked(file, Path(made))
        if (Path(made) / DATABASE).exists():
            _check(Path(made) / DATABASE)
        # The database comes last: with it the folder counts as set up.
        for name in (FILE, KEYS, DATABASE):
            if (Path(made) / name).exists():
                (Path(made) / name).replace(folder / name)
    return about


def _unpacked(file: Path, folder: Path) -> dict[str, Any]:
    try:
        with tarfile.open(file, "r:gz") as tar:
            for name in tar.getnames():
                if name not in MEMBERS:
                    raise InvalidInput(f"{file} is no backup of vieraugen: it holds {name}")
            for name in MEMBERS:
                if name in tar.getnames():
                    _write(tar.extractfile(name), folder / name)
            about: dict[str, Any] = json.loads((folder / ABOUT).read_text(encoding="utf-8"))
    except FileNotFoundError as err:
        raise InvalidInput(f"{file} is not there, or is no backup of vieraugen") from err
    except (tarfile.TarError, EOFError, ValueError, OSError) as err:
        raise InvalidInput(f"{file} can't be read as a backup: {err}") from err
    if about.get("format") != FORMAT:
        raise InvalidInput(f"{file} was made by another version: install that one to restore it")
    return about


def _write(content: object, target: Path) -> None:
    if not isinstance(content, io.BufferedIOBase):
        raise InvalidInput(f"{target.name} in the backup is no file")
    with os.fdopen(os.open(target, os.O_WRONLY | os.O_CREAT, 0o600), "wb") as out:
        shutil.copyfileobj(content, out)


def _check(database: Path) -> None:
    with sqlite3.connect(database) as opened:
        try:
            (said,) = opened.execute("PRAGMA quick_check").fetchone()
        except sqlite3.DatabaseError as err:
            said = str(err)
    opened.close()
    if said != "ok":
        raise InvalidInput(f"the database in the backup is damaged: {said}")
