"""Agendas dealt by number, and what became of them on our side meanwhile."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from random import Random
from typing import Any, Final, TypeVar

from core.model.agenda import (
    ActionItem,
    Agenda,
    Entry,
    ItemState,
    PointState,
    Section,
    TalkingPoint,
    Visibility,
)
from tests.core.body.manglers.agendas import ODDITIES, TITLES
from tests.core.body.samples.cases import ANNA, BEN

_Card = TypeVar("_Card")
_TEXTS: Final = (
    *("Budget", "Budget klären", "Urlaub im Mai", "Urlaub", "Kurs für Ines planen", "Raum"),
    *("Join the Zoom demo", "Wie geht es dir?", "Angebot an Graz schicken", "Lob & Dank"),
)


class Hand:
    """Draws by a number: the same on every machine and with every Python."""

    def __init__(self, number: int) -> None:
        self.random = Random(number).random

    def below(self, count: int) -> int:
        """Return a number from 0 to below `count`."""
        return int(self.random() * count)

    def one(self, cards: Sequence[_Card]) -> _Card:
        """Return one of them."""
        return cards[self.below(len(cards))]

    def may(self, often: float) -> bool:
        """Tell whether it happens this time."""
        return self.random() < often

    def text(self) -> str:
        """Return the words of an entry: few, so that some are alike and some the same."""
        return self.one(ODDITIES if self.may(0.15) else _TEXTS)


def agenda(hand: Hand) -> Agenda:
    """Return an agenda with sections, entries and notes of every kind."""
    numbers = iter(range(100))

    def entry(owner: str | None) -> dict[str, Any]:
        made: dict[str, Any] = {"id": f"e{next(numbers)}", "text": hand.text(), "owner": owner}
        if hand.may(0.2):
            made["notes"] = [hand.text() for _ in range(1 + hand.below(2))]
        if hand.may(0.08):
            made["other_wording"] = hand.text()
        return made

    def point(owner: str | None) -> dict[str, Any]:
        return {
            **entry(owner),
            "state": hand.one(("open", "open", "open", "open", "discussed", "parked")),
            "visibility": hand.one(("shared",) * 8 + ("sensitive", "sensitive", "private")),
            "carried": hand.one((0, 0, 0, 1, 2)),
        }

    def promise() -> dict[str, Any]:
        due = hand.one((None, None, date(2026, 6, 12), date(2026, 7, 1)))
        state = hand.one(("open", "open", "open", "done", "dropped"))
        owner = hand.one((ANNA.address, BEN.address, None, "cara@example.com"))
        return {**entry(owner), "action": True, "due": due, "state": state}

    def section(kind: str, whose: str | None = None, **more: Any) -> dict[str, Any]:
        make = (lambda _: promise()) if kind == "agreed" else point
        return {"kind": kind, "entries": [make(whose) for _ in range(hand.below(5))], **more}

    sections = [
        section("report", ANNA.address, owner=ANNA.address),
        section("manager", BEN.address, owner=BEN.address),
    ]
    if hand.may(0.3):
        sections.append(section("carried", ANNA.address))
    for _ in range(hand.below(3) if hand.may(0.4) else 0):
        sections.append(section("topic", None, title=hand.one(TITLES)))
    if hand.may(0.8):
        sections.append(section("agreed"))
    return Agenda.from_dict({"sections": sections})


def since(hand: Hand, of: Agenda) -> Agenda:
    """Return what became of it: most often nothing."""
    if hand.may(0.6):
        return of
    sections = [
        replace(s, entries=tuple(_since(hand, e) for e in s.entries if not hand.may(0.1)))
        for s in of.sections
    ]
    if hand.may(0.2):
        n = hand.below(len(sections))
        sections[n] = replace(sections[n], entries=sections[n].entries[::-1])
    if hand.may(0.1):
        sections.append(Section(title="Neu", owner=hand.one((None, BEN.address))))
    return Agenda(sections=tuple(sections))


def _since(hand: Hand, entry: Entry) -> Entry:
    if not hand.may(0.3):
        return entry
    changed = hand.below(5)
    if changed == 0:
        return replace(entry, text=f"{entry.text} neu")
    if changed == 1:
        return replace(entry, notes=(*entry.notes, "später"))
    if changed == 2:
        return replace(entry, owner=hand.one((None, ANNA.address, BEN.address)))
    if isinstance(entry, TalkingPoint):
        if changed == 3:
            return replace(entry, visibility=Visibility.SENSITIVE)
        return replace(entry, state=hand.one(tuple(PointState)))
    return _since_promised(hand, entry)


def _since_promised(hand: Hand, item: ActionItem) -> ActionItem:
    if hand.may(0.5):
        return replace(item, due=hand.one((None, date(2026, 6, 12), date(2026, 6, 19))))
    return replace(item, state=hand.one(tuple(ItemState)))
