"""A quarter of fifty pairs on the stand-in of Microsoft 365: mails, calls, and nothing lost."""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from tests.acceptance.quarter import quarter
from tests.acceptance.quarter_report import Report


def main() -> int:
    """Play it and print the table for docs/benchmarks.md."""
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--pairs", type=int, default=50)
    words.add_argument("--weeks", type=int, default=13)
    words.add_argument("--seed", type=int, default=1)
    options = words.parse_args()
    started = time.monotonic()
    with quarter(options.pairs, options.weeks, options.seed) as made:
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
            **{f"  {kind}": f"{n / weeks:.2f}" for kind, n in played.calls().most_common()},
            "seconds": f"{time.monotonic() - started:.0f}",
        }
    for name, value in rows.items():
        print(f"| {name} | {value} |")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
