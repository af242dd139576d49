"""What a report opened of the time with a former manager stands on the new pair's history."""

from __future__ import annotations

from datetime import timedelta

import pytest

from core.model.agenda import Agenda, PointId, Section, SectionKind, TalkingPoint, Visibility
from core.model.calendar import TimeSlot
from core.model.handover import ReleasedHistory
from core.model.people import Pair, pair_id
from core.model.series import Place, Series, SeriesId, Sheet, SheetId, SheetState
from tests.core.builders import CLEO, PAIR
from tests.webhook_app.pages.hands import Hand
from tests.webhook_app.world import World
from webhook_app.jobs.clock import utc_now

OLD = Pair(pair_id=pair_id(PAIR.report, CLEO), manager=CLEO, report=PAIR.report)
BEFORE = SeriesId("before")


def point(text: str, visibility: Visibility = Visibility.SHARED) -> TalkingPoint:
    return TalkingPoint(
        point_id=PointId(text[:8]), text=text, owner=PAIR.report, visibility=visibility
    )


@pytest.fixture
def before(world: World) -> World:
    """Anna talked with Cleo a month ago."""
    start = utc_now() - timedelta(days=30)
    slot = TimeSlot(start=start, end=start + timedelta(minutes=30), zone="Europe/Berlin")
    entries = (
        point("Der Umzug <b>gelang</b>"),
        point("Gehalt", Visibility.SENSITIVE),
        point("Kündigung?", Visibility.PRIVATE),
    )
    with world.app.store.transaction() as tx:
        tx.put_pair(OLD)
        tx.put_series(Series(series_id=BEFORE, uid="before", slot=slot, pair_id=OLD.pair_id))
        tx.put_sheet(
            Sheet(
                sheet_id=SheetId("before-1"),
                series_id=BEFORE,
                pair_id=OLD.pair_id,
                place=Place(original_start=start, slot=slot),
                agenda=Agenda(sections=(Section(kind=SectionKind.REPORT, entries=entries),)),
                state=SheetState.CLOSED,
            )
        )
    return world


@pytest.mark.parametrize("name", ["anna", "ben"])
def test_us_5_released_history_has_a_page_for_the_new_manager(
    before: World, anna: Hand, ben: Hand, name: str
) -> None:
    reader = {"anna": anna, "ben": ben}[name]
    assert "Aus der Zeit davor" not in reader.see("/history")

    with before.app.store.transaction() as tx:
        tx.put_noun(
            ReleasedHistory(pair_id=PAIR.pair_id, old_pair=OLD.pair_id, until=utc_now().date())
        )

    page = reader.see("/history")
    assert "Aus der Zeit davor" in page
    assert "Der Umzug &lt;b&gt;gelang&lt;/b&gt;" in page
    assert "Gehalt" not in page
    assert "Kündigung" not in page
