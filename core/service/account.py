"""What is left of the write budget, a line a series, for `vieraugen budget` and the pages."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from core.budget import FREEZE, allowed, spent_at, used
from core.model.series import SeriesId, SeriesState, Why
from core.service.budget import is_quiet, reaches_outside
from core.service.services import Services, circle_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """One series with what its next occurrence has had."""

    series_id: SeriesId
    title: str
    quiet: bool
    """The suite mails nobody: there is no limit."""
    start: datetime | None = None
    """When the occurrence with the agenda begins."""
    most: int = 0
    automatic: int = 0
    """What is used up of `most`."""
    asked: int = 0
    """Writes that people asked for on a page or card."""
    freeze: datetime | None = None
    """From then on nothing is written."""
    due: datetime | None = None
    """When the change that waits is written."""
    why: Why = Why.NOT_YET


def accounts(services: Services) -> tuple[Account, ...]:
    """Return the account of every series that keeps an agenda."""
    with services.store.transaction() as tx:
        enabled = [s.series_id for s in tx.all_series(SeriesState.ENABLED)]
    found = (account(services, series_id) for series_id in enabled)
    return tuple(each for each in found if each is not None)


def account(services: Services, series_id: SeriesId) -> Account | None:
    """Return one series' account; None where no copy of it is written by us."""
    with services.store.transaction() as tx:
        series, sheet = tx.series(series_id), tx.open_sheet(series_id)
        circle = circle_of(tx, series) if series else None
    if series is None or circle is None or circle.leading is None:
        return None
    quiet = is_quiet(services, circle, circle.leading)
    place = sheet.place if sheet else None
    if quiet or place is None:
        start = place.slot.start if place else None
        return Account(
            series_id=series_id,
            title=series.title,
            quiet=quiet,
            start=start,
            why=series.agenda_reason,
        )
    outside = reaches_outside(services, circle)
    spent = spent_at(series.spent, place)
    return Account(
        series_id=series_id,
        title=series.title,
        quiet=False,
        start=place.slot.start,
        most=allowed(outside=outside),
        automatic=used(spent, outside=outside),
        asked=spent.asked,
        freeze=place.slot.start - FREEZE,
        due=spent.due,
        why=series.agenda_reason,
    )
