"""A quarter of fifty pairs on the stand-in of Microsoft 365: mails, calls, and nothing lost."""

from __future__ import annotations

import argparse
import atexit
import shutil
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from core.store import Store
from tests.acceptance.outlook_first_sync import first_day
from tests.acceptance.quarter import quarter
from tests.acceptance.quarter_report import Report
from webhook_app.config import Settings
from webhook_app.wiring import open_app


def first_sync(pairs: int) -> int:
    """Play a company's first day, with each tenth request refused, and print what it came to."""
    started = time.monotonic()
    with first_day(pairs, fresh_store(), storm=10) as made:
        passes, came_to = made.play(), made.came_to()
    rows: dict[str, object] = {**came_to, "passes": passes}
    rows["seconds"] = f"{time.monotonic() - started:.0f}"
    rows["of them processor"] = f"{time.process_time():.0f}"
    for name, value in rows.items():
        print(f"| {name} | {value} |")
    return int(came_to["written twice"] > 0 or came_to["not on exactly one meeting of both"] > 0)


def fresh_store() -> Store:
    """Return a database of its own, on disk like a real one."""
    folder = Path(tempfile.mkdtemp(prefix="vieraugen-bench-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return open_app(Settings(data=folder / "data"), make=True).store


def main() -> int:
    """Play it and print the tables for docs/benchmarks.md."""
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--pairs", type=int, default=50)
    words.add_argument("--weeks", type=int, default=13)
    words.add_argument("--seed", type=int, default=1)
    words.add_argument("--reports", type=int, default=5, help="of one manager")
    words.add_argument("--first-sync", type=int, metavar="MAILBOXES", nargs="?", const=1000)
    options = words.parse_args()
    if options.first_sync:
        return first_sync(options.first_sync // 2)
    started = time.monotonic()
    with quarter(options.pairs, options.weeks, options.seed, reports=options.reports) as made:
        played = Report(played=made)
        weeks = options.pairs * options.weeks
        occurrences = played.an_occurrence()
        wrong = played.lost_or_doubled()
        rows = {
            "pairs x weeks": f"{options.pairs} x {options.weeks}",
            "lines typed or asked for": sum(map(len, made.typed.values())),
            "lost or doubled": len(wrong),
            "update mails sent by Exchange": len(played.updates()),
            "of them visible": len(played.seen()),
            "of them within the freeze": len(played.within_freeze()),
            "most writes of our own accord an occurrence": played.automatic(),
            "most writes an occurrence, asked ones included": max(occurrences.values(), default=0),
            "requests a pair and week": f"{played.requests() / weeks:.1f}",
            "not counted: polls that only brought our own writes": f"{made.echoes / weeks:.2f}",
            "tokens a week, for all mailboxes": f"{played.tokens() / options.weeks:.0f}",
            **{f"  {kind}": f"{n / weeks:.2f}" for kind, n in played.calls().most_common()},
            "seconds": f"{time.monotonic() - started:.0f}",
            "of them processor": f"{time.process_time():.0f}",
        }
    for name, value in rows.items():
        print(f"| {name} | {value} |")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
