"""A running web app for tests that ask it something."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from werkzeug.routing import Rule

from tests.webhook_app.memory_app import company_app
from tests.webhook_app.world import ADMIN, World, Worlds
from webhook_app.auth.limits import Limits
from webhook_app.outgoing.guard import parse_guard
from webhook_app.outgoing.post import HttpPoster
from webhook_app.web import create_app


@pytest.fixture(scope="session", autouse=True)
def known_routes() -> Iterator[None]:
    """Let werkzeug write the functions of a route once, not for each of the hundreds of apps."""
    written: dict[tuple[object, ...], Any] = {}
    write = Rule._compile_builder

    def remembered(rule: Rule, append_unknown: bool = True) -> Any:
        key = (*rule._trace, repr(rule.defaults), append_unknown)
        if key not in written:
            written[key] = write(rule, append_unknown)
        return written[key]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Rule, "_compile_builder", remembered)
        yield


@pytest.fixture
def worlds(tmp_path: Path) -> Iterator[Worlds]:
    """Make a world with other settings."""
    made: list[World] = []

    def make(*, limits: Limits | None = None, **settings: Any) -> World:
        company, app = company_app(tmp_path / f"data{len(made)}")
        known = replace(app.settings, admins=ADMIN, **settings)
        poster = HttpPoster(guard=parse_guard(known.webhook_hosts))
        company.services = replace(app.services, poster=poster)
        app = replace(app, settings=known, services=company.services)
        company.say_yes()
        flask = create_app(app, limits=limits or Limits(factor=1000))
        made.append(World(company=company, app=app, flask=flask))
        return made[-1]

    yield make
    for world in made:
        world.app.close()


@pytest.fixture
def world(worlds: Worlds) -> World:
    """A world as it comes."""
    return worlds()
