"""A company's own templates: checked, then kept, exported without loss, and taken away."""

from __future__ import annotations

from datetime import datetime

from core.content.template_model import Template
from core.errors import InvalidInput, NotFound
from core.model.actions import Happening
from core.model.shape import OwnTemplate
from core.store import Transaction
from core.templates import Finding, Severity, lint, load_templates
from core.templates.exchange import from_json, from_toml, to_json
from core.templates.markdown import from_markdown

READERS = {"json": from_json, "toml": from_toml, "md": from_markdown}
"""By a file's ending."""


def read_template(text: str, ending: str) -> Template:
    """Read a template file. Raise InvalidInput with every place that doesn't fit."""
    reader = READERS.get(ending.lower().lstrip("."))
    if reader is None:
        raise InvalidInput(f"a template is a file ending in {', '.join(READERS)}")
    return reader(text)


def import_template(
    tx: Transaction, template: Template, *, now: datetime, by: str | None = None
) -> list[Finding]:
    """Keep a template unless something in it is refused; return all findings.

    The same id again replaces it; a built-in id puts the company's in the built-in's place.
    Raise InvalidInput where it is refused.
    """
    findings = lint(template)
    refused = [f for f in findings if f.severity is Severity.REFUSED]
    if refused:
        raise InvalidInput(
            "\n".join(f"{f.where}: {f.text('en')} {f.found}".rstrip() for f in refused)
        )
    tx.put_noun(OwnTemplate(template_id=template.id, text=to_json(template), since=now))
    tx.record(Happening(at=now, name="template.imported", subject=template.id, by=by))
    return findings


def remove_template(
    tx: Transaction, template_id: str, *, now: datetime, by: str | None = None
) -> bool:
    """Take a company's template away; tell whether a built-in one stands there again.

    Pairs that chose it fall back to the next choice (core.templates.choice).
    """
    if tx.noun(OwnTemplate, template_id) is None:
        built_in = template_id in load_templates()
        hint = "it is built in" if built_in else "`vieraugen template list` shows them"
        raise NotFound(f"no template of your own is called {template_id!r}: {hint}")
    tx.remove_noun(OwnTemplate, template_id)
    tx.record(Happening(at=now, name="template.removed", subject=template_id, by=by))
    return template_id in load_templates()
