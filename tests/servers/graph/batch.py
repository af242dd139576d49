"""JSON batches: at most twenty requests, in an order that dependsOn asks for.

Source: learn.microsoft.com/graph/json-batching.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from flask import current_app

from tests.servers.graph.answers import Answer, Json, bad_request
from tests.servers.graph.routing import Ask, RouteTable

if TYPE_CHECKING:
    from tests.servers.graph.state import State

routes = RouteTable()
LIMIT = 20
KNOWN = {"id", "method", "url", "headers", "body", "dependsOn"}


@routes.on("POST", "/$batch", locked=False)
def run_batch(state: State, ask: Ask) -> Answer:
    asked = ask.body.get("requests")
    if not isinstance(asked, list) or not asked or len(asked) > LIMIT:
        raise bad_request(f"A batch holds 1 to {LIMIT} requests.", "BadRequest")
    _check(state, asked)
    done: dict[str, Json] = {}
    for each in asked:
        failed = [d for d in each.get("dependsOn", ()) if done[d]["status"] >= 400]
        done[each["id"]] = _dependency_failed(each) if failed else _one(ask, each)
    # The answers of a batch come in any order.
    return Answer(type_name=None, payload={"responses": list(reversed(done.values()))})


def _check(state: State, asked: list[Json]) -> None:
    seen: set[str] = set()
    for each in asked:
        unknown = set(each) - KNOWN
        if unknown:
            state.violations.append(f"$batch: {sorted(unknown)}: unknown")
            raise bad_request(f"Unknown members {sorted(unknown)}.", "BadRequest")
        if set(each.get("dependsOn", ())) - seen or each["id"] in seen:
            raise bad_request("Ids must be unique and dependsOn must name earlier ones.",
                              "BadRequest")  # fmt: skip
        seen.add(each["id"])


def _dependency_failed(each: Json) -> Json:
    error = {"code": "FailedDependency", "message": "A request it depends on has failed."}
    return {"id": each["id"], "status": 424, "body": {"error": error}}


def _one(ask: Ask, each: Json) -> Json:
    headers = {"Authorization": ask.headers["authorization"], **each.get("headers", {})}
    body = each.get("body")
    answer = current_app.test_client().open(
        "/v1.0/" + each["url"].lstrip("/"),
        method=each["method"],
        headers=headers,
        data=json.dumps(body) if body is not None else None,
        environ_overrides={"graph.batched": True},
    )
    text = answer.get_data(as_text=True)
    is_json = answer.mimetype == "application/json" and text
    return {
        "id": each["id"],
        "status": answer.status_code,
        "headers": dict(answer.headers),
        "body": json.loads(text) if is_json else None,
    }
