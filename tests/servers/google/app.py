"""The web application: every request is checked, counted, answered and checked again."""

from __future__ import annotations

import json
import socket
import time
from dataclasses import dataclass

from flask import Flask, Request, Response, g, request

from . import (  # noqa: F401 - importing them registers what they answer
    calendar_list_routes,
    calendar_routes,
    chat_routes,
    push_routes,
    task_routes,
)
from .answers import ApiError, Json, invalid, not_modelled, scope_missing
from .call import HANDLERS, Call
from .call_log import Made
from .faults import Fault, Trouble
from .oauth_routes import add_oauth_routes
from .parameters import problems as parameter_problems
from .parameters import typed
from .partial import cut, parse
from .schema import Method, find, problems
from .service import Service
from .tokens import Grant

LARGEST_BODY = 1_000_000
PAGE_OF_A_PROXY = "<html><head><title>Error</title></head><body>Try again</body></html>"


@dataclass(slots=True)
class Endpoint:
    """Answers API requests from one service's state."""

    service: Service

    def answer(self) -> Response:
        raw_path = str(request.environ.get("RAW_URI", request.path)).partition("?")[0]
        match = find(request.method, raw_path)
        if match is None:
            self.service.world.violate(f"{request.method} {raw_path}: no API has such a method")
            return _json(404, ApiError(404, "notFound", "Not Found").body("calendar"))
        method, path = match
        grant: Grant | None = None
        try:
            body = self._body(method)
            grant = self._grant(method)
            fault = self.service.faults.take(method.id, grant.user)
            response = self._with_fault(method, path, body, grant, fault)
        except ApiError as err:
            response = _refusal(err, method.service)
        except Exception as err:
            self.service.world.violate(f"{method.id}: the stand-in itself failed: {err!r}")
            raise
        self._log(method, path, grant, response.status_code)
        return response

    def _body(self, method: Method) -> Json:
        """Whatever the API's description does not know fails here, loudly."""
        found = list(parameter_problems(method, request.args))
        body = _parsed(request)
        schema = method.spec.get("request")
        if schema:
            found += problems(method.service, schema, _without_nulls(body))
        elif body:
            found.append(f"{method.id} takes no body")
        if found:
            for text in found:
                self.service.world.violate(f"{method.id}: {text}")
            raise invalid("; ".join(found))
        return body

    def _grant(self, method: Method) -> Grant:
        grant = self.service.tokens.grant_of(request.headers.get("Authorization"))
        self.service.tokens.check_person(grant, method.service)
        if not grant.scopes & set(method.scopes):
            raise scope_missing()
        return grant

    def _with_fault(
        self, method: Method, path: dict[str, str], body: Json, grant: Grant, fault: Fault | None
    ) -> Response:
        match fault:
            case None:
                return self._carry_out(method, path, body, grant)
            case Fault(trouble=Trouble.ERROR, error=ApiError() as error):
                raise error
            case Fault(trouble=Trouble.GARBAGE, status=status):
                return Response(PAGE_OF_A_PROXY, status, content_type="text/html")
            case Fault(trouble=Trouble.MEANWHILE, happens=happens):
                answer = self._carry_out(method, path, body, grant)
                happens()
                return answer
            case Fault(trouble=Trouble.HANG, seconds=seconds):
                time.sleep(seconds)
            case _:
                self._carry_out(method, path, body, grant)
        return _broken_line()

    def _carry_out(
        self, method: Method, path: dict[str, str], body: Json, grant: Grant
    ) -> Response:
        world = self.service.world
        with world.lock:
            refusal = self.service.quotas.check(method.id, grant.user)
            if refusal:
                raise refusal
            handler = HANDLERS.get(method.id)
            if handler is None:
                world.violate(f"{method.id} is not modelled")
                raise not_modelled(method.id)
            call = Call(
                world=world,
                method=method,
                user=grant.user,
                scopes=grant.scopes,
                path=path,
                query=typed(method, request.args),
                body=body,
                if_match=request.headers.get("If-Match"),
            )
            return self._checked(method, handler(call), call.query.get("fields"))

    def _checked(self, method: Method, answer: Json | None, mask: str | None) -> Response:
        """Hold our own answer to the API's description as well."""
        schema = method.spec.get("response")
        if answer is None or schema is None:
            return Response(status=204)
        wrong = list(problems(method.service, schema, answer))
        if wrong:
            for text in wrong:
                self.service.world.violate(f"answer of {method.id}: {text}")
            raise ApiError(500, "internalError", "; ".join(wrong))
        g.brought = tuple(
            str(item.get("recurringEventId") or item.get("id", ""))
            for item in answer.get("items", ())
        )
        response = _json(200, cut(answer, parse(mask)) if mask else answer)
        if "etag" in answer:
            response.headers["ETag"] = answer["etag"]
        return response

    def _log(self, method: Method, path: dict[str, str], grant: Grant | None, status: int) -> None:
        self.service.calls.add(
            Made(
                at=self.service.world.clock.now(),
                method=method.id,
                user=grant.user if grant else None,
                status=status,
                query={name: request.args.getlist(name) for name in request.args},
                path=path,
                brought=g.get("brought", ()),
            )
        )


def _parsed(incoming: Request) -> Json:
    raw = incoming.get_data()
    if len(raw) > LARGEST_BODY:
        raise ApiError(413, "uploadTooLarge", "Request Entity Too Large")
    if not raw:
        return {}
    try:
        body = json.loads(raw)
    except ValueError as err:
        raise ApiError(400, "parseError", "Parse Error") from err
    if not isinstance(body, dict):
        raise ApiError(400, "parseError", "Parse Error")
    return body


def _without_nulls(value: object) -> object:
    """Null removes a field in a patch, whatever its type is."""
    if isinstance(value, dict):
        return {name: _without_nulls(each) for name, each in value.items() if each is not None}
    return value


def _json(status: int, body: Json) -> Response:
    text = json.dumps(body, ensure_ascii=False)
    return Response(text, status, content_type="application/json; charset=UTF-8")


def _refusal(err: ApiError, service: str) -> Response:
    response = _json(err.status, err.body(service))
    if err.retry_after is not None:
        response.headers["Retry-After"] = str(err.retry_after)
    return response


def _broken_line() -> Response:
    """Close the connection under the client's feet."""
    line = request.environ.get("werkzeug.socket")
    if isinstance(line, socket.socket):
        line.shutdown(socket.SHUT_RDWR)
    return Response(status=500)


def create_app(service: Service) -> Flask:
    app = Flask(__name__)
    endpoint = Endpoint(service)
    add_oauth_routes(app, service)
    verbs = ["GET", "POST", "PATCH", "PUT", "DELETE"]
    app.add_url_rule("/", "api-root", lambda **_: endpoint.answer(), methods=verbs)
    app.add_url_rule("/<path:anything>", "api", lambda **_: endpoint.answer(), methods=verbs)
    return app
