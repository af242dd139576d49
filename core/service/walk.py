"""A talk without a screen: it has a place, and room for a few points; the others wait."""

from __future__ import annotations

from datetime import datetime

from core.content.template_model import Template
from core.errors import InvalidInput
from core.model.agenda import Agenda, Entry, PointState, TalkingPoint, Visibility
from core.model.inbox import InboxPoint, Waits
from core.model.series import Sheet
from core.model.shape import SheetShape
from core.service.open_agenda import with_entries
from core.service.shapes import template_of
from core.store import Transaction


def require_place(tx: Transaction, sheet: Sheet) -> None:
    """Raise InvalidInput where the next point would be one too many for a walk."""
    if tx.noun(SheetShape, sheet.sheet_id) is None:
        return
    most = points_of_a_walk(template_of(tx, sheet))
    if most is not None and len(_talked_about(sheet.agenda)) >= most:
        raise InvalidInput(
            f"a walk has room for {most} points: put this one into the inbox for the talk after"
        )


def points_of_a_walk(template: Template | None) -> int | None:
    """Return how many points a format with a place of its own takes; None: as many as one likes."""
    return template.max_points if template is not None and template.location else None


def make_room(tx: Transaction, sheet: Sheet, agenda: Agenda, most: int, now: datetime) -> Agenda:
    """Return the agenda with so many points; what is beyond waits in the inbox for the next."""
    surplus = {point.point_id for point in _talked_about(agenda)[most:]}
    for point in (p for p in agenda.points if p.point_id in surplus):
        tx.put_noun(
            InboxPoint(
                pair_id=sheet.pair_id,
                point=point,
                since=now,
                waits=Waits.NEXT,
                series_id=sheet.series_id,
                by=point.owner or "",
            )
        )

    def stays(entry: Entry) -> Entry | None:
        return None if isinstance(entry, TalkingPoint) and entry.point_id in surplus else entry

    return with_entries(agenda, stays) if surplus else agenda


def _talked_about(agenda: Agenda) -> list[TalkingPoint]:
    shared = (p for p in agenda.points if p.visibility is not Visibility.PRIVATE)
    return [p for p in shared if p.state is PointState.OPEN]
