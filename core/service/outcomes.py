"""What became of a challenge or a wish: asked once, where it is ticked without a word below it."""

from __future__ import annotations

from datetime import datetime

from core.carry_over import is_undecided
from core.content.template_model import ItemType
from core.kinds import kind_of
from core.model.actions import Happening
from core.model.agenda import PointState, TalkingPoint
from core.model.marks import NoOutcome
from core.model.people import PairId
from core.model.series import Sheet
from core.service.open_agenda import find_entry
from core.store import Transaction


def wants_outcome(point: TalkingPoint) -> bool:
    """Tell whether a point was ticked although nothing says what came of it."""
    if is_undecided(point):
        return True
    done = point.state is PointState.DISCUSSED
    return done and not point.notes and kind_of(point.text) is ItemType.CHALLENGE


def settled_outcomes(tx: Transaction, pair: PairId) -> frozenset[str]:
    """Return the ids of entries for which somebody said that nothing more is to be noted."""
    return frozenset(known.entry for known in tx.nouns(NoOutcome, pair))


def no_outcome(tx: Transaction, sheet: Sheet, entry: str, *, by: str, now: datetime) -> None:
    """Ask no more; twice is once. Raise NotFound."""
    find_entry(sheet.agenda, entry, by)
    tx.put_noun(NoOutcome(pair_id=sheet.pair_id, entry=entry))
    tx.record(Happening(at=now, name="outcome.none", subject=sheet.series_id, by=by, entry=entry))
