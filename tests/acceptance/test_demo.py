"""The demo as a stranger and a script meet it: one JSON line, then a calendar client types."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import requests

from tests.servers import servers_python

TYPED = "Reisekosten klaeren"
FENCE = "1:1-Agenda (hier schreiben)"
PATIENCE = 30.0
"""Seconds; the promise to people is 15, a loaded machine may take longer."""


@pytest.fixture(scope="module")
def ready(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Any]]:
    """What `vieraugen demo --json` prints first; the demo runs until the last test is over."""
    folder = tmp_path_factory.mktemp("demo")
    settings = dict(os.environ, VIERAUGEN_SERVERS_VENV=str(servers_python().parents[1]))
    command = [sys.executable, "-m", "webhook_app.cli", "demo", "--json"]
    with (folder / "said").open("wb") as said:
        process = subprocess.Popen(
            [*command, "--data", str(folder / "data")],
            cwd=Path(__file__).parents[2],
            env=settings,
            stdout=subprocess.PIPE,
            stderr=said,
        )
    assert process.stdout is not None
    try:
        yield json.loads(process.stdout.readline())
    finally:
        process.terminate()
        process.communicate(timeout=20)


def person(ready: dict[str, Any], name: str) -> dict[str, Any]:
    return next(p for p in ready["people"] if p["name"].startswith(name))


def event_of(who: dict[str, Any]) -> tuple[str, requests.Response]:
    """Find the pair's event as a client does: list the calendar, read what is in it."""
    login = (who["login"], who["password"])
    listing = requests.request(
        "PROPFIND", who["calendar_url"], auth=login, headers={"Depth": "1"}, timeout=10
    )
    path = next(part for part in listing.text.split("<href>") if ".ics<" in part).split("<")[0]
    url = "/".join(who["calendar_url"].split("/")[:3]) + path
    return url, requests.get(url, auth=login, timeout=10)


def type_into_event(who: dict[str, Any]) -> None:
    """Put a line below the first heading of the block, as a phone would save it."""
    for _ in range(100):
        url, event = event_of(who)
        lines = event.content.decode().replace("\r\n ", "")
        if FENCE in lines:
            typed = lines.replace("Anna\\n", f"Anna\\n- {TYPED}\\n", 1)
            assert typed != lines
            put = requests.put(
                url,
                data=typed.encode(),
                auth=(who["login"], who["password"]),
                headers={"If-Match": event.headers["ETag"], "Content-Type": "text/calendar"},
                timeout=10,
            )
            if put.ok:
                return
        time.sleep(0.2)
    raise AssertionError("the agenda never stood in the event")


def test_a_script_finds_everything_in_one_line(ready: dict[str, Any]) -> None:
    assert {"caldav_url", "page_url", "people"} <= set(ready)
    for one in ready["people"]:
        wanted = {"name", "role", "login", "password", "calendar_url", "tasks_url", "page_url"}
        assert wanted <= set(one)
        assert one["role"] in ("manager", "report")
    assert person(ready, "Anna")["calendar_url"] == person(ready, "Ben")["calendar_url"]
    assert person(ready, "Anna")["page_url"] != person(ready, "Ben")["page_url"]


def test_ready_means_that_the_agenda_stands_in_the_event(ready: dict[str, Any]) -> None:
    _, event = event_of(person(ready, "Anna"))

    assert FENCE in event.content.decode().replace("\r\n ", "")


def test_a_line_typed_in_a_calendar_client_is_on_the_page(ready: dict[str, Any]) -> None:
    type_into_event(person(ready, "Anna"))

    until = time.monotonic() + PATIENCE
    while TYPED not in requests.get(person(ready, "Ben")["page_url"], timeout=10).text:
        assert time.monotonic() < until
        time.sleep(0.3)
