"""What two people see of their own talks: answers, a thought, whose points, and help promised."""

from __future__ import annotations

import pytest

from core.errors import InvalidInput, NotFound
from core.memory.tasks import MemoryTasks
from core.model.agenda import Visibility
from core.model.pulse import Useful
from core.model.reflection import Listened
from core.service.access_request import pair_export, person_export
from core.service.authorship import authorship
from core.service.edit import add_point
from core.service.promises import take_on
from core.service.pulse import agree_to_show, answer_pulse, pulses_of
from core.service.reflection import reflect, reflections_of
from core.service.settings import change_pair
from core.store import Transaction
from tests.core.builders import ANNA, BEN, CLEO, NOW, PAIR
from tests.core.service.conftest import WEEK, Company


@pytest.fixture
def running(company: Company) -> Company:
    """A running series."""
    company.now = NOW + 3 * WEEK
    company.say_yes()
    return company


def titles(company: Company, person: str) -> list[str]:
    """Return what stands in somebody's task list."""
    tasks = MemoryTasks(company.tasks, person)
    return [t.draft.title for t in tasks.changes(company.tasks.list_of(person), None).changed]


def test_c_30_both_answers_are_seen_only_where_both_agreed(running: Company) -> None:
    with running.store.transaction() as tx:
        change_pair(tx, PAIR.pair_id, pulse=True, now=running.now)
    running.pass_meeting()
    series_id = running.series().series_id

    def seen(tx: Transaction, reader: str) -> list[str]:
        return [a.person for a in pulses_of(tx, PAIR.pair_id, reader=reader)]

    with running.store.transaction() as tx:
        answer_pulse(tx, series_id, Useful.NO, by=ANNA, now=running.now)
        answer_pulse(tx, series_id, Useful.YES, by=BEN, now=running.now)
        assert (seen(tx, ANNA), seen(tx, BEN)) == ([ANNA], [BEN])
        agree_to_show(tx, PAIR.pair_id, True, by=ANNA, now=running.now)
        assert (seen(tx, ANNA), seen(tx, BEN)) == ([ANNA], [BEN])
        assert [p["person"] for p in pair_export(tx, PAIR, BEN)["pulse"]] == [BEN]
        agree_to_show(tx, PAIR.pair_id, True, by=BEN, now=running.now)
        assert (seen(tx, ANNA), seen(tx, BEN)) == ([ANNA, BEN], [ANNA, BEN])
        agree_to_show(tx, PAIR.pair_id, False, by=BEN, now=running.now)
        assert (seen(tx, ANNA), seen(tx, BEN)) == ([ANNA], [BEN])
        with pytest.raises(NotFound):
            agree_to_show(tx, PAIR.pair_id, True, by=CLEO, now=running.now)


def test_sd_27_a_thought_after_the_talk_is_its_authors_alone(running: Company) -> None:
    series_id = running.series().series_id
    with running.store.transaction() as tx, pytest.raises(NotFound, match="no talk"):
        reflect(tx, series_id, Listened.HARDLY, by=BEN, now=running.now)
    running.pass_meeting()

    with running.store.transaction() as tx:
        before = len(tx.happenings())
        reflect(tx, series_id, Listened.HARDLY, by=BEN, now=running.now)
        reflect(tx, series_id, Listened.MOSTLY, by=BEN, now=running.now, text="mehr fragen")
        assert [r.text for r in reflections_of(tx, series_id, by=BEN)] == ["mehr fragen"]
        assert reflections_of(tx, series_id, by=ANNA) == []
        assert "mehr fragen" not in repr(person_export(tx, ANNA, running.now))
        assert "mehr fragen" in repr(person_export(tx, BEN, running.now))
        assert len(tx.happenings()) == before
        with pytest.raises(NotFound):
            reflect(tx, series_id, Listened.MOSTLY, by=CLEO, now=running.now)


def test_sd_16_the_share_of_points_is_a_number_for_the_two_alone(running: Company) -> None:
    for week in range(6):
        running.add_line(ANNA, f"- Punkt {week}\n- Info: Stand {week}")
        running.sync()
        if week % 2:
            running.add_line(BEN, f"- von Ben {week}", below="Ben")
        running.sync()
        running.pass_meeting()

    with running.store.transaction() as tx:
        found = authorship(tx, PAIR.pair_id, reader=ANNA)
        assert authorship(tx, PAIR.pair_id, reader=BEN) == found
        with pytest.raises(NotFound):
            authorship(tx, PAIR.pair_id, reader=CLEO)
    assert (found.talks, found.by_report, found.by_manager) == (4, 4, 2)
    assert found.share_of_report == 67


def test_sd_34_what_the_manager_takes_on_is_a_task_in_their_own_tool(running: Company) -> None:
    services, series_id = running.services, running.series().series_id
    point = add_point(services, series_id, "Hindernis: Freigabe fehlt", by=ANNA, now=running.now)

    for _ in range(2):
        take_on(services, series_id, point.point_id, by=BEN, now=running.now)
        running.sync()

    assert [t for t in titles(running, BEN) if "Freigabe fehlt" in t] == ["Freigabe fehlt"]
    assert titles(running, ANNA) == []
    secret = add_point(
        services, series_id, "Gehalt", by=ANNA, now=running.now, visibility=Visibility.SENSITIVE
    )
    with pytest.raises(InvalidInput, match="confidential"):
        take_on(services, series_id, secret.point_id, by=BEN, now=running.now)
    with pytest.raises(InvalidInput, match="manager"):
        take_on(services, series_id, point.point_id, by=ANNA, now=running.now)
