"""Lists that a whole group reads: a pair may choose one for its action items, and give it up."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from core.errors import InvalidInput
from core.model.agenda import ActionItem
from core.model.people import PairId
from core.model.series import Connection, TaskLink
from core.model.settings import PairSettings
from core.model.tasks import TaskListId
from core.service.settings import change_pair, pair_settings
from core.service.wanting import want_mirror
from core.store import Transaction


def list_for(chosen: PairSettings, connection: Connection) -> TaskListId | None:
    """Return where an owner's task goes: the list their pair chose, if theirs, else their own."""
    shared = TaskListId(chosen.shared_list)
    return shared if shared in connection.shared_lists else connection.task_list


def is_misplaced(chosen: PairSettings, link: TaskLink, connection: Connection) -> bool:
    """Tell whether a task stands outside the list that was chosen, or in another shared one.

    That is one given up, or another pair's: a promise may have gone on with a new manager.
    """
    target = list_for(chosen, connection)
    if link.ref is None or target is None or link.ref.list_id == target:
        return False
    given_up = {*chosen.former_lists, *connection.shared_lists}
    return target == chosen.shared_list or link.ref.list_id in given_up


def shown_in(chosen: PairSettings, list_id: str, item: ActionItem) -> ActionItem:
    """Return an item as its list may say it: what a group reads is title and day alone."""
    is_shared = list_id == chosen.shared_list or list_id in chosen.former_lists
    return replace(item, notes=()) if is_shared else item


def share_list(
    tx: Transaction,
    pair_id: PairId,
    list_id: TaskListId | None,
    connections: Sequence[Connection],
    now: datetime,
    *,
    by: str | None = None,
) -> PairSettings:
    """Choose the list for what the two take on, or with None give it up; tasks move over.

    `connections` are those of the two that reach it.
    """
    if list_id is not None and not connections:
        raise InvalidInput("neither of the two reaches that list")
    before = pair_settings(tx, pair_id)
    former = {*before.former_lists, before.shared_list} - {"", list_id or ""}
    chosen = change_pair(
        tx, pair_id, now=now, by=by, shared_list=list_id or "", former_lists=tuple(sorted(former))
    )
    reached = {connection.connection_id for connection in connections}
    for connection in tx.connections():
        _read_along(
            tx, connection, before.shared_list, list_id, connection.connection_id in reached
        )
    _look_again(tx, pair_id, now)
    return chosen


def _read_along(
    tx: Transaction, connection: Connection, old: str, new: TaskListId | None, reaches: bool
) -> None:
    lists = dict.fromkeys(connection.shared_lists)
    if old and old != new and not _chosen_elsewhere(tx, old, connection.person):
        lists.pop(TaskListId(old), None)
    if new is not None and reaches:
        lists[new] = None
    if tuple(lists) != connection.shared_lists:
        tx.put_connection(replace(connection, shared_lists=tuple(lists)))


def _chosen_elsewhere(tx: Transaction, list_id: str, person: str) -> bool:
    chosen = [s.pair_id for s in tx.nouns(PairSettings) if s.shared_list == list_id]
    pairs = [pair for pair_id in chosen if (pair := tx.pair(pair_id)) is not None]
    return any(person in pair.addresses for pair in pairs)


def _look_again(tx: Transaction, pair_id: PairId, now: datetime) -> None:
    """Tasks that are there already are moved at once, whether or not the agenda changes."""
    for series in tx.series_of(pair_id):
        for link in tx.task_links(series.series_id):
            want_mirror(tx, link, now)


def lists_of(connection: Connection) -> tuple[TaskListId, ...]:
    """Return the lists to read: the person's own, and those that pairs of theirs share."""
    own = () if connection.task_list is None else (connection.task_list,)
    return (*own, *connection.shared_lists)
