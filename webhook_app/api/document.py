"""The contract as an OpenAPI 3.1 document, made from the operations that are served."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from core.model.access import SCOPE_WORDS
from webhook_app.api.contract import HEADERS, LONGEST_HEADER, Operation, Subject
from webhook_app.api.examples import example_of

VERSION = "1.0.0"
PROBLEM = "#/components/schemas/Problem"
REFUSED: dict[int, str] = {
    400: "No JSON",
    401: "We do not know who asks",
    403: "No right, or a missing scope",
    404: "No such thing of yours",
    405: "Not this verb",
    409: "The same request is at work",
    412: "It changed since you read it",
    413: "Too large",
    415: "Not application/json",
    422: "Not understood; the text says what and where",
    428: "If-Match is missing",
    429: "Too many requests; see Retry-After",
    502: "A connected system answers wrongly",
    503: "A connected system does not answer: try again",
}
ABOUT = """Regular, prepared, kind 1:1s inside the calendar people already use.

Sign in with a token: `Authorization: Bearer ve_…` (made on the page, by `vieraugen token create`
or `POST /tokens`). Refusals are problem+json (RFC 9457). What changes what you read needs
`If-Match` with its ETag; a POST with `Idempotency-Key` sent twice acts once. Lists come in
parts: pass `next` as `after`. Private notes and drafts are their author's alone; words of
confidential points are shown to the two people after sign-in and to nobody else."""
PROBLEM_SCHEMA = {
    "type": "object",
    "required": ["type", "title", "status", "detail"],
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
    },
}


def document(operations: list[Operation], root: str) -> dict[str, Any]:
    """Return the document."""
    refs, schemas = _schemas(operations)
    paths: dict[str, dict[str, Any]] = {}
    for operation in operations:
        path = paths.setdefault(operation.path, {})
        path[operation.verb.lower()] = _operation(operation, refs)
    scopes = "\n".join(f"- `{scope.value}`: {words}" for scope, words in SCOPE_WORDS.items())
    _add_examples(paths, schemas)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "vieraugen",
            "version": VERSION,
            "description": f"{ABOUT}\n\nScopes:\n{scopes}",
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
        },
        "servers": [{"url": f"{root}/api/v1"}],
        "security": [{"token": []}],
        "tags": [{"name": tag} for tag in dict.fromkeys(o.tag for o in operations)],
        "paths": paths,
        "components": {
            "schemas": {**schemas, "Problem": PROBLEM_SCHEMA},
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
        },
    }


def _add_examples(paths: dict[str, dict[str, Any]], schemas: dict[str, Any]) -> None:
    for verbs in paths.values():
        for operation in verbs.values():
            for answer in operation["responses"].values():
                content = answer.get("content", {}).get("application/json")
                if content:
                    content["example"] = example_of(content["schema"], schemas)


def _schemas(
    operations: list[Operation],
) -> tuple[dict[type[BaseModel], dict[str, Any]], dict[str, Any]]:
    bodies = {o.body for o in operations if o.body}
    answers = {o.answer for o in operations if o.answer}
    wanted = [(m, "validation") for m in sorted(bodies, key=_name)]
    wanted += [(m, "serialization") for m in sorted(answers, key=_name)]
    refs, made = models_json_schema(
        wanted,  # type: ignore[arg-type]  # the modes are literals
        ref_template="#/components/schemas/{model}",
    )
    found = {model: ref for (model, _), ref in refs.items()}
    return found, made.get("$defs", {})  # type: ignore[return-value]  # its keys are models


def _name(model: type[BaseModel]) -> str:
    return model.__name__


def _operation(operation: Operation, refs: dict[type[BaseModel], dict[str, Any]]) -> dict[str, Any]:
    made: dict[str, Any] = {
        "operationId": operation.name,
        "summary": operation.summary,
        "description": f"Scope `{operation.scope.value}`, right `{operation.right.value}`.",
        "tags": [operation.tag],
        "parameters": _parameters(operation),
        "responses": _responses(operation, refs),
    }
    if operation.body:
        required = any(f.is_required() for f in operation.body.model_fields.values())
        made["requestBody"] = {
            "required": required,
            "content": {
                "application/json": {
                    "schema": refs[operation.body],
                    "example": dict(operation.example),
                }
            },
        }
    return made


def _parameters(operation: Operation) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = [
        {
            "name": name,
            "in": "path",
            "required": True,
            "schema": {"type": "string", "minLength": 1, "maxLength": 128},
            "example": "1" if name == "number" else "0123456789abcdef",
        }
        for name in operation.parameters
    ]
    query = operation.query.model_json_schema()
    for name, schema in query.get("properties", {}).items():
        words = _plain(schema, query)
        required = name in query.get("required", [])
        found.append({"name": name, "in": "query", "required": required, "schema": words})
    if operation.match:
        found.append(_header("If-Match", "The ETag that you read, or *.", required=True))
    if operation.verb == "POST":
        found.append(_header("Idempotency-Key", "The same key twice acts once."))
    if operation.writes and operation.subject is Subject.SERIES:
        text = "For integrations: the address of the one of the two who allowed it."
        found.append(_header("On-Behalf-Of", text))
    return found


def _plain(schema: dict[str, Any], whole: dict[str, Any]) -> dict[str, Any]:
    """Return a parameter's schema in itself: nothing referred to, and no null in a URL."""
    made = {k: v for k, v in schema.items() if k not in ("title", "$ref", "anyOf")}
    parts = [schema] if "$ref" in schema else schema.get("anyOf", [])
    for part in parts:
        if "$ref" in part:
            named = whole["$defs"][part["$ref"].rpartition("/")[2]]
            made |= {k: v for k, v in named.items() if k not in ("title", "description")}
        elif part.get("type") != "null":
            made |= part
    return {k: v for k, v in made.items() if v is not None}


def _header(name: str, text: str, *, required: bool = False) -> dict[str, Any]:
    return {
        "name": name,
        "in": "header",
        "required": required,
        "description": text,
        "schema": {"type": "string", "maxLength": LONGEST_HEADER, "pattern": HEADERS[name]},
    }


def _responses(operation: Operation, refs: dict[type[BaseModel], dict[str, Any]]) -> dict[str, Any]:
    done: dict[str, Any] = {"description": "Done"}
    if operation.answer:
        done["content"] = {"application/json": {"schema": refs[operation.answer]}}
    if operation.etag:
        done["headers"] = {"ETag": {"schema": {"type": "string"}}}
    found: dict[str, Any] = {str(operation.status): done}
    for status in _refusals(operation):
        found[str(status)] = {
            "description": REFUSED[status],
            "content": {"application/problem+json": {"schema": {"$ref": PROBLEM}}},
        }
    if operation.verb == "GET" and operation.etag:
        found["304"] = {"description": "As you know it"}
    return found


def _refusals(operation: Operation) -> list[int]:
    found = [401, 403, 404, 405, 422, 429, 502, 503]
    if operation.body:
        found += [400, 413, 415]
    if operation.verb == "POST":
        found += [409]
    if operation.match:
        found += [412, 428]
    return sorted(found)
