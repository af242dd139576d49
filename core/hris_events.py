"""A personnel system's events as rows: hired, changed, left, another manager, leave."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from core.errors import InvalidInput
from core.hris import COLUMNS, Row
from core.model.people import normal_address

KINDS: Final = (
    *("employee.hired", "employee.changed", "employee.left"),
    *("manager.changed", "leave.started", "leave.ended"),
)
_RENAMED: Final[Mapping[str, Mapping[str, str]]] = {
    "employee.left": {"on": "ends_on"},
    "manager.changed": {},
    "leave.started": {"from": "paused_from", "until": "paused_until"},
    "leave.ended": {},
}


def rows_of(kind: str, data: object) -> list[Row]:
    """Return an event's people as rows, numbered from 1. Raise InvalidInput, naming the place.

    `data` is one person or a list of them; each has at least `email`.
    """
    if kind not in KINDS:
        raise InvalidInput(f"type {kind!r} is none of {', '.join(KINDS)}")
    entries = data if isinstance(data, list) else [data]
    if not entries:
        raise InvalidInput("data: the list is empty")
    return [_row(kind, number, entry) for number, entry in enumerate(entries, start=1)]


def _row(kind: str, number: int, entry: object) -> Row:
    if not isinstance(entry, dict):
        raise InvalidInput(f"row {number}: one person is an object with `email`")
    renamed = _RENAMED.get(kind, {})
    said: dict[str, str] = {}
    for name, value in entry.items():
        column = renamed.get(name, name)
        if value is not None and not isinstance(value, str):
            raise InvalidInput(f"row {number}: {name} is text, or null")
        if column in COLUMNS:
            said[column] = (value or "").strip()
        elif name not in ("on", "id"):
            raise InvalidInput(f"row {number}: unknown field {name!r}")
    if kind == "leave.ended":
        said |= {"paused_from": "", "paused_until": ""}
    needs = {"employee.left": "ends_on", "manager.changed": "manager", "employee.hired": "manager"}
    if kind in needs and needs[kind] not in said:
        missing = "on" if kind == "employee.left" else needs[kind]
        raise InvalidInput(f"row {number}: {kind} needs {missing!r}")
    if kind == "leave.started" and "paused_from" not in said:
        raise InvalidInput(f"row {number}: leave.started needs 'from'")
    email = said.get("email", "")
    return Row(number=number, email=normal_address(email), said=said)


def change_day(kind: str, data: object) -> Mapping[str, str]:
    """Return address -> day from which a `manager.changed` holds, where one is said."""
    if kind != "manager.changed":
        return {}
    entries = data if isinstance(data, list) else [data]
    return {
        normal_address(str(e.get("email", ""))): str(e["on"])
        for e in entries
        if isinstance(e, dict) and e.get("on")
    }
