"""What every suite promises of who else can read a calendar."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pytest

from core.errors import NotFound
from core.model.calendar import CalendarId, Readers
from core.ports import ReaderPort

ASSISTANT = "assistant@example.com"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReaderHost:
    """Ben's calendar, which nobody else reads yet."""

    port: ReaderPort
    calendar_id: CalendarId
    let_read: Callable[[str], None]
    """Lets somebody read it."""
    open_to_all: Callable[[], None]
    """Lets everybody in the organization read it."""
    show_busy: Callable[[str], None] | None = None
    """Lets somebody see when Ben is busy, and no words."""
    publish: Callable[[], None] | None = None


class ReaderContract:
    """Subclass it and give a `readers` fixture."""

    def test_nobody_else_reads_a_calendar_of_ones_own(self, readers: ReaderHost) -> None:
        assert readers.port.readers(readers.calendar_id) == Readers()

    def test_f_16_who_may_read_is_told(self, readers: ReaderHost) -> None:
        readers.let_read(ASSISTANT)

        assert readers.port.readers(readers.calendar_id) == Readers(people=(ASSISTANT,))

    def test_everybody_in_the_organization_is_told(self, readers: ReaderHost) -> None:
        readers.open_to_all()

        assert readers.port.readers(readers.calendar_id).everybody

    def test_who_sees_busy_times_alone_reads_nothing(self, readers: ReaderHost) -> None:
        if readers.show_busy is None:
            pytest.skip("there is no such right")
        readers.show_busy(ASSISTANT)

        assert readers.port.readers(readers.calendar_id) == Readers()

    def test_a_public_calendar_is_told(self, readers: ReaderHost) -> None:
        if readers.publish is None:
            pytest.skip("a calendar cannot be published")
        readers.publish()

        assert readers.port.readers(readers.calendar_id).public

    def test_a_calendar_that_is_not_there_is_not_found(self, readers: ReaderHost) -> None:
        with pytest.raises(NotFound):
            readers.port.readers(CalendarId(f"{readers.calendar_id}-not-there"))
