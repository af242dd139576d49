"""An engine in a process of its own, on calendars in the memory of the test that kills it."""

from __future__ import annotations

import argparse
import os
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import timedelta

from core.model.calendar import IdempotencyKey
from tests.core.builders import NOW
from tests.webhook_app.remote import remote_suite
from webhook_app.cli.serve import worker_name
from webhook_app.config import load
from webhook_app.jobs import engine as engine_module
from webhook_app.jobs.database import jobs_url
from webhook_app.jobs.engine import Engine
from webhook_app.jobs.lock import engine_lock
from webhook_app.jobs.queue import DbosJobs
from webhook_app.jobs.running import runner
from webhook_app.jobs.team import Alone, Workers
from webhook_app.wiring import open_app


def main(given: Sequence[str], say: Callable[[str], object]) -> None:
    """Run until somebody kills us."""
    words = argparse.ArgumentParser()
    words.add_argument("data")
    words.add_argument("socket")
    words.add_argument("--die-of", default="-", help="kind of action that kills the process")
    args = words.parse_args(given)
    app = open_app(replace(load(args.data), poll_seconds=0.3))
    services = replace(app.services, suite_of=lambda c: remote_suite(args.socket, c))
    app = replace(app, services=services)
    carry_out = runner(app, lambda: NOW)

    def run(key: IdempotencyKey) -> None:
        if key.startswith(args.die_of):
            os._exit(9)
        carry_out(key)

    engine_module.HOUSEKEEPING = 0.5
    name = worker_name(app.settings, "worker")
    team: Alone | Workers = Alone()
    if not app.settings.is_sqlite:
        team = Workers(app.store.database, name, life=timedelta(seconds=4))
        team.join()
    else:
        lock = engine_lock(app.settings)
        lock.__enter__()
    jobs = DbosJobs(jobs_url(app.settings), run, executor=name)
    engine = Engine(app, jobs, clock=lambda: NOW, team=team)
    say("ready")
    engine.run()
