"""The endpoint of figures: refused while off, for administrators alone, one filter."""

from __future__ import annotations

from core.service.rule_book import turn
from tests.core.builders import BEN
from tests.webhook_app.world import ADMIN, World
from webhook_app.jobs.clock import utc_now

PATH = "/api/v1/coverage"


def test_f_31_the_endpoint_refuses_while_figures_are_off(world: World) -> None:
    answer = world.browser(ADMIN).get(f"{PATH}?month=2025-10")

    assert answer.status_code == 422
    assert "makes no figures" in answer.text


def test_f_31_a_second_filter_or_another_reader_is_refused(world: World) -> None:
    with world.app.store.transaction() as tx:
        turn(tx, "aggregates", True, by=ADMIN, now=utc_now())
    client = world.browser(ADMIN)

    assert client.get(f"{PATH}?month=2025-10").json == {"month": "2025-10", "shares": []}
    assert client.get(f"{PATH}?month=2025-10&manager={BEN}").status_code == 422
    assert client.get(PATH).status_code == 422
    assert world.browser(BEN).get(f"{PATH}?month=2025-10").status_code == 403
