"""Who looks at a page, by which door they came, and what they may do to a pair."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from flask import current_app, g

from core.access import Right, may, role_in
from core.content.template_model import ItemType
from core.errors import NotFound
from core.kinds import words_of_kinds
from core.model.access import Via
from core.model.people import Pair, Person, Side
from core.model.series import Series, SeriesId
from core.service.settings import pair_settings, read_locale
from webhook_app.auth.devices import require_device
from webhook_app.auth.who import known_visitor
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
    csrf: str = ""
    """What forms send along where a cookie says who it is."""

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

    guest: Guest
    """Who looks, in the form of address that this pair agreed on."""
    series: Series
    pair: Pair
    report: Person
    manager: Person

    @property
    def people(self) -> tuple[Person, Person]:
        """Report first."""
        return (self.report, self.manager)

    @property
    def kinds(self) -> Mapping[ItemType, str]:
        """The kinds of points that the guest may choose, each with its first word."""
        side = self.pair.side(self.guest.address) or Side.REPORT
        return words_of_kinds(self.guest.person.locale, side)

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
    """Return who comes, by a signed link or (token "") signed in.

    Raise InvalidInput where a link is broken or too old, UnknownDevice where it came to
    somebody else's browser, NotSignedIn where nobody is.
    """
    now = utc_now()
    if token:
        visit = app().links.read(token, now)
        with app().store.transaction() as tx:
            require_device(tx, visit, now)
        address, via, base, csrf = visit.person, Via.LINK, f"/me/{token}", ""
    else:
        known = known_visitor()
        address, via, base, csrf = known.person, known.via, "/my", known.csrf
    with app().store.transaction() as tx:
        person = tx.person(address) or Person(address=address)
    g.csrf = csrf
    return Guest(person=person, via=via, base=base, now=now, csrf=csrf)


def meeting_of(guest: Guest, series_id: str, right: Right = Right.READ_AGENDA) -> Meeting:
    """Return a 1:1 that this right reaches. Raise NotFound for everybody else's."""
    with app().store.transaction() as tx:
        series = tx.series(SeriesId(series_id))
        pair = tx.pair(series.pair_id) if series and series.pair_id else None
        if series is None or pair is None or not guest.may(pair, right):
            raise NotFound("there is no such 1:1 of yours")
        report, manager = (tx.person(a) or Person(address=a) for a in pair.addresses)
        locale = read_locale(guest.person, pair_settings(tx, pair.pair_id))
    reader = replace(guest, person=replace(guest.person, locale=locale))
    return Meeting(guest=reader, series=series, pair=pair, report=report, manager=manager)
