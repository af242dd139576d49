"""`vieraugen budget` shows what was written of its own accord, and from when on nothing is."""

from __future__ import annotations

import re
from datetime import datetime

import pytest

from core.budget import FREEZE, MOST
from tests.webhook_app.outlook.conftest import ANNA, BEN
from tests.webhook_app.outlook.test_open_event import tomorrow


@pytest.mark.capability("F-09")
def test_it_shows_writes_that_are_used_and_when_none_comes_any_more(graph, command, secret_file):
    graph.ui.create_series(BEN, [ANNA], subject="1:1", first=tomorrow(), body="Hi")
    people = ("--person", BEN, "--person", ANNA)
    assert command("connect", "outlook", "--secret-file", secret_file, *people).code == 0
    command("sync")
    before = command("budget")
    (series,) = re.findall(r"\b[0-9a-f]{16}\b", command("series", "list").out)
    command("series", "enable", series)
    command("sync")

    (shown,) = command("budget", "--json").json["series"]

    assert "No series keeps an agenda." in before.out
    assert (shown["series"], shown["most"]) == (series, MOST)
    assert (shown["automatic"], shown["asked"]) == (0, 1)
    start, frozen = (datetime.fromisoformat(shown[name]) for name in ("start", "frozen_from"))
    assert start - frozen == FREEZE
    assert shown["mails_attendees"]
    assert f"0 of {MOST} writes used, 1 asked for by people" in command("budget").out
