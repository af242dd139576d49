"""The life of an action item: agenda and task tool say the same in the end.

Completion wins over a stale open state; what its owner deleted is never made again.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from core.model.agenda import ActionItem, Agenda, ItemState
from core.model.tasks import TaskDraft, TaskStatus

STATUS = {
    ItemState.OPEN: TaskStatus.OPEN,
    ItemState.DONE: TaskStatus.DONE,
    ItemState.DROPPED: TaskStatus.CANCELLED,
}
STATE = {status: state for state, status in STATUS.items()}


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """What both sides come to: the item for the agenda, the draft for the task tool."""

    item: ActionItem
    draft: TaskDraft


def as_draft(item: ActionItem, *, source_url: str | None = None) -> TaskDraft:
    """Return the task that mirrors an item."""
    return TaskDraft(
        title=item.text,
        notes="\n".join(item.notes),
        due=item.due,
        status=STATUS[item.state],
        source_url=source_url,
    )


def agree(item: ActionItem, seen: TaskDraft | None, theirs: TaskDraft) -> Agreement:
    """Merge an item with its task, field by field against what was last seen.

    What one side changed since then wins; where both changed the same field the agenda's
    words win, except that done beats open. Notes go from the agenda to the task only.
    """
    base = seen or as_draft(item)
    title = theirs.title if _only_theirs(base.title, item.text, theirs.title) else item.text
    due = theirs.due if _only_theirs(base.due, item.due, theirs.due) else item.due
    state = _state(item.state, base.status, theirs.status)
    merged = replace(item, text=title, due=due, state=state)
    kept = theirs.notes if base.notes == "\n".join(item.notes) else "\n".join(item.notes)
    draft = replace(theirs, title=title, due=due, status=STATUS[state], notes=kept)
    return Agreement(item=merged, draft=draft)


def _only_theirs(base: object, ours: object, theirs: object) -> bool:
    return ours == base and theirs != base


def _state(ours: ItemState, base: TaskStatus, theirs: TaskStatus) -> ItemState:
    if ours is STATE[base]:
        return STATE[theirs]
    if ItemState.DONE in (ours, STATE[theirs]) and theirs is not base:
        return ItemState.DONE
    return ours


def with_item(agenda: Agenda, item: ActionItem) -> Agenda:
    """Return the agenda with one of its action items replaced."""
    sections = tuple(
        replace(
            section,
            entries=tuple(
                item if isinstance(e, ActionItem) and e.item_id == item.item_id else e
                for e in section.entries
            ),
        )
        for section in agenda.sections
    )
    return replace(agenda, sections=sections)
