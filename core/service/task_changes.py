"""Read what changed in people's task lists, and ask for what follows from it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from core.errors import CursorExpired
from core.model.actions import Happening
from core.model.series import Connection, LinkState, TaskLink
from core.model.tasks import TaskListId
from core.ports import TaskPort
from core.service.observe import MAX_PAGES, Observed
from core.service.services import Services
from core.service.shared_lists import lists_of
from core.service.wanting import want_mirror
from core.store import Transaction


def sync_tasks(services: Services, connection: Connection, now: datetime) -> Observed:
    """Read what changed in a person's task lists; known tasks are mirrored again."""
    observed = Observed()
    for list_id in lists_of(connection):
        tasks = services.suite_of(connection).tasks
        if tasks is not None:
            observed = _sync_list(services, connection, tasks, list_id, observed, now)
    return observed


def _sync_list(
    services: Services,
    connection: Connection,
    tasks: TaskPort,
    list_id: TaskListId,
    observed: Observed,
    now: datetime,
) -> Observed:
    with services.store.transaction() as tx:
        since = tx.cursor(connection.connection_id, list_id)
    for _ in range(MAX_PAGES):
        try:
            page = tasks.changes(list_id, since)
        except CursorExpired:
            page = tasks.changes(list_id, None)
        if page.cursor != since or page.changed or page.removed:
            with services.store.transaction() as tx:
                for task in page.changed:
                    link = tx.task_link_at(connection.connection_id, task.ref.task_id)
                    if link and link.seen != task.draft and _is_there(link, list_id):
                        tx.put_task_link(replace(link, told=task))
                        want_mirror(tx, link, now)
                for task_id in page.removed:
                    _task_deleted(tx, connection, list_id, task_id, now)
                tx.put_cursor(connection.connection_id, list_id, page.cursor)
        observed = observed.plus(page)
        since = page.cursor
        if not page.more:
            return observed
    raise CursorExpired(f"{list_id}: the list of changes has no end")


def _is_there(link: TaskLink, list_id: TaskListId) -> bool:
    """Two lists may know a task by the same id: what one of them says is not of the other."""
    return link.ref is not None and link.ref.list_id == list_id


def _task_deleted(
    tx: Transaction, connection: Connection, list_id: TaskListId, task_id: str, now: datetime
) -> None:
    link = tx.task_link_at(connection.connection_id, task_id)
    if link is not None and link.state is LinkState.LINKED and _is_there(link, list_id):
        tx.put_task_link(replace(link, state=LinkState.DELETED))
        tx.record(
            Happening(at=now, name="task.deleted", subject=link.series_id, entry=link.item_id)
        )
