"""The Teams connector: conversations, activities, keys, and people who press buttons on cards."""

from __future__ import annotations

import json
import urllib.error
import urllib.request
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from flask import Flask, Response, jsonify, request

from tests.servers.graph import ids
from tests.servers.graph.answers import Json
from tests.servers.graph.words import words

if TYPE_CHECKING:
    from tests.servers.graph.state import State

Answered = tuple[Response, int]
AUDIENCE = "https://api.botframework.com"
BIGGEST = 100 * 1024
KNOWN = words(
    """type id timestamp serviceUrl channelId from conversation recipient text textFormat
    attachments attachmentLayout inputHint summary replyToId entities channelData locale
    value valueType importance deliveryMode localTimestamp suggestedActions speak name"""
)
"""Members of an activity (Bot Framework activity schema, 3.1)."""


@dataclass(slots=True)
class Bot:
    """What the bot has said, and for whom it is installed."""

    catalog: list[Json] = field(default_factory=list)
    """The organization's app catalogue, as Graph shows it."""
    conversations: dict[str, str] = field(default_factory=dict)
    """User id -> conversation id: installed for these people."""
    activities: dict[str, Json] = field(default_factory=dict)
    """By id, as they now stand, with `conversationId`; a deleted one is gone."""
    log: list[tuple[str, Json]] = field(default_factory=list)
    """(POST, PUT or DELETE, activity), in order."""

    def publish(self, external_id: str) -> str:
        """Put our app into the catalogue."""
        made = ids.guid("teams app", external_id)
        self.catalog.append({"id": made, "externalId": external_id, "displayName": "vieraugen",
                             "distributionMethod": "organization"})  # fmt: skip
        return made

    def install(self, user_id: str) -> str:
        self.conversations[user_id] = f"a:{ids.guid('conversation', user_id)}"
        return self.conversations[user_id]

    def conversation_of(self, user_id: str) -> str | None:
        return self.conversations.get(user_id)

    def installed(self, user_id: str) -> list[Json]:
        if user_id not in self.conversations:
            return []
        return [{"id": ids.guid("installation", user_id)}]

    def press(
        self, state: State, url: str, address: str, verb: str, data: Json, **token: Any
    ) -> tuple[int, Json]:
        """A person presses Action.Execute: post the invoke to the bot and return its answer.

        Claims of the bearer token can be set, also to what is wrong.
        """
        activity = self.invoke(state, address, verb, data)
        return post_activity(url, activity, inbound_token(state, **token))

    def invoke(self, state: State, address: str, verb: str, data: Json) -> Json:
        """Return what Teams posts when a person presses Action.Execute."""
        box = state.tenant.mailbox(address)
        service = state.root.removesuffix("/v1.0")
        action = {"type": "Action.Execute", "title": verb, "verb": verb, "data": data}
        return {
            "type": "invoke", "name": "adaptiveCard/action", "channelId": "msteams",
            "id": ids.guid("invoke", str(len(self.log)), verb), "serviceUrl": service,
            "timestamp": state.clock.now().isoformat(),
            "from": {"id": f"29:{box.user_id}", "aadObjectId": box.user_id, "name": box.name},
            "recipient": {"id": f"28:{state.tenant.app_id}", "name": "vieraugen"},
            "conversation": {"id": self.conversations.get(box.user_id, "a:unknown"),
                             "conversationType": "personal", "tenantId": state.tenant.tenant_id},
            "value": {"action": action, "trigger": "manual"},
        }  # fmt: skip


def inbound_token(state: State, **claims: Any) -> str:
    """Sign what Teams sends along when it calls a bot."""
    service = state.root.removesuffix("/v1.0")
    full: Json = {"iss": AUDIENCE, "serviceurl": service, "aud": state.tenant.app_id} | claims
    return state.tokens.mint(full.pop("aud"), **full)


def post_activity(url: str, activity: Json, token: str) -> tuple[int, Json]:
    headers = {"Content-Type": "application/json", "Authorization": f"Bearer {token}"}
    call = urllib.request.Request(url, json.dumps(activity).encode(), headers)
    try:
        with urllib.request.urlopen(call, timeout=10) as answer:
            return int(answer.status), json.loads(answer.read() or b"{}")
    except urllib.error.HTTPError as refusal:
        with refusal:
            return refusal.code, {}


def register(app: Flask, state: State) -> None:
    """Add the connector's paths."""

    @app.get("/v1/.well-known/openidconfiguration")
    def metadata() -> Response:
        base = state.root.removesuffix("/v1.0")
        return jsonify(issuer=AUDIENCE, jwks_uri=f"{base}/v1/.well-known/keys",
                       id_token_signing_alg_values_supported=["RS256"])  # fmt: skip

    @app.get("/v1/.well-known/keys")
    def bot_keys() -> Response:
        return jsonify(state.tokens.jwks())

    @app.post("/v3/conversations")
    def open_conversation() -> Answered:
        if not _allowed(state):
            return _refused(401, "Unauthorized")
        members = (request.get_json() or {}).get("members") or [{}]
        user = str(members[0].get("id", "")).removeprefix("29:")
        made = state.bot.conversations.get(user)
        if made is None:
            return _refused(403, "BotNotInConversationRoster")
        return jsonify(id=made, activityId="1", serviceUrl=request.host_url), 201

    @app.get("/v3/conversations/<path:conversation>/members/<member>")
    def member(conversation: str, member: str) -> Answered:
        if not _allowed(state):
            return _refused(401, "Unauthorized")
        user = member.removeprefix("29:")
        if state.bot.conversations.get(user) != conversation:
            return _refused(404, "MemberNotFoundInConversation")
        box = state.tenant.mailbox(user)
        return jsonify(
            id=f"29:{user}", name=box.name, aadObjectId=user, email=box.address,
            userPrincipalName=box.address, tenantId=state.tenant.tenant_id, userRole="user",
        ), 200  # fmt: skip

    @app.post("/v3/conversations/<path:conversation>/activities")
    def say(conversation: str) -> Answered:
        return _write(state, conversation, ids.guid("activity", str(len(state.bot.log))))

    @app.put("/v3/conversations/<path:conversation>/activities/<activity_id>")
    def edit(conversation: str, activity_id: str) -> Answered:
        if activity_id not in state.bot.activities:
            return _refused(404, "ActivityNotFound")
        return _write(state, conversation, activity_id)

    @app.delete("/v3/conversations/<path:conversation>/activities/<activity_id>")
    def unsay(conversation: str, activity_id: str) -> Answered:
        if not _allowed(state):
            return _refused(401, "Unauthorized")
        with state.lock:
            state.bot.log.append(("DELETE", state.bot.activities.pop(activity_id, {})))
        return jsonify(), 200


def _allowed(state: State) -> bool:
    token = request.headers.get("Authorization", "").removeprefix("Bearer ")
    return bool(state.tokens.claims(token, AUDIENCE))


def _refused(status: int, code: str) -> Answered:
    return jsonify(error={"code": code, "message": code}), status


def _write(state: State, conversation: str, activity_id: str) -> Answered:
    if not _allowed(state):
        return _refused(401, "Unauthorized")
    fault = state.faults.take(request.method, request.path)
    if fault is not None and fault.kind == "throttle":
        answer, status = _refused(429, "TooManyRequests")
        answer.headers["Retry-After"] = fault.retry_after
        return answer, status
    if len(request.get_data()) > BIGGEST:
        return _refused(413, "MessageSizeTooBig")
    activity = request.get_json()
    if conversation not in state.bot.conversations.values():
        return _refused(403, "BotNotInConversationRoster")
    unknown = set(activity) - KNOWN
    with state.lock:
        state.violations += [f"activity.{name}: unknown" for name in sorted(unknown)]
        kept = activity | {"id": activity_id, "conversationId": conversation}
        state.bot.activities[activity_id] = kept
        state.bot.log.append((request.method, kept))
    return jsonify(id=activity_id), 201 if request.method == "POST" else 200
