"""How often task lists are read: more seldom than calendars, for nobody types into them in haste.

Google counts 50,000 reads of Tasks a day for a whole project, and a mailbox of Microsoft's is to
be asked once in a poll. So a list is read every quarter of an hour, in a big company as often
as the day's reads allow; a pass that somebody asks for reads it at once.
"""

from __future__ import annotations

import time
from collections.abc import Callable

from core.model.series import ConnectionId

PAUSE = 15 * 60.0
HASTE = 30.0
"""Who polls calendars more often than this, as the demo does, reads tasks along."""
READS_A_DAY = 40_000
"""What is left of Google's 50,000 is for tasks that we write."""
DAY = 24 * 60 * 60.0


def pause(poll_seconds: float, lists: int) -> float:
    """Return the seconds between two readings of one list."""
    usual = poll_seconds if poll_seconds < HASTE else max(poll_seconds, PAUSE)
    return max(usual, lists * DAY / READS_A_DAY)


class TaskPace:
    """Remembers when each list was read last; a new process reads each once."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._read: dict[ConnectionId, float] = {}

    def is_due(self, connection_id: ConnectionId, seconds: float) -> bool:
        """Tell whether a list is to be read now; a yes counts as read."""
        last = self._read.get(connection_id)
        if last is not None and self._clock() - last < seconds:
            return False
        self._read[connection_id] = self._clock()
        return True

    def hurry(self) -> None:
        """Let each list be read in the next pass."""
        self._read.clear()
