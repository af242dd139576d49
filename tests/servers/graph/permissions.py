"""Who may do what: tokens, application roles, delegated scopes, management scopes, read-only."""

from __future__ import annotations

from tests.servers.graph.answers import GraphError, Json
from tests.servers.graph.mailbox_state import Mailbox
from tests.servers.graph.routing import Route
from tests.servers.graph.state import State

CALENDAR = ("Calendars.ReadWrite",)
TASKS = ("Tasks.ReadWrite", "Tasks.ReadWrite.All")
USERS = ("User.Read.All", "User.ReadBasic.All", "Directory.Read.All")
NEEDED: tuple[tuple[str, tuple[str, ...], tuple[str, ...]], ...] = (
    # (part of the path, what reading takes beside writing's, what writing takes)
    ("/sendMail", (), ("Mail.Send",)),
    ("/todo", ("Tasks.Read", "Tasks.Read.All"), TASKS),
    ("/planner", ("Tasks.Read", "Tasks.Read.All"), TASKS),
    ("/teamwork", (), ("TeamsAppInstallation.ReadWriteSelfForUser.All",)),
    ("/appCatalogs", (), ("AppCatalog.Read.All",)),
    ("/mailboxSettings", ("MailboxSettings.Read",), ("MailboxSettings.ReadWrite",)),
    ("/manager", USERS, USERS),
    ("/directReports", USERS, USERS),
    ("/translateExchangeIds", (), (*USERS, "User.Read")),
    ("/event", ("Calendars.Read", "Calendars.ReadBasic"), CALENDAR),
    ("/calendar", ("Calendars.Read", "Calendars.ReadBasic"), CALENDAR),
    ("/subscriptions", (), (*CALENDAR, "Calendars.Read", *TASKS)),
)
READ_ONLY = {
    "event": "id iCalUId uid occurrenceId createdDateTime lastModifiedDateTime changeKey "
    "bodyPreview isOrganizer isCancelled isDraft seriesMasterId type webLink onlineMeeting "
    "onlineMeetingUrl organizer originalStart responseStatus hasAttachments "
    "originalStartTimeZone originalEndTimeZone cancelledOccurrences exceptionOccurrences",
    "todoTask": "id createdDateTime lastModifiedDateTime bodyLastModifiedDateTime hasAttachments",
    "plannerTask": "id createdDateTime createdBy completedBy completedDateTime details",
    "subscription": "id creatorId",
}


def claims_of(state: State, header: str) -> Json:
    """Return what the bearer token says; refuse one that is missing, expired or not ours."""
    scheme, _, token = header.partition(" ")
    claims = state.tokens.claims(token, "https://graph.microsoft.com") if scheme == "Bearer" else {}
    if not claims:
        raise GraphError(401, "InvalidAuthenticationToken", "Access token is empty or not valid.")
    if claims.get("tid") != state.tenant.tenant_id:
        raise GraphError(401, "InvalidAuthenticationToken", "The token is for another tenant.")
    return claims


def mailbox_of(state: State, claims: Json, route: Route, url_ids: dict[str, str]) -> Mailbox | None:
    """Find the mailbox that the path speaks of, and see that the token reaches it."""
    _need(claims, route)
    if not route.template.startswith("/users/") and route.template != "/me":
        return None
    user, delegated = url_ids.get("user_id"), claims.get("scp")
    if user is None and not delegated:
        raise GraphError(
            400, "BadRequest", "/me request is only valid with delegated authentication flow."
        )
    box = state.tenant.mailbox(user or claims["oid"])
    if delegated and box.user_id != claims["oid"]:
        raise GraphError(403, "ErrorAccessDenied", "Access is denied. Check credentials and try "
                         "again.")  # fmt: skip
    if not delegated and not box.reachable:
        raise GraphError(403, "ErrorAccessDenied", "Access to OData is disabled: the app's "
                         "management scope does not include this mailbox.")  # fmt: skip
    return box


def _need(claims: Json, route: Route) -> None:
    if route.template == "/users/{user-id}":
        needed: tuple[str, ...] = (*USERS, "User.Read") if claims.get("scp") else USERS
        if not {*claims.get("roles", ()), *str(claims.get("scp", "")).split()} & {*needed}:
            raise GraphError(403, "Authorization_RequestDenied", "Insufficient privileges.")
        return
    has = {*claims.get("roles", ()), *str(claims.get("scp", "")).split()}
    for part, reading, writing in NEEDED:
        if part in route.template:
            if not has & {*writing, *(reading if route.method == "GET" else ())}:
                raise GraphError(403, "ErrorAccessDenied", f"Missing permission: {writing[0]}.")
            return


def read_only(route: Route, body: Json) -> list[str]:
    """List what only the service may set."""
    known = READ_ONLY.get(route.takes or "", "").split()
    return [f"{route.takes}.{key}: read-only" for key in body if key in known]
