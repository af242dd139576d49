"""Connections and jobs: states and counts, never content."""

from __future__ import annotations

from datetime import datetime

from pydantic import BaseModel, ConfigDict, Field

from core.access import Right
from core.model.access import Scope
from core.model.actions import ActionState
from core.service.coverage import coverage
from webhook_app.api.contract import Answer, Ask, Operations, Page, Paging, Reply
from webhook_app.api.paging import page_of

machine = Operations("connections and jobs")
MOST = 1000


class ConnectionOut(Answer):
    """One account's consent for one suite, without its secret."""

    id: str
    suite: str
    person: str
    state: str
    calendars: int
    has_task_list: bool
    in_trouble: bool


class JobOut(Answer):
    """Something that waits to be done."""

    kind: str
    due_at: datetime
    attempts: int
    state: ActionState
    error: str


@machine.add(
    "GET",
    "/connections",
    "Your connected accounts; everybody's for administrators",
    right=Right.OWN_ACCOUNT,
    scope=Scope.CONNECTIONS,
    query=Paging,
    answer=Page[ConnectionOut],
)
def list_connections(ask: Ask) -> Reply:
    with ask.app.store.transaction() as tx:
        found = [
            ConnectionOut(
                id=c.connection_id,
                suite=c.suite,
                person=c.person,
                state=c.state.value,
                calendars=len(c.calendars),
                has_task_list=c.task_list is not None,
                in_trouble=bool(c.trouble),
            )
            for c in tx.connections()
            if ask.visitor.is_admin or c.person == ask.visitor.person
        ]
    return Reply(value=page_of(found, ask.query, key=lambda c: c.id))


@machine.add(
    "GET",
    "/jobs",
    "What is due and waits, for administrators: kinds and errors' names only",
    right=Right.SEE_INSTALLATION,
    scope=Scope.JOBS,
    query=Paging,
    answer=Page[JobOut],
)
def list_jobs(ask: Ask) -> Reply:
    far = ask.now.replace(year=ask.now.year + 1, day=1)
    with ask.app.store.transaction() as tx:
        due = tx.due_actions(far, limit=MOST)
    found = [
        JobOut(
            kind=action.kind.value,
            due_at=action.due_at,
            attempts=action.attempts,
            state=action.state,
            error=action.trouble.partition(":")[0],
        )
        for action in due
    ]
    return Reply(value=page_of(found, ask.query, key=lambda j: j.due_at.isoformat()))


class Month(BaseModel):
    """Which month; there are no other filters."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    month: str = Field(pattern=r"^20\d\d-(0[1-9]|1[0-2])$", description="A whole one, past.")


class ShareOut(Answer):
    """One department of at least eight people."""

    department: str
    met: int = Field(description="How many in a hundred had a 1:1, in steps of five.")


class CoverageOut(Answer):
    """A month, counted once."""

    month: str
    shares: list[ShareOut]


@machine.add(
    "GET",
    "/coverage",
    "Shares of departments, for administrators, where the company turned them on",
    right=Right.SEE_INSTALLATION,
    scope=Scope.JOBS,
    query=Month,
    answer=CoverageOut,
)
def show_coverage(ask: Ask) -> Reply:
    with ask.app.store.transaction() as tx:
        found = coverage(tx, ask.query.month, now=ask.now)
    shown = [ShareOut(department=s.department, met=s.met) for s in found.shares]
    return Reply(value=CoverageOut(month=found.month, shares=shown))
