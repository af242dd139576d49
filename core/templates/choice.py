"""Which template a meeting gets: the nearest decision wins."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from core.content.template_model import Anchor, Relation, Template
from core.errors import InvalidInput


class Level(StrEnum):
    """Where a choice was made, nearest first."""

    OCCURRENCE = "occurrence"
    FIRST_TALK = "first_talk"
    SERIES = "series"
    PAIR = "pair"
    COMPANY = "company"
    DEFAULT = "default"


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """The template, who decided, and which chosen ones are gone."""

    template: Template
    level: Level
    missing: tuple[str, ...] = ()


def choose_template(
    templates: Mapping[str, Template],
    *,
    occurrence: str | None = None,
    series: str | None = None,
    pair: str | None = None,
    company: str | None = None,
    first_talk: bool = False,
    relation: Relation = Relation.REPORT,
) -> Choice:
    """Return the template of a meeting.

    A choice for the one occurrence wins, then the first talk's own template, then series,
    pair and company, then the default of such a pair. A template that no longer exists is
    passed over and named in `missing`.
    """
    first = _anchored(templates, Anchor.FIRST_TALK, relation) if first_talk else None
    wanted = (
        (Level.OCCURRENCE, occurrence),
        (Level.FIRST_TALK, first),
        (Level.SERIES, series),
        (Level.PAIR, pair),
        (Level.COMPANY, company),
        (Level.DEFAULT, _anchored(templates, Anchor.DEFAULT, relation)),
    )
    missing: list[str] = []
    for level, template_id in wanted:
        if not template_id:
            continue
        if template_id in templates:
            return Choice(template=templates[template_id], level=level, missing=tuple(missing))
        missing.append(template_id)
    raise InvalidInput("no template is the default: give one the trigger `default`")


def _anchored(templates: Mapping[str, Template], anchor: Anchor, relation: Relation) -> str | None:
    fitting = [
        template
        for template in templates.values()
        if any(trigger.on is anchor for trigger in template.triggers)
        and (not template.relations or relation in template.relations)
    ]
    fitting.sort(key=lambda template: (relation not in template.relations, template.id))
    return fitting[0].id if fitting else None
