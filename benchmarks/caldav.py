"""Passes over a calendar of 1,000 events: our adapter against vdirsyncer on the same Radicale.

Run: python benchmarks/caldav.py [NUMBER OF EVENTS]

vdirsyncer is a program that is started for each pass. Ours runs in a process that goes on; it is
also measured as a process of its own, the adapter alone and the whole command. The series have
ten overrides each, on a Radicale with its default limits.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from adapters.caldav import build
from adapters.caldav.settings import CaldavSettings
from benchmarks._events import event, whole
from core.model.calendar import CalendarId, Cursor
from core.model.series import Connection, ConnectionId
from core.ports import CalendarPort
from tests.servers.accounts import Account
from tests.servers.plain_dav import ask
from webhook_app.config import Settings
from webhook_app.embedded.radicale import Radicale
from webhook_app.wiring import open_app

ROOT = Path(__file__).resolve().parent.parent
ROUNDS = 7
LOGIN, PASSWORD = "ben", "correct-horse"
COLD = """
import sys
sys.path.insert(0, {root!r})
from adapters.caldav import build
page = build({settings!r}, {password!r}).calendar.changes({calendar!r}, {cursor!r})
assert not page.broken
"""
SYNC = (sys.executable, "-m", "webhook_app.cli", "sync", "--data")
VDIRSYNCER = """
[general]
status_path = "{folder}/status/"
[pair bench]
a = "local"
b = "remote"
collections = null
conflict_resolution = "b wins"
[storage local]
type = "filesystem"
path = "{folder}/local/"
fileext = ".ics"
[storage remote]
type = "caldav"
url = "{url}"
username = "{login}"
password = "{password}"
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Times:
    """Seconds of one kind of pass."""

    first: float
    unchanged: float
    changed: float


class Bench:
    """One calendar on one server, and both programs' ways over it."""

    def __init__(self, server: Radicale, folder: Path, name: str, count: int, overrides: int):
        self.account = Account(
            address="ben@example.com",
            login=LOGIN,
            password=PASSWORD,
            calendar_url=server.calendar_url(f"/{LOGIN}/{name}/"),
            tasks_url="",
            home_url=server.calendar_url(f"/{LOGIN}/"),
            start_url=server.url,
        )
        self._overrides = overrides
        self._edits = 0
        self._folder = folder / name
        (self._folder / "local").mkdir(parents=True)
        # A thousand PUTs would take minutes: the server finds its files there.
        stored = folder / "radicale" / "collections" / "collection-root" / LOGIN / name
        stored.mkdir(parents=True)
        (stored / ".Radicale.props").write_text('{"tag": "VCALENDAR"}')
        for number in range(count):
            data = whole(event(number, overrides=overrides))
            (stored / f"{number}.ics").write_bytes(data)
        self.calendar = CalendarId(self.account.calendar_url)
        settings = CaldavSettings(home=self.account.home_url, login=LOGIN, time_out=(5.0, 300.0))
        self.settings = settings.to_dict()

    def edit(self) -> None:
        """Let somebody change one event."""
        url = f"{self.account.calendar_url}0.ics"
        before = ask(self.account, "GET", url).text
        self._edits += 1
        after = before.replace("DESCRIPTION:", f"DESCRIPTION:edit {self._edits} ", 1)
        answer = ask(self.account, "PUT", url, after, kind="text/calendar")
        assert answer.status < 300, answer

    def ours(self) -> Times:
        """Measure our adapter in a process that goes on."""
        port: CalendarPort = build(self.settings, PASSWORD).calendar
        # Both programs meet a server that has read its files, ours has loaded its libraries.
        port.changes(self.calendar, Cursor(self._cursor()))
        cursors: list[Cursor] = []

        def go() -> None:
            cursors.append(port.changes(self.calendar, cursors[-1]).cursor)

        def start_over() -> None:
            cursors.append(port.changes(self.calendar, None).cursor)

        first = timed(start_over, rounds=3)
        return Times(first=first, unchanged=timed(go), changed=timed(go, before=self.edit))

    def ours_cold(self) -> Times:
        """Measure our adapter as a process for each pass."""
        first = timed(lambda: self._cold(None), rounds=3)
        cursor = self._cursor()
        unchanged = timed(lambda: self._cold(cursor))
        cursors = [cursor]

        def edit() -> None:
            cursors[0] = self._cursor()
            self.edit()

        return Times(
            first=first,
            unchanged=unchanged,
            changed=timed(lambda: self._cold(cursors[0]), before=edit),
        )

    def whole_command(self) -> Times:
        """Measure `vieraugen sync`: the database too, and what is kept of each event."""
        folders: list[Path] = []

        def go() -> None:
            run_quietly([*SYNC, str(folders[-1])])

        first = timed(go, before=lambda: folders.append(self._data_folder()), rounds=3)
        return Times(first=first, unchanged=timed(go), changed=timed(go, before=self.edit))

    def _data_folder(self) -> Path:
        """Return a data folder with the account connected and nothing read."""
        folder = Path(tempfile.mkdtemp(dir=self._folder))
        app = open_app(Settings(data=folder), make=True)
        connection = Connection(
            connection_id=ConnectionId("caldav:ben@example.com"),
            suite="caldav",
            person=self.account.address,
            settings=tuple(sorted(self.settings.items())),
            calendars=(self.calendar,),
        )
        with app.store.transaction() as tx:
            tx.put_connection(connection)
            tx.put_secret(connection.connection_id, PASSWORD)
        app.close()
        return folder

    def vdirsyncer(self, program: Path) -> Times | int:
        """Measure vdirsyncer as a process for each pass; its exit code where it fails."""
        config = self._folder / "config"
        config.write_text(
            VDIRSYNCER.format(
                folder=self._folder,
                url=self.account.calendar_url,
                login=LOGIN,
                password=PASSWORD,
            )
        )
        command = [str(program), "-c", str(config)]
        subprocess.run([*command, "discover"], check=True, capture_output=True, timeout=120)
        begun = time.perf_counter()
        code = subprocess.run([*command, "sync"], capture_output=True, timeout=300).returncode
        first = time.perf_counter() - begun
        if code:
            return code
        run = lambda: run_quietly([*command, "sync"])  # noqa: E731 - one line says it
        return Times(first=first, unchanged=timed(run), changed=timed(run, before=self.edit))

    def _cursor(self) -> str:
        return build(self.settings, PASSWORD).calendar.changes(self.calendar, None).cursor

    def _cold(self, cursor: str | None) -> None:
        program = COLD.format(
            root=str(ROOT),
            settings=self.settings,
            password=PASSWORD,
            calendar=self.calendar,
            cursor=cursor,
        )
        run_quietly([sys.executable, "-c", program])


def run_quietly(command: list[str]) -> None:
    """Run a program that must succeed."""
    subprocess.run(command, check=True, capture_output=True, timeout=300)


def timed(
    go: Callable[[], object], *, before: Callable[[], object] | None = None, rounds: int = ROUNDS
) -> float:
    """Return the median of some rounds."""
    taken = []
    for _ in range(rounds):
        if before is not None:
            before()
        begun = time.perf_counter()
        go()
        taken.append(time.perf_counter() - begun)
    return statistics.median(taken)


def program_of(kind: str, name: str) -> Path:
    """Return a program of another environment."""
    named = os.environ.get(f"VIERAUGEN_{kind.upper()}_VENV")
    folders = [Path(named)] if named else [ROOT / f".venv-{kind}", ROOT / ".venv-servers"]
    found = [folder / "bin" / name for folder in folders if (folder / "bin" / name).exists()]
    if not found:
        sys.exit(f"{name} is missing: install it into {folders[0]}.")
    return found[0]


def table(what: str, rows: dict[str, Times], vdirsyncer: Times | int) -> str:
    """Return one calendar's figures as Markdown."""
    lines = [f"| {what} | first pass | nothing changed | one event changed |", "|---|---|---|---|"]
    for name, times in rows.items():
        cells = (times.first, times.unchanged, times.changed)
        lines.append(f"| {name} | " + " | ".join(f"{1000 * t:.0f} ms" for t in cells) + " |")
    if isinstance(vdirsyncer, int):
        return "\n".join([*lines, f"| vdirsyncer | fails (exit code {vdirsyncer}) | – | – |"])
    theirs = (vdirsyncer.first, vdirsyncer.unchanged, vdirsyncer.changed)
    lines.append("| vdirsyncer | " + " | ".join(f"{1000 * t:.0f} ms" for t in theirs) + " |")
    for name, times in rows.items():
        mine = (times.first, times.unchanged, times.changed)
        ratios = (f"{t / m:.1f}" for t, m in zip(theirs, mine, strict=True))
        lines.append(f"| vdirsyncer / {name} | " + " | ".join(ratios) + " |")
    return "\n".join(lines)


def main(count: int) -> None:
    """Measure and print."""
    vdirsyncer = program_of("bench", "vdirsyncer")
    python = program_of("servers", "python")
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        server = Radicale(folder / "radicale", python=python, logins={LOGIN: PASSWORD}).start()
        try:
            for name, overrides in (("single", 0), ("series", 10)):
                bench = Bench(server, folder, name, count, overrides)
                rows = {
                    "in a running process": bench.ours(),
                    "adapter in a new process": bench.ours_cold(),
                    "`vieraugen sync`": bench.whole_command(),
                }
                what = f"{count} events" if not overrides else f"{count} series × {overrides}"
                print(table(what, rows, bench.vdirsyncer(vdirsyncer)), end="\n\n", flush=True)
        finally:
            server.stop()


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1000)
