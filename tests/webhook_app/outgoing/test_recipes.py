"""The recipes' own code checks what we really send."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from core.model.webhooks import Endpoint, EventName, Secret
from core.service.deliver import payload, signed

RECIPES = Path(__file__).parents[3] / "docs" / "recipes"
SECRET, NOW = "whsec_" + "Ab1+" * 10, datetime(2026, 12, 1, 9, tzinfo=UTC)
ENDPOINT = Endpoint(
    endpoint_id="e1",
    owner="anna@example.com",
    url="https://example.com/",
    events=(EventName.POINT_ADDED,),
    secrets=(Secret(text="whsec_" + "Zz09" * 10), Secret(text=SECRET, until=NOW + timedelta(1))),
    created_at=NOW,
)
BODY = payload("point.added", NOW, {"text": "Ähre ☂", "entry": "x"})
HEADERS = signed(ENDPOINT, "msg_1", BODY, NOW)

CASES = [
    ({}, "point.added"),
    ({"secret": "whsec_" + "Xy2+" * 10}, "wrong signature"),
    ({"body": BODY.decode() + " "}, "wrong signature"),
    ({"now": NOW.timestamp() + 301}, "too old"),
]


def given(change: dict[str, Any]) -> dict[str, Any]:
    return {"body": BODY.decode(), "secret": SECRET, "now": NOW.timestamp(), **change}


@pytest.mark.skipif(shutil.which("node") is None, reason="node is not installed")
@pytest.mark.parametrize(("change", "said"), CASES)
def test_the_code_for_n8n_accepts_ours_and_refuses_the_rest(
    change: dict[str, Any], said: str
) -> None:
    case = given(change)
    program = (
        f"const {{ verify }} = require({json.dumps(str(RECIPES / 'verify.js'))});"
        f"const c = {json.dumps(case)}; const h = {json.dumps(HEADERS)};"
        "try { console.log(verify(c.body, h, c.secret, c.now).type) }"
        "catch (e) { console.log(e.message) }"
    )

    shown = subprocess.run(
        ["node", "-e", program], capture_output=True, text=True, check=True, timeout=30
    )

    assert said in shown.stdout


@pytest.mark.parametrize(("change", "said"), CASES)
def test_the_code_for_zapier_accepts_ours_and_refuses_the_rest(
    change: dict[str, Any], said: str
) -> None:
    text = (RECIPES / "zapier.md").read_text(encoding="utf-8")
    code = re.search(r"```python\n(.*?)```", text, re.DOTALL)
    assert code is not None
    names: dict[str, Any] = {}
    exec("\n".join(line[3:] for line in code[1].splitlines()), names)
    case = given(change)

    def checked() -> str:
        try:
            event = names["verify"](
                case["body"],
                HEADERS["webhook-id"],
                HEADERS["webhook-timestamp"],
                HEADERS["webhook-signature"],
                case["secret"],
                case["now"],
            )
        except ValueError as err:
            return str(err)
        return str(event["type"])

    assert said in checked()


def test_the_workflow_for_n8n_holds_the_very_code_that_is_tested() -> None:
    workflow = json.loads((RECIPES / "n8n-workflow.json").read_text(encoding="utf-8"))
    verify = (RECIPES / "verify.js").read_text(encoding="utf-8").partition("\nif (typeof module")[0]
    page = (RECIPES / "n8n.md").read_text(encoding="utf-8")
    glue = re.search(r"```js\n(.*?)```", page, re.DOTALL)
    assert glue is not None

    nodes = {node["name"]: node for node in workflow["nodes"]}
    code = nodes["Check the signature"]["parameters"]["jsCode"]
    assert code == f"{verify.rstrip()}\n\n{glue[1]}"
    assert nodes["Webhook"]["parameters"]["options"] == {"rawBody": True}
    linked = {link["node"] for node in workflow["connections"].values() for link in node["main"][0]}
    assert linked == set(nodes) - {"Webhook"}
