"""Everybody's first sync while Graph refuses: nothing is lost, nothing is written twice.

`./vieraugen dev bench outlook --first-sync` plays it with 1,000 mailboxes.
"""

from __future__ import annotations

import pytest

from core.memory.store import MemoryStore
from tests.acceptance.outlook_first_sync import first_day

pytestmark = pytest.mark.server
PAIRS = 12


@pytest.mark.parametrize(
    ("limits", "refuses"),
    [({}, False), ({"storm": 3}, True), ({"at_once": 1}, None), ({"in_span": 4}, True)],
    ids=["Outlook's limits", "each third request", "one at once", "four in ten minutes"],
)
def test_first_sync_writes_each_agenda_once_however_much_is_refused(
    limits: dict[str, int], refuses: bool | None
) -> None:
    with first_day(PAIRS, MemoryStore(), **limits) as made:
        made.play()

        came_to = made.came_to()

    assert came_to["mailboxes"] == 2 * PAIRS
    assert came_to["agendas written"] == PAIRS
    assert came_to["written twice"] == 0
    assert came_to["mails that somebody sees"] == 0
    assert came_to["not on exactly one meeting of both"] == 0
    assert came_to["most at once in one mailbox"] <= 4
    if refuses is not None:
        assert (came_to["of them refused (429), waited for and repeated"] > 0) is refuses
