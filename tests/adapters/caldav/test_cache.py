"""What is kept from the last look is never older than a cursor that it follows on."""

from __future__ import annotations

import pytest

from adapters.caldav import cache as cache_module
from adapters.caldav.cache import CalendarCache, Known
from adapters.caldav.ical_resource import Resource
from core.model.calendar import Cursor, Revision

DATA = b"""BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nBEGIN:VEVENT\r\nUID:a\r
DTSTAMP:20260101T000000Z\r\nDTSTART:20311006T090000Z\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"""


def known(revision: str) -> Known:
    return Known(resource=Resource.parse(DATA), revision=Revision(revision))


def looked(cache: CalendarCache, since: str | None, cursor: str, **news: str) -> None:
    entries = {href: known(revision) for href, revision in news.items()}
    cache.take(Cursor(since) if since else None, Cursor(cursor), entries, (), last=True)


def test_first_look_makes_it_complete() -> None:
    cache = CalendarCache()
    looked(cache, None, "1", a="x", b="y")

    assert set(cache.everything() or ()) == {"a", "b"}


def test_look_that_follows_on_adds_to_it() -> None:
    cache = CalendarCache()
    looked(cache, None, "1", a="x", b="y")
    looked(cache, "1", "2", a="z")

    everything = cache.everything()
    assert everything is not None
    assert (everything["a"].revision, everything["b"].revision) == ("z", "y")


def test_look_from_an_older_cursor_of_the_chain_adds_to_it_too() -> None:
    cache = CalendarCache()
    looked(cache, None, "1", a="x", b="y")
    looked(cache, "1", "2", a="z")
    looked(cache, "1", "3", a="z")

    assert set(cache.everything() or ()) == {"a", "b"}


def test_look_from_a_cursor_of_somebody_else_starts_over() -> None:
    cache = CalendarCache()
    looked(cache, None, "1", a="x", b="y")
    looked(cache, "7", "8", a="z")

    assert cache.everything() is None
    assert cache.known("b") is None
    assert cache.known("a") is not None


def test_what_is_gone_is_forgotten() -> None:
    cache = CalendarCache()
    looked(cache, None, "1", a="x", b="y")
    cache.take(Cursor("1"), Cursor("2"), {}, ("a",), last=True)

    assert cache.known("a") is None
    assert cache.known("b") is not None


def test_half_a_look_is_not_everything() -> None:
    cache = CalendarCache()
    cache.take(None, Cursor("1"), {"a": known("x")}, (), last=False)

    assert cache.everything() is None


def test_what_we_wrote_is_read_again() -> None:
    cache = CalendarCache()
    looked(cache, None, "1", a="x", b="y")
    cache.forget("a")

    assert cache.known("a") is None
    assert cache.everything() is None
    assert cache.cursor is None


def test_old_look_counts_for_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    cache = CalendarCache()
    looked(cache, None, "1", a="x")
    monkeypatch.setattr(cache_module, "MAX_AGE", 0.0)

    assert cache.known("a") is None
    assert cache.everything() is None
    assert cache.cursor == "1"
