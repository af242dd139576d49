"""List each day's commands, or run one of them."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from dev import capabilities, checks, draw_cards, locks, programs, scripts, tracked
from dev.steps import Command

COMMANDS = (
    Command(name="fast", meaning="tests without server and browser", run=checks.fast),
    Command(name="check", meaning="all that CI checks: style, then every test", run=checks.check),
    Command(name="style", meaning="ruff, mypy, imports, spelling, words", run=checks.style),
    Command(
        name="types", meaning="the types in the pages' scripts (needs Node)", run=scripts.types
    ),
    Command(name="format", meaning="put the code into the house's form", run=checks.tidy),
    Command(name="contract", meaning="SUITE: what its ports promise", run=checks.contract),
    Command(name="bench", meaning="[NAME]: the benchmarks", run=programs.bench),
    Command(name="fuzz", meaning="--seconds N: broken bodies for the engine", run=programs.fuzz),
    Command(
        name="mutants",
        meaning="[--only FILE]: plant faults; does a test notice?",
        run=programs.mutants,
    ),
    Command(name="cards", meaning="draw Teams' cards into docs (needs npm)", run=draw_cards.main),
    Command(
        name="screenshots",
        meaning="[STATE ...]: the pages in both languages",
        run=programs.screenshots,
    ),
    Command(
        name="capabilities",
        meaning="docs/capabilities.md from the tests",
        run=capabilities.main,
    ),
    Command(name="words", meaning="[FILE ...]: replaced words, machine paths", run=tracked.main),
    Command(name="lock", meaning="[--upgrade]: resolve requirements/*.in", run=locks.main),
    Command(name="audit", meaning="known weaknesses of the pins", run=programs.audit),
)


def main(arguments: Sequence[str]) -> int:
    chosen = [command for command in COMMANDS if command.name in arguments[:1]]
    if chosen:
        return chosen[0].run(arguments[1:])
    print("usage: ./vieraugen dev COMMAND ...\n")
    for command in COMMANDS:
        print(f"  {command.name:13}{command.meaning}")
    return 0 if arguments[:1] in ([], ["--help"], ["-h"]) else 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
