"""A mark of everything that pages show: another one after each change, read from one row."""

from __future__ import annotations

import secrets
from functools import cache
from importlib import import_module
from typing import Any

from sqlalchemy import Executable, Table, select

from webhook_app.storage import tables as t
from webhook_app.storage.rows import Rows

SHOWN = frozenset(
    table.name
    for table in (
        *(t.people, t.pairs, t.connections, t.series),
        *(t.copies, t.sheets, t.written, t.task_links),
    )
)
"""Tables that pages are made from; nouns say it by their kind."""
BEHIND = frozenset(
    (
        *("session", "one_time_code", "api_token", "teams_chat", "sent_message", "chat_space"),
        *("mailed_talk", "received_mail", "kept_reply", "pressed", "due_day"),
        *(
            "webhook_delivery",
            "webhook_waiting",
            "planned_reminder",
            "sent_reminder",
            "first_message",
        ),
    )
)
"""Kinds of nouns that no page shows: an unknown kind counts as shown."""
NAME = "pages"


class CountedRows(Rows):
    """Rows that remember whether anything was changed that a page shows."""

    touched = False

    def _change(self, table: Table, statement: Executable, values: Any = None) -> Any:
        if table.name in SHOWN:
            self.touched = True
        return super()._change(table, statement, values)

    def revision(self) -> str:
        """Return the mark; the same one means that nothing shown has changed."""
        return str(self._c.execute(_reading()).scalar() or "")

    def leave_mark(self) -> None:
        """Put a new mark where something has changed: the last thing of a transaction."""
        if self.touched:
            mark = secrets.token_hex(8)
            self._c.execute(_marking(self._c.dialect.name), {"name": NAME, "mark": mark})


@cache
def _reading() -> Executable:
    return select(t.revisions.c.mark).where(t.revisions.c.name == NAME)


@cache
def _marking(dialect: str) -> Executable:
    insert = import_module(f"sqlalchemy.dialects.{dialect}").insert(t.revisions)
    changed = {"mark": insert.excluded.mark}
    marking: Executable = insert.on_conflict_do_update(index_elements=["name"], set_=changed)
    return marking
