"""What a use case works with."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from core.model.people import Pair, Person
from core.model.series import Connection, Copy, Series
from core.model.settings import Channel, PairSettings, PersonSettings
from core.ports import MessagePort, Poster, Suite
from core.service.exposure import Lowered, exposure_of
from core.store import Store, Transaction


@dataclass(frozen=True, slots=True, kw_only=True)
class Services:
    """The store and the suites; a composition root builds it."""

    store: Store
    suite_of: Callable[[Connection], Suite]
    """Opens a connection's suite; may hand out the same one again."""
    default_locale: str = "en"
    """Language of people of whom we know none."""
    link_of: Callable[[Pair], str | None] = lambda _pair: None
    """The pair's own page, for what does not fit into a body."""
    poster: Poster | None = None
    """Sends webhooks; None: this process does not."""
    reach: Callable[[str, Channel], MessagePort | None] = lambda _address, _channel: None
    """How to reach a person by a channel; None: not by this one."""
    page_of: Callable[[str], str] = lambda _address: ""
    """Somebody's own page, for the message to them; empty: none."""
    admin: str = ""
    """Who runs the installation, as the first message names them; empty: nobody is named."""
    first_message: bool = True
    """Whether managers are told once what was found."""
    talk_of: Callable[[str], str] = lambda _series_id: ""
    """A series' page that opens for who is signed in: it may stand where others read it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Circle:
    """A series with the people and copies that belong to it."""

    series: Series
    pair: Pair
    manager: Person
    report: Person
    copies: tuple[Copy, ...]
    pauses: tuple[PersonSettings, ...] = ()
    """Of those of the two who are, or will be, on leave."""

    exposure: str = "full"
    """How much of the agenda stands in the event."""
    lowered: Lowered | None = None
    """Why that is less than the two chose."""

    def rests_on(self, day: date) -> bool:
        """Tell whether one of the two is on leave that day: then nothing takes place."""
        return any(one.is_away(day) for one in self.pauses)

    def back_after(self, day: date) -> date | None:
        """Return the first day on which both are there; None: nobody knows it yet."""
        while self.rests_on(day):
            ends = [one.paused_until for one in self.pauses if one.is_away(day)]
            if None in ends:
                return None
            day = max(end for end in ends if end is not None)
        return day

    @property
    def leading(self) -> Copy | None:
        """The copy that we write."""
        return next((c for c in self.copies if c.leading and not c.alias), None)

    @property
    def read(self) -> tuple[Copy, ...]:
        """The copies that we read."""
        return tuple(c for c in self.copies if not c.alias)

    def person(self, address: str | None) -> Person | None:
        """Return one of the two."""
        return next((p for p in (self.manager, self.report) if p.address == address), None)

    @property
    def locale(self) -> str:
        """Language of the block."""
        return self.series.locale or self.manager.locale

    @property
    def other_locale(self) -> str | None:
        """The second language of the headings, where the two differ."""
        others = {self.manager.locale, self.report.locale} - {self.locale}
        return next((o for o in sorted(others) if o[:2] != self.locale[:2]), None)


def circle_of(tx: Transaction, series: Series) -> Circle | None:
    """Return a series with its people; None where it has no pair."""
    pair = tx.pair(series.pair_id) if series.pair_id else None
    if pair is None:
        return None
    chosen = [tx.noun(PersonSettings, address) for address in pair.addresses]
    settings = tx.noun(PairSettings, pair.pair_id) or PairSettings(pair_id=pair.pair_id)
    copies = tuple(tx.copies(series.series_id))
    shown = exposure_of(tx, pair, series, copies, settings)
    return Circle(
        series=series,
        pair=pair,
        manager=tx.person(pair.manager) or Person(address=pair.manager),
        report=tx.person(pair.report) or Person(address=pair.report),
        copies=copies,
        exposure=shown.level,
        lowered=shown.why,
        pauses=tuple(s for s in chosen if s and (s.paused_from or s.paused_until)),
    )
