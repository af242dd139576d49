"""`vieraugen agenda …`: what both people see, and adding and ticking."""

from __future__ import annotations

from argparse import Namespace
from typing import Any

from core.errors import NotFound
from core.model.agenda import ActionItem, ItemState, PointState, Visibility, entry_id
from core.model.people import normal_address
from core.model.series import SeriesId, SeriesState
from core.service.edit import add_point, set_done
from core.service.run import run_due
from webhook_app.agenda_view import AgendaView, agenda_view
from webhook_app.cli.opening import engine_is_on, opened, show
from webhook_app.jobs.clock import utc_now
from webhook_app.wiring import App


def show_agendas(args: Namespace) -> int:
    """Print the shared agendas."""
    with opened(args) as app:
        with app.store.transaction() as tx:
            enabled = [s.series_id for s in tx.all_series(SeriesState.ENABLED)]
        chosen = [SeriesId(args.series)] if args.series else enabled
        views = [view for series in chosen if (view := agenda_view(app, series)) is not None]
    if args.series and not views:
        raise NotFound("this series has no agenda: `vieraugen series enable` turns it on")
    text = "\n\n".join(_text(view) for view in views)
    show(args, {"agendas": [_data(view) for view in views]}, text or "No agendas yet.")
    return 0


def _data(view: AgendaView) -> dict[str, Any]:
    sections = [
        {
            "title": section.title,
            "entries": [
                {
                    "id": entry_id(e),
                    "kind": "action" if isinstance(e, ActionItem) else "point",
                    "text": e.text,
                    "owner": e.owner,
                    "state": e.state.value,
                    "due": e.due.isoformat() if isinstance(e, ActionItem) and e.due else None,
                    "notes": list(e.notes),
                    "confidential": not isinstance(e, ActionItem)
                    and e.visibility is Visibility.SENSITIVE,
                    "carried": 0 if isinstance(e, ActionItem) else e.carried,
                }
                for e in section.entries
            ],
        }
        for section in view.sections
    ]
    return {
        "series": view.series_id,
        "title": view.title,
        "start": view.start.isoformat() if view.start else None,
        "sections": sections,
    }


def _text(view: AgendaView) -> str:
    when = f", {view.start:%Y-%m-%d %H:%M} UTC" if view.start else ""
    lines = [f"{view.title} ({view.series_id}){when}"]
    for section in view.sections:
        if section.entries:
            lines.append(f"  {section.title}")
        for entry in section.entries:
            ticked = entry.state in (PointState.DISCUSSED, ItemState.DONE)
            what = _promise(entry, view) if isinstance(entry, ActionItem) else entry.text
            lines.append(f"    [{'x' if ticked else ' '}] {what}  ({entry_id(entry)})")
    return "\n".join(lines)


def _promise(item: ActionItem, view: AgendaView) -> str:
    names = {person.address: person.called for person in view.people}
    owner = f"{names.get(item.owner, item.owner)}: " if item.owner else ""
    return f"{owner}{item.text}{f', due {item.due}' if item.due else ''}"


def _write_now(app: App) -> None:
    if not engine_is_on(app):
        run_due(app.services, utc_now())


def add(args: Namespace) -> int:
    """Add a talking point."""
    with opened(args) as app:
        by = normal_address(args.by)
        point = add_point(app.services, SeriesId(args.series), args.text, by=by, now=utc_now())
        _write_now(app)
    show(args, {"id": point.point_id}, f"Added: {point.text}")
    return 0


def tick(args: Namespace) -> int:
    """Tick or untick an entry."""
    with opened(args) as app:
        by, series = normal_address(args.by), SeriesId(args.series)
        entry = set_done(app.services, series, args.entry, not args.open, by=by, now=utc_now())
        _write_now(app)
    state = entry.state.value
    show(args, {"id": args.entry, "state": state}, f"{entry.text}: {state}")
    return 0
