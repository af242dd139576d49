"""What tests of webhooks do: add a webhook, add a point, let the engine send."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from flask.testing import FlaskClient

from core.service.edit import add_point
from core.service.outgoing import pump
from core.service.run import run_due
from tests.core.builders import ANNA
from tests.webhook_app.world import World
from webhook_app.jobs.clock import utc_now

SECRET = "Zaubertrank"
EVERY = [
    "agenda.created",
    "point.added",
    "point.carried",
    "meeting.held",
    "meeting.cancelled",
    "action.created",
    "action.done",
    "series.drift",
    "pair.relinked",
]


def hook(client: FlaskClient, url: str, **more: Any) -> dict[str, Any]:
    """Add a webhook."""
    body = {"url": url, "events": ["point.added"], **more}
    answer = client.post("/api/v1/webhooks", json=body)
    assert answer.status_code == 201, answer.text
    made: dict[str, Any] = answer.json
    return made


def add(world: World, text: str = SECRET, **how: Any) -> str:
    """Let Anna add a point; return its id."""
    series = world.company.series().series_id
    return add_point(world.app.services, series, text, by=ANNA, now=utc_now(), **how).point_id


def send(world: World, *, after: timedelta = timedelta(0)) -> None:
    """Do what the engine does."""
    now = utc_now() + after
    pump(world.app.services, now)
    run_due(world.app.services, now)


def deliveries(client: FlaskClient, made: dict[str, Any], query: str = "") -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = client.get(  # type: ignore[index]
        f"/api/v1/webhooks/{made['id']}/deliveries{query}"
    ).json["items"]
    return found
