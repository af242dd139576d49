"""Who looks at a page, by which door they came, and what they may do to a pair."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from flask import current_app

from core.access import Right, may, role_in
from core.errors import NotFound
from core.model.access import Via
from core.model.people import Pair, Person
from core.model.series import Series, SeriesId
from webhook_app.jobs.clock import utc_now
from webhook_app.jobs.engine import Engine
from webhook_app.pages.times import Times
from webhook_app.pages.words import words_for
from webhook_app.wiring import App


@dataclass(frozen=True, slots=True, kw_only=True)
class Guest:
    """Somebody at a page of ours."""

    person: Person
    via: Via
    base: str
    """Address below which all their pages are."""
    now: datetime

    @property
    def address(self) -> str:
        """Who it is."""
        return self.person.address

    @property
    def words(self) -> Mapping[str, str]:
        """The words of their language."""
        return words_for(self.person.locale)

    @property
    def times(self) -> Times:
        """How they read days and times."""
        return Times(locale=self.person.locale, zone=self.person.zone)

    @property
    def scope(self) -> str:
        """A name for what their browser keeps: it says nobody's address."""
        return hashlib.sha256(self.address.encode()).hexdigest()[:12]

    def may(self, pair: Pair, right: Right) -> bool:
        """Tell whether the access table gives them a right."""
        return may(role_in(pair, self.address, self.via, self.now), right)

    def url(self, *parts: str) -> str:
        """Return the address of one of their pages."""
        return "/".join((self.base, *parts))


@dataclass(frozen=True, slots=True, kw_only=True)
class Meeting:
    """A series of the guest's, with its two people."""

    series: Series
    pair: Pair
    report: Person
    manager: Person

    @property
    def people(self) -> tuple[Person, Person]:
        """Report first."""
        return (self.report, self.manager)

    def name(self, address: str | None) -> str:
        """Return what one of the two is called; empty for nobody."""
        return next((p.called for p in self.people if p.address == address), address or "")


def app() -> App:
    """Return the opened services."""
    opened: App = current_app.extensions["vieraugen"]
    return opened


def hurry() -> None:
    """Let the engine look at once for what has become due."""
    engine: Engine | None = current_app.extensions["vieraugen-engine"]
    if engine is not None:
        engine.nudge()


def guest_with(token: str) -> Guest:
    """Return who comes by a signed link. Raise InvalidInput where it is broken or too old."""
    now = utc_now()
    visit = app().links.read(token, now)
    with app().store.transaction() as tx:
        person = tx.person(visit.person) or Person(address=visit.person)
    return Guest(person=person, via=Via.LINK, base=f"/me/{token}", now=now)


def meeting_of(guest: Guest, series_id: str, right: Right = Right.READ_AGENDA) -> Meeting:
    """Return a 1:1 that this right reaches. Raise NotFound for everybody else's."""
    with app().store.transaction() as tx:
        series = tx.series(SeriesId(series_id))
        pair = tx.pair(series.pair_id) if series and series.pair_id else None
        people = tuple(tx.person(a) or Person(address=a) for a in pair.addresses) if pair else ()
    if series is None or pair is None or not guest.may(pair, right):
        raise NotFound("there is no such 1:1 of yours")
    return Meeting(series=series, pair=pair, report=people[0], manager=people[1])
