"""A promise longer than a task tool takes: no word is lost, nothing comes back shorter or twice."""

from __future__ import annotations

import pytest

from core.memory.tasks import MemoryTaskLists
from core.model.agenda import ActionItem
from core.model.series import TaskLink
from core.model.tasks import Task, TaskLimits
from core.service.run import sync_once
from tests.core.builders import ANNA, BEN
from tests.core.service.conftest import Company

WORDS = " ".join(f"Schritt{number}" for number in range(60))
LONG = f"Das Konzept vorbereiten {WORDS} Ende"


@pytest.fixture(params=[(255, 255), (255, None), (None, 200)], ids=["cuts", "takes", "unknown"])
def company(request: pytest.FixtureRequest, company: Company) -> Company:
    """The tool's limit as we know it, and what it cuts in truth."""
    known, cuts_at = request.param
    company.tasks = MemoryTaskLists(limits=TaskLimits(title=known), cuts_at=cuts_at)
    company.say_yes()
    company.add_line(ANNA, f"TODO Ben: {LONG}")
    company.sync()
    return company


def tasks(company: Company) -> list[Task]:
    return list(company.tasks.shelves[company.tasks.list_of(BEN)].tasks.values())


def item(company: Company) -> ActionItem:
    (found,) = company.agenda().action_items
    return found


def by_hand(company: Company, title: str) -> None:
    (task,) = tasks(company)
    company.tasks.retitle(task.ref, title)


def is_cut_by_us(company: Company) -> bool:
    return company.tasks.limits.title is not None


def test_title_ends_at_a_word_and_the_notes_say_all(company: Company) -> None:
    (task,) = tasks(company)

    assert item(company).text == LONG
    if is_cut_by_us(company):
        assert task.draft.title.endswith("…")
        assert len(task.draft.title) <= 255
        assert set(task.draft.title.removesuffix("…").split()) <= set(LONG.split())
        assert task.draft.notes == LONG


def test_it_stays_one_task_and_is_written_once(company: Company) -> None:
    for _ in range(3):
        company.add_line(ANNA, "- noch etwas")
        company.sync()
        company.tasks.expire_cursors()
        company.sync()

    assert len(tasks(company)) == 1
    assert [verb for verb, _ in company.tasks.writes] == ["create_task"]
    assert item(company).text == LONG


def test_ticked_and_carried_over_it_keeps_every_word(company: Company) -> None:
    (task,) = tasks(company)
    company.pass_meeting()
    company.tasks.tick(task.ref, company.now)
    company.sync()

    assert (item(company).text, item(company).state.value) == (LONG, "done")
    assert len(tasks(company)) == 1


def test_edited_where_it_is_shown_it_keeps_the_rest(company: Company) -> None:
    if not is_cut_by_us(company):
        pytest.skip("nobody sees where an unknown limit has cut")
    (task,) = tasks(company)

    by_hand(company, task.draft.title.replace("Konzept", "Budget"))
    company.sync()
    company.sync()

    assert item(company).text == LONG.replace("Konzept", "Budget")
    (after,) = tasks(company)
    assert after.draft.notes == LONG.replace("Konzept", "Budget")


def test_written_anew_by_its_owner_it_says_that_alone(company: Company) -> None:
    by_hand(company, "Budget")
    company.sync()
    company.sync()

    (task,) = tasks(company)
    assert item(company).text == "Budget"
    assert (task.draft.title, task.draft.notes) == ("Budget", "")


def test_reworded_on_the_agenda_the_task_follows(company: Company) -> None:
    company.type(BEN, lambda text: text.replace("Schritt3 ", "Schritt333 "))
    company.sync()

    (task,) = tasks(company)
    assert "Schritt333" in task.draft.title
    assert item(company).text == LONG.replace("Schritt3 ", "Schritt333 ")


def test_what_its_owner_wrote_into_the_notes_stays(company: Company) -> None:
    (task,) = tasks(company)
    company.tasks.rewrite_notes(task.ref, f"{task.draft.notes}\n\nMein eigener Satz")
    company.sync()
    company.type(BEN, lambda text: text.replace("Schritt3 ", "Schritt333 "))
    company.sync()

    (after,) = tasks(company)
    assert after.draft.notes.endswith("Mein eigener Satz")
    assert after.draft.notes.count("Ende") == int(is_cut_by_us(company))


def test_made_before_a_crash_and_changed_since_it_is_taken_as_it_is(company: Company) -> None:
    if not is_cut_by_us(company):
        pytest.skip("after a crash nobody knows what an unknown limit has cut")
    (task,) = tasks(company)
    with company.store.transaction() as tx:
        link = tx.task_link(item(company).item_id)
        assert link is not None
        tx.put_task_link(forgotten(link))
    company.tasks.tick(task.ref, company.now)

    company.add_line(ANNA, "- noch etwas")
    sync_once(company.services, company.now)
    company.sync()

    assert (item(company).text, item(company).state.value) == (LONG, "done")
    assert len(tasks(company)) == 1


def forgotten(link: TaskLink) -> TaskLink:
    """The link as it stands when its task was made and the answer never arrived."""
    return TaskLink(
        item_id=link.item_id, series_id=link.series_id, connection_id=link.connection_id
    )
