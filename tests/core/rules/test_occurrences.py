"""Which occurrence comes next."""

from __future__ import annotations

import random
from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from core.model.calendar import EventStatus
from core.occurrences import next_held, place_of, same_occurrence
from tests.core.builders import ANNA, BEN, CLEO, NOW, event, people, slot

WEEK = timedelta(days=7)
TWO = (ANNA, BEN)


def test_the_running_meeting_is_still_the_next() -> None:
    running = event(NOW - timedelta(minutes=29))

    assert next_held([running, event(NOW + WEEK)], NOW, TWO) == running
    assert next_held([running, event(NOW + WEEK)], running.slot.end, TWO) == event(NOW + WEEK)


def test_one_moved_behind_the_next_comes_after_it() -> None:
    moved = event(NOW, slot=slot(NOW + WEEK + timedelta(days=1)))

    assert next_held([moved, event(NOW + WEEK)], NOW, TWO) == event(NOW + WEEK)


def test_cancelled_and_declined_ones_do_not_take_place() -> None:
    cancelled = event(NOW + WEEK, status=EventStatus.CANCELLED)
    declined = event(NOW + 2 * WEEK, participants=people(BEN, ANNA, declined=ANNA))
    held = event(NOW + 3 * WEEK, participants=people(BEN, ANNA, CLEO, declined=CLEO))

    assert next_held([cancelled, declined, held], NOW, TWO) == held
    assert next_held([cancelled, declined], NOW, TWO) is None


def test_a_moved_occurrence_is_the_same_occurrence() -> None:
    moved = event(NOW, slot=slot(NOW + timedelta(days=2)))

    assert same_occurrence(place_of(moved), place_of(event(NOW)))
    assert not same_occurrence(place_of(moved), place_of(event(NOW + WEEK)))
    assert same_occurrence(None, None)
    assert not same_occurrence(place_of(moved), None)


@given(st.lists(st.integers(-500, 500), unique=True), st.randoms(use_true_random=False))
def test_the_order_of_the_input_does_not_matter(hours: list[int], shuffle: random.Random) -> None:
    events = [event(NOW + timedelta(hours=h)) for h in hours]
    shuffled = events[:]
    shuffle.shuffle(shuffled)

    assert next_held(shuffled, NOW, TWO) == next_held(events, NOW, TWO)
