"""`vieraugen inbox …`: points that wait between meetings."""

from __future__ import annotations

from argparse import Namespace
from typing import Any

from core.errors import NotFound
from core.model.agenda import Visibility
from core.model.inbox import InboxPoint, Waits
from core.model.people import normal_address
from core.model.series import SeriesId
from core.service.inbox import add_to_inbox, drop_from_inbox, inbox_of, take_from_inbox
from core.service.run import run_due
from webhook_app.cli.opening import engine_is_on, opened, show
from webhook_app.jobs.clock import utc_now
from webhook_app.wiring import App


def show_all(args: Namespace) -> int:
    """Print what waits."""
    by = normal_address(args.by)
    with opened(args) as app, app.store.transaction() as tx:
        series = tx.series(SeriesId(args.series))
        pair = tx.pair(series.pair_id) if series and series.pair_id else None
        if pair is None or pair.side(by) is None:
            raise NotFound(f"{by} has no such 1:1")
        found = inbox_of(tx, pair.pair_id, reader=by)
    text = "\n".join(f"{w.point.point_id}  {w.waits.value:5} {_words(w)}" for w in found)
    show(args, {"inbox": [_data(w) for w in found]}, text or "Nothing waits.")
    return 0


def _words(waiting: InboxPoint) -> str:
    hidden = waiting.point.visibility is Visibility.SENSITIVE
    return "(confidential)" if hidden else waiting.point.text


def _data(waiting: InboxPoint) -> dict[str, Any]:
    return {
        "id": waiting.point.point_id,
        "text": _words(waiting),
        "owner": waiting.point.owner,
        "waits": waiting.waits.value,
        "since": waiting.since.isoformat(),
    }


def add(args: Namespace) -> int:
    """Keep a point for the meeting after, or parked."""
    waits = Waits.ASIDE if args.aside else Waits.NEXT
    with opened(args) as app:
        waiting = add_to_inbox(
            app.services,
            SeriesId(args.series),
            args.text,
            by=normal_address(args.by),
            now=utc_now(),
            waits=waits,
        )
    show(args, _data(waiting), f"Waits: {waiting.point.text}")
    return 0


def take(args: Namespace) -> int:
    """Put a waiting point onto the agenda."""
    with opened(args) as app:
        by, series = normal_address(args.by), SeriesId(args.series)
        point = take_from_inbox(app.services, series, args.point, by=by, now=utc_now())
        _write_now(app)
    show(args, {"id": point.point_id}, "It is on the agenda.")
    return 0


def drop(args: Namespace) -> int:
    """Let a waiting point go."""
    with opened(args) as app:
        by, series = normal_address(args.by), SeriesId(args.series)
        drop_from_inbox(app.services, series, args.point, by=by, now=utc_now())
    show(args, {"id": args.point}, "Gone.")
    return 0


def _write_now(app: App) -> None:
    if not engine_is_on(app):
        run_due(app.services, utc_now())
