"""Webhook endpoints: made, changed, given a new secret, tried, sent to again."""

from __future__ import annotations

import base64
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime

from core.errors import InvalidInput, NotFound
from core.model.webhooks import (
    Delivery,
    DeliveryState,
    Endpoint,
    EndpointState,
    EventName,
    Posted,
    Secret,
    Waiting,
)
from core.ports import Poster
from core.service.deliver import payload, signed
from core.service.outgoing import enqueue
from core.store import Transaction
from core.webhooks import OLD_SECRET, PREFIX, secret_bytes

Random = Callable[[int], bytes]
MOST = 20
"""Endpoints of one person."""


def new_secret(random: Random) -> str:
    """Return a secret of 256 bits."""
    return PREFIX + base64.b64encode(random(32)).decode()


def add_endpoint(
    tx: Transaction,
    *,
    owner: str,
    url: str,
    events: Sequence[EventName],
    content: bool,
    token_id: str = "",
    all_pairs: bool = False,
    secret: str = "",
    random: Random,
    now: datetime,
) -> Endpoint:
    """Make an endpoint; the caller has checked the URL. Raise InvalidInput."""
    if not events:
        raise InvalidInput(f"events: name at least one of {', '.join(EventName)}")
    if content and all_pairs:
        raise InvalidInput("content: an endpoint for everybody's events gets ids and counts only")
    if len(tx.nouns(Endpoint, owner)) >= MOST:
        raise InvalidInput(f"one person has at most {MOST} webhooks: delete one first")
    text = secret or new_secret(random)
    secret_bytes(text)
    endpoint = Endpoint(
        endpoint_id=random(8).hex(),
        owner=owner,
        token_id=token_id,
        all_pairs=all_pairs,
        url=url,
        events=tuple(e for e in EventName if e in events),
        content=content,
        secrets=(Secret(text=text),),
        created_at=now,
    )
    tx.put_noun(endpoint)
    return endpoint


def change_endpoint(
    tx: Transaction,
    endpoint: Endpoint,
    *,
    url: str | None = None,
    events: Sequence[EventName] | None = None,
    content: bool | None = None,
    paused: bool | None = None,
) -> Endpoint:
    """Change what is given. A new URL brings an endpoint that was gone back. Raise InvalidInput."""
    if events is not None and not events:
        raise InvalidInput("events: name at least one")
    if content and endpoint.all_pairs:
        raise InvalidInput("content: an endpoint for everybody's events gets ids and counts only")
    state = endpoint.state
    if paused is not None:
        state = EndpointState.PAUSED if paused else EndpointState.ACTIVE
    elif url is not None and url != endpoint.url:
        state = EndpointState.ACTIVE
    changed = replace(
        endpoint,
        url=endpoint.url if url is None else url,
        events=endpoint.events if events is None else tuple(e for e in EventName if e in events),
        content=endpoint.content if content is None else content,
        state=state,
        silent_until=None,
    )
    tx.put_noun(changed)
    return changed


def rotate(tx: Transaction, endpoint: Endpoint, *, random: Random, now: datetime) -> Endpoint:
    """Give a new secret; the old one signs beside it for a day."""
    old = tuple(
        replace(s, until=s.until or now + OLD_SECRET)
        for s in endpoint.secrets
        if s.until is None or s.until > now
    )
    rotated = replace(endpoint, secrets=(Secret(text=new_secret(random)), *old))
    tx.put_noun(rotated)
    return rotated


def remove_endpoint(tx: Transaction, endpoint: Endpoint) -> None:
    """Forget it and all that waits: no request goes there any more."""
    for waiting in tx.nouns(Waiting, endpoint.endpoint_id):
        tx.remove_noun(Waiting, waiting.key)
    for delivery in tx.nouns(Delivery, endpoint.endpoint_id):
        tx.remove_noun(Delivery, delivery.key)
    tx.remove_noun(Endpoint, endpoint.endpoint_id)


def resend(tx: Transaction, endpoint: Endpoint, key: str, now: datetime) -> Delivery:
    """Send one delivery again: the same id, one more attempt. Raise NotFound."""
    found = tx.noun(Delivery, key)
    if found is None or found.endpoint_id != endpoint.endpoint_id:
        raise NotFound("there is no such delivery of this webhook")
    if endpoint.state is not EndpointState.ACTIVE:
        raise InvalidInput("this webhook is switched off: switch it on first")
    again = replace(found, state=DeliveryState.WAITING, next_at=now)
    tx.put_noun(replace(endpoint, silent_until=None))
    enqueue(tx, again, now)
    return again


def send_test(endpoint: Endpoint, poster: Poster, *, random: Random, now: datetime) -> Posted:
    """Send a made-up event at once; return what came of it."""
    body = payload("webhook.test", now, {"text": "vieraugen: this is a test"})
    return poster.post(
        endpoint.url, signed(endpoint, f"msg_test_{random(8).hex()}", body, now), body
    )
