"""Houses in which a link meets a browser."""

from __future__ import annotations

from dataclasses import replace

import pytest

from core.service.edit import add_point
from tests.core.builders import ANNA
from tests.webhook_app.auth.link_office import ROOT, SECRET, Office, Offices, Post
from tests.webhook_app.world import Worlds
from webhook_app.jobs.clock import utc_now


@pytest.fixture
def offices(worlds: Worlds) -> Offices:
    def make(**settings: object) -> Office:
        world, post = worlds(**{"public_url": ROOT, **settings}), Post()
        series = world.company.series().series_id
        add_point(world.app.services, series, SECRET, by=ANNA, now=utc_now())
        services = replace(world.app.services, reach=post.reach)
        app = replace(world.app, services=services)
        world.flask.extensions["vieraugen"] = app
        return Office(world=world, post=post)

    return make


@pytest.fixture
def office(offices: Offices) -> Office:
    return offices()
