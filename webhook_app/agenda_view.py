"""An agenda as people see it: headings in words, nothing private."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from core.body import heading
from core.model.agenda import Entry
from core.model.people import Person
from core.model.series import SeriesId
from core.service.services import circle_of
from webhook_app.wiring import App


@dataclass(frozen=True, slots=True, kw_only=True)
class SectionView:
    """One heading with its entries."""

    title: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AgendaView:
    """What a page, the command line or a card shows."""

    series_id: SeriesId
    title: str
    start: datetime | None
    people: tuple[Person, Person]
    """Report first."""
    sections: tuple[SectionView, ...]


def agenda_view(app: App, series_id: SeriesId, locale: str | None = None) -> AgendaView | None:
    """Return the open agenda of a series; None where it has none."""
    with app.store.transaction() as tx:
        series, sheet = tx.series(series_id), tx.open_sheet(series_id)
        circle = circle_of(tx, series) if series else None
    if series is None or sheet is None or circle is None:
        return None
    people = (circle.manager, circle.report)
    words = locale or circle.locale
    return AgendaView(
        series_id=series_id,
        title=series.title,
        start=sheet.place.slot.start if sheet.place else None,
        people=(circle.report, circle.manager),
        sections=tuple(
            SectionView(title=heading(section, words, people), entries=section.entries)
            for section in sheet.agenda.shared().sections
        ),
    )
