"""An installation with one pair, its series and an open agenda, for what cards show and do."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

from core.model.agenda import Agenda
from core.model.calendar import TimeSlot
from core.model.people import Pair, Person, pair_id
from core.model.series import Place, Series, SeriesId, SeriesState, Sheet, SheetId, Why
from webhook_app.config import Settings
from webhook_app.wiring import App, open_app

BEN = Person(address="ben@example.com", name="Ben Behrens", locale="de", zone="Europe/Berlin")
ANNA = Person(address="anna@example.com", name="Anna Ahrens", locale="en", zone="Europe/Berlin")
CLEO = Person(address="cleo@example.com", name="Cleo Clarke", locale="en")
SERIES = SeriesId("series-1")
NOW = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
SLOT = TimeSlot(
    start=NOW + timedelta(days=1, hours=1),
    end=NOW + timedelta(days=1, hours=1, minutes=30),
    zone="Europe/Berlin",
)

AGENDA = Agenda.from_dict(
    {
        "sections": [
            {
                "kind": "report",
                "owner": ANNA.address,
                "points": [
                    {"id": "p1", "text": "Holidays <in> August & more", "carried": 2},
                    {"id": "p2", "text": "Salary of 70,000", "sensitive": True},
                    {"id": "p3", "text": "My secret draft", "visibility": "private"},
                ],
            },
            {
                "kind": "manager",
                "owner": BEN.address,
                "points": [{"id": "p4", "text": "What do you need?", "state": "discussed"}],
            },
            {
                "kind": "agreed",
                "action_items": [
                    {"id": "a1", "text": "Budget", "owner": BEN.address, "due": "2026-11-27"}
                ],
            },
        ]
    }
)


def cards_app(folder: Path) -> App:
    """Open a new installation with Ben's and Anna's agenda in it."""
    app = open_app(Settings(data=folder), make=True)
    fill(app)
    return app


def fill(app: App, agenda: Agenda = AGENDA) -> None:
    """Keep the pair, its series and the agenda."""
    pair = Pair(
        pair_id=pair_id(BEN.address, ANNA.address), manager=BEN.address, report=ANNA.address
    )
    series = Series(
        series_id=SERIES,
        uid="uid-1",
        pair_id=pair.pair_id,
        title="1:1 Anna & Ben",
        organizer=BEN.address,
        humans=(ANNA.address, BEN.address),
        slot=SLOT,
        rrule="FREQ=WEEKLY",
        state=SeriesState.ENABLED,
        agenda_reason=Why.WRITTEN,
    )
    sheet = Sheet(
        sheet_id=SheetId("sheet-1"),
        series_id=SERIES,
        pair_id=pair.pair_id,
        agenda=agenda,
        place=Place(original_start=SLOT.start, slot=SLOT),
    )
    with app.store.transaction() as tx:
        for person in (BEN, ANNA, CLEO):
            tx.put_person(person)
        tx.put_pair(pair)
        tx.put_series(series)
        tx.put_sheet(sheet)
