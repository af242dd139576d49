"""The engine on a data folder at a moment of the test's choice, until somebody kills it."""

from __future__ import annotations

import sys
from datetime import datetime

from webhook_app.cli.serve import worker_name
from webhook_app.config import load
from webhook_app.jobs.database import jobs_url
from webhook_app.jobs.engine import Engine
from webhook_app.jobs.lock import engine_lock
from webhook_app.jobs.queue import DbosJobs
from webhook_app.jobs.running import runner
from webhook_app.wiring import open_app


def main(data: str, moment: str) -> None:
    """Run as `vieraugen serve` does, without the web."""
    now = datetime.fromisoformat(moment)
    app = open_app(load(data))
    with engine_lock(app.settings):
        jobs = DbosJobs(
            jobs_url(app.settings),
            runner(app, lambda: now),
            executor=worker_name(app.settings, "serve"),
        )
        Engine(app, jobs, clock=lambda: now).run()


if __name__ == "__main__":
    main(*sys.argv[1:])
