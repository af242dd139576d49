"""Action items in each owner's own task tool, both ways."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from core.action_items import agree, as_draft, with_item
from core.errors import NotFound, RevisionConflict
from core.model.actions import Happening
from core.model.agenda import ActionItem, Agenda, ItemId, ItemState
from core.model.calendar import IdempotencyKey
from core.model.people import PairId
from core.model.series import (
    Connection,
    ConnectionState,
    LinkState,
    Sheet,
    TaskLink,
)
from core.model.settings import PairSettings
from core.model.tasks import Task, TaskListId, TaskRef
from core.ports import TaskPort
from core.service.services import Circle, Services
from core.service.settings import pair_settings
from core.service.shared_lists import is_misplaced, list_for, shown_in
from core.service.wanting import want_mirror, want_reconcile
from core.store import Transaction


def want_mirrors(tx: Transaction, circle: Circle, agenda: Agenda, now: datetime) -> None:
    """Ask for every task that does not say what the agenda says."""
    series_id = circle.series.series_id
    links = {link.item_id: link for link in tx.task_links(series_id)}
    for item in agenda.action_items:
        link = links.pop(item.item_id, None)
        if link is None and item.state is ItemState.OPEN:
            connection = task_connection(tx, item.owner, circle.pair.pair_id)
            if connection is not None:
                link = TaskLink(
                    item_id=item.item_id,
                    series_id=series_id,
                    connection_id=connection.connection_id,
                    untried=True,
                )
                tx.put_task_link(link)
                want_mirror(tx, link, now)
        elif link is not None and _differs(tx, link, item, circle.pair.pair_id):
            want_mirror(tx, link, now)
    for link in links.values():
        if link.state is LinkState.LINKED and _item(tx, link) is None:
            want_mirror(tx, link, now)


def task_connection(tx: Transaction, owner: str | None, pair_id: PairId) -> Connection | None:
    """Return the connection with a list for this owner's tasks of this pair."""
    for connection in tx.connections():
        mine = connection.person == owner and connection.state is ConnectionState.ACTIVE
        if mine and list_for(pair_settings(tx, pair_id), connection) is not None:
            return connection
    return None


def _differs(tx: Transaction, link: TaskLink, item: ActionItem, pair_id: PairId) -> bool:
    if link.state is LinkState.DELETED:
        return False
    if link.seen is None or link.leaving is not None:
        return True
    connection, chosen = task_connection(tx, item.owner, pair_id), pair_settings(tx, pair_id)
    if connection is not None and connection.connection_id != link.connection_id:
        return True
    if connection is not None and is_misplaced(chosen, link, connection):
        return True
    if link.ref is not None:
        item = shown_in(chosen, link.ref.list_id, item)
    return as_draft(item, source_url=link.seen.source_url) != link.seen


def _sheet_with(tx: Transaction, link: TaskLink) -> Sheet | None:
    """Return the newest sheet that holds the item."""
    for sheet in reversed(tx.sheets(link.series_id)):
        if any(item.item_id == link.item_id for item in sheet.agenda.action_items):
            return sheet
    return None


def _item(tx: Transaction, link: TaskLink) -> ActionItem | None:
    sheet = _sheet_with(tx, link)
    items = sheet.agenda.action_items if sheet else ()
    return next((item for item in items if item.item_id == link.item_id), None)


def mirror(services: Services, item_id: ItemId, now: datetime) -> None:
    """Bring an action item and its task in line, whichever changed.

    A task that its owner deleted stays deleted. Doing it twice is doing it once: the task
    is created under a key that is the item's.
    """
    with services.store.transaction() as tx:
        link = tx.task_link(item_id)
        item = _item(tx, link) if link else None
        connection = tx.connection(link.connection_id) if link else None
        chosen = _chosen(tx, link) if link else None
        wanted = task_connection(tx, item.owner, chosen.pair_id) if item and chosen else None
    if link is not None and connection is not None and link.leaving is not None:
        link = _leave(services, connection, link, link.leaving)
    if link is None or connection is None or link.state is LinkState.DELETED:
        return
    if item is None:
        _withdraw(services, connection, link)
    elif chosen is None:
        return
    elif wanted is not None and wanted.connection_id != connection.connection_id:
        _hand_over(services, connection, wanted, link, now)
    elif link.ref is None:
        _create(services, connection, link, item, chosen)
    elif is_misplaced(chosen, link, connection):
        _move(services, connection, link, item, chosen, now)
    else:
        _agree(services, connection, link, item, chosen, now)


def _tasks(services: Services, connection: Connection) -> TaskPort:
    tasks = services.suite_of(connection).tasks
    if tasks is None:
        raise NotFound(f"{connection.suite} has no tasks for {connection.connection_id}")
    return tasks


def _chosen(tx: Transaction, link: TaskLink) -> PairSettings | None:
    series = tx.series(link.series_id)
    return pair_settings(tx, series.pair_id) if series and series.pair_id else None


def _create(
    services: Services,
    connection: Connection,
    link: TaskLink,
    item: ActionItem,
    chosen: PairSettings,
) -> None:
    list_id = list_for(chosen, connection)
    if list_id is None:
        return
    task = _made(services, connection, link, shown_in(chosen, list_id, item), list_id)
    with services.store.transaction() as tx:
        tx.put_task_link(_linked(link, task))


def _made(
    services: Services,
    connection: Connection,
    link: TaskLink,
    item: ActionItem,
    list_id: TaskListId,
) -> Task:
    tasks = _tasks(services, connection)
    if link.untried:
        # Before the first try: whoever tries after a crash has to look for its task.
        with services.store.transaction() as tx:
            tx.put_task_link(replace(link, untried=False))
    return tasks.create_task(
        list_id,
        as_draft(item, source_url=services.talk_of(link.series_id) or None),
        key=IdempotencyKey(f"{link.item_id}@{connection.connection_id}"),
        first=link.untried,
    )


def _move(
    services: Services,
    connection: Connection,
    link: TaskLink,
    item: ActionItem,
    chosen: PairSettings,
    now: datetime,
) -> None:
    """Make it in the list where it belongs, keep that, and only then delete the other one.

    First the two are brought in line, so that nothing said there is lost.
    """
    list_id = list_for(chosen, connection)
    if (
        list_id is None
        or link.ref is None
        or not _agree(services, connection, link, item, chosen, now, fresh=True)
    ):
        return
    with services.store.transaction() as tx:
        item = _item(tx, link) or item
    task = _made(services, connection, link, shown_in(chosen, list_id, item), list_id)
    moved = replace(_linked(link, task), leaving=link.ref)
    with services.store.transaction() as tx:
        tx.put_task_link(moved)
    _leave(services, connection, moved, link.ref)


def _leave(services: Services, connection: Connection, link: TaskLink, old: TaskRef) -> TaskLink:
    _tasks(services, connection).delete_task(old)
    left = replace(link, leaving=None)
    with services.store.transaction() as tx:
        tx.put_task_link(left)
    return left


def _known(link: TaskLink, ref: TaskRef) -> Task | None:
    """Return the task as its list told it, or as we left it; its revision guards the write."""
    if link.told is not None and link.told.ref == ref:
        return link.told
    if link.seen is None or link.revision is None:
        return None
    return Task(ref=ref, draft=link.seen, revision=link.revision)


def _linked(link: TaskLink, task: Task) -> TaskLink:
    return replace(
        link,
        ref=task.ref,
        seen=task.draft,
        revision=task.revision,
        told=None,
        untried=False,
        state=LinkState.LINKED,
    )


def _withdraw(services: Services, connection: Connection, link: TaskLink) -> None:
    if link.ref is not None:
        _tasks(services, connection).delete_task(link.ref)
    with services.store.transaction() as tx:
        tx.put_task_link(replace(link, state=LinkState.DELETED))


def _hand_over(
    services: Services, old: Connection, new: Connection, link: TaskLink, now: datetime
) -> None:
    if link.ref is not None:
        _tasks(services, old).delete_task(link.ref)
    fresh = TaskLink(
        item_id=link.item_id,
        series_id=link.series_id,
        connection_id=new.connection_id,
        untried=True,
    )
    with services.store.transaction() as tx:
        tx.put_task_link(fresh)
        want_mirror(tx, fresh, now)


def _agree(
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
    tasks, ref = _tasks(services, connection), link.ref
    assert ref is not None
    try:
        task = (None if fresh else _known(link, ref)) or tasks.get_task(ref)
        agreed = agree(shown_in(chosen, ref.list_id, item), link.seen, task.draft)
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
        tx.put_task_link(_linked(link, task))
        if settled != item:
            _change_item(tx, link, settled, now)
    return True


def _change_item(tx: Transaction, link: TaskLink, item: ActionItem, now: datetime) -> None:
    sheet = _sheet_with(tx, link)
    if sheet is None:
        return
    tx.put_sheet(replace(sheet, agenda=with_item(sheet.agenda, item)))
    name = "action.done" if item.state is ItemState.DONE else "action.changed"
    tx.record(
        Happening(at=now, name=name, subject=link.series_id, by=item.owner, entry=item.item_id)
    )
    want_reconcile(tx, link.series_id, now)
