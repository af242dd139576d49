"""What every CalendarPort promises; a suite's tests subclass this and give a `host`.

The port's features decide what is asserted, never a server's name.
"""

from __future__ import annotations

from tests.contracts.calendar_changes import ChangesContract
from tests.contracts.calendar_copies import CopiesContract
from tests.contracts.calendar_reading import ReadingContract
from tests.contracts.calendar_writing import WritingContract


class CalendarContract(ReadingContract, ChangesContract, WritingContract, CopiesContract):
    """All of it."""
