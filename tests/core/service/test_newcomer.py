"""A newcomer says yes and chooses nothing: a good agenda stands there, in the event's language."""

from __future__ import annotations

from dataclasses import replace

import pytest

from core.model.calendar import Body, EventDraft
from core.model.people import Person
from core.service.consent import say_yes
from core.service.questions import questions_for
from core.service.settings import set_language
from tests.core.builders import ANNA, BEN, NOW, people, slot
from tests.core.service.conftest import FIRST, UID, WEEK, Company

GERMAN = """\
Raum Linde

▼ 1:1-Agenda (hier schreiben)
Zeit zu zweit: erst die Anliegen, dann die Hindernisse, am Ende ein paar klare Zusagen.
Anna
Hindernisse und Hilfe
Ben
Was gut lief
Neue Punkte einfach darunter schreiben:
 -
▲ Ende 1:1-Agenda"""
ENGLISH = """\
Raum Linde

▼ 1:1 agenda (write here)
Time for two: first what is on your mind, then what is in the way, last a few clear promises.
Anna
Obstacles and help
Ben
Good things
New points: just write below
 -
▲ end of 1:1 agenda"""


def started(company: Company, *locales: str) -> str:
    """Let a running series be found and say yes; return what stands in the event."""
    company.now = NOW + 3 * WEEK
    company.sync()
    with company.store.transaction() as tx:
        for address, locale in zip((ANNA, BEN), locales, strict=True):
            person = tx.person(address) or Person(address=address)
            tx.put_person(replace(person, locale=locale))
        say_yes(tx, company.series().series_id, by=BEN, now=company.now)
    company.sync()
    return company.clients.body(BEN, UID, company.start())


@pytest.mark.parametrize(("locale", "text"), [("de", GERMAN), ("en", ENGLISH)])
def test_sd_07_the_agenda_of_a_running_series_in_the_language_of_the_two(
    with_copies: Company, locale: str, text: str
) -> None:
    assert started(with_copies, locale, locale) == text


def test_sd_07_two_languages_stand_side_by_side(with_copies: Company) -> None:
    text = started(with_copies, "de", "en")

    assert "Hindernisse und Hilfe" in text
    assert "Obstacles and help" in text
    assert text.count("Anna") == 1


def test_sd_07_the_events_language_can_be_said_and_a_language_we_lack_reads_english(
    with_copies: Company,
) -> None:
    text = started(with_copies, "fr", "fr")
    assert "Obstacles and help" in text

    with with_copies.store.transaction() as tx:
        series = with_copies.series().series_id
        set_language(tx, series, "de", now=with_copies.now)
    with_copies.pass_meeting()
    assert "Hindernisse und Hilfe" in with_copies.clients.body(BEN, UID, with_copies.start())


def test_sd_54_without_choosing_there_are_open_questions_to_begin_with(
    with_copies: Company,
) -> None:
    started(with_copies, "de", "de")

    found = questions_for(
        with_copies.services, with_copies.series().series_id, BEN, with_copies.now
    )

    assert 1 <= len(found) <= 3
    assert all("?" in question.text for question in found)


ZOOM = """\
Anna is inviting you to a scheduled Zoom meeting.
Join Zoom Meeting
https://zoom.us/j/123456789"""


@pytest.mark.parametrize(
    ("title", "body", "locale"),
    [
        ("Weekly catch-up with Ben", "", "en"),
        ("Anna/Ben", "Please add your topics before we meet", "en"),
        ("Besprechung mit Ben und Anna", "", ""),
        ("Anna/Ben", ZOOM, ""),
    ],
)
def test_a_series_speaks_its_events_language_where_the_two_are_not_known_to(
    with_copies: Company, title: str, body: str, locale: str
) -> None:
    """The two speak German here; what a meeting is joined by is nobody's word."""
    draft = EventDraft(
        title=title,
        slot=slot(FIRST),
        participants=people(BEN, ANNA),
        body=Body(content=body),
        rrule="FREQ=WEEKLY",
    )
    with_copies.clients.add(BEN, draft, "other")
    with_copies.sync()

    assert with_copies.series("other").locale == locale


def test_a_language_that_somebody_chose_is_not_guessed_again(with_copies: Company) -> None:
    with_copies.sync()
    with with_copies.store.transaction() as tx:
        set_language(tx, with_copies.series().series_id, "en", now=with_copies.now)
    with_copies.clients.retitle(BEN, UID, None, "Besprechung mit Ben und Anna")
    with_copies.sync()

    assert with_copies.series().locale == "en"
