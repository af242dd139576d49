"""Turn a template into the empty agenda of one meeting."""

from __future__ import annotations

from core.content import template_model
from core.content.template_model import Template
from core.content.texts import all_texts
from core.model.agenda import Agenda, Section, SectionKind


def agenda_from_template(template: Template, *, report: str, manager: str) -> Agenda:
    """Return the template's sections for these two addresses; the agreed part never lacks."""
    owners = {SectionKind.REPORT: report, SectionKind.MANAGER: manager}
    sections = [_section(section, owners.get(section.kind)) for section in template.sections]
    if all(section.kind is not SectionKind.AGREED for section in sections):
        sections.append(Section(kind=SectionKind.AGREED))
    return Agenda(sections=tuple(sections))


def _section(section: template_model.Section, owner: str | None) -> Section:
    return Section(kind=section.kind, titles=all_texts(section.title), owner=owner)
