"""What the stand-in answers: errors in Graph's shape, and values together with their type."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

Json = dict[str, Any]


class GraphError(Exception):
    """A refusal: HTTP status, Graph's error code and its words."""

    def __init__(
        self, status: int, code: str, message: str, headers: Mapping[str, str] | None = None
    ) -> None:
        super().__init__(message)
        self.status = status
        self.code = code
        self.message = message
        self.headers = dict(headers or {})

    def payload(self, request_id: str, date: str) -> Json:
        inner = {"date": date, "request-id": request_id, "client-request-id": request_id}
        return {"error": {"code": self.code, "message": self.message, "innerError": inner}}


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """A successful answer, tagged with the type that it is checked against."""

    type_name: str | None
    """Name of a type in the metadata; None where there is no body, or no type (a batch)."""
    payload: Json | None = None
    collection: bool = False
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)


def one(type_name: str, payload: Json, *, status: int = 200, **headers: str) -> Answer:
    return Answer(type_name=type_name, payload=payload, status=status, headers=headers)


def many(type_name: str, rows: list[Json], **annotations: str | None) -> Answer:
    """A page; `next_link` and `delta_link` become OData's annotations."""
    payload: Json = {"value": rows}
    for name, value in annotations.items():
        if value is not None:
            payload["@odata." + {"next_link": "nextLink", "delta_link": "deltaLink"}[name]] = value
    return Answer(type_name=type_name, payload=payload, collection=True)


def nothing(status: int = 204) -> Answer:
    return Answer(type_name=None, status=status)


def not_found(message: str = "The specified object was not found in the store.") -> GraphError:
    return GraphError(404, "ErrorItemNotFound", message)


def bad_request(message: str, code: str = "ErrorInvalidRequest") -> GraphError:
    return GraphError(400, code, message)
