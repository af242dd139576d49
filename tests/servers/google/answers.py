"""The errors the stand-in answers with, in the shapes of Google's APIs."""

from __future__ import annotations

from typing import Any

Json = dict[str, Any]

GRPC_STATUS = {
    400: "INVALID_ARGUMENT",
    401: "UNAUTHENTICATED",
    403: "PERMISSION_DENIED",
    404: "NOT_FOUND",
    409: "ALREADY_EXISTS",
    429: "RESOURCE_EXHAUSTED",
    500: "INTERNAL",
    501: "UNIMPLEMENTED",
    503: "UNAVAILABLE",
}


class ApiError(Exception):
    """A refusal: status, reason and the text that a client shows."""

    def __init__(
        self,
        status: int,
        reason: str,
        message: str,
        *,
        domain: str = "global",
        location: str | None = None,
        retry_after: int | None = None,
    ) -> None:
        super().__init__(message)
        self.status = status
        self.reason = reason
        self.message = message
        self.domain = domain
        self.location = location
        self.retry_after = retry_after

    def body(self, service: str) -> Json:
        """Chat answers in the newer shape without an `errors` list."""
        error: Json = {"code": self.status, "message": self.message}
        if service == "chat":
            return {"error": error | {"status": GRPC_STATUS.get(self.status, "UNKNOWN")}}
        detail = {"domain": self.domain, "reason": self.reason, "message": self.message}
        if self.location:
            kind = "header" if self.location in ("Authorization", "If-Match") else "parameter"
            detail |= {"locationType": kind, "location": self.location}
        return {"error": error | {"errors": [detail]}}


def invalid(message: str) -> ApiError:
    return ApiError(400, "invalid", message)


def required(message: str) -> ApiError:
    return ApiError(400, "required", message)


def not_found(message: str = "Not Found") -> ApiError:
    return ApiError(404, "notFound", message)


def deleted() -> ApiError:
    return ApiError(410, "deleted", "Resource has been deleted")


def full_sync_required() -> ApiError:
    text = "Sync token is no longer valid, a full sync is required."
    return ApiError(410, "fullSyncRequired", text, domain="calendar", location="syncToken")


def updated_min_too_long_ago() -> ApiError:
    text = "The requested minimum modification time lies too far in the past."
    return ApiError(410, "updatedMinTooLongAgo", text, domain="calendar", location="updatedMin")


def stale() -> ApiError:
    return ApiError(412, "conditionNotMet", "Precondition Failed", location="If-Match")


def bad_credentials() -> ApiError:
    return ApiError(401, "authError", "Invalid Credentials", location="Authorization")


def scope_missing() -> ApiError:
    text = "Request had insufficient authentication scopes."
    return ApiError(403, "insufficientPermissions", text)


def not_organizer() -> ApiError:
    text = "Shared properties can only be changed by the organizer of the event."
    return ApiError(403, "forbiddenForNonOrganizer", text, domain="calendar")


def forbidden(message: str = "Forbidden") -> ApiError:
    return ApiError(403, "forbidden", message)


def duplicate() -> ApiError:
    return ApiError(409, "duplicate", "The requested identifier already exists.")


def not_a_calendar_user() -> ApiError:
    text = "The user must be signed up for Google Calendar."
    return ApiError(403, "notACalendarUser", text, domain="calendar")


def usage_limit(status: int, reason: str, message: str, retry_after: int | None = None) -> ApiError:
    return ApiError(status, reason, message, domain="usageLimits", retry_after=retry_after)


def not_modelled(method_id: str) -> ApiError:
    return ApiError(501, "notImplemented", f"the stand-in does not model {method_id}")
