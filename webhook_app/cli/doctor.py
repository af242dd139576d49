"""`vieraugen doctor`: what works, what is missing, and what to do about it."""

from __future__ import annotations

import importlib
from argparse import Namespace

from core.errors import OneOnOneError
from core.model.series import SeriesState
from webhook_app.cli.doctor_slack import slack_findings
from webhook_app.cli.opening import engine_is_on, opened, show
from webhook_app.wiring import App


def run(args: Namespace) -> int:
    """Check the database, the engine and each connection; exit 3 where something is wrong.

    With `--suite` the suite's own module looks closer.
    """
    if suite := args.suite or args.named:
        return int(importlib.import_module(f"webhook_app.cli.doctor_{suite}").run(args))
    with opened(args) as app:
        findings = [("database", True, "answers and is up to date"), _engine(app)]
        findings += _connections(app)
        findings.append(_series(app))
        findings += slack_findings(app.settings)
    data = [{"what": what, "ok": ok, "text": text} for what, ok, text in findings]
    text = "\n".join(f"{'ok  ' if ok else 'FAIL'} {what}: {words}" for what, ok, words in findings)
    show(args, {"findings": data}, text)
    return 0 if all(ok for _, ok, _ in findings) else 3


def _engine(app: App) -> tuple[str, bool, str]:
    if engine_is_on(app):
        return ("engine", True, "runs")
    return ("engine", True, "does not run here; `vieraugen serve` starts it")


def _connections(app: App) -> list[tuple[str, bool, str]]:
    with app.store.transaction() as tx:
        connections = tx.connections()
    if not connections:
        return [("connections", False, "none yet: `vieraugen connect caldav --help`")]
    findings: list[tuple[str, bool, str]] = []
    for connection in connections:
        try:
            calendars = app.services.suite_of(connection).calendar.list_calendars()
            text = f"answers; {len(calendars)} calendars, {len(connection.calendars)} read"
            findings.append((connection.connection_id, True, text))
        except OneOnOneError as err:
            findings.append((connection.connection_id, False, str(err)))
    return findings


def _series(app: App) -> tuple[str, bool, str]:
    with app.store.transaction() as tx:
        enabled = len(tx.all_series(SeriesState.ENABLED))
        found = len(tx.all_series(SeriesState.FOUND))
    return ("series", True, f"{enabled} keep an agenda, {found} wait for a yes")
