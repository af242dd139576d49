"""One pass over a collection: what changed, read and parsed."""

from __future__ import annotations

from dataclasses import dataclass

from adapters.caldav import mapping
from adapters.caldav.cache import Known
from adapters.caldav.collection import Collection, Held
from adapters.caldav.cursors import START, Mark, read_cursor
from adapters.caldav.ical_resource import Resource
from adapters.caldav.quirks import FULL_LIST
from core.errors import CursorExpired, InvalidInput, NotFound, UnexpectedResponse
from core.model.calendar import CalendarEvent, CalendarId, Cursor


@dataclass(frozen=True, slots=True, kw_only=True)
class Pass:
    """What one look at a collection brought."""

    known: dict[str, Known]
    """Entries that could be read, by href."""
    removed: tuple[str, ...]
    """Hrefs to report as gone; empty where reading starts over."""
    gone: tuple[str, ...]
    """Hrefs that must not be taken for known any more."""
    broken: tuple[tuple[str, str], ...]
    cursor: Cursor
    more: bool

    def as_events(
        self, calendar_id: CalendarId
    ) -> tuple[list[CalendarEvent], list[tuple[str, str]]]:
        """Return the events among the entries, and what turned out to be broken."""
        events, broken = [], list(self.broken)
        for href, known in self.known.items():
            if known.resource.component != "VEVENT":
                continue
            try:
                event = mapping.to_event(known.resource, calendar_id, href, known.revision)
            except (UnexpectedResponse, InvalidInput) as err:
                broken.append((href, str(err)))
            else:
                events.append(event)
        return events, broken


def read_pass(collection: Collection, since: Cursor | None, quirks: frozenset[str]) -> Pass:
    """Ask for changes and fetch them. Raise CursorExpired."""
    mark = read_cursor(since)
    news = collection.news(mark.asks_with(quirks))
    _refuse_full_list(mark, len(news.changed), quirks)
    known: dict[str, Known] = {}
    removed, broken = list(news.removed), []
    for href, held in zip(news.changed, collection.fetch(news.changed), strict=True):
        match held:
            case Held():
                try:
                    resource = Resource.parse(held.data)
                except UnexpectedResponse as err:
                    broken.append((href, str(err)))
                else:
                    known[href] = Known(resource=resource, revision=held.revision)
            case NotFound() if since is None:
                broken.append((href, "The server lists this entry and does not hand it over."))
            case NotFound():
                removed.append(href)
            case UnexpectedResponse():
                broken.append((href, str(held)))
    entries = max(0, mark.entries - len(news.removed)) if since else len(news.changed)
    after = Mark(token=news.token, before=mark.token, entries=entries)
    return Pass(
        known=known,
        removed=tuple(removed) if since is not None else (),
        gone=(*removed, *(href for href, _ in broken)),
        broken=tuple(broken),
        cursor=after.cursor(quirks),
        more=news.more,
    )


def _refuse_full_list(mark: Mark, changed: int, quirks: frozenset[str]) -> None:
    if FULL_LIST in quirks and mark != START and 0 < changed >= mark.entries:
        raise CursorExpired("The server sent its whole list: reading starts over.")
