"""The engine on a data folder at a moment of the test's choice, until somebody kills it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from webhook_app.cli.serve import worker_name
from webhook_app.config import load
from webhook_app.jobs.database import jobs_url
from webhook_app.jobs.engine import Engine
from webhook_app.jobs.lock import engine_lock
from webhook_app.jobs.queue import DbosJobs
from webhook_app.jobs.running import runner
from webhook_app.wiring import open_app


def main(words: Sequence[str], say: Callable[[str], object]) -> None:
    """Run as `vieraugen serve` does, without the web."""
    data, moment = words
    now = datetime.fromisoformat(moment)
    app = open_app(load(data))
    with engine_lock(app.settings):
        jobs = DbosJobs(
            jobs_url(app.settings),
            runner(app, lambda: now),
            executor=worker_name(app.settings, "serve"),
        )
        say("ready")
        Engine(app, jobs, clock=lambda: now).run()
