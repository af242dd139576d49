"""The write budget of a series: asked before each write, and kept before it happens."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from core.body import has_block
from core.budget import Decision, Verdict, Wish, decide, spend, spent_at, with_spent
from core.model.series import Copy, Place, Series, Why
from core.occurrences import place_of
from core.ports import CalendarFeature
from core.service.copies import Read, likely_base, port_of
from core.service.houses import house_of
from core.service.services import Circle, Services
from core.store import Transaction

WHY = {
    Verdict.NOW: Why.WRITTEN,
    Verdict.LATER: Why.WAITING,
    Verdict.SPENT: Why.HELD_BACK,
    Verdict.FROZEN: Why.HELD_BACK,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Ruling:
    """What the budget says to one change; `wish` is None where writing is quiet."""

    decision: Decision
    wish: Wish | None = None

    @property
    def may_write(self) -> bool:
        """Whether it is written now."""
        return self.decision.verdict is Verdict.NOW

    @property
    def why(self) -> Why:
        """The same for people."""
        return WHY[self.decision.verdict]


FREE = Ruling(decision=Decision(verdict=Verdict.NOW))


def ruling(
    services: Services,
    circle: Circle,
    leading: Read,
    now: datetime,
    *,
    changed: bool,
    asked: bool | None = None,
    urgent: bool = False,
) -> Ruling:
    """Ask whether the leading copy may be written now.

    `changed` says that people have just changed something. `asked` overrides whether a person
    asked for it on a page. `urgent` is what cannot wait: now, or not at all.
    """
    if is_quiet(services, circle, leading.copy):
        return FREE
    series = circle.series
    wish = Wish(
        slot=leading.event.slot,
        asked=series.asked_at is not None if asked is None else asked,
        fresh=changed,
        first=urgent or not has_block(leading.event.body),
        announced=_is_announced(leading),
        outside=reaches_outside(services, circle),
    )
    spent = spent_at(series.spent, place_of(leading.event))
    return Ruling(decision=decide(spent, wish, now), wish=wish)


def _is_announced(leading: Read) -> bool:
    """Tell whether a write was counted and then cut off before it arrived."""
    written = leading.written
    if written is None or written.pending is None:
        return False
    return likely_base(written, leading.event.body)[0] is not written.pending


def counted(series: Series, rule: Ruling, place: Place, now: datetime) -> Series:
    """Return the series with a write that is about to happen counted."""
    if rule.wish is None:
        return series
    spent = spend(spent_at(series.spent, place), rule.wish, now)
    return replace(series, spent=with_spent(series.spent, spent, now))


def kept(series: Series, rule: Ruling, place: Place, now: datetime) -> Series:
    """Return the series with what a ruling means for it: counted, or to be looked at again."""
    at, look = rule.decision.at, place.slot.end
    if rule.wish is None:
        return replace(series, look_again=look)
    spent = spent_at(series.spent, place)
    spent = spend(spent, rule.wish, now) if rule.may_write else replace(spent, due=at)
    look = min(look, at) if at else look
    return replace(series, look_again=look, spent=with_spent(series.spent, spent, now))


def settled(tx: Transaction, before: Series) -> None:
    """Note that what people asked for stands in the event; a newer ask stays."""
    series = tx.series(before.series_id)
    if series is not None and series.asked_at and series.asked_at == before.asked_at:
        tx.put_series(replace(series, asked_at=None))


def is_quiet(services: Services, circle: Circle, copy: Copy) -> bool:
    """Tell whether nobody gets a mail when we write into a copy."""
    features = port_of(services, copy).features
    mails = copy.leading and CalendarFeature.MAILS_OUTSIDE in features
    if mails and reaches_outside(services, circle):
        return False
    return CalendarFeature.QUIET_UPDATE in features


def reaches_outside(services: Services, circle: Circle) -> bool:
    """Tell whether the other one's mailbox is elsewhere, so that each update is a mail."""
    organizer = circle.series.organizer or circle.pair.manager
    other = circle.pair.other(organizer)
    with services.store.transaction() as tx:
        leading = tx.connection(circle.leading.connection_id) if circle.leading else None
        theirs = [tx.connection(c.connection_id) for c in circle.read if c.whose == other]
    known = [house_of(connection) for connection in theirs if connection]
    if known and leading is not None:
        return house_of(leading) not in known
    return other.partition("@")[2] != organizer.partition("@")[2]
