"""What went to a webhook, what waits, and sending again."""

from __future__ import annotations

from datetime import datetime

from pydantic import Field

from core.model.webhooks import Delivery, DeliveryState, EventName
from core.refs import pair_ref
from core.service import endpoints as service
from webhook_app.api.contract import Answer, Ask, Operations, Page, Paging, Reply
from webhook_app.api.webhooks import OWN, PATH, endpoint_of

webhooks = Operations("webhooks")


class DeliveryOut(Answer):
    """One event on its way, without content."""

    id: str
    webhook_id: str = Field(description="As in the request's webhook-id header.")
    event: EventName
    at: datetime
    pair: str
    series: str
    entry: str
    state: DeliveryState
    attempts: int
    next_at: datetime
    status: int
    hint: str


def _delivery(delivery: Delivery) -> DeliveryOut:
    return DeliveryOut(
        id=f"{delivery.number}-{delivery.event}",
        webhook_id=delivery.message_id,
        event=delivery.event,
        at=delivery.at,
        pair=pair_ref(delivery.pair_id),
        series=delivery.series_id,
        entry=delivery.entry,
        state=delivery.state,
        attempts=delivery.attempts,
        next_at=delivery.next_at,
        status=delivery.status,
        hint=delivery.hint,
    )


@webhooks.add(
    "GET",
    f"{PATH}/deliveries",
    "Deliveries, newest first; what waits, too, without content",
    **OWN,
    query=Paging,
    answer=Page[DeliveryOut],
)
def list_deliveries(ask: Ask) -> Reply:
    after = bytes.fromhex(ask.query.after).decode("utf-8", "replace")
    with ask.app.store.transaction() as tx:
        name = endpoint_of(tx, ask).endpoint_id
        found = tx.nouns(Delivery, name, after=after, limit=ask.query.limit + 1, newest_first=True)
    part = found[: ask.query.limit]
    more = part[-1].key.encode().hex() if len(found) > len(part) else None
    return Reply(value=Page[DeliveryOut](items=[_delivery(d) for d in part], next=more))


@webhooks.add(
    "POST",
    f"{PATH}/deliveries/{{delivery}}/resend",
    "Send a delivery again: the same id, one more attempt",
    **OWN,
    answer=DeliveryOut,
)
def resend_delivery(ask: Ask) -> Reply:
    number, _, event = ask.path["delivery"].partition("-")
    with ask.app.store.transaction() as tx:
        endpoint = endpoint_of(tx, ask)
        key = f"{endpoint.endpoint_id}/{int(number) if number.isdecimal() else 0:012}/{event}"
        return Reply(value=_delivery(service.resend(tx, endpoint, key, ask.now)))
