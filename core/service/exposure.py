"""How much of an agenda an event shows: as the two chose, and less where others read it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from core.model.calendar import CalendarId, Readers
from core.model.people import Pair
from core.model.readers import SeenReaders
from core.model.series import Copy, Series, SeriesState, Why
from core.model.settings import EXPOSURES, CompanySettings, PairSettings
from core.service.known_people import keeps_calendar_of
from core.store import Transaction


class Lowered(StrEnum):
    """Why an event shows less than the two chose."""

    THIRD_PERSON = "third_person"
    ASSISTANT = "assistant"
    """Who invites keeps the calendar of one of the two."""
    READER = "reader"
    """Somebody else was found to read the calendar."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Exposure:
    """What an event shows, and why it is less than was chosen."""

    level: str
    """One of EXPOSURES."""
    why: Lowered | None = None
    who: tuple[str, ...] = ()
    """Who reads along, as their calendar names them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Onlookers:
    """Who reads a pair's events beside the two."""

    people: tuple[str, ...] = ()
    rooms: int = 0
    everybody: bool = False
    public: bool = False
    told: int = 0
    """Calendars whose suite says who reads them."""
    untold: int = 0
    """Calendars of which nobody says who reads them."""


def onlookers(tx: Transaction, pair: Pair) -> Onlookers:
    """Return who reads a pair's events beside the two, as far as is known."""
    live = [s for s in tx.series_of(pair.pair_id) if s.state is SeriesState.ENABLED]
    calendars = {c.event.calendar_id for s in live for c in tx.copies(s.series_id)}
    seen = [tx.noun(SeenReaders, calendar_id) for calendar_id in sorted(calendars)]
    told = [one.readers for one in seen if one is not None and one.told]
    return Onlookers(
        people=tuple(sorted({*_others(told, pair), *_assistants(tx, live, pair)})),
        rooms=max((s.rooms for s in live), default=0),
        everybody=any(r.everybody for r in told),
        public=any(r.public for r in told),
        told=len(told),
        untold=len(calendars) - len(told),
    )


def _assistants(tx: Transaction, live: Iterable[Series], pair: Pair) -> tuple[str, ...]:
    """Who invites in the name of one of the two."""
    return tuple({s.organizer for s in live if _is_assistant(tx, s.organizer, pair)})


def outside_domains(tx: Transaction, pair: Pair, seeing: Onlookers) -> int:
    """Return how many domains beside the company's own read along.

    Where the company has named none, the manager's domain is its own.
    """
    live = [s for s in tx.series_of(pair.pair_id) if s.state is SeriesState.ENABLED]
    humans = {human for series in live for human in series.humans}
    domains = {_domain(a) for a in {*pair.addresses, *humans, *seeing.people} if "@" in a}
    company = tx.noun(CompanySettings, "company")
    own = set(company.domains) if company else set()
    return len(domains - (own or {_domain(pair.manager)}))


def _domain(address: str) -> str:
    return address.rpartition("@")[2]


def _others(told: Sequence[Readers], pair: Pair) -> tuple[str, ...]:
    # CalDAV servers name people by their login: often what stands before the address's @.
    own = {name for a in pair.addresses for name in (a, a.partition("@")[0])}
    return tuple(sorted({name for readers in told for name in readers.people} - own))


def exposure_of(
    tx: Transaction, pair: Pair, series: Series, copies: Iterable[Copy], chosen: PairSettings
) -> Exposure:
    """Return how much of a pair's agenda the events of a series show (US-7, US-9)."""
    others = [h for h in series.humans if pair.side(h) is None]
    if others and series.reason is Why.MORE_THAN_TWO:
        return _least(chosen, "link", Lowered.THIRD_PERSON, others)
    if series.organizer not in chosen.may_read and _is_assistant(tx, series.organizer, pair):
        return _least(chosen, "titles", Lowered.ASSISTANT, [series.organizer])
    readers = _readers(tx, pair, {c.event.calendar_id for c in copies}, chosen)
    if readers:
        return _least(chosen, "titles", Lowered.READER, readers)
    return Exposure(level=chosen.exposure)


def _least(chosen: PairSettings, level: str, why: Lowered, who: Sequence[str]) -> Exposure:
    if EXPOSURES.index(chosen.exposure) >= EXPOSURES.index(level):
        return Exposure(level=chosen.exposure)
    return Exposure(level=level, why=why, who=tuple(who))


def _is_assistant(tx: Transaction, organizer: str, pair: Pair) -> bool:
    if not organizer or pair.side(organizer) is not None:
        return False
    return any(keeps_calendar_of(tx, organizer, address) for address in pair.addresses)


def _readers(
    tx: Transaction, pair: Pair, calendars: Iterable[CalendarId], chosen: PairSettings
) -> tuple[str, ...]:
    seen = (tx.noun(SeenReaders, calendar_id) for calendar_id in sorted(calendars))
    told = [one.readers for one in seen if one is not None and one.told]
    return tuple(name for name in _others(told, pair) if name not in chosen.may_read)
