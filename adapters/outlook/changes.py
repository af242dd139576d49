"""What has changed in a mailbox's calendar since a cursor, by calendarView/delta."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from urllib.parse import quote

from adapters.outlook import mapping
from adapters.outlook.delta import Rows, ViewCursor, view_cursor
from adapters.outlook.first_round import first_round
from adapters.outlook.lenient import kind_of
from adapters.outlook.settings import OutlookSettings
from adapters.outlook.wire import Json, Wire
from core.errors import UnexpectedResponse
from core.model.calendar import CalendarEvent, CalendarId, Cursor
from core.ports import ChangePage

IN_UTC = ('outlook.timezone="UTC"',)
PAGES = (*IN_UTC, "odata.maxpagesize=100")
MAX_PAGES = 1000
REMEMBERED = 50_000
WRITES = 200
"""Of our own, whose echo may still come."""


class ChangeReader:
    """Reads one mailbox; an unchanged one costs a single request."""

    def __init__(
        self,
        wire: Wire,
        account: str,
        settings: OutlookSettings,
        now: Callable[[], datetime],
        note: Callable[[Json], object],
    ) -> None:
        """`note` is given each event that is handed on."""
        self._wire = wire
        self._account = account
        self._settings = settings
        self._now = now
        self._note = note
        self._series_of: dict[str, str] = {}
        self._own: dict[str, None] = {}
        self._clocks: dict[str, mapping.Clock | None] = {}

    def wrote(self, version: str) -> None:
        """Note what a write of ours has made, so that its echo is no news."""
        self._own[version] = None
        while len(self._own) > WRITES:
            self._own.pop(next(iter(self._own)))

    def page(self, calendar_id: CalendarId, since: Cursor | None) -> ChangePage[CalendarEvent]:
        rows = Rows()
        following = self._read(rows, view_cursor(since) if since else None)
        if since is not None:
            rows.leave_out(self._own)
        self._leave_clockless(rows, first=since is None)
        removed = self._resolve(rows)
        changed, broken = [], []
        for event_id, item in rows.whole.items():
            try:
                changed.append(mapping.to_event(item, calendar_id, self._account))
            except UnexpectedResponse as err:
                broken.append((event_id, str(err)))
        return ChangePage(
            changed=tuple(changed),
            removed=tuple(removed),
            cursor=following.text(),
            broken=tuple(broken),
            occurrences=tuple(self._exceptions(rows, calendar_id)),
        )

    def _leave_clockless(self, rows: Rows, *, first: bool) -> None:
        """An exception may leave out when it would have been; then its series has to say it."""
        for row in () if first else rows.plain_exceptions():
            series = row["seriesMasterId"]
            if mapping.needs_clock(row) and series not in {*self._clocks, *rows.whole}:
                rows.unclocked.add(series)

    def _exceptions(self, rows: Rows, calendar_id: CalendarId) -> Iterator[CalendarEvent]:
        for series_id, master in rows.whole.items():
            if kind_of(master) == "seriesMaster":
                self._clocks[series_id] = mapping.clock_of(master)
        if len(self._clocks) > REMEMBERED:
            self._clocks.clear()
        for row in rows.plain_exceptions():
            clock = self._clocks.get(row["seriesMasterId"])
            with suppress(UnexpectedResponse):
                event = mapping.to_event(row, calendar_id, self._account, clock=clock)
                self._note(dict(row))
                yield event

    def _read(self, rows: Rows, cursor: ViewCursor | None) -> ViewCursor:
        if cursor is None:
            return self._begin(rows)
        if cursor.end - self._now() > self._settings.horizon / 2:
            answer = self._wire.follow(cursor.link, prefer=PAGES)
            return ViewCursor(link=self._round(rows, answer), until=cursor.until)
        # Graph does not move a link's span. Begin anew first and read the old link out then:
        # what is deleted in between is told by one of them.
        fresh = self._begin(rows)
        self._round(rows, self._wire.follow(cursor.link, prefer=PAGES))
        return fresh

    def _begin(self, rows: Rows) -> ViewCursor:
        start = self._now().astimezone(UTC) - self._settings.history
        end = self._now().astimezone(UTC) + self._settings.horizon
        answer = first_round(
            self._wire,
            f"/users/{self._account}/calendarView",
            prefer=PAGES,
            startDateTime=f"{start:%Y-%m-%dT%H:%M:%SZ}",
            endDateTime=f"{end:%Y-%m-%dT%H:%M:%SZ}",
        )
        link = self._round(rows, answer)
        rows.gone.clear()  # a first round tells what is there
        return ViewCursor(link=link, until=end.isoformat(timespec="seconds"))

    def _round(self, rows: Rows, answer: Json) -> str:
        for _ in range(MAX_PAGES):
            rows.take(answer.get("value", []))
            if "@odata.deltaLink" in answer:
                return str(answer["@odata.deltaLink"])
            if "@odata.nextLink" not in answer:
                break
            answer = self._wire.follow(str(answer["@odata.nextLink"]), prefer=PAGES)
        raise UnexpectedResponse("a round of changes without an end")

    def _resolve(self, rows: Rows) -> list[str]:
        """Complete the rows by what they only hint at; return the ids of what is gone."""
        removed = self._look_for_gone(rows)
        missing = sorted((rows.touched | rows.unclocked) - rows.whole.keys())
        for event_id, item in zip(missing, self._items(missing), strict=True):
            if item is None:
                removed.append(event_id)
            else:
                rows.take([item])
        if len(self._series_of) > REMEMBERED:
            self._series_of.clear()
        self._series_of |= rows.series_of
        return list(dict.fromkeys(removed))

    def _look_for_gone(self, rows: Rows) -> list[str]:
        """Graph says "removed" of what is deleted and of what lies outside the span alike."""
        removed, unknown = [], False
        gone = sorted(rows.gone)
        for event_id, item in zip(gone, self._items(gone), strict=True):
            if item is not None:
                rows.take([item])
                continue
            removed.append(event_id)
            rows.whole.pop(event_id, None)
            series = rows.series_of.get(event_id) or self._series_of.get(event_id)
            unknown = unknown or series is None
            if series is not None and series != event_id:
                rows.touched.add(series)
        if unknown:
            # An occurrence perhaps, and its id does not say of which series: look at all.
            rows.take(self._every_series())
        return removed

    def _every_series(self) -> list[Json]:
        path = f"/users/{self._account}/events"
        kind = "type eq 'seriesMaster'"
        try:
            found = list(self._wire.pages(path, prefer=IN_UTC, filter=kind, top="100"))
        except UnexpectedResponse:  # no such filter: Graph lists single events and series alike
            found = list(self._wire.pages(path, prefer=IN_UTC, top="100"))
        return [each for each in found if kind_of(each) == "seriesMaster"]

    def _items(self, event_ids: Sequence[str]) -> list[Json | None]:
        paths = [f"/users/{self._account}/events/{quote(each, safe='')}" for each in event_ids]
        return self._wire.read_many(paths, prefer=IN_UTC) if paths else []
