"""The web app's services on calendars in memory."""

from __future__ import annotations

import atexit
import shutil
import tempfile
from dataclasses import replace
from functools import cache
from pathlib import Path

from tests.core.service.conftest import Company
from webhook_app.config import Settings
from webhook_app.storage.store import SqlStore
from webhook_app.wiring import App, open_app


def company_app(
    folder: Path, *, poll_seconds: float = 0.2, database_url: str = ""
) -> tuple[Company, App]:
    """Return a company whose engine keeps everything in a data folder."""
    settings = Settings(
        data=folder, poll_seconds=poll_seconds, locale="de", database_url=database_url
    )
    if not database_url and not folder.exists():
        shutil.copytree(_empty_folder(), folder)
    app = open_app(settings, make=True)
    company = Company(copies=False)
    with company.store.transaction() as memory, app.store.transaction() as tx:
        for person in memory.people():
            tx.put_person(person)
        for connection in memory.connections():
            tx.put_connection(connection)
    company.store = app.store  # type: ignore[assignment]  # the same promises, in SQL
    company.services = replace(app.services, suite_of=company.suite_of)
    assert isinstance(company.services.store, SqlStore)
    return company, replace(app, services=company.services)


@cache
def _empty_folder() -> Path:
    """Return a data folder that was just made: to make the schema anew each time takes longer."""
    parent = tempfile.mkdtemp()
    atexit.register(shutil.rmtree, parent, ignore_errors=True)
    folder = Path(parent) / "data"
    open_app(Settings(data=folder), make=True).close()
    return folder
