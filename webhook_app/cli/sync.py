"""`vieraugen sync`: one whole pass over all calendars."""

from __future__ import annotations

import time
from argparse import Namespace
from collections.abc import Iterator, Mapping
from contextlib import nullcontext
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from core.errors import Unavailable
from core.model.actions import ActionState
from core.model.series import SeriesState
from core.service.run import observe_connection, sync_once
from webhook_app.cli.opening import engine_is_on, opened, show
from webhook_app.jobs.clock import utc_now
from webhook_app.jobs.lock import engine_lock
from webhook_app.jobs.notes import Report, answer_to, ask
from webhook_app.wiring import App

if TYPE_CHECKING:
    from core.service.rehearsal import BodyWrite, TaskWrite

PATIENCE = 120.0


def run(args: Namespace) -> int:
    """Do a pass, or have the running engine do it."""
    with opened(args) as app:
        if args.dry_run:
            return _dry_run(args, app)
        report = _by_the_engine(app) if engine_is_on(app) else _here(app)
    lines = [f"{report.changed} events changed, {report.actions} actions done.", *report.troubles]
    show(args, asdict(report), "\n".join(lines))
    return 3 if report.troubles else 0


def _here(app: App) -> Report:
    with engine_lock(app.settings) if app.settings.is_sqlite else nullcontext():
        done = sync_once(app.services, utc_now())
    broken = [b for _, observed in done.observed for b in observed.broken]
    troubles = [trouble.text for trouble in done.troubles]
    return Report(
        changed=sum(observed.changed for _, observed in done.observed),
        actions=sum(1 for action in done.ran if action.state is ActionState.DONE),
        troubles=[*troubles, *(f"{event_id}: {text}" for event_id, text in broken)],
    )


def _by_the_engine(app: App) -> Report:
    wish = utc_now().isoformat()
    with app.store.transaction() as tx:
        ask(tx, wish)
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        with app.store.transaction() as tx:
            report = answer_to(tx, wish)
        if report is not None:
            return report
        time.sleep(0.2)
    raise Unavailable("the running engine did not answer; see its log")


def _dry_run(args: Namespace, app: App) -> int:
    """Read the calendars and show every text that would be written; write none of them."""
    from core.service.rehearsal import rehearse  # only here: a plain sync is to be quick

    now = utc_now()
    with app.store.transaction() as tx:
        connections = tx.connections()
    troubles = []
    for connection in connections:
        seen, failed = observe_connection(app.services, connection, now)
        troubles += [trouble.text for trouble in failed]
        troubles += [f"{event}: {text}" for _, one in seen for event, text in one.broken]
    noted = rehearse(app.services, now)
    troubles += [trouble.text for trouble in noted.troubles]
    with app.store.transaction() as tx:
        waiting = len(tx.all_series(SeriesState.FOUND))
    data = {
        "writes": [_body(write) for write in noted.bodies],
        "tasks": [_task(write) for write in noted.tasks],
        "waiting": waiting,
        "troubles": troubles,
    }
    show(args, data, "\n\n".join(_dry_text(data)))
    return 3 if troubles else 0


def _body(write: BodyWrite) -> dict[str, Any]:
    return {
        "title": write.title,
        "calendar": write.event.calendar_id,
        "start": write.start.isoformat(),
        "before": write.before.content,
        "text": write.after.content,
    }


def _task(write: TaskWrite) -> dict[str, Any]:
    due = write.draft.due if write.draft else None
    return {
        "person": write.person,
        "list": write.where,
        "title": write.draft.title if write.draft else None,
        "due": due.isoformat() if due else None,
        "state": write.draft.status.value if write.draft else "deleted",
    }


def _dry_text(data: Mapping[str, Any]) -> Iterator[str]:
    for write in data["writes"]:
        yield f"{write['start']}  {write['title']}  in {write['calendar']}\n{write['text']}"
    for task in data["tasks"]:
        due = f", due {task['due']}" if task["due"] else ""
        name = task["title"] or "a task that is no longer wanted"
        yield f"Task of {task['person']} in {task['list']}: {name} ({task['state']}{due})"
    if not data["writes"] and not data["tasks"]:
        yield "Nothing would be written."
    if data["waiting"]:
        yield f"{data['waiting']} 1:1s wait for a yes: `vieraugen series list`."
    yield from data["troubles"]
