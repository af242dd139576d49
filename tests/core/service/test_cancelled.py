"""A cancelled talk brings one offer to both; one call does it in the calendar."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from core.errors import InvalidInput, NotFound, NotSupported
from core.model.agenda import PointState
from core.model.calendar import Window
from core.model.series import SeriesState
from core.model.talks import CancelledTalk, Way
from core.service.cancelled import CancelOffer, answer_offer, cancel_offers, change_talk
from core.service.settings import change_person
from core.service.shapes import sheet_shape
from tests.core.builders import ANNA, BEN, CLEO, NOW, PAIR
from tests.core.service.conftest import UID, WEEK, Company


@pytest.fixture
def talking(company: Company) -> Company:
    """A running series whose next talk has one open point and a promise."""
    company.now = NOW + 3 * WEEK
    company.say_yes()
    company.add_line(ANNA, "- Urlaub\nTODO Ben: Budget klären")
    company.sync()
    company.sync()
    return company


def cancel(company: Company) -> None:
    company.clients.cancel(BEN, UID, company.start())
    company.sync()


def offers(company: Company, reader: str = ANNA) -> tuple[CancelOffer, ...]:
    return cancel_offers(company.services, reader, company.now)


def answer(company: Company, way: Way, slot: Window | None = None) -> CancelledTalk:
    (offer,) = offers(company)
    done = answer_offer(
        company.services, offer.talk.talk_id, way, by=ANNA, now=company.now, slot=slot
    )
    company.sync()
    return done


def extra_text(company: Company) -> str:
    with company.store.transaction() as tx:
        found = [s for s in tx.all_series() if s.uid != UID]
    (extra,) = found
    return company.clients.body(ANNA, extra.uid)


@pytest.mark.capability("F-20")
def test_us_7_a_cancelled_talk_brings_one_offer_and_loses_nothing(talking: Company) -> None:
    was = talking.start()
    cancel(talking)
    talking.sync()

    assert talking.open_points() == ["Urlaub"]
    for reader in (ANNA, BEN):
        (offer,) = offers(talking, reader)
        assert offer.ways == tuple(Way)
        assert offer.talk.slot.start == was
    assert offers(talking, CLEO) == ()


def test_a_moved_talk_is_no_cancelled_one(talking: Company) -> None:
    start = talking.start()
    place = talking.sheet().place
    assert place is not None
    later = place.slot
    moved = type(later)(
        start=later.start + WEEK + timedelta(days=1),
        end=later.end + WEEK + timedelta(days=1),
        zone=later.zone,
    )
    talking.clients.move(BEN, UID, start, moved)
    talking.sync()

    assert offers(talking) == ()


def test_skip_changes_nothing_in_the_calendar(talking: Company) -> None:
    cancel(talking)
    before = len(talking.server.writes)

    assert answer(talking, Way.SKIP).answer is Way.SKIP

    assert offers(talking) == ()
    assert len(talking.server.writes) == before
    assert talking.open_points() == ["Urlaub"]


@pytest.mark.parametrize(
    ("way", "minutes", "template"),
    [
        (Way.KEEP, 30, "weekly"),
        (Way.SHORTEN, 15, "weekly"),
        (Way.WALK, 30, "walk"),
        (Way.MOVE, 30, "weekly"),
    ],
)
@pytest.mark.capability("SD-02")
def test_sd_71_one_call_makes_the_talk_in_the_calendar(
    talking: Company, way: Way, minutes: int, template: str
) -> None:
    was = talking.start()
    cancel(talking)
    at = was + timedelta(days=1)
    slot = Window(start=at, end=at + timedelta(minutes=30)) if way is Way.MOVE else None

    answer(talking, way, slot)

    with talking.store.transaction() as tx:
        (extra,) = [s for s in tx.all_series(SeriesState.ENABLED) if s.uid != UID]
        sheet = tx.open_sheet(extra.series_id)
        assert sheet is not None
        shape = sheet_shape(tx, sheet)
    assert shape is not None
    assert shape.template == template
    assert extra.slot.start == (at if slot else was)
    assert extra.slot.end - extra.slot.start == timedelta(minutes=minutes)
    assert extra_text(talking).count("Urlaub") == 1
    assert "Urlaub" not in talking.clients.body(ANNA, UID, talking.start())


def test_what_stays_open_in_the_extra_talk_comes_back_once(talking: Company) -> None:
    cancel(talking)
    answer(talking, Way.KEEP)
    talking.add_line(BEN, "- neu dazu", below="Ben")
    talking.sync()

    talking.now += timedelta(days=2)
    talking.sync()
    talking.sync()

    points = {p.text: p.carried for p in talking.agenda().points if p.state is PointState.OPEN}
    assert points == {"Urlaub": 1, "neu dazu": 0}
    text = talking.clients.body(ANNA, UID, talking.start())
    assert (text.count("Urlaub"), text.count("neu dazu"), text.count("Budget")) == (1, 1, 1)
    (item,) = talking.agenda().action_items
    with talking.store.transaction() as tx:
        link = tx.task_link(item.item_id)
        assert link is not None
        assert link.ref is not None
        assert link.series_id == talking.series().series_id
        assert tx.open_sheets_of(PAIR.pair_id)[0].series_id == talking.series().series_id
    assert len(talking.tasks.all_of(BEN)) == 1 if hasattr(talking.tasks, "all_of") else True


def test_an_extra_talk_that_is_cancelled_too_gives_its_points_back(talking: Company) -> None:
    cancel(talking)
    answer(talking, Way.KEEP)
    with talking.store.transaction() as tx:
        (extra,) = [s for s in tx.all_series(SeriesState.ENABLED) if s.uid != UID]
    talking.clients.delete(BEN, extra.uid)
    talking.sync()
    talking.sync()

    assert talking.open_points() == ["Urlaub"]
    assert talking.agenda().points[0].carried == 0


def test_twice_answered_is_once(talking: Company) -> None:
    cancel(talking)
    (offer,) = offers(talking)
    answer(talking, Way.KEEP)
    writes = len(talking.server.writes)

    again = answer_offer(talking.services, offer.talk.talk_id, Way.SKIP, by=BEN, now=talking.now)

    assert again.answer is Way.KEEP
    assert len(talking.server.writes) == writes


def test_what_cannot_be_is_refused_and_stays_open(talking: Company) -> None:
    cancel(talking)
    (offer,) = offers(talking)
    past = Window(start=talking.now - WEEK, end=talking.now - WEEK + timedelta(minutes=30))
    long = Window(start=talking.now + WEEK, end=talking.now + 2 * WEEK)
    for slot in (None, past, long):
        with pytest.raises(InvalidInput):
            answer_offer(
                talking.services, offer.talk.talk_id, Way.MOVE, by=ANNA, now=talking.now, slot=slot
            )
    with pytest.raises(NotFound):
        answer_offer(talking.services, offer.talk.talk_id, Way.KEEP, by=CLEO, now=talking.now)
    assert len(offers(talking)) == 1


def test_a_declined_talk_is_moved_where_it_stands(with_copies: Company) -> None:
    with_copies.now = NOW + 3 * WEEK
    with_copies.say_yes()
    start = with_copies.start()
    with_copies.clients.decline(ANNA, UID, start)
    with_copies.sync()
    at = start + timedelta(days=1)

    (offer,) = offers(with_copies)
    assert not offer.talk.gone
    slot = Window(start=at, end=at + timedelta(minutes=30))
    answer(with_copies, Way.MOVE, slot)

    with with_copies.store.transaction() as tx:
        assert [s.uid for s in tx.all_series()] == [UID]
    assert any(w.verb == "reschedule" for w in with_copies.server.writes)


def test_a_leave_is_no_cancellation(with_copies: Company) -> None:
    with_copies.now = NOW + 3 * WEEK
    with_copies.say_yes()
    with with_copies.store.transaction() as tx:
        change_person(tx, ANNA, paused_from=date(2026, 3, 23), now=with_copies.now)
    cancel(with_copies)

    assert offers(with_copies) == ()


# --- before anybody cancels ---


def test_sd_72_one_call_shortens_and_the_agenda_is_intact(talking: Company) -> None:
    start = talking.start()
    change_talk(talking.services, talking.series().series_id, Way.SHORTEN, by=BEN, now=talking.now)
    talking.sync()

    place = talking.sheet().place
    assert place is not None
    assert place.slot.end - place.slot.start == timedelta(minutes=15)
    assert place.slot.start == start
    assert talking.clients.body(ANNA, UID, start).count("Urlaub") == 1


def test_a_talk_is_moved_or_walked_before_it_is_cancelled(talking: Company) -> None:
    series_id = talking.series().series_id
    at = talking.start() + timedelta(days=1)
    slot = Window(start=at, end=at + timedelta(minutes=30))
    change_talk(talking.services, series_id, Way.MOVE, by=BEN, now=talking.now, slot=slot)
    change_talk(talking.services, series_id, Way.WALK, by=ANNA, now=talking.now)
    change_talk(talking.services, series_id, Way.KEEP, by=ANNA, now=talking.now)
    talking.sync()

    place = talking.sheet().place
    assert place is not None
    assert place.slot.start == at
    assert talking.open_points() == ["Urlaub"]
    assert "Ohne Bildschirm" in talking.clients.body(ANNA, UID, talking.start())
    with pytest.raises(NotSupported, match="in the calendar"):
        change_talk(talking.services, series_id, Way.SKIP, by=BEN, now=talking.now)
    with pytest.raises(NotFound):
        change_talk(talking.services, series_id, Way.KEEP, by=CLEO, now=talking.now)
