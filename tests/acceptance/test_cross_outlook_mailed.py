"""A manager on Cyrus, a report in Outlook: the updates that Cyrus mails, byte by byte."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

import pytest
from icalendar import Calendar

from core.service.edit import add_point
from tests.acceptance.split_outlook import OutlookSplit, close
from tests.acceptance.split_outlook_dav import comes_by_mail, invited_from_caldav
from tests.acceptance.split_pair import FIRST
from tests.servers.cyrus import CyrusServer
from tests.servers.graph import GraphServer

pytestmark = pytest.mark.server


@dataclass(slots=True)
class Mailed:
    """The pair, and the post between the two houses."""

    pair: OutlookSplit
    server: CyrusServer
    mails: int = -1
    """The first one is the invitation."""

    def later(self, times: int = 1) -> None:
        """Let minutes pass, each with a pass of ours and the mails that follow from it."""
        for _ in range(times):
            self.pair.now += timedelta(minutes=1)
            self.pair.sync()
            self.post()

    def post(self) -> None:
        """Exchange takes what came by mail into Anna's calendar."""
        for text in self.server.mailed():
            self.mails += 1
            for event in Calendar.from_ical(text).walk("VEVENT"):
                if "RECURRENCE-ID" in event:
                    words = str(event.get("DESCRIPTION", ""))
                    comes_by_mail(self.pair.graph, self.pair.uid, self.pair.ben, words, update=True)

    def both(self) -> tuple[str, ...]:
        """Return what stands in Ben's and in Anna's calendar."""
        return tuple(self.pair.text(person, FIRST) for person in (self.pair.ben, self.pair.anna))


@pytest.fixture
def mailed(cyrus: CyrusServer) -> Iterator[Mailed]:
    with GraphServer() as graph:
        cyrus.mailed()
        made = Mailed(pair=invited_from_caldav(graph, cyrus), server=cyrus)
        made.post()
        yield made
        close(made.pair)
        assert graph.violations == []
        assert [mail for mail in graph.all_mails if mail.cause == "app"] == []


@pytest.mark.capability("US-1")
def test_mails_of_the_organizer_s_server_lose_and_double_nothing_and_end(mailed: Mailed) -> None:
    pair = mailed.pair
    pair.type_below(pair.anna, "Anna", "- Alpha\n- Omega")
    mailed.later(3)
    pair.type_below(pair.ben, "Ben", "- Budget")
    mailed.later(3)

    # Each mail is seen: beside the block and Ben's own edit nothing is mailed until somebody asks.
    assert pair.texts() == ["Alpha", "Budget", "Omega"]
    assert mailed.mails == 2
    assert [pair.text(pair.anna).count(words) for words in pair.texts()] == [1, 1, 1]
    add_point(pair.services, pair.series().series_id, "Zeit", by=pair.ben, now=pair.now)
    mailed.later(3)

    assert mailed.mails == 3
    for text in mailed.both():
        assert [text.count(words) for words in ("▼ 1:1", *pair.texts())] == [1] * 5
    before = (mailed.mails, mailed.both())
    mailed.later(3)
    assert (mailed.mails, mailed.both()) == before
