"""Subscriptions: validation while the POST is open, notifications, lifecycle, renewal, expiry."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import count
from typing import TYPE_CHECKING, Literal

from tests.servers.graph import callbacks, ids
from tests.servers.graph.answers import Answer, GraphError, Json, bad_request, many, nothing, one
from tests.servers.graph.clock import stamp
from tests.servers.graph.event_json import etag
from tests.servers.graph.mailbox_state import Item, Mailbox
from tests.servers.graph.routing import Ask, RouteTable

if TYPE_CHECKING:
    from tests.servers.graph.state import State

routes = RouteTable()
LONGEST = {"events": timedelta(minutes=10_080), "tasks": timedelta(minutes=4_230)}
SHORTEST = timedelta(minutes=45)
GIVE_UP = timedelta(hours=4)
Lifecycle = Literal["reauthorizationRequired", "subscriptionRemoved", "missed"]


@dataclass(slots=True, kw_only=True)
class Subscription:
    """One app's wish to be told."""

    subscription_id: str
    app_id: str
    address: str
    kind: str
    list_id: str | None
    immutable: bool
    """Taken from the Prefer header at creation, for good."""
    wanted: Json
    expires: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """One notification on its way."""

    url: str
    item: Json
    since: datetime
    subscription_id: str


@dataclass(slots=True)
class Push:
    """Holds the subscriptions and what has still to be delivered."""

    subscriptions: dict[str, Subscription] = field(default_factory=dict)
    pending: list[Delivery] = field(default_factory=list)
    numbers: Iterable[int] = field(default_factory=lambda: count(1))
    duplicate: bool = False
    """Deliver everything twice."""
    reverse: bool = False
    """Deliver in the wrong order."""
    silent: bool = False
    """Lose notifications without a word."""

    def event_changed(self, state: State, box: Mailbox, item: Item, kind: str) -> None:
        for one_ in self.live(state, box.address, "events", None):
            made = box.id_of(item, None, immutable=one_.immutable)
            tag = etag(box, item)
            self._queue(state, one_, kind, f"Users/{box.user_id}/Events/{made}", made, tag)

    def task_changed(self, state: State, box: Mailbox, list_id: str, task: Json, kind: str) -> None:
        for one_ in self.live(state, box.address, "tasks", list_id):
            path = f"Users/{box.user_id}/todo/lists/{list_id}/tasks/{task['id']}"
            self._queue(state, one_, kind, path, task["id"], task.get("@odata.etag", ""))

    def live(
        self, state: State, address: str, kind: str, list_id: str | None
    ) -> list[Subscription]:
        """List who is to be told; what has expired is forgotten."""
        now = state.clock.now()
        for one_ in [s for s in self.subscriptions.values() if s.expires <= now]:
            del self.subscriptions[one_.subscription_id]
        return [
            s
            for s in self.subscriptions.values()
            if (s.address, s.kind, s.list_id) == (address, kind, list_id)
        ]

    def _queue(
        self, state: State, to: Subscription, kind: str, path: str, made: str, tag: str
    ) -> None:
        if self.silent or kind not in to.wanted["changeType"].split(","):
            return
        data = {"@odata.type": f"#Microsoft.Graph.{'Event' if to.kind == 'events' else 'TodoTask'}",
                "@odata.id": path, "@odata.etag": tag, "id": made}  # fmt: skip
        item = {
            **self._head(state, to),
            "id": ids.guid("notification", str(next(iter(self.numbers)))),
            "changeType": kind,
            "resource": path,
            "resourceData": data,
        }
        url = to.wanted["notificationUrl"]
        self._add(state, to, url, item)

    def _head(self, state: State, to: Subscription) -> Json:
        return {
            "subscriptionId": to.subscription_id,
            "subscriptionExpirationDateTime": stamp(to.expires),
            "tenantId": state.tenant.tenant_id,
            "clientState": to.wanted.get("clientState"),
        }

    def _add(self, state: State, to: Subscription, url: str, item: Json) -> None:
        state.violations += [
            f"notification: {bad}" for bad in state.schema.check("changeNotification", item)
        ]
        state.answered.append(("changeNotification", item))
        self.pending.append(
            Delivery(
                url=url, item=item, since=state.clock.now(), subscription_id=to.subscription_id
            )
        )

    def lifecycle(self, state: State, subscription_id: str, event: Lifecycle) -> None:
        """Tell a subscriber of its subscription's fate; `subscriptionRemoved` removes it."""
        to = self.subscriptions[subscription_id]
        if event == "subscriptionRemoved":
            del self.subscriptions[subscription_id]
        url = to.wanted.get("lifecycleNotificationUrl")
        if url:
            self._add(state, to, url, {**self._head(state, to), "lifecycleEvent": event})

    def deliver(self, state: State) -> list[int]:
        """Post what is pending, one request an address; return the statuses (0: no answer)."""
        with state.lock:
            batch, self.pending = self.pending, []
        if self.reverse:
            batch.reverse()
        by_url: dict[str, list[Delivery]] = {}
        for delivery in batch * (2 if self.duplicate else 1):
            by_url.setdefault(delivery.url, []).append(delivery)
        statuses = []
        for url, deliveries in by_url.items():
            status = callbacks.post(
                url, {"value": [one_.item for one_ in deliveries]}, callbacks.DELIVERY_SECONDS
            )
            statuses.append(status)
            if not 200 <= status < 300:
                self._keep(state, deliveries)
        return statuses

    def _keep(self, state: State, deliveries: list[Delivery]) -> None:
        """Try again later, for four hours; then say that something was missed."""
        with state.lock:
            for delivery in deliveries:
                if state.clock.now() - delivery.since < GIVE_UP:
                    self.pending.append(delivery)
                elif delivery.subscription_id in self.subscriptions:
                    self.lifecycle(state, delivery.subscription_id, "missed")


@routes.on("POST", "/subscriptions", takes="subscription", locked=False)
def create_subscription(state: State, ask: Ask) -> Answer:
    """The caller must answer the validation calls before it gets its answer."""
    made = _read(state, ask)
    for key in ("notificationUrl", "lifecycleNotificationUrl"):
        if ask.body.get(key):
            callbacks.validate(ask.body[key])
    with state.lock:
        same = [s for s in state.push.live(state, made.address, made.kind, made.list_id)
                if s.wanted["changeType"] == made.wanted["changeType"]]  # fmt: skip
        if same:
            raise GraphError(409, "ObjectConflict", "Subscription already exists for the "
                             "specified resource and change type")  # fmt: skip
        state.push.subscriptions[made.subscription_id] = made
    return one("subscription", _shown(made), status=201)


def _read(state: State, ask: Ask) -> Subscription:
    body = ask.body
    for key in ("changeType", "notificationUrl", "resource", "expirationDateTime"):
        if not body.get(key):
            raise bad_request(f"{key} is required.", "InvalidRequest")
    if set(body["changeType"].split(",")) - {"created", "updated", "deleted"}:
        raise bad_request("changeType is not valid.", "InvalidRequest")
    if len(body.get("clientState") or "") > 128:
        raise bad_request("clientState is longer than 128.", "InvalidRequest")
    user, kind, list_id = _resource(body["resource"])
    box = state.tenant.mailbox(ask.claims.get("oid", "") if user == "me" else user)
    if not box.reachable:
        raise GraphError(403, "ExtensionError", "Operation: Create; Exception: Access is denied.")
    return Subscription(
        subscription_id=ids.guid("subscription", str(next(iter(state.push.numbers)))),
        app_id=ask.claims["appid"], address=box.address, kind=kind, list_id=list_id,
        immutable=ask.immutable, wanted=dict(body),
        expires=_expiry(state, body["expirationDateTime"], kind),
    )  # fmt: skip


def _resource(resource: str) -> tuple[str, str, str | None]:
    """Read users/{id}/events or users/{id}/todo/lists/{id}/tasks."""
    match resource.strip("/").split("/"):
        case ["users", user, "events"]:
            return user, "events", None
        case ["users", user, "todo", "lists", list_id, "tasks"]:
            return user, "tasks", list_id
        case ["me", "events"]:
            return "me", "events", None
        case ["me", "todo", "lists", list_id, "tasks"]:
            return "me", "tasks", list_id
    raise bad_request(f"Resource {resource!r} is not supported.", "InvalidRequest")


def _expiry(state: State, text: str, kind: str) -> datetime:
    now = state.clock.now()
    wanted = datetime.fromisoformat(text)
    if wanted - now > LONGEST[kind] + timedelta(minutes=1):
        minutes = int(LONGEST[kind].total_seconds() // 60)
        raise bad_request(f"Subscription expiration can only be {minutes} minutes in the future.",
                          "InvalidRequest")  # fmt: skip
    if wanted <= now:
        raise bad_request("Subscription expiration must be in the future.", "InvalidRequest")
    return max(wanted, now + SHORTEST)


def _shown(one_: Subscription) -> Json:
    return {
        "id": one_.subscription_id,
        "resource": one_.wanted["resource"],
        "applicationId": one_.app_id,
        "changeType": one_.wanted["changeType"],
        "clientState": one_.wanted.get("clientState"),
        "notificationUrl": one_.wanted["notificationUrl"],
        "lifecycleNotificationUrl": one_.wanted.get("lifecycleNotificationUrl"),
        "expirationDateTime": stamp(one_.expires),
        "creatorId": one_.app_id,
        "includeResourceData": None,
        "latestSupportedTlsVersion": "v1_2",
    }


def _own(state: State, ask: Ask, subscription_id: str) -> Subscription:
    now = state.clock.now()
    found = state.push.subscriptions.get(subscription_id)
    if found is None or found.expires <= now or found.app_id != ask.claims["appid"]:
        raise GraphError(404, "ResourceNotFound", "The object was not found.")
    return found


@routes.on("GET", "/subscriptions")
def list_subscriptions(state: State, ask: Ask) -> Answer:
    now, app = state.clock.now(), ask.claims["appid"]
    live = [s for s in state.push.subscriptions.values() if s.expires > now and s.app_id == app]
    return many("subscription", [_shown(found) for found in live])


@routes.on("GET", "/subscriptions/{subscription-id}")
def read_subscription(state: State, ask: Ask, subscription_id: str) -> Answer:
    return one("subscription", _shown(_own(state, ask, subscription_id)))


@routes.on("PATCH", "/subscriptions/{subscription-id}", takes="subscription")
def renew_subscription(state: State, ask: Ask, subscription_id: str) -> Answer:
    found = _own(state, ask, subscription_id)
    if set(ask.body) - {"expirationDateTime", "@odata.type"}:
        raise bad_request("Only expirationDateTime can be changed.", "InvalidRequest")
    found.expires = _expiry(state, ask.body["expirationDateTime"], found.kind)
    return one("subscription", _shown(found))


@routes.on("DELETE", "/subscriptions/{subscription-id}")
def delete_subscription(state: State, ask: Ask, subscription_id: str) -> Answer:
    del state.push.subscriptions[_own(state, ask, subscription_id).subscription_id]
    return nothing()
