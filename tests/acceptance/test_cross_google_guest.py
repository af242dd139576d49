"""US-1 with the manager on CalDAV and the report at Google: the organizer's server does the mails.

Google takes no text from a guest (403), so the report's copy shows the agenda as the organizer's
own server brings it there. Cyrus mails each change of an occurrence to guests elsewhere (iMIP);
what it would mail is taken from it here, byte by byte, and given to the stand-in of Google. Each
such mail is seen, so a write of our own accord counts as one in Outlook does (`core.budget`).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

import pytest

from core.budget import FREEZE, PAUSE
from core.model.agenda import ItemState, PointState
from core.model.proposals import Proposal
from core.service.edit import add_point
from tests.acceptance.split_pair import FIRST, PLACE, WEEK, Split, split
from tests.servers.cyrus import CyrusServer
from tests.servers.google import GoogleServer
from webhook_app.demo.phone import Phone

pytestmark = pytest.mark.server
ANNA = "anna@elsewhere.example"


@dataclass
class Guest:
    """The pair, and the post between the two houses."""

    pair: Split
    server: CyrusServer
    mails: int = -1
    """The first one is the invitation."""

    def sync(self, times: int = 1) -> None:
        """Do whole passes, each with the organizer's mails that follow from it."""
        for _ in range(times):
            self.pair.sync()
            self.post()

    def post(self) -> None:
        for text in self.server.mailed():
            self.mails += 1
            self.pair.google.ui.receive_update(ANNA, text)

    def ask(self, words: str) -> None:
        """Add a point on Ben's page, and let a minute pass."""
        pair = self.pair
        pair.now += PAUSE
        add_point(pair.services, pair.series().series_id, words, by=pair.ben, now=pair.now)
        self.sync(2)

    def both(self) -> tuple[str, str]:
        """Return what Ben's and Anna's calendar show of the next talk."""
        return self.pair.text(self.pair.ben), self.pair.text(ANNA)


@pytest.fixture
def guest(cyrus: CyrusServer) -> Iterator[Guest]:
    with GoogleServer() as google:
        cyrus.mailed()
        pair = split(cyrus, google, manager_on_google=False, outside=ANNA)
        made = Guest(pair=pair, server=cyrus)
        made.sync()
        yield made
        google.check()
        assert google.mails.caused_by_api == []


@pytest.mark.capability("F-04", "F-17")
def test_us_1_one_agenda_in_both_calendars_and_tasks_in_each_one_s_own_tool(guest: Guest) -> None:
    pair = guest.pair
    # The block stands in the next occurrence of both, and only there.
    for text in guest.both():
        assert text.startswith(PLACE)
        assert text.count("▼ 1:1") == 1
    assert pair.text(pair.ben, FIRST + WEEK) == pair.text(ANNA, FIRST + WEEK) == PLACE

    assert guest.mails == 1

    # What each types into the own copy is in the agenda; Ben's own edit is all that is mailed.
    pair.type_below(ANNA, "Anna", "Urlaub im August\n- Fortbildung")
    pair.type_below(pair.ben, "Ben", "Budget")
    guest.sync(3)
    assert pair.points() == {"Urlaub im August": ANNA, "Fortbildung": ANNA, "Budget": pair.ben}
    assert guest.mails == 2

    # A press on the page asks for the write: both calendars show all of it, once.
    guest.ask("Von der Seite")
    for text in guest.both():
        assert [text.count(line) for line in pair.points()] == [1, 1, 1, 1]

    # Both reword one line within a minute: both versions stay, and both calendars show them.
    pair.type(ANNA, lambda text: text.replace("im August", "ab 3. August"))
    pair.type(pair.ben, lambda text: text.replace("im August", "im September"))
    guest.sync()
    guest.ask("Noch eins")
    for text in guest.both():
        assert "Urlaub ab 3. August" in text
        assert "Urlaub im September" in text

    # Each ticks what the other one has said.
    pair.type(ANNA, lambda text: text.replace("[ ] Budget", "[x] Budget"))
    pair.type(pair.ben, lambda text: text.replace("[ ] Fortbildung", "[x] Fortbildung"))
    guest.sync(2)
    states = {p.text: p.state for p in pair.sheet().agenda.points}
    assert states["Budget"] is states["Fortbildung"] is PointState.DISCUSSED


def test_us_1_one_mail_of_ours_an_occurrence_and_none_close_to_the_start(guest: Guest) -> None:
    pair = guest.pair
    pair.type_below(ANNA, "Anna", "Urlaub")
    for _ in range(3):
        pair.now += timedelta(hours=1)
        guest.sync()
    pair.now = FIRST - FREEZE
    guest.ask("Zu spät")
    assert guest.mails == 1
    assert list(pair.points()) == ["Urlaub", "Zu spät"]

    pair.now = FIRST + timedelta(minutes=31)
    guest.sync(3)
    for text in (pair.text(person, FIRST + WEEK) for person in (pair.ben, ANNA)):
        assert [text.count(line) for line in pair.points()] == [1, 1]
    assert guest.mails == 2


@pytest.mark.capability("SD-84")
def test_us_1_promises_are_tasks_in_google_and_on_the_caldav_server_once(guest: Guest) -> None:
    pair = guest.pair
    pair.type_below(pair.ben, "Ben", "TODO Anna: Folien schicken bis Freitag")
    pair.type_below(ANNA, "Anna", "TODO Ben: Budget klären bis Freitag")
    guest.sync(10)
    (at_google,) = pair.google.ui.tasks.all_of(ANNA)
    phone = Phone(login=pair.account.login, password=pair.account.password)
    (on_dav,) = phone.tasks(pair.account.tasks_url).items()
    assert (at_google["title"], on_dav[1].title) == ("Folien schicken", "Budget klären")

    pair.google.ui.tasks.complete(ANNA, at_google["id"])
    phone.complete(on_dav[0])
    guest.sync(2)

    assert {i.state for i in pair.sheet().agenda.action_items} == {ItemState.DONE}


def test_comment_beside_the_guest_s_yes_is_offered_to_her_and_stands_in_no_calendar(
    guest: Guest,
) -> None:
    pair = guest.pair
    pair.google.ui.respond(ANNA, pair.at_google(FIRST), "accepted", "Gehalt ansprechen?")
    guest.sync(2)

    with pair.store.transaction() as tx:
        (offered,) = tx.nouns(Proposal, ANNA)
    assert offered.text == "Gehalt ansprechen?"
    assert not any("Gehalt" in text for text in guest.both())


def test_nothing_changed_writes_and_mails_nothing(guest: Guest) -> None:
    guest.sync()
    before = (guest.both(), guest.mails)

    guest.sync(3)

    assert (guest.both(), guest.mails) == before
