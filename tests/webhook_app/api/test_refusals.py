"""The API's answers to what is wrong, late, repeated, too much, or not for the one who asks."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from http import HTTPStatus
from typing import Any

import pytest
from flask.testing import FlaskClient

from core.model.access import ApiToken, Scope, Via
from core.model.agenda import Visibility
from core.model.people import pair_id
from core.refs import pair_ref
from core.service.edit import add_point
from tests.core.builders import ANNA, BEN
from tests.webhook_app.world import World, Worlds
from webhook_app.auth.limits import Limits
from webhook_app.jobs.clock import utc_now

SECRET = "Zaubertrank"


def path_of(world: World) -> str:
    return f"/api/v1/series/{world.company.series().series_id}"


def add(world: World, text: str = "x", visibility: Visibility = Visibility.SHARED) -> str:
    series = world.company.series().series_id
    how = {"by": ANNA, "now": utc_now(), "visibility": visibility}
    return add_point(world.app.services, series, text, **how).point_id  # type: ignore[arg-type]


def texts(client: FlaskClient, path: str) -> list[str]:
    agenda: Any = client.get(path).json
    return [e["text"] for s in agenda["sections"] for e in s["entries"]]


@pytest.mark.parametrize(
    ("body", "kind", "status"),
    [
        (b"{", "application/json", 400),
        (b"", "application/json", 400),
        (b"\xff\xfe{}", "application/json", 400),
        (b'{"text": "\xff"}', "application/json", 400),
        (b'{"text": "x"}', "text/plain", 415),
        (b'{"text": "x"}', "application/x-www-form-urlencoded", 415),
        (b'{"text": 5}', "application/json", 422),
        (b'{"text": null}', "application/json", 422),
        (b'{"text": " \\n\\u0007"}', "application/json", 422),
        (b'{"text": "x", "owner": "eve"}', "application/json", 422),
        (b'[{"text": "x"}]', "application/json", 422),
        (b"{}", "application/json", 422),
        (b'{"text": "' + b"x" * 2001 + b'"}', "application/json", 422),
        (b'{"text": "' + b"x" * 2_000_000 + b'"}', "application/json", 413),
        (b"[" * 100_000, "application/json", 400),
    ],
    ids=lambda value: str(value)[:24],
)
def test_a_body_that_is_wrong_is_refused_and_adds_nothing(
    world: World, body: bytes, kind: str, status: int
) -> None:
    client = world.browser(ANNA)

    answer = client.post(f"{path_of(world)}/points", data=body, content_type=kind)

    assert (answer.status_code, answer.mimetype) == (status, "application/problem+json")
    assert world.company.open_points() == []


def test_text_in_any_script_is_taken(world: World) -> None:
    client, path = world.browser(ANNA), path_of(world)

    for text in ("☂", "שלום", "Ähre", "<script>alert(1)</script>", "'; DROP TABLE nouns; --"):
        answer = client.post(f"{path}/points", json={"text": text})
        assert answer.json["text"] == text  # type: ignore[index]
        assert answer.mimetype == "application/json"


def test_a_change_needs_what_was_read(world: World) -> None:
    client, path = world.browser(ANNA), f"{path_of(world)}/entries/{add(world)}"
    etag = client.get(path).headers["ETag"]

    assert client.patch(path, json={"text": "y"}).status_code == 428
    stale = client.patch(path, json={"text": "y"}, headers={"If-Match": '"old"'})
    assert stale.status_code == 412
    fresh = client.patch(path, json={"text": "y"}, headers={"If-Match": etag})
    assert fresh.status_code == 200
    again = client.patch(path, json={"text": "z"}, headers={"If-Match": etag})
    assert again.status_code == 412
    same = client.get(path, headers={"If-None-Match": fresh.headers["ETag"]})
    assert (same.status_code, same.data) == (304, b"")
    assert client.delete(path).status_code == 428


def test_the_same_key_adds_once_and_another_body_is_refused(world: World) -> None:
    client, path = world.browser(ANNA), f"{path_of(world)}/points"
    key = {"Idempotency-Key": "form-1"}

    first = client.post(path, json={"text": "einmal"}, headers=key)
    again = client.post(path, json={"text": "einmal"}, headers=key)
    other = client.post(path, json={"text": "anders"}, headers=key)
    bens = world.browser(BEN).post(path, json={"text": "einmal"}, headers=key)

    assert first.json == again.json
    assert again.headers["Idempotent-Replayed"] == "true"
    assert other.status_code == 422
    assert bens.json["owner"] == BEN  # type: ignore[index]
    assert sorted(world.company.open_points()) == ["einmal", "einmal"]


def test_a_refused_request_may_be_repeated_with_its_key(world: World) -> None:
    client, path = world.browser(ANNA), f"{path_of(world)}/action-items"
    key, bad = {"Idempotency-Key": "k"}, {"text": "x", "owner": "eve@example.com"}

    assert client.post(path, json=bad, headers=key).status_code == 422
    assert client.post(path, json=bad, headers=key).status_code == 422
    assert client.post(path, json={"text": "x"}, headers=key).status_code == 201


def test_lists_come_in_parts_without_a_gap(world: World) -> None:
    client = world.browser(ANNA)
    seen: list[str] = []
    after = ""
    while True:
        part: Any = client.get(f"/api/v1/questions?limit=30&after={after}").json
        seen += [q["id"] for q in part["items"]]
        after = part["next"]
        if after is None:
            break

    assert len(seen) == len(set(seen)) > 60
    assert client.get("/api/v1/questions?after=zz").status_code == 422
    assert client.get("/api/v1/questions?limit=0").status_code == 422
    assert client.get("/api/v1/questions?limt=5").status_code == 422


def test_confidential_words_are_for_the_two_after_sign_in(world: World) -> None:
    add(world, SECRET, Visibility.SENSITIVE)
    add(world, f"{SECRET} Entwurf", Visibility.PRIVATE)
    agenda = f"{path_of(world)}/agenda"

    assert sorted(texts(world.browser(ANNA), agenda)) == [SECRET, f"{SECRET} Entwurf"]
    assert texts(world.browser(BEN), agenda) == [SECRET]
    assert sorted(texts(world.browser(ANNA, Via.LINK), agenda)) == ["", f"{SECRET} Entwurf"]


def test_another_persons_draft_is_reached_by_no_id(world: World) -> None:
    draft = add(world, SECRET, Visibility.PRIVATE)
    ben, entry = world.browser(BEN), f"{path_of(world)}/entries/{draft}"

    for answer in (
        ben.get(entry),
        ben.post(f"{entry}/tick"),
        ben.post(f"{entry}/visibility", json={"visibility": "shared"}),
        ben.patch(entry, json={"text": "x"}, headers={"If-Match": "*"}),
        ben.delete(entry, headers={"If-Match": "*"}),
    ):
        assert answer.status_code == 404
        assert SECRET not in answer.text


def test_an_integration_is_let_in_by_both_and_names_as_whom_it_writes(world: World) -> None:
    program = world.program("jan@example.com", integration=True)
    with world.app.store.transaction() as tx:
        token = next(t for t in tx.nouns(ApiToken) if t.integration).token_id
    pair, path = pair_ref(pair_id(ANNA, BEN)), path_of(world)
    consent = f"/api/v1/pairs/{pair}/integrations/{token}"
    add(world, SECRET, Visibility.SENSITIVE)

    refused = program.get(f"{path}/agenda")
    assert (refused.status_code, "both people" in refused.text) == (403, True)
    assert world.browser(ANNA).put(consent).json["works"] is False  # type: ignore[index]
    assert program.get(f"{path}/agenda").status_code == 403
    assert world.browser(BEN).put(consent).json["works"] is True  # type: ignore[index]
    assert SECRET not in program.get(f"{path}/agenda").text
    assert program.post(f"{path}/points", json={"text": "x"}).status_code == 422
    made = program.post(f"{path}/points", json={"text": "x"}, headers={"On-Behalf-Of": ANNA})
    assert made.json["owner"] == ANNA  # type: ignore[index]
    assert (
        program.post(
            f"{path}/points", json={"text": "x"}, headers={"On-Behalf-Of": "eve@example.com"}
        ).status_code
        == 422
    )
    with world.app.store.transaction() as tx:
        via = [h for _, h in tx.happenings() if h.name == "integration.wrote"]
    assert [(h.by, h.entry) for h in via] == [(ANNA, token)]
    world.browser(ANNA).delete(consent)
    assert program.get(f"{path}/agenda").status_code == 403


def test_a_former_manager_reads_the_past_and_nothing_new(world: World) -> None:
    add(world, "alt")
    world.company.pass_meeting()
    add(world, "neu")
    place = world.company.sheet().place
    assert place is not None
    with world.app.store.transaction() as tx:
        pair = tx.pair(pair_id(ANNA, BEN))
        assert pair is not None
        tx.put_pair(replace(pair, ended=place.slot.start - timedelta(days=1)))
    client, path = world.browser(BEN), path_of(world)

    assert client.get(f"{path}/agenda").status_code == 403
    shown: Any = client.get(f"{path}/occurrences").json
    assert [o["number"] for o in shown["items"]] == [1]
    assert texts(client, f"{path}/agendas/1") == ["alt"]
    assert client.get(f"{path}/agendas/2").status_code == 404
    assert client.post(f"{path}/points", json={"text": "x"}).status_code == 403


def test_too_many_requests_are_told_when_to_come_again(worlds: Worlds) -> None:
    client = worlds(limits=Limits(clock=lambda: 0.0, factor=0.05)).program(ANNA, Scope.CATALOGUE)

    seen = [client.get("/api/v1/me") for _ in range(10)]

    assert [a.status_code for a in seen[:5]] == [200] * 5
    assert seen[-1].status_code == 429
    assert int(seen[-1].headers["Retry-After"]) >= 1


def test_a_token_makes_no_stronger_token(world: World) -> None:
    weak = world.program(ANNA, Scope.ACCOUNT)

    made = weak.post("/api/v1/tokens", json={"name": "x", "scopes": ["account"]})
    stronger = weak.post("/api/v1/tokens", json={"name": "x", "scopes": ["agenda:read"]})

    assert made.status_code == 201
    assert stronger.status_code == 403
    assert made.json["token"] not in weak.get("/api/v1/tokens").text  # type: ignore[index]


def test_what_does_not_exist_is_a_problem_too(world: World) -> None:
    client = world.browser(ANNA)

    for verb, path, status in (
        ("GET", "/api/v1/nothing", 404),
        ("DELETE", "/api/v1/me", 405),
        ("GET", "/api/v1/series/nothing", 404),
    ):
        answer = client.open(path, method=verb)
        assert (answer.status_code, answer.mimetype) == (status, "application/problem+json")


def test_each_refusal_says_what_to_do_and_names_no_class_of_ours(world: World) -> None:
    client, series = world.program(ANNA), world.company.series().series_id
    points = f"/api/v1/series/{series}/points"
    entry = client.post(points, json={"text": "x"}).get_json()["id"]
    answers = {
        404: client.get("/api/v1/nothing"),
        405: client.delete("/api/v1/me"),
        415: client.post(points, data="text=x"),
        400: client.post(points, data="{", content_type="application/json"),
        428: client.patch(f"/api/v1/series/{series}/entries/{entry}", json={"text": "y"}),
    }

    for status, answer in answers.items():
        assert answer.status_code == status
        assert answer.mimetype == "application/problem+json"
        assert answer.get_json()["title"] == HTTPStatus(status).phrase
    assert "/openapi.json" in answers[404].get_json()["detail"]
    assert "GET" in answers[405].get_json()["detail"]


def test_a_bug_of_ours_is_a_problem_without_its_words(world: World) -> None:
    def broken() -> str:
        raise RuntimeError("anna's secret")

    world.flask.add_url_rule("/api/v1/broken", view_func=broken)

    answer = world.program(ANNA).get("/api/v1/broken")

    assert (answer.status_code, answer.mimetype) == (500, "application/problem+json")
    assert "secret" not in answer.text
