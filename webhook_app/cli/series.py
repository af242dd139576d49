"""`vieraugen series …`: what was found, and saying yes or stop."""

from __future__ import annotations

from argparse import Namespace

from core.model.people import normal_address
from core.model.series import Series, SeriesId, SeriesState
from core.reasons import sentence
from core.service.consent import say_stop, say_yes
from core.service.preview import preview as preview_series
from core.service.relink import matches_to_ask, not_the_same, relink_by_hand
from core.service.run import run_due
from webhook_app.cli.opening import engine_is_on, opened, show
from webhook_app.jobs.clock import utc_now


def show_one(series: Series, locale: str) -> dict[str, str]:
    """Return a series as data."""
    one_on_one = sentence(series.reason, locale)
    agenda = sentence(series.agenda_reason, locale)
    if series.state in (SeriesState.OTHER, SeriesState.ENDED):
        agenda = one_on_one
    return {
        "series": series.series_id,
        "title": series.title,
        "state": series.state.value,
        "one_on_one": one_on_one,
        "agenda": agenda,
    }


def show_all(args: Namespace) -> int:
    """Say of each event why it is a 1:1 or not, or why it has no agenda now."""
    with opened(args) as app, app.store.transaction() as tx:
        found = [show_one(series, args.locale) for series in tx.all_series()]
    lines = [f"{f['series']}  {f['state']:9} {f['title']}: {f['agenda']}" for f in found]
    show(args, {"series": found}, "\n".join(lines) or "No events yet: run `vieraugen sync`.")
    return 0


def preview(args: Namespace) -> int:
    """Show the text that would be written, and where; write nothing."""
    with opened(args) as app:
        outcome = preview_series(app.services, SeriesId(args.series), utc_now())
    writes = [
        {"title": w.title, "start": w.start.isoformat(), "text": w.after.content}
        for w in outcome.writes
    ]
    text = "\n\n".join(f"{w['start']}  {w['title']}\n{w['text']}" for w in writes)
    reason = sentence(outcome.why, "en")
    show(args, {"writes": writes, "reason": reason}, text or f"Nothing to write. {reason}")
    return 0


def enable(args: Namespace) -> int:
    """Say yes, and write at once where no engine runs that will."""
    with opened(args) as app:
        with app.store.transaction() as tx:
            say_yes(tx, SeriesId(args.series), by=None, now=utc_now())
        if not engine_is_on(app):
            run_due(app.services, utc_now())
        with app.store.transaction() as tx:
            series = tx.series(SeriesId(args.series))
    assert series is not None
    data = show_one(series, "en")
    show(args, data, data["agenda"])
    return 0


def disable(args: Namespace) -> int:
    """Say stop, and clean the bodies where asked."""
    with opened(args) as app:
        with app.store.transaction() as tx:
            say_stop(tx, SeriesId(args.series), remove=args.remove, by=None, now=utc_now())
        ran = [] if engine_is_on(app) else run_due(app.services, utc_now())
    failed = [action.trouble for action in ran if action.trouble]
    show(args, {"series": args.series, "troubles": failed}, "\n".join(failed) or "Stopped.")
    return 3 if failed else 0


def matches(args: Namespace) -> int:
    """Show which new series may go on with an old one's points."""
    with opened(args) as app, app.store.transaction() as tx:
        found = matches_to_ask(tx, normal_address(args.by), utc_now())
    lines = [
        f"{m.new.series_id} ({m.new.title}) may go on with {m.open_entries} open entries of "
        f"{m.old.series_id} ({m.old.title}): `vieraugen series relink` says so, or --no"
        for m in found
    ]
    data = [
        {"new": m.new.series_id, "old": m.old.series_id, "open_entries": m.open_entries}
        for m in found
    ]
    show(args, {"matches": data}, "\n".join(lines) or "No question about any series.")
    return 0


def relink(args: Namespace) -> int:
    """Answer: the new series goes on with the old one's points, or they have nothing in common."""
    new, old, by = SeriesId(args.series), SeriesId(args.old), normal_address(args.by)
    with opened(args) as app, app.store.transaction() as tx:
        if args.no:
            not_the_same(tx, new, old, by=by)
        else:
            relink_by_hand(tx, new, old, by=by, now=utc_now())
    text = "Noted: two different series." if args.no else "The open points go on in this series."
    show(args, {"series": new, "old": old, "relinked": not args.no}, text)
    return 0
