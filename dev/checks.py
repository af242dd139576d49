"""The checks of each day: style, types, import rules, words and tests."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from dev import scripts, spelling, tracked
from dev.steps import program, tool

QUICK = "not (server or browser or slow)"
COVERED = ("--cov", "--cov-report=term:skip-covered", "--cov-report=xml:coverage.xml")


def check(arguments: Sequence[str]) -> int:
    """All of it, however early something fails; pytest comes last, its closing line ends it."""
    clean = style(()) == 0
    # The files' order is tests/conftest.py's: by their number of tests the longest would come last.
    parallel = ("-n", "2", "--dist", "loadfile", "--no-loadscope-reorder", "-ra", "--durations=25")
    tested = tool("pytest", *parallel, *COVERED, *arguments) == 0
    return 0 if clean and tested else 1


def style(_: Sequence[str]) -> int:
    """Each check runs, whatever the one before it said."""
    results = {
        "ruff check": tool("ruff", "check", "."),
        "ruff format": tool("ruff", "format", "--check", "."),
        "mypy": tool("mypy"),
        "import rules": program("lint-imports"),
        "types of scripts": scripts.types(()),
        "spelling": spelling.main(()),
        "words": tracked.main(()),
    }
    for name in (name for name, code in results.items() if code != 0):
        print(f"FAILED: {name}, see above", flush=True)
    return 1 if any(results.values()) else 0


def tidy(arguments: Sequence[str]) -> int:
    fixed = tool("ruff", "check", "--fix", *(arguments or ["."]))
    return tool("ruff", "format", *(arguments or ["."])) or fixed


def fast(arguments: Sequence[str]) -> int:
    os.environ.setdefault("HYPOTHESIS_PROFILE", "fast")
    return tool("pytest", "-q", "-m", QUICK, *arguments)


def contract(arguments: Sequence[str]) -> int:
    if not arguments:
        print("name a suite: memory, caldav, google or outlook")
        return 2
    suite = arguments[0]
    found = [*Path("tests/contracts").glob(f"test_{suite}*.py")]
    found += Path(f"tests/adapters/{suite}").glob("test_*contracts.py")
    found += Path(f"tests/webhook_app/{suite}").glob("test_*_contract.py")
    if not found:
        print(f"no suite {suite!r} has contract tests: memory, caldav, google or outlook")
        return 2
    return tool("pytest", *map(str, sorted(found)), *arguments[1:])
