"""What a round of calendarView/delta says: rows without order, sparse, repeated, and false ends."""

from __future__ import annotations

import json
from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from adapters.outlook.lenient import kind_of
from core.errors import CursorExpired
from core.model.calendar import Cursor

Json = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class ViewCursor:
    """Between two rounds, or between two pages of one."""

    link: str
    """deltaLink or nextLink: the whole address, with the span of time inside."""
    until: str
    """Where that span ends."""

    def text(self) -> Cursor:
        return Cursor(json.dumps({"link": self.link, "until": self.until}))

    @property
    def end(self) -> datetime:
        return datetime.fromisoformat(self.until)


def view_cursor(text: Cursor) -> ViewCursor:
    """Raise CursorExpired where this is no cursor of ours."""
    try:
        cursor = ViewCursor(**json.loads(text))
        if cursor.end.utcoffset() is None:
            raise ValueError("a time without zone")
    except (ValueError, TypeError) as err:
        raise CursorExpired("not a cursor for Outlook: start over") from err
    return cursor


@dataclass(slots=True)
class Rows:
    """Rows by what they speak of; the last one of an event wins."""

    whole: dict[str, Json] = field(default_factory=dict)
    """Single events and series."""
    touched: set[str] = field(default_factory=set)
    """Series of which something has changed that no row shows."""
    apart: dict[str, Json] = field(default_factory=dict)
    """Exceptions, which come whole."""
    unclocked: set[str] = field(default_factory=set)
    """Series that have to say when an exception of theirs would have been."""
    gone: set[str] = field(default_factory=set)
    """Ids said to be removed: deleted, or only outside the span."""
    series_of: dict[str, str] = field(default_factory=dict)
    """Whose each row is; a single event and a series are their own."""
    versions: dict[str, set[str]] = field(default_factory=dict)
    """The versions that the rows of a series show."""

    def take(self, rows: Iterable[Json]) -> None:
        for row in rows:
            whose = str(row.get("seriesMasterId") or row["id"])
            self.versions.setdefault(whose, set()).add(str(row.get("@odata.etag", "")))
            if "@removed" in row:
                self.gone.add(row["id"])
                self.apart.pop(row["id"], None)
            elif row.get("seriesMasterId"):
                self.series_of[row["id"]] = row["seriesMasterId"]
                if kind_of(row) == "exception" and "body" in row:
                    self.apart[row["id"]] = row
                else:
                    self.apart.pop(row["id"], None)
                    self.touched.add(row["seriesMasterId"])
            elif "body" not in row:  # sparse where others are whole: it has to be read
                self.touched.add(row["id"])
                self.series_of[row["id"]] = row["id"]
            else:
                self.whole[row["id"]] = row
                self.series_of[row["id"]] = row["id"]

    def leave_out(self, own: Container[str]) -> None:
        """Forget the series of which every row is as we ourselves have just written it.

        Graph gives all of a series one version, so whatever else had changed would show another.
        """
        for whose, versions in self.versions.items():
            if all(version in own for version in versions):
                self.touched.discard(whose)
                self.whole.pop(whose, None)
                for row_id in [i for i in self.apart if self.series_of[i] == whose]:
                    del self.apart[row_id]

    def plain_exceptions(self) -> list[Json]:
        """Return the exceptions that are all that has changed of their series."""
        return [row for row in self.apart.values() if row["seriesMasterId"] not in self.touched]
