"""The part of OData's $filter, $orderby and paging that Outlook's event and task lists take."""

from __future__ import annotations

import re
from collections.abc import Callable

from tests.servers.graph.answers import Json, bad_request

TERM = re.compile(
    r"^(?P<path>[A-Za-z/]+)\s+(?P<op>eq|ne|ge|gt|le|lt)\s+(?P<value>'(?:[^']|'')*'|[\w.:+-]+)$"
)
ANY = re.compile(
    r"^(?P<path>singleValueExtendedProperties|categories)/any\((?P<var>\w+):\s*(?P<inner>.+)\)$",
    re.I,
)
COMPARE: dict[str, Callable[[str, str], bool]] = {
    "eq": lambda a, b: a == b,
    "ne": lambda a, b: a != b,
    "ge": lambda a, b: a >= b,
    "gt": lambda a, b: a > b,
    "le": lambda a, b: a <= b,
    "lt": lambda a, b: a < b,
}


def matching(rows: list[Json], text: str) -> list[Json]:
    """Keep the rows for which every term of the filter holds."""
    if not text:
        return rows
    tests = [_term(part) for part in _split(text)]
    return [row for row in rows if all(test(row) for test in tests)]


def _split(text: str) -> list[str]:
    """Split at `and` outside brackets and quotes."""
    parts, depth, quoted, start = [], 0, False, 0
    for place, sign in enumerate(text):
        quoted ^= sign == "'"
        depth += 0 if quoted else (sign == "(") - (sign == ")")
        if not quoted and depth == 0 and text[place : place + 5] == " and ":
            parts.append(text[start:place])
            start = place + 5
    return [part.strip() for part in [*parts, text[start:]]]


def _term(text: str) -> Callable[[Json], bool]:
    found = TERM.match(text)
    if found:
        keys, op = found["path"].split("/"), COMPARE[found["op"]]
        value = _literal(found["value"])
        return lambda row: op(_value(row, keys), value)
    found = ANY.match(text)
    if not found:
        raise bad_request(f"Invalid filter clause: {text}", "ErrorInvalidFilter")
    wanted = [_literal(v) for v in re.findall(r"eq\s+('(?:[^']|'')*')", found["inner"])]
    if found["path"] == "categories":
        return lambda row: wanted[0] in row["categories"]
    return lambda row: any(
        [one["id"], one["value"]][: len(wanted)] == wanted
        for one in row.get("singleValueExtendedProperties", ())
    )


def _literal(text: str) -> str:
    return text[1:-1].replace("''", "'") if text.startswith("'") else text


def _value(row: Json, keys: list[str]) -> str:
    value: object = row
    for key in keys:
        value = value.get(key) if isinstance(value, dict) else None
    return str(value).lower() if isinstance(value, bool) else str(value)


def ordered(rows: list[Json], text: str) -> list[Json]:
    if not text:
        return rows
    path, _, direction = text.partition(" ")
    return sorted(rows, key=lambda row: _value(row, path.split("/")), reverse=direction == "desc")


def page(rows: list[Json], size: int, skip: int) -> tuple[list[Json], int | None]:
    """Cut a page; the second value is where the next one begins."""
    following = skip + size
    return rows[skip:following], following if following < len(rows) else None
