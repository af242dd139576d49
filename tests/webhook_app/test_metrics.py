"""`/metrics`: counts for who keeps the machine running, and nobody's words."""

from __future__ import annotations

from tests.core.builders import ANNA
from tests.webhook_app.world import ADMIN, World


def test_a_scrape_from_this_machine_counts(world: World) -> None:
    answer = world.browser().get("/metrics")

    assert answer.status_code == 200
    assert 'vieraugen_series{state="enabled"} 1.0' in answer.text
    assert 'vieraugen_connections{state="active"} 2.0' in answer.text
    assert "@example.com" not in answer.text


def test_a_scrape_from_elsewhere_needs_an_administrator(world: World) -> None:
    far = {"X-Forwarded-For": "203.0.113.9"}

    assert world.browser().get("/metrics", headers=far).status_code == 403
    assert world.browser(ANNA).get("/metrics").status_code == 403
    assert world.program(ADMIN).get("/metrics", headers=far).status_code == 200
    gone = {"REMOTE_ADDR": "203.0.113.9"}
    assert world.browser().get("/metrics", environ_base=gone).status_code == 403
