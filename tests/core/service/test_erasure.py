"""US-4: everything about one person goes out readable, or goes away, and what stays is told."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from html.parser import HTMLParser

import pytest

from core.errors import InvalidInput, NotFound, Unavailable
from core.model.agenda import Visibility
from core.model.around import Around
from core.model.calendar import CalendarId
from core.model.engagement import Engagement
from core.model.series import Connection
from core.model.sights import Sight
from core.model.suggestions import (
    Channel,
    Fact,
    FactKind,
    Mute,
    RuleId,
    Suggestion,
    Tap,
    TapKind,
)
from core.ports import Suite
from core.readable import as_html
from core.service.access_request import pair_export, person_export
from core.service.edit import add_point
from core.service.erasure import NO_WORDS, ask_for_erasure, erase
from core.service.inbox import add_to_inbox
from core.service.notes import write_private
from core.service.settings import change_pair, pair_settings
from tests.core.builders import ANNA, BEN, CLEO, NOW, PAIR
from tests.core.service.conftest import UID, WEEK, Company

ADMIN, OTHER = "dora@example.com", "emil@example.com"


@pytest.fixture
def full(company: Company) -> Company:
    """A pair with a bit of everything, some of it private."""
    company.now = NOW + 3 * WEEK
    company.say_yes()
    series_id = company.series().series_id
    company.add_line(BEN, "- Bens Messe\nTODO Ben: Budget", below="Ben")
    company.sync()
    company.add_line(ANNA, "- Annas Urlaub\nTODO Anna: Folien")
    company.sync()
    company.sync()
    for who in (ANNA, BEN):
        add_point(
            company.services,
            series_id,
            f"privat von {who}",
            by=who,
            now=company.now,
            visibility=Visibility.PRIVATE,
        )
        with company.store.transaction() as tx:
            write_private(tx, company.sheet(), f"Notiz von {who}", by=who, now=company.now)
    add_to_inbox(company.services, series_id, "Annas Idee", by=ANNA, now=company.now)
    with company.store.transaction() as tx:
        tx.put_noun(Engagement(address=ANNA, manager=BEN, starts_on=date(2026, 1, 1)))
    return company


def exported(company: Company, who: str = ANNA) -> str:
    with company.store.transaction() as tx:
        return json.dumps(person_export(tx, who, company.now), ensure_ascii=False)


@pytest.mark.capability("C-19")
def test_us_4_an_access_request_has_all_of_ones_own_and_what_both_see(full: Company) -> None:
    text = exported(full)

    for words in ("Annas Urlaub", f"privat von {ANNA}", f"Notiz von {ANNA}", "Annas Idee"):
        assert words in text
    for words in ("Bens Messe", "Budget", "Folien", "2026-01-01", "recipients", "retention"):
        assert words in text


def test_us_4_anothers_private_words_are_only_a_category(full: Company) -> None:
    text = exported(full)

    assert f"privat von {BEN}" not in text
    assert f"Notiz von {BEN}" not in text
    assert "Private notes and private points of other people" in text
    with full.store.transaction() as tx:
        with pytest.raises(NotFound):
            person_export(tx, CLEO, full.now)
        with pytest.raises(NotFound):
            pair_export(tx, PAIR, CLEO)


class _Text(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)


def test_the_readable_form_is_harmless_html(full: Company) -> None:
    with full.store.transaction() as tx:
        person = tx.person(ANNA)
        assert person is not None
        tx.put_person(replace(person, name='<script>alert(1)</script>"'))
        data = person_export(tx, ANNA, full.now)

    page = as_html(data, "Auskunft <b>", "de")
    parser = _Text()
    parser.feed(page)
    assert "script" not in parser.tags
    assert "b" not in parser.tags
    assert "Gemeinsame Notizen" in page or "Eigene private Notizen" in page
    assert "Annas Urlaub" in page


def test_a_dry_run_counts_and_changes_nothing(full: Company) -> None:
    before, writes = exported(full), len(full.server.writes)

    told = erase(full.services, ANNA, by=None, now=full.now, dry_run=True)

    assert told.done["points and action items"] == 3
    assert told.done["tasks"] == 1
    assert told.done["event blocks"] >= 1
    assert told.residuals
    assert exported(full) == before
    assert len(full.server.writes) == writes


def test_us_4_erasing_needs_two_people(full: Company) -> None:
    with pytest.raises(InvalidInput, match="two people"):
        erase(full.services, ANNA, by=ADMIN, now=full.now)
    with full.store.transaction() as tx:
        ask_for_erasure(tx, ANNA, by=ADMIN, now=full.now)
        ask_for_erasure(tx, ANNA, by=OTHER, now=full.now)
        with pytest.raises(NotFound):
            ask_for_erasure(tx, CLEO, by=ADMIN, now=full.now)
    with pytest.raises(InvalidInput, match="two people"):
        erase(full.services, ANNA, by=ADMIN, now=full.now)


def erased(company: Company) -> None:
    with company.store.transaction() as tx:
        ask_for_erasure(tx, ANNA, by=ADMIN, now=company.now)
    erase(company.services, ANNA, by=OTHER, now=company.now)


def test_us_4_her_words_go_everywhere_and_bens_stay(full: Company) -> None:
    start = full.start()
    erased(full)
    full.sync()

    for who in (ANNA, BEN):
        body = full.clients.body(who, UID, start)
        assert "Annas" not in body
        assert "1:1-Agenda" not in body
    text = exported(full, BEN)
    assert "Bens Messe" in text
    assert "Budget" in text
    assert NO_WORDS in text
    for words in ("Annas", "Folien", f"privat von {ANNA}"):
        assert words not in text
    own = exported(full)
    assert "Notiz von" not in own
    assert "2026-01-01" not in own
    with full.store.transaction() as tx:
        person = tx.person(ANNA)
        assert person is not None
        assert person.name == "removed person"


def test_times_of_what_else_stood_in_her_calendar_go_as_well(full: Company) -> None:
    calendar = CalendarId(f"{ANNA}/calendar")
    with full.store.transaction() as tx:
        tx.put_noun(Around(calendar_id=calendar, windows=()))
        (mine,) = [c for c in tx.connections() if c.person == ANNA]
        tx.put_connection(replace(mine, calendars=(calendar,)))

    erased(full)

    with full.store.transaction() as tx:
        assert tx.nouns(Around) == []


def test_a_repeated_run_changes_nothing(full: Company) -> None:
    erased(full)
    full.sync()
    before = exported(full, BEN)

    again = erase(full.services, ANNA, by=OTHER, now=full.now)

    assert again.done == {}
    assert exported(full, BEN) == before


@pytest.mark.capability("F-33")
def test_what_a_host_refuses_is_told_and_may_be_tried_again(full: Company) -> None:
    start = full.start()

    def broken(_connection: Connection) -> Suite:
        raise Unavailable("the server does not answer")

    with full.store.transaction() as tx:
        ask_for_erasure(tx, ANNA, by=ADMIN, now=full.now)
    told = erase(replace(full.services, suite_of=broken), ANNA, by=OTHER, now=full.now)
    assert sum("does not answer" in line for line in told.residuals) == 2
    assert "Annas Urlaub" in full.clients.body(BEN, UID, start)

    erase(full.services, ANNA, by=OTHER, now=full.now)

    assert "Annas Urlaub" not in full.clients.body(BEN, UID, start)


def test_us_4_what_rules_said_and_what_she_tapped_goes_and_bens_answer_stays(full: Company) -> None:
    with full.store.transaction() as tx:
        for by in (ANNA, BEN):
            tx.put_noun(Mute(pair_id=PAIR.pair_id, rule_id=RuleId(f"R-0{len(by)}"), by=by, at=NOW))
            day = NOW.date()
            tx.put_noun(Tap(pair_id=PAIR.pair_id, kind=TapKind.TALKED, on=day, by=by))
        tx.put_noun(
            Suggestion(
                rule_id=RuleId("R-20"),
                pair_id=PAIR.pair_id,
                at=NOW,
                to=(BEN,),
                channel=Channel.BRIEF,
                facts=(Fact(name="report", kind=FactKind.TEXT, value="Anna"),),
            )
        )
        change_pair(tx, PAIR.pair_id, now=NOW, unwanted=("wellbeing",))
        ask_for_erasure(tx, ANNA, by=ADMIN, now=full.now)

    told = erase(full.services, ANNA, by=OTHER, now=full.now)

    assert told.done["suggestion"] == told.done["mute"] == told.done["tap"] == 1
    with full.store.transaction() as tx:
        assert [m.by for m in tx.nouns(Mute, PAIR.pair_id)] == [BEN]
        assert [t.by for t in tx.nouns(Tap, PAIR.pair_id)] == [BEN]
        assert tx.nouns(Suggestion, PAIR.pair_id) == []
        assert pair_settings(tx, PAIR.pair_id).unwanted == ()
    assert not erase(full.services, ANNA, by=OTHER, now=full.now).done.get("suggestion")


def test_what_the_copies_showed_is_forgotten_with_the_person(full: Company) -> None:
    series = full.series()
    with full.store.transaction() as tx:
        copy = tx.copies(series.series_id)[0]
        tx.put_noun(Sight(series_id=series.series_id, event=copy.event))
        ask_for_erasure(tx, ANNA, by=ADMIN, now=full.now)

    erase(full.services, ANNA, by=OTHER, now=full.now)

    with full.store.transaction() as tx:
        assert tx.nouns(Sight) == []
