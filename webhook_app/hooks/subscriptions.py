"""Keep being told of changes: subscribe, renew long before the end, stop on parting.

What a suite has promised is kept where cursors are. A crash between the promise and our note of
it leaves a second subscription, which brings hints like the first and ends by itself.
"""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import structlog

from core.errors import NotSupported, OneOnOneError
from core.model.calendar import CalendarId, Cursor
from core.model.series import Connection, ConnectionId
from core.ports import CalendarFeature, PushPort, Subscription, Suite
from core.service.hearing import is_heard_through_guests, note_unheard
from core.store import Transaction
from webhook_app.config import Settings
from webhook_app.jobs.clock import utc_now
from webhook_app.wiring import App

log = structlog.get_logger()

TTL = timedelta(days=30)
"""Asked for; a suite may promise less."""
MARGIN = timedelta(hours=2)
"""Renewed so long before the end, or in the last third of a shorter life; polls go on anyway."""
AGAIN = timedelta(minutes=15)
"""Until the next try where a suite refused; polling goes on meanwhile."""
RECHECK = timedelta(hours=1)
"""Until the next look whether a calendar still needs no channel of its own."""
LONGEST_ROUND = 10.0
"""Seconds of one round: the same thread reads the calendars."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """One calendar's subscription, or why there is none."""

    subscription_id: str = ""
    expires: datetime | None = None
    callback: str = ""
    due: datetime
    """When to do something about it."""
    trouble: str = ""

    def text(self) -> str:
        """Return it as it is kept."""
        return json.dumps(
            {
                "id": self.subscription_id,
                "expires": self.expires.isoformat() if self.expires else "",
                "callback": self.callback,
                "due": self.due.isoformat(),
                "trouble": self.trouble,
            }
        )

    def subscription(self, calendar_id: CalendarId) -> Subscription | None:
        """Return it in the port's words."""
        if not self.subscription_id or self.expires is None:
            return None
        return Subscription(
            subscription_id=self.subscription_id, calendar_id=calendar_id, expires_at=self.expires
        )


def kept(tx: Transaction, connection_id: ConnectionId, calendar_id: CalendarId) -> Kept | None:
    """Return what is known of a calendar's subscription."""
    text = tx.cursor(connection_id, _subject(calendar_id))
    if text is None:
        return None
    data = json.loads(text)
    return Kept(
        subscription_id=data["id"],
        expires=datetime.fromisoformat(data["expires"]) if data["expires"] else None,
        callback=data["callback"],
        due=datetime.fromisoformat(data["due"]),
        trouble=data["trouble"],
    )


def renew_soon(
    tx: Transaction, connection_id: ConnectionId, calendar_id: CalendarId, now: datetime
) -> None:
    """Let the next round look after a subscription, whenever it was due before."""
    known = kept(tx, connection_id, calendar_id)
    if known is not None and known.due > now:
        text = Cursor(replace(known, due=now).text())
        tx.put_cursor(connection_id, _subject(calendar_id), text)


def _subject(calendar_id: CalendarId) -> str:
    return f"push {calendar_id}"


def pushes_wanted(settings: Settings) -> bool:
    """Tell whether suites can reach us: they call public https addresses only."""
    if settings.push == "auto":
        return settings.public_url.startswith("https://")
    return settings.push == "on"


def sign_of(connection_id: ConnectionId) -> str:
    """Name a connection in an address that stands in others' logs: it shows nobody."""
    return hashlib.sha256(f"push {connection_id}".encode()).hexdigest()[:16]


def callback_url(settings: Settings, connection: Connection) -> str:
    """Return where a connection's announcements go."""
    root = settings.public_url.rstrip("/")
    return f"{root}/hooks/{connection.suite}?c={sign_of(connection.connection_id)}"


class Upkeep:
    """Does what is due, calendar by calendar, a little at a time."""

    def __init__(self, app: App, clock: Callable[[], datetime] = utc_now) -> None:
        self._app = app
        self._clock = clock

    def round(self) -> int:
        """Subscribe and renew where it is time; return how often. Troubles are kept."""
        if not pushes_wanted(self._app.settings):
            return 0
        started, done = time.monotonic(), 0
        with self._app.store.transaction() as tx:
            connections = tx.connections()
        for connection in connections:
            if time.monotonic() - started > LONGEST_ROUND:
                break
            done += self._look_after(connection)
        return done

    def _look_after(self, connection: Connection) -> int:
        callback, now = callback_url(self._app.settings, connection), self._clock()
        with self._app.store.transaction() as tx:
            known = {c: kept(tx, connection.connection_id, c) for c in connection.calendars}
        due = {c: k for c, k in known.items() if _is_due(k, callback, now)}
        if not due:
            return 0
        suite = self._suite(connection)
        if suite is None or suite.push is None:
            return 0
        done = 0
        for calendar_id, before in due.items():
            if self._is_told(suite, connection, calendar_id, now):
                # What still lives ends by itself.
                old = before if before and before.callback == callback else None
                fresh = replace(old or Kept(due=now, callback=callback), due=now + RECHECK)
            else:
                fresh = self._asked(suite.push, calendar_id, before, callback)
                done += 1
            with self._app.store.transaction() as tx:
                text = Cursor(fresh.text())
                tx.put_cursor(connection.connection_id, _subject(calendar_id), text)
        return done

    def _suite(self, connection: Connection) -> Suite | None:
        try:
            return self._app.services.suite_of(connection)
        except OneOnOneError:
            # Reading its calendars says the same, and to more purpose.
            return None

    def _is_told(
        self, suite: Suite, connection: Connection, calendar_id: CalendarId, now: datetime
    ) -> bool:
        """Tell, and keep, whether the guests' channels announce whatever matters here."""
        if CalendarFeature.GUESTS_TELL not in suite.calendar.features:
            return False
        with self._app.store.transaction() as tx:

            def lives(theirs: Connection, calendar: CalendarId) -> bool:
                known = kept(tx, theirs.connection_id, calendar)
                ends = known.expires if known and not known.trouble else None
                return ends is not None and ends > now

            told = is_heard_through_guests(tx, connection, calendar_id, lives)
            note_unheard(tx, calendar_id, unheard=told)
        return told

    def _asked(
        self, port: PushPort, calendar_id: CalendarId, before: Kept | None, callback: str
    ) -> Kept:
        old = before.subscription(calendar_id) if before else None
        now = self._clock()
        try:
            if old and before and before.callback == callback:
                made = port.renew(old, ttl=TTL)
            else:
                if old:
                    port.unsubscribe(old)
                made = port.subscribe(calendar_id, callback, ttl=TTL)
        except OneOnOneError as err:
            log.warning("no_push", error=type(err).__name__)
            wait = timedelta(days=1) if isinstance(err, NotSupported) else AGAIN
            return Kept(
                subscription_id=before.subscription_id if before else "",
                expires=before.expires if before else None,
                callback=before.callback if before else "",
                due=now + wait,
                trouble=str(err),
            )
        return Kept(
            subscription_id=made.subscription_id,
            expires=made.expires_at,
            callback=callback,
            due=_renewal(now, made.expires_at),
        )


def _renewal(now: datetime, expires: datetime) -> datetime:
    return max(expires - MARGIN, now + (expires - now) * 2 / 3)


def _is_due(known: Kept | None, callback: str, now: datetime) -> bool:
    if known is None or known.due <= now:
        return True
    return not known.trouble and known.callback != callback


def stop_pushes(app: App, connection: Connection) -> int:
    """End a connection's subscriptions; return how many. What is gone already is no error."""
    ended = 0
    for calendar_id in connection.calendars:
        with app.store.transaction() as tx:
            known = kept(tx, connection.connection_id, calendar_id)
        old = known.subscription(calendar_id) if known else None
        port = app.services.suite_of(connection).push if old else None
        if old and port:
            port.unsubscribe(old)
            ended += 1
        with app.store.transaction() as tx:
            tx.put_cursor(connection.connection_id, _subject(calendar_id), None)
    return ended
