"""Pages by signed link: one's own 1:1s, and nobody else's."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from core.model.agenda import PointState
from core.model.series import SeriesState
from core.service.run import run_due
from tests.core.builders import ANNA, BEN, CLEO
from tests.core.service.conftest import UID, Company
from tests.webhook_app.memory_app import company_app
from webhook_app.jobs.clock import utc_now
from webhook_app.links import LIFE
from webhook_app.web import create_app
from webhook_app.wiring import App


@pytest.fixture
def both(tmp_path: Path) -> Iterator[tuple[Company, App]]:
    company, app = company_app(tmp_path / "data")
    company.say_yes()
    yield company, app
    app.close()


@pytest.fixture
def client(both: tuple[Company, App]) -> FlaskClient:
    return create_app(both[1]).test_client()


def page_of(app: App, person: str) -> str:
    return app.links.page_of(person, utc_now()).removeprefix("http://127.0.0.1:8040") + "/"


@pytest.mark.capability("SD-85")
def test_sd_85_a_link_shows_ones_own_agenda(client: FlaskClient, both: tuple[Company, App]) -> None:
    answer = client.get(page_of(both[1], ANNA))

    assert answer.status_code == 200
    assert "1:1 Anna &amp; Ben" in answer.text
    assert "script-src 'self'" in answer.headers["Content-Security-Policy"]
    assert "frame-ancestors 'none'" in answer.headers["Content-Security-Policy"]


def test_a_third_person_sees_nothing_and_can_do_nothing(
    client: FlaskClient, both: tuple[Company, App]
) -> None:
    company, app = both
    series = company.series().series_id
    link = page_of(app, CLEO)

    assert "1:1 Anna" not in client.get(link).text
    assert client.get(f"{link}preview/{series}").status_code == 404
    answer = client.post(f"{link}do/{series}", data={"what": "add", "text": "spy"})
    assert answer.status_code == 404
    assert company.open_points() == []


@pytest.mark.parametrize("token", ["x", "AAAA", "a" * 5000, "%00"])
def test_a_broken_link_says_so(client: FlaskClient, token: str) -> None:
    answer = client.get(f"/me/{token}/", headers={"accept": "application/json"})

    assert answer.status_code == 422
    assert answer.mimetype == "application/problem+json"


def test_an_old_link_says_so(client: FlaskClient, both: tuple[Company, App]) -> None:
    old = both[1].links.page_of(ANNA, utc_now() - LIFE - timedelta(seconds=1))

    answer = client.get(old.removeprefix("http://127.0.0.1:8040") + "/")

    assert answer.status_code == 422
    assert "too old" in answer.text


def test_a_point_added_on_the_page_reaches_the_event(
    client: FlaskClient, both: tuple[Company, App]
) -> None:
    company, app = both
    link, series = page_of(app, BEN), company.series().series_id

    answer = client.post(f"{link}do/{series}", data={"what": "add", "text": "von der Seite"})
    run_due(company.services, utc_now())

    assert answer.status_code == 303
    assert company.open_points() == ["von der Seite"]
    assert "von der Seite" in company.clients.body(ANNA, UID, company.start())


def test_a_tick_on_the_page_and_back(client: FlaskClient, both: tuple[Company, App]) -> None:
    company, app = both
    link, series = page_of(app, BEN), company.series().series_id
    client.post(f"{link}do/{series}", data={"what": "add", "text": "x"})
    entry = company.agenda().points[0].point_id

    client.post(f"{link}do/{series}", data={"what": "tick", "entry": entry})
    assert company.agenda().points[0].state is PointState.DISCUSSED
    client.post(f"{link}do/{series}", data={"what": "untick", "entry": entry})
    assert company.agenda().points[0].state is PointState.OPEN


def test_stop_and_yes_by_a_click(client: FlaskClient, both: tuple[Company, App]) -> None:
    company, app = both
    link, series = page_of(app, ANNA), company.series().series_id

    client.post(f"{link}do/{series}", data={"what": "stop"})
    assert company.series().state is SeriesState.DISABLED
    client.post(f"{link}do/{series}", data={"what": "yes"})
    assert company.series().state is SeriesState.ENABLED


def test_what_people_type_is_text_and_never_markup(
    client: FlaskClient, both: tuple[Company, App]
) -> None:
    company, app = both
    link, series = page_of(app, BEN), company.series().series_id
    client.post(f"{link}do/{series}", data={"what": "add", "text": "<script>alert(1)</script>"})

    text = client.get(link).text

    assert "<script>alert(1)" not in text
    assert "&lt;script&gt;alert(1)" in text


@pytest.mark.parametrize("form", [{}, {"what": "?"}, {"what": "add"}, {"what": "add", "text": " "}])
def test_a_form_that_means_nothing_is_refused(
    client: FlaskClient, both: tuple[Company, App], form: dict[str, str]
) -> None:
    company, app = both
    series = company.series().series_id

    answer = client.post(f"{page_of(app, BEN)}do/{series}", data=form)

    assert answer.status_code == 422
    assert company.open_points() == []


def test_a_giant_form_is_refused(client: FlaskClient, both: tuple[Company, App]) -> None:
    company, app = both
    url = f"{page_of(app, BEN)}do/{company.series().series_id}"

    assert client.post(url, data={"what": "add", "text": "x" * 2_000_000}).status_code == 413


def test_health_and_readiness(client: FlaskClient) -> None:
    assert client.get("/healthz").json == {"status": "alive"}
    assert client.get("/readyz").status_code == 200
    assert client.get("/").status_code == 200
