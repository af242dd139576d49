"""Templates: find, choose, offer, check, and carry them from one company to another."""

from core.templates.agenda import agenda_from_template
from core.templates.choice import Choice, Level, choose_template
from core.templates.library import (
    LocalSection,
    LocalTemplate,
    load_localized,
    load_templates,
    localize,
)
from core.templates.lint import Finding, FindingCode, Severity, lint, lint_prompt
from core.templates.offers import Offer, TalkFacts, due_offers

__all__ = [
    "Choice",
    "Finding",
    "FindingCode",
    "Level",
    "LocalSection",
    "LocalTemplate",
    "Offer",
    "Severity",
    "TalkFacts",
    "agenda_from_template",
    "choose_template",
    "due_offers",
    "lint",
    "lint_prompt",
    "load_localized",
    "load_templates",
    "localize",
]
