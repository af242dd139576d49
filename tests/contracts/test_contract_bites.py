"""A contract that a wrong suite passes is worth nothing: every planted mutant must fail it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

import pytest

from core.memory.calendar import MemoryCalendar
from core.memory.calendars import WITH_COPIES, MemoryCalendars
from core.memory.tasks import MemoryTasks
from tests.contracts import mutants_reading, mutants_tasks, mutants_writing
from tests.contracts.calendar_contract import CalendarContract
from tests.contracts.task_contract import TaskContract
from tests.contracts.test_memory import memory_host, memory_tasks

T = TypeVar("T")


def mutants_of(kind: type[T]) -> list[type[T]]:
    """Return the planted mutants of a class."""
    found = [
        value
        for module in (mutants_reading, mutants_writing, mutants_tasks)
        for name, value in vars(module).items()
        if isinstance(value, type)
        and issubclass(value, kind)
        and value is not kind
        and not name.startswith("_")
    ]
    assert found
    return found


def failures(contract: type, make_host: Callable[[], object]) -> list[str]:
    """Return the names of a contract's tests that fail for a host."""
    failed = []
    for name in dir(contract):
        if not name.startswith("test_"):
            continue
        try:
            getattr(contract(), name)(make_host())
        except pytest.skip.Exception:
            continue
        except (Exception, pytest.fail.Exception):  # noqa: BLE001 - any failure is what we want
            failed.append(name)
    return failed


def test_the_fake_itself_fails_nothing() -> None:
    assert failures(CalendarContract, memory_host) == []
    assert failures(TaskContract, memory_tasks) == []


@pytest.mark.parametrize("mutant", mutants_of(MemoryCalendar), ids=lambda m: m.__name__)
def test_wrong_calendar_fails_the_contract(mutant: type[MemoryCalendar]) -> None:
    assert failures(CalendarContract, lambda: memory_host(WITH_COPIES, port=mutant))


@pytest.mark.parametrize("mutant", mutants_of(MemoryCalendars), ids=lambda m: m.__name__)
def test_wrong_copies_fail_the_contract(mutant: type[MemoryCalendars]) -> None:
    assert failures(CalendarContract, lambda: memory_host(WITH_COPIES, server=mutant))


@pytest.mark.parametrize("mutant", mutants_of(MemoryTasks), ids=lambda m: m.__name__)
def test_wrong_task_tool_fails_the_contract(mutant: type[MemoryTasks]) -> None:
    assert failures(TaskContract, lambda: memory_tasks(port=mutant))
