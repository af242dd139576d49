"""A walk has its place in the event and room for three points; nothing is lost."""

from __future__ import annotations

import pytest

from core.errors import InvalidInput
from core.service.edit import add_point
from core.templates import Level
from tests.core.builders import ANNA
from tests.core.service.conftest import Company
from tests.core.service.test_shapes import body, running, use


def test_sd_57_a_walk_names_its_place_and_the_fourth_point_waits(company: Company) -> None:
    running(company)
    company.say_yes()
    series_id = company.series().series_id
    for text in ("eins", "zwei", "drei", "vier", "fünf"):
        add_point(company.services, series_id, text, by=ANNA, now=company.now)

    use(company, "walk", Level.OCCURRENCE)

    assert "Spaziergang, Treffpunkt am Eingang" in body(company)
    assert company.open_points() == ["eins", "zwei", "drei"]
    with pytest.raises(InvalidInput, match="room for 3"):
        add_point(company.services, series_id, "sechs", by=ANNA, now=company.now)
    company.pass_meeting()
    assert {"vier", "fünf"} <= set(company.open_points())
    assert "Spaziergang, Treffpunkt am Eingang" not in body(company)


def test_sd_57_what_somebody_types_on_a_walk_is_kept_all_the_same(company: Company) -> None:
    running(company)
    company.say_yes()
    use(company, "walk", Level.OCCURRENCE)

    company.type(ANNA, lambda text: text.replace("\n -", "\n - a\n - b\n - c\n - d\n -", 1))
    company.sync()

    assert company.open_points() == ["a", "b", "c", "d"]
