"""Action items in each owner's own task tool, both ways."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from core.action_items import as_draft
from core.model.agenda import ActionItem, Agenda, ItemId, ItemState
from core.model.calendar import IdempotencyKey
from core.model.people import PairId
from core.model.series import Connection, ConnectionState, LinkState, TaskLink
from core.model.settings import PairSettings
from core.model.tasks import TaskListId, TaskRef
from core.service.services import Circle, Services
from core.service.settings import pair_settings
from core.service.shared_lists import is_misplaced, list_for, shown_in
from core.service.task_agreement import brought_in_line, item_of, linked, tasks_of
from core.service.wanting import want_mirror
from core.store import Transaction
from core.task_text import fitted


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
        if link.state is LinkState.LINKED and item_of(tx, link) is None:
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
    if link.said is not None:
        return as_draft(item) != link.said
    return as_draft(item, source_url=link.seen.source_url) != link.seen


def mirror(services: Services, item_id: ItemId, now: datetime) -> None:
    """Bring an action item and its task in line, whichever changed.

    A task that its owner deleted stays deleted. Doing it twice is doing it once: the task
    is created under a key that is the item's.
    """
    with services.store.transaction() as tx:
        link = tx.task_link(item_id)
        item = item_of(tx, link) if link else None
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
        _create(services, connection, link, item, chosen, now)
    elif is_misplaced(chosen, link, connection):
        _move(services, connection, link, item, chosen, now)
    else:
        brought_in_line(services, connection, link, item, chosen, now)


def _chosen(tx: Transaction, link: TaskLink) -> PairSettings | None:
    series = tx.series(link.series_id)
    return pair_settings(tx, series.pair_id) if series and series.pair_id else None


def _create(
    services: Services,
    connection: Connection,
    link: TaskLink,
    item: ActionItem,
    chosen: PairSettings,
    now: datetime,
) -> None:
    list_id = list_for(chosen, connection)
    if list_id is None:
        return
    made = _made(services, connection, link, shown_in(chosen, list_id, item), list_id)
    with services.store.transaction() as tx:
        tx.put_task_link(made)
        if made.told is not None:
            want_mirror(tx, made, now)


def _made(
    services: Services,
    connection: Connection,
    link: TaskLink,
    item: ActionItem,
    list_id: TaskListId,
) -> TaskLink:
    tasks = tasks_of(services, connection)
    if link.untried:
        # Before the first try: whoever tries after a crash has to look for its task.
        with services.store.transaction() as tx:
            tx.put_task_link(replace(link, untried=False))
    draft = as_draft(item, source_url=services.talk_of(link.series_id) or None)
    draft = fitted(draft, tasks.limits)
    task = tasks.create_task(
        list_id,
        draft,
        key=IdempotencyKey(f"{link.item_id}@{connection.connection_id}"),
        first=link.untried,
    )
    made = linked(link, task, item)
    if link.untried or task.draft == draft:
        return made
    # An earlier try has made it, and its owner may have changed it since: that is news.
    return replace(made, seen=draft, told=task)


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
        or not brought_in_line(services, connection, link, item, chosen, now, fresh=True)
    ):
        return
    with services.store.transaction() as tx:
        item = item_of(tx, link) or item
    made = _made(services, connection, link, shown_in(chosen, list_id, item), list_id)
    moved = replace(made, leaving=link.ref)
    with services.store.transaction() as tx:
        tx.put_task_link(moved)
        if moved.told is not None:
            want_mirror(tx, moved, now)
    _leave(services, connection, moved, link.ref)


def _leave(services: Services, connection: Connection, link: TaskLink, old: TaskRef) -> TaskLink:
    tasks_of(services, connection).delete_task(old)
    left = replace(link, leaving=None)
    with services.store.transaction() as tx:
        tx.put_task_link(left)
    return left


def _withdraw(services: Services, connection: Connection, link: TaskLink) -> None:
    if link.ref is not None:
        tasks_of(services, connection).delete_task(link.ref)
    with services.store.transaction() as tx:
        tx.put_task_link(replace(link, state=LinkState.DELETED))


def _hand_over(
    services: Services, old: Connection, new: Connection, link: TaskLink, now: datetime
) -> None:
    if link.ref is not None:
        tasks_of(services, old).delete_task(link.ref)
    fresh = TaskLink(
        item_id=link.item_id,
        series_id=link.series_id,
        connection_id=new.connection_id,
        untried=True,
    )
    with services.store.transaction() as tx:
        tx.put_task_link(fresh)
        want_mirror(tx, fresh, now)
