"""Series that were found: one yes to all of them."""

from __future__ import annotations

from core.model.calendar import CalendarId, EventDraft
from core.model.series import SeriesState
from tests.core.builders import ANNA, BEN, CLEO, people, slot
from tests.core.service.conftest import FIRST
from tests.webhook_app.pages.hands import Hand, link
from tests.webhook_app.world import World


def test_one_yes_to_all_leaves_what_was_stopped_or_is_no_1_1_alone(
    world: World, anna: Hand
) -> None:
    company = world.company
    company.clients.add(BEN, _draft("Mittagessen", BEN, ANNA), "lunch", calendar_id=_shared(world))
    team = _draft("Team", BEN, ANNA, CLEO)
    company.clients.add(BEN, team, "team", calendar_id=_shared(world))
    company.sync()
    anna.press("stop")

    answer = anna.client.post(f"{link(world, ANNA)}yes-to-all")

    assert answer.status_code == 303
    assert company.series("lunch").state is SeriesState.ENABLED
    assert company.series().state is SeriesState.DISABLED
    assert company.series("team").state is SeriesState.OTHER


def _draft(title: str, *people_in_it: str) -> EventDraft:
    return EventDraft(
        title=title, slot=slot(FIRST), participants=people(*people_in_it), rrule="FREQ=WEEKLY"
    )


def _shared(world: World) -> CalendarId:
    with world.app.store.transaction() as tx:
        return tx.connections()[0].calendars[-1]
