"""Push channels of Google Calendar: unsigned, empty, and gone after a week."""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import secrets
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from adapters.google.settings import GoogleSettings
from adapters.google.wire import Json, Wire, api
from core.errors import AccountDisconnected, NotFound, PermissionDenied, UnexpectedResponse
from core.model.calendar import CalendarId
from core.ports import Announcement, PushReply, PushRequest, Subscription

LONGEST = timedelta(days=30)
"""Asked for at most. Google says how long it really lives: a week by default."""
MAC_LENGTH = 32
BORN = 13
"""Characters at the head of a channel's id that say when it was opened; ids grow with time."""
USUAL = timedelta(days=7)
"""A channel's life where nothing is said about it."""
NAME_LIMIT = 200
"""Characters of an announcement's id."""


class GooglePush:
    """The channel's token is the only proof of who calls, so it is a signature of ours.

    It covers channel, calendar and expiry: checking it needs no storage, and a channel of
    another installation or an old one is refused.
    """

    def __init__(
        self, *, settings: GoogleSettings, wire: Wire, now: Callable[[], datetime]
    ) -> None:
        self._secret = settings.push_secret
        self._wire = wire
        self._now = now
        self._api = api("calendar", settings.api_root)
        self._youngest: dict[CalendarId, str] = {}
        """Of the channels that were heard: while two overlap, only the younger one counts."""

    def subscribe(
        self, calendar_id: CalendarId, callback_url: str, *, ttl: timedelta
    ) -> Subscription:
        expires = self._now() + min(ttl, LONGEST)
        try:
            channel_id, answer = self._watch(calendar_id, callback_url, expires)
        except UnexpectedResponse:
            # Nobody documents the longest life; none asked for is always right.
            expires = self._now() + min(ttl, USUAL)
            channel_id, answer = self._watch(calendar_id, callback_url, expires, asked=False)
        return Subscription(
            subscription_id=f"{channel_id} {answer.get('resourceId', '')} {callback_url}",
            calendar_id=calendar_id,
            expires_at=_end(answer, expires),
        )

    def _watch(
        self, calendar_id: CalendarId, callback_url: str, expires: datetime, *, asked: bool = True
    ) -> tuple[str, Json]:
        channel_id = f"t{int(self._now().timestamp() * 1000):012x}{secrets.token_hex(10)}"
        body = {
            "id": channel_id,
            "type": "web_hook",
            "address": callback_url,
            "token": self._token(channel_id, calendar_id, expires),
        }
        if asked:
            body["expiration"] = str(int(expires.timestamp() * 1000))
        # A new channel id each time: a second try opens a second channel and harms nobody.
        request = self._api.events().watch(calendarId=calendar_id, body=body)
        return channel_id, self._wire.send(request, again=False)

    def renew(self, subscription: Subscription, *, ttl: timedelta) -> Subscription:
        """Open a new channel: nothing falls in between. The old one soon ends by itself."""
        _, _, callback_url = subscription.subscription_id.split(" ", 2)
        return self.subscribe(subscription.calendar_id, callback_url, ttl=ttl)

    def unsubscribe(self, subscription: Subscription) -> None:
        channel_id, resource_id, _ = subscription.subscription_id.split(" ", 2)
        body = {"id": channel_id, "resourceId": resource_id}
        try:
            self._wire.send(self._api.channels().stop(body=body))
        except (NotFound, AccountDisconnected, PermissionDenied, UnexpectedResponse):
            # It has ended, or ends by itself within the week.
            return

    def receive(self, request: PushRequest) -> PushReply:
        head = {name.lower(): value for name, value in request.headers.items()}
        channel_id, token = head.get("x-goog-channel-id"), head.get("x-goog-channel-token")
        calendar_id = self._calendar_of(channel_id or "", token or "")
        if calendar_id is None:
            return PushReply(status=404)
        if self._is_replaced(calendar_id, channel_id or ""):
            return PushReply(status=204)
        if head.get("x-goog-resource-state") == "sync":
            return PushReply(status=204)
        number = head.get("x-goog-message-number", "")
        # Numbers grow within a channel; a channel's repeated message keeps its own.
        source_id = f"{channel_id} {number}" if number.isdecimal() else ""
        told = Announcement(calendar_id=calendar_id, source_id=source_id[:NAME_LIMIT])
        return PushReply(status=204, changed=(calendar_id,), told=(told,))

    def _is_replaced(self, calendar_id: CalendarId, channel_id: str) -> bool:
        """Tell whether a younger channel of the same calendar tells the same."""
        born = channel_id[:BORN] if channel_id.startswith("t") else ""
        self._youngest[calendar_id] = max(born, self._youngest.get(calendar_id, ""))
        return born < self._youngest[calendar_id]

    def _token(self, channel_id: str, calendar_id: CalendarId, expires: datetime) -> str:
        plain = f"{int(expires.timestamp())} {calendar_id}".encode()
        sealed = plain + b" " + self._mac(channel_id, plain)
        return base64.urlsafe_b64encode(sealed).decode()

    def _mac(self, channel_id: str, plain: bytes) -> bytes:
        text = channel_id.encode() + b"\n" + plain
        return hmac.new(self._secret, text, hashlib.sha256).digest()

    def _calendar_of(self, channel_id: str, token: str) -> CalendarId | None:
        """Whose channel this is; None for one that is not ours or has ended."""
        try:
            sealed = base64.urlsafe_b64decode(token.encode())
            plain, given = sealed[: -MAC_LENGTH - 1], sealed[-MAC_LENGTH:]
            if not hmac.compare_digest(given, self._mac(channel_id, plain)):
                return None
            expires, _, calendar_id = plain.decode().partition(" ")
            lives = int(expires) >= self._now().timestamp()
        except (binascii.Error, ValueError):
            return None
        return CalendarId(calendar_id) if lives else None


def _end(answer: Json, asked: datetime) -> datetime:
    """Return when a channel ends: as Google says, in milliseconds, else as asked."""
    try:
        return datetime.fromtimestamp(int(answer["expiration"]) / 1000, UTC)
    except (KeyError, ValueError, TypeError, OverflowError):
        return asked
