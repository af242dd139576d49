"""A company's first day on Google within its quotas, at a thirtieth of the size.

Thirty pairs and three hundred calls a minute are what a thousand pairs and ten thousand are.
The clock is the stand-in's: waiting moves it. `./vieraugen dev bench google` plays the full size.
"""

from __future__ import annotations

import pytest

from core.memory.store import MemoryStore
from tests.acceptance.google_company import Company, first_sync
from tests.servers.google import GoogleServer

pytestmark = pytest.mark.server
PAIRS = 30


@pytest.mark.parametrize(
    ("project", "user", "refuses"),
    [(300, 6, False), (120, 6, True), (300, 2, True)],
    ids=["the quota of such a company", "less than half of it", "a third of it for each person"],
)
def test_first_sync_ends_within_quota_and_writes_each_agenda_once(
    project: int, user: int, refuses: bool
) -> None:
    with GoogleServer() as server:
        server.quotas.calendar_project_per_minute = project
        server.quotas.calendar_user_per_minute = user
        made = Company(server, MemoryStore(), PAIRS)

        came_to = first_sync(made)

        assert came_to["agendas written"] == PAIRS
        assert came_to["written twice"] == 0
        assert came_to["mails"] == 0
        assert (came_to["of them refused for quota, and repeated"] > 0) is refuses
        assert blocks(made) == [1] * (2 * PAIRS)
        assert came_to["calls of Calendar"] <= 10 * PAIRS or refuses


def blocks(made: Company) -> list[int]:
    """Return how many agendas each person's calendar shows."""
    return [
        sum("1:1 agenda" in row.fields.get("description", "") for row in calendar.rows.values())
        for calendar in made.server.world.calendars.by_id.values()
    ]
