"""Tasks as VTODO: reading, writing, changing."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from adapters.caldav.vtodo import new_vtodo, task_uid, to_task, with_draft
from core.errors import UnexpectedResponse
from core.model.tasks import Task, TaskDraft, TaskId, TaskListId, TaskRef, TaskStatus
from tests.adapters.caldav.ics import NOW, SINGLE, calendar, component, lines_but, unfolded

LIST = TaskListId("/ben/tasks/")
FULL = TaskDraft(
    title="Call the café; then, maybe, write",
    notes="From 1:1\nwith Anna",
    due=date(2026, 6, 12),
    source_url="https://example.com/a?b=c;d,e",
)
PHONE = """\
BEGIN:VTODO
UID:t@example.com
DTSTAMP:20260501T080000Z
SUMMARY:Call
DESCRIPTION;ALTREP="data:text/html,x":Old
DUE;TZID=Europe/Berlin:20260612T003000
PRIORITY:1
STATUS:IN-PROCESS
PERCENT-COMPLETE:40
X-APPLE-SORT-ORDER:7
BEGIN:VALARM
ACTION:DISPLAY
DESCRIPTION:Reminder
TRIGGER:-PT15M
END:VALARM
END:VTODO
"""


def read(data: bytes) -> Task:
    return to_task(data, LIST, "/ben/tasks/1.ics", '"7"')


def todo(*lines: str) -> bytes:
    text = "\n".join(["BEGIN:VTODO", "UID:t@example.com", *lines, "END:VTODO", ""])
    return calendar(text)


@pytest.mark.parametrize("status", list(TaskStatus))
def test_a_new_task_is_read_as_it_was_meant(status: TaskStatus) -> None:
    draft = replace(FULL, status=status)

    task = read(new_vtodo(draft, "t@example.com", NOW))

    assert task.draft == draft
    assert task.ref == TaskRef(list_id=LIST, task_id=TaskId("/ben/tasks/1.ics"))
    assert (task.completed_at, task.revision) == (NOW if status == "done" else None, '"7"')


def test_a_new_task_has_the_uid_that_was_asked_for() -> None:
    assert task_uid(new_vtodo(FULL, "a,b;c@example.com", NOW)) == "a,b;c@example.com"


def test_a_new_task_tells_nobody() -> None:
    assert not {b"ORGANIZER", b"ATTENDEE"} & set(new_vtodo(FULL, "t", NOW).split())


@given(st.text(max_size=80), st.text(max_size=200), st.none() | st.dates())
@example("", "", date.min)
@example("", "", date.max)
def test_any_draft_comes_back(title: str, notes: str, due: date | None) -> None:
    first = read(new_vtodo(TaskDraft(title=title, notes=notes, due=due), "t", NOW)).draft

    assert read(new_vtodo(first, "t", NOW)).draft == first
    assert first.due == due


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ([], TaskStatus.OPEN),
        (["STATUS:NEEDS-ACTION"], TaskStatus.OPEN),
        (["STATUS:IN-PROCESS", "PERCENT-COMPLETE:50"], TaskStatus.OPEN),
        (["STATUS:COMPLETED"], TaskStatus.DONE),
        (["COMPLETED:20260601T080000Z"], TaskStatus.DONE),
        (["STATUS:NEEDS-ACTION", "PERCENT-COMPLETE:100"], TaskStatus.DONE),
        (["STATUS:CANCELLED", "PERCENT-COMPLETE:100"], TaskStatus.CANCELLED),
    ],
)
def test_programs_say_done_in_three_ways(lines: list[str], expected: TaskStatus) -> None:
    assert read(todo(*lines)).draft.status is expected


def test_an_unknown_status_is_an_error() -> None:
    with pytest.raises(UnexpectedResponse, match="'PAUSED'"):
        read(todo("STATUS:PAUSED"))


def test_an_event_is_no_task() -> None:
    with pytest.raises(UnexpectedResponse, match="no task"):
        read(calendar(SINGLE))


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("DUE;VALUE=DATE:20260612", date(2026, 6, 12)),
        ("DUE:20260612T080000Z", date(2026, 6, 12)),
        ("DUE;TZID=Europe/Berlin:20260612T003000", date(2026, 6, 12)),
        ("DUE:20260612T233000", date(2026, 6, 12)),
        ("DUE;TZID=Mars/Olympus:20260612T233000", date(2026, 6, 12)),
        ("DUE;VALUE=DATE:99991231", date(9999, 12, 31)),
        ("DUE:99991231T235959Z", date(9999, 12, 31)),
        ("DUE;VALUE=DATE:00010101", date(1, 1, 1)),
        ("SUMMARY:x", None),
    ],
)
def test_the_due_day_is_the_one_that_was_set(line: str, expected: date | None) -> None:
    assert read(todo(line)).draft.due == expected


@pytest.mark.parametrize("value", ["", "soon", "20260231", "00000101", "20260612T"])
def test_a_due_day_that_is_none_is_an_error(value: str) -> None:
    with pytest.raises(UnexpectedResponse, match="DUE has no time that can be read"):
        read(todo(f"DUE:{value}"))


def test_the_moment_of_completion_is_read() -> None:
    task = read(todo("STATUS:COMPLETED", "COMPLETED:20260601T080000Z"))

    assert task.completed_at == datetime(2026, 6, 1, 8, tzinfo=UTC)


def test_writing_what_stands_there_gives_the_same_bytes() -> None:
    data = new_vtodo(FULL, "t", NOW)

    assert with_draft(data, FULL, NOW.replace(year=2027)) == data


def test_a_change_keeps_everything_else() -> None:
    before = calendar(PHONE)
    draft = replace(read(before).draft, title="Call again", notes="New")

    after = with_draft(before, draft, NOW)

    changed = ("SUMMARY", "DESCRIPTION", "DTSTAMP", "LAST-MODIFIED")
    assert lines_but(after, *changed) == lines_but(before, *changed)
    assert {"SUMMARY:Call again", "DESCRIPTION:New"} <= set(component(after, "UID:t@"))
    assert read(after).draft == draft


def test_the_same_day_keeps_its_time() -> None:
    before = calendar(PHONE)

    after = with_draft(before, replace(read(before).draft, title="Call again"), NOW)

    assert "DUE;TZID=Europe/Berlin:20260612T003000" in unfolded(after)


def test_a_new_day_replaces_the_time() -> None:
    before = calendar(PHONE)

    after = with_draft(before, replace(read(before).draft, due=date(2026, 6, 13)), NOW)

    assert [line for line in unfolded(after) if line.startswith("DUE")] == [
        "DUE;VALUE=DATE:20260613"
    ]


def test_done_says_so_in_all_three_ways() -> None:
    before = calendar(PHONE)

    after = unfolded(with_draft(before, replace(read(before).draft, status=TaskStatus.DONE), NOW))

    assert {"STATUS:COMPLETED", "COMPLETED:20260601T120000Z", "PERCENT-COMPLETE:100"} <= set(after)


@pytest.mark.parametrize("status", [TaskStatus.OPEN, TaskStatus.CANCELLED])
def test_no_longer_done_takes_all_three_back(status: TaskStatus) -> None:
    done = new_vtodo(replace(FULL, status=TaskStatus.DONE), "t", NOW)

    after = with_draft(done, replace(FULL, status=status), NOW)

    assert read(after).draft.status is status
    assert b"COMPLETED" not in after
    assert b"PERCENT-COMPLETE" not in after


def test_what_a_draft_no_longer_has_goes() -> None:
    after = with_draft(new_vtodo(FULL, "t", NOW), TaskDraft(title="x"), NOW)

    assert read(after).draft == TaskDraft(title="x")
    assert not [line for line in unfolded(after) if line.startswith(("DUE", "URL", "DESCRIPTION"))]
