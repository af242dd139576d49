"""The way of a request: fault, token, limits, checks, view, checks of the answer, log."""

from __future__ import annotations

import json
from contextlib import AbstractContextManager, nullcontext
from urllib.parse import unquote

from flask import Request, Response, request

from tests.servers.graph import ids, permissions
from tests.servers.graph.answers import Answer, GraphError, Json, bad_request
from tests.servers.graph.clock import stamp
from tests.servers.graph.faults import Fault
from tests.servers.graph.mailbox_state import Mailbox
from tests.servers.graph.routing import Ask, Route, preferences
from tests.servers.graph.state import Call, State
from tests.servers.graph.throttling import throttled

BIGGEST = 4 * 1024 * 1024
"""Graph takes no larger request."""


def serve(state: State, route: Route, url_ids: dict[str, str]) -> Response:
    """Answer one request and remember that it came."""
    box: Mailbox | None = None
    try:
        fault = state.faults.take(request.method, request.full_path)
        early = _strike(state, fault)
        if early is not None:
            return _logged(state, route, box, early)
        claims = permissions.claims_of(state, request.headers.get("Authorization", ""))
        box = permissions.mailbox_of(state, claims, route, url_ids)
        url_ids.pop("user_id", None)
        if "/planner" in route.template:
            state.planner.count(state.clock.now())
        with _limits(state, route, box):
            state.faults.wait(state.faults.slow if box else 0)
            response = _respond(state, route, box, claims, url_ids)
        if fault is not None:
            fault.happens()
        if fault is not None and fault.kind == "lost_answer":
            raise GraphError(504, "UnknownError", "The gateway did not receive an answer in time.")
    except GraphError as refusal:
        response = refused(state, refusal)
    return _logged(state, route, box, response)


def _limits(state: State, route: Route, box: Mailbox | None) -> AbstractContextManager[None]:
    if box is None or not route.mailbox_limits or request.environ.get("graph.batched"):
        return nullcontext()
    return state.throttle.request(box.address, state.clock.now())


def _strike(state: State, fault: Fault | None) -> Response | None:
    """Carry out a fault that comes before the request is looked at."""
    if fault is None or fault.kind in ("lost_answer", "meanwhile"):
        return None
    match fault.kind:
        case "throttle":
            raise throttled("MailboxConcurrency", fault.retry_after)
        case "gone":
            raise GraphError(410, "SyncStateNotFound", "The sync state generation is not found.")
        case "refuse":
            raise GraphError(403, "ErrorAccessDenied", "Access is denied.")
        case "garbage":
            return Response("<html><body>Bad gateway", 200, mimetype="text/html")
        case "timeout":
            state.faults.wait(fault.seconds)
            return Response("", 504)
    headers = {"Retry-After": fault.retry_after} if fault.kind == "unavailable" else {}
    raise GraphError(fault.status, fault.code, "Planned fault.", headers)


def _respond(
    state: State, route: Route, box: Mailbox | None, claims: Json, url_ids: dict[str, str]
) -> Response:
    body = _body(request)
    _check_request(state, route, body)
    ask = Ask(
        box=box,
        claims=claims,
        query=dict(request.args),
        headers={name.lower(): value for name, value in request.headers.items()},
        body=body,
        prefer=preferences(request.headers.get("Prefer", "")),
        path=unquote(request.path).removeprefix("/v1.0"),
    )
    with state.lock if route.locked else nullcontext():
        answer = route.view(state, ask, **url_ids)
        return _written(state, ask, answer)


def _body(incoming: Request) -> Json:
    if (incoming.content_length or 0) > BIGGEST:
        raise GraphError(413, "RequestEntityTooLarge", "The request is larger than 4 MB.")
    raw = incoming.get_data()
    if not raw:
        return {}
    try:
        parsed = json.loads(raw)
    except ValueError as err:
        raise bad_request("Unable to read JSON request payload.", "BadRequest") from err
    if not isinstance(parsed, dict):
        raise bad_request("The request payload is not an object.", "BadRequest")
    return parsed


def _check_request(state: State, route: Route, body: Json) -> None:
    bad = [f"query {name}: not for this path" for name in request.args if name not in route.query]
    if route.takes:
        bad += state.schema.check(route.takes, body, exact_enums=False)
        bad += permissions.read_only(route, body)
    elif route.action:
        bad += state.schema.check_action(*route.action, body)
    elif body and route.method in ("GET", "DELETE"):
        bad.append("body: not for this method")
    if bad:
        raise violation(state, f"{route.method} {route.template}", bad)


def violation(state: State, where: str, bad: list[str]) -> GraphError:
    state.violations += [f"{where}: {one}" for one in bad]
    return bad_request(f"{bad[0]} ({len(bad)} in all)", "RequestBodyRead")


def _written(state: State, ask: Ask, answer: Answer) -> Response:
    """Check a value against the metadata, keep what was selected, and write it."""
    payload = answer.payload
    headers = {"request-id": ids.guid("request", str(len(state.calls))), **answer.headers}
    if payload is None:
        return Response("", answer.status, headers)
    if answer.type_name is not None:
        payload = _selected(state, ask, answer)
        check = state.schema.check_collection if answer.collection else state.schema.check
        state.violations += [f"answer: {bad}" for bad in check(answer.type_name, payload)]
        rows = payload["value"] if answer.collection else [payload]
        state.answered += [(answer.type_name, row) for row in rows]
        context = f"{state.root}/$metadata#{answer.type_name}"
        payload = {"@odata.context": context, **payload}
    if "idtype" in ask.prefer or "outlook.timezone" in ask.prefer:
        headers["Preference-Applied"] = ask.headers.get("prefer", "")
    text = json.dumps(payload, ensure_ascii=False)
    return Response(text, answer.status, headers, mimetype="application/json")


def _selected(state: State, ask: Ask, answer: Answer) -> Json:
    payload = answer.payload or {}
    wanted = {name for name in ask.query.get("$select", "").split(",") if name}
    if not wanted or answer.type_name is None:
        return payload
    unknown = wanted - state.schema.properties(answer.type_name).keys()
    if unknown:
        raise violation(state, "$select", sorted(unknown))
    wanted |= {"id", *ask.query.get("$expand", "").partition("(")[0].split(",")}

    def keep(row: Json) -> Json:
        return {key: value for key, value in row.items() if key in wanted or "@" in key}

    if answer.collection:
        return payload | {"value": [keep(row) for row in payload["value"]]}
    return keep(payload)


def refused(state: State, refusal: GraphError) -> Response:
    request_id = ids.guid("request", str(len(state.calls)))
    payload = refusal.payload(request_id, stamp(state.clock.now())[:19])
    headers = {"request-id": request_id, **refusal.headers}
    text = json.dumps(payload)
    return Response(text, refusal.status, headers, mimetype="application/json")


def _logged(state: State, route: Route, box: Mailbox | None, response: Response) -> Response:
    body = request.get_json(silent=True) if request.content_length else None
    state.calls.append(
        Call(
            method=request.method,
            path=unquote(request.path).removeprefix("/v1.0"),
            query=dict(request.args),
            template=route.template,
            mailbox=box.address if box else "",
            status=response.status_code,
            at=state.clock.now(),
            batched=bool(request.environ.get("graph.batched")),
            headers={name.lower(): value for name, value in request.headers.items()},
            body=body,
        )
    )
    return response
