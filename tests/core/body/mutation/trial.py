"""Try faults one by one: the tests that get to the changed line, each fault in a child process."""

from __future__ import annotations

import gc
import os
import pickle
import resource
import signal
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import coverage
import pytest
from _pytest.outcomes import Skipped
from _pytest.runner import runtestprotocol

from tests.core.body.mutation.planted import Fault, forget, plant

_MEMORY = 3 << 30
KILLED, SURVIVED, TIMEOUT, UNSEEN = "killed", "survived", "timeout", "no tests"
ALIKE = "no change at all"


class Trial:
    """A pytest plugin that keeps the collected tests and runs some of them again and again."""

    def __init__(self, root: Path, most: float, *, widely: bool = False) -> None:
        self.root = root
        self.most = most
        """Seconds of tests that one fault is worth."""
        self.widely = widely
        """Ask the best test of each kind before the second best of any."""
        self.items: dict[str, pytest.Item] = {}
        self.spent: dict[str, float] = {}
        self.reach: dict[tuple[str, int], set[str]] = defaultdict(set)
        self.kills: Counter[str] = Counter()
        self.kills_of: Counter[str] = Counter()
        self.size: Counter[str] = Counter()

    def collected(self, items: Sequence[pytest.Item]) -> None:
        """Keep the tests."""
        self.items = {item.nodeid: item for item in items}
        self.size = Counter(map(_kind, self.items))

    def learn(self, memory: Path | None) -> None:
        """Run the tests that are new: how long each takes, and which lines it gets to."""
        if memory is not None and memory.exists():
            self.spent, self.reach, self.kills, self.kills_of = pickle.loads(memory.read_bytes())
        items = [item for name, item in self.items.items() if name not in self.spent]
        if items:
            self._measure(items)
        if memory is not None:
            self.remember(memory)
        # A child that collects garbage would copy every page of ours.
        gc.freeze()

    def _measure(self, items: Sequence[pytest.Item]) -> None:
        inside = str(self.root / "core/body/*")
        seen = coverage.Coverage(data_file=None, config_file=False, include=[inside])
        seen.start()
        # Behind the last one nothing may stay set up: a child may begin with any test.
        for item, after in zip(items, [*items[1:], None], strict=False):
            # What an earlier test had remembered, this one would not get to.
            forget()
            seen.switch_context(item.nodeid)
            start = time.process_time()
            reports = runtestprotocol(item, nextitem=after, log=False)
            self.spent[item.nodeid] = time.process_time() - start
            if any(report.failed for report in reports):
                raise SystemExit(f"fails without any fault: {item.nodeid}")
        seen.stop()
        data = seen.get_data()
        for file in data.measured_files():
            name = str(Path(file).relative_to(self.root))
            for line, tests in data.contexts_by_lineno(file).items():
                self.reach[name, line] |= {test for test in tests if test}

    def remember(self, memory: Path) -> None:
        """Keep what was learned for the next run."""
        told = (self.spent, self.reach, self.kills, self.kills_of)
        memory.write_bytes(pickle.dumps(told))

    def tests_for(self, fault: Fault) -> list[str]:
        """Return the tests that get there: first those that found the most, then the quick."""
        there = set().union(*(self.reach.get((fault.path, n), ()) for n in fault.lines))
        order = sorted(there & self.items.keys(), key=self._promise)
        if self.widely:
            nth: Counter[str] = Counter()
            place = {}
            for test in order:
                place[test] = nth[_kind(test)]
                nth[_kind(test)] += 1
            order.sort(key=place.__getitem__)
        chosen, room = [], self.most
        for test in order:
            if room <= 0:
                break
            chosen.append(test)
            room -= self.spent[test]
        return chosen

    def _promise(self, test: str) -> tuple[float, str]:
        """Rank a test by what it, and its like, found for the time that it takes."""
        kind = _kind(test)
        like = self.kills_of[kind] / self.size[kind]
        return -(self.kills[test] + like + 0.001) / (self.spent[test] + 0.002), test

    def praise(self, test: str) -> None:
        """Remember that a test found a fault."""
        self.kills[test] += 1
        self.kills_of[_kind(test)] += 1

    def verdict(self, fault: Fault) -> str:
        """Plant a fault in a child and say what became of it."""
        tests = self.tests_for(fault)
        if not tests:
            return UNSEEN
        seconds = 5 + 4 * sum(self.spent[test] for test in tests)
        items = [self.items[test] for test in tests]
        told, status = in_a_child(fault, lambda: _first_that_fails(items), seconds)
        if os.WIFSIGNALED(status):
            return TIMEOUT if os.WTERMSIG(status) == signal.SIGVTALRM else KILLED
        if told is not None:
            self.praise(tests[told])
        return SURVIVED if told is None and os.WEXITSTATUS(status) == 0 else KILLED


def _kind(test: str) -> str:
    return test.partition("[")[0]


def in_a_child(
    fault: Fault, play: Callable[[], int | None], seconds: float
) -> tuple[int | None, int]:
    """Plant a fault in a child; return the number of what noticed it there, and how it ended."""
    read, write = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(read)
        _child(fault, play, write, seconds)
    os.close(write)
    with os.fdopen(read, "rb") as pipe:
        told = pipe.read()
    _, status = os.waitpid(child, 0)
    return int(told) if told else None, status


def _child(fault: Fault, play: Callable[[], int | None], write: int, seconds: float) -> None:
    """Play until something notices; never return."""
    silent = os.open(os.devnull, os.O_WRONLY)
    os.dup2(silent, 1)
    os.dup2(silent, 2)
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    signal.signal(signal.SIGVTALRM, signal.SIG_DFL)
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
    gc.disable()
    code = 2
    try:
        plant(fault)
        found = play()
        if found is not None:
            os.write(write, str(found).encode())
        code = 0
    finally:
        os._exit(code)


def _first_that_fails(items: Sequence[pytest.Item]) -> int | None:
    for n, item in enumerate(items):
        if _fails(item, items[n + 1] if n + 1 < len(items) else item):
            return n
    return None


def _fails(item: pytest.Item, after: pytest.Item) -> bool:
    """Run a test without any report: to write one takes longer than most tests."""
    state = item.session._setupstate
    item._initrequest()  # type: ignore[attr-defined]  # as runtestprotocol does
    try:
        state.setup(item)
        item.runtest()
    except Skipped:
        return False
    except BaseException:  # noqa: BLE001 - whatever it is, the test has noticed
        return True
    finally:
        state.teardown_exact(after)
    return False


def summary(states: Mapping[str, str]) -> str:
    """Say how many there were and what became of them."""
    counts = Counter(states.values())
    total = sum(counts.values()) - counts[ALIKE]
    left = counts[SURVIVED] + counts[UNSEEN]
    share = 100 * left / total if total else 0
    told = ", ".join(f"{count} {state}" for state, count in counts.most_common())
    return f"{total} faults: {told}; not noticed: {share:.1f} %"
