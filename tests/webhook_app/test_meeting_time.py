"""While the two talk, pane and page lead to the meeting, where nothing else stands."""

from __future__ import annotations

from datetime import timedelta

import pytest

from core.model.people import Person
from tests.core.builders import ANNA, NOW, event, series
from webhook_app.open_event import Answer, PaneState
from webhook_app.pane_words import shown


@pytest.mark.parametrize(
    ("minutes", "page"),
    [(-1, "/me/x/talk/s1"), (0, "/me/x/talk/s1/meet"), (29, "/me/x/talk/s1/meet")],
)
def test_sd_18_the_pane_opens_on_the_meeting_while_it_lasts(minutes: int, page: str) -> None:
    answer = Answer(state=PaneState.TALK, series=series(), event=event(NOW))
    now = NOW + timedelta(minutes=minutes)

    url = shown(answer, Person(address=ANNA, locale="de"), "/me/x", now)["url"]

    assert url == page
