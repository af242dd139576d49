"""The life of an action item: agenda and task tool say the same in the end.

Completion wins over a stale open state; what its owner deleted is never made again.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from core.model.agenda import ActionItem, Agenda, ItemState
from core.model.tasks import TaskDraft, TaskLimits, TaskStatus
from core.task_text import fitted, notes_after, whole_title

STATUS = {
    ItemState.OPEN: TaskStatus.OPEN,
    ItemState.DONE: TaskStatus.DONE,
    ItemState.DROPPED: TaskStatus.CANCELLED,
}
UNLIMITED = TaskLimits()
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


def agree(
    item: ActionItem,
    seen: TaskDraft | None,
    theirs: TaskDraft,
    *,
    said: TaskDraft | None = None,
    limits: TaskLimits = UNLIMITED,
) -> Agreement:
    """Merge an item with its task, field by field.

    Each side is compared with itself: the task with how it was last seen, the agenda with what
    it said then. What one side changed since then wins; where both changed the same field the
    agenda's words win, except that done beats open. Notes go from the agenda to the task only.
    """
    base = seen or fitted(as_draft(item), limits)
    before = said or seen or as_draft(item)
    text = item.text
    if item.text == before.title and theirs.title != base.title:
        text = whole_title(before.title, base.title, theirs.title)
    due = theirs.due if item.due == before.due and theirs.due != base.due else item.due
    state = _state(item.state, before.status, base.status, theirs.status)
    merged = replace(item, text=text, due=due, state=state)
    wanted, former = fitted(as_draft(merged), limits), fitted(before, limits)
    # Where neither side has changed a field, it stays as its tool has it.
    title_stays = (text, theirs.title) == (before.title, base.title)
    due_stays = (due, theirs.due) == (before.due, base.due)
    status_stays = (wanted.status, theirs.status) == (before.status, base.status)
    draft = replace(
        theirs,
        title=theirs.title if title_stays else wanted.title,
        notes=notes_after(former.notes, wanted.notes, theirs.notes, limits),
        due=theirs.due if due_stays else due,
        status=theirs.status if status_stays else wanted.status,
    )
    return Agreement(item=merged, draft=draft)


def _state(ours: ItemState, before: TaskStatus, base: TaskStatus, theirs: TaskStatus) -> ItemState:
    if theirs is base:
        return ours
    if STATUS[ours] is before:
        return STATE[theirs]
    return ItemState.DONE if ItemState.DONE in (ours, STATE[theirs]) else ours


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
