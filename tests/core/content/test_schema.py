"""The published JSON Schema is the one that the models make, and it takes our own files."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from core.content.json_schema import schema_files
from core.content.loading import names

CONTENT = Path(__file__).parents[3] / "core" / "content"


@pytest.mark.parametrize("name", sorted(schema_files()))
def test_committed_schema_equals_the_generated_one(name: str) -> None:
    committed = (CONTENT / "schema" / name).read_text("utf-8")

    hint = "run: python -m tests.core.content.write_schemas"
    assert committed == schema_files()[name], hint


def test_no_schema_is_left_over() -> None:
    assert {p.name for p in (CONTENT / "schema").iterdir()} == set(schema_files())


@pytest.mark.parametrize(
    ("schema", "folder"),
    [("template", "templates"), ("questions", "questions"), ("guide", "guides")],
)
def test_our_own_files_fit_the_published_schema(schema: str, folder: str) -> None:
    validator = jsonschema.Draft202012Validator(_published(schema))

    for name in names(folder):
        data = tomllib.loads((CONTENT / folder / f"{name}.toml").read_text("utf-8"))
        assert [e.message for e in validator.iter_errors(data)] == []


def test_the_schema_refuses_a_field_that_nobody_knows() -> None:
    validator = jsonschema.Draft202012Validator(_published("template"))
    data = tomllib.loads((CONTENT / "templates" / "weekly.toml").read_text("utf-8"))

    assert not validator.is_valid(data | {"score": 5})


def _published(name: str) -> dict[str, Any]:
    schema: dict[str, Any] = json.loads((CONTENT / "schema" / f"{name}.schema.json").read_text())
    jsonschema.Draft202012Validator.check_schema(schema)
    return schema
