"""`vieraugen demo`: a real calendar server, made-up people, and the engine at work."""

from __future__ import annotations

import json
import shutil
import sys
import tempfile
import threading
import time
from argparse import Namespace
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from core.errors import InvalidInput, OneOnOneError, Unavailable, UnexpectedResponse
from core.model.series import SeriesState
from core.reasons import sentence
from core.service.consent import say_yes
from webhook_app.cli.serve import running_engine, stop_on_term, web_server
from webhook_app.config import Settings, load
from webhook_app.demo.cycle import Cycle, plain_sync
from webhook_app.demo.kept import kept_port
from webhook_app.demo.people import ACTORS
from webhook_app.demo.scene import Scene, open_scene
from webhook_app.demo.told import people_type, ready, tell, welcome
from webhook_app.embedded.process import free_port
from webhook_app.jobs.clock import utc_now
from webhook_app.web import create_app

POLL = 5.0


def run(args: Namespace) -> int:
    """Play one cycle and end, or go on until Ctrl-C."""
    stop_on_term()
    with _folder(args) as folder:
        if args.check:
            return _check(args, folder)
        if args.calendar:
            return _look_into(args, folder)
        return _play(args, folder)


@contextmanager
def _folder(args: Namespace) -> Iterator[Path]:
    if args.data:
        yield Path(args.data).absolute()
        return
    made = Path(tempfile.mkdtemp(prefix="vieraugen-demo-"))
    try:
        yield made
    finally:
        shutil.rmtree(made, ignore_errors=True)


def _settings(folder: Path, port: int = 0) -> Settings:
    """Return the demo's settings; on a port of its own where none is given."""
    # Nothing of this machine's own installation: no mail server, no database, no accounts.
    loaded = load(str(folder), {})
    url = f"http://127.0.0.1:{port or free_port()}"
    return replace(loaded, data=folder, database_url="", public_url=url, poll_seconds=POLL)


def _check(args: Namespace, folder: Path) -> int:
    started = time.monotonic()
    out = sys.stderr if args.json else sys.stdout
    if (folder / "vieraugen.db").exists():
        raise InvalidInput(f"--check plays from the beginning, and {folder} has been played in")
    stage = open_scene(args.suite, _settings(folder), utc_now())
    steps = []
    try:
        for shown in Cycle(stage, utc_now(), plain_sync(stage)).steps():
            steps.append(shown)
            print(f"  {len(steps)}. {shown}", file=out, flush=True)
    except OneOnOneError as err:
        print(f"Step {len(steps) + 1} failed.", file=out, flush=True)
        raise UnexpectedResponse(f"step {len(steps) + 1} of the cycle: {err}") from err
    finally:
        stage.close()
    seconds = round(time.monotonic() - started, 1)
    print(f"The whole cycle works ({seconds} s).", file=out)
    if args.json:
        print(json.dumps({"steps": steps, "seconds": seconds}, ensure_ascii=False))
    return 0


def _page_port(folder: Path) -> int:
    """A folder's pages stay where they were: people have bookmarked them."""
    folder.mkdir(parents=True, exist_ok=True)
    return kept_port(folder / "page-port", "pages")


# --- playing on until Ctrl-C ---------------------------------------------------


def _play(args: Namespace, folder: Path) -> int:
    settings = _settings(folder, args.port or _page_port(folder))
    out = sys.stderr if args.json else sys.stdout
    print("Starting a calendar server, the engine and the page ...", file=out, flush=True)
    stage = open_scene(args.suite, settings, utc_now())
    try:
        with running_engine(stage.app, "demo") as engine:
            flask = create_app(stage.app, engine)
            port = int(settings.public_url.rpartition(":")[2])
            server = web_server(flask, "127.0.0.1", port)
            threading.Thread(target=server.run, name="web", daemon=True).start()
            _say_yes(stage)
            engine.hurry()
            _wait_for_agendas(stage)
            if args.json:
                print(json.dumps(ready(stage), ensure_ascii=False), flush=True)
            else:
                print(welcome(stage, folder if args.data else None), flush=True)
            threading.Thread(target=people_type, args=(stage, folder, out), daemon=True).start()
            tell(stage, out)
    finally:
        stage.close()
    return 0


def _say_yes(stage: Scene) -> None:
    """Wait until the 1:1s are found, then say yes to each in their people's name."""
    for _ in range(100):
        now = utc_now()
        with stage.app.store.transaction() as tx:
            found = tx.all_series(SeriesState.FOUND)
            for series in found:
                say_yes(tx, series.series_id, by=series.organizer, now=now)
            if len(tx.all_series(SeriesState.ENABLED)) >= len(ACTORS) - 1:
                return
        time.sleep(0.2)
    raise Unavailable("the 1:1s of the demo were not found in time")


def _wait_for_agendas(stage: Scene) -> None:
    """Ready is when whoever opens an event finds its agenda; a slow machine is not waited for."""
    for _ in range(100):
        with stage.app.store.transaction() as tx:
            sheets = [tx.open_sheet(s.series_id) for s in tx.all_series(SeriesState.ENABLED)]
            written = [tx.written(sheet.sheet_id) if sheet else () for sheet in sheets]
        if all(copies and all(c.pending is None for c in copies) for copies in written):
            return
        time.sleep(0.2)


# --- a person's own calendar ---------------------------------------------------


def _look_into(args: Namespace, folder: Path) -> int:
    """Import an exported calendar into the server and say what is found in it."""
    from webhook_app.demo.imported import import_calendar
    from webhook_app.demo.stage import set_stage

    stage = set_stage(_settings(folder), utc_now())
    try:
        found = import_calendar(stage, Path(args.calendar), utc_now())
    finally:
        stage.close()
    rows = [
        {
            "title": s.title,
            "one_on_one": s.state is SeriesState.FOUND,
            "why": sentence(s.reason, "en"),
        }
        for s in found.series
    ] + [{"title": title, "one_on_one": False, "why": why} for title, why in found.broken]
    text = "\n".join(
        f"{'1:1 ' if r['one_on_one'] else '    '} {r['title']}: {r['why']}" for r in rows
    )
    print(json.dumps({"series": rows}, ensure_ascii=False) if args.json else text)
    return 0
