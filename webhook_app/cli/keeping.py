"""`vieraugen backup`, `vieraugen restore` and `vieraugen keys …`: what an installation lives on."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from core.errors import InvalidInput
from webhook_app.backup import DATABASE, back_up, restore
from webhook_app.cli.opening import engine_is_on, opened, show
from webhook_app.config import load
from webhook_app.jobs.clock import utc_now
from webhook_app.jobs.lock import engine_lock
from webhook_app.storage.key_file import add_key, drop_key
from webhook_app.storage.reseal import reseal, sealed_by
from webhook_app.wiring import App, key_ring, open_app

ELSEWHERE = "keep a dump of the PostgreSQL database beside it (pg_dump)"
OWN_KEYS = "keep VIERAUGEN_KEYS beside it: without the keys nobody can read the database"


def backup(args: Namespace) -> int:
    """Write database, keys and settings into one file."""
    # Not opened: a folder that an older release left is to be backed up before `init` changes it.
    settings, file = load(args.data), Path(args.file).absolute()
    names = back_up(settings, file, utc_now())
    hints = [] if settings.is_sqlite else [ELSEWHERE]
    hints += [OWN_KEYS] if settings.keys else []
    said = [f"{file}: {', '.join(names)}", *(f"Besides: {hint}." for hint in hints)]
    said.append("Whoever has this file can read everything: keep it as you keep the data folder.")
    show(args, {"file": str(file), "holds": names, "besides": hints}, "\n".join(said))
    return 0


def put_back(args: Namespace) -> int:
    """Put a backup into an empty data folder, and bring its database up to date."""
    folder = load(args.data).data
    about = restore(Path(args.file), folder)
    settings = load(args.data)
    if (folder / DATABASE).exists():
        open_app(settings, make=True).close()
    text = f"Restored what stood at {about['made_at']} into {folder}.\nNext: `vieraugen doctor`."
    show(args, {"data": str(folder), "made_at": about["made_at"]}, text)
    return 0


def show_keys(args: Namespace) -> int:
    """Say which keys there are and how much each has sealed."""
    with opened(args) as app:
        counts = sealed_by(app.store.database)
        names = key_ring(app.settings).names
    missing = [name for name in counts if name not in names]
    rows = [
        {"name": name, "writes": name == names[0], "values": counts[name], "there": name in names}
        for name in [*names, *missing]
    ]
    text = [
        f"{row['name']:8} {row['values']:6} values"
        f"{', writes' if row['writes'] else ''}{'' if row['there'] else ', MISSING'}"
        for row in rows
    ]
    show(args, {"keys": rows}, "\n".join(text))
    return 3 if missing else 0


def rotate(args: Namespace) -> int:
    """Make a new key, and seal everything with it."""
    with opened(args) as app, _alone(app):
        if app.settings.keys:
            raise InvalidInput(
                "the keys stand in VIERAUGEN_KEYS: put a new one in front there, then run"
                " `vieraugen keys reseal`"
            )
        name = add_key(app.settings.data / "keys")
        count = reseal(app.store.database, key_ring(app.settings))
    text = (
        f"Key {name} writes from now on; {count} values were sealed anew. Links that people have"
        " still need the old key: `vieraugen keys forget` ends them."
    )
    show(args, {"key": name, "resealed": count}, text)
    return 0


def reseal_all(args: Namespace) -> int:
    """Seal everything with the first key."""
    with opened(args) as app, _alone(app):
        ring = key_ring(app.settings)
        count = reseal(app.store.database, ring)
    name = ring.names[0]
    show(args, {"key": name, "resealed": count}, f"{count} values were sealed anew with {name}.")
    return 0


def forget(args: Namespace) -> int:
    """Take a key out of the file where nothing needs it any more."""
    with opened(args) as app, _alone(app):
        if app.settings.keys:
            raise InvalidInput("the keys stand in VIERAUGEN_KEYS: take it out there")
        count = sealed_by(app.store.database)[args.name]
        if count:
            raise InvalidInput(
                f"key {args.name!r} still seals {count} values: `vieraugen keys reseal` first"
            )
        drop_key(app.settings.data / "keys", args.name)
    text = f"Key {args.name} is gone; links that were made with it have ended."
    show(args, {"forgotten": args.name}, text)
    return 0


@contextmanager
def _alone(app: App) -> Iterator[None]:
    """A running engine knows the old keys only. Raise InvalidInput where there is one."""
    if app.settings.is_sqlite:
        with engine_lock(app.settings):
            yield
        return
    if engine_is_on(app):
        raise InvalidInput("the engine runs: stop `serve` and each `worker` first")
    yield
