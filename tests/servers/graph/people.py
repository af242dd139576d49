"""People: who they are, who manages whom, their zone, their mail, their Teams apps."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.servers.graph import ids
from tests.servers.graph.answers import Answer, GraphError, Json, bad_request, many, nothing, one
from tests.servers.graph.mail_log import Mail
from tests.servers.graph.mailbox_state import Mailbox
from tests.servers.graph.routing import Ask, RouteTable
from tests.servers.graph.zones import windows_name

if TYPE_CHECKING:
    from tests.servers.graph.state import State

routes = RouteTable()
USER = "/users/{user-id}"


def _user(box: Mailbox) -> Json:
    given, _, family = box.name.partition(" ")
    return {
        "id": box.user_id,
        "displayName": box.name,
        "givenName": given,
        "surname": family,
        "mail": box.address,
        "userPrincipalName": box.address,
    }


@routes.on("GET", USER, query="$select", mailbox_limits=False)
def read_user(state: State, ask: Ask) -> Answer:
    return one("user", _user(ask.mailbox))


@routes.on("GET", USER + "/manager", query="$select", mailbox_limits=False)
def read_manager(state: State, ask: Ask) -> Answer:
    if ask.mailbox.manager is None:
        raise GraphError(404, "Request_ResourceNotFound", "Resource 'manager' does not exist.")
    manager = state.tenant.mailbox(ask.mailbox.manager)
    return one("user", {"@odata.type": "#microsoft.graph.user", **_user(manager)})


@routes.on("GET", USER + "/directReports", query="$select", mailbox_limits=False)
def list_reports(state: State, ask: Ask) -> Answer:
    boxes = state.tenant.mailboxes.values()
    rows = [_user(box) for box in boxes if box.manager == ask.mailbox.address]
    return many("user", [{"@odata.type": "#microsoft.graph.user", **row} for row in rows])


@routes.on("GET", USER + "/mailboxSettings")
def read_settings(state: State, ask: Ask) -> Answer:
    return one("mailboxSettings", {"timeZone": windows_name(ask.mailbox.zone)})


def _calendar(box: Mailbox) -> Json:
    return {
        "id": f"AAMkCalendar{ids.guid('calendar', box.address)}=",
        "name": "Calendar",
        "isDefaultCalendar": True,
        "canEdit": True,
        "canShare": True,
        "canViewPrivateItems": True,
        "owner": {"name": box.name, "address": box.address},
    }


@routes.on("GET", USER + "/calendar", query="$select")
def read_calendar(state: State, ask: Ask) -> Answer:
    return one("calendar", _calendar(ask.mailbox))


@routes.on("GET", USER + "/calendars", query="$select $top")
def list_calendars(state: State, ask: Ask) -> Answer:
    return many("calendar", [_calendar(ask.mailbox)])


@routes.on("POST", USER + "/translateExchangeIds", action=("translateExchangeIds", "user"))
def translate_ids(state: State, ask: Ask) -> Answer:
    wanted = {key.lower(): value for key, value in ask.body.items()}
    immutable = wanted["targetidtype"] == "restImmutableEntryId"
    rows = []
    for source in wanted["inputids"]:
        view = ask.mailbox.find(source)
        target = ask.mailbox.id_of(view.item, view.day, immutable=immutable)
        rows.append({"sourceId": source, "targetId": target})
    return many("convertIdResult", rows)


@routes.on("POST", USER + "/sendMail", action=("sendMail", "user"))
def send_mail(state: State, ask: Ask) -> Answer:
    wanted = {key.lower(): value for key, value in ask.body.items()}
    message = wanted["message"]
    recipients = message.get("toRecipients") or []
    if not recipients:
        raise bad_request("At least one recipient is required.", "ErrorInvalidRecipients")
    for recipient in recipients:
        address = recipient["emailAddress"]["address"]
        state.mails.add(
            Mail(
                kind="message", sender=ask.mailbox.address, recipient=address.lower(),
                subject=message.get("subject", ""), sent=state.clock.now(), visible=True,
                why="a message", cause="app", content=message,
            )
        )  # fmt: skip
    return nothing(202)


@routes.on("GET", "/appCatalogs/teamsApps", query="$filter $select")
def list_apps(state: State, ask: Ask) -> Answer:
    wanted = ask.query.get("$filter", "")
    rows = [app for app in state.bot.catalog if not wanted or f"'{app['externalId']}'" in wanted]
    return many("teamsApp", rows)


@routes.on("GET", USER + "/teamwork/installedApps", query="$filter $expand", mailbox_limits=False)
def list_installed(state: State, ask: Ask) -> Answer:
    return many("userScopeTeamsAppInstallation", state.bot.installed(ask.mailbox.user_id))


@routes.on("POST", USER + "/teamwork/installedApps", takes="userScopeTeamsAppInstallation",
           mailbox_limits=False)  # fmt: skip
def install_app(state: State, ask: Ask) -> Answer:
    bound = str(ask.body.get("teamsApp@odata.bind", ""))
    app_id = bound.rpartition("/")[2]
    if app_id not in {app["id"] for app in state.bot.catalog}:
        raise GraphError(404, "NotFound", "The app is not in the organization's catalogue.")
    if state.bot.installed(ask.mailbox.user_id):
        raise GraphError(409, "Conflict", "The app is already installed.")
    state.bot.install(ask.mailbox.user_id)
    return nothing(201)


@routes.on("GET", USER + "/teamwork/installedApps/{userScopeTeamsAppInstallation-id}/chat",
           mailbox_limits=False)  # fmt: skip
def read_chat(state: State, ask: Ask, userScopeTeamsAppInstallation_id: str) -> Answer:  # noqa: N803
    conversation = state.bot.conversation_of(ask.mailbox.user_id)
    if conversation is None:
        raise GraphError(404, "NotFound", "No such installation.")
    return one("chat", {"id": conversation, "chatType": "oneOnOne"})
