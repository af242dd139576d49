"""Tasks as VTODO: reading, writing a new one, changing one in the server's bytes."""

from __future__ import annotations

from datetime import date, datetime

from adapters.caldav.description import body_of, put_body, same_body
from adapters.caldav.ical_edit import Edit
from adapters.caldav.ical_lines import clean_text, escaped
from adapters.caldav.ical_resource import Component, Resource
from adapters.caldav.ical_times import day_of, day_text, moment_of, stamp
from adapters.caldav.new_event import calendar_bytes
from adapters.caldav.zones import UTC_ZONE
from core.errors import UnexpectedResponse
from core.model.calendar import Body, Revision
from core.model.tasks import Task, TaskDraft, TaskId, TaskListId, TaskRef, TaskStatus

_STATUS = {
    "": TaskStatus.OPEN,
    "NEEDS-ACTION": TaskStatus.OPEN,
    "IN-PROCESS": TaskStatus.OPEN,
    "COMPLETED": TaskStatus.DONE,
    "CANCELLED": TaskStatus.CANCELLED,
}
_WRITTEN = {
    TaskStatus.OPEN: b"NEEDS-ACTION",
    TaskStatus.DONE: b"COMPLETED",
    TaskStatus.CANCELLED: b"CANCELLED",
}
_DONE = (b"COMPLETED", b"PERCENT-COMPLETE")


def to_task(data: bytes, list_id: TaskListId, href: str, etag: str) -> Task:
    """Read a task. Raise UnexpectedResponse where it is none or its STATUS is unknown."""
    resource = Resource.parse(data)
    todo = _todo(resource)
    return Task(
        ref=TaskRef(list_id=list_id, task_id=TaskId(href)),
        draft=_draft(todo),
        completed_at=_completed(resource, todo),
        revision=Revision(etag),
    )


def task_uid(data: bytes) -> str:
    """Return the UID of a task."""
    return Resource.parse(data).uid


def new_vtodo(draft: TaskDraft, uid: str, now: datetime) -> bytes:
    """Write a new task.

    No ORGANIZER and no ATTENDEE: some servers would send mail, and few programs show them.
    """
    stamped = [name + b":" + stamp(now) for name in (b"DTSTAMP", b"CREATED", b"LAST-MODIFIED")]
    bare = calendar_bytes(
        b"BEGIN:VTODO",
        b"UID:" + escaped(uid),
        *stamped,
        b"SUMMARY:" + escaped(draft.title),
        b"STATUS:NEEDS-ACTION",
        b"CATEGORIES:1:1",
        b"END:VTODO",
    )
    return with_draft(bare, draft, now)


def with_draft(data: bytes, draft: TaskDraft, now: datetime) -> bytes:
    """Write what the draft says where it says something else, and keep the rest.

    Where nothing changes, the same bytes come back.
    """
    resource = Resource.parse(data)
    todo = _todo(resource)
    old = _draft(todo)
    edit = Edit(resource)
    notes = Body(content=draft.notes)
    if clean_text(draft.title) != old.title:
        edit.put(todo, b"SUMMARY", b"SUMMARY:" + escaped(draft.title))
    if not same_body(todo, notes):
        put_body(edit, todo, notes)
    if draft.due != old.due:
        _put_due(edit, todo, draft.due)
    if draft.source_url != old.source_url:
        _put_url(edit, todo, draft.source_url)
    if draft.status is not old.status:
        _put_status(edit, todo, draft.status, now)
    if edit.data != data:
        edit.stamp(todo, now)
    return edit.data


def _todo(resource: Resource) -> Component:
    if resource.component != "VTODO" or resource.master is None:
        raise UnexpectedResponse("The entry in the task list is no task.")
    return resource.master


def _draft(todo: Component) -> TaskDraft:
    return TaskDraft(
        title=todo.text(b"SUMMARY"),
        notes=body_of(todo).content,
        due=_due(todo),
        status=_status(todo),
        source_url=todo.text(b"URL").strip() or None,
    )


def _status(todo: Component) -> TaskStatus:
    """Read it; programs differ in which of three properties they set when a task is done."""
    word = todo.word(b"STATUS")
    if word not in _STATUS:
        raise UnexpectedResponse(f"The task has a STATUS that we do not know: {word!r}.")
    status = _STATUS[word]
    done = b"COMPLETED" in todo.index or todo.word(b"PERCENT-COMPLETE") == "100"
    return TaskStatus.DONE if status is TaskStatus.OPEN and done else status


def _due(todo: Component) -> date | None:
    """Return the day, in the zone in which it was set."""
    line = todo.line(b"DUE")
    return day_of(line) if line else None


def _completed(resource: Resource, todo: Component) -> datetime | None:
    line = todo.line(b"COMPLETED")
    return moment_of(line, resource, near=UTC_ZONE).utc if line else None


def _put_due(edit: Edit, todo: Component, due: date | None) -> None:
    edit.drop(todo, b"DURATION")
    if due is None:
        edit.drop(todo, b"DUE")
    else:
        edit.put(todo, b"DUE", b"DUE;VALUE=DATE:" + day_text(due))


def _put_url(edit: Edit, todo: Component, url: str | None) -> None:
    if url:
        edit.put(todo, b"URL", b"URL:" + clean_text(url).replace("\n", "").encode())
    else:
        edit.drop(todo, b"URL")


def _put_status(edit: Edit, todo: Component, status: TaskStatus, now: datetime) -> None:
    edit.put(todo, b"STATUS", b"STATUS:" + _WRITTEN[status])
    if status is TaskStatus.DONE:
        edit.put(todo, b"COMPLETED", b"COMPLETED:" + stamp(now))
        edit.put(todo, b"PERCENT-COMPLETE", b"PERCENT-COMPLETE:100")
    else:
        edit.drop(todo, *_DONE)
