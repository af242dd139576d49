"""Rows of actions and happenings as values: their columns are clear, nothing in them is sealed."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Row

from core.model.actions import Action, ActionKind, ActionState, Happening
from webhook_app.storage.rows import utc


def action_of(row: Row[Any]) -> Action:
    """Return what is to be done."""
    return Action(
        kind=ActionKind(row.kind),
        subject=row.subject,
        due_at=utc(row.due_at),
        lane=row.lane,
        wanted=row.wanted,
        attempts=row.attempts,
        state=ActionState(row.state),
        trouble=row.trouble,
    )


def happening_of(row: Row[Any]) -> Happening:
    """Return what has happened."""
    values = row._mapping
    return Happening(
        at=utc(values["at"]),
        name=values["name"],
        subject=values["subject"],
        count=values["count"],
        by=values["by"],
        entry=values["entry"] or "",
    )
