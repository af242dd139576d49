"""`vieraugen talk …`: times that fit, and what to do instead of cancelling."""

from __future__ import annotations

from argparse import Namespace
from datetime import datetime, timedelta
from typing import Any

from core.errors import InvalidInput
from core.model.calendar import Window
from core.model.people import normal_address, pair_id
from core.model.series import SeriesId
from core.model.talks import Way
from core.service.bundling import bundle as bundle_talks
from core.service.cancelled import CancelOffer, answer_offer, cancel_offers, change_talk
from core.service.run import run_due
from core.service.slots import Proposal, propose_slots
from webhook_app.cli.opening import engine_is_on, opened, show
from webhook_app.jobs.clock import utc_now
from webhook_app.wiring import App

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def slots(args: Namespace) -> int:
    """Print times at which both can."""
    length = timedelta(minutes=args.minutes)
    with opened(args) as app:
        pair = pair_id(args.manager, args.report)
        found = propose_slots(app.services, pair, utc_now(), length=length)
    show(args, _proposal(found), _slot_lines(found))
    return 0


def _proposal(found: Proposal) -> dict[str, Any]:
    slots = [{"start": s.start.isoformat(), "end": s.end.isoformat()} for s in found.slots]
    return {"slots": slots, "unknown": list(found.unknown)}


def _slot_lines(found: Proposal) -> str:
    lines = [f"{s.start.isoformat()} - {s.end:%H:%M}" for s in found.slots]
    lines += [f"nobody could say when {who} is busy: ask them" for who in found.unknown]
    return "\n".join(lines) or "No time fits both in the next two weeks."


def offers(args: Namespace) -> int:
    """Print the cancelled talks that wait for an answer."""
    with opened(args) as app:
        found = cancel_offers(app.services, normal_address(args.by), utc_now())
    lines = [line for offer in found for line in _offer_lines(offer)]
    show(args, {"offers": [_offer(o) for o in found]}, "\n".join(lines) or "Nothing was cancelled.")
    return 0


def _offer(offer: CancelOffer) -> dict[str, Any]:
    talk = offer.talk
    return {
        "talk": talk.talk_id,
        "series": talk.series_id,
        "start": talk.slot.start.isoformat(),
        "gone": talk.gone,
        "ways": [way.value for way in offer.ways],
        **_proposal(offer.proposal),
    }


def _offer_lines(offer: CancelOffer) -> list[str]:
    ways = ", ".join(way.value for way in offer.ways)
    head = f"{offer.talk.talk_id}  {offer.talk.slot.start.isoformat()}  {ways}"
    return [head, *(f"    free: {s.start.isoformat()}" for s in offer.proposal.slots)]


def answer(args: Namespace) -> int:
    """Do what was chosen, in the calendar."""
    with opened(args) as app:
        done = answer_offer(
            app.services,
            args.talk,
            Way(args.way),
            by=normal_address(args.by),
            now=utc_now(),
            slot=_slot(args),
        )
        _write_now(app)
    chosen = done.answer.value if done.answer else ""
    show(args, {"talk": args.talk, "answer": chosen}, f"Done: {chosen}.")
    return 0


def change(args: Namespace) -> int:
    """Move, shorten or walk the next talk before anybody cancels it."""
    series, by = SeriesId(args.series), normal_address(args.by)
    with opened(args) as app:
        way = Way(args.way)
        when = change_talk(app.services, series, way, by=by, now=utc_now(), slot=_slot(args))
        _write_now(app)
    at = when.start.isoformat() if when else None
    show(args, {"series": args.series, "way": args.way, "start": at}, f"It takes place {at}.")
    return 0


def _slot(args: Namespace) -> Window | None:
    if not args.at:
        return None
    try:
        start = datetime.fromisoformat(args.at)
    except ValueError as err:
        raise InvalidInput(f"--at {args.at}: a time looks like 2026-03-31T09:00+02:00") from err
    if start.tzinfo is None:
        raise InvalidInput(f"--at {args.at}: say the zone, 2026-03-31T09:00+02:00")
    return Window(start=start, end=start + timedelta(minutes=args.minutes))


def _write_now(app: App) -> None:
    if not engine_is_on(app):
        run_due(app.services, utc_now())


def bundle(args: Namespace) -> int:
    """Print on which days most talks are, and where the others could go."""
    manager = normal_address(args.manager)
    with opened(args) as app:
        found = bundle_talks(app.services, manager, utc_now(), days=args.days)
    days = ", ".join(WEEKDAYS[day] for day in found.weekdays)
    lines = [f"Fixed days: {days}."] if found.weekdays else ["No talk is planned."]
    lines += [f"stays  {t.slot.start:%a %d %b %H:%M}  {t.name}" for t in found.stays]
    for move in found.moves:
        to = f"{move.to.start:%a %d %b %H:%M}" if move.to else "no time of those days suits both"
        lines.append(f"move   {move.talk.slot.start:%a %d %b %H:%M}  {move.talk.name}  -> {to}")
    data = {
        "weekdays": [WEEKDAYS[day] for day in found.weekdays],
        "stays": [{"pair": t.pair_id, "start": t.slot.start.isoformat()} for t in found.stays],
        "moves": [
            {
                "pair": m.talk.pair_id,
                "from": m.talk.slot.start.isoformat(),
                "to": m.to.start.isoformat() if m.to else None,
            }
            for m in found.moves
        ],
    }
    show(args, data, "\n".join(lines))
    return 0
