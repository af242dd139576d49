"""Give an agenda the shape of a template: headings people see, and no entry lost."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from core.content import template_model
from core.content.template_model import Anchor, Template
from core.content.texts import Words, text_for
from core.model.agenda import Agenda, Section, SectionKind, Visibility
from core.model.people import Pair

MOST_LINES: Final = 12
"""An empty block on a phone: what is longer leaves its purpose out."""

_FRAME: Final = 5
"""Two fences, the prompt, its bullet, the link."""

_QUIET: Final = (SectionKind.CARRIED, SectionKind.AGREED)
"""Headings that stand in a block only with something below them."""

_PERSONS: Final = (SectionKind.REPORT, SectionKind.MANAGER)


def shaped(template: Template, pair: Pair, *, purpose: bool = True, formal: bool = False) -> Agenda:
    """Return the empty agenda that a template asks for: the report's place is always first.

    A template for every talk leaves the two people's own places headed by their names. One
    that is delicate shows no words of its own, as its block stands in a calendar.
    """
    silent = template.visibility_default is not Visibility.SHARED
    named = silent or any(trigger.on is Anchor.DEFAULT for trigger in template.triggers)
    found = [_section(s, pair, named=named, formal=formal) for s in template.sections]
    sections = [s for s in found if not (silent and s.kind is SectionKind.TOPIC)]
    if all(s.kind is not SectionKind.REPORT for s in sections):
        sections.insert(0, Section(kind=SectionKind.REPORT, owner=pair.report))
    for kind in (SectionKind.MANAGER, SectionKind.CARRIED, SectionKind.AGREED):
        if all(s.kind is not kind for s in sections):
            owner = pair.manager if kind is SectionKind.MANAGER else None
            sections.insert(_place(sections, kind), Section(kind=kind, owner=owner))
    visible = sum(s.kind not in _QUIET for s in sections)
    if purpose and not silent and _FRAME + visible < MOST_LINES:
        sections.insert(0, Section(titles=titles_of(template.purpose, formal=formal)))
    if template.location and not silent:
        sections.insert(0, Section(titles=titles_of(template.location, formal=formal)))
    return Agenda(sections=tuple(sections))


def titles_of(words: Words, *, formal: bool) -> tuple[tuple[str, str], ...]:
    """Return a heading in both languages, in the pair's form of address."""
    return (("de", text_for(words, "de-Sie" if formal else "de")), ("en", words.en))


def _section(section: template_model.Section, pair: Pair, *, named: bool, formal: bool) -> Section:
    owners = {SectionKind.REPORT: pair.report, SectionKind.MANAGER: pair.manager}
    own_words = section.kind is SectionKind.TOPIC or (section.kind in _PERSONS and not named)
    return Section(
        kind=section.kind,
        titles=titles_of(section.title, formal=formal) if own_words else (),
        owner=owners.get(section.kind),
    )


def _place(sections: list[Section], kind: SectionKind) -> int:
    later = {
        SectionKind.MANAGER: _QUIET,
        SectionKind.CARRIED: (SectionKind.AGREED,),
        SectionKind.AGREED: (),
    }[kind]
    return next((n for n, s in enumerate(sections) if s.kind in later), len(sections))


def reshaped(agenda: Agenda, blank: Agenda) -> Agenda:
    """Return `blank` with every entry of `agenda`, each once and in its order.

    What people wrote under a heading stays under it: where the new shape has no such
    heading, it is kept with what stands below it.
    """
    sections = list(blank.sections)
    for old in agenda.sections:
        if not old.entries:
            continue
        at = _like(sections, old)
        if at is None:
            at = _place_of_kept(sections, old)
            sections.insert(at, replace(old, entries=()))
        sections[at] = replace(sections[at], entries=(*sections[at].entries, *old.entries))
    return Agenda(sections=tuple(sections))


def _like(sections: Iterable[Section], old: Section) -> int | None:
    heading = (old.title, old.titles)
    for n, section in enumerate(sections):
        if section.kind is not old.kind:
            continue
        if old.kind is not SectionKind.TOPIC or (section.title, section.titles) == heading:
            return n
    return None


def _place_of_kept(sections: list[Section], old: Section) -> int:
    if old.kind is not SectionKind.TOPIC:
        return 0 if old.kind is SectionKind.REPORT else len(sections)
    later = (SectionKind.MANAGER, *_QUIET)
    return next((n for n, s in enumerate(sections) if s.kind in later), len(sections))
