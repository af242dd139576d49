"""The built-in templates, as data and in one language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from core.content.loading import load, names
from core.content.prompts import Prompt
from core.content.template_model import FirstSide, Section, Template
from core.content.texts import text_for
from core.model.agenda import SectionKind
from core.questions.bank import load_questions


@dataclass(frozen=True, slots=True, kw_only=True)
class LocalSection:
    """A section in one language."""

    section_id: str
    kind: SectionKind
    title: str
    minutes: int
    first_side: FirstSide
    asks_manager: tuple[str, ...]
    raises_report: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LocalTemplate:
    """A template in one language and form of address."""

    template_id: str
    version: int
    title: str
    purpose: str
    minutes: int
    location: str
    sections: tuple[LocalSection, ...]


@cache
def load_templates() -> Mapping[str, Template]:
    """Return the built-in templates by id."""
    found = (load(Template, "templates", name) for name in names("templates"))
    return MappingProxyType({template.id: template for template in found})


@cache
def load_localized(locale: str) -> Mapping[str, LocalTemplate]:
    """Return the built-in templates by id, in this locale."""
    return MappingProxyType({key: localize(t, locale) for key, t in load_templates().items()})


def localize(template: Template, locale: str, *, sensitive: bool = False) -> LocalTemplate:
    """Return a template's words in this locale; sensitive prompts only where they may be seen."""
    known = {k: p for k, p in prompts_of(template).items() if sensitive or p.sensitivity < 2}
    return LocalTemplate(
        template_id=template.id,
        version=template.version,
        title=text_for(template.title, locale),
        purpose=text_for(template.purpose, locale),
        minutes=template.duration_min,
        location=text_for(template.location, locale) if template.location else "",
        sections=tuple(_local(s, known, locale) for s in template.sections),
    )


def prompts_of(template: Template) -> Mapping[str, Prompt]:
    """Return the prompts that a template can name: its own, then the bank's."""
    return {**load_questions(), **{prompt.id: prompt for prompt in template.prompts}}


def _local(section: Section, known: Mapping[str, Prompt], locale: str) -> LocalSection:
    def texts(ids: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(text_for(known[i].text, locale) for i in ids if i in known)

    return LocalSection(
        section_id=section.id,
        kind=section.kind,
        title=text_for(section.title, locale),
        minutes=section.minutes,
        first_side=section.first_side,
        asks_manager=texts(section.asks_manager),
        raises_report=texts(section.raises_report),
    )
