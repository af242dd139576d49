"""Which 1:1 is the event that somebody has open in Outlook, or the meeting in Teams?"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, cast

from adapters.outlook.calendar_id import calendar_id_of
from core.detect import detect
from core.errors import (
    AccountDisconnected,
    InvalidInput,
    NotFound,
    PermissionDenied,
    SuiteError,
)
from core.model.calendar import CalendarEvent
from core.model.series import Connection, ConnectionState, Series, SeriesState, Sheet, Why
from core.service.observe import sync_calendar
from webhook_app.microsoft import (
    app_credentials,
    outlook_connections,
    outlook_settings,
    registration,
)
from webhook_app.wiring import App

if TYPE_CHECKING:
    from adapters.outlook.calendar import OutlookCalendar

ID = re.compile(r"[\w=-]{0,1024}", re.ASCII)
"""Graph's spelling of an event's id: base64 with other signs for / and +."""
MANY = 30
"""Of so many series of one person a meeting of Teams is looked for."""


class PaneState(StrEnum):
    """What the pane has to show."""

    HOME = "home"
    """No event is open: one's overview."""
    TALK = "talk"
    FOUND = "found"
    """A 1:1 without an agenda: what a yes would write, and the button."""
    OTHER = "other"
    """No 1:1; `why` says why not."""
    ENDED = "ended"
    UNSAVED = "unsaved"
    UNREAD = "unread"
    """A 1:1 that no sync has brought yet."""
    ABSENT = "absent"
    """Not in this person's own mailbox: a shared or a delegate's calendar."""
    CLOSED = "closed"
    """Their mailbox is not connected, and their own token does not open it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """What the pane says; ids are those of Outlook's own programs, in Graph's spelling."""

    event: str = ""
    series: str = ""
    thread: str = ""
    """Chat thread of a meeting in Teams."""
    is_unsaved: bool = False

    def __post_init__(self) -> None:
        if not (ID.fullmatch(self.event) and ID.fullmatch(self.series)):
            raise InvalidInput("this is no id of an event")


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What it is to us."""

    state: PaneState
    series: Series | None = None
    event: CalendarEvent | None = None
    sheet: Sheet | None = None
    """The open agenda, where there is one."""
    why: Why | None = None


def answer_to(app: App, person: str, opened: Opened, assertion: str, now: datetime) -> Answer:
    """Find the 1:1. Raise Unavailable and the like where the mailbox does not answer.

    `assertion` is the token that the pane has sent: it opens the mailbox of somebody whose
    mailbox is not connected (on-behalf-of). An id is looked up in the asker's mailbox alone.
    """
    connection = _connection(app, person)
    if opened.thread:
        return _of_thread(app, connection, person, opened.thread)
    if not (opened.event or opened.series):
        return Answer(state=PaneState.UNSAVED if opened.is_unsaved else PaneState.HOME)
    try:
        with _mailbox(app, connection, person, assertion) as mailbox:
            event = mailbox.opened(opened.event or opened.series)
    except NotFound:
        return Answer(state=PaneState.ABSENT)
    except _NoRoad:
        return Answer(state=PaneState.CLOSED)
    except (AccountDisconnected, PermissionDenied):
        if connection is not None:
            raise
        return Answer(state=PaneState.CLOSED)
    return _of_event(app, connection, person, event, now)


class _NoRoad(Exception):
    """Neither a connection nor the person's own token leads to the mailbox."""


def _connection(app: App, person: str) -> Connection | None:
    found = [c for c in outlook_connections(app) if c.state is ConnectionState.ACTIVE]
    return next((c for c in found if c.person == person), None)


@contextmanager
def _mailbox(
    app: App, connection: Connection | None, person: str, assertion: str
) -> Iterator[OutlookCalendar]:
    if connection is not None:
        yield cast("OutlookCalendar", app.services.suite_of(connection).calendar)
        return
    from adapters.outlook.opened import by_their_own_token

    credentials = app_credentials(app)
    if credentials is None:
        raise _NoRoad
    settings = outlook_settings(app.settings, registration(app))
    with by_their_own_token(settings, credentials, assertion, person) as mailbox:
        yield mailbox


def _of_event(
    app: App, connection: Connection | None, person: str, event: CalendarEvent, now: datetime
) -> Answer:
    """Look where we have it; what is not known yet, or was no 1:1, is read anew first."""
    series = _known(app, event.uid)
    if connection is not None and (series is None or series.state is SeriesState.OTHER):
        _read_anew(app, connection, event, now)
        series = _known(app, event.uid)
    if series is None:
        why = detect(event, owner=person, now=now).why
        state = PaneState.UNREAD if why is Why.TWO_PEOPLE else PaneState.OTHER
        return Answer(state=state, event=event, why=why)
    return _of_series(app, person, series, event)


def _read_anew(app: App, own: Connection, event: CalendarEvent, now: datetime) -> None:
    """Read the calendars of those who are in it: what would be written is the organizer's."""
    present = {each.address for each in event.participants}
    others = [c for c in outlook_connections(app) if c.person in present and c.person != own.person]
    sync_calendar(app.services, own, calendar_id_of(own.person), now)
    for connection in others[:1] if len(present) == 2 else ():
        if connection.state is ConnectionState.ACTIVE:
            try:
                sync_calendar(app.services, connection, calendar_id_of(connection.person), now)
            except SuiteError:
                return  # the engine reads it later, and says what is wrong


def _known(app: App, uid: str) -> Series | None:
    with app.store.transaction() as tx:
        return tx.series_by_uid(uid)


def _of_series(app: App, person: str, series: Series, event: CalendarEvent | None) -> Answer:
    with app.store.transaction() as tx:
        pair = tx.pair(series.pair_id) if series.pair_id else None
        sheet = tx.open_sheet(series.series_id)
    if pair is None or person not in pair.addresses:
        return Answer(state=PaneState.OTHER, event=event, why=series.reason)
    match series.state:
        case SeriesState.OTHER:
            state = PaneState.OTHER
        case SeriesState.FOUND | SeriesState.DISABLED:
            state = PaneState.FOUND
        case SeriesState.ENABLED:
            state = PaneState.TALK
        case SeriesState.ENDED:
            state = PaneState.TALK if sheet is not None else PaneState.ENDED
    return Answer(state=state, series=series, event=event, sheet=sheet, why=series.reason)


def _of_thread(app: App, connection: Connection | None, person: str, thread: str) -> Answer:
    """Find the series whose join link leads to a thread: where it is kept, else in the calendar."""
    from adapters.outlook.threads import has_thread, leads_to

    mine = _series_of(app, person)
    for series in mine:
        if any(leads_to(text, thread) for text in _kept_texts(app, series)):
            return _of_series(app, person, series, None)
    if connection is None:
        return Answer(state=PaneState.CLOSED if mine else PaneState.HOME)
    port = app.services.suite_of(connection).calendar
    for series in mine[:MANY]:
        with app.store.transaction() as tx:
            copies = tx.copies(series.series_id)
        own = [c for c in copies if c.connection_id == connection.connection_id]
        for copy in own:
            try:
                event = port.get_event(copy.event)
            except NotFound:
                continue
            if has_thread(event, thread):
                return _of_series(app, person, series, None)
    return Answer(state=PaneState.HOME)


def _kept_texts(app: App, series: Series) -> list[str]:
    with app.store.transaction() as tx:
        sheet = tx.open_sheet(series.series_id)
        written = tx.written(sheet.sheet_id) if sheet else ()
    return [one.base.content for one in written if one.base is not None]


def _series_of(app: App, person: str) -> list[Series]:
    with app.store.transaction() as tx:
        pairs = tx.pairs_of(person)
        found = [one for pair in pairs for one in tx.series_of(pair.pair_id)]
    return [one for one in found if one.state is not SeriesState.ENDED]
