"""Calendars in the test's memory, for engines in processes of their own that get killed."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from multiprocessing.connection import Client, Connection, Listener
from pathlib import Path
from typing import Any

from core.memory.calendar import MemoryCalendar
from core.memory.tasks import MemoryTasks
from core.model.series import Connection as Account
from core.ports import Suite
from tests.core.service.conftest import Company
from tests.webhook_app.forked import PATIENCE


@dataclass
class Gate:
    """Holds the next call of a verb: before it takes effect, or before its answer."""

    verb: str
    effect: bool
    reached: threading.Event = field(default_factory=threading.Event)
    opened: threading.Event = field(default_factory=threading.Event)
    drops: bool = False
    """The call never takes effect."""


class Host:
    """Answers for a company's server on a socket."""

    def __init__(self, company: Company, path: Path) -> None:
        self.path = path
        self.gates: list[Gate] = []
        self.broken_calendars: dict[str, Exception] = {}
        self._company = company
        self._listener = Listener(str(path), "AF_UNIX")
        threading.Thread(target=self._accept, daemon=True).start()

    def hold(self, verb: str, *, effect: bool = False) -> Gate:
        """Hold the next call of a verb."""
        self.gates.append(Gate(verb, effect))
        return self.gates[-1]

    def close(self) -> None:
        for gate in self.gates:
            gate.opened.set()
        self._listener.close()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                threading.Thread(
                    target=self._answer, args=(self._listener.accept(),), daemon=True
                ).start()

    def _answer(self, connection: Connection) -> None:
        with connection, suppress(EOFError, OSError):
            person, port, verb, given, named = connection.recv()
            gate = next((g for g in self.gates if g.verb == verb), None)
            if gate:
                self.gates.remove(gate)
            connection.send(self._passed(gate, person, port, verb, given, named))

    def _passed(self, gate: Gate | None, *call: Any) -> Any:
        answer = None if gate and not gate.effect else self._done(*call)
        if gate is None:
            return answer
        gate.reached.set()
        gate.opened.wait(PATIENCE)
        return answer if gate.effect or gate.drops else self._done(*call)

    def _done(self, person: str, port: str, verb: str, given: Any, named: Any) -> Any:
        try:
            if verb == "write_body" and given[0].calendar_id in self.broken_calendars:
                raise self.broken_calendars[given[0].calendar_id]
            company = self._company
            suite = MemoryCalendar(company.server, person)
            target = suite if port == "calendar" else MemoryTasks(company.tasks, person)
            found = getattr(target, verb)
            answer = found(*given, **named) if callable(found) else found
            return list(answer) if isinstance(answer, Iterator) else answer
        except Exception as err:  # noqa: BLE001  it goes to the caller
            return err


class Remote:
    """A port whose every verb is a call on the host."""

    def __init__(self, path: str, person: str, port: str) -> None:
        self._call = (path, person, port)
        self.features = self._ask("features")

    def _ask(self, verb: str, *given: Any, **named: Any) -> Any:
        path, person, port = self._call
        with Client(path, "AF_UNIX") as connection:
            connection.send((person, port, verb, given, named))
            answer = connection.recv()
        if isinstance(answer, Exception):
            raise answer
        return answer

    def __getattr__(self, verb: str) -> Any:
        if verb.startswith("_"):
            raise AttributeError(verb)
        return lambda *given, **named: self._ask(verb, *given, **named)


def remote_suite(path: str, account: Account) -> Suite:
    """Open somebody's account on the host."""
    person = account.person
    calendar, tasks = Remote(path, person, "calendar"), Remote(path, person, "tasks")
    return Suite(name="memory", calendar=calendar, tasks=tasks)  # type: ignore[arg-type]


@contextmanager
def hosted(company: Company, path: Path) -> Iterator[Host]:
    """Answer for as long as the block lasts."""
    host = Host(company, path)
    try:
        yield host
    finally:
        host.close()
