"""A whole cycle with drafts, confidential points, notes, webhooks and refusals logs no word."""

from __future__ import annotations

import io
import logging

import pytest
import structlog

from core.model.calendar import IdempotencyKey
from core.service.outgoing import pump
from core.service.run import run_due, sync_once
from tests.core.builders import ANNA, BEN
from tests.webhook_app.world import World, Worlds
from webhook_app.jobs.clock import utc_now
from webhook_app.jobs.running import runner

SECRET = "Zaubertrank"


def use_everything(world: World) -> None:
    """Write the secret everywhere a person can, also where it is refused."""
    client = world.browser(ANNA)
    series = f"/api/v1/series/{world.company.series().series_id}"
    for visibility in ("shared", "sensitive", "private"):
        body = {"text": SECRET, "visibility": visibility}
        made = client.post(f"{series}/points", json=body)
        assert made.status_code == 201
        entry = f"{series}/entries/{made.json['id']}"  # type: ignore[index]
        assert client.post(f"{entry}/lines", json={"text": SECRET}).status_code == 201
        assert client.post(f"{entry}/tick").status_code == 200
    for path in ("notes", "private-notes"):
        assert client.post(f"{series}/{path}", json={"text": SECRET}).status_code == 201
    for bad in (
        client.post(f"{series}/points", json={"text": SECRET, "x": SECRET}),
        client.post(f"{series}/points", data=SECRET, content_type="application/json"),
        client.post(f"{series}/points", json=[SECRET]),
        client.get("/api/v1/search", query_string={"q": SECRET, "x": SECRET}),
        client.patch(f"{series}/entries/{SECRET}", json={"text": SECRET}),
        client.get(f"/api/v1/{SECRET}"),
    ):
        assert bad.status_code >= 400
        if SECRET in bad.request.path:
            continue
        assert SECRET not in bad.text
    assert client.get("/api/v1/search", query_string={"q": SECRET}).json["items"]  # type: ignore[index]


def test_no_word_of_anybody_is_in_the_logs(
    worlds: Worlds, caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]
) -> None:
    written = io.StringIO()
    caplog.set_level(logging.DEBUG)
    structlog.configure(logger_factory=structlog.PrintLoggerFactory(written))
    try:
        world = worlds(webhook_hosts="127.0.0.1")
        hook = {"url": "http://127.0.0.1:9/x", "events": ["point.added"], "content": True}
        assert world.browser(BEN).post("/api/v1/webhooks", json=hook).status_code == 201
        use_everything(world)
        pump(world.app.services, utc_now())
        with world.app.store.transaction() as tx:
            due = [action.key for action in tx.due_actions(utc_now())]
        run = runner(world.app)
        for key in due:
            run(IdempotencyKey(key))
        run_due(world.app.services, utc_now())
        sync_once(world.app.services, utc_now())
    finally:
        structlog.reset_defaults()

    seen = capsys.readouterr()
    everything = "\n".join((written.getvalue(), caplog.text, seen.out, seen.err))
    assert "action" in written.getvalue()
    for word in (SECRET, ANNA, BEN):
        assert word not in everything
    with world.app.store.transaction() as tx:
        assert all(SECRET not in repr(happening) for _, happening in tx.happenings())
