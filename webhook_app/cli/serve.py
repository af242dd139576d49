"""`vieraugen serve` and `vieraugen worker`."""

from __future__ import annotations

import os
import signal
import socket
import threading
from argparse import Namespace
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any

from flask import Flask

from core.errors import InvalidInput
from webhook_app.cli.opening import opened
from webhook_app.config import Settings
from webhook_app.jobs.database import jobs_url
from webhook_app.jobs.engine import Engine
from webhook_app.jobs.lock import engine_lock
from webhook_app.jobs.queue import DbosJobs
from webhook_app.jobs.running import runner
from webhook_app.jobs.team import Alone, Team, Workers
from webhook_app.logs import log_to_stderr
from webhook_app.web import create_app
from webhook_app.wiring import App


def worker_name(settings: Settings, command: str) -> str:
    """Return the name under which unfinished jobs are found again after a restart.

    A file has one worker, whatever the machine is called by then.
    """
    if settings.is_sqlite:
        return "serve"
    return settings.worker or f"{command}@{socket.gethostname()}"


@contextmanager
def _team(app: App, name: str) -> Iterator[Team]:
    """Make sure that we may run an engine here. Raise InvalidInput where not."""
    if app.settings.is_sqlite:
        with engine_lock(app.settings):
            yield Alone()
        return
    workers = Workers(app.store.database, name)
    workers.join()
    try:
        yield workers
    finally:
        workers.leave()


@contextmanager
def running_engine(app: App, command: str = "serve") -> Iterator[Engine]:
    """Run the engine in a thread of its own for as long as the block lasts."""
    log_to_stderr(only_trouble=command == "demo")
    name = worker_name(app.settings, command)
    with _team(app, name) as team:
        jobs = DbosJobs(jobs_url(app.settings), runner(app), executor=name)
        engine = Engine(app, jobs, team=team)
        thread = threading.Thread(target=engine.run, name="engine", daemon=True)
        thread.start()
        try:
            yield engine
        finally:
            engine.stop()
            thread.join(timeout=30)
            jobs.close()


def stop_on_term() -> None:
    """Let a service manager's SIGTERM end us like Ctrl-C does."""

    def stop(_number: int, _frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    signal.signal(signal.SIGTERM, stop)


def web_server(flask: Flask, host: str, port: int) -> Any:
    """Return the embedded web server, listening. Raise InvalidInput where the port is taken."""
    # waitress is only needed here.
    import waitress

    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        listening = socket.create_server((host, port), family=family)
    except socket.gaierror as err:
        raise InvalidInput(f"--host {host}: this machine has no such address") from err
    except OSError as err:
        reason = os.strerror(err.errno or 0)
        raise InvalidInput(f"{host}:{port}: {reason}; choose another --port") from err
    return waitress.create_server(
        flask,
        sockets=[listening],
        threads=8,
        # What proxies say is kept: webhook_app.auth.remote decides whom to believe.
        clear_untrusted_proxy_headers=False,
    )


def serve(args: Namespace) -> int:
    """Run the web app and the engine in one process."""
    stop_on_term()
    with opened(args) as app, running_engine(app) as engine:
        server = web_server(create_app(app, engine), args.host, args.port)
        print(f"vieraugen: http://{args.host}:{server.effective_port}", flush=True)
        server.run()
    return 0


def worker(args: Namespace) -> int:
    """Run the engine alone."""
    stop_on_term()
    with opened(args) as app:
        if app.settings.is_sqlite:
            raise InvalidInput(
                "a worker of its own needs PostgreSQL (database_url): with SQLite `serve` "
                "runs web and engine in one process"
            )
        with running_engine(app, "worker"):
            print("vieraugen: working", flush=True)
            threading.Event().wait()
    return 0
