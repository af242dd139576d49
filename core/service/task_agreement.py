"""An action item and its task brought in line, and what is kept of both."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from core.action_items import agree, as_draft, with_item
from core.errors import NotFound, RevisionConflict
from core.model.actions import Happening
from core.model.agenda import ActionItem, ItemState
from core.model.series import Connection, LinkState, Sheet, TaskLink
from core.model.settings import PairSettings
from core.model.tasks import Task, TaskRef
from core.ports import TaskPort
from core.service.services import Services
from core.service.shared_lists import shown_in
from core.service.wanting import want_mirror, want_reconcile
from core.store import Transaction


def sheet_with(tx: Transaction, link: TaskLink) -> Sheet | None:
    """Return the newest sheet that holds the item."""
    for sheet in reversed(tx.sheets(link.series_id)):
        if any(item.item_id == link.item_id for item in sheet.agenda.action_items):
            return sheet
    return None


def item_of(tx: Transaction, link: TaskLink) -> ActionItem | None:
    sheet = sheet_with(tx, link)
    items = sheet.agenda.action_items if sheet else ()
    return next((item for item in items if item.item_id == link.item_id), None)


def tasks_of(services: Services, connection: Connection) -> TaskPort:
    tasks = services.suite_of(connection).tasks
    if tasks is None:
        raise NotFound(f"{connection.suite} has no tasks for {connection.connection_id}")
    return tasks


def _known(link: TaskLink, ref: TaskRef) -> Task | None:
    """Return the task as its list told it, or as we left it; its revision guards the write."""
    if link.told is not None and link.told.ref == ref:
        return link.told
    if link.seen is None or link.revision is None:
        return None
    return Task(ref=ref, draft=link.seen, revision=link.revision)


def linked(link: TaskLink, task: Task, shown: ActionItem) -> TaskLink:
    """Return the link to a task that says what the agenda shows in its list."""
    return replace(
        link,
        ref=task.ref,
        seen=task.draft,
        said=as_draft(shown),
        revision=task.revision,
        told=None,
        untried=False,
        state=LinkState.LINKED,
    )


def brought_in_line(
    services: Services,
    connection: Connection,
    link: TaskLink,
    item: ActionItem,
    chosen: PairSettings,
    now: datetime,
    *,
    fresh: bool = False,
) -> bool:
    """Tell whether item and task say the same now; one that its owner deleted stays deleted."""
    tasks, ref = tasks_of(services, connection), link.ref
    assert ref is not None
    try:
        task = (None if fresh else _known(link, ref)) or tasks.get_task(ref)
        shown = shown_in(chosen, ref.list_id, item)
        agreed = agree(shown, link.seen, task.draft, said=link.said, limits=tasks.limits)
        settled = replace(agreed.item, notes=item.notes)
        if agreed.draft != task.draft:
            task = tasks.replace_task(ref, agreed.draft, expect=task.revision)
    except NotFound:
        with services.store.transaction() as tx:
            tx.put_task_link(replace(link, state=LinkState.DELETED))
        return False
    except RevisionConflict:
        with services.store.transaction() as tx:
            tx.put_task_link(replace(link, revision=None, told=None))
            want_mirror(tx, link, now)
        return False
    # Together: what was seen is the base of the next reading, so it must not be kept alone.
    with services.store.transaction() as tx:
        tx.put_task_link(linked(link, task, agreed.item))
        if settled != item:
            _change_item(tx, link, settled, now)
    return True


def _change_item(tx: Transaction, link: TaskLink, item: ActionItem, now: datetime) -> None:
    sheet = sheet_with(tx, link)
    if sheet is None:
        return
    tx.put_sheet(replace(sheet, agenda=with_item(sheet.agenda, item)))
    name = "action.done" if item.state is ItemState.DONE else "action.changed"
    tx.record(
        Happening(at=now, name=name, subject=link.series_id, by=item.owner, entry=item.item_id)
    )
    want_reconcile(tx, link.series_id, now)
