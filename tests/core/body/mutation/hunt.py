"""Hunt for dealt cases that notice what no test noticed: `python -m tests.core.body.mutation.hunt`.

Each deck is dealt further than its tests go. A fault that was left in the state is planted in a
forked child, which plays cases that get to its line until one comes out otherwise; that case is
written into dealt/picked.txt and is a test from then on.
"""

from __future__ import annotations

import argparse
import re
import sys
import time
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from random import Random

import coverage

from tests.core.body.dealt.decks import DECKS, Case, pick
from tests.core.body.mutation.alike import why_alike
from tests.core.body.mutation.planted import Fault, faults, forget
from tests.core.body.mutation.run import ROOT, known
from tests.core.body.mutation.trial import SURVIVED, UNSEEN, in_a_child

re._MAXCACHE = 100_000  # type: ignore[attr-defined]


class Hunt:
    """The cases, what comes of each, and the lines that they get to."""

    def __init__(self, first: int, many: int) -> None:
        self.first = first
        self.many = many
        self.outcomes: dict[Case, str] = {}
        self.reach: dict[tuple[str, int], list[Case]] = defaultdict(list)
        self.picked: list[Case] = []

    def deal(self, wanted: set[tuple[str, int]]) -> None:
        """Play all cases with the right engine; remember who gets to the wanted lines."""
        for deck in DECKS:
            for low in range(self.first, self.first + self.many, 500):
                self._deal(deck, range(low, min(low + 500, self.first + self.many)), wanted)
            print(f"{deck}: {self.many} cases", flush=True)

    def _deal(self, deck: str, numbers: range, wanted: set[tuple[str, int]]) -> None:
        inside = str(ROOT / "core/body/*")
        seen = coverage.Coverage(data_file=None, config_file=False, include=[inside])
        seen.start()
        for number in numbers:
            forget()
            seen.switch_context(str(number))
            case = Case(deck, number)
            self.outcomes[case] = case.digest()
        seen.stop()
        data = seen.get_data()
        for file in data.measured_files():
            name = str(Path(file).relative_to(ROOT))
            for line, there in data.contexts_by_lineno(file).items():
                if (name, line) in wanted:
                    self.reach[name, line] += [Case(deck, int(n)) for n in there if n]

    def cases_for(self, fault: Fault, most: int) -> list[Case]:
        """Return what gets to the fault: first the cases that were picked before."""
        there = {case for line in fault.lines for case in self.reach[fault.path, line]}
        fresh = sorted(there - set(self.picked))
        Random(fault.key).shuffle(fresh)
        return [case for case in self.picked if case in there] + fresh[:most]

    def notice(self, fault: Fault, most: float) -> Case | None:
        """Return the first case of which something else comes; nothing where none does."""
        cases = self.cases_for(fault, 20_000)
        if not cases:
            return None
        told, _ = in_a_child(fault, lambda: self._first_that_differs(cases, most), most + 5)
        return None if told is None else cases[told]

    def _first_that_differs(self, cases: list[Case], most: float) -> int | None:
        end = time.process_time() + most
        for n, case in enumerate(cases):
            if self._differs(case):
                return n
            if time.process_time() > end:
                break
        return None

    def _differs(self, case: Case) -> bool:
        try:
            return case.digest() != self.outcomes[case]
        except Exception:  # noqa: BLE001 - whatever it is, it did not happen before
            return True


def left(state: Path, only: list[str]) -> Iterator[Fault]:
    """Return the faults that no test noticed so far."""
    verdicts = known(state)
    for path in sorted((ROOT / "core/body").glob("*.py")):
        if not only or path.stem in only:
            for fault in faults(ROOT, path, lambda: True):
                if verdicts.get(fault.key) in (SURVIVED, UNSEEN) and not why_alike(fault):
                    yield fault


def main() -> int:
    """Hunt, and write down what was found."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--state", type=Path, required=True, help="verdicts of `mutants`")
    parser.add_argument("--only", default="", help="names of files, by commas")
    parser.add_argument("--first", type=int, default=10_000, help="number to begin with")
    parser.add_argument("--many", type=int, default=10_000, help="cases of each deck")
    parser.add_argument("--most", type=float, default=2.0, help="seconds that a fault is worth")
    options = parser.parse_args()
    wanted = list(left(options.state, options.only.split(",") if options.only else []))
    print(f"{len(wanted)} faults were left", flush=True)
    hunt = Hunt(options.first, options.many)
    hunt.deal({(fault.path, line) for fault in wanted for line in fault.lines})
    found = 0
    for n, fault in enumerate(wanted, 1):
        case = hunt.notice(fault, options.most)
        found += case is not None
        if case is not None and case not in hunt.picked:
            hunt.picked.append(case)
            pick(case)
        if n % 25 == 0:
            print(f"{n} of {len(wanted)}: {found} noticed by {len(hunt.picked)}", flush=True)
    print(f"{found} of {len(wanted)} noticed by {len(hunt.picked)} cases")
    return 0


if __name__ == "__main__":
    sys.exit(main())
