"""From what happened to deliveries: which endpoint is told what."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from core.cadence import Rhythm
from core.model.access import ApiToken, Consent
from core.model.actions import Action, ActionKind, Happening
from core.model.calendar import Cursor
from core.model.people import Pair
from core.model.series import ConnectionId, SeriesId
from core.model.webhooks import (
    Delivery,
    Endpoint,
    EndpointState,
    EventName,
    Waiting,
)
from core.service.held_talks import rhythm_of
from core.service.services import Services
from core.store import Transaction

PUMP, PLACE = ConnectionId("engine"), "webhooks"
AT_ONCE = 500
KEPT = timedelta(days=30)
NAMES = {name.value: name for name in EventName}


def pump(services: Services, now: datetime) -> int:
    """Make deliveries of what happened since the last time; return how many. Each once."""
    with services.store.transaction() as tx:
        place = tx.cursor(PUMP, PLACE)
        new = tx.happenings(int(place) if place else 0, AT_ONCE)
        if not new:
            return 0
        endpoints = [e for e in tx.nouns(Endpoint) if e.state is EndpointState.ACTIVE]
        made = 0
        if endpoints:
            for number, happening in new:
                made += _tell(tx, endpoints, number, happening, now)
        tx.put_cursor(PUMP, PLACE, Cursor(str(new[-1][0])))
    return made


def _tell(
    tx: Transaction, endpoints: Sequence[Endpoint], number: int, happening: Happening, now: datetime
) -> int:
    events = list(_events(tx, happening))
    series = tx.series(SeriesId(happening.subject)) if events else None
    pair = tx.pair(series.pair_id) if series and series.pair_id else None
    if series is None or pair is None:
        return 0
    made = 0
    for endpoint in endpoints:
        wanted = [e for e in events if e in endpoint.events]
        if happening.at < endpoint.created_at or not wanted or not reaches(tx, endpoint, pair):
            continue
        for event in wanted:
            delivery = Delivery(
                endpoint_id=endpoint.endpoint_id,
                number=number,
                event=event,
                at=happening.at,
                pair_id=pair.pair_id,
                series_id=series.series_id,
                entry=happening.entry,
                count=happening.count,
                by=(pair.side(happening.by) or "") if happening.by else "",
                next_at=now,
            )
            enqueue(tx, delivery, now)
            made += 1
        _sweep_out(tx, endpoint, now)
    return made


def enqueue(tx: Transaction, delivery: Delivery, now: datetime) -> None:
    """Keep a delivery and ask for its sending."""
    tx.put_noun(delivery)
    tx.put_noun(Waiting(key=delivery.key, endpoint_id=delivery.endpoint_id))
    name = delivery.endpoint_id
    tx.want(Action(kind=ActionKind.DELIVER, subject=name, due_at=now, lane=f"webhook {name}"))


def reaches(tx: Transaction, endpoint: Endpoint, pair: Pair) -> bool:
    """Tell whether an endpoint may be told of a pair, now."""
    if endpoint.token_id:
        token = tx.noun(ApiToken, endpoint.token_id)
        if token is None or token.revoked_at is not None:
            return False
        if token.integration:
            said = {
                c.person for c in tx.nouns(Consent, pair.pair_id) if c.token_id == endpoint.token_id
            }
            return pair.ended is None and said >= set(pair.addresses)
    if endpoint.all_pairs:
        return True
    return pair.side(endpoint.owner) is not None and pair.ended is None


def _events(tx: Transaction, happening: Happening) -> Iterator[EventName]:
    known = NAMES.get(happening.name)
    if known is not None:
        yield known
    if known in (EventName.MEETING_HELD, EventName.MEETING_CANCELLED):
        series = tx.series(SeriesId(happening.subject))
        pair = tx.pair(series.pair_id) if series and series.pair_id else None
        if pair is not None and rhythm_of(tx, pair, happening.at) in (
            Rhythm.DRIFTING,
            Rhythm.LAPSED,
        ):
            yield EventName.SERIES_DRIFT


def _sweep_out(tx: Transaction, endpoint: Endpoint, now: datetime) -> None:
    """Forget a few deliveries that are too old to be asked about."""
    for old in tx.nouns(Delivery, endpoint.endpoint_id, limit=20):
        if old.at < now - KEPT:
            tx.remove_noun(Delivery, old.key)
            tx.remove_noun(Waiting, old.key)
