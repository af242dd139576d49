"""What passes from an old pair to a new one: only the report's own, and only what they release."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from core.model.agenda import ActionItem, Agenda, ItemState, PointState, TalkingPoint
from core.model.handover import Fate, Promise, Release


def passed_points(agendas: Iterable[Agenda], report: str, release: Release) -> list[TalkingPoint]:
    """Return the report's own open points, without a word that anybody else wrote on them."""
    if not release.points:
        return []
    return [
        replace(point, notes=(), other_wording="", carried=0)
        for agenda in agendas
        for point in agenda.points
        if point.owner == report and point.state is PointState.OPEN
    ]


def passed_items(agendas: Iterable[Agenda], report: str, release: Release) -> list[ActionItem]:
    """Return the report's own open action items, without anybody's notes on them."""
    if not release.actions:
        return []
    return [
        replace(item, notes=(), other_wording="")
        for agenda in agendas
        for item in agenda.action_items
        if item.owner == report and item.state is ItemState.OPEN
    ]


def promises_of(agendas: Iterable[Agenda], manager: str) -> tuple[Promise, ...]:
    """Return what the manager has promised and not done."""
    return tuple(
        Promise(item=replace(item, notes=(), other_wording=""))
        for agenda in agendas
        for item in agenda.action_items
        if item.owner == manager and item.state is ItemState.OPEN
    )


def decided(promises: Iterable[Promise], item_id: str, fate: Fate) -> tuple[Promise, ...]:
    """Return the promises with one decided."""
    return tuple(replace(p, fate=fate) if p.item.item_id == item_id else p for p in promises)


def taken_items(promises: Iterable[Promise], new_manager: str) -> list[ActionItem]:
    """Return the promises that the new manager took, as theirs."""
    return [replace(p.item, owner=new_manager) for p in promises if p.fate is Fate.TAKEN]
