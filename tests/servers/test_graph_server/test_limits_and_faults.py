"""Throttling, faults on demand, batches, and the check against Graph's metadata."""

from __future__ import annotations

import threading

import pytest
import requests

from tests.servers.graph import schema
from tests.servers.graph.app import all_routes
from tests.servers.test_graph_server.conftest import ANNA, BEN


def test_fifth_request_at_once_is_throttled_with_a_decimal_wait(graph):
    graph.faults.slow = 0.4
    headers, answers = {"Authorization": f"Bearer {graph.token()}"}, []

    def ask():
        answers.append(requests.get(f"{graph.root}/users/{BEN}/events", headers=headers, timeout=9))

    threads = [threading.Thread(target=ask) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(10)

    assert sorted(answer.status_code for answer in answers) == [200] * 4 + [429] * 2
    assert {a.headers["Retry-After"] for a in answers if a.status_code == 429} == {"2.128"}
    assert graph.state.throttle.peak == 4


def test_other_mailbox_has_places_of_its_own(graph):
    throttle, now = graph.state.throttle, graph.clock.now()
    with throttle.request("a", now), throttle.request("a", now), throttle.request("b", now):
        assert throttle.running == {"a": 2, "b": 1}


def test_ten_thousand_requests_in_ten_minutes_are_the_end(graph, api):
    assert graph.state.throttle.in_span == 10_000
    graph.state.throttle.in_span = 3

    statuses = [api("GET", f"/users/{BEN}/calendar").status_code for _ in range(4)]

    assert statuses == [200, 200, 200, 429]


def test_storm_refuses_a_share_of_all_requests(graph, api):
    graph.state.throttle.storm = 2

    answers = [api("GET", f"/users/{BEN}/calendar") for _ in range(4)]

    assert [answer.status_code for answer in answers] == [200, 429, 200, 429]
    assert float(answers[1].headers["Retry-After"]) > 1
    assert graph.state.throttle.refused == 2


@pytest.mark.parametrize(
    ("kind", "status"), [("throttle", 429), ("unavailable", 503), ("gone", 410), ("refuse", 403)]
)
def test_planned_fault_strikes_once(graph, api, kind, status):
    graph.faults.add(kind, path="/calendar")

    statuses = [api("GET", f"/users/{BEN}/calendar").status_code for _ in range(2)]

    assert statuses == [status, 200]


def test_fault_waits_for_its_method_and_path(graph, api, series):
    graph.faults.add("unavailable", method="PATCH", path="/events/", times=2)
    path = f"/users/{BEN}/events/{graph.event_id(BEN, series)}"

    assert api("GET", path).status_code == 200
    assert [api("PATCH", path, json={"subject": "x"}).status_code for _ in range(3)] == [
        503, 503, 200
    ]  # fmt: skip


def test_lost_answer_has_done_its_work(graph, api):
    graph.faults.add("lost_answer", method="POST", path="/events")
    when = {"dateTime": "2026-12-01T09:00:00", "timeZone": "UTC"}

    answer = api("POST", f"/users/{BEN}/events", json={"subject": "x", "start": when, "end": when})

    assert answer.status_code == 504
    assert len(api.get(f"/users/{BEN}/events")["value"]) == 1


def test_garbage_is_no_json_and_a_timeout_hangs(graph, api):
    graph.faults.add("garbage")
    graph.faults.add("timeout", seconds=5)
    url, headers = f"{graph.root}/users/{BEN}", {"Authorization": f"Bearer {graph.token()}"}

    with pytest.raises(requests.JSONDecodeError):
        api("GET", f"/users/{BEN}").json()
    with pytest.raises(requests.Timeout):
        requests.get(url, headers=headers, timeout=0.3)


def batch(api, *requests_):
    answer = api("POST", "/$batch", json={"requests": list(requests_)})
    assert answer.status_code == 200, answer.text
    return {one["id"]: one for one in answer.json()["responses"]}


def get(number, url, **more):
    return {"id": str(number), "method": "GET", "url": url, **more}


def test_batch_answers_each_request_by_itself(graph, api, series):
    graph.faults.add("throttle", path=f"/users/{ANNA}/calendar")
    done = batch(api, get(1, f"/users/{BEN}/calendar"), get(2, f"/users/{ANNA}/calendar"),
                 get(3, f"/users/{BEN}/events/none"))  # fmt: skip

    assert {number: one["status"] for number, one in done.items()} == {"1": 200, "2": 429, "3": 404}
    assert done["2"]["headers"]["Retry-After"] == "2.128"
    assert [call.batched for call in graph.calls] == [True, True, True, False]


def test_batch_waits_for_what_it_depends_on(graph, api, series):
    patch = {"id": "2", "method": "PATCH", "url": f"/users/{BEN}/events/none",
             "headers": {"Content-Type": "application/json"}, "body": {"subject": "x"}}  # fmt: skip
    done = batch(api, patch, get(3, f"/users/{BEN}", dependsOn=["2"]))

    assert (done["2"]["status"], done["3"]["status"]) == (404, 424)


def test_batch_of_21_is_refused(graph, api):
    many = [get(number, "/me") for number in range(21)]

    assert api("POST", "/$batch", json={"requests": many}).status_code == 400


def test_batch_keeps_its_headers(graph, api, series):
    plain = graph.event_id(BEN, series, immutable=False)
    done = batch(api, get(1, f"/users/{BEN}/events/{plain}",
                          headers={"Prefer": 'IdType="ImmutableId"'}))  # fmt: skip

    assert done["1"]["body"]["id"] == graph.event_id(BEN, series)


# --- the check against the metadata -------------------------------------------------------


def test_every_served_path_is_graphs_own():
    known = schema.load()

    for route in all_routes():
        known.require_path(route.template)
    with pytest.raises(LookupError):
        known.require_path("/users/{user-id}/meetings")


@pytest.mark.parametrize(
    "body",
    [
        {"subjekt": "x"},
        {"body": {"content": "x", "type": "html"}},
        {"body": {"content": "x", "contentType": "markdown"}},
        {"isReminderOn": "yes"},
        {"attendees": {"emailAddress": {}}},
        {"showAs": "away"},
        {"iCalUId": "x"},
        {"due_date_time": None},
    ],
)
def test_what_graph_does_not_know_is_refused_and_recorded(server, api, series, body):
    path = f"/users/{BEN}/events/{server.event_id(BEN, series)}"

    assert api("PATCH", path, json=body).status_code == 400
    assert len(server.violations) == 1


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/users/ben@example.com/meetings"),
        ("PUT", "/users/ben@example.com/events"),
        ("GET", "/users/ben@example.com/events?$select=subjekt"),
        ("GET", "/users/ben@example.com/events?sendUpdates=none"),
    ],
)
def test_unknown_paths_and_options_are_refused_and_recorded(server, api, method, path):
    assert api(method, path).status_code == 400
    assert len(server.violations) == 1


def test_unknown_parameter_of_an_action_is_recorded(server, api, series):
    path = f"/users/{ANNA}/events/{server.event_id(ANNA, series)}/accept"

    assert api("POST", path, json={"silent": True}).status_code == 400
    assert server.violations == [
        "POST /users/{user-id}/events/{event-id}/accept: accept.silent: unknown parameter"
    ]


def test_wrong_answer_of_ours_would_be_recorded():
    known = schema.load()

    assert known.check("event", {"subject": 7, "x": 1, "uid": "u", "type": "single"}) == [
        "event.subject: not a Edm.String: 7",
        "event.x: unknown property",
        "event.type: 'single' is no eventType",
    ]


def test_known_gaps_are_named_with_a_reason():
    gaps = schema.load().gaps

    assert set(gaps["event"]) == {"uid", "occurrenceId"}
    assert all(len(reason) > 20 for part in gaps.values() for reason in part.values())


def test_giant_body_is_refused(graph, api):
    answer = api("POST", f"/users/{BEN}/events", data=b"x" * (4 * 1024 * 1024 + 1))

    assert answer.status_code == 413
