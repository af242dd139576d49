"""Asking a page whether it has changed: without drawing where it can't have, and never wrong."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from flask import template_rendered

from core.service.edit import add_point
from tests.core.builders import ANNA, BEN, CLEO
from tests.webhook_app.pages.hands import Hand, link, talk
from tests.webhook_app.world import World
from webhook_app.jobs.clock import utc_now
from webhook_app.pages import fresh
from webhook_app.pages.acts import ACTS
from webhook_app.wiring import open_app

PAGES = ("", "/meet", "/walk", "/inbox", "/history")


@contextmanager
def drawings(world: World) -> Iterator[list[str]]:
    """Note every page that is drawn."""
    drawn: list[str] = []

    def note(_app: object, template: object, **_more: object) -> None:
        drawn.append(str(template))

    template_rendered.connect(note, world.flask)
    try:
        yield drawn
    finally:
        template_rendered.disconnect(note, world.flask)


class Poll:
    """An open page that asks again."""

    def __init__(self, hand: Hand, url: str) -> None:
        self.hand, self.url, self.text = hand, url, ""
        self.tag = ""
        self.ask()

    def ask(self) -> int:
        answer = self.hand.client.get(self.url, headers={"if-none-match": self.tag})
        self.tag = answer.headers["etag"]
        self.text = answer.text or self.text
        return answer.status_code


@pytest.mark.parametrize("part", PAGES)
def test_nothing_is_drawn_where_nothing_has_changed(world: World, anna: Hand, part: str) -> None:
    poll = Poll(anna, talk(world, ANNA, part))
    poll.ask()

    with drawings(world) as drawn:
        assert [poll.ask() for _ in range(3)] == [304, 304, 304]
        assert drawn == []


def test_every_button_of_either_is_seen_by_the_next_question(
    world: World, anna: Hand, ben: Hand
) -> None:
    entry = ben.add("Ein Punkt")
    polls = [Poll(h, talk(world, h.person, p)) for h in (anna, ben) for p in PAGES]
    polls += [Poll(h, link(world, h.person)) for h in (anna, ben)]
    fields = {"text": "neu", "note": "x", "template": "first_talk", "owner": BEN, "after": ""}
    for what in sorted(set(ACTS) - {"stop", "yes"}):
        ben.press(what, entry=entry, **fields)
        for poll in polls:
            before, status = poll.text, poll.ask()
            there = poll.hand.client.get(poll.url).text
            assert poll.text == there, (what, poll.url)
            assert (status == 200) is (there != before), (what, poll.url)


def test_what_comes_from_the_calendar_is_seen_by_the_next_question(
    world: World, anna: Hand
) -> None:
    poll = Poll(anna, talk(world, ANNA))
    poll.ask()

    world.company.add_line(BEN, "- aus dem Kalender", below="Ben")
    world.company.sync()

    assert poll.ask() == 200
    assert "aus dem Kalender" in poll.text


def test_a_change_that_the_reader_may_not_see_sends_nothing(
    world: World, anna: Hand, ben: Hand
) -> None:
    poll = Poll(anna, talk(world, ANNA))
    ben.press("private", note="nur meins")

    assert poll.ask() == 304
    with drawings(world) as drawn:
        assert poll.ask() == 304
        assert drawn == []


def test_time_goes_by(world: World, anna: Hand, monkeypatch: pytest.MonkeyPatch) -> None:
    poll = Poll(anna, talk(world, ANNA))
    monkeypatch.setattr(fresh, "TIME", 10_000_000_000)

    with drawings(world) as drawn:
        poll.ask()
        assert drawn != []


def test_who_may_not_come_in_hears_nothing(world: World, anna: Hand) -> None:
    url = talk(world, ANNA)
    tag = Poll(anna, url).tag
    client, series = world.flask.test_client(), world.company.series().series_id

    for path in (f"/my/talk/{series}", "/me/broken/", talk(world, CLEO)):
        answer = client.get(path, headers={"if-none-match": tag})
        assert answer.status_code in (401, 404, 422)


def test_another_process_s_change_is_seen(world: World, anna: Hand) -> None:
    poll = Poll(anna, talk(world, ANNA))
    poll.ask()
    series_id = world.company.series().series_id

    other = open_app(world.app.settings)
    add_point(other.services, series_id, "von nebenan", by=BEN, now=utc_now())
    other.close()

    assert poll.ask() == 200
    assert "von nebenan" in poll.text
