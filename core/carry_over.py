"""Carry-over: what is open travels to the pair's next meeting, once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from core.content.template_model import ItemType
from core.kinds import kind_of
from core.lines import LineKind, line_kind
from core.model.agenda import (
    ActionItem,
    Agenda,
    Entry,
    ItemState,
    PointState,
    Section,
    SectionKind,
    TalkingPoint,
    entry_id,
)
from core.model.people import Pair

HEADINGS = (SectionKind.REPORT, SectionKind.MANAGER, SectionKind.CARRIED, SectionKind.AGREED)
"""Sections of a plain agenda, in order: the report's points come first."""


def blank_agenda(pair: Pair) -> Agenda:
    """Return an agenda with a place for both and nothing in it."""
    owners = {SectionKind.REPORT: pair.report, SectionKind.MANAGER: pair.manager}
    return Agenda(sections=tuple(Section(kind=kind, owner=owners.get(kind)) for kind in HEADINGS))


def next_agenda(held: Agenda, blank: Agenda) -> Agenda:
    """Return the agenda after a meeting: `blank` with what is still open in `held`.

    Open points come below "open from last time", in their order, with one more on their
    count; open action items below "agreed". Discussed and parked points, done and dropped
    items stay behind; a wish to learn stays open until something was decided (SD-36).
    """
    points = tuple(
        replace(p, state=PointState.OPEN, carried=p.carried + 1)
        for p in held.points
        if p.state is PointState.OPEN or is_undecided(p)
    )
    items = tuple(i for i in held.action_items if i.state is ItemState.OPEN)
    with_points = add_to(blank, SectionKind.CARRIED, points)
    return add_to(with_points, SectionKind.AGREED, items)


def is_undecided(point: TalkingPoint) -> bool:
    """Tell whether a wish to learn was ticked while no line below it decides it."""
    if point.state is not PointState.DISCUSSED or kind_of(point.text) is not ItemType.LEARNING_WISH:
        return False
    return all(line_kind(line) is not LineKind.DECISION for line in point.notes)


def add_to(agenda: Agenda, kind: SectionKind, entries: Iterable[Entry]) -> Agenda:
    """Return the agenda with entries at the end of its first section of a kind.

    The section is made, in its usual place, where there is none.
    """
    added = tuple(entries)
    if not added:
        return agenda
    sections = list(agenda.sections)
    at = next((n for n, s in enumerate(sections) if s.kind is kind), None)
    if at is None:
        at = _usual_place(sections, kind)
        sections.insert(at, Section(kind=kind))
    sections[at] = replace(sections[at], entries=sections[at].entries + added)
    return replace(agenda, sections=tuple(sections))


def _usual_place(sections: list[Section], kind: SectionKind) -> int:
    order = (SectionKind.REPORT, SectionKind.MANAGER, SectionKind.TOPIC, *HEADINGS[2:])
    later = set(order[order.index(kind) + 1 :])
    return next((n for n, s in enumerate(sections) if s.kind in later), len(sections))


def late_changes(before: Agenda, after: Agenda, current: Agenda) -> Agenda:
    """Bring what people changed in a past meeting's text to the agenda that is open now.

    `before` and `after` are the closed agenda before and after the late edit. A tick, an
    edit or a note reaches the carried entry with the same id; a new open entry is carried.
    What is removed there stays here: a past text is no place to delete from.
    """
    known = {entry_id(e): e for s in before.sections for e in s.entries}
    result = current
    for section in after.sections:
        for entry in section.entries:
            old = known.get(entry_id(entry))
            if old is None:
                result = _carry_new(result, entry)
            elif old != entry:
                result = _follow(result, old, entry)
    return result


def _carry_new(agenda: Agenda, entry: Entry) -> Agenda:
    if any(entry_id(e) == entry_id(entry) for s in agenda.sections for e in s.entries):
        return agenda
    if isinstance(entry, ActionItem):
        open_item = entry.state is ItemState.OPEN
        return add_to(agenda, SectionKind.AGREED, (entry,) if open_item else ())
    open_point = entry.state is PointState.OPEN
    return add_to(agenda, SectionKind.CARRIED, (replace(entry, carried=1),) if open_point else ())


def _follow(agenda: Agenda, old: Entry, new: Entry) -> Agenda:
    sections = tuple(
        replace(s, entries=tuple(_with_change(e, old, new) for e in s.entries))
        for s in agenda.sections
    )
    return replace(agenda, sections=sections)


def _with_change(entry: Entry, old: Entry, new: Entry) -> Entry:
    """Apply to `entry` the fields in which `new` differs from `old`."""
    if isinstance(entry, TalkingPoint):
        if not isinstance(old, TalkingPoint) or not isinstance(new, TalkingPoint):
            return entry
        if entry.point_id != old.point_id:
            return entry
        return replace(
            entry,
            text=new.text if new.text != old.text else entry.text,
            state=new.state if new.state != old.state else entry.state,
            notes=new.notes if new.notes != old.notes else entry.notes,
            visibility=new.visibility if new.visibility != old.visibility else entry.visibility,
        )
    if not isinstance(old, ActionItem) or not isinstance(new, ActionItem):
        return entry
    if entry.item_id != old.item_id:
        return entry
    return replace(
        entry,
        text=new.text if new.text != old.text else entry.text,
        owner=new.owner if new.owner != old.owner else entry.owner,
        due=new.due if new.due != old.due else entry.due,
        state=new.state if new.state != old.state else entry.state,
        notes=new.notes if new.notes != old.notes else entry.notes,
    )
