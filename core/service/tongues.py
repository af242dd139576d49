"""A series found for the first time has its agenda in the language that its event speaks."""

from __future__ import annotations

from dataclasses import replace

from core.model.calendar import CalendarEvent
from core.model.series import Series
from core.store import Transaction
from core.tongue import tongue_of


def in_its_tongue(tx: Transaction, series: Series, event: CalendarEvent) -> Series:
    """Return the series with its event's language, where that is clear and of neither of the two.

    Where one of them has that language, their own settings say it better (du or Sie).
    """
    # Only a pass that finds a 1:1 pays for loading the body's engine.
    from core.body import own_words

    spoken = tongue_of(f"{event.title}\n{own_words(event.body)}")
    theirs = {known.locale[:2] for a in series.humans if (known := tx.person(a)) is not None}
    return series if spoken is None or spoken in theirs else replace(series, locale=spoken)
