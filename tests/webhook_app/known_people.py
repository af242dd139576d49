"""A data folder in which Ben and Anna are known, and commands run on it."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from core.model.people import Person
from core.model.series import SeriesId, SeriesState
from tests.core.builders import ANNA, BEN, PAIR, series
from webhook_app.cli.main import main
from webhook_app.config import load
from webhook_app.wiring import App, open_app

Run = Callable[..., Any]


def known_people(folder: Path) -> App:
    """Set a data folder up with the two, their pair and a found series."""
    app = open_app(load(str(folder)), make=True)
    with app.store.transaction() as tx:
        for address in (ANNA, BEN):
            tx.put_person(Person(address=address, locale="de", zone="Europe/Berlin"))
        tx.put_pair(PAIR)
        tx.put_series(series("s1", state=SeriesState.FOUND, series_id=SeriesId("s1")))
    return app


def runner(folder: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    """Return what runs a command and returns its JSON; `fails` is a part of the refusal."""

    def command(*words: str, fails: str = "", code: int = 0) -> Any:
        capsys.readouterr()
        ended = main([*words[:2], "--data", str(folder), *words[2:], "--json"])
        out, err = capsys.readouterr()
        assert (ended, fails in err) == (1 if fails else code, True), err
        return json.loads(out) if out else None

    return command
