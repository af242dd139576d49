"""The engine on calendars in memory: `engine_program.py FOLDER [hang]`, killed by its test.

With `hang` the first action never ends. Without, it carries out what is due, prints how the
actions ended, and ends itself.
"""

from __future__ import annotations

import json
import os
import sys
import threading
import time
from datetime import datetime
from pathlib import Path

from core.model.calendar import IdempotencyKey
from core.service.consent import say_yes
from tests.core.builders import BEN
from tests.webhook_app.memory_app import company_app
from webhook_app.jobs.database import jobs_url
from webhook_app.jobs.engine import Engine
from webhook_app.jobs.queue import DbosJobs
from webhook_app.jobs.running import runner
from webhook_app.logs import log_to_stderr
from webhook_app.wiring import App

DEADLINE = 25.0


def main(folder: Path, *, hang: bool) -> None:
    """Run until the actions are done, or until somebody kills us."""
    log_to_stderr()
    company, app = company_app(folder)
    run = runner(app, lambda: company.now)

    def hanging(key: IdempotencyKey) -> None:
        print(json.dumps({"running": key.partition(":")[0]}), flush=True)
        time.sleep(DEADLINE)

    jobs = DbosJobs(jobs_url(app.settings), hanging if hang else run)
    engine = Engine(app, jobs, clock=lambda: company.now)
    if hang:
        company.sync()
        series_id = company.series().series_id
        with app.store.transaction() as tx:
            say_yes(tx, series_id, by=BEN, now=company.now)
    threading.Thread(target=engine.run, daemon=True).start()
    wait(app, company.now)
    with app.store.transaction() as tx:
        actions = [tx.action(IdempotencyKey(f"reconcile:{s.series_id}")) for s in tx.all_series()]
    states = [action.state.value for action in actions if action]
    print(json.dumps({"states": states, "written": len(company.server.writes)}), flush=True)
    os._exit(0)


def wait(app: App, now: datetime) -> None:
    """Return when nothing is due any more."""
    end = time.monotonic() + DEADLINE
    while time.monotonic() < end:
        time.sleep(0.3)
        with app.store.transaction() as tx:
            if tx.all_series() and not tx.due_actions(now):
                return


if __name__ == "__main__":
    main(Path(sys.argv[1]), hang="hang" in sys.argv)
