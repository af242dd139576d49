"""What a calendar announces and we know already is left to the next poll; all else is followed."""

from __future__ import annotations

from datetime import timedelta

import pytest

from core.memory.store import MemoryStore
from core.model.calendar import CalendarId
from core.model.echoes import Echo
from core.service.echoes import WINDOW, expect_echo, is_echo
from tests.core.builders import NOW

ANNAS = CalendarId("anna")
SECOND = timedelta(seconds=1)


@pytest.mark.parametrize(
    ("expected", "announced", "echo"), [(0, 1, False), (1, 1, True), (1, 2, False), (2, 2, True)]
)
def test_one_announcement_more_than_expected_is_followed(
    expected: int, announced: int, echo: bool
) -> None:
    with MemoryStore().transaction() as tx:
        expect_echo(tx, [ANNAS] * expected, NOW)

        assert is_echo(tx, ANNAS, NOW + SECOND, announced, NOW + SECOND) is echo


def test_what_was_announced_before_its_cause_is_no_echo() -> None:
    with MemoryStore().transaction() as tx:
        expect_echo(tx, [ANNAS], NOW)

        assert not is_echo(tx, ANNAS, NOW - SECOND, 1, NOW)


def test_host_may_have_announced_before_we_saw_why() -> None:
    with MemoryStore().transaction() as tx:
        expect_echo(tx, [ANNAS], NOW, past=True)

        assert is_echo(tx, ANNAS, NOW - SECOND, 1, NOW)


def test_echo_that_does_not_come_in_time_hides_nothing_later() -> None:
    late = NOW + WINDOW + SECOND
    with MemoryStore().transaction() as tx:
        expect_echo(tx, [ANNAS], NOW)

        assert not is_echo(tx, ANNAS, late, 1, late)
        assert tx.nouns(Echo) == []


def test_echo_counts_once() -> None:
    with MemoryStore().transaction() as tx:
        expect_echo(tx, [ANNAS], NOW)

        assert is_echo(tx, ANNAS, NOW, 1, NOW)
        assert not is_echo(tx, ANNAS, NOW, 1, NOW)


def test_other_calendars_are_followed() -> None:
    with MemoryStore().transaction() as tx:
        expect_echo(tx, [ANNAS], NOW)

        assert not is_echo(tx, CalendarId("ben"), NOW, 1, NOW)
