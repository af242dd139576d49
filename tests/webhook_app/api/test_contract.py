"""The contract: valid, complete, and kept by what answers."""

from __future__ import annotations

import re
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.errors import Unsatisfiable
from jsonschema import Draft202012Validator
from openapi_spec_validator import validate
from schemathesis import GenerationMode
from schemathesis.core.failures import FailureGroup

from core.model.notes import NoteKind
from core.refs import pair_ref
from core.service.edit import add_point
from core.service.notes import write_private, write_shared
from core.service.promises import add_item
from tests.core.builders import ANNA, BEN
from tests.webhook_app.world import World
from webhook_app.api.app import OPERATIONS
from webhook_app.jobs.clock import utc_now

CALM = settings(
    max_examples=5,
    deadline=None,
    derandomize=True,
    database=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)


CONFIG = schemathesis.Config.from_dict(
    {"checks": {"negative_data_rejection": {"expected-statuses": ["4xx"]}}}
)
"""Any refusal refuses, 412 too."""


def contract(world: World) -> dict[str, Any]:
    found = world.browser().get("/openapi.json")
    assert found.status_code == 200
    assert isinstance(found.json, dict)
    return found.json


def test_the_contract_is_valid_and_needs_no_login(world: World) -> None:
    document = contract(world)

    validate(document)
    assert document["openapi"].startswith("3.1")


def test_every_body_has_an_example_that_fits(world: World) -> None:
    document = contract(world)
    schemas = {"components": document["components"]}
    for path, verbs in document["paths"].items():
        for verb, operation in verbs.items():
            body = operation.get("requestBody")
            if body is None:
                continue
            shown = body["content"]["application/json"]
            assert shown["example"], (verb, path)
            Draft202012Validator({**shown["schema"], **schemas}).validate(shown["example"])


def test_every_answer_has_an_example_that_fits(world: World) -> None:
    document = contract(world)
    schemas = {"components": document["components"]}
    shown = [
        answer["content"]["application/json"]
        for verbs in document["paths"].values()
        for operation in verbs.values()
        for answer in operation["responses"].values()
        if "application/json" in answer.get("content", {})
    ]

    assert len(shown) > 40
    for content in shown:
        assert content["example"]
        Draft202012Validator({**content["schema"], **schemas}).validate(content["example"])


def test_every_path_parameter_has_an_example(world: World) -> None:
    for verbs in contract(world)["paths"].values():
        for operation in verbs.values():
            assert all("example" in p for p in operation["parameters"] if p["in"] == "path")


def test_the_docs_show_every_operation_without_another_host(world: World) -> None:
    page = world.browser().get("/docs")

    assert page.status_code == 200
    assert all(f'id="{operation.name}"' in page.text for operation in OPERATIONS)
    assert not re.findall(r"(?:src|href)=.https?:", page.text)


def with_samples(world: World, document: dict[str, Any]) -> dict[str, Any]:
    """Let paths name what exists, so that more than 404 is tried."""
    series = world.company.series().series_id
    point = add_point(world.app.services, series, "x", by=ANNA, now=utc_now())
    item = add_item(world.app.services, series, "y", owner=ANNA, by=ANNA, now=utc_now())
    with world.app.store.transaction() as tx:
        sheet = tx.open_sheet(series)
        assert sheet is not None
        note = write_shared(tx, sheet, "n", kind=NoteKind.NOTE, by=ANNA, now=utc_now())
        own = write_private(tx, sheet, "p", by=ANNA, now=utc_now())
        pair = pair_ref(sheet.pair_id)
    known = {"series": series, "pair": pair, "entry": point.point_id, "number": "1"}
    known_people(document["components"]["schemas"])
    for path, verbs in document["paths"].items():
        ids = {**known, "note": own.note_id if "private" in path else note.note_id}
        if path.endswith("/action-items/{entry}"):
            ids["entry"] = item.item_id
        for operation in verbs.values():
            for parameter in operation["parameters"]:
                if parameter["name"] == "If-Match":
                    parameter["schema"] = {"type": "string", "enum": ["*"]}
                if parameter["in"] == "path" and parameter["name"] in ids:
                    parameter["schema"] = {"type": "string", "enum": [ids[parameter["name"]]]}
    return document


def known_people(schemas: dict[str, Any]) -> None:
    """Let bodies name the two: that others are refused is tested by hand."""
    schemas["RolesIn"]["properties"]["manager"] = {"enum": [ANNA, BEN]}
    for name in ("WebhookIn", "WebhookChangeIn"):
        schemas[name]["properties"]["url"] = {"enum": ["https://example.com/hook"]}
        schemas[name]["properties"]["content"] = {"enum": [False]}
    for name in ("ItemIn", "ItemChangeIn"):
        schemas[name]["properties"]["owner"] = {"enum": [ANNA, BEN, None]}


@pytest.mark.slow
@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE])
def test_generated_requests_find_no_gap_between_contract_and_answers(
    world: World, mode: GenerationMode
) -> None:
    headers = {"Authorization": world.program(ANNA).environ_base["HTTP_AUTHORIZATION"]}
    document = with_samples(world, contract(world))
    document["servers"] = [{"url": "/api/v1"}]
    schema = schemathesis.openapi.from_dict(document, config=CONFIG)
    schema.app = world.flask
    findings: list[str] = []
    for found in schema.get_all_operations():
        operation = found.ok()

        @CALM
        @given(case=operation.as_strategy(mode))
        def ask(case: schemathesis.Case) -> None:
            case.call_and_validate(headers=headers)

        try:
            ask()
        except Unsatisfiable:
            continue  # nothing of this operation can be wrong
        except FailureGroup as err:
            findings += [f"{operation.label}: {e.title} {e.message}" for e in err.exceptions]

    assert findings == []
