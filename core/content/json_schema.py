"""The published JSON Schema of our content, for companies that write their own."""

from __future__ import annotations

import json
from typing import Final

from core.content.guide_model import Guide
from core.content.prompts import PromptFile
from core.content.template_model import Template
from core.content.texts import Content

PUBLISHED: Final[dict[str, type[Content]]] = {
    "template": Template,
    "questions": PromptFile,
    "guide": Guide,
}


def schema_files() -> dict[str, str]:
    """Return file name -> text for each published schema."""
    return {f"{name}.schema.json": _schema(name, model) for name, model in PUBLISHED.items()}


def _schema(name: str, model: type[Content]) -> str:
    head = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"urn:vieraugen:schema:{name}",
    }
    body = model.model_json_schema(mode="validation")
    return json.dumps(head | body, ensure_ascii=False, indent=2, sort_keys=True) + "\n"
