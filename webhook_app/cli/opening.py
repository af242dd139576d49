"""What every command starts with, and how it prints."""

from __future__ import annotations

import json
from argparse import Namespace
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from webhook_app.config import load
from webhook_app.jobs.clock import utc_now
from webhook_app.jobs.leases import READER, Leases
from webhook_app.jobs.lock import engine_runs
from webhook_app.wiring import App, open_app


@contextmanager
def opened(args: Namespace, *, make: bool = False) -> Iterator[App]:
    """Open the data folder for one command."""
    app = open_app(load(args.data), make=make)
    try:
        yield app
    finally:
        app.close()


def engine_is_on(app: App) -> bool:
    """Tell whether a process runs the engine: then it carries out what we note."""
    if app.settings.is_sqlite:
        return engine_runs(app.settings)
    return Leases(app.store.database, "").is_held(READER, utc_now())


def show(args: Namespace, data: Any, text: str) -> None:
    """Print data as one JSON object for scripts, or text for people."""
    print(json.dumps(data, ensure_ascii=False) if args.json else text, flush=True)
