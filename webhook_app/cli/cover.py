"""`vieraugen cover …`: while somebody is away, who does their open action items."""

from __future__ import annotations

from argparse import Namespace

from core.model.people import normal_address
from core.service.cover import answer_cover, offer_cover, offered_to, uncovered
from webhook_app.cli.opening import opened, show
from webhook_app.jobs.clock import utc_now


def show_all(args: Namespace) -> int:
    """Print a manager's items that could be offered, and what is offered to the person."""
    by, today = normal_address(args.by), utc_now().date()
    with opened(args) as app, app.store.transaction() as tx:
        items, offers = uncovered(tx, by, today), offered_to(tx, by)
    lines = [f"{u.item.item_id}  {u.pair.report}: {u.item.text}" for u in items]
    lines += [f"{o.offer_id}  {o.manager} asks: {o.text}" for o in offers]
    data = {
        "items": [
            {
                "item": u.item.item_id,
                "of": u.pair.report,
                "text": u.item.text,
                "offered_to": u.offered_to or None,
            }
            for u in items
        ],
        "offers": [{"offer": o.offer_id, "by": o.manager, "text": o.text} for o in offers],
    }
    show(args, data, "\n".join(lines) or "Nothing waits for somebody.")
    return 0


def offer(args: Namespace) -> int:
    """Offer an item to somebody."""
    by = normal_address(args.by)
    with opened(args) as app, app.store.transaction() as tx:
        made = offer_cover(tx, args.item, args.to, by=by, now=utc_now(), text=args.text or "")
    show(args, {"offer": made.offer_id, "to": made.to}, f"{made.offer_id}: {made.to} is asked.")
    return 0


def answer(args: Namespace) -> int:
    """Take an offer, or say no."""
    take, by = args.answer == "take", normal_address(args.by)
    with opened(args) as app, app.store.transaction() as tx:
        done = answer_cover(tx, args.offer, take=take, by=by, now=utc_now())
    show(args, {"offer": done.offer_id, "state": done.state.value}, f"{done.state.value}.")
    return 0
