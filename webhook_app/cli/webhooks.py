"""`vieraugen webhooks …`: where events go, how it went, and sending again."""

from __future__ import annotations

import os
from argparse import Namespace
from typing import Any

from core.errors import InvalidInput, NotFound, Unavailable
from core.model.people import normal_address
from core.model.webhooks import Delivery, Endpoint, EventName
from core.service import endpoints as service
from core.service.deliver import queue_of
from core.store import Transaction
from core.webhooks import hint
from webhook_app.cli.opening import opened, show
from webhook_app.jobs.clock import utc_now
from webhook_app.outgoing.guard import parse_guard


def _one(tx: Transaction, name: str) -> Endpoint:
    found = tx.noun(Endpoint, name)
    if found is None:
        raise NotFound(f"no webhook {name}: `vieraugen webhooks list` shows the known ones")
    return found


def _data(tx: Transaction, endpoint: Endpoint) -> dict[str, Any]:
    return {
        "id": endpoint.endpoint_id,
        "owner": endpoint.owner,
        "url": endpoint.url,
        "events": list(endpoint.events),
        "content": endpoint.content,
        "all_pairs": endpoint.all_pairs,
        "state": endpoint.state,
        "waiting": len(queue_of(tx, endpoint.endpoint_id)),
    }


def _events(given: list[str] | None) -> list[EventName]:
    names = [n for part in given or () for n in part.split(",") if n]
    known = {name.value: name for name in EventName}
    for name in names:
        if name not in known:
            raise InvalidInput(f"no event {name!r}: there are {', '.join(known)}")
    return [known[name] for name in names] or list(EventName)


def list_all(args: Namespace) -> int:
    """List webhooks."""
    with opened(args) as app, app.store.transaction() as tx:
        found = [_data(tx, endpoint) for endpoint in tx.nouns(Endpoint)]
    lines = [f"{e['id']}  {e['state']}  {e['waiting']} waiting  {e['url']}" for e in found]
    show(args, {"webhooks": found}, "\n".join(lines) or "No webhooks.")
    return 0


def add(args: Namespace) -> int:
    """Add a webhook and show its secret this once."""
    with opened(args) as app:
        parse_guard(app.settings.webhook_hosts).check_form(args.url)
        with app.store.transaction() as tx:
            made = service.add_endpoint(
                tx,
                owner=normal_address(args.owner),
                url=args.url,
                events=_events(args.event),
                content=args.content,
                all_pairs=args.all_pairs,
                random=os.urandom,
                now=utc_now(),
            )
            data = {**_data(tx, made), "secret": made.secrets[0].text}
    text = f"{made.endpoint_id}\n{data['secret']}\nKeep the secret now: it is not shown again."
    show(args, data, text)
    return 0


def rotate(args: Namespace) -> int:
    """Make a new secret; the old one signs beside it for a day."""
    with opened(args) as app, app.store.transaction() as tx:
        made = service.rotate(tx, _one(tx, args.webhook), random=os.urandom, now=utc_now())
    secret = made.secrets[0].text
    show(args, {"secret": secret}, f"{secret}\nThe old secret signs beside it for 24 hours.")
    return 0


def switch(args: Namespace) -> int:
    """Pause a webhook, or switch it on."""
    with opened(args) as app, app.store.transaction() as tx:
        changed = service.change_endpoint(tx, _one(tx, args.webhook), paused=args.off)
        show(args, _data(tx, changed), f"{changed.endpoint_id} is {changed.state}.")
    return 0


def remove(args: Namespace) -> int:
    """Delete a webhook: no request goes there any more."""
    with opened(args) as app, app.store.transaction() as tx:
        service.remove_endpoint(tx, _one(tx, args.webhook))
    show(args, {"removed": args.webhook}, "Removed: no request goes there any more.")
    return 0


def test(args: Namespace) -> int:
    """Send a test now and say what came of it."""
    with opened(args) as app:
        with app.store.transaction() as tx:
            endpoint = _one(tx, args.webhook)
        poster = app.services.poster
        if poster is None:
            raise Unavailable("this process sends no webhooks")
        posted = service.send_test(endpoint, poster, random=os.urandom, now=utc_now())
    said = hint(endpoint.url, posted)
    data = {"arrived": posted.arrived, "status": posted.status, "hint": said, "answer": posted.text}
    text = "It arrived." if posted.arrived else f"{posted.status or 'No answer'}: {said}"
    show(args, data, f"{text}\n{posted.text}".strip())
    return 0 if posted.arrived else 1


def deliveries(args: Namespace) -> int:
    """List deliveries, newest first."""
    with opened(args) as app, app.store.transaction() as tx:
        name = _one(tx, args.webhook).endpoint_id
        found = tx.nouns(Delivery, name, limit=args.limit, newest_first=True)
    lines = [
        f"{d.number}-{d.event}  {d.state}  attempts {d.attempts}  {d.status or ''}  {d.hint}"
        for d in found
    ]
    data = [
        {
            "id": f"{d.number}-{d.event}",
            "webhook_id": d.message_id,
            "state": d.state,
            "attempts": d.attempts,
            "status": d.status,
            "hint": d.hint,
        }
        for d in found
    ]
    show(args, {"deliveries": data}, "\n".join(lines) or "No deliveries.")
    return 0


def resend(args: Namespace) -> int:
    """Send one delivery again: the same id, one more attempt."""
    number, _, event = args.delivery.partition("-")
    with opened(args) as app, app.store.transaction() as tx:
        endpoint = _one(tx, args.webhook)
        key = f"{endpoint.endpoint_id}/{int(number) if number.isdecimal() else 0:012}/{event}"
        again = service.resend(tx, endpoint, key, utc_now())
    show(args, {"webhook_id": again.message_id}, "It goes out with the engine's next round.")
    return 0
