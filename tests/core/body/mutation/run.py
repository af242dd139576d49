"""Plant faults in core/body and see which no test notices: `./vieraugen dev mutants`.

The faults are mutmut's; the trial is ours, because one engine is behind every test: each fault is
tried in a forked child, on the tests that get to its line, until one of them fails. `--only merge`
keeps to one file, `--share 0.2` takes a part by lot (always the same one), `--state FILE` keeps the
verdicts, so that a run can be interrupted, and `--again` tries only what was left in it.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import re
import sys
import time
from collections.abc import Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import Final

os.environ["HYPOTHESIS_PROFILE"] = "mutation"

import pytest

from tests.core.body.mutation.alike import why_alike
from tests.core.body.mutation.planted import Fault, faults
from tests.core.body.mutation.trial import ALIKE, SURVIVED, UNSEEN, Trial, summary

# A child that compiles its patterns anew loses a tenth of a second.
re._MAXCACHE = 100_000  # type: ignore[attr-defined]

ROOT: Final = Path(__file__).resolve().parents[4]
HEART: Final = (
    *("merge", "copy_merge", "align", "recognise", "fields", "removals", "splice", "fence"),
    *("join_blocks", "read", "said"),
)
"""Files in which a fault loses words; their share is given apart."""


def chosen(options: argparse.Namespace) -> list[Fault]:
    """Return the faults of this run, in an order that is drawn by lot once and for all."""
    files = sorted((ROOT / "core/body").glob("*.py"))
    if options.only:
        files = [path for path in files if path.stem in options.only.split(",")]
    found: list[Fault] = []
    for path in files:
        lot = random.Random(path.stem)
        share = options.heart if path.stem in HEART else options.share
        found += faults(ROOT, path, partial(_drawn, lot, share))
    return sorted(found, key=lambda fault: (Path(fault.path).stem not in HEART, fault.key))


def _drawn(lot: random.Random, share: float) -> bool:
    return lot.random() < share


def known(path: Path | None) -> dict[str, str]:
    """Return the verdicts of earlier runs."""
    lines = path.read_text("utf-8").splitlines() if path and path.exists() else []
    return {told["key"]: told["state"] for told in map(json.loads, lines)}


def told(trial: Trial, wanted: Iterable[Fault], state: Path | None) -> Iterator[tuple[Fault, str]]:
    """Try each fault and write its verdict down."""
    for fault in wanted:
        verdict = ALIKE if why_alike(fault) else trial.verdict(fault)
        if state is not None:
            line = {"key": fault.key, "state": verdict, "name": fault.name, "diff": fault.diff}
            with state.open("a", encoding="utf-8") as out:
                out.write(json.dumps(line, ensure_ascii=False) + "\n")
        yield fault, verdict


class Session:
    """What pytest calls: collection as always, then our loop."""

    def __init__(self, options: argparse.Namespace) -> None:
        self.options = options
        self.states: dict[str, str] = {}

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        options, wanted = self.options, chosen(self.options)
        before = known(options.state)
        left = {key for key, state in before.items() if state in (SURVIVED, UNSEEN)}
        self.states = {f.key: before[f.key] for f in wanted if f.key in before}
        wanted = [f for f in wanted if (f.key in left if options.again else f.key not in before)]
        trial = Trial(ROOT, options.most, widely=options.again)
        trial.collected(session.items)
        trial.learn(options.memory)
        start, last = time.monotonic(), time.monotonic()
        for n, (fault, state) in enumerate(told(trial, wanted, options.state), 1):
            self.states[fault.key] = state
            if state in (SURVIVED, UNSEEN):
                print(f"--- {fault.name}: {state}\n{fault.diff}", flush=True)
            if time.monotonic() - last > 30:
                last = time.monotonic()
                speed = 60 * n / (last - start)
                print(f"{n} of {len(wanted)}, {speed:.0f} a minute", flush=True)
                if options.memory:
                    trial.remember(options.memory)
        return True


def main() -> int:
    """Run, then say how many survived."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", default="", help="names of files, by commas")
    parser.add_argument("--share", type=float, default=1.0, help="part of each file, by lot")
    parser.add_argument("--heart", type=float, default=1.0, help="part of the files of HEART")
    parser.add_argument("--most", type=float, default=60.0, help="seconds of tests for a fault")
    parser.add_argument("--state", type=Path, help="keep the verdicts here")
    parser.add_argument("--memory", type=Path, help="keep here what the tests get to")
    parser.add_argument("--again", action="store_true", help="only what was left in the state")
    parser.add_argument("tests", nargs="*", help="files of tests; else all of the engine's")
    options = parser.parse_args()
    session = Session(options)
    words = [
        "-q",
        "-p",
        "no:cacheprovider",
        "-p",
        "no:randomly",
        # A failure is all that counts: nobody reads how two texts differ.
        "--assert=plain",
        "-m",
        "not browser and not server",
    ]
    tests = options.tests or [str(ROOT / "tests/core/body")]
    code = pytest.main([*words, *tests], plugins=[session])
    print(summary(session.states))
    return int(code)


if __name__ == "__main__":
    sys.exit(main())
