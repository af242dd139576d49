"""The file `keys` of the data folder: made once, readable by us alone, changed in one step."""

from __future__ import annotations

import base64
import contextlib
import os
import tempfile
from pathlib import Path

from core.errors import InvalidInput
from webhook_app.storage.sealing import parse_keys


def read_keys(path: Path, *, make: bool) -> str:
    """Return the keys in the file; with `make` a missing one is made. Raise InvalidInput."""
    if make and not path.exists():
        _put(path, [_new_key("k1")], replace=False)
    try:
        return path.read_text(encoding="ascii")
    except FileNotFoundError as err:
        raise InvalidInput(
            f"the key file {path} is missing: put it back from your backup, nobody can read the"
            " database without it"
        ) from err
    except UnicodeDecodeError as err:
        raise InvalidInput(f"the key file {path} is damaged: put it back from your backup") from err


def add_key(path: Path) -> str:
    """Put a new key before the others: it writes from now on. Return its name."""
    text = read_keys(path, make=False)
    taken = set(parse_keys(text).names)
    name = next(name for n in range(1, len(taken) + 2) if (name := f"k{n}") not in taken)
    _put(path, [_new_key(name), *text.split()], replace=True)
    return name


def drop_key(path: Path, name: str) -> None:
    """Take a key out. Raise InvalidInput for the one that writes, and for one not there."""
    text = read_keys(path, make=False)
    names = parse_keys(text).names
    if name not in names:
        raise InvalidInput(f"there is no key {name!r}; there are {', '.join(names)}")
    if name == names[0]:
        raise InvalidInput(f"key {name!r} is the one that writes: `vieraugen keys rotate` first")
    kept = [part for part in text.replace(",", " ").split() if part.split(":")[0] != name]
    _put(path, kept, replace=True)


def _new_key(name: str) -> str:
    return f"{name}:{base64.urlsafe_b64encode(os.urandom(32)).decode()}"


def _put(path: Path, keys: list[str], *, replace: bool) -> None:
    """Write it beside and move it there: nobody ever reads half a file."""
    descriptor, beside = tempfile.mkstemp(dir=path.parent, prefix=".keys-")
    try:
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write("".join(f"{key}\n" for key in keys))
            file.flush()
            os.fsync(file.fileno())
        if replace:
            Path(beside).replace(path)
            return
        # Two first starts at once: the one that comes second takes the keys of the first.
        with contextlib.suppress(FileExistsError):
            os.link(beside, path)
    finally:
        Path(beside).unlink(missing_ok=True)
