"""Send what waits for an endpoint: in order per pair, again for three days, never after its end."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from core.model.actions import Action, ActionKind, ActionState
from core.model.agenda import TalkingPoint, Visibility, entry_id
from core.model.people import PairId
from core.model.webhooks import (
    Delivery,
    DeliveryState,
    Endpoint,
    EndpointState,
    Posted,
    Waiting,
)
from core.refs import pair_ref
from core.service.outgoing import reaches
from core.service.services import Services
from core.store import Transaction
from core.webhooks import hint, is_about_the_address, next_attempt, sign

AT_ONCE = 50
"""Requests of one run: the lane is given back in between."""
LOOKED_AT = 500
LONGEST_HINT = 300


def deliver(services: Services, endpoint_id: str, now: datetime) -> int:
    """Send what is due; ask for another run where something still waits. Return how many went."""
    sent = 0
    for _ in range(AT_ONCE):
        with services.store.transaction() as tx:
            endpoint = tx.noun(Endpoint, endpoint_id)
            if endpoint is None or endpoint.state is not EndpointState.ACTIVE:
                _clear(tx, endpoint_id)
                return sent
            chosen = _next(tx, endpoint, now)
            if not isinstance(chosen, Delivery):
                _again(tx, endpoint_id, chosen)
                return sent
            request = _request(tx, endpoint, chosen, now)
        if request is None:
            _forget(services, chosen)
            continue
        posted = _post(services, endpoint.url, *request)
        sent += 1
        _note(services, endpoint, chosen, posted, now)
    with services.store.transaction() as tx:
        _again(tx, endpoint_id, now)
    return sent


def _post(services: Services, url: str, headers: dict[str, str], body: bytes) -> Posted:
    if services.poster is None:
        return Posted(error="this process sends no webhooks: run `vieraugen serve`")
    return services.poster.post(url, headers, body)


def _next(tx: Transaction, endpoint: Endpoint, now: datetime) -> Delivery | datetime | None:
    """Return the delivery whose turn it is, else when to look again, else None."""
    if endpoint.silent_until is not None and endpoint.silent_until > now:
        return endpoint.silent_until if tx.nouns(Waiting, endpoint.key, limit=1) else None
    blocked: set[PairId] = set()
    soonest: datetime | None = None
    for waiting in tx.nouns(Waiting, endpoint.key, limit=LOOKED_AT):
        delivery = tx.noun(Delivery, waiting.key)
        if delivery is None or delivery.pair_id in blocked:
            continue
        if delivery.next_at <= now:
            return delivery
        blocked.add(delivery.pair_id)
        soonest = min(soonest or delivery.next_at, delivery.next_at)
    return soonest


def _again(tx: Transaction, endpoint_id: str, at: datetime | None) -> None:
    """Move the running action to its next time: a want would only bring it forward."""
    if at is None:
        return
    asked = Action(
        kind=ActionKind.DELIVER, subject=endpoint_id, due_at=at, lane=f"webhook {endpoint_id}"
    )
    known = tx.action(asked.key)
    wanted = known.wanted + 1 if known else 1
    tx.put_action(replace(asked, wanted=wanted, state=ActionState.DUE))


def _clear(tx: Transaction, endpoint_id: str) -> None:
    for waiting in tx.nouns(Waiting, endpoint_id):
        delivery = tx.noun(Delivery, waiting.key)
        if delivery is not None:
            tx.put_noun(replace(delivery, state=DeliveryState.GIVEN_UP))
        tx.remove_noun(Waiting, waiting.key)


def _forget(services: Services, delivery: Delivery) -> None:
    """Drop what may not be told any more."""
    with services.store.transaction() as tx:
        tx.put_noun(replace(delivery, state=DeliveryState.GIVEN_UP, hint="no longer allowed"))
        tx.remove_noun(Waiting, delivery.key)


def _request(
    tx: Transaction, endpoint: Endpoint, delivery: Delivery, now: datetime
) -> tuple[dict[str, str], bytes] | None:
    pair = tx.pair(delivery.pair_id)
    if pair is None or not reaches(tx, endpoint, pair):
        return None
    data: dict[str, Any] = {
        "pair": pair_ref(pair.pair_id),
        "series": delivery.series_id,
        "entry": delivery.entry or None,
        "count": delivery.count,
        "by": delivery.by or None,
        "sequence": delivery.number,
    }
    if endpoint.content and not endpoint.all_pairs:
        data["text"] = _text(tx, delivery)
    body = payload(delivery.event, delivery.at, data)
    return signed(endpoint, delivery.message_id, body, now), body


def _text(tx: Transaction, delivery: Delivery) -> str | None:
    """Return the words of a shared point or action item as they are now; of nothing else."""
    sheets = sorted(tx.sheets(delivery.series_id), key=lambda s: -s.number)
    for sheet in sheets:
        for section in sheet.agenda.shared().sections:
            for entry in section.entries:
                if entry_id(entry) == delivery.entry and delivery.entry:
                    hidden = isinstance(entry, TalkingPoint) and (
                        entry.visibility is not Visibility.SHARED
                    )
                    return None if hidden else entry.text
    return None


def payload(event: str, at: datetime, data: dict[str, Any]) -> bytes:
    """Return a body in the form that Standard Webhooks proposes."""
    whole = {"type": str(event), "timestamp": at.isoformat(), "data": data}
    return json.dumps(whole, ensure_ascii=False, separators=(",", ":")).encode()


def signed(endpoint: Endpoint, message_id: str, body: bytes, now: datetime) -> dict[str, str]:
    """Return a request's headers."""
    return {
        "content-type": "application/json",
        "user-agent": "vieraugen",
        "webhook-id": message_id,
        "webhook-timestamp": str(int(now.timestamp())),
        "webhook-signature": sign(endpoint.secrets, message_id, now, body),
    }


def _note(
    services: Services, endpoint: Endpoint, delivery: Delivery, posted: Posted, now: datetime
) -> None:
    tried = replace(
        delivery,
        attempts=delivery.attempts + 1,
        status=posted.status,
        hint=hint(endpoint.url, posted)[:LONGEST_HINT],
    )
    with services.store.transaction() as tx:
        current = tx.noun(Endpoint, endpoint.endpoint_id)
        if current is None:
            return
        if posted.arrived:
            tx.put_noun(replace(tried, state=DeliveryState.DELIVERED))
            tx.remove_noun(Waiting, delivery.key)
            if current.silent_until is not None:
                tx.put_noun(replace(current, silent_until=None))
            return
        again = next_attempt(tried, posted, now)
        if posted.status == 410:
            tx.put_noun(replace(current, state=EndpointState.GONE))
            again = None
        elif again is not None and is_about_the_address(posted):
            tx.put_noun(replace(current, silent_until=again))
        if again is None:
            tx.put_noun(replace(tried, state=DeliveryState.GIVEN_UP))
            tx.remove_noun(Waiting, delivery.key)
        else:
            tx.put_noun(replace(tried, next_at=again))


def queue_of(tx: Transaction, endpoint_id: str) -> Sequence[Waiting]:
    """Return what waits for an endpoint."""
    return tx.nouns(Waiting, endpoint_id)
