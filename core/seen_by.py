"""An agenda as one person sees it after sign-in, or as a program sees it."""

from __future__ import annotations

from dataclasses import replace

from core.model.agenda import Agenda, Entry, TalkingPoint, Visibility


def seen_by(agenda: Agenda, person: str | None, *, secrets: bool) -> Agenda:
    """Return what a person sees: own drafts, never another's; confidential words with `secrets`.

    `person` None is a program of nobody: no drafts at all.
    """
    sections = []
    for section in agenda.sections:
        entries = (_entry(entry, person, secrets=secrets) for entry in section.entries)
        sections.append(replace(section, entries=tuple(e for e in entries if e is not None)))
    return replace(agenda, sections=tuple(sections))


def _entry(entry: Entry, person: str | None, *, secrets: bool) -> Entry | None:
    if not isinstance(entry, TalkingPoint):
        return entry
    match entry.visibility:
        case Visibility.PRIVATE:
            return entry if person is not None and entry.owner == person else None
        case Visibility.SENSITIVE if not secrets:
            return replace(entry, text="", notes=(), other_wording="")
        case _:
            return entry
