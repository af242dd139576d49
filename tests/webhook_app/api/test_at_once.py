"""Of several who write with the same ETag at once exactly one wins, on either database."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from tests.core.builders import ANNA
from tests.webhook_app.memory_app import company_app
from tests.webhook_app.world import World
from webhook_app.auth import codes
from webhook_app.auth.limits import Limits
from webhook_app.jobs.clock import utc_now
from webhook_app.web import create_app

AT_ONCE, ROUNDS = 4, 6
Send = Callable[[FlaskClient, str, int], int]


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.server)])
def world(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[World]:
    url = request.getfixturevalue("postgres_url") if request.param == "postgresql" else ""
    company, app = company_app(tmp_path / "data", database_url=url)
    company.say_yes()
    yield World(
        company=company,
        app=replace(app, services=company.services),
        flask=create_app(app, limits=Limits(factor=1000)),
    )
    app.close()


def at_once(world: World, etag: str, send: Send) -> list[int]:
    """Return the statuses of requests that start together."""
    clients = [world.program(ANNA) for _ in range(AT_ONCE)]
    barrier, statuses = threading.Barrier(AT_ONCE), list[int]()

    def one(number: int) -> None:
        barrier.wait(10)
        statuses.append(send(clients[number], etag, number))

    threads = [threading.Thread(target=one, args=(n,)) for n in range(AT_ONCE)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(statuses)


def only_one(status: int) -> list[int]:
    return sorted([status] + [412] * (AT_ONCE - 1))


def test_one_of_several_wordings_wins(world: World) -> None:
    api = f"/api/v1/series/{world.company.series().series_id}"
    anna = world.program(ANNA)
    entry = anna.post(f"{api}/points", json={"text": "first"}).get_json()["id"]
    path = f"{api}/entries/{entry}"

    def send(client: FlaskClient, etag: str, number: int) -> int:
        body = {"text": f"wording {etag[:5]} {number}"}
        return client.patch(path, json=body, headers={"If-Match": etag}).status_code

    for _ in range(ROUNDS):
        assert at_once(world, anna.get(path).headers["ETag"], send) == only_one(200)


def test_one_of_several_removals_and_dates_wins(world: World) -> None:
    api = f"/api/v1/series/{world.company.series().series_id}"
    anna = world.program(ANNA)
    made = anna.post(f"{api}/action-items", json={"text": "Budget"})
    entry, etag = made.get_json()["id"], made.headers["ETag"]
    path = f"{api}/action-items/{entry}"

    def change(client: FlaskClient, etag: str, number: int) -> int:
        body = {"owner": ANNA, "due": f"2027-01-0{number + 1}"}
        return client.put(path, json=body, headers={"If-Match": etag}).status_code

    assert at_once(world, etag, change) == only_one(200)
    where = f"{api}/entries/{entry}"
    etag = anna.get(where).headers["ETag"]

    def remove(client: FlaskClient, etag: str, _number: int) -> int:
        status = client.delete(where, headers={"If-Match": etag}).status_code
        return 412 if status == 404 else status

    assert at_once(world, etag, remove) == only_one(204)


def test_one_of_several_notes_wins(world: World) -> None:
    api = f"/api/v1/series/{world.company.series().series_id}/notes"
    anna = world.program(ANNA)
    made = anna.post(api, json={"text": "first"})
    path, etag = f"{api}/{made.get_json()['id']}", made.headers["ETag"]
    assert etag == f'"{anna.get(api).get_json()["items"][0]["etag"]}"'

    def send(client: FlaskClient, etag: str, number: int) -> int:
        body = {"text": f"wording {number}"}
        return client.put(path, json=body, headers={"If-Match": etag}).status_code

    assert at_once(world, etag, send) == only_one(200)


def test_one_key_used_several_times_at_once_adds_one_note(world: World) -> None:
    api = f"/api/v1/series/{world.company.series().series_id}/notes"
    anna = world.program(ANNA)
    for number in range(ROUNDS):

        def send(_client: FlaskClient, key: str, _number: int) -> int:
            same = world.flask.test_client()
            same.environ_base.update(anna.environ_base)
            headers = {"Idempotency-Key": key}
            return same.post(api, json={"text": "once"}, headers=headers).status_code

        assert set(at_once(world, f"k{number}", send)) <= {201, 409}
        assert len(anna.get(api).get_json()["items"]) == number + 1


def test_a_mailed_link_pressed_several_times_at_once_opens_once(world: World) -> None:
    for _ in range(ROUNDS):
        with world.app.store.transaction() as tx:
            code = codes.sign_in_link(tx, "", ANNA, utc_now()).rpartition("/")[2]

        def send(_client: FlaskClient, code: str, _number: int) -> int:
            return world.flask.test_client().post(f"/auth/mail/{code}").status_code

        assert at_once(world, code, send) == sorted([303] + [422] * (AT_ONCE - 1))
