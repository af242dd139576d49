"""The pairs of a company that get no calendars: they are planned for, and nothing is written."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime

from core.memory.store import MemoryStore
from core.rules.suggest import suggest
from core.service.hr_facts import extra_of
from webhook_app.simulation.company import Couple
from webhook_app.simulation.outline import Outline
from webhook_app.simulation.settling import settle


@dataclass(slots=True)
class Crowd:
    """Outlines of pairs, by manager: the rules see whole teams."""

    outlines: tuple[Outline, ...]
    _teams: dict[str, list[Outline]] = field(init=False)

    def __post_init__(self) -> None:
        self._teams = defaultdict(list)
        for outline in self.outlines:
            self._teams[outline.couple.manager.address].append(outline)

    def plan(self, now: datetime) -> None:
        """Let the rules look at everybody, and keep what they said."""
        for team in self._teams.values():
            of = {outline.couple.pair_id: outline for outline in team}
            for said in suggest([outline.history(now) for outline in team], now):
                of[said.pair_id].hear(said)


def crowd_of(couples: tuple[Couple, ...], weeks: int, now: datetime) -> Crowd:
    """Return outlines of pairs, with what is known of them beside their calendars."""
    store = MemoryStore()
    with store.transaction() as tx:
        for couple in couples:
            tx.put_person(couple.manager)
            tx.put_person(couple.report)
            tx.put_pair(couple.pair)
            settle(tx, couple, weeks, now)
        return Crowd(
            tuple(
                Outline(couple=couple, extra=extra_of(tx, couple.pair), installed_on=now)
                for couple in couples
            )
        )
