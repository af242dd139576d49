"""What a personnel system tells: checked as a whole, with the number of each bad row."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Final

from core.errors import InvalidInput
from core.model.engagement import Engagement
from core.model.people import PairId, normal_address, pair_id

_ADDRESS: Final = re.compile(r"[^@\s\x00-\x1f]{1,64}@[^@\s\x00-\x1f]+\.[^@\s\x00-\x1f.]+")
COLUMNS: Final = (
    *("email", "name", "manager", "starts_on", "probation_ends_on", "review_on", "ends_on"),
    *("paused_from", "paused_until", "department"),
)
LONGEST_DEPARTMENT: Final = 80
MOST_ROWS: Final = 200_000
_DAYS: Final = COLUMNS[3:-1]


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One person as a row or an event tells of them; None: said to be nothing."""

    number: int
    email: str
    said: Mapping[str, str]
    """Column -> text, for the columns that are there."""

    def day(self, column: str) -> date | None:
        """Return a day. Raise ValueError."""
        return date.fromisoformat(self.said[column]) if self.said.get(column) else None


@dataclass(frozen=True, slots=True, kw_only=True)
class RowError:
    """What is wrong with a row."""

    row: int
    code: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HrisPlan:
    """What taking a batch in would do; nothing is written by making it."""

    engagements: tuple[Engagement, ...] = ()
    """As they will stand, only those that change."""
    names: tuple[tuple[str, str], ...] = ()
    new_pairs: tuple[PairId, ...] = ()
    changed_managers: tuple[tuple[str, str, str], ...] = ()
    """Report, old and new manager."""
    ended_pairs: tuple[PairId, ...] = ()
    unknown: tuple[str, ...] = ()
    """Addresses of whom nobody here knew until now."""
    pauses: tuple[tuple[str, date | None, date | None], ...] = ()
    """Who is on leave, from and until; both None: they are back."""
    errors: tuple[RowError, ...] = ()


def read_csv(text: str) -> list[Row]:
    """Read a CSV file with a heading; comma, semicolon or tab. Raise InvalidInput."""
    text = text.removeprefix("\ufeff")
    head = text.partition("\n")[0]
    delimiter = max(",;\t", key=head.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        rows = list(reader)
    except csv.Error as err:
        raise InvalidInput(f"row {reader.line_num}: this is not CSV: {err}") from err
    if not rows:
        raise InvalidInput("the file is empty: its first row names the columns")
    names = [name.strip().lower() for name in rows[0]]
    unknown = sorted(set(names) - set(COLUMNS))
    if "email" not in names or unknown or len(set(names)) != len(names):
        wrong = (
            f"unknown {unknown[0]!r}" if unknown else "`email` is missing, or one is there twice"
        )
        raise InvalidInput(f"row 1: columns: {wrong}; known are {', '.join(COLUMNS)}")
    if len(rows) > MOST_ROWS:
        raise InvalidInput(f"more than {MOST_ROWS} rows: send it in parts")
    return [
        _row(number, names, cells)
        for number, cells in enumerate(rows[1:], start=2)
        if any(cell.strip() for cell in cells)
    ]


def _row(number: int, names: Sequence[str], cells: Sequence[str]) -> Row:
    said = {name: cell.strip() for name, cell in zip(names, cells, strict=False)}
    if len(cells) != len(names):
        said["\x00cells"] = f"{len(cells)} cells in place of {len(names)}"
    return Row(number=number, email=normal_address(said.get("email", "")), said=said)


def plan_rows(
    rows: Sequence[Row],
    known: Mapping[str, Engagement],
    people: frozenset[str],
    today: date,
    as_of: datetime | None = None,
) -> HrisPlan:
    """Say what a batch would do, or everything that is wrong with it: half of it is never done."""
    errors = [error for row in rows for error in _row_errors(row)]
    errors += _twice(rows)
    if errors:
        return HrisPlan(errors=tuple(sorted(errors, key=lambda e: (e.row, e.code))))
    after = dict(known)
    fresh: dict[str, Engagement] = {}
    for row in rows:
        before = known.get(row.email) or Engagement(address=row.email)
        if as_of and before.as_of and as_of < before.as_of:
            continue
        try:
            fresh[row.email] = after[row.email] = _engagement(before, row, today, as_of)
        except ValueError as err:
            errors.append(RowError(row=row.number, code="bad_value", text=str(err)))
    errors += _manager_errors(rows, after, people)
    if errors:
        return HrisPlan(errors=tuple(sorted(errors, key=lambda e: (e.row, e.code))))
    return _plan(rows, known, fresh, people, today)


def _row_errors(row: Row) -> Iterable[RowError]:
    def error(code: str, text: str) -> RowError:
        return RowError(row=row.number, code=code, text=text)

    if "\x00cells" in row.said:
        yield error("cells", row.said["\x00cells"])
    if not _ADDRESS.fullmatch(row.email):
        yield error("bad_address", f"email {row.said.get('email', '')!r} is no address")
    manager = normal_address(row.said.get("manager", ""))
    if manager and not _ADDRESS.fullmatch(manager):
        yield error("bad_address", f"manager {manager!r} is no address")
    if manager and manager == row.email:
        yield error("self", "nobody manages themselves")
    for column in _DAYS:
        try:
            row.day(column)
        except ValueError:
            yield error("bad_day", f"{column} {row.said[column]!r}: a day looks like 2026-03-31")


def _twice(rows: Sequence[Row]) -> Iterable[RowError]:
    first: dict[str, int] = {}
    for row in rows:
        if row.email in first:
            text = f"{row.email} stands in row {first[row.email]} already"
            yield RowError(row=row.number, code="twice", text=text)
        first.setdefault(row.email, row.number)


def _engagement(before: Engagement, row: Row, today: date, as_of: datetime | None) -> Engagement:
    manager = normal_address(row.said["manager"]) if "manager" in row.said else before.manager

    def day(column: str, otherwise: date | None) -> date | None:
        return row.day(column) if column in row.said else otherwise

    starts_on = day("starts_on", before.starts_on)
    since = before.manager_since
    if manager != before.manager:
        since = today if before.manager or starts_on is None else max(starts_on, today)
    return replace(
        before,
        manager=manager,
        manager_since=since,
        as_of=as_of or before.as_of,
        starts_on=starts_on,
        probation_ends_on=day("probation_ends_on", before.probation_ends_on),
        review_on=day("review_on", before.review_on),
        ends_on=day("ends_on", before.ends_on),
        department=row.said.get("department", before.department)[:LONGEST_DEPARTMENT],
    )


def _manager_errors(
    rows: Sequence[Row], after: Mapping[str, Engagement], people: frozenset[str]
) -> Iterable[RowError]:
    numbers = {row.email: row.number for row in rows}
    for row in rows:
        manager = after[row.email].manager if row.email in after else ""
        if manager and manager not in after and manager not in people:
            text = f"manager {manager} is neither in this batch nor known here"
            yield RowError(row=row.number, code="unknown_manager", text=text)
    for circle in cycles(after):
        inside = sorted(numbers[a] for a in circle if a in numbers)
        for number in inside:
            text = f"these manage each other in a circle: {' -> '.join(circle)}"
            yield RowError(row=number, code="cycle", text=text)


def cycles(after: Mapping[str, Engagement]) -> list[list[str]]:
    """Return each circle of managers once, beginning with its first address."""
    found: list[list[str]] = []
    done: set[str] = set()
    for start in sorted(after):
        path: dict[str, int] = {}
        at = start
        while at in after and at not in done and at not in path:
            path[at] = len(path)
            at = after[at].manager
        if at in path:
            circle = list(path)[path[at] :]
            turn = circle.index(min(circle))
            found.append(circle[turn:] + circle[:turn])
        done |= set(path)
    return found


def _plan(
    rows: Sequence[Row],
    known: Mapping[str, Engagement],
    fresh: Mapping[str, Engagement],
    people: frozenset[str],
    today: date,
) -> HrisPlan:
    new_pairs, changed, ended = [], [], []
    for address, now in sorted(fresh.items()):
        before = known.get(address)
        works = now.ends_on is None or now.ends_on >= today
        if now.manager and works and (before is None or before.manager != now.manager):
            new_pairs.append(pair_id(address, now.manager))
            if before is not None and before.manager:
                changed.append((address, before.manager, now.manager))
                ended.append(pair_id(address, before.manager))
        leaves = now.ends_on is not None and (before is None or before.ends_on != now.ends_on)
        if leaves and now.manager:
            ended.append(pair_id(address, now.manager))
    return HrisPlan(
        engagements=tuple(e for a, e in sorted(fresh.items()) if known.get(a) != e),
        names=tuple((r.email, r.said["name"]) for r in rows if r.said.get("name")),
        new_pairs=tuple(new_pairs),
        changed_managers=tuple(changed),
        ended_pairs=tuple(dict.fromkeys(ended)),
        unknown=tuple(sorted(a for a in fresh if a not in people)),
        pauses=tuple(_pauses(rows)),
    )


def _pauses(rows: Sequence[Row]) -> Iterable[tuple[str, date | None, date | None]]:
    for row in rows:
        if "paused_from" in row.said or "paused_until" in row.said:
            yield row.email, row.day("paused_from"), row.day("paused_until")
