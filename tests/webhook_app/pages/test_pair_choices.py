"""What the two say about their talks on the settings page."""

from __future__ import annotations

from core.model.calendar import CalendarId, EventId, EventRef, Readers
from core.model.readers import SeenReaders
from core.model.series import ConnectionId, Copy
from core.model.settings import PairSettings
from core.service.settings import change_pair, pair_settings
from tests.core.builders import PAIR
from tests.webhook_app.pages.hands import Hand
from tests.webhook_app.world import World
from webhook_app.jobs.clock import utc_now


def settings(world: World) -> PairSettings:
    with world.app.store.transaction() as tx:
        return pair_settings(tx, PAIR.pair_id)


def test_the_two_say_how_it_is_with_them(world: World, anna: Hand, ben: Hand) -> None:
    report, manager = (anna, ben) if PAIR.report == anna.person else (ben, anna)
    fields = {"agreed_days": "10", "remote": "on", "third_allowed": "on", "topic-wellbeing": "on"}

    assert report.press("choices", **fields) == 303
    found = settings(world)
    assert (found.agreed_days, found.remote, found.third_allowed) == (10, True, True)
    assert (found.reviews, found.unwanted) == (False, ("wellbeing",))
    assert 'name="topic-wellbeing" checked' in report.see("/settings")
    assert "topic-wellbeing" not in manager.see("/settings")

    assert manager.press("choices", agreed_days="", **{"topic-goals": "on"}) == 303
    found = settings(world)
    assert (found.agreed_days, found.remote, found.unwanted) == (None, False, ("wellbeing",))
    assert report.press("choices", agreed_days="x") == 422
    assert report.press("choices", agreed_days="999") == 422


def test_what_the_page_does_not_show_stays(world: World, anna: Hand) -> None:
    with world.app.store.transaction() as tx:
        change_pair(tx, PAIR.pair_id, now=utc_now(), pulse=True, formal=True)

    anna.press("choices", remote="on")

    assert (settings(world).pulse, settings(world).formal) == (True, True)


def test_f_16_how_much_stands_in_the_event_is_chosen_here(world: World, anna: Hand) -> None:
    assert 'value="full" checked' in anna.see("/settings")

    assert anna.press("choices", exposure="titles") == 303
    assert settings(world).exposure == "titles"
    assert 'value="titles" checked' in anna.see("/settings")
    assert anna.press("choices", remote="on") == 303
    assert settings(world).exposure == "titles"
    assert anna.press("choices", exposure="some") == 422


def test_who_else_reads_is_shown_where_it_stands(world: World, anna: Hand) -> None:
    ref = EventRef(calendar_id=CalendarId("ben"), event_id=EventId("weekly"))
    with world.app.store.transaction() as tx:
        series = tx.series_of(PAIR.pair_id)[0]
        at, name = ConnectionId("ben"), series.series_id
        tx.put_copy(
            Copy(series_id=name, connection_id=at, event=ref, whose=anna.person, leading=True)
        )
    assert "Nicht jeder Kalender sagt das" in anna.see("/where")

    with world.app.store.transaction() as tx:
        seeing = Readers(people=("assistant@example.com",), everybody=True)
        tx.put_noun(SeenReaders(calendar_id=ref.calendar_id, readers=seeing, look_again=utc_now()))

    page = anna.see("/where")
    assert "assistant@example.com" in page
    assert "alle in der Organisation" in page
    assert "Nicht jeder Kalender sagt das" not in page

    # Saving something else decides nothing about who may read along.
    both = {"exposure": "titles", "exposure_was": "titles", "remote": "on"}
    assert anna.press("choices", **both) == 303
    assert settings(world).may_read == ()
    assert 'value="titles" checked' in anna.see("/settings")
    assert "Deshalb stehen im Termin" in anna.see("/settings")
    assert anna.press("choices", exposure="full", exposure_was="titles") == 303
    assert settings(world).may_read == ("assistant@example.com",)
    assert 'value="full" checked' in anna.see("/settings")
