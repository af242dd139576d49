"""Whose points they were: a number for the two of a pair, and for nobody else (SD-16)."""

from __future__ import annotations

from dataclasses import dataclass

from core.content.template_model import ItemType
from core.errors import NotFound
from core.kinds import kind_of
from core.model.people import PairId, Side
from core.model.series import SheetState
from core.store import Transaction

TALKS = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Authorship:
    """Points of the last talks, by who wrote them; lines of news are none."""

    talks: int
    by_report: int
    by_manager: int

    @property
    def share_of_report(self) -> int | None:
        """In a hundred; None: nobody wrote a point."""
        every = self.by_report + self.by_manager
        return round(100 * self.by_report / every) if every else None


def authorship(tx: Transaction, pair_id: PairId, *, reader: str) -> Authorship:
    """Count the shared points of the last four talks. Raise NotFound for anybody else."""
    pair = tx.pair(pair_id)
    if pair is None or pair.side(reader) is None:
        raise NotFound("there is no such pair of yours")
    sheets = [s for series in tx.series_of(pair_id) for s in tx.sheets(series.series_id)]
    over = [(s.place.slot.start, s) for s in sheets if s.place and s.state is SheetState.CLOSED]
    last = [sheet for _, sheet in sorted(over, key=lambda one: one[0])[-TALKS:]]
    sides = [
        pair.side(point.owner)
        for sheet in last
        for section in sheet.agenda.shared().sections
        for point in section.points
        if point.owner and not point.carried and kind_of(point.text) is not ItemType.UPDATE
    ]
    return Authorship(
        talks=len(last),
        by_report=sides.count(Side.REPORT),
        by_manager=sides.count(Side.MANAGER),
    )
