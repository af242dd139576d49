"""What helps one of the two right before a talk: purpose, tip, course, and what was promised."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from core.content.texts import text_for
from core.guides import purpose_for, tip_for
from core.model.agenda import ActionItem, ItemState
from core.model.people import Pair, Side
from core.model.series import SeriesId, Sheet
from core.model.settings import Bond
from core.service.offers import held_days
from core.service.open_agenda import open_sheet_for
from core.service.services import Services
from core.service.settings import pair_settings, person_settings, read_locale
from core.service.shapes import template_of
from core.templates import LocalTemplate, localize

ROLES = {
    (Bond.REPORT, Side.REPORT): "report",
    (Bond.REPORT, Side.MANAGER): "manager",
    (Bond.MENTORING, Side.REPORT): "mentee",
    (Bond.MENTORING, Side.MANAGER): "mentor",
    (Bond.SKIP_LEVEL, Side.REPORT): "skip_report",
    (Bond.SKIP_LEVEL, Side.MANAGER): "skip_manager",
    (Bond.PEER, Side.REPORT): "peer",
    (Bond.PEER, Side.MANAGER): "peer",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Briefing:
    """What one reader sees before a talk; nothing in it is hidden from them elsewhere."""

    role: str
    purpose: str
    """What the talk is for, said to somebody in this role."""
    tip: str
    """One line of craft; with practice mostly empty."""
    course: LocalTemplate | None
    """The talk's template: sections, minutes, who begins, what may be asked."""
    mine: tuple[ActionItem, ...]
    """What the reader promised and is open."""
    theirs: tuple[ActionItem, ...]
    """What the other one promised, or nobody has taken yet."""
    done: tuple[ActionItem, ...]
    """What was completed since the last talk: worth a thank-you?"""


def briefing(services: Services, series_id: SeriesId, reader: str) -> Briefing:
    """Return it. Raise NotFound for a third person or where no agenda is open."""
    with services.store.transaction() as tx:
        sheet = open_sheet_for(tx, series_id, reader)
        pair, person = tx.pair(sheet.pair_id), tx.person(reader)
        assert pair is not None
        settings = pair_settings(tx, pair.pair_id)
        wanted = person_settings(tx, reader).tips
        locale = read_locale(person, settings) if person else "en"
        held, template = len(held_days(tx, pair)), template_of(tx, sheet)
        done = _done_since(tx.sheets(series_id)[-2:], pair, reader)
    side = pair.side(reader) or Side.REPORT
    role = ROLES[settings.bond, side]
    tip = tip_for(side, held, wanted=wanted)
    open_items = [i for i in sheet.agenda.action_items if i.state is ItemState.OPEN]
    return Briefing(
        role=role,
        purpose=purpose_for(role, locale),
        tip=text_for(tip.text, locale) if tip else "",
        course=localize(template, locale) if template else None,
        mine=tuple(i for i in open_items if i.owner == reader),
        theirs=tuple(i for i in open_items if i.owner != reader),
        done=done,
    )


def _done_since(sheets: Sequence[Sheet], pair: Pair, reader: str) -> tuple[ActionItem, ...]:
    """Return what the other one has completed, from this agenda and the one before."""
    found: dict[str, ActionItem] = {}
    for sheet in sheets:
        for item in sheet.agenda.action_items:
            if item.state is ItemState.DONE and item.owner == pair.other(reader):
                found[item.item_id] = item
    return tuple(found.values())
