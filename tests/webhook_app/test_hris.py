"""The personnel system at the door: signed, once, whole, and without a word in the log."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from standardwebhooks import Webhook
from werkzeug.test import TestResponse

from core.model.engagement import DueDay, Engagement, HrisEvent
from core.model.handover import ManagerChange
from core.model.people import pair_id
from core.model.settings import Bond, PairSettings, PersonSettings
from core.service.due_days import do_due_days
from core.service.hr_facts import extra_of
from tests.core.builders import ANNA, BEN, CLEO, PAIR
from tests.webhook_app.known_people import Run, known_people, runner
from webhook_app.web import create_app
from webhook_app.wiring import App

SECRET = "whsec_" + base64.b64encode(b"s" * 32).decode()
OLD_SECRET = "whsec_" + base64.b64encode(b"o" * 32).decode()


@pytest.fixture
def app(tmp_path: Path) -> Iterator[App]:
    opened = known_people(tmp_path)
    yield replace(opened, settings=replace(opened.settings, hris_secret=f"{SECRET} {OLD_SECRET}"))
    opened.close()


@pytest.fixture
def client(app: App) -> FlaskClient:
    return create_app(app).test_client()


def send(
    client: FlaskClient,
    kind: str,
    data: Any,
    *,
    name: str = "e1",
    secret: str = SECRET,
    age: timedelta = timedelta(0),
    query: str = "",
    body: str | None = None,
    mimetype: str | None = None,
    **more: Any,
) -> TestResponse:
    text = body if body is not None else json.dumps({"type": kind, "data": data, **more})
    at = datetime.now(UTC) - age
    headers = {
        "webhook-id": name,
        "webhook-timestamp": str(int(at.timestamp())),
        "webhook-signature": Webhook(secret).sign(name, at, text),
    }
    return client.post(f"/hooks/hris{query}", data=text, headers=headers, mimetype=mimetype)


HIRED = {"email": "eva@example.com", "name": "Eva", "manager": BEN, "starts_on": "2026-07-01"}


def test_r_04_hired_makes_a_pair_to_offer_and_no_event(client: FlaskClient, app: App) -> None:
    answer = send(client, "employee.hired", HIRED)

    assert answer.status_code == 200
    assert answer.json is not None
    assert (answer.json["new_pairs"], answer.json["people"]) == (1, 1)
    with app.store.transaction() as tx:
        pair = tx.pair(pair_id("eva@example.com", BEN))
        assert pair is not None
        assert (pair.manager, pair.roles_confirmed) == (BEN, True)
        assert tx.series_of(pair.pair_id) == []
        extra = extra_of(tx, pair)
        assert extra.report is not None
        assert str(extra.report.starts_on) == "2026-07-01"


def test_the_same_event_twice_has_one_effect(client: FlaskClient, app: App) -> None:
    send(client, "employee.hired", HIRED)
    with app.store.transaction() as tx:
        before = tx.last_happening()

    again = send(client, "employee.hired", HIRED)

    assert again.status_code == 200
    assert again.json is not None
    assert again.json["duplicate"] is True
    with app.store.transaction() as tx:
        assert tx.last_happening() == before


@pytest.mark.parametrize(
    "how",
    [
        {"secret": "whsec_" + base64.b64encode(b"x" * 32).decode()},
        {"age": timedelta(minutes=6)},
        {"age": timedelta(minutes=-6)},
    ],
)
def test_forged_and_replayed_events_are_refused(
    client: FlaskClient, app: App, how: dict[str, Any]
) -> None:
    assert send(client, "employee.hired", HIRED, **how).status_code == 401
    with app.store.transaction() as tx:
        assert tx.nouns(HrisEvent) == []
        assert tx.nouns(Engagement) == []


def test_unsigned_is_refused_and_an_old_secret_still_works(client: FlaskClient) -> None:
    assert client.post("/hooks/hris", json={"type": "employee.hired"}).status_code == 401
    signed = send(client, "employee.hired", HIRED, secret=OLD_SECRET)
    assert signed.status_code == 200


def test_without_a_secret_nobody_may_send(client: FlaskClient, app: App, tmp_path: Path) -> None:
    closed = create_app(replace(app, settings=replace(app.settings, hris_secret=""))).test_client()

    assert send(closed, "employee.hired", HIRED).status_code == 404


def test_a_bad_batch_is_refused_whole_with_its_rows(client: FlaskClient, app: App) -> None:
    eva, dan = HIRED, {"email": "dan@example.com", "manager": "nobody@example.com"}

    answer = send(client, "employee.hired", [eva, dan])

    assert answer.status_code == 422
    assert answer.mimetype == "application/problem+json"
    assert answer.json is not None
    assert [(e["row"], e["code"]) for e in answer.json["errors"]] == [(2, "unknown_manager")]
    with app.store.transaction() as tx:
        assert tx.nouns(Engagement) == []
        assert tx.nouns(HrisEvent) == []


@pytest.mark.parametrize(
    "body",
    [
        "",
        "[]",
        "null",
        '{"type": 7}',
        '{"type": "employee.hired"}',
        "\x00",
        "[" * 100_000,
        '{"type": "employee.hired", "data": {}, "timestamp": "soon"}',
        '{"type": "employee.hired", "data": {}, "timestamp": "2026-01-01T00:00:00"}',
    ],
    ids=range(9),
)
def test_garbage_is_refused_in_words(client: FlaskClient, body: str) -> None:
    answer = send(client, "", None, body=body)

    assert answer.status_code == 422
    assert answer.json is not None
    assert answer.json["detail"]


def test_a_dry_run_tells_and_keeps_nothing(client: FlaskClient, app: App) -> None:
    answer = send(client, "employee.hired", HIRED, query="?dry_run=1")

    assert answer.json is not None
    assert answer.json["new_pairs"] == [pair_id("eva@example.com", BEN)]
    assert answer.json["unknown"] == ["eva@example.com"]
    with app.store.transaction() as tx:
        assert tx.nouns(Engagement) == []
        assert tx.person("eva@example.com") is None


def test_us_5_another_manager_asks_the_report_first(client: FlaskClient, app: App) -> None:
    send(client, "employee.changed", [{"email": CLEO}, {"email": ANNA, "manager": BEN}], name="a")
    day = datetime.now(UTC).date() + timedelta(days=10)
    data = {"email": ANNA, "manager": CLEO, "on": day.isoformat()}

    assert send(client, "manager.changed", data, name="b").status_code == 200

    with app.store.transaction() as tx:
        (change,) = tx.nouns(ManagerChange)
        assert (change.old, change.new, change.on) == (BEN, CLEO, day)
        assert tx.pair(pair_id(ANNA, CLEO)) is None
        assert do_due_days(tx, datetime.now(UTC)) == 0
        assert do_due_days(tx, datetime.now(UTC) + timedelta(days=11)) == 1
        assert tx.nouns(DueDay) == []
        assert tx.pair(pair_id(ANNA, CLEO)) is not None


def test_us_6_a_leave_comes_and_goes_without_a_reason(client: FlaskClient, app: App) -> None:
    data = {"email": ANNA, "from": "2026-07-01", "until": "2026-12-01"}
    send(client, "leave.started", data, name="a")
    with app.store.transaction() as tx:
        settings = tx.noun(PersonSettings, ANNA)
    assert settings is not None
    assert str(settings.paused_until) == "2026-12-01"

    send(client, "leave.ended", {"email": ANNA}, name="b")

    with app.store.transaction() as tx:
        settings = tx.noun(PersonSettings, ANNA)
    assert settings is not None
    assert (settings.paused_from, settings.paused_until) == (None, None)
    assert send(client, "leave.started", {**data, "reason": "x"}, name="c").status_code == 422


def test_who_leaves_ends_their_pairs_the_day_after(client: FlaskClient, app: App) -> None:
    send(client, "employee.left", {"email": ANNA, "on": "2026-07-31"})
    with app.store.transaction() as tx:
        do_due_days(tx, datetime(2026, 7, 31, 12, tzinfo=UTC))
        pair = tx.pair(PAIR.pair_id)
        assert pair is not None
        assert pair.ended is None
        do_due_days(tx, datetime(2026, 8, 1, 12, tzinfo=UTC))
        pair = tx.pair(PAIR.pair_id)
        assert pair is not None
        assert pair.ended is not None


@pytest.mark.capability("C-40")
def test_a_skip_level_pair_is_known_as_one(client: FlaskClient, app: App) -> None:
    data = [
        {"email": CLEO, "manager": BEN},
        {"email": BEN, "manager": ""},
        {"email": ANNA, "manager": CLEO},
    ]
    send(client, "employee.changed", data)

    with app.store.transaction() as tx:
        settings = tx.noun(PairSettings, PAIR.pair_id)
    assert settings is not None
    assert settings.bond is Bond.SKIP_LEVEL


# --- CSV ---


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    known_people(tmp_path / "data").close()
    return runner(tmp_path / "data", capsys)


@pytest.mark.capability("F-29")
def test_us_3_a_csv_dry_run_lists_and_writes_nothing(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "people.csv"
    file.write_text(f"email;manager\neva@example.com;{BEN}\n", encoding="utf-8")

    told = run("hris", "import", str(file), "--dry-run")
    assert told["new_pairs"] == [pair_id("eva@example.com", BEN)]
    assert told["unknown"] == ["eva@example.com"]
    assert run("hris", "import", str(file))["new_pairs"] == 1
    again = run("hris", "import", str(file))
    assert (again["people"], again["new_pairs"]) == (0, 0)


def test_us_3_a_bad_csv_is_refused_by_row(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "people.csv"
    file.write_text(f"email,manager\n{ANNA},{BEN}\n{BEN},{ANNA}\n", encoding="utf-8")

    refused = run("hris", "import", str(file), code=1)
    assert [(e["row"], e["code"]) for e in refused["errors"]] == [(2, "cycle"), (3, "cycle")]
    file.write_bytes(b"email\n\xff\n")
    run("hris", "import", str(file), fails="UTF-8")
    run("hris", "import", str(tmp_path / "none.csv"), fails="No such file")


TABLE = f"email;name;manager\neva@example.com;Eva;{BEN}\n"


def test_a_table_may_be_posted_tried_and_taken_in_again(
    client: FlaskClient, app: App, run: Run
) -> None:
    def post(name: str, text: str, query: str = "") -> TestResponse:
        return send(client, "", None, name=name, body=text, query=query, mimetype="text/csv")

    tried = post("t1", TABLE, "?dry_run=1").json
    bad = post("t1", TABLE + "nobody;X;\n")
    taken = post("t1", TABLE).json

    assert tried is not None
    assert (tried["dry_run"], tried["people"]) == (True, ["eva@example.com"])
    assert bad.status_code == 422
    assert bad.json is not None
    assert [e["row"] for e in bad.json["errors"]] == [3]
    assert taken is not None
    assert (taken["type"], taken["new_pairs"]) == ("text/csv", 1)
    assert post("t1", TABLE).json == {"id": "t1", "type": "text/csv", "duplicate": True}
    assert post("t2", "what;ever\n").status_code == 422
    with app.store.transaction() as tx:
        (row,) = tx.all_received(suite="hris")
    assert row.source_id == "t1"
