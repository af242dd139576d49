"""The web app on a company in memory, with somebody to be."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import Flask
from flask.testing import FlaskClient

from core.model.access import Scope, Via
from tests.core.service.conftest import Company
from webhook_app.auth import sessions, tokens
from webhook_app.jobs.clock import utc_now
from webhook_app.wiring import App

ADMIN = "root@example.com"


@dataclass(slots=True)
class World:
    """A running app with a 1:1 of Ben and Anna."""

    company: Company
    app: App
    flask: Flask

    def browser(self, person: str = "", via: Via = Via.MAIL) -> FlaskClient:
        """Return a browser in which a person signed in."""
        client = self.flask.test_client()
        if person:
            with self.app.store.transaction() as tx:
                cookie = sessions.start(tx, person, via, utc_now())
            client.set_cookie("vieraugen", cookie)
            client.environ_base["HTTP_X_CSRF_TOKEN"] = sessions.csrf_of(cookie)
        return client

    def program(self, person: str, *scopes: Scope, **how: Any) -> FlaskClient:
        """Return a client with a token."""
        with self.app.store.transaction() as tx:
            _, text = tokens.issue(
                tx, person=person, name="test", scopes=scopes or tuple(Scope), now=utc_now(), **how
            )
        client = self.flask.test_client()
        client.environ_base["HTTP_AUTHORIZATION"] = f"Bearer {text}"
        return client


Worlds = Callable[..., World]
