"""Templates at work: the first block, the choice at each level, and what waits in the inbox."""

from __future__ import annotations

from dataclasses import replace

import pytest

from core.errors import InvalidInput, NotFound
from core.model.agenda import Visibility
from core.model.inbox import Waits
from core.model.series import Sheet
from core.model.settings import Bond
from core.service.edit import add_point
from core.service.inbox import (
    add_to_inbox,
    drop_from_inbox,
    inbox_of,
    put_aside,
    take_from_inbox,
)
from core.service.settings import change_company, change_pair
from core.service.shapes import sheet_shape, use_template
from core.templates import Level
from tests.core.builders import ANNA, BEN, CLEO, NOW, PAIR
from tests.core.service.conftest import UID, WEEK, Company


def template_of(company: Company, sheet: Sheet | None = None) -> str:
    with company.store.transaction() as tx:
        shape = sheet_shape(tx, sheet or company.sheet())
    assert shape is not None
    return shape.template


def body(company: Company, person: str = ANNA) -> list[str]:
    return company.clients.body(person, UID, company.start()).split("\n")


def use(company: Company, template: str, level: Level) -> None:
    with company.store.transaction() as tx:
        use_template(tx, company.series().series_id, template, level=level, by=BEN, now=company.now)
    company.sync()


def running(company: Company) -> None:
    """Let the series have begun long before anybody says yes."""
    company.now = NOW + 3 * WEEK


def test_sd_53_a_new_pair_begins_with_the_first_talk_and_goes_on_weekly(company: Company) -> None:
    company.say_yes()
    assert template_of(company) == "first"
    assert "Wie wir miteinander reden wollen" in body(company)

    company.pass_meeting()

    assert template_of(company) == "weekly"
    assert "Hindernisse und Hilfe" in body(company)
    assert "Wie wir miteinander reden wollen" not in body(company)


def test_sd_07_a_running_series_gets_a_good_agenda_without_choosing(company: Company) -> None:
    running(company)
    company.say_yes()

    assert template_of(company) == "weekly"
    text = body(company)
    assert text[text.index("▼ 1:1-Agenda (hier schreiben)") + 2] == "Anna"
    assert text[text.index("▼ 1:1-Agenda (hier schreiben)") + 1].startswith("Zeit zu zweit")


def test_sd_55_the_purpose_stands_above_the_first_three_agendas(company: Company) -> None:
    running(company)
    company.say_yes()
    shown = []
    for _ in range(4):
        shown.append(any(line.startswith("Zeit zu zweit") for line in body(company)))
        company.pass_meeting()

    assert shown == [True, True, True, False]


def test_the_block_is_in_the_events_language(company: Company) -> None:
    running(company)
    company.sync()
    with company.store.transaction() as tx:
        for address in (ANNA, BEN):
            person = tx.person(address)
            assert person is not None
            tx.put_person(replace(person, locale="en"))
    company.say_yes()

    assert "Obstacles and help" in body(company)


def test_a_line_typed_anywhere_in_the_first_block_is_one_point(company: Company) -> None:
    company.say_yes()
    headings = [line for line in body(company) if line and "1:1-Agenda" not in line][1:7]

    for n, heading in enumerate(headings):
        company.add_line(ANNA, f"- Wort {n}", below=heading)
        company.sync()
    company.sync()

    assert sorted(company.open_points()) == [f"Wort {n}" for n in range(len(headings))]
    text = "\n".join(body(company))
    assert all(text.count(f"Wort {n}") == 1 for n in range(len(headings)))
    company.pass_meeting()
    assert sorted(company.open_points()) == [f"Wort {n}" for n in range(len(headings))]


def test_a_deleted_purpose_takes_nothing_with_it(company: Company) -> None:
    company.say_yes()
    purpose = next(line for line in body(company) if line.startswith("Kennenlernen"))
    company.type(BEN, lambda text: text.replace(f"{purpose}\n", ""))
    company.add_line(ANNA, "- Urlaub")
    company.sync()
    company.sync()

    assert company.open_points() == ["Urlaub"]
    assert "\n".join(body(company)).count("Kennenlernen") <= 1


@pytest.mark.capability("SD-80")
def test_f_10_a_template_for_one_meeting_does_not_change_the_series(company: Company) -> None:
    running(company)
    company.say_yes()
    company.add_line(BEN, "- Kantine", below="Hindernisse und Hilfe")
    company.add_line(ANNA, "- Urlaub")
    company.sync()

    use(company, "career", Level.OCCURRENCE)

    assert template_of(company) == "career"
    assert sorted(company.open_points()) == ["Kantine", "Urlaub"]
    text = "\n".join(body(company))
    assert (text.count("Urlaub"), text.count("Kantine")) == (1, 1)
    company.pass_meeting()
    assert template_of(company) == "weekly"
    assert sorted(company.open_points()) == ["Kantine", "Urlaub"]


def test_taking_the_choice_back_gives_the_usual_agenda(company: Company) -> None:
    running(company)
    company.say_yes()
    use(company, "walk", Level.OCCURRENCE)
    use(company, "", Level.OCCURRENCE)

    assert template_of(company) == "weekly"


@pytest.mark.capability("F-10")
def test_the_nearest_choice_wins(company: Company) -> None:
    running(company)
    company.say_yes()
    with company.store.transaction() as tx:
        change_company(tx, template="quick", now=company.now)
    company.pass_meeting()
    assert template_of(company) == "quick"
    use(company, "remote", Level.PAIR)
    assert template_of(company) == "remote"
    use(company, "goals", Level.SERIES)
    assert template_of(company) == "goals"


@pytest.mark.capability("SD-08")
def test_sd_79_a_mentoring_pair_gets_its_own_template(company: Company) -> None:
    running(company)
    company.sync()
    with company.store.transaction() as tx:
        change_pair(tx, PAIR.pair_id, bond=Bond.MENTORING, now=company.now)
    company.say_yes()

    assert template_of(company) == "mentoring"


def test_an_unknown_template_and_level_are_refused(company: Company) -> None:
    company.say_yes()
    with pytest.raises(NotFound, match="template list"):
        use(company, "nonsense", Level.PAIR)
    with pytest.raises(InvalidInput):
        use(company, "weekly", Level.COMPANY)


# --- the inbox ---


def texts(company: Company, reader: str = ANNA) -> list[str]:
    with company.store.transaction() as tx:
        return [w.point.text for w in inbox_of(tx, PAIR.pair_id, reader=reader)]


def test_a_parked_line_waits_in_the_inbox_and_not_on_the_next_agenda(company: Company) -> None:
    company.say_yes()
    company.add_line(ANNA, "~ Sommerfest")
    company.sync()
    for _ in range(3):
        company.pass_meeting()

    assert company.open_points() == []
    assert texts(company) == ["Sommerfest"]
    series_id = company.series().series_id
    with company.store.transaction() as tx:
        (waiting,) = inbox_of(tx, PAIR.pair_id, reader=BEN)
    take_from_inbox(company.services, series_id, waiting.point.point_id, by=BEN, now=company.now)
    company.sync()
    assert company.open_points() == ["Sommerfest"]
    assert texts(company) == []
    assert "\n".join(body(company)).count("Sommerfest") == 1


def test_f_06_a_point_for_the_meeting_after_comes_onto_its_agenda(company: Company) -> None:
    company.say_yes()
    series_id = company.series().series_id
    for _ in range(2):
        add_to_inbox(company.services, series_id, " Messe  Köln ", by=BEN, now=company.now)
    company.sync()
    assert company.open_points() == []
    assert texts(company) == ["Messe Köln"]

    company.pass_meeting()

    assert company.open_points() == ["Messe Köln"]
    assert company.agenda().points[0].carried == 0
    assert texts(company) == []


def test_a_point_put_aside_leaves_every_copy(company: Company) -> None:
    company.say_yes()
    series_id = company.series().series_id
    point = add_point(company.services, series_id, "Kantine", by=ANNA, now=company.now)
    company.sync()

    put_aside(
        company.services, series_id, point.point_id, by=ANNA, now=company.now, waits=Waits.NEXT
    )
    company.sync()

    assert "Kantine" not in "\n".join(body(company, ANNA) + body(company, BEN))
    company.pass_meeting()
    assert company.open_points() == ["Kantine"]


def test_a_private_point_in_the_inbox_is_its_authors_alone(company: Company) -> None:
    company.say_yes()
    series_id = company.series().series_id
    waiting = add_to_inbox(
        company.services,
        series_id,
        "Gehalt",
        by=ANNA,
        now=company.now,
        visibility=Visibility.PRIVATE,
    )

    assert texts(company, ANNA) == ["Gehalt"]
    assert texts(company, BEN) == []
    with pytest.raises(NotFound):
        take_from_inbox(
            company.services, series_id, waiting.point.point_id, by=BEN, now=company.now
        )
    company.pass_meeting()
    assert "Gehalt" not in "\n".join(body(company, ANNA) + body(company, BEN))


def test_only_the_two_reach_the_inbox_and_only_the_owner_lets_go(company: Company) -> None:
    company.say_yes()
    series_id = company.series().series_id
    with pytest.raises(NotFound):
        add_to_inbox(company.services, series_id, "x", by=CLEO, now=company.now)
    with pytest.raises(InvalidInput):
        add_to_inbox(company.services, series_id, "  ", by=BEN, now=company.now)
    waiting = add_to_inbox(company.services, series_id, "x", by=BEN, now=company.now)
    with pytest.raises(InvalidInput, match="other person"):
        drop_from_inbox(
            company.services, series_id, waiting.point.point_id, by=ANNA, now=company.now
        )
    drop_from_inbox(company.services, series_id, waiting.point.point_id, by=BEN, now=company.now)
    assert texts(company) == []
