"""Change notifications of Graph: unsigned, repeated, in any order, and gone after a week."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

from adapters.outlook import models
from adapters.outlook.calendar_id import calendar_id_of
from adapters.outlook.lenient import moment
from adapters.outlook.settings import OutlookSettings
from adapters.outlook.wire import AlreadyThere, Json, Wire
from core.errors import NotFound, NotSupported
from core.model.calendar import CalendarId
from core.ports import Announcement, PushReply, PushRequest, Subscription

LONGEST = timedelta(minutes=10_065)
"""Graph allows 10,080 minutes by its own clock."""
CHANGES = "created,updated,deleted"
RENEW = frozenset({"reauthorizationRequired", "subscriptionRemoved"})
"""Lifecycle events after which there is no subscription, or soon none; `missed` only says look."""
STATE_LIMIT = 128
BIGGEST = 1024 * 1024
TOKEN_LIMIT = 4096


class OutlookPush:
    """clientState is the only proof of who calls, so it names the calendar and is signed by us."""

    def __init__(
        self, *, settings: OutlookSettings, account: str, wire: Wire, now: Callable[[], datetime]
    ) -> None:
        self._secret = settings.push_secret
        self._account = account
        self._own = calendar_id_of(account)
        self._wire = wire
        self._now = now

    def subscribe(
        self, calendar_id: CalendarId, callback_url: str, *, ttl: timedelta
    ) -> Subscription:
        """Graph calls the address before it answers: another thread has to serve it."""
        content = {
            "changeType": CHANGES,
            "notificationUrl": callback_url,
            "lifecycleNotificationUrl": callback_url,
            "resource": self._resource,
            "clientState": self._state(calendar_id),
            "expirationDateTime": _stamp(self._until(ttl)),
        }
        try:
            made = self._post(content)
        except AlreadyThere:
            self._remove_old()
            made = self._post(content)
        return _subscription(content | made, calendar_id, callback_url)

    @property
    def _resource(self) -> str:
        return f"users/{self._account}/events"

    def _until(self, ttl: timedelta) -> datetime:
        return self._now().astimezone(UTC) + min(ttl, LONGEST)

    def _post(self, content: Json) -> Json:
        builder = self._wire.client.subscriptions
        request = builder.to_post_request_information(models.subscription(content))
        return self._wire.send(request)

    def _remove_old(self) -> None:
        """Graph holds one subscription a mailbox and app: an earlier one of ours is in the way."""
        for each in list(self._wire.pages("/subscriptions")):
            if str(each.get("resource", "")).strip("/").lower() == self._resource.lower():
                self._delete(str(each["id"]))

    def renew(self, subscription: Subscription, *, ttl: timedelta) -> Subscription:
        """Prolonging also answers reauthorizationRequired; one that is gone is made anew."""
        subscription_id, callback_url = subscription.subscription_id.split(" ", 1)
        one = self._wire.client.subscriptions.by_subscription_id(subscription_id)
        wanted = {"id": subscription_id, "expirationDateTime": _stamp(self._until(ttl))}
        content = models.subscription({"expirationDateTime": wanted["expirationDateTime"]})
        try:
            answer = self._wire.send(one.to_patch_request_information(content))
        except NotFound:
            return self.subscribe(subscription.calendar_id, callback_url, ttl=ttl)
        return _subscription(wanted | answer, subscription.calendar_id, callback_url)

    def unsubscribe(self, subscription: Subscription) -> None:
        self._delete(subscription.subscription_id.split(" ", 1)[0])

    def _delete(self, subscription_id: str) -> None:
        one = self._wire.client.subscriptions.by_subscription_id(subscription_id)
        try:
            self._wire.send(one.to_delete_request_information())
        except NotFound:
            return

    def receive(self, request: PushRequest) -> PushReply:
        """Answer the handshake with its own token, as text/plain.

        A notification names a calendar only with our own clientState. Lifecycle events count as
        "may have changed" too, and two of them want the subscription renewed. What is not ours
        is left out beside what is; where nothing is ours, all of it is refused.
        """
        token = request.query.get("validationToken")
        if token is not None:
            good = 0 < len(token) <= TOKEN_LIMIT
            return PushReply(status=200, body=token) if good else PushReply(status=400)
        if len(request.body) > BIGGEST:
            return PushReply(status=413)
        try:
            items = json.loads(request.body)["value"]
        except (ValueError, KeyError, TypeError, RecursionError):
            return PushReply(status=400)
        found = list(self._named(items if isinstance(items, list) else []))
        if items and not found:
            return PushReply(status=403)
        return PushReply(
            status=202,
            changed=tuple(dict.fromkeys(calendar for calendar, _ in found)),
            told=tuple(Announcement(calendar_id=c, source_id=_source_id(i)) for c, i in found),
            renew=tuple(dict.fromkeys(c for c, i in found if i.get("lifecycleEvent") in RENEW)),
        )

    def _named(self, items: list[Any]) -> Iterator[tuple[CalendarId, Json]]:
        for item in items:
            state = item.get("clientState") if isinstance(item, dict) else None
            calendar_id = self._calendar_of(state) if isinstance(state, str) else None
            if calendar_id is not None:
                yield calendar_id, item

    def _state(self, calendar_id: CalendarId) -> str:
        state = f"{self._mac(calendar_id)} {calendar_id}"
        if len(state) > STATE_LIMIT:
            raise NotSupported("This address is too long for Graph's notifications: it is polled.")
        return state

    def _mac(self, calendar_id: str) -> str:
        digest = hmac.new(self._secret, calendar_id.encode(), hashlib.sha256).digest()[:16]
        return base64.urlsafe_b64encode(digest).decode().rstrip("=")

    def _calendar_of(self, state: str) -> CalendarId | None:
        given, _, calendar_id = state.partition(" ")
        try:
            same = hmac.compare_digest(given.encode(), self._mac(calendar_id).encode())
        except UnicodeEncodeError:  # half a character, which JSON can hold
            return None
        return CalendarId(calendar_id) if same and calendar_id == self._own else None


def _subscription(made: Json, calendar_id: CalendarId, callback_url: str) -> Subscription:
    return Subscription(
        subscription_id=f"{made['id']} {callback_url}",
        calendar_id=calendar_id,
        expires_at=moment(made["expirationDateTime"]),
    )


def _source_id(item: Json) -> str:
    """Name a notification: by Graph's id, which is optional, else by which state of what it tells.

    A repeated one tells of the same ETag. Where there is neither, each counts as a new one.
    """
    if isinstance(item.get("id"), str):
        return f"{item.get('subscriptionId')} {item['id']}"[:STATE_LIMIT]
    data = item.get("resourceData")
    etag = data.get("@odata.etag") if isinstance(data, dict) else None
    if not etag:
        return ""
    parts = (item.get("subscriptionId"), item.get("changeType"), item.get("resource"), etag)
    return hashlib.sha256(repr(parts).encode()).hexdigest()[:32]


def _stamp(moment: datetime) -> str:
    return moment.isoformat(timespec="seconds").replace("+00:00", "Z")
