"""Questions, suggestions and templates by the API."""

from __future__ import annotations

from datetime import timedelta

from core.model.people import pair_id
from core.model.suggestions import Channel, Fact, FactKind, RuleId, Suggestion
from tests.core.builders import ANNA, BEN
from tests.webhook_app.world import World
from webhook_app.jobs.clock import utc_now


def series_path(world: World) -> str:
    return f"/api/v1/series/{world.company.series().series_id}"


def test_a_question_is_offered_voted_on_and_added_once(world: World) -> None:
    client, path = world.browser(BEN), series_path(world)
    found = client.get(f"{path}/questions").json["items"]  # type: ignore[index]
    assert 1 <= len(found) <= 3
    name = found[0]["id"]

    first = client.post(f"{path}/questions/{name}/add")
    again = client.post(f"{path}/questions/{name}/add")

    assert first.status_code == 201
    assert again.json["id"] == first.json["id"]  # type: ignore[index]
    vote = f"{path}/questions/{name}/vote"
    assert client.put(vote, json={"vote": "helped"}).status_code == 204
    assert client.put(vote, json={"vote": "great"}).status_code == 422
    assert client.post(f"{path}/questions/nope/add").status_code == 404


def test_a_suggestion_is_seen_and_answered_by_whom_it_is_for_alone(world: World) -> None:
    now = utc_now()
    made = Suggestion(
        rule_id=RuleId("R-01"),
        pair_id=pair_id(ANNA, BEN),
        at=now,
        meeting=now + timedelta(days=1),
        to=(BEN,),
        channel=Channel.BRIEF,
        facts=(
            Fact(name="report", kind=FactKind.TEXT, value="Anna"),
            Fact(name="ahead", kind=FactKind.SPAN, value="5184000"),
        ),
    )
    with world.app.store.transaction() as tx:
        tx.put_noun(made)
    path = f"{series_path(world)}/suggestions"
    ben, anna = world.browser(BEN), world.browser(ANNA)

    assert [s["id"] for s in ben.get(path).json["items"]] == [made.key]  # type: ignore[index]
    assert anna.get(path).json["items"] == []  # type: ignore[index]
    assert ben.get(f"{path}/{made.key}/why").json["rule"] == "R-01"  # type: ignore[index]
    assert anna.get(f"{path}/{made.key}/why").status_code == 404
    assert anna.post(f"{path}/{made.key}/mute").status_code == 404
    assert ben.post(f"{path}/{made.key}/mute").json["state"] == "muted"  # type: ignore[index]
    assert ben.get(path).json["items"] == []  # type: ignore[index]


def test_a_template_is_chosen_and_an_unknown_one_refused(world: World) -> None:
    client, path = world.browser(BEN), series_path(world)

    assert client.put(f"{path}/template", json={"template": "walk"}).status_code == 204
    assert client.put(f"{path}/template", json={"template": "nope"}).status_code == 404
    assert client.get(f"{path}/templates").status_code == 200
