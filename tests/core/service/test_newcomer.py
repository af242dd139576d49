"""A newcomer says yes and chooses nothing: a good agenda stands there, in the event's language."""

from __future__ import annotations

from dataclasses import replace

import pytest

from core.model.people import Person
from core.service.consent import say_yes
from core.service.questions import questions_for
from core.service.settings import set_language
from tests.core.builders import ANNA, BEN, NOW
from tests.core.service.conftest import UID, WEEK, Company

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
