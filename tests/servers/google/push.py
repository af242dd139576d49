"""Push channels: empty, unsigned posts that end one day without a word."""

from __future__ import annotations

import itertools
import queue
import threading
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from http import HTTPStatus
from urllib.parse import urlsplit

import requests

from .answers import ApiError, Json, invalid, not_found, required
from .calendar_state import Calendar, Row

USUAL = timedelta(days=7)
LOOPBACK = ("127.0.0.1", "localhost", "::1")


@dataclass(slots=True, kw_only=True)
class Channel:
    id: str
    calendar_id: str
    owner: str
    address: str
    token: str
    expires: datetime
    resource_id: str
    messages: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """One notification and what the receiver answered."""

    channel_id: str
    address: str
    headers: dict[str, str]
    status: int | None = None
    """None: nobody answered, or it was lost on purpose."""


@dataclass(slots=True)
class PushState:
    now: Callable[[], datetime]
    channels: dict[str, Channel] = field(default_factory=dict)
    deliveries: list[Delivery] = field(default_factory=list)
    longest: timedelta = USUAL
    """A channel's life at most: Google names only the usual one, others were given a month."""
    lose_next: int = 0
    """So many notifications get lost on the way."""
    _used: set[str] = field(default_factory=set)
    _waiting: queue.Queue[Delivery | None] = field(default_factory=queue.Queue)
    _gaps: itertools.cycle[int] = field(default_factory=lambda: itertools.cycle((1, 3, 2)))

    def open(self, channel: Channel) -> None:
        if channel.id in self._used:
            raise ApiError(400, "channelIdNotUnique", f"Channel id {channel.id} not unique")
        self._used.add(channel.id)
        self.channels[channel.id] = channel
        self._post(channel, "sync")

    def changed(self, calendar: Calendar, row: Row) -> None:
        """Tell every living channel of a calendar; an expired one is just silent."""
        for channel in self.channels.values():
            if channel.calendar_id == calendar.id and channel.expires > self.now():
                self._post(channel, "exists")

    def _post(self, channel: Channel, state: str) -> None:
        channel.messages += 1 if state == "sync" else next(self._gaps)
        headers = {
            "Content-Type": "text/plain; charset=utf-8",
            "User-Agent": "APIs-Google; (+https://developers.google.com/webmasters/APIs-Google.html)",
            "X-Goog-Channel-ID": channel.id,
            "X-Goog-Channel-Expiration": format_datetime(channel.expires, usegmt=True),
            "X-Goog-Message-Number": str(channel.messages),
            "X-Goog-Resource-ID": channel.resource_id,
            "X-Goog-Resource-State": state,
            "X-Goog-Resource-URI": resource_uri(channel.calendar_id),
        }
        if channel.token:
            headers["X-Goog-Channel-Token"] = channel.token
        delivery = Delivery(channel_id=channel.id, address=channel.address, headers=headers)
        if self.lose_next and state != "sync":
            self.lose_next -= 1
            self.deliveries.append(delivery)
            return
        self._waiting.put(delivery)

    def run(self) -> None:
        """Deliver until stopped: the body of a thread."""
        with requests.Session() as session:
            while (delivery := self._waiting.get()) is not None:
                self.deliveries.append(_delivered(session, delivery))
                self._waiting.task_done()
        self._waiting.task_done()

    def start(self) -> threading.Thread:
        thread = threading.Thread(target=self.run, name="google-push", daemon=True)
        thread.start()
        return thread

    def stop(self, thread: threading.Thread) -> None:
        self._waiting.put(None)
        thread.join(timeout=20)

    def flush(self) -> None:
        """Wait until everything that is under way has arrived or failed."""
        self._waiting.join()


def _delivered(session: requests.Session, delivery: Delivery) -> Delivery:
    """A receiver in trouble (5xx) is asked three times, any other answer is final."""
    status: int | None = None
    for _ in range(3):
        try:
            answer = session.post(
                delivery.address, data=b"", headers=delivery.headers, timeout=(2, 5)
            )
        except requests.RequestException:
            break
        status = answer.status_code
        if status < HTTPStatus.INTERNAL_SERVER_ERROR:
            break
    return Delivery(
        channel_id=delivery.channel_id,
        address=delivery.address,
        headers=delivery.headers,
        status=status,
    )


def resource_uri(calendar_id: str) -> str:
    return f"https://www.googleapis.com/calendar/v3/calendars/{calendar_id}/events?alt=json"


def channel_of(
    body: Json, calendar: Calendar, owner: str, now: datetime, longest: timedelta
) -> Channel:
    """A watch request's body as a channel, or a refusal."""
    for name in ("id", "address"):
        if not body.get(name):
            raise required(f"Required field {name} is missing.")
    if body.get("type") not in ("web_hook", "webhook"):
        raise invalid("Unknown channel type")
    if len(body["id"]) > 64 or len(body.get("token", "")) > 256:
        raise invalid("Channel id or token is too long.")
    _check_address(body["address"])
    return Channel(
        id=body["id"],
        calendar_id=calendar.id,
        owner=owner,
        address=body["address"],
        token=body.get("token", ""),
        expires=_expiry(body, now, longest),
        resource_id=uuid.uuid5(uuid.NAMESPACE_URL, calendar.id).hex[:22],
    )


def _check_address(address: str) -> None:
    """Google wants https; on loopback the stand-in is content with http."""
    parts = urlsplit(address)
    if parts.scheme != "https" and parts.hostname not in LOOPBACK:
        raise ApiError(400, "push.webhookUrlNotHttps", f"WebHook callback must be HTTPS: {address}")


def _expiry(body: Json, now: datetime, longest: timedelta) -> datetime:
    ttl = timedelta(seconds=int(body.get("params", {}).get("ttl", USUAL.total_seconds())))
    if "expiration" in body:
        asked = datetime.fromtimestamp(int(body["expiration"]) / 1000, UTC)
        return min(asked, now + longest)
    return now + min(ttl, longest)


def shown(channel: Channel) -> Json:
    answer = {
        "kind": "api#channel",
        "id": channel.id,
        "resourceId": channel.resource_id,
        "resourceUri": resource_uri(channel.calendar_id),
        "expiration": str(int(channel.expires.timestamp() * 1000)),
    }
    return answer | ({"token": channel.token} if channel.token else {})


def stop_channel(state: PushState, body: Json, owner: str) -> None:
    channel = state.channels.get(body.get("id", ""))
    known = channel is not None and channel.resource_id == body.get("resourceId")
    if channel is None or not known or channel.owner != owner or channel.expires <= state.now():
        raise not_found(f"Channel '{body.get('id')}' not found for project")
    del state.channels[channel.id]
