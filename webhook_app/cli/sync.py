"""`vieraugen sync`: one whole pass over all calendars."""

from __future__ import annotations

import sys
import time
from argparse import Namespace
from typing import Any

from core.model.actions import ActionState
from core.model.calendar import Cursor
from core.model.series import SeriesState
from core.service.preview import preview
from core.service.reconcile import Outcome
from core.service.run import Pass, observe_connection, sync_once
from webhook_app.cli.opening import opened, show
from webhook_app.jobs.clock import utc_now
from webhook_app.jobs.lock import engine_lock, engine_runs
from webhook_app.jobs.notes import ASKED, DONE, ENGINE
from webhook_app.wiring import App

PATIENCE = 120.0


def run(args: Namespace) -> int:
    """Do a pass, or have the running engine do it."""
    with opened(args) as app:
        if args.dry_run:
            return _dry_run(args, app)
        if app.settings.is_sqlite and engine_runs(app.settings):
            return _ask_the_engine(args, app)
        with engine_lock(app.settings):
            done = sync_once(app.services, utc_now())
    return _report(args, done)


def _report(args: Namespace, done: Pass) -> int:
    changed = sum(observed.changed for _, observed in done.observed)
    broken = [b for _, observed in done.observed for b in observed.broken]
    troubles = [trouble.text for trouble in done.troubles]
    troubles += [f"{event_id}: {text}" for event_id, text in broken]
    finished = sum(1 for action in done.ran if action.state is ActionState.DONE)
    data = {"changed": changed, "actions": finished, "troubles": troubles}
    lines = [f"{changed} events changed, {finished} actions done.", *troubles]
    show(args, data, "\n".join(lines))
    return 3 if troubles else 0


def _ask_the_engine(args: Namespace, app: App) -> int:
    asked = utc_now().isoformat()
    with app.store.transaction() as tx:
        tx.put_cursor(ENGINE, ASKED, Cursor(asked))
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        with app.store.transaction() as tx:
            done = tx.cursor(ENGINE, DONE)
        if done is not None and done >= asked:
            show(args, {"by": "serve"}, "Done by the running vieraugen.")
            return 0
        time.sleep(0.2)
    print("vieraugen: the running engine did not answer; see its log", file=sys.stderr)
    return 1


def _dry_run(args: Namespace, app: App) -> int:
    """Read the calendars and show every text that would be written; write none of them."""
    now = utc_now()
    with app.store.transaction() as tx:
        connections = tx.connections()
    for connection in connections:
        observe_connection(app.services, connection, now)
    with app.store.transaction() as tx:
        enabled = tx.all_series(SeriesState.ENABLED)
    outcomes = [(s, preview(app.services, s.series_id, now)) for s in enabled]
    writes = [w for s, outcome in outcomes for w in _shown(s.title, outcome)]
    text = "\n\n".join(f"{w['start']}  {w['title']}\n{w['text']}" for w in writes)
    show(args, {"writes": writes}, text or "Nothing would be written.")
    return 0


def _shown(title: str, outcome: Outcome) -> list[dict[str, Any]]:
    return [
        {
            "title": title,
            "calendar": write.event.calendar_id,
            "start": write.start.isoformat(),
            "before": write.before.content,
            "text": write.after.content,
        }
        for write in outcome.writes
    ]
