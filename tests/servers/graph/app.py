"""The Flask application: every route of Graph, Entra ID and the Teams connector."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Flask, Response, request

from tests.servers.graph import (
    batch,
    bot_connector,
    delta,
    entra_routes,
    event_routes,
    people,
    planner,
    subscriptions,
    todo,
)
from tests.servers.graph.answers import GraphError
from tests.servers.graph.dispatch import refused, serve
from tests.servers.graph.routing import Route
from tests.servers.graph.state import State

TABLES = (delta, event_routes, todo, planner, batch, people, subscriptions)
METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE"]


def all_routes() -> list[Route]:
    return [route for module in TABLES for route in module.routes.routes]


def create_app(state: State) -> Flask:
    """Build it; refuse to serve a path that Graph's metadata does not have."""
    app = Flask("graph_stand_in", static_folder=None)
    for route in all_routes():
        state.schema.require_path(route.template)
        for rule in route.rules:
            endpoint = f"{route.method} {rule}"
            app.add_url_rule(rule, endpoint, _view(state, route), methods=[route.method])
    app.add_url_rule("/v1.0/<path:rest>", "unknown", _unknown(state), methods=METHODS)
    entra_routes.register(app, state)
    bot_connector.register(app, state)
    return app


def _view(state: State, route: Route) -> Callable[..., Response]:
    def view(**url_ids: str) -> Response:
        return serve(state, route, dict(url_ids))

    return view


def _unknown(state: State) -> Callable[..., Response]:
    def view(rest: str) -> Response:
        state.violations.append(f"{request.method} /{rest}: no such path")
        segment = rest.rpartition("/")[2]
        return refused(
            state,
            GraphError(400, "BadRequest", f"Resource not found for the segment '{segment}'."),
        )

    return view


def routes_by_template() -> dict[str, list[Any]]:
    """Group the routes by path, for tests."""
    found: dict[str, list[Any]] = {}
    for route in all_routes():
        found.setdefault(route.template, []).append(route)
    return found
